/** What came in: stored before it is acknowledged, once under each of its keys. */
import { type Input, inputSchema } from '../core/input.js';
import type { Db } from '../database.js';
import { type Database, isRepeat } from './database.js';

// What PostgreSQL takes in no text: NUL and halves of characters. Whoever typed them can't see them either.
const storable = <T>(value: T): T | string =>
  typeof value === 'string' ? value.toWellFormed().replaceAll('\0', '') : value;

/** Inputs of one sender in one conversation are answered in order. */
export const laneOf = (input: Input): string =>
  JSON.stringify([input.channel, input.account, input.conversation.id, input.sender.id].map(storable));

const toJson = (input: Input): string => JSON.stringify(input, (_, value: unknown) => storable(value));

/** Stores an input; undefined when any of its keys is known already. */
export const storeInput = async (
  database: Database,
  input: Input,
  now: Date,
): Promise<bigint | undefined> => {
  try {
    const [row] = await database.$queryRaw<{ id: bigint }[]>`
      WITH stored AS (
        INSERT INTO "Inbox" (channel, conversation, input, "sentAt", "receivedAt")
        VALUES (${input.channel}::"Channel", ${laneOf(input)}, ${toJson(input)}::jsonb, ${input.sentAt}, ${now})
        RETURNING id
      ), keys AS (
        INSERT INTO "InboxKey" (channel, key, "inboxId")
        SELECT ${input.channel}::"Channel", key, stored.id FROM stored, unnest(${[...new Set(input.keys.map(storable))]}::text[]) AS key
      )
      SELECT id FROM stored`;
    return row?.id;
  } catch (error) {
    if (isRepeat(error)) return undefined;
    throw error;
  }
};

/** Takes an unanswered input for this turn; undefined when it is done or in other hands. */
export const claimInput = async (db: Db, id: bigint): Promise<Input | undefined> => {
  const [row] = await db.$queryRaw<{ input: unknown }[]>`
    SELECT input FROM "Inbox" WHERE id = ${id} AND "doneAt" IS NULL FOR UPDATE SKIP LOCKED`;
  return row && inputSchema.parse(row.input);
};

/**
 * What was said earlier in the lane and never answered: left by a process that ended, or by turns that failed.
 * Inputs that came in after `opened` and never failed are left out: they have their own place in the lane.
 */
export const leftInLane = async (
  database: Database,
  lane: string,
  id: bigint,
  opened: Date,
): Promise<readonly bigint[]> => {
  const rows = await database.inbox.findMany({
    where: {
      conversation: lane,
      doneAt: null,
      id: { lt: id },
      OR: [{ receivedAt: { lt: opened } }, { attempts: { gt: 0 } }],
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
