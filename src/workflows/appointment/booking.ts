/**
 * Tables and slots in the database. All of it happens while the event's row is held: then nobody else books, and
 * what is counted stays true until the commit. The unique constraints are the last guard.
 *
 * The order of locks: a case of an appointment before the row of its event, never the other way round.
 */
import type { Calendar } from '../../core/calendar.js';
import type { Db } from '../../database.js';
import { type Booking, freePlaces, type Place, slotsOf, type Tables } from './slots.js';

export { holdPlaces as holdTables } from '../event/line.js';

type EventRow = {
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly slotMinutes: number | null;
  readonly tables: number | null;
};

/** The tables of an event; undefined where it has none. */
export const tablesOf = ({ startsAt, endsAt, slotMinutes, tables }: EventRow): Tables | undefined =>
  slotMinutes === null || tables === null ? undefined : { startsAt, endsAt, slotMinutes, tables };

export const readTables = async (db: Db, eventId: string): Promise<Tables | undefined> =>
  tablesOf(
    await db.event.findUniqueOrThrow({
      where: { caseId: eventId },
      select: { startsAt: true, endsAt: true, slotMinutes: true, tables: true },
    }),
  );

/** Everything that is booked at an event, by time and table. */
export const readBookings = async (db: Db, eventId: string): Promise<readonly Booking[]> => {
  const rows = await db.appointment.findMany({
    where: { eventId, startsAt: { not: null } },
    orderBy: [{ startsAt: 'asc' }, { table: 'asc' }],
    select: { caseId: true, startsAt: true, table: true, askerId: true, askedId: true },
  });
  return rows.flatMap(({ caseId, startsAt, table, askerId, askedId }) =>
    startsAt === null || table === null ? [] : [{ id: caseId, startsAt, table, people: [askerId, askedId] }],
  );
};

type Pair = {
  readonly caseId: string;
  readonly eventId: string;
  readonly askerId: string;
  readonly askedId: string;
};

/**
 * Where these two could meet from now on, the earliest first; of their own booking only the table is kept in mind,
 * and its time is left out. The caller holds the tables.
 */
export const placesFor = async (
  db: Db,
  a: Pair,
  now: Date,
  calendar: Calendar,
): Promise<readonly Place[]> => {
  const e = await readTables(db, a.eventId);
  if (!e) return [];
  const bookings = await readBookings(db, a.eventId);
  const own = bookings.find((one) => one.id === a.caseId);
  const others = bookings.filter((one) => one !== own);
  return freePlaces(e, slotsOf(e, calendar), others, [a.askerId, a.askedId], now, own?.table).filter(
    (one) => one.startsAt.getTime() !== own?.startsAt.getTime(),
  );
};

/** Gives up time and table, if it has any. */
export const release = async (db: Db, caseId: string): Promise<void> => {
  await db.appointmentSeat.deleteMany({ where: { appointmentId: caseId } });
  await db.appointment.update({ where: { caseId }, data: { startsAt: null, table: null } });
};

/** Takes time and table, instead of those it has. */
export const book = async (db: Db, a: Pair, { startsAt, table }: Place): Promise<void> => {
  const { caseId, eventId } = a;
  await db.appointmentSeat.deleteMany({ where: { appointmentId: caseId } });
  await db.appointment.update({ where: { caseId }, data: { startsAt, table } });
  await db.appointmentSeat.createMany({
    data: [a.askerId, a.askedId].map((personId) => ({ appointmentId: caseId, eventId, personId, startsAt })),
  });
};
