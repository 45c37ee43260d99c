/**
 * Dates and times as people type them in Chinese and English. Nothing is guessed: words that have two readings
 * come back as ambiguous, and words of which a part is not understood are not understood at all.
 */
import { DateTime } from 'luxon';
import { resolve } from './moments/resolve.js';
import { scan } from './moments/scan.js';
import { normalise } from './normalise.js';
import type { Text } from './text.js';

/** An instant; without a time, the start of the day in the zone. */
export type Moment = { readonly at: Date; readonly hasTime: boolean };

export type ReadMoment =
  | ({ readonly kind: 'moment' } & Moment)
  /** At least two, the earliest first. */
  | { readonly kind: 'ambiguous'; readonly options: readonly Moment[] }
  | { readonly kind: 'none' };

export type MomentAsking = { readonly now: Date; readonly timezone: string; readonly need: 'day' | 'time' };

const longest = 100;

/**
 * Reads a day, or a day and a time. A day without a year that has passed means its next occurrence; a past one
 * with a year is returned as it is. When a time is needed but not said, `hasTime` is false; when only a day is
 * needed, a time is left out. Minutes are the finest grain.
 */
export const readMoment = (words: string, { now, timezone, need }: MomentAsking): ReadMoment => {
  const plain = normalise(words);
  if (plain === '' || plain.length > longest) return { kind: 'none' };
  const local = DateTime.fromJSDate(now, { zone: timezone });
  const scene = { now: local, today: local.startOf('day'), chinese: /\p{Script=Han}/u.test(plain) };
  const parts = scan(plain, scene);
  const [first, ...others] = parts ? resolve(parts, scene, need) : [];
  if (!first) return { kind: 'none' };
  return others.length === 0
    ? { kind: 'moment', ...first }
    : { kind: 'ambiguous', options: [first, ...others] };
};

const chineseWeekdays = '一二三四五六日';

/** 2026年11月28日（周六）14:00 and Sat 28 Nov 2026, 14:00; either is read back as the same moment. */
export const sayMoment = (at: Date, timezone: string, { time }: { readonly time: boolean }): Text => {
  const local = DateTime.fromJSDate(at, { zone: timezone }).setLocale('en-GB');
  const clock = local.toFormat('HH:mm');
  const chinese = `${local.year}年${local.month}月${local.day}日（周${chineseWeekdays.charAt(local.weekday - 1)}）`;
  const english = `${local.weekdayShort} ${local.day} ${local.setLocale('en-US').monthShort} ${local.year}`;
  return time ? { zh: chinese + clock, en: `${english}, ${clock}` } : { zh: chinese, en: english };
};
