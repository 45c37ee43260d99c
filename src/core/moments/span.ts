import { DateTime } from 'luxon';
import { normalise } from '../normalise.js';
import { cutDuration } from './duration.js';
import { ends, hasDay, hasTime, namesDay, split } from './ends.js';
import type { Part, Period, Scene } from './part.js';
import { all, type Clock, clockReadings, nothing, readDays, resolveOne, withTime } from './resolve.js';
import { scan } from './scan.js';
import { nextDay, plainSpan } from './span-words.js';

/** Instants. */
export type Span = { readonly from: Date; readonly until: Date };
/** Without a time, the first instant of its day. */
export type Start = { readonly at: Date; readonly hasTime: boolean };

export type ReadSpan =
  | ({ readonly kind: 'span' } & Span)
  /** At least two, the earliest first. */
  | { readonly kind: 'ambiguous'; readonly options: readonly Span[] }
  /** The end is not after the start. */
  | ({ readonly kind: 'backwards' } & Span)
  /** A time is missing: the start in all its readings, and the last day if one is said. */
  | { readonly kind: 'unfinished'; readonly starts: readonly Start[]; readonly lastDay?: Date }
  | { readonly kind: 'none' };

/** Where words can mean a span of at most so many days, a longer one is not meant. */
export const mostDays = 14;

const none: ReadSpan = { kind: 'none' };
const longest = 120;
const workingDay = { begins: { hour: 9 }, ends: { hour: 17 } };

/**
 * From when to when: two ends, or a start and a length. A whole day lasts from 9:00 to 17:00; of several days
 * with one pair of times, the first time is that of the first day and the second that of the last.
 */
export const readSpan = (
  words: string,
  { now, timezone }: { readonly now: Date; readonly timezone: string },
): ReadSpan => {
  const typed = normalise(words);
  if (typed === '' || typed.length > longest) return none;
  const local = DateTime.fromJSDate(now, { zone: timezone });
  const scene = { now: local, today: local.startOf('day'), chinese: /\p{Script=Han}/u.test(typed) };
  const { start, minutes } = cutDuration(typed);
  const { plain, allDay } = plainSpan(start);
  const parts = scan(plain, scene, [nextDay]);
  const said = parts && fromTo(split(parts));
  if (!said || minutes === 0) return none;
  if (allDay) return minutes === undefined ? concluded(wholeDays(said, scene)) : none;

  const { readings, period } = resolveOne(said.first, scene, 'time', nothing);
  const [first] = readings;
  if (!first || (said.last && readDays(said.last, scene.today)?.length === 0)) return none;
  const finished = said.last ? hasTime(said.last) : minutes !== undefined;
  if (!finished || !first.hasTime) return unfinished(readings, said);
  return concluded(
    readings.flatMap(({ at }) => [
      ...(said.last ? endsOf(at, said, period, scene) : []).map((until) => ({ from: at, until })),
      ...(minutes === undefined ? [] : [{ from: at, until: at.plus({ minutes }) }]),
    ]),
  );
};

type Local = { readonly from: DateTime; readonly until: DateTime };
type Said = {
  readonly first: readonly Part[];
  readonly last?: readonly Part[];
  /** Said before the times of both ends: 12月1日-2日 9:00-17:00. */
  readonly lastDay?: readonly Part[];
};

const fromTo = ([first = [], second, third, ...more]: readonly (readonly Part[])[]): Said | undefined => {
  if (more.length > 0) return undefined;
  if (!second) return { first };
  if (!third) return ends(first, second);
  const lastDay = second.filter(namesDay);
  if (!first.every(namesDay) || first.length === 0 || lastDay.length === 0 || hasDay(third)) return undefined;
  const times = ends(
    second.filter((part) => !namesDay(part)),
    third,
  );
  return times && { first: [...first, ...times.first], last: times.last, lastDay };
};

const wholeDays = ({ first, last, lastDay }: Said, { today }: Scene): readonly Local[] => {
  if (lastDay || ![...first, ...(last ?? [])].every(namesDay)) return [];
  const days = (parts: readonly Part[], from: DateTime) => readDays(parts, from) ?? [];
  return days(first, today).flatMap((day) =>
    (last ? days(last, day) : [day]).map((until) => ({
      from: day.set(workingDay.begins),
      until: until.set(workingDay.ends),
    })),
  );
};

