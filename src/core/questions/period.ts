import { DateTime } from 'luxon';
import { z } from 'zod';
import { readMoment, sayMoment } from '../moments.js';
import { normalise } from '../normalise.js';
import { readNumeral } from '../numerals.js';
import type { Asking, Heard, Question } from '../question.js';
import type { Text } from '../text.js';
import { excerpt, unclear, type Wording } from './hearing.js';

export type PeriodAsked = Wording & {
  /** It may be left without an end: “12月1日起”, “from 1 Dec”. */
  readonly open?: boolean;
};

const example: Text = { zh: '“12月1日至12月8日”', en: '“1 Dec to 8 Dec”' };
const noEnd = '..';
const mostDays = 366;

/**
 * Days from … until …, from today on. The value is an ISO 8601 interval of days, both included
 * ("2026-12-01/2026-12-08"), of the zone in which it was asked; one without an end is "2026-12-01/..". Always
 * said back before it counts.
 */
export const period = ({ label, ask, hint, open = false }: PeriodAsked): Question<string> => ({
  kind: 'period',
  label,
  ask,
  hint: hint ?? { zh: `如${example.zh}`, en: `Such as ${example.en}` },
  optional: false,
  schema: z.string().refine((value) => isPeriod(value, open)),
  hear: (words, asking) => {
    const found = readPeriod(words, asking, open);
    switch (found.kind) {
      case 'none':
        return unclear(
          `没有看明白“${excerpt(words)}”是哪天到哪天。请写成${example.zh}这样。`,
          `Sorry, I can’t tell from which day to which day “${excerpt(words)}” is. Please write it like ${example.en}.`,
        );
      case 'ambiguous':
        return severalReadings(words, found.of, found.days);
      case 'days':
        return checked(found, asking);
      default:
        return found satisfies never;
    }
  },
  show: sayPeriod,
});

/** The instants of a period: its first one, and the first one after it; without an end, a day in the year 9999. */
export const periodInstants = (
  value: string,
  timezone: string,
): { readonly from: Date; readonly until: Date } => {
  const [from = '', until = ''] = value.split('/');
  const last = until === noEnd ? '9999-12-30' : until;
  return {
    from: DateTime.fromISO(from, { zone: timezone }).toJSDate(),
    until: DateTime.fromISO(last, { zone: timezone }).plus({ days: 1 }).toJSDate(),
  };
};

/** 2026年12月1日（周二）至2026年12月8日（周二），共8天; it can be read again. */
export const sayPeriod = (value: string): Text => {
  const [from = '', until = ''] = value.split('/');
  const first = sayDay(dayOf(from));
  if (until === noEnd) return { zh: `${first.zh}起`, en: `from ${first.en}` };
  if (from === until) return first;
  const last = sayDay(dayOf(until));
  const days = dayOf(until).diff(dayOf(from), 'days').days + 1;
  return { zh: `${first.zh}至${last.zh}，共${days}天`, en: `${first.en} to ${last.en}, ${days} days` };
};

const dayOf = (iso: string): DateTime => DateTime.fromISO(iso, { zone: 'utc' });
const sayDay = (day: DateTime): Text => sayMoment(day.toJSDate(), day.zoneName ?? 'utc', { time: false });

const isPeriod = (value: string, open: boolean): boolean => {
  const [from, until, ...more] = value.split('/');
  const isDay = (iso: string | undefined) => iso !== undefined && z.iso.date().safeParse(iso).success;
  if (more.length > 0 || !isDay(from)) return false;
  return until === noEnd ? open : isDay(until) && (from ?? '') <= (until ?? '');
};

const checked = ({ from, until }: Days, { now, timezone }: Asking): Heard<string> => {
  const today = DateTime.fromJSDate(now, { zone: timezone }).startOf('day');
  const first = sayDay(from);
  if (from < today) {
    return unclear(
      `${first.zh}已经过去了。请填写今天或今后的日期，如${example.zh}。`,
      `${first.en} has already passed. Please give days from today on, like ${example.en}.`,
    );
  }
  if (until && until < from) {
    const last = sayDay(until);
    return unclear(
      `${last.zh}在${first.zh}之前。请先写开始的日期，再写结束的日期，如${example.zh}。`,
      `${last.en} comes before ${first.en}. Please give the first day, then the last, like ${example.en}.`,
    );
  }
  if (until && until.diff(from, 'days').days >= mostDays) {
    const last = sayDay(until);
    return unclear(
      `${first.zh}至${last.zh}超过一年了。请把两个日期都写上年份。`,
      `${first.en} to ${last.en} is more than a year. Please write both days with their year.`,
    );
  }
  const value = `${from.toISODate()}/${until?.toISODate() ?? noEnd}`;
  return { kind: 'understood', value, echo: true };
};

