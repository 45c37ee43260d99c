/** Places that nobody came for are given to those who wait at the door. */
import { person, type Tell } from '../../core/workflow.js';
import type { Db, Event } from '../../database.js';
import type { About, Command } from './header.js';
import { limitsOf, readTaken } from './line.js';
import * as said from './messages/door.js';
import { because } from './messages/line.js';
import { grantsFor, type Limits, type Party, type Taken } from './seating.js';

const minuteMs = 60_000;

/** From then on places of those who have not come are given away; null for never. */
export const freesAt = ({ startsAt, freeAfter }: Pick<Event, 'startsAt' | 'freeAfter'>): Date | null =>
  freeAfter === null ? null : new Date(startsAt.getTime() + freeAfter * minuteMs);

/** Without it nobody is taken to be missing. */
export const checkInWasUsed = async (db: Db, eventId: string): Promise<boolean> =>
  (await db.attendee.findFirst({
    where: { eventId, status: 'going', cameAt: { not: null } },
    select: { id: true },
  })) !== null;

/** Who had a place and did not come. `heldUntil` of somebody who waits is when their place went to somebody else. */
export const missing = {
  cameAt: null,
  OR: [{ status: 'going' as const }, { status: 'waiting' as const, heldUntil: { not: null } }],
};

/** The parties at the door, without those of them who have not come. */
const partiesAtDoor = async (db: Db, eventId: string): Promise<readonly Party[]> => {
  const parties = await db.party.findMany({
    where: { eventId, attendees: { some: { status: 'waiting', cameAt: { not: null } } } },
    orderBy: { number: 'asc' },
    include: { attendees: { select: { status: true, cameAt: true } } },
  });
  const provinceOf = await provinces(db, parties);
  return parties.map(({ id, number, ticket, parkId, atLeast, attendees }) => ({
    id,
    number,
    ticket,
    parkId,
    province: provinceOf(parkId),
    atLeast,
    waiting: attendees.filter((one) => one.status === 'waiting' && one.cameAt !== null).length,
    placed: attendees.filter((one) => one.status === 'going' || one.status === 'held').length,
  }));
};

const provinces = async (db: Db, rows: readonly { readonly parkId: string | null }[]) => {
  const parks = await db.park.findMany({
    where: { id: { in: [...new Set(rows.flatMap((one) => one.parkId ?? []))] } },
    select: { id: true, province: true },
  });
  return (parkId: string | null): string | null => parks.find((one) => one.id === parkId)?.province ?? null;
};

type Seated = { readonly ticket: string; readonly parkId: string | null };

/** Who of the absent gives way so that all limits hold again: as few as possible, who signed up last first. */
export const givingWay = <One extends Seated>(
  limits: Limits,
  taken: Taken,
  absent: readonly One[],
): readonly One[] => {
  const counts = taken.map((one) => ({ ...one }));
  const total = (of: (one: Seated) => boolean): number =>
    counts.filter(of).reduce((sum, one) => sum + one.count, 0);
  const over = (limit: number | null | undefined, of: (one: Seated) => boolean): boolean =>
    limit != null && total(of) > limit;
  return absent.toReversed().filter((one) => {
    const isInTheWay =
      over(limits.capacity, () => true) ||
      over(limits.tickets[one.ticket], (other) => other.ticket === one.ticket) ||
      (one.parkId !== null && over(limits.perPark, (other) => other.parkId === one.parkId));
    if (isInTheWay) counts.push({ ...one, province: null, count: -1 });
    return isInTheWay;
  });
};

/** With those who have not come in time, if others have: their places may be given away. */
const absentees = async ({ db, case: c, subject: e, now }: About) => {
  const from = freesAt(e);
  if (from === null || now < from || !(await checkInWasUsed(db, c.id))) return [];
  const rows = await db.attendee.findMany({
    where: { eventId: c.id, status: 'going', cameAt: null },
    orderBy: [{ party: { number: 'asc' } }, { id: 'asc' }],
    include: { party: { select: { byId: true, ticket: true, parkId: true } } },
  });
  return rows.map(({ id, name, personId, party }) => ({ id, name, personId, ...party }));
};

/**
 * Gives what is free to those at the door, in the order of the policy, and tells them. Some minutes into the event, if
 * it was announced so, the places of those who have not come count as free; who loses theirs by it is told, too, and
 * waits at the door under their old number if they come. The caller holds the places.
 */
export const giveAtDoor = async (about: About): Promise<readonly Tell<Command>[]> => {
  const { db, case: c, subject: e, now } = about;
  const parties = await partiesAtDoor(db, c.id);
  if (parties.length === 0) return [];
  const limits = limitsOf(about);
  const absent = await absentees(about);
  const provinceOf = await provinces(db, absent);
  const taken = [
    ...(await readTaken(db, c.id)),
    ...absent.map((one) => ({ ...one, province: provinceOf(one.parkId), count: -1 })),
  ];
  const seated: Heard[] = [];
  for (const grant of grantsFor(limits, e.policy, taken, parties)) {
    const people = await db.attendee.findMany({
      where: { partyId: grant.party, status: 'waiting', cameAt: { not: null } },
      orderBy: { id: 'asc' },
      take: grant.count,
      include: { party: { select: { byId: true } } },
    });
    await db.attendee.updateMany({
      where: { id: { in: people.map((one) => one.id) } },
      data: {
        status: 'going',
        because: said.seatedBecause(because(grant.why, e.policy)),
        changedAt: now,
        heldUntil: null,
      },
    });
    seated.push(...people.map((one) => ({ ...one, byId: one.party.byId })));
  }
  if (seated.length === 0) return [];
  const freed = givingWay(limits, await readTaken(db, c.id), absent);
  await db.attendee.updateMany({
    where: { id: { in: freed.map((one) => one.id) } },
    data: { status: 'waiting', because: said.gaveWay, changedAt: now, heldUntil: now },
  });
  return [
    ...hearers(seated).map(([id, names]) => ({ to: person(id), say: said.pleaseComeIn(c, e, names) })),
    ...hearers(freed).map(([id, names]) => ({
      to: person(id),
      say: said.placeWasGiven(c, e, names),
      choices: ['checkIn'] as const,
    })),
  ];
};

type Heard = { readonly name: string; readonly personId: string | null; readonly byId: string };

/** Whom the desk does not know hears through whoever signed them up; the names are then told along. */
export const hearers = (people: readonly Heard[]): readonly (readonly [string, readonly string[]])[] => {
  const told = new Map<string, readonly string[]>();
  for (const { personId, byId, name } of people) {
    const id = personId ?? byId;
    told.set(id, [...(told.get(id) ?? []), ...(personId === null ? [name] : [])]);
  }
  return [...told];
};
