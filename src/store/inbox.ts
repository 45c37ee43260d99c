/**
 * What came in: stored before it is acknowledged, once under each of its keys. Both are sealed: a word may be a vote
 * in a secret ballot, and a key may name the button that was pressed.
 */
import { type Input, inputSchema } from '../core/input.js';
import type { Vault } from '../core/vault.js';
import type { Db } from '../database.js';
import { type Database, isRepeat } from './database.js';

// What PostgreSQL takes in no text: NUL and halves of characters. Whoever typed them can't see them either.
const storable = (value: string): string => value.toWellFormed().replaceAll('\0', '');

/** After so many failed turns an input is given up, and its sender is told. */
export const attemptsInAll = 3;

/** Inputs of one sender in one conversation are answered in order. */
export const laneOf = (input: Input): string =>
  JSON.stringify([input.channel, input.account, input.conversation.id, input.sender.id].map(storable));

const toJson = (input: Input): string =>
  JSON.stringify(input, (_, value: unknown) => (typeof value === 'string' ? storable(value) : value));

type Arrival = { readonly input: Input; readonly now: Date };

/**
 * Stores those of which no key is known yet; the others are undefined. No two of them may have a key in common. It
 * fails for all of them when another process stores one of them at the same moment.
 *
 * Each key is looked up by itself (`LATERAL … LIMIT 1`): joined as a list, a plan that was made while the table was nearly
 * empty, and is kept under the statement's name, would read all of it later.
 */
const storeAll = async (
  database: Database,
  vault: Vault,
  arrivals: readonly Arrival[],
): Promise<readonly (bigint | undefined)[]> => {
  const incoming = arrivals.map(({ input, now }) => ({
    channel: input.channel,
    lane: laneOf(input),
    sealed: vault.seal(toJson(input)),
    keys: [...new Set(input.keys.map((key) => vault.digest(storable(key))))],
    sentAt: input.sentAt,
    receivedAt: now,
  }));
  const rows = await database.$queryRaw<{ id: bigint; place: bigint }[]>`
    WITH incoming AS MATERIALIZED (
      SELECT nextval(pg_get_serial_sequence('"Inbox"', 'id')) AS id, unknown.*
      FROM (
        SELECT one.* FROM ROWS FROM (
          jsonb_to_recordset(${JSON.stringify(incoming)}::jsonb)
            AS (channel "Channel", lane text, sealed text, keys text[], "sentAt" timestamptz, "receivedAt" timestamptz)
        ) WITH ORDINALITY AS one (channel, lane, sealed, keys, "sentAt", "receivedAt", place)
        WHERE NOT EXISTS (
          SELECT FROM unnest(one.keys) AS own (key), LATERAL (
            SELECT FROM "InboxKey" known WHERE known.channel = one.channel AND known.key = own.key LIMIT 1) known)
        ORDER BY place
      ) unknown
    ), stored AS (
      INSERT INTO "Inbox" (id, channel, conversation, input, "sentAt", "receivedAt")
      SELECT id, channel, lane, to_jsonb(sealed), "sentAt", "receivedAt" FROM incoming
    ), named AS (
      INSERT INTO "InboxKey" (channel, key, "inboxId")
      SELECT channel, key, id FROM incoming, unnest(keys) AS key
    )
    SELECT id, place FROM incoming`;
  const ids = new Map(rows.map(({ id, place }) => [Number(place), id]));
  return arrivals.map((_, at) => ids.get(at + 1));
};

/** Stores an input; undefined when any of its keys is known already. */
export const storeInput = async (
  database: Database,
  vault: Vault,
  input: Input,
  now: Date,
): Promise<bigint | undefined> => {
  try {
    const [id] = await storeAll(database, vault, [{ input, now }]);
    return id;
  } catch (error) {
    if (isRepeat(error)) return undefined;
    throw error;
  }
};

const mostTogether = 100;

/** How many from the first on have no key in common. */
const countDistinct = (arrivals: readonly Arrival[]): number => {
  const seen = new Set<string>();
  const again = arrivals.findIndex(({ input }) => {
    const keys = input.keys.map((key) => `${input.channel} ${storable(key)}`);
    const isSeen = keys.some((key) => seen.has(key));
    for (const key of keys) seen.add(key);
    return isSeen;
  });
  return again === -1 ? arrivals.length : again;
};

/**
 * Stores inputs as `storeInput` does; what comes in while others are being stored is stored next, in one statement:
 * at a busy hour a commit for each is what the acknowledgement would wait for.
 */
