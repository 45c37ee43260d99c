/** What speaks against a date, and dates against which nothing speaks. */
import { DateTime } from 'luxon';
import type { Calendar } from '../../core/calendar.js';
import type { Text } from '../../core/text.js';

/** From an instant up to another, which is no longer part of it. */
export type Span = { readonly from: Date; readonly until: Date };
/** Something else that takes people’s time. `what` is its title, `ref` its number. */
export type Busy = Span & { readonly what: Text; readonly ref: string };

export type Clash =
  /** At the same time. */
  | { readonly kind: 'event'; readonly with: Busy }
  /** On the same day, at another time. */
  | { readonly kind: 'sameDay'; readonly with: Busy }
  /** A weekend or a holiday; `day` is its first instant. */
  | { readonly kind: 'dayOff'; readonly day: Date }
  /** The holidays of that year are not announced. */
  | { readonly kind: 'unknownYear'; readonly year: number };

/** All that speaks against a span, the gravest first. Leave the event itself out of `busy`. */
export const clashesOf = (span: Span, busy: readonly Busy[], calendar: Calendar): readonly Clash[] => {
  const days = daysOf(span, calendar);
  const dates = new Set(days.map((day) => day.toISODate()));
  const sorted = busy.toSorted((a, b) => a.from.getTime() - b.from.getTime());
  const overlaps = (one: Busy): boolean => one.from < span.until && span.from < one.until;
  const sharesDay = (one: Busy): boolean =>
    !overlaps(one) && daysOf(one, calendar).some((day) => dates.has(day.toISODate()));
  const years = [...new Set(days.map((day) => day.year))];
  return [
    ...sorted.filter(overlaps).map((one) => ({ kind: 'event', with: one }) as const),
    ...sorted.filter(sharesDay).map((one) => ({ kind: 'sameDay', with: one }) as const),
    ...days
      .map((day) => day.toJSDate())
      .filter((day) => !calendar.isWorkday(day))
      .map((day) => ({ kind: 'dayOff', day }) as const),
    ...years.filter((year) => !calendar.covers(year)).map((year) => ({ kind: 'unknownYear', year }) as const),
  ];
};

/**
 * Up to three other dates, in order of time, with the same clock times and as many days: within six weeks of the
 * wanted one, at least three working days from now, all of their days working days on which nothing else is. The
 * same weekday comes first, then the nearest. A year without announced holidays is proposed only if the wanted
 * date is in that year itself.
 */
export const betterSpans = (
  span: Span,
  busy: readonly Busy[],
  calendar: Calendar,
  now: Date,
): readonly Span[] => {
  const known = new Set(
    clashesOf(span, [], calendar).flatMap((one) => (one.kind === 'unknownYear' ? [one.year] : [])),
  );
  const isFree = (other: Span): boolean =>
    clashesOf(other, busy, calendar).every((one) => one.kind === 'unknownYear' && known.has(one.year));
  // The weekday of a weekend is what is wrong with it.
  const weekday = DateTime.fromJSDate(span.from, { zone: calendar.timezone }).weekday;
  const otherWeekday = (offset: number): number => (weekday <= 5 && offset % 7 === 0 ? 0 : 1);
  const order = offsets.toSorted(
    (a, b) => otherWeekday(a) - otherWeekday(b) || Math.abs(a) - Math.abs(b) || b - a,
  );
  const found: Span[] = [];
  for (const offset of order) {
    const other = {
      from: calendar.daysAfter(span.from, offset),
      until: calendar.daysAfter(span.until, offset),
    };
    if (calendar.workdaysBetween(now, other.from) >= notice && isFree(other)) found.push(other);
    if (found.length === proposals) break;
  }
  return found.toSorted((a, b) => a.from.getTime() - b.from.getTime());
};

const proposals = 3;
const notice = 3;
const furthest = 6 * 7;
const offsets: readonly number[] = Array.from({ length: furthest }, (_, i) => [i + 1, -i - 1]).flat();

/** The days that a span touches, each at its start. */
const daysOf = ({ from, until }: Span, { timezone }: Calendar): readonly DateTime[] => {
  if (!(from <= until)) throw new RangeError(`${until.getTime()} is before ${from.getTime()}.`);
  const first = DateTime.fromJSDate(from, { zone: timezone }).startOf('day');
  const last = DateTime.fromJSDate(until, { zone: timezone }).minus({ milliseconds: 1 }).startOf('day');
  const days = [first];
  for (let day = first.plus({ days: 1 }); day <= last; day = day.plus({ days: 1 })) days.push(day);
  return days;
};
