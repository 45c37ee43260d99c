/**
 * The line of an event: who has a place, who waits, who is next. Whatever frees a place (somebody leaves, declines or
 * lets a place lapse, the event grows, its pool opens, an organizer says so) ends in `moveUp`.
 */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { normalise } from '../../core/normalise.js';
import type { Text } from '../../core/text.js';
import { person, type Tell, type Wake } from '../../core/workflow.js';
import type { Db } from '../../database.js';
import type { About, Alarm, Command } from './header.js';
import { heldUntil } from './hold.js';
import * as said from './messages/line.js';
import { placedMore } from './party.js';
import {
  type Grant,
  grantsFor,
  type Limits,
  type Party,
  type Taken,
  type Wait,
  whyWaits,
} from './seating.js';

/** Nobody else takes or gives a place of the event until the commit. */
export const holdPlaces = async (db: Db, eventId: string): Promise<void> => {
  await db.$queryRaw`SELECT 1 FROM "Event" WHERE "caseId" = ${eventId}::uuid FOR NO KEY UPDATE`;
};

export type Newcomers = {
  readonly byId: string;
  readonly parkId: string | null;
  readonly ticket: string;
  readonly atLeast: number;
  readonly status: 'waiting' | 'applied';
  readonly because: Text;
  readonly people: readonly {
    readonly personId: string | null;
    readonly name: string;
    readonly parkId: string | null;
  }[];
};

/** A party that has just joined, and what it found: whether all places were gone, and how many people waited. */
export type Joined = { readonly id: string; readonly foundFull: boolean; readonly foundWaiting: number };

const foundRows = z.tuple([z.object({ taken: z.number(), waiting: z.number() })]);

/**
 * Puts a party at the end of the line: one statement, since many arrive at once and each has to wait for those before.
 * The caller holds the places.
 */
export const joinLine = async (
  { db, case: c, subject: e, now }: Pick<About, 'db' | 'case' | 'subject' | 'now'>,
  { byId, parkId, ticket, atLeast, status, because, people }: Newcomers,
): Promise<Joined> => {
  const id = randomUUID();
  const rows = people.map((one) => ({ ...one, nameKey: normalise(one.name) }));
  const [found] = foundRows.parse(
    await db.$queryRaw`
      WITH event AS (
        UPDATE "Event" SET arrivals = arrivals + 1 WHERE "caseId" = ${c.id}::uuid RETURNING arrivals
      ), party AS (
        INSERT INTO "Party" (id, "eventId", number, "byId", "parkId", ticket, "atLeast", "joinedAt")
        SELECT ${id}::uuid, ${c.id}::uuid, event.arrivals, ${byId}::uuid, ${parkId}::uuid, ${ticket}::"TicketKind",
          ${atLeast}, ${now} FROM event
        RETURNING id
      ), people AS (
        INSERT INTO "Attendee" ("eventId", "partyId", "personId", name, "nameKey", "parkId", ticket, status, because,
          "changedAt", "knowsOf")
        SELECT ${c.id}::uuid, party.id, one."personId", one.name, one."nameKey", one."parkId", ${ticket}::"TicketKind",
          ${status}::"AttendeeStatus", ${JSON.stringify(because)}::jsonb, ${now}, ${e.sequence}
        FROM party, ROWS FROM (
          jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
            AS ("personId" uuid, name text, "nameKey" text, "parkId" uuid)
        ) WITH ORDINALITY AS one ("personId", name, "nameKey", "parkId", number)
        ORDER BY one.number
      )
      SELECT count(*) FILTER (WHERE status IN ('held', 'going'))::int AS taken,
        count(*) FILTER (WHERE status = 'waiting')::int AS waiting
      FROM "Attendee" WHERE "eventId" = ${c.id}::uuid`,
  );
  return { id, foundFull: e.capacity !== null && found.taken >= e.capacity, foundWaiting: found.waiting };
};

const takenRows = z.array(
  z.object({
    ticket: z.string(),
    parkId: z.string().nullable(),
    province: z.string().nullable(),
    count: z.number(),
  }),
);

/** Places and holds, by what they count against. */
export const readTaken = async (db: Db, eventId: string): Promise<Taken> =>
  takenRows.parse(
    await db.$queryRaw`
      SELECT party.ticket::text, party."parkId"::text, park.province, count(*)::int AS count
      FROM "Attendee" one JOIN "Party" party ON party.id = one."partyId"
        LEFT JOIN "Park" park ON park.id = party."parkId"
      WHERE one."eventId" = ${eventId}::uuid AND one.status IN ('held', 'going') GROUP BY 1, 2, 3`,
  );

const partyRows = z.array(
  z.object({
    id: z.string(),
    number: z.number(),
    ticket: z.string(),
    parkId: z.string().nullable(),
    province: z.string().nullable(),
    waiting: z.number(),
    placed: z.number(),
    atLeast: z.number(),
  }),
);

