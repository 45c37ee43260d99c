/** How long a place from the waitlist is kept for somebody. */
import { DateTime } from 'luxon';
import type { Calendar } from '../../core/calendar.js';
import type { Text } from '../../core/text.js';

export type Hold = {
  readonly now: Date;
  readonly startsAt: Date;
  /** When sign-up closes. */
  readonly cutOff: Date;
  /** Working hours; usually 8. */
  readonly hours: number;
  readonly calendar: Calendar;
};

/**
 * Until when a place is kept, or null when there is no sense in offering it any more.
 *
 * The rule, as members read it: the place is kept for so many working hours, 09:00 to 18:00 on working days. The
 * clock stands still at night, on weekends and on holidays; make-up workdays count. Nobody keeps it for more than
 * half of the working hours left until sign-up closes, so that others may still be asked. Where fewer working
 * hours than that are left altogether, as before a weekend event, every hour from 08:00 to 22:00 counts, again up to
 * half of those left, if that gives more time. Everybody has at least 30 minutes between 08:00 and 22:00. No place
 * is given up between 22:00 and 08:00; one that is kept over the night is kept until 09:00 at least. Nothing
 * is kept beyond the end of sign-up or the start, and in the last 30 minutes before either no place is offered.
 *
 * A later offer never ends before an earlier one, but for cut-offs before 10:00 in the morning.
 */
export const heldUntil = ({ now, startsAt, cutOff, hours, calendar }: Hold): Date | null => {
  const usual = hours * hour;
  if (!(usual > 0)) throw new RangeError(`A place can’t be kept for ${hours} hours.`);
  const end = beforeNight(earlier(startsAt, cutOff), calendar);
  const working = workingClock(calendar);
  const waking = wakingClock(calendar);

  const wakingLeft = timeBetween(now, end, waking);
  if (wakingLeft < least) return null;
  const workingLeft = timeBetween(now, end, working);

  const byWork = timeAfter(now, Math.min(usual, workingLeft / 2), working);
  if (workingLeft >= Math.max(usual, 2 * least) && usual >= least) return byWork;
  const byDay = calendar.outOfQuiet(timeAfter(now, Math.max(least, Math.min(usual, wakingLeft / 2)), waking));
  const morning = local(byDay, calendar).startOf('day');
  const nine = morning.set({ hour: office.opens }).toJSDate();
  const overnight = now < morning.toJSDate() && byDay < nine && nine < end;
  return later(byWork, overnight ? nine : byDay);
};

/** The instant by which so many working hours have passed, 09:00–18:00 on working days; `at` itself for none. */
export const workingHoursAfter = (at: Date, hours: number, calendar: Calendar): Date =>
  timeAfter(at, hours * hour, workingClock(calendar));

/** The rule in a few sentences for those who wait. */
export const holdRule = (hours: number): Text => ({
  zh:
    `名额为您保留 ${hours} 个工作小时（工作日 9:00–18:00，夜间、周末及节假日不计，调休上班日计入），` +
    '但不超过距报名截止所余工作时间的一半。' +
    `所余工作时间不足 ${hours} 小时的，改按每日 8:00–22:00 计算（以时限较长者为准），同样不超过所余时间的一半，至少 30 分钟。` +
    '保留时限不会落在 22:00 至次日 8:00 之间，跨夜保留的名额至少保留到次日 9:00（报名在此之前截止的除外）；距截止不足 30 分钟时不再递补。',
  en:
    `A place is kept for you for ${hours} working ${hours === 1 ? 'hour' : 'hours'} (09:00–18:00 on working days; nights, weekends and ` +
    'holidays don’t count, make-up workdays do), but for no more than half of the working time left until sign-up ' +
    `closes. If fewer than ${hours} working ${hours === 1 ? 'hour is' : 'hours are'} left, the hours from 08:00 to 22:00 count instead where that gives more time, ` +
    'again up to half of them, and at least 30 minutes. No place is given up between 22:00 and 08:00, and one kept overnight is kept until 09:00 unless sign-up ' +
    'closes before. In the last 30 minutes no more places are offered.',
});

const minute = 60_000;
const hour = 60 * minute;
const least = 30 * minute;
const office = { opens: 9, closes: 18 };
const quiet = { from: 22, until: 8 };

type Span = { readonly from: Date; readonly until: Date };
/** When a clock runs on a day; null when it stands still all day. */
type Clock = { readonly zone: string; readonly runs: (day: DateTime) => Span | null };

const workingClock = (calendar: Calendar): Clock => ({
  zone: calendar.timezone,
  runs: (day) =>
    calendar.isWorkday(day.toJSDate())
      ? {
          from: day.set({ hour: office.opens }).toJSDate(),
          until: day.set({ hour: office.closes }).toJSDate(),
        }
      : null,
});

const wakingClock = (calendar: Calendar): Clock => ({
  zone: calendar.timezone,
  runs: (day) => ({
    from: day.set({ hour: quiet.until }).toJSDate(),
    until: day.set({ hour: quiet.from }).toJSDate(),
  }),
});

/** The last minute out of the quiet hours, which begin with 22:00 itself. */
const beforeNight = (at: Date, calendar: Calendar): Date => {
  const morning = calendar.outOfQuiet(at);
  if (morning.getTime() === at.getTime()) return at;
  return local(morning, calendar)
    .minus({ days: 1 })
    .set({ hour: quiet.from - 1, minute: 59 })
    .toJSDate();
};

const local = (at: Date, { timezone }: Calendar): DateTime => DateTime.fromJSDate(at, { zone: timezone });
const later = (a: Date, b: Date): Date => (a < b ? b : a);
const earlier = (a: Date, b: Date): Date => (a < b ? a : b);

/** Milliseconds for which the clock runs; 0 when `until` is past. */
const timeBetween = (from: Date, until: Date, { zone, runs }: Clock): number => {
  let sum = 0;
  for (
    let day = DateTime.fromJSDate(from, { zone }).startOf('day');
    day.toJSDate() < until;
    day = day.plus({ days: 1 })
  ) {
    const span = runs(day);
    if (span) sum += Math.max(0, earlier(until, span.until).getTime() - later(from, span.from).getTime());
  }
  return sum;
};

/** The instant by which the clock has run for so many milliseconds; `from` itself for none. */
const timeAfter = (from: Date, milliseconds: number, { zone, runs }: Clock): Date => {
  if (!Number.isFinite(milliseconds) || milliseconds < 0 || Number.isNaN(from.getTime())) {
    throw new RangeError(`There is no instant ${milliseconds} ms after ${from.getTime()}.`);
  }
  let left = Math.floor(milliseconds);
  let at = from;
  for (let day = DateTime.fromJSDate(from, { zone }).startOf('day'); left > 0; day = day.plus({ days: 1 })) {
    const span = runs(day);
    if (!span || span.until <= at) continue;
    const start = later(at, span.from);
    const taken = Math.min(left, span.until.getTime() - start.getTime());
    left -= taken;
    at = new Date(start.getTime() + taken);
  }
  return at;
};
