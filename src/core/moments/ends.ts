import type { Part } from './part.js';

export type Ends = { readonly first: readonly Part[]; readonly last: readonly Part[] };
type Kind = Part['kind'];
type Clock = Extract<Part, { kind: 'clock' }>;

const has = (parts: readonly Part[], ...kinds: readonly Kind[]): boolean =>
  parts.some(({ kind }) => kinds.includes(kind));

export const namesDay = ({ kind }: Part): boolean => kind === 'date' || kind === 'weekday';
export const hasDay = (parts: readonly Part[]): boolean => parts.some(namesDay);
export const hasTime = (parts: readonly Part[]): boolean => has(parts, 'clock', 'instant');

/** What stands between the words for “to”. */
export const split = (parts: readonly Part[]): readonly (readonly Part[])[] => {
  const at = parts.findIndex(({ kind }) => kind === 'to');
  return at < 0 ? [parts] : [parts.slice(0, at), ...split(parts.slice(at + 1))];
};

/** What one end leaves to the other: “2-5pm” is 2pm, and a day said after “14:00-16:00” is that of both. */
export const ends = (left: readonly Part[], right: readonly Part[]): Ends | undefined => {
  if (!hasDay(right) || hasDay(left) || has(left, 'instant'))
    return { first: hasDay(right) ? left : borrowHalf(left, right), last: right };
  const day = right.findIndex(namesDay);
  const clock = right.findIndex(({ kind }) => kind === 'clock');
  if (clock < 0 || day < clock) return undefined;
  const last = right.filter((part) => !namesDay(part));
  return { first: [...right.filter(namesDay), ...borrowHalf(left, last)], last };
};

const borrowHalf = (left: readonly Part[], right: readonly Part[]): readonly Part[] => {
  const until = right.find((part) => part.kind === 'clock');
  if (until?.half === undefined || has(left, 'period')) return left;
  return left.map((part) => (part.kind === 'clock' && !part.exact ? inHalf(part, until) : part));
};

/** 2-5pm both are in the afternoon; 9-5pm begins in the morning. */
const inHalf = (clock: Clock, until: Clock): Clock => {
  const morning = clock.hour % 12;
  const hour = morning + (until.half === 'p' ? 12 : 0);
  const before = hour * 60 + clock.minute < until.hour * 60 + until.minute;
  return { ...clock, hour: before ? hour : (hour + 12) % 24, exact: true };
};