export const openInbox = (database: Database, vault: Vault) => {
  type Waiting = Arrival & { readonly resolve: (id: Promise<bigint | undefined>) => void };
  const waiting: Waiting[] = [];
  let busy = false;

  const storeNext = async (): Promise<void> => {
    const some = waiting.splice(0, countDistinct(waiting.slice(0, mostTogether)));
    const ids = some.length > 1 ? await storeAll(database, vault, some).catch(() => undefined) : undefined;
    // What is wrong with one of them is no matter of the others: each is tried alone, one after the other, so that what
    // one person says stays in order.
    for (const [at, { input, now, resolve }] of some.entries()) {
      const stored = ids ? Promise.resolve(ids[at]) : storeInput(database, vault, input, now);
      resolve(stored);
      await Promise.allSettled([stored]);
    }
  };
  const storeAllWaiting = async (): Promise<void> => {
    busy = true;
    while (waiting.length > 0) await storeNext();
    busy = false;
  };

  return {
    store: (input: Input, now: Date): Promise<bigint | undefined> =>
      new Promise((resolve) => {
        waiting.push({ input, now, resolve });
        if (!busy) void storeAllWaiting();
      }),
  };
};

/** Takes an unanswered input for this turn; undefined when it is done or in other hands. */
export const claimInput = async (db: Db, vault: Vault, id: bigint): Promise<Input | undefined> => {
  const [row] = await db.$queryRaw<{ input: unknown }[]>`
    SELECT input FROM "Inbox" WHERE id = ${id} AND "doneAt" IS NULL FOR UPDATE SKIP LOCKED`;
  return row && readInput(vault, row.input);
};

// Inputs of earlier versions were stored as they came.
const readInput = (vault: Vault, stored: unknown): Input =>
  inputSchema.parse(typeof stored === 'string' ? JSON.parse(vault.unseal(stored)) : stored);

/** The same, and notes that it is answered, which holds only if the turn does. */
export const takeInput = async (db: Db, vault: Vault, id: bigint, now: Date): Promise<Input | undefined> => {
  const [row] = await db.$queryRaw<{ input: unknown }[]>`
    UPDATE "Inbox" SET "doneAt" = ${now}
    WHERE id = (SELECT id FROM "Inbox" WHERE id = ${id} AND "doneAt" IS NULL FOR UPDATE SKIP LOCKED)
    RETURNING input`;
  return row && readInput(vault, row.input);
};

/** Takes the words of an answered input away. */
export const forgetInput = async (db: Db, id: bigint): Promise<void> => {
  await db.inbox.update({ where: { id }, data: { input: {} } });
};

/** Whether what was stored last can be read with this vault; true when nothing was stored. */
export const fits = async (database: Database, vault: Vault): Promise<boolean> => {
  const last = await database.inbox.findMany({ orderBy: { id: 'desc' }, take: 20, select: { input: true } });
  const sealed = last.map((row) => row.input).find((input) => typeof input === 'string');
  if (typeof sealed !== 'string') return true;
  try {
    vault.unseal(sealed);
    return true;
  } catch {
    return false;
  }
};

// Inputs that came in after `opened` and never failed are left out: they have their own place in the lane.
const left = (opened: Date) => ({
  doneAt: null,
  OR: [{ receivedAt: { lt: opened } }, { attempts: { gt: 0 } }],
});

/** Whether anything is left, in any lane, by a process that ended or by turns that failed. */
export const isAnythingLeft = async (database: Database, opened: Date): Promise<boolean> =>
  (await database.inbox.findFirst({ where: left(opened), select: { id: true } })) !== null;

/** What was said earlier in the lane and is left there. */
export const leftInLane = async (
  database: Database,
  lane: string,
  id: bigint,
  opened: Date,
): Promise<readonly bigint[]> => {
  const rows = await database.inbox.findMany({
    where: {
      conversation: lane,
      id: { lt: id },
      ...left(opened),
    },
    orderBy: [{ sentAt: 'asc' }, { id: 'asc' }],
    select: { id: true },
  });
  return rows.map((row) => row.id);
};

/** Unanswered inputs that nobody seems to be working on, oldest first. */
export const unanswered = async (
  database: Database,
  before: Date,
): Promise<readonly { id: bigint; lane: string }[]> => {
  const rows = await database.inbox.findMany({
    where: { doneAt: null, receivedAt: { lt: before } },
    orderBy: [{ sentAt: 'asc' }, { id: 'asc' }],
    take: 500,
    select: { id: true, conversation: true },
  });
  return rows.map((row) => ({ id: row.id, lane: row.conversation }));
};
