import { DateTime } from 'luxon';

/** The start of a day that exists, or nothing. */
export const dayOf = (like: DateTime, year: number, month: number, day: number): readonly DateTime[] => {
  if (![year, month, day].every(Number.isInteger)) return [];
  const found = DateTime.fromObject({ year, month, day }, { zone: like.zone });
  return found.isValid ? [found] : [];
};

const yearsToNextLeapDay = 8;

/** The first such day from `from` on. 29 February may be years away. */
export const nextMonthDay = (from: DateTime, month: number, day: number): readonly DateTime[] => {
  for (let year = from.year; year <= from.year + yearsToNextLeapDay; year += 1) {
    const [found] = dayOf(from, year, month, day);
    if (found && found >= from) return [found];
  }
  return [];
};

/** The first day of that number from `from` on: 31号 said in November is 31 December. */
export const nextDayOfMonth = (from: DateTime, day: number): readonly DateTime[] => {
  for (let months = 0; months <= 2; months += 1) {
    const { year, month } = from.startOf('month').plus({ months });
    const [found] = dayOf(from, year, month, day);
    if (found && found >= from) return [found];
  }
  return [];
};

/** Monday is 1. Said on that very weekday, it may mean today or a week from today. */
export const comingWeekday = (from: DateTime, weekday: number): readonly DateTime[] => {
  const days = (weekday - from.weekday + 7) % 7;
  return days === 0 ? [from, from.plus({ days: 7 })] : [from.plus({ days })];
};

/** Weeks begin on Monday, as they do in China. */
export const weekdayOfWeek = (today: DateTime, weeks: number, weekday: number): DateTime =>
  today.startOf('week').plus({ days: weeks * 7 + weekday - 1 });

/** The day of that weekday next to `day`, three days away at most. */
export const nearestWeekday = (day: DateTime, weekday: number): DateTime => {
  const days = (weekday - day.weekday + 7) % 7;
  return day.plus({ days: days > 3 ? days - 7 : days });
};

export const distinct = (days: readonly DateTime[]): readonly DateTime[] =>
  days.filter((day, at) => days.findIndex((other) => other.toMillis() === day.toMillis()) === at);
