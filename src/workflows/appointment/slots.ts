/**
 * When and where two can meet at an event: its time is cut into slots of one length, and each table seats two in
 * each of them. Everything here is pure; what is booked comes in, and where to book goes out.
 */
import type { Calendar } from '../../core/calendar.js';

export type Tables = {
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly slotMinutes: number;
  readonly tables: number;
};
export type Place = { readonly startsAt: Date; readonly table: number };
/** What is booked: two people at a table. */
export type Booking = Place & { readonly id: string; readonly people: readonly string[] };

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
// One that lasts longer has a night in it, in which nobody meets.
const longestDayMs = 14 * hourMs;

/** The starts of all slots, in order: only whole ones, and on an event of several days none in the quiet hours. */
export const slotsOf = (
  e: Omit<Tables, 'tables'>,
  calendar: Pick<Calendar, 'outOfQuiet'>,
): readonly Date[] => {
  const [from, until, length] = [e.startsAt.getTime(), e.endsAt.getTime(), e.slotMinutes * minuteMs];
  const count = Math.max(0, Math.floor((until - from) / length));
  const all = Array.from({ length: count }, (_, at) => new Date(from + at * length));
  if (until - from <= longestDayMs) return all;
  const isAwake = (at: Date): boolean => calendar.outOfQuiet(at).getTime() === at.getTime();
  return all.filter((at) => isAwake(at) && isAwake(new Date(at.getTime() + length - 1)));
};

export const slotEnd = (startsAt: Date, { slotMinutes }: Pick<Tables, 'slotMinutes'>): Date =>
  new Date(startsAt.getTime() + slotMinutes * minuteMs);

/** The first table that nobody has at that time; undefined when all are taken. */
const freeTable = (
  at: Date,
  { tables }: Pick<Tables, 'tables'>,
  taken: readonly Booking[],
  liked?: number,
): number | undefined => {
  const used = new Set(
    taken.filter((one) => one.startsAt.getTime() === at.getTime()).map((one) => one.table),
  );
  if (liked !== undefined && liked <= tables && !used.has(liked)) return liked;
  for (let table = 1; table <= tables; table += 1) if (!used.has(table)) return table;
  return undefined;
};

/**
 * Where all of these people are free after `now` and a table is, the earliest first. Somewhere they have `liked`, the
 * same table is kept where it can be.
 */
export const freePlaces = (
  e: Tables,
  slots: readonly Date[],
  taken: readonly Booking[],
  people: readonly string[],
  now: Date,
  liked?: number,
): readonly Place[] => {
  const busy = new Set(
    taken.filter((one) => one.people.some((id) => people.includes(id))).map((one) => one.startsAt.getTime()),
  );
  return slots
    .filter((at) => at > now && !busy.has(at.getTime()))
    .flatMap((startsAt) => {
      const table = freeTable(startsAt, e, taken, liked);
      return table === undefined ? [] : [{ startsAt, table }];
    });
};

export type Reseated = { readonly id: string; readonly place: Place | null };

/**
 * What becomes of bookings when the event moves or its tables change: each keeps its distance from the start, and its
 * table, where both still exist. The others take the earliest place that is free for both, in their old order; for
 * whom there is none, `place` is null. Every booking comes back, changed or not.
 */
export const reseat = (
  before: Pick<Tables, 'startsAt'>,
  after: Tables,
  slots: readonly Date[],
  bookings: readonly Booking[],
  now: Date,
): readonly Reseated[] => {
  const shift = after.startsAt.getTime() - before.startsAt.getTime();
  const exists = new Set(slots.filter((at) => at > now).map((at) => at.getTime()));
  const shifted = bookings.map((one) => ({ ...one, startsAt: new Date(one.startsAt.getTime() + shift) }));
  const stays = (one: Booking): boolean => exists.has(one.startsAt.getTime()) && one.table <= after.tables;
  const seated: Booking[] = shifted.filter(stays);
  const others = shifted
    .filter((one) => !stays(one))
    .toSorted((a, b) => a.startsAt.getTime() - b.startsAt.getTime() || a.table - b.table);
  const left: Reseated[] = [];
  for (const one of others) {
    const [place] = freePlaces(after, slots, seated, one.people, now);
    if (place) seated.push({ ...one, ...place });
    else left.push({ id: one.id, place: null });
  }
  return [...seated.map(({ id, startsAt, table }) => ({ id, place: { startsAt, table } })), ...left];
};

/** Those for whom it is not as it was: another time, another table, or a meeting of another length. */
export const changed = (
  before: Pick<Tables, 'slotMinutes'>,
  after: Pick<Tables, 'slotMinutes'>,
  bookings: readonly Booking[],
  reseated: readonly Reseated[],
): readonly Reseated[] =>
  reseated.filter(({ id, place }) => {
    const old = bookings.find((one) => one.id === id);
    return (
      before.slotMinutes !== after.slotMinutes ||
      old?.startsAt.getTime() !== place?.startsAt.getTime() ||
      old?.table !== place?.table
    );
  });
