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

/** Inputs of one sender in one conversation are answered in order. */
export const laneOf = (input: Input): string =>
  JSON.stringify([input.channel, input.account, input.conversation.id, input.sender.id].map(storable));

const toJson = (input: Input): string =>
  JSON.stringify(input, (_, value: unknown) => (typeof value === 'string' ? storable(value) : value));

/** Stores an input; undefined when any of its keys is known already. */
export const storeInput = async (
  database: Database,
  vault: Vault,
  input: Input,
  now: Date,
): Promise<bigint | undefined> => {
  const keys = [...new Set(input.keys.map((key) => vault.digest(storable(key))))];
  try {
    const [row] = await database.$queryRaw<{ id: bigint }[]>`
      WITH stored AS (
        INSERT INTO "Inbox" (channel, conversation, input, "sentAt", "receivedAt")
        VALUES (${input.channel}::"Channel", ${laneOf(input)}, to_jsonb(${vault.seal(toJson(input))}::text), ${input.sentAt}, ${now})
        RETURNING id
      ), keys AS (
        INSERT INTO "InboxKey" (channel, key, "inboxId")
        SELECT ${input.channel}::"Channel", key, stored.id FROM stored, unnest(${keys}::text[]) AS key
      )
      SELECT id FROM stored`;
    return row?.id;
  } catch (error) {
    if (isRepeat(error)) return undefined;
    throw error;
  }
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

/** Notes that an input is answered; with `forget`, its words go. */
export const markDone = async (db: Db, id: bigint, now: Date, forget: boolean): Promise<void> => {
  await db.inbox.update({ where: { id }, data: { doneAt: now, ...(forget && { input: {} }) } });
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
