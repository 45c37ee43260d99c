/** The exported lists, read as a spreadsheet reads them. */
import { parse } from 'csv-parse/sync';
import readXlsx from 'read-excel-file/node';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { at } from '../event/hall.js';
import { openScene, type Scene } from './scene.js';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene(4, { capacity: 2, inDays: 2 });
});
afterEach(() => scene.end());

const ending = (links: readonly string[], end: string): string => {
  const link = links.find((one) => one.endsWith(end));
  if (link === undefined) throw new Error(`no address that ends in ${end}`);
  return link;
};
const readCsv = async (link: string): Promise<string[][]> => {
  const response = await fetch(link);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(response.headers.get('etag')).toBeNull();
  const bytes = Buffer.from(await response.arrayBuffer());
  expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
  return parse(bytes, { bom: true });
};

test('the roster tells who comes, for whom, since when, and what they answered', async () => {
  const { database, eventId, talk, linksIn, guest, officer, passTo } = scene;
  await database.event.update({ where: { caseId: eventId }, data: { questions: ['吃素吗？'] } });
  await talk(guest(0), '报名 W-1');
  await talk(guest(0), '=HYPERLINK("http://evil.example")');
  await talk(guest(1), '报名 W-1 李小川');
  await talk(guest(2), '报名 W-1');
  await talk(guest(2), '跳过');
  await talk(guest(3), '报名 W-1');
  await talk(guest(3), '跳过');
  await talk(guest(3), '取消报名 W-1');
  await passTo(at('2026-11-25T13:10'));
  await talk(guest(0), '到了 W-1');
  const rows = await readCsv(ending(await linksIn(officer, '导出 W-1'), '.csv'));
  expect(rows).toEqual([
    ['姓名', '园区', '名额种类', '状态', '报名人', '报名时间', '签到时间', '吃素吗？'],
    [
      '宾客2',
      '园区3',
      '代表',
      '已报名',
      '宾客2',
      '2026-11-23 10:00',
      '2026-11-25 13:10',
      `'=HYPERLINK("http://evil.example")`,
    ],
    ['李小川', '园区4', '代表', '已报名', '宾客3', '2026-11-23 10:00', '', ''],
    ['宾客4', '', '代表', '候补中', '宾客4', '2026-11-23 10:00', '', ''],
  ]);
});

test('an investment event has its invitations and meetings, as sheets and each as CSV', async () => {
  const { database, eventId, talk, linksIn, guest, officer, now } = scene;
  await database.event.update({ where: { caseId: eventId }, data: { kind: 'investment' } });
  await talk(guest(0), '报名 W-1');
  await database.invitation.createMany({
    data: [0, 1].map((number) => ({
      eventId,
      personId: guest(number).personId,
      ticket: 'investor' as const,
      byId: officer.personId,
      at: now(),
      ...(number === 0 && { answer: 'yes' as const, answeredAt: now() }),
    })),
  });
  const meeting = async (ref: string, state: string, table: number | null) => {
    const { id } = await database.case.create({
      data: {
        workflow: 'appointment',
        ref,
        state,
        openedBy: guest(0).personId,
        openedAt: now(),
        changedAt: now(),
      },
    });
    await database.appointment.create({
      data: {
        caseId: id,
        eventId,
        askerId: guest(0).personId,
        askedId: guest(1).personId,
        about: '联合办展',
        answerBy: now(),
        startsAt: table === null ? null : at('2026-11-25T14:40'),
        table,
      },
    });
    return id;
  };
  const appointmentId = await meeting('R-1', 'met', 3);
  await meeting('R-2', 'declined', null);
  await database.followUp.createMany({
    data: [
      { personId: guest(0).personId, afterDays: 1, stage: 'contact' as const, next: '下周考察' },
      { personId: guest(1).personId, afterDays: 1, stage: 'talks' as const, next: '+86-571-8888' },
      { personId: guest(1).personId, afterDays: 90, stage: 'signed' as const, amount: 'upTo500' as const },
    ].map((one) => ({ ...one, appointmentId, at: now() })),
  });

  const links = await linksIn(officer, '导出 W-1');
  expect(links.map((link) => link.replace(/^.*\.[\w-]{32}\./, ''))).toEqual([
    'xlsx',
    'csv',
    'invitations.csv',
    'outcomes.csv',
  ]);
  expect((await readCsv(ending(links, '.invitations.csv'))).map((row) => row.slice(0, 4))).toEqual([
    ['姓名', '园区', '名额种类', '答复'],
    ['宾客2', '园区3', '投资人', '参加'],
    ['宾客3', '园区4', '投资人', '未答复'],
  ]);
  const outcomes = await readCsv(ending(links, '.outcomes.csv'));
  expect(outcomes).toEqual([
    [
      '约见编号',
      '状态',
      '时间',
      '桌号',
      '约见人',
      '受邀人',
      '1 天后',
      '30 天后',
      '90 天后',
      '金额',
      '下一步',
    ],
    [
      'R-1',
      '已面谈，回访中',
      '2026-11-25 14:40',
      '3',
      '宾客2',
      '宾客3',
      '正在洽谈',
      '',
      '已经签约',
      '100–500 万元',
      '宾客2：下周考察\n宾客3：+86-571-8888',
    ],
  ]);
  const response = await fetch(ending(links, '.xlsx'));
  expect(response.headers.get('content-disposition')).toBe('attachment; filename="W-1.xlsx"');
  const book = await readXlsx(Buffer.from(await response.arrayBuffer()));
  expect(book.map((sheet) => [sheet.sheet, sheet.data.length])).toEqual([
    ['名单', 2],
    ['邀请', 3],
    ['约见与成果', 2],
  ]);
  expect(book[2]?.data[1]?.[3]).toBe(3);
});

describe('a link', () => {
  test('is for the organizer, and has no list that the event has not', async () => {
    const { linksIn, guest, officer } = scene;
    expect(await linksIn(guest(0), '导出 W-1')).toEqual([]);
    const links = await linksIn(officer, '导出 W-1');
    expect(links).toHaveLength(2);
    const outcomes = ending(links, '.xlsx').replace(/xlsx$/, 'outcomes.csv');
    expect((await fetch(outcomes)).status).toBe(404);
  });

  test('holds for a day, then says where to get another', async () => {
    const { linksIn, officer, passTo } = scene;
    const links = await linksIn(officer, '导出 W-1');
    await passTo(at('2026-11-24T09:59'));
    for (const link of links) expect((await fetch(link)).status).toBe(200);
    await passTo(at('2026-11-24T10:00'));
    for (const link of links) {
      const response = await fetch(link);
      expect(response.status).toBe(410);
      expect(response.headers.get('cache-control')).toBe('no-store');
      const words = await response.text();
      expect(words).toContain('链接已过期');
      expect(words).toContain('This link has expired');
    }
  });
});
