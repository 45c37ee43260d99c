/** What only one process may hold at a time, such as a WeChat account: held for a while, renewed in time. */
import type { Database } from './database.js';

const heldMs = 30_000;
const renewMs = 10_000;

export type Lease = {
  /** Counts the holders: a later one has a higher number. */
  readonly fence: number;
  readonly release: () => Promise<void>;
};

/**
 * Takes a lease if it is free or has run out. Renewed until released; `onLost` is called once when another
 * process has it, or when it could not be renewed before it ran out. Lease times are the database's own, so
 * that processes with different clocks agree.
 */
export const takeLease = async (
  database: Database,
  name: string,
  holder: string,
  onLost: () => void,
): Promise<Lease | undefined> => {
  const [row] = await database.$queryRaw<{ fence: number }[]>`
    INSERT INTO "Lease" (name, holder, fence, "expiresAt")
    VALUES (${name}, ${holder}, 1, now() + ${heldMs} * interval '1 millisecond')
    ON CONFLICT (name) DO UPDATE
      SET holder = excluded.holder, fence = "Lease".fence + 1, "expiresAt" = excluded."expiresAt"
      WHERE "Lease"."expiresAt" < now()
    RETURNING fence`;
  if (!row) return undefined;
  const { fence } = row;

  let ended = false;
  let renewedAt = Date.now();
  const lose = () => {
    if (ended) return;
    ended = true;
    clearInterval(renewing);
    onLost();
  };
  const renewing = setInterval(async () => {
    try {
      const renewed = await database.$executeRaw`
        UPDATE "Lease" SET "expiresAt" = now() + ${heldMs} * interval '1 millisecond'
        WHERE name = ${name} AND fence = ${fence}`;
      if (renewed === 0) return lose();
      renewedAt = Date.now();
    } catch {
      // The database is away: the lease holds until it runs out.
      if (Date.now() - renewedAt > heldMs) lose();
    }
  }, renewMs);

  return {
    fence,
    release: async () => {
      ended = true;
      clearInterval(renewing);
      await database.$executeRaw`UPDATE "Lease" SET "expiresAt" = now() WHERE name = ${name} AND fence = ${fence}`;
    },
  };
};
