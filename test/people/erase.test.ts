/** Whoever asks to be deleted is in no table any more, whatever they did and whoever wrote their name down. */
import { expect, onTestFinished, test } from 'vitest';
import { demoAllianceFile, loadAllianceFile } from '../../src/alliance/file.js';
import { importAlliance } from '../../src/alliance/import.js';
import { dataOf } from '../../src/people/data-of.js';
import { erasedName } from '../../src/people/erase.js';
import type { Database } from '../../src/store/database.js';
import { sealEntries, verifyAudit } from '../../src/store/seals.js';
import { openPlay } from '../play.js';
import { testVault } from '../vault.js';

/** Every place of the database in which one of the words stands, as Table.column. */
const placesOf = async (database: Database, words: readonly string[]): Promise<readonly string[]> => {
  const columns = await database.$queryRaw<{ table: string; column: string }[]>`
    SELECT tables.table_name AS "table", column_name AS "column" FROM information_schema.tables tables
    JOIN information_schema.columns columns USING (table_schema, table_name)
    WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`;
  expect(columns.length).toBeGreaterThan(200);
  const found: string[] = [];
  for (const { table, column } of columns) {
    const [row] = await database.$queryRawUnsafe<{ found: boolean }[]>(
      `SELECT EXISTS (SELECT FROM "${table}" WHERE EXISTS
        (SELECT FROM unnest($1::text[]) word WHERE strpos("${column}"::text, word) > 0)) AS found`,
      [...words],
    );
    if (row?.found) found.push(`${table}.${column}`);
  }
  return found;
};

const play = async (lines: string) => {
  const played = await openPlay();
  onTestFinished(() => played.end());
  const said: string[] = [];
  const act = async (more: string) => {
    for (const line of more.split('\n').map((one) => one.trim()))
      if (line !== '') said.push(...(await played.act(line)));
  };
  await act(lines);
  return { ...played, act, said };
};

const event = `
  = 2026-11-26 10:00
  王芳 @slack form: 新建活动
  王芳 @slack sends: title=资本对接会; kind=招商活动; when=12月11日9:30-12:00; place=锦川非遗文化园; capacity=2; tickets=; about=
  王芳 @slack: 发布 W-1`;

test('a seat holder who voted, signed up, and was named by others', async () => {
  const { database, act, said } = await play(`
    李娜 @wechat: 提案 共享仓库；在西安设联盟共享仓库。；一般事项；通信表决；跳过
    李娜 @wechat: 提交
    何志远 @wechat: 附议 P-1
    +3w
    何志远 @wechat: 赞成 P-1
    何志远 @wechat: 理由 P-1 志远以为值得一试
    ${event}
    何志远 @wechat: 报名 W-1 +1
    何志远 @wechat: 供需 W-1 志远的戏台；志远找资金
    李娜 @wechat: 报名 W-1
    钱晓雨 @wechat: 取消报名 W-1 何志远
    何志远 @wechat: 请假 12月20日至22日 → 钱晓雨
    何志远 @wechat: 任务
    杨秀梅 @wechat #members: #接龙
    何志远 @wechat: 同意境外显示
    王芳 @slack: 名单 W-1
    何志远 @wechat: 我的数据`);
  const { id } = await database.person.findUniqueOrThrow({ where: { key: 'he-zhiyuan' } });
  const words = ['何志远', 'wx-hezhiyuan', 'he-zhiyuan', '志远'];
  const before = await placesOf(database, words);
  expect(before).toEqual(
    expect.arrayContaining([
      'Person.name',
      'Person.key',
      'Identity.externalId',
      'Attendee.name',
      'Outbox.content',
    ]),
  );
  const own = await dataOf(database, id);
  expect(Object.keys(own)).toEqual(
    expect.arrayContaining(['Person', 'Identity', 'Seat', 'Vote', 'Attendee']),
  );
  const votes = await database.vote.findMany({ omit: { reason: true } });

  await act(`
    何志远 @wechat: 删除我
    何志远 @wechat: 确认删除
    何志远 @wechat: 是`);
  expect(said.join('\n')).toContain('已删除，感谢您');
  expect(await placesOf(database, words)).toEqual([]);
  expect(await database.vote.findMany({ omit: { reason: true } })).toEqual(votes);
  // The place is kept for the next in line.
  expect(await database.attendee.findFirst({ where: { name: '李娜' } })).toMatchObject({ status: 'held' });
  expect(await database.person.findUnique({ where: { id } })).toMatchObject({
    name: erasedName,
    guest: true,
  });

  await sealEntries(database, testVault(), { settle: 0 });
  const verified = await verifyAudit(database, testVault());
  expect(verified.findings).toEqual([]);
  expect(verified.silenced).toBeGreaterThan(0);

  // The alliance file still has them: they are not brought back.
  const imported = await importAlliance(database, await loadAllianceFile(demoAllianceFile), new Date());
  expect(imported.erased).toEqual(['he-zhiyuan']);
  expect(await placesOf(database, words)).toEqual([]);
});

test('an applicant who withdrew, with names and a phone number in the form', async () => {
  const { database, act, said } = await play(`
    李伟 @wechat: 申请入会 景德镇陶溪川，91360200MA35F3QK8U，江西，工艺美术，陶瓷与夜间市集，180，刘子力，李伟，13807980001，同意，同意
    李伟 @wechat: 提交
    王芳 @slack: 受理 M-1
    李伟 @wechat: 删除我`);
  const words = ['李伟', '刘子力', '13807980001', '138 0798 0001', 'wx-李伟'];
  expect(said.join('\n')).toContain('回复“撤回 M-1”');
  expect((await placesOf(database, words)).length).toBeGreaterThan(3);
  await act(`
    李伟 @wechat: 撤回 M-1
    李伟 @wechat: 是
    李伟 @wechat: 删除我
    李伟 @wechat: 确认删除
    李伟 @wechat: 是`);
  expect(await placesOf(database, words)).toEqual([]);
});

test('an entry whose words were deleted can hold no others', async () => {
  const { database } = await play(event);
  const entry = await database.entry.findFirstOrThrow({ where: { act: 'event.announce' } });
  await database.entry.update({ where: { id: entry.id }, data: { saidHash: 'x' } });
  const { findings } = await verifyAudit(database, testVault());
  expect(findings).toMatchObject([{ kind: 'altered', entry: entry.id }]);
});
