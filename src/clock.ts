import type { Database } from './store/database.js';

/** The only source of the present time; everything in core, desk and workflows is given it. */
export type Clock = { readonly now: () => Date };

export const realClock: Clock = { now: () => new Date() };

export type MovableClock = Clock & {
  /** Sets the desk's time; it goes on from there, and is kept over a restart. */
  readonly moveTo: (time: Date) => Promise<void>;
};

const lookEveryMs = 500;

/**
 * A clock for rehearsals: real time plus an offset kept in the database. Another process that moves it moves it here
 * as well, within the second.
 */
export const openMovableClock = async (database: Database): Promise<MovableClock> => {
  const stored = async (): Promise<number> =>
    Number((await database.clock.findUnique({ where: { id: 1 } }))?.offsetMs ?? 0);
  let offset = await stored();
  const look = (): void => {
    const before = offset;
    stored()
      .then((found) => {
        // What was moved here meanwhile is newer.
        if (offset === before) offset = found;
      })
      // While the database is away, time goes on as it did.
      .catch(() => undefined)
      .finally(() => setTimeout(look, lookEveryMs).unref());
  };
  setTimeout(look, lookEveryMs).unref();
  return {
    now: () => new Date(Date.now() + offset),
    moveTo: async (time) => {
      offset = time.getTime() - Date.now();
      const offsetMs = BigInt(offset);
      await database.clock.upsert({ where: { id: 1 }, create: { offsetMs }, update: { offsetMs } });
    },
  };
};
