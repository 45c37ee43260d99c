import type { Database } from './store/database.js';

/** The only source of the present time; everything in core, desk and workflows is given it. */
export type Clock = { readonly now: () => Date };

export const realClock: Clock = { now: () => new Date() };

export type MovableClock = Clock & {
  /** Sets the desk's time; it goes on from there, and is kept over a restart. */
  readonly moveTo: (time: Date) => Promise<void>;
};

export type OpenedClock = MovableClock & {
  /** Looks no more for moves of other processes. */
  readonly close: () => Promise<void>;
};

const lookEveryMs = 500;

/**
 * A clock for rehearsals: real time plus an offset kept in the database. Another process that moves it moves it here
 * as well, within the second.
 */
export const openMovableClock = async (database: Database): Promise<OpenedClock> => {
  const stored = async (): Promise<number> =>
    Number((await database.clock.findUnique({ where: { id: 1 } }))?.offsetMs ?? 0);
  let offset = await stored();
  let closed = false;
  let moves = 0;
  let movesUnderWay = 0;
  let looking: Promise<void> = Promise.resolve();
  const look = async (): Promise<void> => {
    const before = moves;
    const isOurs = movesUnderWay > 0;
    // While the database is away, time goes on as it did.
    const found = await stored().catch(() => offset);
    // What was moved here meanwhile is newer.
    if (!isOurs && moves === before) offset = found;
    if (!closed) lookLater();
  };
  let later: NodeJS.Timeout | undefined;
  const lookLater = (): void => {
    later = setTimeout(() => {
      looking = look();
    }, lookEveryMs);
  };
  lookLater();
  return {
    now: () => new Date(Date.now() + offset),
    moveTo: async (time) => {
      offset = time.getTime() - Date.now();
      moves += 1;
      movesUnderWay += 1;
      const offsetMs = BigInt(offset);
      try {
        await database.clock.upsert({ where: { id: 1 }, create: { offsetMs }, update: { offsetMs } });
      } finally {
        movesUnderWay -= 1;
      }
    },
    close: async () => {
      closed = true;
      clearTimeout(later);
      await looking;
    },
  };
};
