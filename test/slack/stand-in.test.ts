import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { SlackStandIn } from '../../src/standins/slack/slack-stand-in.js';
import { startSlackStandIn } from '../../src/standins/slack/slack-stand-in.js';
import { council, li } from './set-up.js';

const reply = z.looseObject({ ok: z.boolean(), ts: z.string().default('') });

let slack: SlackStandIn;
beforeEach(async () => {
  slack = await startSlackStandIn({
    signingSecret: 's',
    botToken: 'xoxb-1',
    team: 'T1',
    users: [li],
    channels: [council],
  });
});
afterEach(() => slack.stop());

const call = async (method: string, args: Record<string, unknown>, token = 'xoxb-1') => {
  const body = new URLSearchParams(
    Object.entries(args).map(([key, value]): [string, string] => [
      key,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  );
  const response = await fetch(`${slack.apiUrl}${method}`, {
    method: 'POST',
    body,
    headers: { authorization: `Bearer ${token}` },
  });
  return reply.parse(await response.json());
};
const post = (blocks: readonly unknown[], text = 'x') =>
  call('chat.postMessage', { channel: council.id, text, blocks });
const section = (text: string) => ({ type: 'section', text: { type: 'plain_text', text } });
const button = (text: string, more: object = {}) => ({
  type: 'button',
  action_id: text,
  text: { type: 'plain_text', text },
  ...more,
});

describe('refuses what Slack refuses', () => {
  it.each([
    ['more than 50 blocks', Array.from({ length: 51 }, () => section('x')), 'invalid_blocks'],
    ['a section of 3,001', [section('x'.repeat(3001))], 'invalid_blocks'],
    ['an empty text', [section('')], 'invalid_blocks'],
    [
      'a header of 151',
      [{ type: 'header', text: { type: 'plain_text', text: 'x'.repeat(151) } }],
      'invalid_blocks',
    ],
    ['a button of 76', [{ type: 'actions', elements: [button('x'.repeat(76))] }], 'invalid_blocks'],
    [
      'a value of 2,001',
      [{ type: 'actions', elements: [button('x', { value: 'x'.repeat(2001) })] }],
      'invalid_blocks',
    ],
    [
      'two buttons of one name',
      [{ type: 'actions', elements: [button('x'), button('x')] }],
      'invalid_blocks',
    ],
    [
      'blocks too long together',
      Array.from({ length: 5 }, () => section('x'.repeat(2900))),
      'msg_blocks_too_long',
    ],
  ])('%s', async (_, blocks, error) => {
    expect(await post(blocks)).toMatchObject({ ok: false, error });
  });

  it('an edit of more than 4,000 bytes', async () => {
    const { ts } = await post([]);
    const edit = { channel: council.id, ts, text: '园'.repeat(1334) };
    expect(await call('chat.update', edit)).toMatchObject({ ok: false, error: 'msg_too_long' });
    expect(await call('chat.update', { ...edit, text: '园'.repeat(1333) })).toMatchObject({ ok: true });
  });

  it('another token, an unknown method, a made-up trigger', async () => {
    expect(await call('auth.test', {}, 'xoxb-2')).toMatchObject({ ok: false, error: 'invalid_auth' });
    expect(await call('chat.shout', {})).toMatchObject({ ok: false, error: 'unknown_method' });
    const view = { type: 'modal', title: { type: 'plain_text', text: 'x' }, blocks: [] };
    expect(await call('views.open', { trigger_id: 'x', view })).toMatchObject({
      error: 'invalid_trigger_id',
    });
  });
});

it('shows every post to whoever watches', async () => {
  const seen: string[] = [];
  const forget = slack.onPost((shown) => seen.push(`${shown.kind} ${shown.conversation} ${shown.text}`));
  const { ts } = await post([], 'one');
  await call('chat.update', { channel: council.id, ts, text: 'two' });
  forget();
  await post([], 'three');
  expect(seen).toEqual([`post ${council.id} one`, `edit ${council.id} two`]);
});
