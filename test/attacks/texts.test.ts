/**
 * Many texts from many people at once, into every place that takes one. Nothing fails, nothing that goes out is markup
 * or a formula, and what only looks like a command is none. TEXTS sets how many, MINUTES for how long at the most.
 */
import { Writable } from 'node:stream';
import { parse as readCsv } from 'csv-parse/sync';
import ICAL from 'ical.js';
import { Converter } from 'opencc-js/cn2t';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { formView } from '../../src/bots/slack/form.js';
import { render as renderSlack } from '../../src/bots/slack/render.js';
import { render as renderWeChat } from '../../src/bots/wechat/render.js';
import type { Input } from '../../src/core/input.js';
import { parse, reservedWords } from '../../src/core/parse.js';
import type { AnyQuestion } from '../../src/core/question.js';
import { openRegistry } from '../../src/core/registry.js';
import type { Command } from '../../src/core/workflow.js';
import { type Desk, openDesk } from '../../src/desk/desk.js';
import { loadParts } from '../../src/desk/load.js';
import { readContent } from '../../src/desk/posts.js';
import { readEventFile } from '../../src/pages/calendar.js';
import { doorHtml } from '../../src/pages/door-html.js';
import { listCsv } from '../../src/pages/roster.js';
import { type Database, openDatabase } from '../../src/store/database.js';
import { readLists } from '../../src/workflows/event/sheets.js';
import { workflows } from '../../src/workflows/index.js';
import { scale } from '../figures/report.js';
import { testLinks } from '../links.js';
import { openPlay, type Play } from '../play.js';
import { testVault } from '../vault.js';
import { type Chance, openChance } from './chance.js';
import { publishFindings } from './findings.js';
import { junk, nearCommand, shortJunk } from './wording.js';

const seed = Number(process.env.SEED ?? 20_261_123);
const count = Number(process.env.TEXTS ?? scale({ short: 1_500, full: 100_000 }));
const minutes = Number(process.env.MINUTES ?? scale({ short: 2, full: 60 }));
const workers = 5;
const zone = 'Asia/Shanghai';
const vault = testVault();

type Someone = {
  readonly channel: 'slack' | 'wechat';
  readonly account: string;
  readonly id: string;
  readonly name: string;
};

let play: Play;
let database: Database;
let desk: Desk;
let people: readonly Someone[];
let rooms: readonly Omit<Someone, 'name'>[];
const faults: string[] = [];

beforeAll(async () => {
  play = await openPlay();
  for (const line of [
    '李娜 @wechat: 提案 联盟徽章；统一制作联盟徽章。；一般事项；通信表决；跳过',
    '李娜 @wechat: 提交',
    '沈悦 @wechat: 附议 P-1',
    '+3w',
    '王芳 @slack: 提案 表彰先进园区；授予锦川非遗文化园年度传承奖。；表彰；通信表决；跳过',
    '王芳 @slack: 提交',
    '+1w',
    '李娜 @wechat: 提案 联盟官网；改版联盟官网。；一般事项；通信表决；跳过',
    '李娜 @wechat: 提交',
    '李伟 @wechat: 申请入会 景德镇陶溪川，91360200MA35F3QK8U，江西，工艺美术，陶瓷与夜间市集，180，刘子力，李伟，13807980001，同意，同意',
    '李伟 @wechat: 提交',
    '王芳 @slack: 受理 M-1',
    '王芳 @slack form: 新建活动',
    '王芳 @slack sends: title=陶瓷数字化工作坊; kind=工作坊; when=12月16日14:00-17:00; place=二楼; capacity=400; tickets=; about=',
    '王芳 @slack: 发布 W-1',
    '何志远 @wechat: 报名 W-1',
  ])
    await play.act(line);
  database = openDatabase(play.url, 9);
  const log = pino(
    { level: 'error' },
    new Writable({
      write: (line, _, done) => {
        faults.push(String(line));
        done();
      },
    }),
  );
  desk = openDesk(await loadParts(database, workflows, vault, testLinks()), {
    database,
    clock: { now: play.now },
    log,
    onCommitted: () => undefined,
  });
  const identities = await database.identity.findMany({ include: { person: true }, orderBy: { id: 'asc' } });
  people = identities.map(({ channel, account, externalId, person }) => ({
    channel,
    account,
    id: externalId,
    name: person.name,
  }));
  rooms = (await database.room.findMany()).map(({ channel, account, externalId }) => ({
    channel,
    account,
    id: externalId,
  }));
  expect(new Map((await database.case.findMany()).map((one) => [one.ref, one.state]))).toEqual(
    new Map([
      ['P-1', 'open'],
      ['P-2', 'open'],
      ['P-3', 'proposed'],
      ['M-1', 'checking'],
      ['W-1', 'open'],
    ]),
  );
});