const mostReadings = 3;
const severalReadings = (words: string, of: string, days: readonly DateTime[]): Heard<never> => {
  const readings = days.slice(0, mostReadings).map(sayDay);
  return unclear(
    `“${excerpt(words)}”里的“${of}”可以理解为${readings.map((one) => `“${one.zh}”`).join('或')}。请连年月日一起写清楚，如${example.zh}。`,
    `In “${excerpt(words)}”, “${of}” could be ${readings.map((one) => `“${one.en}”`).join(' or ')}. Please write the days out, like ${example.en}.`,
  );
};

type Days = { readonly kind: 'days'; readonly from: DateTime; readonly until: DateTime | undefined };
type Found =
  | Days
  | { readonly kind: 'ambiguous'; readonly of: string; readonly days: readonly DateTime[] }
  | { readonly kind: 'none' };
const none: Found = { kind: 'none' };

const between = /\s*(?:\.{2,}|[~–—―]+|-{2,}|\s-\s|至|到|(?<![a-z])(?:to|until|till|through)(?![a-z]))\s*/u;
const onwards =
  /^(?:从|自)?(?<from>.+?)(?:起|开始)$|^from (?<english>.+?)(?: on(?:wards)?)?$|^(?<on>.+) onwards$/u;
const counted =
  /^(?:从|自)?(?<zh>.+?)(?:起|开始)[,的]?(?:连续|共)?(?<n>\d{1,3}|[一两二三四五六七八九十]{1,3})个?(?<unit>天|日|周|星期)$|^(?:from )?(?<en>.+?),? for (?<count>\d{1,3}|a|one|two|three) (?<span>day|week)s?$/u;
const total = /\s*[,(]\s*(?:共\s?\d+\s?天|\d+ days?)\)?$/u;

const readPeriod = (words: string, asking: Asking, open: boolean): Found => {
  const plain = normalise(words).replace(total, '').replace(/^即日/u, '今天');
  if (plain.length > 100) return none;
  const interval = /^(\d{4}-\d{2}-\d{2})\/(\d{4}-\d{2}-\d{2}|\.\.)$/u.exec(plain);
  if (interval?.[1] && interval[2] === noEnd) return open ? withoutEnd(interval[1], asking) : none;
  if (interval?.[1] && interval[2]) return readEnds(interval[1], interval[2], asking);

  const [left, right, ...more] = plain.replace(/^(?:从|自|from )\s*/u, '').split(between);
  if (more.length > 0) return none;
  if (left !== undefined && right !== undefined) return readEnds(left, right, asking);

  const length = counted.exec(plain)?.groups;
  if (length) return readCounted(length, asking);
  const start = onwards.exec(plain)?.groups;
  if (start) return open ? withoutEnd(start.from ?? start.english ?? start.on ?? '', asking) : none;

  const whole = readDays(plain, asking);
  const [day, ...others] = whole;
  if (day && others.length === 0) return { kind: 'days', from: day, until: day };
  const split = readHyphens(plain, asking);
  return split.kind === 'none' && day ? { kind: 'ambiguous', of: plain, days: whole } : split;
};

const readDays = (words: string, { now, timezone }: Asking): readonly DateTime[] => {
  const found = readMoment(words, { now, timezone, need: 'day' });
  const at = found.kind === 'moment' ? [found] : found.kind === 'ambiguous' ? found.options : [];
  return at.map((one) => DateTime.fromJSDate(one.at, { zone: timezone }));
};

const withoutEnd = (words: string, asking: Asking): Found => {
  const days = readDays(words, asking);
  const [from, ...others] = days;
  if (!from) return none;
  return others.length > 0
    ? { kind: 'ambiguous', of: words, days }
    : { kind: 'days', from, until: undefined };
};

const readCounted = (found: Readonly<Record<string, string | undefined>>, asking: Asking): Found => {
  const start = withoutEnd(found.zh ?? found.en ?? '', asking);
  const words = found.n ?? found.count ?? '';
  const count = { a: 1, one: 1, two: 2, three: 3 }[words] ?? readNumeral(words) ?? 0;
  const days = ['周', '星期', 'week'].includes(found.unit ?? found.span ?? '') ? count * 7 : count;
  if (start.kind !== 'days') return start;
  return days < 1 ? none : { ...start, until: start.from.plus({ days: days - 1 }) };
};

