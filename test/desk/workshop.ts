/** A desk with the tests' own workflow on a database of its own, without networks: what the tests of it need. */
import { DateTime } from 'luxon';
import type { Input, Pressed, Said } from '../../src/core/input.js';
import type { Content } from '../../src/core/message.js';
import type { Workflow } from '../../src/core/workflow.js';
import { type Committed, type Desk, openDesk } from '../../src/desk/desk.js';
import { loadParts } from '../../src/desk/load.js';
import { readContent } from '../../src/desk/posts.js';
import { type Log, openLog } from '../../src/log.js';
import { type Database, openDatabase } from '../../src/store/database.js';
import { freshDatabase } from '../database.js';
import { testLinks } from '../links.js';
import { testVault } from '../vault.js';
import errand from './errand.js';

export const zone = 'Asia/Shanghai';
/** An instant of the alliance's local time, as in 2026-11-23T10:00. */
export const at = (local: string): Date => DateTime.fromISO(local, { zone }).toJSDate();

export const silent: Log = openLog('silent');

/** Time goes on by itself from a Monday morning, and may be set. */
export const openClock = (start = at('2026-11-23T10:00')) => {
  let offset = start.getTime() - Date.now();
  const moveTo = async (time: Date) => {
    offset = time.getTime() - Date.now();
  };
  return {
    now: () => new Date(Date.now() + offset),
    moveTo,
    wait: (ms: number) => moveTo(new Date(Date.now() + offset + ms)),
  };
};

export const wang = { channel: 'slack', account: 'T01', id: 'U01', name: '王芳' } as const;
export const emma = { channel: 'slack', account: 'T01', id: 'U02', name: 'Emma Clarke' } as const;
export const li = { channel: 'wechat', account: '', id: 'wx-li', name: '李伟' } as const;
export const secretariat = 'C01';
export type Someone = {
  readonly channel: 'slack' | 'wechat';
  readonly account: string;
  readonly id: string;
  readonly name: string;
};

/** Two officers on Slack with a room of theirs, and somebody on WeChat. */
export const settle = async (database: Database, now: Date): Promise<void> => {
  await database.alliance.create({
    data: { nameZh: '联盟', nameEn: 'Alliance', timezone: zone, settings: {}, importedAt: now },
  });
  for (const [one, language] of [
    [wang, 'zh'],
    [emma, 'en'],
    [li, 'zh'],
  ] as const) {
    await database.person.create({
      data: {
        key: one.id,
        name: one.name,
        language,
        createdAt: now,
        identities: { create: { channel: one.channel, account: one.account, externalId: one.id } },
        ...(one !== li && { roles: { create: { role: 'officer' } } }),
      },
    });
  }
  await database.room.create({
    data: { channel: 'slack', account: 'T01', externalId: secretariat, purpose: 'secretariat' },
  });
};

let sequence = 0;

/** Something said to the desk in a direct conversation, or in a room. */
export const says = (
  who: Someone,
  text: string,
  more: Partial<Pick<Said, 'keys' | 'sentAt' | 'conversation' | 'addressed'>> = {},
): Said => {
  sequence += 1;
  return {
    kind: 'said',
    channel: who.channel,
    account: who.account,
    keys: [`said-${sequence}`],
    sentAt: new Date(),
    conversation: { id: who.id, kind: 'direct' },
    sender: { id: who.id, name: who.name },
    text,
    addressed: true,
    ...more,
  };
};

export const presses = (who: Someone, offer: string, more: Partial<Pressed> = {}): Pressed => {
  sequence += 1;
  return {
    kind: 'pressed',
    channel: who.channel,
    account: who.account,
    keys: [`pressed-${sequence}`],
    sentAt: new Date(),
    conversation: { id: who.id, kind: 'direct' },
    sender: { id: who.id, name: who.name },
    offer,
    ...more,
  };
};

export type Workshop = Awaited<ReturnType<typeof openWorkshop>>;

/** The desk and its database. `end` has to be called. */
export const openWorkshop = async (
  options: {
    readonly workflows?: readonly Workflow[];
    readonly onCommitted?: (committed: Committed) => void;
    readonly log?: Log;
  } = {},
) => {
  const fresh = await freshDatabase();
  const database = openDatabase(fresh.url, 6);
  const clock = openClock();
  await settle(database, clock.now());
  const desk = await openDeskOn(database, clock, options);
  const answer = (input: Input) => answered(desk, input);
  return {
    url: fresh.url,
    database,
    clock,
    desk,
    answer,
    /** Says something, and returns what the desk answered there. */
    talk: async (who: Someone, text: string, more: Parameters<typeof says>[2] = {}) => {
      const before = await lastPost(database);
      await answer(says(who, text, more));
      return textsTo(database, more.conversation?.id ?? who.id, before);
    },
    end: async () => {
      await desk.idle();
      await database.$disconnect();
      await fresh.drop();
    },
  };
};

export const openDeskOn = async (
  database: Database,
  clock: { now: () => Date },
  options: {
    readonly workflows?: readonly Workflow[];
    readonly onCommitted?: (committed: Committed) => void;
    readonly log?: Log;
  } = {},
): Promise<Desk> =>
  openDesk(await loadParts(database, options.workflows ?? [errand], testVault(), testLinks()), {
    database,
    clock,
    log: options.log ?? silent,
    onCommitted: options.onCommitted ?? (() => undefined),
  });

/** Hands an input in and waits for its answer. */
export const answered = async (desk: Desk, input: Input) => {
  const taken = await desk.take(input);
  return { repeat: taken.repeat, ...(await taken.answered) };
};

export const contentOf = (row: { readonly content: unknown }): Content => readContent(row.content);

export const lastPost = async (database: Database): Promise<bigint> =>
  (await database.outbox.findFirst({ orderBy: { id: 'desc' }, select: { id: true } }))?.id ?? 0n;

/** What was written to a conversation, oldest first; edits left out. */
export const textsTo = async (
  database: Database,
  conversation: string,
  after = 0n,
): Promise<readonly string[]> => {
  const posts = await database.outbox.findMany({
    where: { conversation, id: { gt: after }, replacesId: null },
    orderBy: { id: 'asc' },
  });
  return posts.map((post) => {
    const { message, languages } = contentOf(post);
    return message.text[languages[0] ?? 'zh'];
  });
};

/** The offer of a command that was made last in a conversation. */
export const offerOf = async (database: Database, command: string, conversation: string): Promise<string> => {
  const offer = await database.offer.findFirstOrThrow({
    where: { command, conversation },
    orderBy: { outboxId: 'desc' },
  });
  return offer.id;
};