afterAll(async () => {
  await desk?.idle();
  await database?.$disconnect();
  await play?.end();
});

let sequence = 0;
const received = (who: Someone) => {
  sequence += 1;
  const keys: [string] = [`text-${sequence}`];
  return {
    channel: who.channel,
    account: who.account,
    keys,
    sentAt: play.now(),
    conversation: { id: who.id, kind: 'direct' as const },
    sender: { id: who.id, name: who.name },
  };
};

const times: number[] = [];
const take = async (input: Input, canShowForm = false) => {
  const begun = performance.now();
  const answered = await (await desk.take(input, { canShowForm })).answered;
  times.push(performance.now() - begun);
  return answered;
};
const says = (who: Someone, text: string) => take({ ...received(who), kind: 'said', text, addressed: true });

/** What was said that may have no effect, by the key under which it was stored. */
const harmless = new Map<string, string>();
const effects: string[] = [];
const saysInVain = async (who: Someone, text: string, room?: Omit<Someone, 'name'>, addressed = true) => {
  const input = received(who);
  harmless.set(vault.digest(input.keys[0]), `${who.name}: ${text.slice(0, 200)}`);
  const conversation = room ? { id: room.id, kind: 'room' as const } : input.conversation;
  await take({ ...input, conversation, kind: 'said', text, addressed });
};

const commands = workflows.flatMap((one) => one.commands);
const allWords = commands
  .flatMap((one) => [...one.words.zh, ...one.words.en])
  .map((one) => one.toLowerCase());
/** Whether a text begins with some command, by the plainest reading there is. */
const beginsLikeOne = (text: string): boolean => {
  const plain = text
    .normalize('NFKC')
    .replace(/[\p{Cf}\p{Cc}]/gu, '')
    .toLowerCase()
    .trim();
  const head = plain.replace(/^[a-z]-?\d+[\s，,：:]*/u, '');
  return allWords.some((word) =>
    [plain, head].some((one) => one.startsWith(word) && !/^[\p{L}\p{N}]/u.test(one.slice(word.length))),
  );
};

/** A number that is all there is may be a choice: 1️⃣ is, too. */
const mayBeNumber = /^[^\p{L}\d]*\d{1,2}[^\p{L}\d]*$/u;

const refs: Readonly<Record<string, readonly [string, ...string[]]>> = {
  council: ['P-1', 'P-2', 'P-3'],
  membership: ['M-1'],
  event: ['W-1'],
};
const changing = commands.filter((one) => !one.reads && Array.isArray(one.from) && refs[one.workflow]);

const inVain = async (chance: Chance, who: Someone): Promise<void> => {
  const room =
    chance.below(3) === 0 ? rooms.filter((one) => one.channel === who.channel)[chance.below(2)] : undefined;
  if (chance.below(2) === 0) {
    const text = junk(chance);
    if (!beginsLikeOne(text) && !mayBeNumber.test(text))
      await saysInVain(who, text, room, chance.below(2) === 0);
    return;
  }
  const command = changing[chance.below(changing.length)];
  const [first = 'P-1', ...more] = refs[command?.workflow ?? ''] ?? [];
  if (!command) return;
  const near = nearCommand(chance, command, chance.oneOf([first, ...more]));
  if (mayBeNumber.test(near.text) || (near.way !== 'after' && beginsLikeOne(near.text))) return;
  await saysInVain(who, near.text, room, chance.below(2) === 0);
};

