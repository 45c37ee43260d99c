/**
 * Plays a transcript: people's lines are carried out against the real desk on a real database, and what the
 * desk says is written under them. The stand-ins of the networks are left out; their renderers are not.
 *
 *   = 2026-11-23 10:00                 the desk's time (Asia/Shanghai) is set
 *   李伟 @wechat: 申请入会               somebody says something to the desk
 *   李娜 @wechat #council: 批准 M-1      … in a room, not spoken to the desk
 *   李娜 @wechat #council @: 帮助        … in a room, to the desk
 *   王芳 @slack [受理 M-1]              somebody presses a button of a case
 *   王芳 @slack [是]                    … or one under a question
 *   王芳 @slack form: 申请入会           somebody opens a form …
 *   王芳 @slack sends: park=…; phone=…  … and sends it in
 *   +3d  +2h  +1w                      time goes on: days, hours, working days
 *           李伟 @wechat < …            what the desk says, and to whom; `~` marks an edited post
 *           = M-1 submitted            where the cases stand that moved
 */
import { DateTime } from 'luxon';
import { afterAll } from 'vitest';
import { demoAllianceFile, loadAllianceFile } from '../src/alliance/file.js';
import { importAlliance } from '../src/alliance/import.js';
import type { Bot, Delivery, Form } from '../src/bots/bot.js';
import { render as renderSlack } from '../src/bots/slack/render.js';
import { render as renderWeChat } from '../src/bots/wechat/render.js';
import type { MovableClock } from '../src/clock.js';
import type { ChannelName, Input } from '../src/core/input.js';
import { type Desk, openDesk } from '../src/desk/desk.js';
import { loadParts } from '../src/desk/load.js';
import { advance } from '../src/jobs/advance.js';
import type { Backend } from '../src/jobs/backend.js';
import { deliverFrom } from '../src/jobs/deliver.js';
import { openLog } from '../src/log.js';
import { type Database, openDatabase } from '../src/store/database.js';
import { waitingPosts } from '../src/store/outbox.js';
import { workflows } from '../src/workflows/index.js';
import { copyOf, type FreshDatabase, freshDatabase } from './database.js';
import { testLinks } from './links.js';
import { testVault } from './vault.js';

const zone = 'Asia/Shanghai';
const rooms = ['council', 'secretariat', 'members'] as const;
const margin = '        ';

type Place = { readonly channel: ChannelName; readonly account: string; readonly id: string };

export type Play = {
  readonly url: string;
  readonly database: Database;
  readonly desk: Desk;
  readonly now: () => Date;
  /** Carries out one line; returns what the desk said and did because of it. */
  readonly act: (line: string) => Promise<readonly string[]>;
  readonly end: () => Promise<void>;
};

const begin = DateTime.fromISO('2026-11-23T10:00', { zone }).toJSDate();

const importDemo = async (): Promise<FreshDatabase> => {
  const fresh = await freshDatabase();
  const database = openDatabase(fresh.url, 1);
  await importAlliance(database, await loadAllianceFile(demoAllianceFile), begin);
  await database.$disconnect();
  return fresh;
};
/** With the demo alliance: read in once for all plays of a file, which is dear, and then copied. */
let demo: Promise<FreshDatabase> | undefined;
afterAll(async () => (await demo)?.drop());