/** A hyphen stands within days and between them: “12-01-12-08”, “1-8 Dec”. Any place that makes sense counts. */
const readHyphens = (plain: string, asking: Asking): Found => {
  const found = [...plain.matchAll(/-/gu)]
    .map(({ index }) => readEnds(plain.slice(0, index).trim(), plain.slice(index + 1).trim(), asking))
    .filter((one) => one.kind !== 'none');
  const [first, ...others] = found;
  return first && others.length === 0 ? first : none;
};

const readEnds = (left: string, right: string, asking: Asking): Found => {
  const found = completed(left, right).map((ends) => readBoth(ends, asking));
  const forward = found.find((one) => one.kind !== 'days' || !one.until || one.until >= one.from);
  return forward ?? found[0] ?? none;
};

const readBoth = ([first, last]: Ends, asking: Asking): Found => {
  const starts = readDays(first, asking);
  const [from, ...otherStarts] = starts;
  if (!from) return none;
  if (otherStarts.length > 0 && readDays(last, asking).length === 0) return none;
  if (otherStarts.length > 0) return { kind: 'ambiguous', of: first, days: starts };
  const ends = readEnd(last, from, asking);
  const [until, ...otherEnds] = ends;
  if (!until) return none;
  return otherEnds.length > 0 ? { kind: 'ambiguous', of: last, days: ends } : { kind: 'days', from, until };
};

const fromToday = /[今明后昨本这下上]|today|tomorrow|yesterday|\b(?:this|next|last|in)\b/u;

/** The last day: the next such day after the first one, unless it is reckoned from today. */
const readEnd = (words: string, from: DateTime, asking: Asking): readonly DateTime[] => {
  const days = readDays(words, asking);
  const after = days.filter((day) => day >= from);
  if (after.length > 0 || fromToday.test(words)) return after.length > 0 ? after : days;
  const next = readDays(words, { ...asking, now: from.toJSDate() });
  return next.some((day) => day >= from) ? next.filter((day) => day >= from) : next;
};

const th = '(?:st|nd|rd|th)?';
const monthName = String.raw`[a-z]{3,9}\.?`;
const year = String.raw`(?:,? \d{4})?`;

type Completion = {
  readonly left: RegExp;
  readonly right: RegExp;
  readonly write: (l: string, r: string) => Ends;
};
type Ends = readonly [string, string];
const whole = (pattern: string): RegExp => new RegExp(`^${pattern}$`, 'u');
const number = String.raw`\d{1,2}`;
const beforeDay = (date: string): string => date.replace(/\d{1,2}(?:st|nd|rd|th|日|号)?$/u, '');
const afterDay = (date: string): string => date.replace(/^\d{1,2}(?:st|nd|rd|th)?/u, '');

/** What one end leaves to the other: the month of “Dec 1-8”, “1-8 Dec” and “12月1-8日”. */
const completions: readonly Completion[] = [
  {
    left: whole(number + th),
    right: whole(`${number}${th} (?:of )?${monthName}${year}`),
    write: (l, r) => [l + afterDay(r), r],
  },
  {
    left: whole(`${number}${th} ${monthName}`),
    right: whole(number + th),
    write: (l, r) => [l, r + afterDay(l)],
  },
  {
    left: whole(`${monthName} ${number}${th}`),
    right: whole(number + th + year),
    write: (l, r) => [l, beforeDay(l) + r],
  },
  { left: whole(number), right: whole(`${number}[日号]`), write: (l, r) => [`${l}日`, r] },
  { left: whole(`.*月${number}[日号]?`), right: whole(number), write: (l, r) => [l, `${r}日`] },
  {
    left: whole(String.raw`(?:\d{4}-)?\d{1,2}[-.]\d{1,2}`),
    right: whole(number),
    write: (l, r) => [l, beforeDay(l) + r],
  },
];

const completed = (left: string, right: string): readonly Ends[] => {
  const fitting = completions.find((one) => one.left.test(left) && one.right.test(right));
  return withYears(fitting ? fitting.write(left, right) : [left, right]);
};

/** A year that is said with the last day only is the first day's as well, or else the one before. */
const withYears = ([first, last]: Ends): readonly Ends[] => {
  const said = Number(/(?<!\d)20\d{2}(?!\d)/u.exec(last)?.[0]);
  if (Number.isNaN(said) || /\d{4}/u.test(first) || fromToday.test(first)) return [[first, last]];
  const years = [said, said - 1];
  if (/\p{Script=Han}/u.test(first)) return years.map((one) => [`${one}年${first}`, last]);
  return /[a-z]/u.test(first) ? years.map((one) => [`${first} ${one}`, last]) : [[first, last]];
};