/** The instants at which what begins at `from` can end: those after it, if there are any. */
const endsOf = (
  from: DateTime,
  { last = [], lastDay }: Said,
  period: Period | undefined,
  scene: Scene,
): readonly DateTime[] => {
  const [instant] = all(last, 'instant');
  if (instant) return last.length === 1 ? [instant.at.startOf('minute')] : [];
  const [clock, ...otherClocks] = all(last, 'clock');
  const [own, ...otherPeriods] = new Set(all(last, 'period').map((part) => part.period));
  if (!clock || otherClocks.length > 0 || otherPeriods.length > 0) return [];

  const day = from.startOf('day');
  const onSameDay = () => sameDayEnds(from, clock, own, period);
  if (lastDay) {
    const times = onSameDay();
    return (readDays(lastDay, day) ?? []).flatMap((lasts) =>
      times.map((at) => at.plus({ days: Math.round(lasts.diff(day, 'days').days) })),
    );
  }
  if (!hasDay(last)) return onSameDay();

  const onDays = (days: readonly DateTime[]) =>
    days.flatMap((one) =>
      one.equals(day) ? onSameDay() : clockReadings(clock, own).map((time) => withTime(one, time).at),
    );
  const next = onDays(readDays(last, day) ?? []).filter((at) => at > from);
  const near = next.filter((at) => at <= from.plus({ days: mostDays }));
  // 周六14:00到周六16:00 is one day.
  if (near.length > 0) return all(last, 'date').length === 0 && near[0] ? [near[0]] : near;
  const before = onDays(readDays(last, scene.today) ?? []).filter((at) => at <= from);
  return before.length > 0 ? before.slice(-1) : next;
};

type SaidClock = Extract<Part, { kind: 'clock' }>;

/** 下午2点到5点 ends in the afternoon, 上午9点到3点 too; 晚上10点到凌晨2点 on the next day. */
const sameDayEnds = (
  from: DateTime,
  clock: SaidClock,
  own: Period | undefined,
  inherited: Period | undefined,
): readonly DateTime[] => {
  const day = from.startOf('day');
  const sure = own !== undefined || clock.exact;
  const manners = sure
    ? [clockReadings(clock, own)]
    : [...(inherited ? [clockReadings(clock, inherited)] : []), bothHalves(clock)];
  // 3点到3点 is not twelve hours.
  for (const times of manners) {
    const after = times.map((time) => withTime(day, time).at).find((at) => at >= from);
    if (after) return [after];
  }
  const times = manners.flat();
  const atNight = own === 'dawn' || (clock.half === 'a' && from.hour >= 12);
  const midnight = clock.exact && clock.hour === 0 && clock.minute === 0;
  const days = atNight || midnight ? 1 : 0;
  return times.slice(0, 1).map((time) => withTime(day, time).at.plus({ days }));
};

const bothHalves = (clock: SaidClock): readonly Clock[] => {
  const [first] = clockReadings(clock, undefined);
  if (!first) return [];
  return first.hour < 12 ? [first, { ...first, hour: first.hour + 12 }] : [first];
};

const unfinished = (
  readings: readonly { readonly at: DateTime; readonly hasTime: boolean }[],
  { last }: Said,
): ReadSpan => {
  const [first] = readings;
  const lastDay = first && last && readDays(last, first.at.startOf('day'))?.[0]?.toJSDate();
  const starts = readings.map(({ at, hasTime: known }) => ({ at: at.toJSDate(), hasTime: known }));
  return { kind: 'unfinished', starts, ...(lastDay && { lastDay }) };
};

const concluded = (found: readonly Local[]): ReadSpan => {
  const forward = found.filter(({ from, until }) => until > from);
  const near = forward.filter(({ from, until }) => until <= from.plus({ days: mostDays }));
  const options = (near.length > 0 ? near : forward)
    .map(({ from, until }) => ({ from: from.toJSDate(), until: until.toJSDate() }))
    .filter((one, at, others) => others.findIndex((other) => sameSpan(one, other)) === at)
    .sort((a, b) => a.from.getTime() - b.from.getTime() || a.until.getTime() - b.until.getTime());
  const [first, ...others] = options;
  if (first) return others.length > 0 ? { kind: 'ambiguous', options } : { kind: 'span', ...first };
  const [back] = found;
  return back ? { kind: 'backwards', from: back.from.toJSDate(), until: back.until.toJSDate() } : none;
};

const sameSpan = (a: Span, b: Span): boolean =>
  a.from.getTime() === b.from.getTime() && a.until.getTime() === b.until.getTime();