/** The parties of which somebody waits, in the order in which they came. */
export const readWaiting = async (db: Db, eventId: string): Promise<readonly Party[]> =>
  partyRows.parse(
    await db.$queryRaw`
      SELECT party.id::text, party.number, party.ticket::text, party."parkId"::text, park.province, party."atLeast",
        count(*) FILTER (WHERE one.status = 'waiting')::int AS waiting,
        count(*) FILTER (WHERE one.status IN ('held', 'going'))::int AS placed
      FROM "Party" party JOIN "Attendee" one ON one."partyId" = party.id
        LEFT JOIN "Park" park ON park.id = party."parkId"
      WHERE party."eventId" = ${eventId}::uuid
        AND party.id IN (SELECT "partyId" FROM "Attendee" WHERE "eventId" = ${eventId}::uuid AND status = 'waiting')
      GROUP BY party.id, park.province ORDER BY party.number`,
  );

/** What the event has room for now: from the pool day on, unused places of a park are for everybody. */
export const limitsOf = ({ subject: e, now }: Pick<About, 'subject' | 'now'>): Limits => ({
  capacity: e.capacity,
  tickets: Object.fromEntries(e.tickets.map((one) => [one.kind, one.quota])),
  perPark: e.poolAt !== null && now >= e.poolAt ? null : e.perPark,
});

const isFull = ({ capacity }: Limits, taken: Taken): boolean =>
  capacity !== null && taken.reduce((sum, one) => sum + one.count, 0) >= capacity;

export type Moved = { readonly tell: readonly Tell<Command>[]; readonly wake: readonly Wake<Alarm>[] };
const nobody: Moved = { tell: [], wake: [] };

/**
 * Gives what is free to whoever is next under the declared policy. The party that just arrived, and is there to hear
 * of it, has its places at once; for others they are kept until they answer. At night nobody is written to: who is
 * next hears in the morning, and nobody overtakes them meanwhile. When the time left is too short to keep a place for
 * anybody, who is next is told that it goes to the first who asks. The caller holds the places.
 */
export const moveUp = async (about: About, why: Text, arrived?: string): Promise<Moved> => {
  const { db, case: c, subject: e, now, calendar } = about;
  if (now >= e.cutOffAt) return nobody;
  const limits = limitsOf(about);
  const taken = await readTaken(db, c.id);
  if (isFull(limits, taken)) return nobody;
  const parties = await readWaiting(db, c.id);
  const morning = calendar.outOfQuiet(now);
  const first = parties.filter((one) => one.id === arrived);
  const until =
    first.length === parties.length
      ? null
      : heldUntil({ now, startsAt: e.startsAt, cutOff: e.cutOffAt, hours: e.holdHours, calendar });
  // With no time to keep places, whoever asks is served before those who wait in silence.
  const own = until === null ? grantsFor(limits, e.policy, taken, first) : [];
  const grants = until === null ? own : grantsFor(limits, e.policy, taken, parties);

  const tell: Tell<Command>[] = [];
  const wake: Wake<Alarm>[] = [];
  for (const grant of grants) {
    const party = parties.find((one) => one.id === grant.party);
    if (!party) continue;
    if (grant.party === arrived) await seat(about, grant, said.thereWasRoom);
    else if (morning > now) wake.push({ alarm: 'movesUp', at: morning, unlessSet: true });
    else if (until !== null) {
      const next =
        grants.length <= mostNamed ? nextAfter(about, limits, taken, parties, grants, grant) : undefined;
      tell.push(await hold(about, grant, { why, until, next, parties }));
      wake.push({ alarm: 'holdEnds', key: grant.party, at: until });
    }
  }
  if (until === null && morning <= now && first.length < parties.length)
    tell.push(...(await openDoor(about, limits, taken, parties, arrived)));
  return { tell, wake };
};

// With many places at once, who is next for each of them changes with every answer.
const mostNamed = 3;

/** Who would be given the place if this one of the grants came to nothing. */
const nextAfter = (
  { subject: e }: About,
  limits: Limits,
  taken: Taken,
  parties: readonly Party[],
  grants: readonly Grant[],
  lapsed: Grant,
): Party | undefined => {
  const kept = grants.filter((one) => one !== lapsed);
  const given = (party: Party) =>
    kept.filter((one) => one.party === party.id).reduce((sum, one) => sum + one.count, 0);
  const left = parties.filter((one) => one.id !== lapsed.party);
  const [next] = grantsFor(
    limits,
    e.policy,
    [...taken, ...left.map((one) => ({ ...one, count: given(one) }))],
    left.map((one) => placedMore(one, given(one))),
  );
  return parties.find((one) => one.id === next?.party);
};

/** The people of a party who are next to have a place. */
const nextOf = (db: Db, grant: Grant) =>
  db.attendee.findMany({
    where: { partyId: grant.party, status: 'waiting' },
    orderBy: { id: 'asc' },
    take: grant.count,
    select: { id: true, name: true },
  });

