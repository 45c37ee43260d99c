import type { Database } from './database.js';

export type Due = { readonly id: string; readonly version: number; readonly dueAt: Date };

/**
 * Timers that should have rung by now, the earliest first; of one instant, last the messages that put its reminders
 * together, in the order in which these came. There is no lower bound: late is better than never.
 */
export const dueTimers = (database: Database, now: Date, most = 5000): Promise<readonly Due[]> =>
  database.$queryRaw<Due[]>`
    SELECT id, version, "dueAt" FROM "Timer" timer
    WHERE "dueAt" <= ${now} AND "firedAt" IS NULL AND "cancelledAt" IS NULL
    ORDER BY "dueAt", (
      SELECT min(kept.id) FROM "Reminder" kept
      WHERE kept."personId" = timer."personId" AND kept."doneAt" IS NULL
    ) NULLS FIRST, id
    LIMIT ${most}`;
