/** Personal data goes when it has served, and not before. */
import { expect, onTestFinished, test } from 'vitest';
import { readSettings } from '../../src/core/settings.js';
import { erasedName } from '../../src/people/erase.js';
import { forget } from '../../src/store/retention.js';
import { openPlay } from '../play.js';

const day = 86_400_000;
const kept = readSettings({}).retention;

const play = async (...lines: readonly string[]) => {
  const played = await openPlay();
  onTestFinished(() => played.end());
  for (const line of lines) await played.act(line);
  const last = await played.database.inbox.findFirstOrThrow({ orderBy: { receivedAt: 'desc' } });
  const after = (days: number) => new Date(last.receivedAt.getTime() + days * day);
  return { ...played, forgetAfter: (days: number) => forget(played.database, kept, after(days)) };
};

test('what was said is deleted a month after it was answered', async () => {
  const { database, forgetAfter } = await play('李娜 @wechat: 你好', '李娜 @wechat: 帮助');
  expect(await forgetAfter(kept.inputs - 1)).toMatchObject({ inputs: 0 });
  expect(await forgetAfter(kept.inputs + 1)).toMatchObject({ inputs: 2 });
  expect(await database.inbox.count()).toBe(0);
  expect(await database.inboxKey.count()).toBe(0);
});

test('an input that waits is kept however long it waits', async () => {
  const { database, forgetAfter } = await play('李娜 @wechat: 你好');
  await database.inbox.updateMany({ data: { doneAt: null } });
  expect(await forgetAfter(1000)).toMatchObject({ inputs: 0 });
});

test('what was written to people goes when its matter is closed, not while it is open', async () => {
  const { database, forgetAfter } = await play(
    '李伟 @wechat: 申请入会 景德镇陶溪川，91360200MA35F3QK8U，江西，工艺美术，陶瓷与夜间市集，180，刘子力，李伟，13807980001，同意，同意',
    '李伟 @wechat: 提交',
  );
  const ofCase = { where: { caseId: { not: null } } };
  expect(await database.outbox.count(ofCase)).toBeGreaterThan(0);
  const before = await database.outbox.count(ofCase);
  await forgetAfter(kept.posts + 1);
  expect(await database.outbox.count(ofCase)).toBe(before);
  const first = await database.case.findFirstOrThrow();
  await database.case.update({ where: { id: first.id }, data: { closedAt: first.openedAt } });
  await database.offer.updateMany({ data: { closedAt: first.openedAt } });
  await forgetAfter(kept.posts + 1);
  expect(await database.outbox.count(ofCase)).toBe(0);
});

test('of an application that came to nothing, names and number go half a year later', async () => {
  const { database, forgetAfter } = await play(
    '李伟 @wechat: 申请入会 景德镇陶溪川，91360200MA35F3QK8U，江西，工艺美术，陶瓷与夜间市集，180，刘子力，李伟，13807980001，同意，同意',
    '李伟 @wechat: 提交',
    '李伟 @wechat: 撤回 M-1',
    '李伟 @wechat: 是',
  );
  expect(await forgetAfter(kept.applications - 1)).toMatchObject({ applications: 0 });
  expect(await forgetAfter(kept.applications + 1)).toMatchObject({ applications: 1 });
  expect(await database.application.findFirst()).toMatchObject({
    park: '景德镇陶溪川',
    representative: erasedName,
    contact: erasedName,
    phone: erasedName,
  });
});

test('a guest who has not been heard of for a year is forgotten; a member is not', async () => {
  const { database, forgetAfter } = await play('过客 @wechat: 你好', '李娜 @wechat: 你好');
  expect(await forgetAfter(kept.guests - 1)).toMatchObject({ guests: 0 });
  expect(await forgetAfter(kept.guests + 1)).toMatchObject({ guests: 1 });
  expect(await database.person.count({ where: { name: '过客' } })).toBe(0);
  expect(await database.person.count({ where: { name: '李娜' } })).toBe(1);
  expect(await forgetAfter(kept.guests + 1)).toMatchObject({ guests: 0 });
});
