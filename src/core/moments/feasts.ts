import chineseDays from 'chinese-days';
import { DateTime } from 'luxon';
import { dayOf } from './days.js';

export type Feast = (year: number, like: DateTime) => readonly DateTime[];
const solar =
  (month: number, day: number): Feast =>
  (year, like) =>
    dayOf(like, year, month, day);
// The library reads a day right in every zone of the process only from a local date away from midnight.
const lunar =
  (month: number, day: number, shift = 0): Feast =>
  (year, like) => {
    const found = chineseDays.getSolarDateFromLunar(new Date(year, month - 1, day, 12)).date;
    return [DateTime.fromISO(found, { zone: like.zone }).plus({ days: shift })];
  };
/** Holidays that people use as dates, by their first day. */
export const feasts: Readonly<Record<string, Feast>> = {
  元旦: solar(1, 1),
  劳动: solar(5, 1),
  五一: solar(5, 1),
  国庆: solar(10, 1),
  十一: solar(10, 1),
  圣诞: solar(12, 25),
  除夕: lunar(1, 1, -1),
  春节: lunar(1, 1),
  元宵: lunar(1, 15),
  端午: lunar(5, 5),
  中秋: lunar(8, 15),
};

export const nextFeast = (feast: Feast, from: DateTime): readonly DateTime[] =>
  [0, 1]
    .flatMap((years) => feast(from.year + years, from))
    .filter((day) => day >= from)
    .slice(0, 1);
