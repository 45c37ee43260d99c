/**
 * What happens to an event happens to its appointments: it moves or is called off, its tables change, somebody does
 * not come any more. Times and tables are put right in the turn that changes the event, so that nothing is booked on
 * what is no longer there; the appointments then hear of it, each in a turn of its own, and tell their people.
 */
import {
  type Alarm as AnyAlarm,
  type Command as AnyCommand,
  person,
  type Ring,
  type World,
} from '../../core/workflow.js';
import type { Db } from '../../database.js';
import { book, holdTables, readBookings, readTables, release } from './booking.js';
import { wakesOf } from './day.js';
import { ahead, appointment, both, otherOf } from './header.js';
import * as said from './messages/agreed.js';
import { comers } from './people.js';
import { answerBy } from './request.js';
import { type Booking, changed, reseat, slotsOf, type Tables } from './slots.js';

/** The appointments of an event that lie ahead, held before its row is: see the order of locks in booking.ts. */
const holdAppointments = async (db: Db, eventId: string): Promise<void> => {
  await db.$queryRaw`
    SELECT 1 FROM "Case" one JOIN "Appointment" own ON own."caseId" = one.id
    WHERE own."eventId" = ${eventId}::uuid AND one."closedAt" IS NULL
    ORDER BY one.id FOR KEY SHARE OF one`;
};

const isSame = (one: Date | null | undefined, other: Date | null | undefined): boolean =>
  one?.getTime() === other?.getTime();

const areSame = (one: Tables, other: Tables): boolean =>
  isSame(one.startsAt, other.startsAt) &&
  isSame(one.endsAt, other.endsAt) &&
  one.slotMinutes === other.slotMinutes &&
  one.tables === other.tables;

/** Puts bookings where they belong now; returns which of them changed. */
const reseatAll = async (
  { db, now, calendar }: Pick<World, 'db' | 'now' | 'calendar'>,
  before: Tables,
  after: Tables,
  bookings: readonly Booking[],
  pairs: ReadonlyMap<string, Parameters<typeof book>[1]>,
): Promise<readonly string[]> => {
  const seated = reseat(before, after, slotsOf(after, calendar), bookings, now);
  const moved = changed(before, after, bookings, seated);
  // All of them stand up first: one may be given what another one has had.
  for (const one of moved) await release(db, one.id);
  for (const { id, place } of moved) {
    const pair = pairs.get(id);
    if (pair && place) await book(db, pair, place);
  }
  return moved.map((one) => one.id);
};

/** Looks at all that lies ahead, after the event has changed; returns whom to ring. */
const lookAgain = async (
  world: Pick<World, 'db' | 'now' | 'calendar'>,
  eventId: string,
  before: Tables | undefined,
  isOff: boolean,
): Promise<readonly Ring[]> => {
  const { db } = world;
  const open = await db.appointment.findMany({
    where: { eventId, case: { state: { in: ahead } } },
    orderBy: { caseId: 'asc' },
    include: { case: { select: { state: true } } },
  });
  if (open.length === 0) return [];
  await holdTables(db, eventId);
  const coming = await comers(
    db,
    eventId,
    open.flatMap((one) => [one.askerId, one.askedId]),
  );
  const fallsThrough = (one: (typeof open)[number]): boolean =>
    isOff || !coming.has(one.askerId) || !coming.has(one.askedId);
  const touched = new Set<string>();
  for (const one of open.filter(fallsThrough)) {
    await release(db, one.caseId);
    touched.add(one.caseId);
  }
  const after = await readTables(db, eventId);
  const hasMoved = before && after && !isSame(before.startsAt, after.startsAt);
  if (before && after && !areSame(before, after)) {
    const pairs = new Map(open.map((one) => [one.caseId, one]));
    const bookings = (await readBookings(db, eventId)).filter((one) => pairs.has(one.id));
    for (const id of await reseatAll(world, before, after, bookings, pairs)) touched.add(id);
  }
  for (const one of open) {
    if (hasMoved && one.case.state === 'requested') touched.add(one.caseId);
  }
  return [...touched].map((caseId) => ({ caseId, alarm: 'appointment.eventChanged' }));
};

