import type { Database } from './database.js';

const live = { firedAt: null, cancelledAt: null } as const;
const select = { id: true, version: true, dueAt: true } as const;
export type Due = { readonly id: string; readonly version: number; readonly dueAt: Date };

/** Timers that should have rung by now, the earliest first. There is no lower bound: late is better than never. */
export const dueTimers = (database: Database, now: Date, most = 5000): Promise<readonly Due[]> =>
  database.timer.findMany({
    where: { dueAt: { lte: now }, ...live },
    // Last of an instant, the messages that put its reminders together.
    orderBy: [{ dueAt: 'asc' }, { personId: { sort: 'asc', nulls: 'first' } }, { id: 'asc' }],
    take: most,
    select,
  });
