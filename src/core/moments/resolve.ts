import type { DateTime } from 'luxon';
import { comingWeekday, distinct, nearestWeekday } from './days.js';
import { ends, split } from './ends.js';
import type { Part, Period, Scene } from './part.js';

export type Clock = { readonly days: 0 | 1; readonly hour: number; readonly minute: number };
export type Reading = { readonly at: DateTime; readonly hasTime: boolean };
type Kind = Part['kind'];

export const all = <K extends Kind>(parts: readonly Part[], kind: K): readonly Extract<Part, { kind: K }>[] =>
  parts.filter((part): part is Extract<Part, { kind: K }> => part.kind === kind);

// Nobody who writes 9点 without more means the evening; with 1 to 8 it could be either half of the day.
const surelyMorning = 9;

/** The readings of an hour, with or without a word such as 晚上; none when the two don't go together. */
export const clockReadings = (
  { hour, minute, exact }: Extract<Part, { kind: 'clock' }>,
  period: Period | undefined,
): readonly Clock[] => {
  const at = (wanted: number, days: 0 | 1 = 0): Clock => ({ days, hour: wanted, minute });
  const within = (from: number, to: number) => hour >= from && hour <= to;
  if (hour > 24 || minute > 59) return [];
  if (hour === 24) return minute === 0 ? [at(0, 1)] : [];
  switch (period) {
    case undefined:
      return exact || hour >= surelyMorning ? [at(hour)] : [at(hour), at(hour + 12)];
    case 'dawn':
      return within(0, 6) ? [at(hour)] : hour === 12 ? [at(0)] : [];
    case 'morning':
      return within(1, 12) ? [at(hour)] : [];
    case 'noon':
      return within(11, 14) ? [at(hour)] : within(1, 2) ? [at(hour + 12)] : [];
    case 'afternoon':
      return within(12, 23) ? [at(hour)] : within(1, 11) ? [at(hour + 12)] : [];
    case 'dusk':
      return within(16, 20) ? [at(hour)] : within(4, 8) ? [at(hour + 12)] : [];
    case 'evening':
      if (within(17, 23)) return [at(hour)];
      if (within(5, 11)) return [at(hour + 12)];
      // 28日晚上12点 and 28日半夜1点: the night that begins or the night that ends that day.
      if (within(0, 4) || hour === 12) return [at(hour % 12), at(hour % 12, 1)];
      return [];
    default:
      return period satisfies never;
  }
};

const sameDay = (a: DateTime, b: DateTime): boolean => a.toMillis() === b.toMillis();

/** The days that the parts name, or undefined when they name none. Parts that disagree leave all their days. */
export const readDays = (parts: readonly Part[], from: DateTime): readonly DateTime[] | undefined => {
  const said = all(parts, 'date').map((part) => part.readings(from));
  const [weekday, ...moreWeekdays] = new Set(all(parts, 'weekday').map((part) => part.weekday));
  if (said.some((days) => days.length === 0) || moreWeekdays.length > 0) return [];
  const [first, ...others] = said;
  if (!first) return weekday === undefined ? undefined : comingWeekday(from, weekday);
  const agreed = first.filter((day) => others.every((days) => days.some((other) => sameDay(day, other))));
  const named = agreed.length > 0 ? agreed : distinct(said.flat());
  if (weekday === undefined) return named;
  const fitting = named.filter((day) => day.weekday === weekday);
  return fitting.length > 0 ? fitting : distinct(named.flatMap((day) => [day, nearestWeekday(day, weekday)]));
};

export const withTime = (day: DateTime, { days, hour, minute }: Clock): Reading => ({
  at: day.plus({ days }).set({ hour, minute }),
  hasTime: true,
});

/** The next instant at which it is that time of day. */
const nextTime = (clock: Clock, { now, today }: Scene): Reading => {
  const first = withTime(today, { ...clock, days: 0 });
  return first.at > now ? first : withTime(today.plus({ days: 1 }), { ...clock, days: 0 });
};

type Inherited = { readonly days: readonly DateTime[] | undefined; readonly period: Period | undefined };
export const nothing: Inherited = { days: undefined, period: undefined };

export const resolveOne = (
  parts: readonly Part[],
  scene: Scene,
  need: 'day' | 'time',
  inherited: Inherited,
) => {
  const none = { readings: [], ...nothing };
  const [instant, ...moreInstants] = all(parts, 'instant');
  if (instant) {
    if (parts.length > 1 || moreInstants.length > 0) return none;
    const at = need === 'day' ? instant.at.startOf('day') : instant.at.startOf('minute');
    return { readings: [{ at, hasTime: need === 'time' }], ...nothing };
  }
  const clocks = all(parts, 'clock');
  const [own, ...otherPeriods] = new Set(all(parts, 'period').map((part) => part.period));
  if (clocks.length > 1 || otherPeriods.length > 0) return none;
  const [clock] = clocks;
  const period = own ?? (clock?.exact ? undefined : inherited.period);
  const days = readDays(parts, inherited.days?.[0] ?? scene.today) ?? inherited.days;
  const times = clock ? clockReadings(clock, period) : undefined;
  if (times?.length === 0 || (!days && (!times || need === 'day'))) return none;

  const readings: readonly Reading[] = !days
    ? (times ?? []).map((time) => nextTime(time, scene))
    : times && need === 'time'
      ? days.flatMap((day) => times.map((time) => withTime(day, time)))
      : days.map((day) => ({ at: day, hasTime: false }));
  return { readings: withoutPast(readings, scene), days, period };
};

// Of several readings, those that lie ahead are meant: 今天3点, said at ten in the morning, is 15:00.
const withoutPast = (readings: readonly Reading[], { now, today }: Scene): readonly Reading[] => {
  const ahead = readings.filter(({ at, hasTime }) => (hasTime ? at > now : at >= today));
  return readings.length > 1 && ahead.length > 0 ? ahead : readings;
};

/** Every moment that the parts can mean, the earliest first. Of “from … to …” both ends are readings. */
export const resolve = (parts: readonly Part[], scene: Scene, need: 'day' | 'time') => {
  const [left = [], right, ...more] = split(parts);
  const said = right ? ends(left, right) : { first: left, last: undefined };
  if (!said || more.length > 0) return [];
  const first = resolveOne(said.first, scene, need, nothing);
  const days = first.days ?? distinct(first.readings.map(({ at }) => at.startOf('day')));
  const last = said.last && resolveOne(said.last, scene, need, { ...first, days });
  if (first.readings.length === 0 || last?.readings.length === 0) return [];
  const readings = [...first.readings, ...(last?.readings ?? [])];
  return readings
    .filter(({ at }, index) => readings.findIndex((other) => sameDay(other.at, at)) === index)
    .sort((a, b) => a.at.toMillis() - b.at.toMillis())
    .map(({ at, hasTime }) => ({ at: at.toJSDate(), hasTime }));
};