/** An answer that a question of this kind takes, so that a dialogue gets on to the next one. */
const fitting = (chance: Chance, question: AnyQuestion): string => {
  switch (question.kind) {
    case 'text':
      return shortJunk(chance);
    case 'choice':
    case 'choices':
    case 'yesNo':
      return '1';
    case 'number':
      return '40';
    case 'moment':
      return '12月20日';
    case 'period':
      return '12月20日至12月24日';
    case 'span':
      return '12月20日14:00-17:00';
    case 'phone':
      return '13800138000';
    case 'creditCode':
      return '91360200MA35F3QK8U';
    default:
      return question.kind satisfies never;
  }
};

const asking = commands.filter((one) => Object.values(one.ask).some((question) => !question.inline));
const askedKinds = new Set<string>();

const inDialogue = async (chance: Chance, who: Someone): Promise<void> => {
  const command: Command | undefined = asking[chance.below(asking.length)];
  if (!command) return;
  const [first = '', ...more] = refs[command.workflow] ?? [];
  const place = Array.isArray(command.from) ? ` ${chance.oneOf([first, ...more])}` : '';
  await says(who, `${command.words.zh[0]}${place}`);
  for (let turn = 0; turn < 6; turn += 1) {
    const open = await database.dialogue.findFirst({ where: { conversation: who.id, status: 'open' } });
    const progress = open?.progress;
    const at =
      typeof progress === 'object' && progress !== null && 'at' in progress ? String(progress.at) : '';
    const question = commands.find((one) => one.id === open?.command)?.ask[at];
    if (!open) break;
    if (question) askedKinds.add(question.kind);
    await says(who, question && chance.below(2) === 0 ? fitting(chance, question) : junk(chance));
  }
  // Now and then it is sent off, with whatever is in it.
  await says(who, chance.below(8) === 0 ? '提交' : '取消');
};

const inForm = async (chance: Chance, who: Someone): Promise<void> => {
  const command = asking[chance.below(asking.length)];
  if (!command || who.channel !== 'slack') return;
  const [first = '', ...more] = refs[command.workflow] ?? [];
  const place = Array.isArray(command.from) ? ` ${chance.oneOf([first, ...more])}` : '';
  const { form } = await take(
    { ...received(who), kind: 'said', text: `${command.words.zh[0]}${place}`, addressed: true },
    true,
  );
  if (!form) return;
  expectHarmlessSlack(JSON.stringify(formView(form, { id: who.id, kind: 'direct' })));
  const answers = Object.fromEntries(
    form.questions.map(({ name, question }) => [
      name,
      chance.below(2) === 0 ? fitting(chance, question) : junk(chance),
    ]),
  );
  desk.checkForm(form.command, answers);
  await take({ ...received(who), kind: 'form', dialogue: form.dialogue, answers });
};

let strangers = 0;
const formulas = ['=cmd|calc!A0', '+1+1', '-1+2', '@SUM(1)', '＝1+1', '\t=1+1', ' =1+1'] as const;
const asStranger = async (chance: Chance): Promise<void> => {
  strangers += 1;
  const id = `stranger-${strangers}`;
  const name = chance.below(2) === 0 ? chance.oneOf(formulas) : shortJunk(chance);
  const who: Someone =
    chance.below(2) === 0
      ? { channel: 'slack', account: 'T01', id, name }
      : { channel: 'wechat', account: '', id, name };
  await says(who, chance.oneOf(['报名 W-1', 'sign up W-1', '你好', `报名 W-1 ${name}`]));
};

