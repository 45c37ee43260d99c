/**
 * What only one process may hold at a time, such as a WeChat account. The holder keeps a session of its own with
 * an advisory lock: when the process dies, however it dies, PostgreSQL gives the lock back at once.
 */
import pg from 'pg';

export type Lease = {
  /** Counts the holders: a later one has a higher number. */
  readonly fence: number;
  readonly release: () => Promise<void>;
};

const askEveryMs = 10_000;
const patienceMs = 5_000;

/**
 * Takes a lease if nobody holds it. `onLost` is called once when the session breaks: another process may hold
 * the lease from then on. Needs a direct connection: a pooler that shares sessions would lose the lock.
 */
export const takeLease = async (
  url: string,
  name: string,
  holder: string,
  onLost: () => void,
): Promise<Lease | undefined> => {
  const client = new pg.Client({ connectionString: url, keepAlive: true, query_timeout: patienceMs });
  let ended = false;
  let asking: NodeJS.Timeout | undefined;
  const end = (): boolean => {
    const first = !ended;
    ended = true;
    clearInterval(asking);
    return first;
  };
  const lose = () => {
    if (!end()) return;
    client.end().catch(() => undefined);
    onLost();
  };
  // Without a listener the first broken connection would end the process.
  client.on('error', lose);
  const ask = async (): Promise<number | undefined> => {
    await client.connect();
    const locked = await client.query<{ held: boolean }>(
      'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS held',
      [`lease ${name}`],
    );
    if (!locked.rows[0]?.held) return undefined;
    const counted = await client.query<{ fence: number }>(
      `INSERT INTO "Lease" (name, holder, fence, "takenAt") VALUES ($1, $2, 1, now())
       ON CONFLICT (name) DO UPDATE
         SET holder = excluded.holder, fence = "Lease".fence + 1, "takenAt" = excluded."takenAt"
       RETURNING fence`,
      [name, holder],
    );
    return counted.rows[0]?.fence ?? 0;
  };
  const letGo = async (): Promise<void> => {
    if (end()) await client.end();
  };
  // A session that is left open would keep the lock for nobody.
  const fence = await ask().catch(async (error: unknown) => {
    await letGo().catch(() => undefined);
    throw error;
  });
  if (fence === undefined) {
    await letGo();
    return undefined;
  }
  client.on('end', lose);
  // A connection that hangs without breaking is noticed by its silence.
  asking = setInterval(() => void client.query('SELECT 1').catch(lose), askEveryMs).unref();
  return { fence, release: letGo };
};
