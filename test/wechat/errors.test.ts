import { expect, test } from 'vitest';
import { countErrors, sendFailure } from '../../src/bots/wechat/errors.js';
import { openOrder } from '../../src/bots/wechat/order.js';
import { quiet } from './room-for-talk.js';

const grpc = (code: number, message: string) => Object.assign(new Error(`${code} ${message}`), { code });

test.each([
  [grpc(2, 'UNKNOWN: Error: send failed: ret 1205'), 'limited'],
  [grpc(2, 'UNKNOWN: 操作过于频繁'), 'limited'],
  [grpc(2, 'UNKNOWN: Error: text too long'), 'impossible'],
  [grpc(2, 'UNKNOWN: 你还不是他（她）朋友'), 'impossible'],
  [grpc(2, 'UNKNOWN: Error: send failed: ret -1'), 'not sent'],
  [grpc(14, 'UNAVAILABLE: No connection established. Last error: connect ECONNREFUSED'), 'not sent'],
  [grpc(14, 'UNAVAILABLE: Connection dropped'), 'unsure'],
  [grpc(4, 'DEADLINE_EXCEEDED'), 'unsure'],
  [grpc(1, 'CANCELLED: Call cancelled'), 'unsure'],
  [new Error('the network did not answer in time'), 'unsure'],
  [new Error('no grpc manager'), 'not sent'],
])('a send that failed with "%s" is %s', (error, meaning) => {
  expect(sendFailure(error)).toBe(meaning);
});

test('more than twenty errors in a minute are a flood', () => {
  const errors = countErrors(quiet);
  const floods = Array.from({ length: 25 }, (_, n) => errors.isFlood(new Error(`error ${n}`)));
  expect(floods.indexOf(true)).toBe(20);
  expect(floods.slice(20).every(Boolean)).toBe(true);
});

test('messages that settle together are handled by time, then by arrival, each conversation by itself', async () => {
  const handled: string[] = [];
  const order = openOrder<string>(30, async (item) => {
    handled.push(item);
  });
  const add = (conversation: string, at: number, arrival: number) =>
    order.add({ conversation, at, arrival, item: `${conversation}${at}${arrival}` });
  add('a', 3, 1);
  add('a', 1, 3);
  add('b', 9, 4);
  add('a', 1, 2);
  await order.idle();
  expect(handled.filter((one) => one.startsWith('a'))).toEqual(['a12', 'a13', 'a31']);
  expect(handled).toContain('b94');
});
