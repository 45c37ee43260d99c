/** A council with a real desk on a real database, without networks: its members vote in every way there is. */
import { randomBytes } from 'node:crypto';
import type { Bot } from '../../src/bots/bot.js';
import { render as renderSlack } from '../../src/bots/slack/render.js';
import { render as renderWeChat } from '../../src/bots/wechat/render.js';
import type { ChannelName, Conversation, Input } from '../../src/core/input.js';
import type { Rule } from '../../src/core/rulebook.js';
import { rulebookFrom } from '../../src/core/rulebook-schema.js';
import type { Vault } from '../../src/core/vault.js';
import { openDesk } from '../../src/desk/desk.js';
import { loadParts } from '../../src/desk/load.js';
import { advance } from '../../src/jobs/advance.js';
import type { Backend } from '../../src/jobs/backend.js';
import { deliverFrom } from '../../src/jobs/deliver.js';
import { nudge } from '../../src/jobs/worker.js';
import type { Log } from '../../src/log.js';
import { type Database, openDatabase } from '../../src/store/database.js';
import { waitingPosts } from '../../src/store/outbox.js';
import { openVault } from '../../src/vault.js';
import { workflows } from '../../src/workflows/index.js';
import { type FreshDatabase, freshDatabase } from '../database.js';
import { at, silent, zone } from '../desk/workshop.js';
import { testLinks } from '../links.js';

export type Member = {
  readonly personId: string;
  readonly name: string;
  readonly channel: ChannelName;
  readonly account: string;
  readonly id: string;
};

/** Ids that are the same in every chamber, so that two of them can be compared. */
const fixed = (kind: number, at: number): string =>
  `00000000-0000-7000-8${kind}00-${String(at).padStart(12, '0')}`;
export const isFixed = (id: string): boolean => id.startsWith('00000000-');

const member = (kind: number, at: number, name: string, channel: ChannelName): Member => ({
  personId: fixed(kind, at),
  name,
  channel,
  account: channel === 'slack' ? 'T01' : '',
  id: `${channel === 'slack' ? 'U' : 'wx-'}${kind}${String(at).padStart(3, '0')}`,
});

const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ';
/** Seats with odd numbers are held by people on WeChat, the others on Slack; alternates the other way round. */
const holder = (at: number) =>
  member(1, at, `委员${letters[at - 1] ?? at}`, at % 2 === 1 ? 'wechat' : 'slack');
const alternate = (at: number) =>
  member(2, at, `候补${letters[at - 1] ?? at}`, at % 2 === 1 ? 'slack' : 'wechat');
export const seatIdOf = (at: number): string => fixed(3, at);
export const officer = member(4, 1, '秘书', 'slack');
export const chair = member(4, 2, '主席', 'wechat');
/** Nobody the desk knows. */
export const outsider = member(5, 1, '路人', 'wechat');

export const rooms = { slack: 'C02', wechat: '10001@chatroom' } as const;

const settle = async (
  database: Database,
  seats: number,
  matters: Readonly<Record<string, Rule>>,
  now: Date,
) => {
  const rulebook = rulebookFrom(
    '2026-1',
    Object.entries(matters).map(([id, rule]) => ({ id, title: { zh: id, en: id }, rule })),
  );
  await database.alliance.create({
    data: {
      nameZh: '联盟',
      nameEn: 'Alliance',
      timezone: zone,
      settings: { rulebook: JSON.parse(JSON.stringify(rulebook)) },
      importedAt: now,
    },
  });
  const numbers = Array.from({ length: seats }, (_, at) => at + 1);
  for (const one of [officer, chair, ...numbers.map(holder), ...numbers.map(alternate)]) {
    await database.person.create({
      data: {
        id: one.personId,
        key: one.id,
        name: one.name,
        language: one.channel === 'slack' && one !== officer ? 'en' : 'zh',
        createdAt: now,
        identities: { create: { channel: one.channel, account: one.account, externalId: one.id } },
        ...(one === officer && { roles: { create: { role: 'officer' } } }),
        ...(one === chair && { roles: { create: { role: 'chair' } } }),
      },
    });
  }
  for (const at of numbers) {
    await database.seat.create({
      data: {
        id: seatIdOf(at),
        key: `s${at}`,
        class: 'expert',
        holderId: holder(at).personId,
        alternates: { create: { personId: alternate(at).personId } },
      },
    });
  }
  for (const [channel, account] of [
    ['slack', 'T01'],
    ['wechat', ''],
  ] as const) {
    await database.room.create({
      data: {
        id: fixed(6, channel === 'slack' ? 1 : 2),
        channel,
        account,
        externalId: rooms[channel],
        purpose: 'council',
      },
    });
  }
};

