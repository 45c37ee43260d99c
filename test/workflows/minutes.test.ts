/** Minutes say what is on record: who was there, what was decided and how – and of a secret ballot no more. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { usualRule } from '../../src/core/rulebook-presets.js';
import { type Language, languages } from '../../src/core/text.js';
import { toDocx } from '../../src/minutes-docx.js';
import { writeMinutes } from '../../src/minutes-file.js';
import type { BallotRecord } from '../../src/workflows/council/record.js';
import { attendees, unanswered } from '../../src/workflows/meeting/rules.js';
import { toMarkdown } from '../../src/workflows/minutes/markdown.js';
import { minutesMessage } from '../../src/workflows/minutes/message.js';
import { minutesOf } from '../../src/workflows/minutes/minutes.js';
import { pageOf } from '../../src/workflows/minutes/page.js';
import type { BallotOnRecord, MotionOnRecord, Proceedings } from '../../src/workflows/minutes/proceedings.js';
import { readMinutes } from '../../src/workflows/minutes/read.js';
import { openPlay, type Play } from '../play.js';

/** In Shanghai, on the day of the meeting. */
const at = (clock: string): Date => new Date(`2026-11-27T${clock}:00+08:00`);

const parks = ['青窑', '云坊', '越渠', '浦光', '锦川', '蜀音'];
const seats = parks.map((park, index) => ({
  key: `s${index + 1}`,
  title: { zh: `s${index + 1} ${park}`, en: `s${index + 1} Park ${index + 1}` },
  holder: `代表${index + 1}`,
  away: index === 5,
}));

const votes = [
  { seat: 's1', as: 'alternate', choice: 'yes', valid: true },
  { seat: 's2', as: 'holder', choice: 'yes', valid: true },
  { seat: 's3', as: 'proxy', choice: 'no', valid: true },
] as const;

const published = (secret: boolean, means: 'meeting' | 'circulation' = 'meeting'): BallotRecord => ({
  format: 'alliance-desk/ballot/1',
  motion: 'P-1',
  title: '购置灯光设备',
  text: '支出五万元。\n由青窑保管 <b>#1</b>。',
  textVersion: 1,
  call: 1,
  means,
  openedAt: at('14:10').toISOString(),
  closedAt: at('14:20').toISOString(),
  rulebook: { version: '2026-1', hash: '0123456789ab' },
  matter: 'ordinary',
  rule: {
    ...usualRule('foundation', false),
    quorum: { share: { over: 1, under: 2 }, by: 'present' },
    secret,
  },
  roll: seats.map(({ key, title }) => ({
    seat: key,
    title,
    recused: key === 's4',
    suspended: false,
    present: ['s1', 's2', 's3'].includes(key) && means === 'meeting',
    voted: votes.some((vote) => vote.seat === key),
  })),
  ballots: secret
    ? { secret: true, receipts: ['A', 'B', 'C'], choices: ['no', 'yes', 'yes'], unconfirmed: 0 }
    : {
        secret: false,
        votes: votes.map((vote) => ({ ...vote, castAt: at('14:15').toISOString(), receipt: vote.seat })),
      },
  outcome: 'carried',
  needed: 2,
  got: 2,
});

const ballot = (record: BallotRecord, more: Partial<BallotOnRecord> = {}): BallotOnRecord => ({
  published: record,
  outcome: record.outcome,
  annulled: false,
  recusals: [{ seat: 's4', why: '与供应商有关联' }],
  voters: record.ballots.secret
    ? []
    : [
        { seat: 's1', person: '徐文斌' },
        { seat: 's2', person: '代表2' },
        { seat: 's3', person: '代表1' },
      ],
  reasons: [{ seat: 's3', reason: '价格偏高' }],
  ...more,
});

const motion = (one: BallotOnRecord | null): MotionOnRecord => ({
  ref: 'P-1',
  title: '购置灯光设备',
  text: '支出五万元。',
  mover: '李娜',
  seconders: [{ seat: { zh: 's2 云坊', en: 's2 Park 2' }, person: '沈悦' }],
  ballot: one,
  tasks: [
    {
      ref: 'T-1',
      what: '签订采购合同',
      owner: '何志远',
      dueAt: new Date('2026-12-10T00:00:00+08:00'),
      doneAt: null,
      dropped: false,
    },
  ],
});