/** Starts a desk with the demo alliance, at 10:00 on Monday, 23 November 2026. */
export const openPlay = async (): Promise<Play> => {
  demo ??= importDemo();
  const fresh = await copyOf((await demo).url);
  const database = openDatabase(fresh.url, 3);
  let now = begin;
  const clock: MovableClock = {
    now: () => now,
    moveTo: async (time) => {
      now = time;
    },
  };
  const parts = await loadParts(database, workflows, testVault(), testLinks());
  const desk = openDesk(parts, { database, clock, log: openLog('silent'), onCommitted: () => undefined });

  const heard: string[] = [];
  const names = await placeNames(database);
  const bots = { slack: recorder('slack', heard, names), wechat: recorder('wechat', heard, names) };
  const noQueues: Backend = {
    kind: 'postgres',
    add: async () => undefined,
    work: () => undefined,
    ping: async () => undefined,
    counts: async () => ({}),
    close: async () => undefined,
  };
  const deliverAll = async (): Promise<void> => {
    await desk.idle();
    for (;;) {
      const waiting = [...(await waitingPosts(database, now))].sort((a, b) => Number(a.id - b.id));
      if (waiting.length === 0) return;
      for (const post of waiting) {
        const tools = { database, clock, backend: noQueues, log: openLog('silent') };
        await deliverFrom(tools, bots[post.channel], post.id);
      }
    }
  };

  let sequence = 0;
  let form: Form | undefined;
  const take = async (input: Input, canShowForm = false): Promise<void> => {
    const taken = await desk.take(input, { canShowForm });
    const answered = await taken.answered;
    if (answered.form) {
      form = answered.form;
      const { title, questions, language } = answered.form;
      heard.push(
        `${margin}form < ${title[language]}：${questions.map((one) => one.question.label[language]).join('、')}`,
      );
    }
  };

  const carryOut = async (line: string): Promise<void> => {
    const time = /^= (\d{4}-\d{2}-\d{2} \d{2}:\d{2})$/.exec(line)?.[1];
    if (time) {
      now = DateTime.fromSQL(time, { zone }).toJSDate();
      return;
    }
    const step = /^\+(\d+)(h|d|w)$/.exec(line);
    if (step?.[1] && step[2]) {
      const count = Number(step[1]);
      const later = DateTime.fromJSDate(now, { zone });
      const to =
        step[2] === 'w'
          ? parts.calendar.workdaysAfter(now, count)
          : later.plus(step[2] === 'd' ? { days: count } : { hours: count }).toJSDate();
      await advance({ database, clock, desk }, to, deliverAll);
      return;
    }
    const said = /^(\S+) @(slack|wechat)(?: #(\w+))?( @)?(?: (form|sends))?(?:: (.*)| \[(.+)\])$/s.exec(line);
    if (!said?.[1]) throw new Error(`not a line of a transcript: ${line}`);
    const [, name, network, roomName, mention, formWord, words, button] = said;
    const channel: ChannelName = network === 'slack' ? 'slack' : 'wechat';
    const who = await identityOf(database, name, channel);
    const conversation = roomName
      ? { id: (await roomOf(database, channel, roomName)).externalId, kind: 'room' as const }
      : { id: who.id, kind: 'direct' as const };
    sequence += 1;
    const received = {
      channel,
      account: who.account,
      keys: [`line-${sequence}`] as [string],
      sentAt: now,
      conversation,
      sender: { id: who.id, name },
    };
    if (button !== undefined) {
      const offer = await offerCalled(database, button, channel, conversation.id, parts.registry);
      await take({ ...received, kind: 'pressed', offer }, channel === 'slack' && button.endsWith('…'));
    } else if (formWord === 'sends') {
      const answers = Object.fromEntries(
        (words ?? '').split('; ').map((pair) => pair.split('=') as [string, string]),
      );
      await take({ ...received, kind: 'form', dialogue: form?.dialogue ?? '', answers });
    } else {
      const text = (words ?? '').replaceAll('\\n', '\n');
      const addressed = conversation.kind === 'direct' || mention !== undefined;
      await take({ ...received, kind: 'said', text, addressed }, formWord === 'form');
    }
  };

  return {
    url: fresh.url,
    database,
    desk,
    now: () => now,
    act: async (line) => {
      const before = await caseStates(database);
      heard.length = 0;
      await carryOut(line);
      await advance({ database, clock, desk }, now, deliverAll);
      const after = await caseStates(database);
      const moved = [...after].filter(([ref, state]) => before.get(ref) !== state);
      return [...heard, ...moved.map(([ref, state]) => `${margin}= ${ref} ${state}`)];
    },
    end: async () => {
      await desk.idle();
      await database.$disconnect();
      await fresh.drop();
    },
  };
};

const caseStates = async (database: Database): Promise<ReadonlyMap<string, string>> =>
  new Map(
    (await database.case.findMany({ orderBy: { openedAt: 'asc' } })).map((one) => [one.ref, one.state]),
  );

/** The account a person uses on a channel; somebody unknown is a stranger who writes for the first time. */
const identityOf = async (database: Database, name: string, channel: ChannelName): Promise<Place> => {
  const known = await database.identity.findFirst({
    where: { channel, person: { OR: [{ name }, { name: name.replace('_', ' ') }] } },
  });
  if (known) return { channel, account: known.account, id: known.externalId };
  return { channel, account: channel === 'slack' ? 'T01' : '', id: `${channel}-${name}` };
};

const roomOf = async (database: Database, channel: ChannelName, name: string) => {
  const purpose = rooms.find((one) => one === name);
  if (!purpose) throw new Error(`no room #${name}`);
  return database.room.findFirstOrThrow({ where: { channel, purpose } });
};

/** The latest choice with this label: “受理 M-1” of a case, “是” of a question. Old ones are found as well. */
const offerCalled = async (
  database: Database,
  label: string,
  channel: ChannelName,
  conversation: string,
  registry: Awaited<ReturnType<typeof loadParts>>['registry'],
): Promise<string> => {
  const [word = '', ref] = label.replace(/ ?…$/, '').split(/ (?=[A-Z]-\d+$)/);
  const offers = await database.offer.findMany({
    where: { channel, conversation, ...(ref ? { case: { ref } } : {}) },
    orderBy: { outboxId: 'desc' },
  });
  const offer = offers.find((one) => {
    const title = registry.command(one.command)?.title;
    if (title) return title.zh === word || title.en === word;
    const given: unknown = one.given;
    const words = typeof given === 'object' && given !== null && 'words' in given ? given.words : undefined;
    const yesNo: Readonly<Record<string, string>> = {
      是: '1',
      Yes: '1',
      否: '2',
      No: '2',
      Submit: '提交',
      Cancel: '取消',
    };
    return words === word || words === yesNo[word];
  });
  return offer?.id ?? 'no-such-offer';
};

const placeNames = async (
  database: Database,
): Promise<(channel: ChannelName, conversation: string) => Promise<string>> => {
  const named = new Map(
    (await database.room.findMany()).map((room) => [
      `${room.channel} ${room.externalId}`,
      `#${room.purpose}`,
    ]),
  );
  return async (channel, conversation) => {
    const room = named.get(`${channel} ${conversation}`);
    if (room) return room;
    const identity = await database.identity.findFirst({
      where: { channel, externalId: conversation },
      include: { person: true },
    });
    return identity?.person.name ?? conversation;
  };
};

const recorder = (
  channel: ChannelName,
  heard: string[],
  name: (channel: ChannelName, conversation: string) => Promise<string>,
): Bot => ({
  channel,
  start: async () => undefined,
  stop: async () => undefined,
  health: () => ({ state: 'up', detail: 'recording' }),
  deliver: async (delivery: Delivery) => {
    const texts =
      channel === 'slack' ? [renderSlack(delivery.content, 'post').text] : renderWeChat(delivery.content);
    const who = `${await name(channel, delivery.conversation)} @${channel}`;
    if (delivery.replaces) {
      const { message, settled, choices, languages } = delivery.content;
      const language = languages[0] ?? 'zh';
      const title = (message.title ?? message.text)[language].split('\n')[0];
      const left = choices.map((one) => `[${one.label[language]}]`).join(' ');
      heard.push(`${margin}${who} ~ ${title} → ${settled?.[language] ?? (left || '—')}`);
      return { kind: 'sent', messageId: delivery.replaces };
    }
    for (const text of texts) {
      const [first = '', ...rest] = text.split('\n').filter((line) => line.trim() !== '');
      heard.push(`${margin}${who} < ${first}`, ...rest.map((line) => `${margin}    ${line}`.trimEnd()));
    }
    return { kind: 'sent', messageId: `post-${delivery.id}` };
  },
});
