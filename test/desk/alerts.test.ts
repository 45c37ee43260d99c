/** What went wrong with the desk itself is told to the secretariat once, and can be tried again. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { deadLetters, nameOf, revive } from '../../src/store/dead-letters.js';
import {
  contentOf,
  lastPost,
  li,
  openWorkshop,
  secretariat,
  textsTo,
  type Workshop,
  wang,
} from './workshop.js';

let shop: Workshop;
beforeEach(async () => {
  shop = await openWorkshop();
});
afterEach(() => shop.end());

const told = () => textsTo(shop.database, secretariat);

const undeliverable = async () => {
  await shop.talk(li, '办事 0');
  const { count } = await shop.database.outbox.updateMany({
    where: { conversation: li.id },
    data: { status: 'failed', problem: 'no such contact' },
  });
  return count;
};

test('a message that could not be delivered: whose, why, and only once', async () => {
  await undeliverable();
  const before = await told();
  await shop.desk.reportDead();
  await shop.desk.reportDead();
  const after = await told();
  expect(after.length).toBe(before.length + 1);
  expect(after.at(-1)).toContain('没能送达');
  const post = await shop.database.outbox.findFirstOrThrow({
    where: { conversation: secretariat },
    orderBy: { id: 'desc' },
  });
  expect(contentOf(post).message.people).toMatchObject([
    {
      number: 1,
      name: '李*',
      note: { zh: expect.stringMatching(/（微信，T-1，no such contact，post:\d+）/) },
    },
  ]);
});

test('sent again, it is a letter like any other; failing again, it is told again', async () => {
  await undeliverable();
  await shop.desk.reportDead();
  const [dead] = await deadLetters(shop.database);
  if (!dead) throw new Error('there is no dead letter');
  expect(await revive(shop.database, dead)).toBe(true);
  expect(await revive(shop.database, dead)).toBe(false);
  expect(await deadLetters(shop.database)).toEqual([]);
  expect(await shop.database.outbox.findUnique({ where: { id: dead.id } })).toMatchObject({
    status: 'pending',
    attempts: 0,
  });
  await shop.database.outbox.update({ where: { id: dead.id }, data: { status: 'failed', problem: 'again' } });
  const before = await told();
  await shop.desk.reportDead();
  expect((await told()).length).toBe(before.length + 1);
});

test('an input that was given up is named, and has its turn when it is revived', async () => {
  await shop.talk(li, '办事 0');
  await shop.database.inbox.updateMany({ data: { attempts: 3 } });
  await shop.desk.reportDead();
  const [dead] = await deadLetters(shop.database);
  if (!dead) throw new Error('there is no dead letter');
  expect((await told()).at(-1)).toContain(nameOf(dead));
  const cases = await shop.database.case.count();
  await revive(shop.database, dead);
  await shop.clock.wait(20_000);
  expect(await shop.desk.recover()).toBe(1);
  expect(await shop.database.case.count()).toBe(cases + 1);
});

test('a failed alert starts no alert of its own', async () => {
  await undeliverable();
  await shop.desk.reportDead();
  await shop.database.outbox.updateMany({
    where: { conversation: secretariat },
    data: { status: 'failed', problem: 'room is gone' },
  });
  const before = await told();
  await shop.desk.reportDead();
  expect(await told()).toEqual(before);
});

test('a channel that is down is told on the other one, once, and its return', async () => {
  const before = await told();
  for (const state of ['up', 'down', 'down', 'up', 'up', 'down'] as const) {
    await shop.desk.reportChannel('wechat', state);
  }
  await shop.desk.reportChannel('slack', 'down');
  expect((await told()).slice(before.length)).toEqual([
    expect.stringContaining('微信已断线'),
    '微信已恢复。',
    expect.stringContaining('微信已断线'),
  ]);
});

test('while a channel is down, people are written to where else they can be reached', async () => {
  const { personId } = await shop.database.identity.findFirstOrThrow({ where: { externalId: wang.id } });
  const onWeChat = { channel: 'wechat', account: '', id: 'wx-wang', name: wang.name } as const;
  await shop.database.identity.create({
    data: { personId, channel: 'wechat', account: '', externalId: onWeChat.id },
  });
  await shop.talk(onWeChat, '帮助');
  /** Where the officer, and the one who asks, are written to. */
  const writtenTo = async () => {
    const before = await lastPost(shop.database);
    await shop.talk(li, '办事 0');
    const posts = await shop.database.outbox.findMany({ where: { id: { gt: before } } });
    const places = posts.map((one) => one.conversation);
    return [wang.id, onWeChat.id, li.id].filter((id) => places.includes(id));
  };
  expect(await writtenTo()).toEqual([onWeChat.id, li.id]);
  await shop.desk.reportChannel('wechat', 'down');
  // Who has no other account is still written to: it goes out once the channel is back.
  expect(await writtenTo()).toEqual([wang.id, li.id]);
  await shop.desk.reportChannel('wechat', 'up');
  expect(await writtenTo()).toEqual([onWeChat.id, li.id]);
});