const seat = async ({ db, now }: About, { party, count }: Grant, because: Text): Promise<void> => {
  await db.$executeRaw`
    UPDATE "Attendee" SET status = 'going', because = ${JSON.stringify(because)}::jsonb, "changedAt" = ${now},
      "heldUntil" = NULL
    WHERE id IN (SELECT id FROM "Attendee" WHERE "partyId" = ${party}::uuid AND status = 'waiting'
      ORDER BY id LIMIT ${count})`;
};

const hold = async (
  { db, case: c, subject: e, now, calendar }: About,
  grant: Grant,
  {
    why,
    until,
    next,
    parties,
  }: {
    readonly why: Text;
    readonly until: Date;
    readonly next: Party | undefined;
    readonly parties: readonly Party[];
  },
): Promise<Tell<Command>> => {
  const people = await nextOf(db, grant);
  await db.attendee.updateMany({
    where: { id: { in: people.map((one) => one.id) } },
    data: {
      status: 'held',
      because: said.movedUp(why, grant.why, e.policy),
      changedAt: now,
      heldUntil: until,
    },
  });
  const { byId } = await db.party.findUniqueOrThrow({ where: { id: grant.party }, select: { byId: true } });
  const behind = parties.filter((one) => one.id !== grant.party).reduce((sum, one) => sum + one.waiting, 0);
  return {
    to: person(byId),
    say: said.offered(c, e, {
      names: people.map((one) => one.name),
      why: said.movedUp(why, grant.why, e.policy),
      until,
      next: await parkOf(db, next),
      behind,
      calendar,
    }),
    choices: ['accept', 'decline'],
  };
};

const parkOf = async (db: Db, party: Party | undefined): Promise<Text | undefined> => {
  if (!party) return undefined;
  const park = party.parkId === null ? null : await db.park.findUnique({ where: { id: party.parkId } });
  return park
    ? { zh: park.nameZh, en: park.nameEn }
    : { zh: '一位个人报名者', en: 'somebody without a park' };
};

/** Those who would be next hear that places are free for whoever asks first. */
const openDoor = async (
  { db, case: c, subject: e, calendar }: About,
  limits: Limits,
  taken: Taken,
  parties: readonly Party[],
  arrived: string | undefined,
): Promise<readonly Tell<Command>[]> => {
  const waiting = parties.filter((one) => one.id !== arrived);
  const next = grantsFor(limits, e.policy, taken, waiting).map((one) => one.party);
  const rows = await db.party.findMany({ where: { id: { in: next } }, select: { byId: true } });
  return [...new Set(rows.map((one) => one.byId))].map((id) => ({
    to: person(id),
    say: said.doorIsOpen(c, e, calendar),
    choices: ['signUp'],
  }));
};

const aheadRows = z.array(z.object({ taken: z.number(), ahead: z.number() }));

/** Behind how many people a party waits in a full event where strictly the first is next. Undefined elsewhere. */
export const waitWhenFull = async (
  { db, case: c, subject: e }: About,
  partyId: string,
): Promise<Wait | undefined> => {
  if (e.capacity === null || e.policy !== 'queue') return undefined;
  const [row] = aheadRows.parse(
    await db.$queryRaw`
      SELECT count(*) FILTER (WHERE one.status IN ('held', 'going'))::int AS taken,
        count(*) FILTER (WHERE one.status = 'waiting' AND party.number < own.number)::int AS ahead
      FROM "Attendee" one JOIN "Party" party ON party.id = one."partyId", "Party" own
      WHERE one."eventId" = ${c.id}::uuid AND one.status IN ('held', 'going', 'waiting')
        AND own.id = ${partyId}::uuid`,
  );
  return row && row.taken >= e.capacity ? { kind: 'full', ahead: row.ahead } : undefined;
};

/** Why a party waits, and behind how many people. In a full event those who came before are counted, no more. */
export const waitOf = async (about: About, partyId: string): Promise<Wait> => {
  const { db, case: c, subject: e } = about;
  const full = await waitWhenFull(about, partyId);
  if (full) return full;
  const taken = await readTaken(db, c.id);
  const wait = whyWaits(limitsOf(about), e.policy, taken, await readWaiting(db, c.id), partyId);
  // Somebody is about to be given a place, in the morning or once they have answered.
  return wait ?? { kind: 'behind', ahead: 0 };
};

/** Whether a group wants more at once than the event could ever have room for. */
export const neverFits = (
  about: Pick<About, 'subject' | 'now'>,
  { atLeast, ticket, parkId }: { atLeast: number; ticket: string; parkId: string | null },
): boolean => {
  if (atLeast <= 1) return false;
  const { perPark, capacity, tickets } = limitsOf(about);
  const most = Math.min(
    capacity ?? Number.POSITIVE_INFINITY,
    tickets[ticket] ?? Number.POSITIVE_INFINITY,
    (parkId === null ? null : perPark) ?? Number.POSITIVE_INFINITY,
  );
  return atLeast > most;
};