const proceedings = (motions: readonly MotionOnRecord[]): Proceedings => ({
  ref: 'K-1',
  title: '第四季度会议',
  alliance: { zh: '联盟', en: 'The Alliance' },
  timezone: 'Asia/Shanghai',
  meeting: {
    place: '2 号会议室',
    caller: '周明远',
    startsAt: at('14:00'),
    startedAt: at('14:05'),
    endedAt: at('15:30'),
    presences: [
      { seat: 's1', person: '徐文斌', standing: 'alternate', at: at('13:40'), leftAt: null },
      { seat: 's2', person: '代表2', standing: 'holder', at: at('14:09'), leftAt: at('15:00') },
      { seat: 's5', person: '代表5', standing: 'holder', at: at('13:10'), leftAt: at('13:20') },
    ],
    proxies: [{ seat: 's3', person: '代表1' }],
  },
  seats,
  motions,
  draft: {
    draftedAt: at('16:00'),
    confirmedAt: at('18:00'),
    replies: [
      { person: '代表2', correction: '我是 14:09 到的 [*]。', at: at('16:00') },
      { person: '徐文斌', correction: null, at: at('15:40') },
    ],
  },
});

const meeting = (record = published(false)) => minutesOf(proceedings([motion(ballot(record))]));
const shownIn = (minutes: ReturnType<typeof meeting>, language: Language): string =>
  minutesMessage(minutes).text[language];

describe('the attendance', () => {
  const { there, absent } = meeting();

  test('lists a seat by whoever was there, from its beginning to its end or their own', () => {
    expect(there.map(({ seat, ...one }) => [seat.zh.split(' ')[0], one.person, one.from, one.until])).toEqual(
      [
        ['s1', '徐文斌', at('14:05'), at('15:30')],
        ['s2', '代表2', at('14:09'), at('15:00')],
        ['s3', '代表1', null, null],
      ],
    );
  });

  test('who left before it began was absent; who had told is excused', () => {
    expect(absent.map((one) => [one.holder, one.excused])).toEqual([
      ['代表4', false],
      ['代表5', false],
      ['代表6', true],
    ]);
  });
});

describe('a decision', () => {
  test('has its votes by seat, its silent and recused seats and the reasons given', () => {
    const [item] = meeting().items;
    expect(item?.decision).toMatchObject({
      outcome: 'carried',
      votes: [
        { choice: 'yes', seats: [{ person: '徐文斌' }, { person: '代表2' }] },
        { choice: 'no', seats: [{ person: '代表1', standing: 'proxy' }] },
      ],
      silent: [{ zh: 's5 锦川' }, { zh: 's6 蜀音' }],
      recused: [{ seat: { zh: 's4 浦光' }, why: '与供应商有关联' }],
      reasons: [{ seat: { zh: 's3 越渠' }, reason: '价格偏高' }],
    });
  });

  test.each(languages)('of a secret ballot shows nobody’s vote, silence or reason (%s)', (language) => {
    const minutes = meeting(published(true));
    expect(minutes.items[0]?.decision).toMatchObject({ votes: [], silent: [], invalid: [], reasons: [] });
    const text = shownIn(minutes, language);
    expect(text).toContain(language === 'zh' ? '无记名投票' : 'A secret ballot');
    expect(text).not.toContain('价格偏高');
    expect(text).not.toMatch(/赞成 \d 席|Yes, \d|未表决：|Did not vote:/);
  });

  test('in a tie tells whose word it was, and a result that was undone is not left standing', () => {
    const tie: BallotRecord = {
      ...published(true),
      rule: { ...published(true).rule, ties: 'chair', majority: { kind: 'simple' }, base: 'YN' },
      ballots: { secret: true, receipts: ['A', 'B'], choices: ['no', 'yes'], unconfirmed: 0 },
      outcome: 'tied',
    };
    const decided = minutesOf(proceedings([motion(ballot(tie, { outcome: 'carried', annulled: true }))]));
    expect(shownIn(decided, 'zh')).toContain('经理事长裁决通过');
    expect(shownIn(decided, 'en')).toContain('carried by the chair’s word');
    expect(shownIn(decided, 'zh')).toContain('经异议作废');
    expect(shownIn(decided, 'en')).toContain('annulled');
  });

  test('that was not taken is told, too', () => {
    const minutes = minutesOf(proceedings([motion(null)]));
    expect(shownIn(minutes, 'zh')).toContain('本次没有表决');
    expect(shownIn(minutes, 'en')).toContain('not voted on');
  });

  test('by circulation has who took part instead of who was there', () => {
    const circulated = {
      ...proceedings([motion(ballot(published(false, 'circulation')))]),
      meeting: null,
      draft: null,
    };
    const { there, absent, place } = minutesOf({ ...circulated, ref: 'P-1' });
    expect(place).toBeNull();
    expect(there.map((one) => one.person)).toEqual(['徐文斌', '代表2', '代表1']);
    expect(absent.map((one) => one.holder)).toEqual(['代表5', '代表6']);
    const secret = minutesOf({ ...circulated, motions: [motion(ballot(published(true, 'circulation')))] });
    expect(secret.there.map((one) => one.person)).toEqual([null, null, null]);
  });
});

