import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { demoAllianceFile, loadAllianceFile } from '../../src/alliance/file.js';
import { importAlliance } from '../../src/alliance/import.js';
import { openPlay, type Play } from '../play.js';

let play: Play;
beforeEach(async () => {
  play = await openPlay();
});
afterEach(() => play.end());

const accounts = async (key: string): Promise<readonly string[]> => {
  const { identities } = await play.database.person.findUniqueOrThrow({
    where: { key },
    include: { identities: true },
  });
  return identities.map((one) => one.externalId);
};

const replaced = async (): Promise<void> => {
  await play.act('王芳 @slack: 换绑 当事人：何志远；平台：微信；原因：手机丢失');
  await play.act('王芳 @slack: 提交');
  await play.act('周明远 @wechat: 核准 A-1');
  await play.act('志远新号 @wechat: 绑定 TEST-0001');
};

describe('an account that was replaced', () => {
  test('does not come back with the next import of the same file', async () => {
    await replaced();
    expect(await accounts('he-zhiyuan')).toEqual(['wechat-志远新号']);
    await importAlliance(play.database, await loadAllianceFile(demoAllianceFile), new Date());
    expect(await accounts('he-zhiyuan')).toEqual(['wechat-志远新号']);
  });

  test('speaks for nobody any more', async () => {
    await replaced();
    const lost = await play.database.identity.findFirstOrThrow({
      where: { externalId: 'wx-hezhiyuan' },
      include: { person: { include: { held: true, roles: true } } },
    });
    expect(lost.person).toMatchObject({ guest: true, key: null, held: [], roles: [], parkId: null });
  });
});

describe('a code', () => {
  test('is kept as a digest only', async () => {
    await play.act('李娜 @wechat: 绑定');
    const kept = await play.database.linkCode.findFirstOrThrow();
    expect(JSON.stringify(kept, (_, value) => String(value))).not.toContain('TEST-0001');
    expect(kept.expiresAt.getTime()).toBe(new Date('2026-11-23T02:10:00Z').getTime());
  });

  test('is good for one account, however many say it at once', async () => {
    await play.act('李娜 @wechat: 绑定');
    const say = (id: string) =>
      play.desk.take({
        kind: 'said',
        channel: 'slack',
        account: 'T01',
        keys: [id],
        sentAt: new Date('2026-11-23T02:00:00Z'),
        conversation: { id, kind: 'direct' },
        sender: { id },
        text: '绑定 TEST-0001',
        addressed: true,
      });
    const taken = await Promise.all(['UA', 'UB', 'UC'].map(say));
    await Promise.all(taken.map((one) => one.answered));
    expect(await accounts('li-na')).toHaveLength(2);
  });

  test('links nobody who only guessed five times before', async () => {
    for (const guess of ['2222', '3333', '4444', '5555', '6666']) {
      await play.act(`小李 @slack: 绑定 AAAA-${guess}`);
    }
    await play.act('李娜 @wechat: 绑定');
    expect((await play.act('小李 @slack: 绑定 TEST-0001')).join()).toContain('错误次数太多');
    expect(await accounts('li-na')).toEqual(['wx-lina']);
  });
});
