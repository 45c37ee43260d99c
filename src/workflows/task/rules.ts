/** When a promise is asked after, and whether it was kept. */
import type { Calendar } from '../../core/calendar.js';

const hourMs = 60 * 60 * 1000;

/** `dueAt` is the first instant of the day it is due, in the alliance's zone; the day itself is still in time. */
export type Promised = {
  readonly dueAt: Date;
  /** When it was done; null: not yet. */
  readonly doneAt: Date | null;
};

export type Keeping = 'inTime' | 'late' | 'open' | 'overdue';

export const keepingOf = ({ dueAt, doneAt }: Promised, now: Date): Keeping => {
  const over = (doneAt ?? now).getTime() >= dueAt.getTime() + 24 * hourMs;
  if (doneAt) return over ? 'late' : 'inTime';
  return over ? 'overdue' : 'open';
};

export type Kept = Readonly<Record<Keeping, number>> & {
  /** Of the promises whose day has come, how many were kept in time, in whole per cent; null: no day has come. */
  readonly rate: number | null;
};

/** How many promises were kept in time, and how many not. Dropped ones do not belong among them. */
export const promisesKept = (tasks: readonly Promised[], now: Date): Kept => {
  const counts = { inTime: 0, late: 0, open: 0, overdue: 0 };
  for (const one of tasks) counts[keepingOf(one, now)] += 1;
  const fallen = counts.inTime + counts.late + counts.overdue;
  return { ...counts, rate: fallen === 0 ? null : Math.round((100 * counts.inTime) / fallen) };
};

type Reminder = {
  readonly alarm: 'dayBefore' | 'onTheDay' | 'overdue' | 'overdueForGiver';
  readonly at: Date;
};

/**
 * When to ask after a promise made or renewed `now`. The day before is left out where it would come on the heels of
 * the promise itself; one for the very day is asked after two hours later.
 */
export const remindersOf = (dueAt: Date, now: Date, calendar: Calendar): readonly Reminder[] => {
  const after = (hours: number, from: Date) => new Date(from.getTime() + hours * hourMs);
  const before = calendar.lastWorkdayBefore(dueAt);
  const onTheDay = [after(10, dueAt), after(2, now)].reduce((a, b) => (a > b ? a : b));
  return [
    ...(before > after(12, now) ? [{ alarm: 'dayBefore' as const, at: before }] : []),
    { alarm: 'onTheDay', at: onTheDay },
    { alarm: 'overdue', at: calendar.workdaysAfter(dueAt, 2) },
    { alarm: 'overdueForGiver', at: calendar.workdaysAfter(dueAt, 3) },
  ];
};