describe('corrections', () => {
  test.each(languages)('stand in the minutes as they were said, with who said them (%s)', (language) => {
    const text = shownIn(meeting(), language);
    expect(text).toContain('我是 14:09 到的 [*]。');
    expect(text).toContain(language === 'zh' ? '代表2更正：' : 'Corrected by 代表2:');
  });

  test('who has confirmed an earlier draft has not confirmed this one', () => {
    expect(shownIn(meeting(), 'zh')).toContain('已确认：代表2\n');
    expect(shownIn(meeting(), 'zh')).toContain('视为确认：徐文斌');
    const presences = [
      { personId: 'a', leftAt: null },
      { personId: 'b', leftAt: at('15:00') },
      { personId: 'b', leftAt: null },
      { personId: 'c', leftAt: at('13:00') },
    ];
    const held = { startedAt: at('14:00'), presences };
    expect(attendees(held)).toEqual(['a', 'b']);
    const replies = [
      { personId: 'a', at: at('15:40') },
      { personId: 'b', at: at('16:00') },
    ];
    expect(unanswered(held, replies, at('16:00'))).toEqual(['a']);
  });
});

describe.each(languages)('files (%s)', (language) => {
  test('what people wrote is no markup in Markdown', () => {
    const markdown = toMarkdown(meeting(), language);
    expect(markdown).toContain('\\<b\\>\\#1\\</b\\>');
    expect(markdown).toContain('\\[\\*\\]');
    expect(markdown.match(/^# /gm)).toHaveLength(1);
  });

  test('the Word file opens and says all that the Markdown file says, in the same order', async () => {
    const minutes = meeting();
    const xml =
      unzip(await toDocx(minutes, language))
        .get('word/document.xml')
        ?.toString('utf8') ?? '';
    const inWord = wordsOf(
      xml
        .replace(/<[^>]*>/g, ' ')
        .replace(/&lt;/g, '<')
        .replace(/&gt;/g, '>'),
    );
    const marks = /^\|[ |-]*\|$|^[#>] ?#* ?|\\(?=[^\s\p{L}\p{N}])|(?<!\\)\|/gmu;
    expect(inWord).toBe(wordsOf(toMarkdown(minutes, language).replace(marks, '')));
    for (const block of pageOf(minutes, language).blocks) {
      if (block.kind !== 'rows') expect(inWord).toContain(wordsOf(block.text));
    }
  });
});

const wordsOf = (text: string): string => text.replace(/\s+/g, '');

/** The files of a zip archive, by the directory at its end. */
const unzip = (archive: Buffer): ReadonlyMap<string, Buffer> => {
  const end = archive.lastIndexOf(Buffer.from('PK\u0005\u0006', 'latin1'));
  const files = new Map<string, Buffer>();
  let entry = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [method, size] = [archive.readUInt16LE(entry + 10), archive.readUInt32LE(entry + 20)];
    const [name, extra, comment] = [28, 30, 32].map((place) => archive.readUInt16LE(entry + place));
    const local = archive.readUInt32LE(entry + 42);
    const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    const packed = archive.subarray(start, start + size);
    files.set(
      archive.toString('utf8', entry + 46, entry + 46 + (name ?? 0)),
      method === 0 ? packed : inflateRawSync(packed),
    );
    entry += 46 + (name ?? 0) + (extra ?? 0) + (comment ?? 0);
  }
  return files;
};

describe('a meeting that votes', () => {
  let play: Play;
  beforeAll(async () => {
    play = await openPlay();
  });
  afterAll(() => play.end());

  const actAll = async (lines: readonly string[]): Promise<string> => {
    const said: string[] = [];
    for (const line of lines) said.push(...(await play.act(line)));
    return said.join('\n');
  };

  test('is read from the tables: a motion with its votes, and one that was not taken', async () => {
    await actAll([
      '周明远 @wechat: 召集',
      '周明远 @wechat: 第四季度会议',
      '周明远 @wechat: 11月27日 14:00',
      '周明远 @wechat: 是',
      '周明远 @wechat: 2 号会议室',
      '周明远 @wechat: 提交',
    ]);
    const { database } = play;
    const called = await database.case.findUniqueOrThrow({ where: { ref: 'K-1' } });
    const li = await database.person.findFirstOrThrow({ where: { name: '李娜' } });
    for (const ref of ['P-1', 'P-2']) {
      const when = { openedAt: at('09:00'), changedAt: at('09:00') };
      await database.case.create({
        data: {
          workflow: 'council',
          ref,
          state: 'notice',
          openedBy: li.id,
          ...when,
          motion: {
            create: {
              title: `议题${ref}`,
              text: `正文${ref}`,
              matter: 'ordinary',
              means: 'meeting',
              moverId: li.id,
              opensAt: at('08:00'),
              meetingId: called.id,
            },
          },
        },
      });
    }
    const voters = ['李娜', '沈悦', '何志远', '周明远', '杨秀梅', '唐可欣', '白宇飞', '赵国强', '冯海涛'];
    const said = await actAll([
      '= 2026-11-27 13:30',
      ...voters.map((name) => `${name} @wechat: 到会 K-1`),
      '= 2026-11-27 14:00',
      '周明远 @wechat: 开会 K-1',
      '周明远 @wechat: 开票 P-1',
      ...voters.map((name) => `${name} @wechat: ${name === '沈悦' ? '反对' : '赞成'} P-1`),
      '沈悦 @wechat: 理由 P-1 价格偏高',
      '= 2026-11-27 15:00',
      '周明远 @wechat: 散会 K-1',
    ]);
    // The draft waits for the vote that is still open.
    expect(said).toContain('= K-1 ended');
    expect(said).not.toContain('= K-1 minutes');
    expect(await actAll(['周明远 @wechat: 截止 P-1', '+1w'])).toContain('= K-1 minutes');

    const minutes = await readMinutes(database, called.id);
    expect(minutes?.there.map((one) => one.person)).toEqual(voters);
    expect(minutes?.absent).toHaveLength(4);
    expect(minutes?.items.map((one) => [one.ref, one.mover, one.decision?.outcome])).toEqual([
      ['P-1', '李娜', 'carried'],
      ['P-2', '李娜', undefined],
    ]);
    const decision = minutes?.items[0]?.decision;
    expect(decision?.votes.map((one) => [one.choice, one.seats.length])).toEqual([
      ['yes', 8],
      ['no', 1],
    ]);
    expect(decision?.reasons).toEqual([
      { seat: { zh: 's2 云坊数字文创园', en: 's2 Yunfang Digital Creative Park' }, reason: '价格偏高' },
    ]);
    const motionItself = await database.case.findUniqueOrThrow({ where: { ref: 'P-1' } });
    expect((await readMinutes(database, motionItself.id))?.there).toHaveLength(9);
    const other = await database.case.findUniqueOrThrow({ where: { ref: 'P-2' } });
    expect(await readMinutes(database, other.id)).toBeUndefined();
  });

  test('keeps the vote on a motion that went on to another meeting', async () => {
    const { database } = play;
    const one = await database.case.findUniqueOrThrow({ where: { ref: 'K-1' } });
    const motionOf = { where: { case: { ref: 'P-1' } }, data: { meetingId: null } };
    await database.motion.updateMany(motionOf);
    expect((await readMinutes(database, one.id))?.items.map((item) => item.ref)).toEqual(['P-1', 'P-2']);
  });

  test('has its tasks, given out by the council, in its minutes', async () => {
    const said = await actAll([
      '+3w',
      '李娜 @wechat: 分派 P-1',
      '李娜 @wechat: 签订采购合同',
      '李娜 @wechat: 何志远',
      '李娜 @wechat: 12月24日',
      '李娜 @wechat: 是',
      '李娜 @wechat: 提交',
    ]);
    expect(said).toContain('李娜请您负责：“签订采购合同”（T-1，P-1 决议）');
    const one = await play.database.case.findUniqueOrThrow({ where: { ref: 'K-1' } });
    const minutes = await readMinutes(play.database, one.id);
    expect(minutes?.items[0]?.tasks).toMatchObject([{ ref: 'T-1', owner: '何志远', doneAt: null }]);
  });

  test('has files for whoever keeps the records', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'minutes-'));
    try {
      const [docx, md] = [join(folder, 'k1.docx'), join(folder, 'k1.md')];
      await writeMinutes(play.database, 'K-1', { docx, md, language: 'en' });
      expect(await readFile(md, 'utf8')).toContain('## Item 1: P-1');
      expect(unzip(await readFile(docx)).has('word/document.xml')).toBe(true);
      const nothing = writeMinutes(play.database, 'K-1', { language: 'en' });
      await expect(nothing).rejects.toThrow('No file was named');
      const none = writeMinutes(play.database, 'P-2', { md, language: 'en' });
      await expect(none).rejects.toThrow('no minutes of P-2');
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