export type Job = Parameters<Backend['add']>[1][number];
export type Chamber = Awaited<ReturnType<typeof openChamber>>;

const noQueues: Backend = {
  kind: 'postgres',
  add: async () => undefined,
  work: () => undefined,
  ping: async () => undefined,
  counts: async () => ({}),
  close: async () => undefined,
};

/** `end` has to be called. The desk's time stands still but for a second that goes by before each act. */
export const openChamber = async (options: {
  readonly seats: number;
  readonly matters: Readonly<Record<string, Rule>>;
  readonly vault?: Vault;
  readonly log?: Log;
  /** Left out: what is to go out is delivered. */
  readonly deliver?: false;
  /** Where jobs go beside being remembered. */
  readonly backend?: (url: string) => Promise<Backend>;
  /** Of its own, and dropped in the end. */
  readonly fresh?: FreshDatabase;
  /** To the database; as few as will do, where nothing happens at once. */
  readonly connections?: number;
}) => {
  const fresh = options.fresh ?? (await freshDatabase());
  const database = openDatabase(fresh.url, options.connections ?? 2);
  const queues = (await options.backend?.(fresh.url)) ?? noQueues;
  const log = options.log ?? silent;
  const vault = options.vault ?? openVault(randomBytes(32));
  let now = at('2026-11-23T10:00');
  const clock = {
    now: () => now,
    moveTo: async (time: Date) => {
      now = time;
    },
  };
  await settle(database, options.seats, options.matters, now);

  const jobs: Job[] = [];
  let adding: Promise<void> = Promise.resolve();
  const backend: Backend = {
    ...queues,
    // One after the other, so that the queues' tables are filled in the same order each time.
    add: (queue, some) => {
      jobs.push(...some);
      adding = adding.then(() => queues.add(queue, some));
      return adding;
    },
  };
  const tools = { database, clock, backend, log };
  const desk = openDesk(await loadParts(database, workflows, vault, testLinks()), {
    database,
    clock,
    log,
    onCommitted: (committed) => nudge(tools, committed),
  });

  const shown: { readonly channel: ChannelName; readonly conversation: string; readonly text: string }[] = [];
  const bot = (channel: ChannelName): Bot => ({
    channel,
    start: async () => undefined,
    stop: async () => undefined,
    health: () => ({ state: 'up', detail: 'listening' }),
    deliver: async ({ id, conversation, content, replaces }) => {
      const text = channel === 'slack' ? renderSlack(content, 'post').text : renderWeChat(content).join('\n');
      shown.push({ channel, conversation, text });
      return { kind: 'sent', messageId: replaces ?? `post-${id}` };
    },
  });
  const bots = { slack: bot('slack'), wechat: bot('wechat') };
  const deliverAll = async (): Promise<void> => {
    await desk.idle();
    await adding;
    while (options.deliver !== false) {
      const waiting = [...(await waitingPosts(database, now))].sort((a, b) => Number(a.id - b.id));
      if (waiting.length === 0) return;
      for (const post of waiting) await deliverFrom(tools, bots[post.channel], post.id);
    }
  };

  let sequence = 0;
  const received = (who: Member, conversation: Conversation, keys: readonly [string, ...string[]]) => ({
    channel: who.channel,
    account: who.account,
    keys: [...keys] as [string, ...string[]],
    sentAt: now,
    conversation,
    sender: { id: who.id, name: who.name },
  });
  const next = (): string => {
    sequence += 1;
    now = new Date(now.getTime() + 1000);
    return String(sequence).padStart(6, '0');
  };
  const direct = (who: Member): Conversation => ({ id: who.id, kind: 'direct' });
  const take = async (input: Input, canShowForm = false) =>
    (await desk.take(input, { canShowForm })).answered;

  /** Something said; `room`: in the council's room, and there to the desk with `addressed`. */
  const say = async (
    who: Member,
    text: string,
    more: { readonly room?: true; readonly addressed?: boolean; readonly canShowForm?: true } = {},
  ) => {
    const turn = next();
    const keys: readonly [string, ...string[]] =
      who.channel === 'slack'
        ? [`event:T01:Ev${turn}`, `message:T01:D${who.id}:${turn}.000100`, `client:${turn}`]
        : [`message:${turn}`];
    const where: Conversation = more.room ? { id: rooms[who.channel], kind: 'room' } : direct(who);
    return take(
      { ...received(who, where, keys), kind: 'said', text, addressed: more.addressed ?? !more.room },
      more.canShowForm,
    );
  };

  const press = async (
    who: Member,
    offer: { readonly id: string; readonly number: number },
    where = direct(who),
  ) => {
    const turn = next();
    const key = `action:T01:${who.id}:${turn}.000200:choices:offer:${offer.number}`;
    return take({ ...received(who, where, [key]), kind: 'pressed', offer: offer.id });
  };

  /** The choice that was put before somebody last; in a room with `conversation`. */
  const offered = (who: Member, command: string, ref: string, conversation = who.id) =>
    database.offer.findFirstOrThrow({
      where: { channel: who.channel, conversation, command, case: { ref } },
      orderBy: { outboxId: 'desc' },
    });

  /** What the desk shows people from here on. */
  const since = (from: number) => shown.slice(from).map((one) => one.text);

  return {
    url: fresh.url,
    database,
    desk,
    vault,
    clock,
    jobs,
    shown,
    holder,
    alternate,
    say,
    press,
    offered,
    deliverAll,
    /** Says something and returns what the desk answered there. */
    ask: async (who: Member, text: string): Promise<string> => {
      const from = shown.length;
      await say(who, text);
      await deliverAll();
      return shown
        .slice(from)
        .filter((one) => one.conversation === who.id)
        .map((one) => one.text)
        .join('\n');
    },
    since,
    /** Moves a motion of a matter, by circulation; returns its number. */
    move: async (matter: string, title: string, text = `就“${title}”作出决定。`): Promise<string> => {
      const { form } = await say(officer, '提案', { canShowForm: true });
      if (!form) throw new Error('no form was shown');
      const answers = { title, text, matter, means: '通信表决', review: '' };
      const key = `view:T01:V${next()}`;
      await take({
        ...received(officer, direct(officer), [key]),
        kind: 'form',
        dialogue: form.dialogue,
        answers,
      });
      const motion = await database.motion.findFirstOrThrow({ where: { title }, include: { case: true } });
      return motion.case.ref;
    },
    /** Time goes on, and what falls due on the way rings. */
    goOn: async (to: Date): Promise<void> => {
      await deliverAll();
      await advance({ database, clock, desk }, to, deliverAll);
    },
    /** Time goes on until the ballot that is open on the motion has closed. */
    closes: async (ref: string): Promise<void> => {
      const ballot = await database.ballot.findFirstOrThrow({
        where: { motion: { case: { ref } }, closedAt: null },
      });
      await deliverAll();
      await advance({ database, clock, desk }, ballot.closesAt, deliverAll);
    },
    /** Leaves no connection of the desk to the database. */
    leave: async (): Promise<void> => {
      await deliverAll();
      await queues.close();
      await database.$disconnect();
    },
    end: async (): Promise<void> => {
      await desk.idle();
      await adding.catch(() => undefined);
      await queues.close().catch(() => undefined);
      await database.$disconnect();
      await fresh.drop();
    },
  };
};
