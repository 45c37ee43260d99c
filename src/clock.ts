import type { Database } from './store/database.js';

/** The only source of the present time; everything in core, desk and workflows is given it. */
export type Clock = { readonly now: () => Date };

export const realClock: Clock = { now: () => new Date() };

export type MovableClock = Clock & {
  /** Sets the desk's time; it goes on from there, and is kept over a restart. */
  readonly moveTo: (time: Date) => Promise<void>;
};

/** A clock for rehearsals: real time plus an offset kept in the database. */
export const openMovableClock = async (database: Database): Promise<MovableClock> => {
  const stored = await database.clock.findUnique({ where: { id: 1 } });
  let offset = Number(stored?.offsetMs ?? 0);
  return {
    now: () => new Date(Date.now() + offset),
    moveTo: async (time) => {
      offset = time.getTime() - Date.now();
      const offsetMs = BigInt(offset);
      await database.clock.upsert({ where: { id: 1 }, create: { offsetMs }, update: { offsetMs } });
    },
  };
};
