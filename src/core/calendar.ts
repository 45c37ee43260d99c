import { createRequire } from 'node:module';
import { DateTime, IANAZone } from 'luxon';
import { z } from 'zod';
import { Fault } from './fault.js';

/** Working time in China: its holidays and make-up workdays, the office hours, the quiet hours of the night. */
export type Calendar = {
  readonly timezone: string;
  isWorkday(at: Date): boolean;
  /**
   * The n-th working day after the day of `at`, at the same clock time moved into 09:00–18:00. With 0: the next
   * instant within office hours, `at` itself included.
   */
  workdaysAfter(at: Date, n: number): Date;
  /** The same clock time n days later, or earlier when n is negative. */
  daysAfter(at: Date, n: number): Date;
  /** The working days after the day of `a`, up to and with the day of `b`; negative when `b` comes first. */
  workdaysBetween(a: Date, b: Date): number;
  /** The last working day before the day of `at`, at the same clock time moved into 09:00–18:00. */
  lastWorkdayBefore(at: Date): Date;
  /** Half of the working days from `a` to `b`. With fewer than two of them, the middle of the two instants. */
  halfway(a: Date, b: Date): Date;
  /** The same instant, or the next 08:00 when it falls in the quiet hours, 22:00–08:00. */
  outOfQuiet(at: Date): Date;
  /**
   * When a reminder that belongs at `at` is said: all of a working day’s reminders go together at 09:00. One that
   * is set on the very day after that, or for a day off, keeps its own time, out of the quiet hours.
   */
  reminderTime(at: Date, now: Date): Date;
  /** Whether the official arrangement of holidays of a year is known. */
  covers(year: number): boolean;
  /** Years from one instant to the other for which only weekends are known. */
  gaps(from: Date, to: Date): readonly number[];
};

const office = { opens: 9, closes: 18 };
const quiet = { from: 22, until: 8 };

// The library's functions work in the zone of the process, and west of Greenwich every one of its holidays is a
// day early. Its data file is right everywhere.
const days = z.record(z.iso.date(), z.string());
const arrangements = z
  .object({ holidays: days, workdays: days })
  .parse(createRequire(import.meta.url)('chinese-days/dist/chinese-days.json'));
const holidays = new Set(Object.keys(arrangements.holidays));
const madeUp = new Set(Object.keys(arrangements.workdays));

// Every year's arrangement has these two days. Nothing else tells a year that is not announced yet.
const covers = (year: number): boolean => holidays.has(`${year}-01-01`) && holidays.has(`${year}-10-01`);

const isWorkingDay = (day: DateTime): boolean => {
  const date = day.toISODate() ?? '';
  return madeUp.has(date) || (day.weekday <= 5 && !holidays.has(date));
};

const clampToOffice = (at: DateTime): DateTime => {
  const opening = at.startOf('day').set({ hour: office.opens });
  const closing = at.startOf('day').set({ hour: office.closes });
  return DateTime.max(opening, DateTime.min(at, closing)) ?? at;
};

const nearestWorkday = (at: DateTime, step: 1 | -1): DateTime => {
  let day = at;
  while (!isWorkingDay(day)) day = day.plus({ days: step });
  return day;
};

/** The calendar of a zone, with China's holidays. Years without data fall back to weekends: ask `gaps`. */
export const openCalendar = (timezone: string): Calendar => {
  if (!IANAZone.isValidZone(timezone)) {
    throw new Fault(
      'unknown-timezone',
      `There is no time zone “${timezone}”.`,
      'Use an IANA name, such as Asia/Shanghai.',
    );
  }
  const local = (at: Date): DateTime => DateTime.fromJSDate(at, { zone: timezone });

  const workdaysAfter = (at: Date, n: number): Date => {
    if (!Number.isInteger(n) || n < 0) throw new RangeError(`A number of working days can’t be ${n}.`);
    let day = local(at);
    if (n === 0) {
      const tooLate = day > day.startOf('day').set({ hour: office.closes });
      if (isWorkingDay(day) && !tooLate) return clampToOffice(day).toJSDate();
      return nearestWorkday(day.plus({ days: 1 }), 1)
        .startOf('day')
        .set({ hour: office.opens })
        .toJSDate();
    }
    for (let left = n; left > 0; left -= 1) day = nearestWorkday(day.plus({ days: 1 }), 1);
    return clampToOffice(day).toJSDate();
  };

  const workdaysBetween = (a: Date, b: Date): number => {
    if (b < a) return -workdaysBetween(b, a);
    const last = local(b).startOf('day');
    let count = 0;
    for (let day = local(a).startOf('day').plus({ days: 1 }); day <= last; day = day.plus({ days: 1 })) {
      if (isWorkingDay(day)) count += 1;
    }
    return count;
  };

  const outOfQuiet = (at: Date): Date => {
    const then = local(at);
    if (then.hour >= quiet.until && then.hour < quiet.from) return at;
    const day = then.hour >= quiet.from ? then.plus({ days: 1 }) : then;
    return day.startOf('day').set({ hour: quiet.until }).toJSDate();
  };

  return {
    timezone,
    isWorkday: (at) => isWorkingDay(local(at)),
    workdaysAfter,
    daysAfter: (at, n) => local(at).plus({ days: n }).toJSDate(),
    workdaysBetween,
    lastWorkdayBefore: (at) => clampToOffice(nearestWorkday(local(at).minus({ days: 1 }), -1)).toJSDate(),
    halfway: (a, b) => {
      const workdays = workdaysBetween(a, b);
      return workdays < 2
        ? new Date((a.getTime() + b.getTime()) / 2)
        : workdaysAfter(a, Math.floor(workdays / 2));
    },
    outOfQuiet,
    reminderTime: (at, now) => {
      const together = local(at).startOf('day').set({ hour: office.opens });
      return isWorkingDay(together) && together > local(now) ? together.toJSDate() : outOfQuiet(at);
    },
    covers,
    gaps: (from, to) => {
      const first = local(from).year;
      const years = Array.from({ length: Math.max(0, local(to).year - first + 1) }, (_, i) => first + i);
      return years.filter((year) => !covers(year));
    },
  };
};