type Seen = Pick<World, 'db' | 'now' | 'calendar'> & { readonly case: { readonly id: string } | undefined };

/** Runs something that changes an event, and has its appointments follow. */
const followed = async <Result extends object>(world: Seen, run: () => Promise<Result>): Promise<Result> => {
  const eventId = world.case?.id;
  if (eventId === undefined) return run();
  await holdAppointments(world.db, eventId);
  const before = await readTables(world.db, eventId);
  const result = await run();
  if ('refuse' in result) return result;
  const isOff = 'to' in result && result.to === 'cancelled';
  const rings = await lookAgain(world, eventId, before, isOff);
  if (rings.length === 0) return result;
  const earlier = 'ring' in result && Array.isArray(result.ring) ? result.ring : [];
  return { ...result, ring: [...earlier, ...rings] };
};

type Rule<Bound> = {
  readonly to: readonly string[];
  readonly bind: (workflow: string, name: string) => Bound;
};

/** A command of the event after which appointments may not be as they were. */
export const withAppointments = ({ to, bind }: Rule<AnyCommand>): Rule<AnyCommand> => ({
  to,
  bind: (workflow, name) => {
    const command = bind(workflow, name);
    return { ...command, perform: (world) => followed(world, () => command.perform(world)) };
  },
});

/** The same for an alarm. */
export const alarmWithAppointments = ({ to, bind }: Rule<AnyAlarm>): Rule<AnyAlarm> => ({
  to,
  bind: (workflow, name) => {
    const alarm = bind(workflow, name);
    return { ...alarm, ring: (world) => followed(world, () => alarm.ring(world)) };
  },
});

/**
 * Rung when the event or its people changed: tells both how it stands now. A reminder, so that somebody with many
 * meetings hears of all of them at once, and nobody in the night.
 */
export const eventChanged = appointment.alarm({
  title: { zh: '随活动变动', en: 'it followed a change of the event' },
  kind: 'reminder',
  when: ['requested', 'agreed'],
  to: ['requested', 'agreed', 'expired', 'cancelled'],
  run: async ({ db, case: c, subject: a, now, calendar }) => {
    await holdTables(db, a.eventId);
    const ends = c.state === 'requested' ? ('expired' as const) : ('cancelled' as const);
    const people = both(a);
    if (a.event.case.state === 'cancelled') {
      return {
        to: ends,
        tell: people.map(({ id }) => ({ to: person(id), say: said.eventIsOff(c, a, otherOf(a, id)) })),
        because: said.calledOff,
      };
    }
    const coming = await comers(db, a.eventId, [a.askerId, a.askedId]);
    const missing = people.find((one) => !coming.has(one.id));
    if (missing) {
      await release(db, c.id);
      return {
        to: ends,
        tell: people
          .filter(({ id }) => coming.has(id))
          .map(({ id }) => ({ to: person(id), say: said.otherLeft(c, a, otherOf(a, id)) })),
        because: said.stepsBack(missing),
      };
    }
    if (c.state === 'requested') {
      const { openedAt } = c;
      const until = answerBy(a.event, openedAt, calendar);
      await db.appointment.update({ where: { caseId: c.id }, data: { answerBy: until } });
      return { to: 'requested', wake: [{ alarm: 'expires', at: until }] };
    }
    const { startsAt, table } = a;
    if (startsAt === null || table === null) {
      return {
        to: 'cancelled',
        tell: people.map(({ id }) => ({ to: person(id), say: said.noRoomLeft(c, a, otherOf(a, id)) })),
        because: said.noSlot,
      };
    }
    return {
      to: 'agreed',
      tell: people.map(({ id }) => ({
        to: person(id),
        say: said.hasMoved(c, a, { startsAt, table }, otherOf(a, id), calendar),
        choices: ['change', 'cancel'] as const,
      })),
      unwake: ['morning', 'soon'],
      wake: wakesOf(a.event, { startsAt }, now, calendar),
      because: said.placeOf(a, { startsAt, table }, calendar),
    };
  },
});