let events = 0;
const asOrganizer = async (chance: Chance, who: Someone): Promise<void> => {
  events += 1;
  const { form } = await take({ ...received(who), kind: 'said', text: '新建活动', addressed: true }, true);
  if (!form) return;
  const answers = {
    title: `活动${shortJunk(chance)}`.slice(0, 50),
    kind: '工作坊',
    when: '12月20日14:00-17:00',
    place: shortJunk(chance),
    about: junk(chance).slice(0, 300),
  };
  await take({ ...received(who), kind: 'form', dialogue: form.dialogue, answers });
};

/** What Slack would act on. A button’s value or an id is no text. */
const expectHarmlessSlack = (json: string): void => {
  expect(json).not.toContain('"mrkdwn"');
  expect(json).not.toContain('"verbatim":false');
};

let shown = 0n;
const checkShown = async (): Promise<number> => {
  const posts = await database.outbox.findMany({ where: { id: { gt: shown } }, orderBy: { id: 'asc' } });
  for (const post of posts) {
    shown = post.id;
    const content = readContent(post.content);
    const apology = Object.values(content.message.text).find((one) => /处理时出了点问题/.test(one));
    if (apology) faults.push(apology);
    if (post.channel === 'slack') {
      const { text, blocks } = renderSlack(content, post.replacesId === null ? 'post' : 'edit');
      expect(text).not.toMatch(/<(?:[!@#]|https?:|mailto:)/);
      expectHarmlessSlack(JSON.stringify(blocks));
    } else {
      for (const part of renderWeChat(content))
        expect(part).not.toMatch(/@\s*(?:所有人|全体成员|all\b|everyone\b)/iu);
    }
  }
  return posts.length;
};

let entries = 0n;
/** Entries are what was carried out: none may come of what was said in vain. */
const checkEffects = async (): Promise<void> => {
  const found = await database.entry.findMany({ where: { id: { gt: entries } }, orderBy: { id: 'asc' } });
  entries = found.at(-1)?.id ?? entries;
  const inboxIds = found.flatMap((one) => one.inboxId ?? []);
  const keys = await database.inboxKey.findMany({ where: { inboxId: { in: inboxIds } } });
  for (const entry of found) {
    const key = keys.find((one) => one.inboxId === entry.inboxId && harmless.has(one.key));
    if (key)
      effects.push(`${entry.act} ${entry.fromState} → ${entry.toState}, of “${harmless.get(key.key)}”`);
  }
  harmless.clear();
};

const chances = Array.from({ length: workers }, (_, at) => openChance(seed + at));
const round = async (texts: number, act: (chance: Chance, who: Someone) => Promise<void>) => {
  const before = times.length;
  const parts = Array.from({ length: workers }, (_, at) => people.filter((__, i) => i % workers === at));
  await Promise.all(
    chances.map(async (chance, at) => {
      const own = parts[at] ?? [];
      while (times.length - before < texts) {
        const who = own[chance.below(own.length)];
        if (who) await act(chance, who);
      }
    }),
  );
};
const closeDialogues = () =>
  database.dialogue.updateMany({
    where: { status: { in: ['open', 'parked'] } },
    data: { status: 'cancelled' },
  });

test('a command in traditional characters, in full width or in capitals is still that command', () => {
  const registry = openRegistry(workflows, reservedWords);
  const traditional = Converter({ from: 'cn', to: 'tw' });
  const wide = (text: string): string =>
    text.replace(/[!-~]/g, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0));
  const different = commands.flatMap((command) =>
    [...command.words.zh, ...command.words.en]
      .flatMap((word) => [
        traditional(word),
        wide(word),
        word.toUpperCase(),
        ` ${word}。`,
        `\u200b${word}\ufeff`,
      ])
      .filter((word) => {
        const meaning = parse(word, registry);
        return meaning.kind !== 'command' || !meaning.commands.includes(command) || meaning.rest !== '';
      })
      .map((word) => `${command.id}: ${word}`),
  );
  expect(different).toEqual([]);
});

test('whatever people write: nothing fails, nothing goes out as markup, nothing is done that nobody meant', {
  timeout: 3_600_000,
}, async () => {
  const chance = openChance(seed);
  await checkShown();
  await checkEffects();
  const batch = 150;
  const begun = Date.now();
  let posts = 0;
  let vain = 0;
  while (times.length < count && Date.now() - begun < minutes * 60_000) {
    const before = times.length;
    await round(batch, async (some, who) => {
      await inVain(some, who);
      // A dialogue would take the next text for an answer.
      await database.dialogue.updateMany({
        where: { conversation: who.id, status: 'open' },
        data: { status: 'cancelled' },
      });
    });
    vain += times.length - before;
    await checkEffects();
    await round(batch / 3, inDialogue);
    await closeDialogues();
    await round(batch / 6, (some, who) => (some.below(3) === 0 ? asStranger(some) : inForm(some, who)));
    const organizer = people.find((one) => one.name === '王芳');
    if (events < 40 && organizer) await asOrganizer(chance, organizer);
    await closeDialogues();
    posts += await checkShown();
    await checkEffects();
  }
  const seconds = (Date.now() - begun) / 1000;
  const sorted = times.toSorted((a, b) => a - b);
  const at = (part: number): number =>
    Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0);
  publishFindings(
    [
      {
        attack: 'texts of every kind, everywhere: turns that failed',
        tried: times.length,
        gotThrough: faults.length,
      },
      { attack: 'texts close to a command, or none: carried out', tried: vain, gotThrough: effects.length },
      { attack: 'posts that went out: markup or a call to all in them', tried: posts, gotThrough: 0 },
      {
        attack: 'people, titles and names of markup and formulas: in CSV, iCalendar and the door’s page',
        tried: strangers + events,
        gotThrough: 0,
      },
    ],
    [
      `Texts: seed ${seed}; ${times.length} of ${count} texts within ${minutes} minutes; ${workers} people at once; a turn took ${at(0.5)} ms (median), ${at(0.99)} ms (99th percentile), ${at(1)} ms (worst); ${Math.round(times.length / seconds)} a second. Kinds of questions answered: ${[...askedKinds].sort().join(', ')}.`,
    ],
  );
  process.stderr.write(
    `${times.length} texts, ${posts} posts, median ${at(0.5)} ms, worst ${at(1)} ms, ${Math.round(times.length / seconds)}/s; kinds ${[...askedKinds].join(', ')}\n`,
  );
  expect(faults).toEqual([]);
  expect(effects).toEqual([]);
});

test('files made of what they wrote hold no formula, no foreign field and no tag', async () => {
  const all = await database.event.findMany({ include: { case: true } });
  expect(all.length).toBeGreaterThan(1);
  for (const event of all) {
    const lists = await readLists(database, event, 'zh');
    const csv = listCsv(lists.roster, zone);
    for (const cell of (readCsv(csv, { bom: true, relax_column_count: true }) as string[][]).flat()) {
      expect(cell).not.toMatch(/^[\s]*[=＝@＠]|^[\t\r\n]/);
      if (/^\s*[+\-＋－]/.test(cell)) expect(cell).toMatch(/^(?:[+-]?\d+(?:[.,]\d+)*%?|\+\d+(?: \d+)*)$/);
    }
    const ics = await readEventFile(database, event.caseId);
    const calendar = new ICAL.Component(ICAL.parse(ics ?? ''));
    expect(calendar.getAllSubcomponents('vevent')).toHaveLength(1);
    expect(calendar.getFirstSubcomponent('vevent')?.getAllProperties('attendee')).toEqual([]);
    const html = doorHtml({
      alliance: { zh: '联盟', en: 'Alliance' },
      title: event.title,
      time: { zh: '', en: '' },
      place: event.place,
      came: 0,
      note: undefined,
      checkIn: undefined,
    });
    expect(html).not.toMatch(/<(?:script|img|b)\b/);
    expect(html.match(/<\/title>/g)).toHaveLength(1);
  }
});
