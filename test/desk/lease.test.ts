/** What only one process may hold. */
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { type Lease, takeLease } from '../../src/store/lease.js';
import { type FreshDatabase, freshDatabase } from '../database.js';
import { ask } from '../ground/ask.js';

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh.drop());

const within = { timeout: 10_000, interval: 20 };
const never = () => {
  throw new Error('lost');
};
const take = async (name: string, holder: string, onLost: () => void = never): Promise<Lease | undefined> => {
  const lease = await takeLease(fresh.url, name, holder, onLost);
  if (lease) onTestFinished(lease.release);
  return lease;
};
const holders = (name: string) =>
  ask(
    fresh.url,
    `select pid from pg_locks where locktype = 'advisory' and granted
     and ((classid::bigint << 32) | objid::bigint) = hashtextextended('lease ${name}', 0)`,
  );
/** As when the holder's process is killed, or the database starts anew. */
const breakSession = (name: string) =>
  ask(
    fresh.url,
    `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted
     and ((classid::bigint << 32) | objid::bigint) = hashtextextended('lease ${name}', 0)`,
  );

test('of many that ask at once one gets it; once it is given back the next does, with a higher number', async () => {
  const asked = await Promise.all(Array.from({ length: 6 }, (_, at) => take('one', `p${at}`)));
  const [first, ...others] = asked.filter((lease) => lease !== undefined);
  expect(others).toEqual([]);
  expect(first?.fence).toBe(1);
  expect(await take('one', 'late')).toBeUndefined();
  await first?.release();
  await vi.waitFor(async () => expect(await holders('one')).toEqual([]), within);
  const second = await take('one', 'late');
  expect(second?.fence).toBe(2);
  // Whoever gave it back has no say any more.
  await first?.release();
  expect(await take('one', 'third')).toBeUndefined();
  expect(await take('another', 'third')).toBeDefined();
});

test('whoever loses its session is told once, and the next holder keeps it', async () => {
  const lost = vi.fn();
  const first = await take('lost', 'slow', lost);
  await breakSession('lost');
  await vi.waitFor(() => expect(lost).toHaveBeenCalledTimes(1), within);
  const next = await take('lost', 'quick');
  expect(next?.fence).toBe(2);
  await first?.release();
  expect(lost).toHaveBeenCalledTimes(1);
  expect(await take('lost', 'third')).toBeUndefined();
});

test('giving it back is no loss', async () => {
  const lost = vi.fn();
  const lease = await take('given', 'p', lost);
  await lease?.release();
  await vi.waitFor(async () => expect(await holders('given')).toEqual([]), within);
  expect(lost).not.toHaveBeenCalled();
});

test('one that could not be taken to the end is held by nobody', async () => {
  await ask(fresh.url, `alter table "Lease" rename to "Gone"`);
  try {
    await expect(take('half', 'p')).rejects.toThrow(/Lease/);
    await vi.waitFor(async () => expect(await holders('half')).toEqual([]), within);
  } finally {
    await ask(fresh.url, `alter table "Gone" rename to "Lease"`);
  }
  await expect(takeLease('postgresql://nobody@127.0.0.1:1/none', 'away', 'p', never)).rejects.toThrow();
});
