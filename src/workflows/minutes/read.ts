/** Reads from the tables what minutes are made of. */
import type { Db } from '../../database.js';
import { recordSchema } from '../council/record.js';
import { seatTitle, seatWithNames } from '../council/seats.js';
import { type Minutes, minutesOf } from './minutes.js';
import type { BallotOnRecord, MotionOnRecord, Proceedings, SeatOnRecord } from './proceedings.js';

/**
 * The minutes of a meeting, or of a motion that was voted on; undefined for any other case, and before there is
 * anything to tell.
 */
export const readMinutes = async (db: Db, caseId: string): Promise<Minutes | undefined> => {
  const record = (await meetingRecord(db, caseId)) ?? (await motionRecord(db, caseId));
  return record && minutesOf(record);
};

const ofAlliance = async (db: Db) => {
  const { nameZh, nameEn, timezone } = await db.alliance.findUniqueOrThrow({ where: { id: 1 } });
  return { alliance: { zh: nameZh, en: nameEn }, timezone };
};

const readMotions = (db: Db, where: object) =>
  db.motion.findMany({
    where,
    include: {
      case: { select: { ref: true, state: true } },
      seconds: { include: { seat: { include: seatWithNames } }, orderBy: { at: 'asc' } },
      ballots: {
        where: { fingerprint: { not: null } },
        orderBy: { call: 'asc' },
        include: {
          roll: { include: { seat: { include: seatWithNames } } },
          votes: {
            where: { supersededAt: null },
            include: { seat: { select: { key: true } } },
            orderBy: { seat: { key: 'asc' } },
          },
        },
      },
      meeting: { select: { startedAt: true, endedAt: true } },
    },
  });
type MotionRow = Awaited<ReturnType<typeof readMotions>>[number];
type BallotRow = MotionRow['ballots'][number];

type Names = ReadonlyMap<string, string>;

const namesOf = async (db: Db, ids: readonly string[]): Promise<Names> => {
  const people = await db.person.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, name: true },
  });
  return new Map(people.map((one) => [one.id, one.name]));
};

const byNumber = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true });

const decided = new Set(['carried', 'lost']);

const ballotOnRecord = (motion: MotionRow, ballot: BallotRow, names: Names): BallotOnRecord => {
  const published = recordSchema.parse(ballot.record);
  const outcome = ballot.outcome ?? published.outcome;
  const later = motion.ballots.some((one) => one.call > ballot.call) || motion.call > ballot.call;
  return {
    published,
    outcome,
    // Nothing but a challenge takes a motion that was decided back to its notice.
    annulled: decided.has(outcome) && (later || motion.case.state === 'notice'),
    recusals: ballot.roll
      .filter((row) => row.recusedAt !== null)
      .map((row) => ({ seat: row.seat.key, why: row.recusedWhy })),
    voters: published.ballots.secret
      ? []
      : ballot.votes.map((vote) => ({ seat: vote.seat.key, person: names.get(vote.personId) ?? '—' })),
    reasons: ballot.votes.flatMap((vote) =>
      vote.reason === null ? [] : [{ seat: vote.seat.key, reason: vote.reason }],
    ),
  };
};

const motionOnRecord = async (
  db: Db,
  motion: MotionRow,
  ballot: BallotRow | undefined,
  names: Names,
): Promise<MotionOnRecord> => {
  const tasks = await db.task.findMany({
    where: { motionId: motion.caseId },
    include: { case: { select: { ref: true, state: true, closedAt: true } } },
  });
  const owners = await namesOf(
    db,
    tasks.map((one) => one.ownerId),
  );
  return {
    ref: motion.case.ref,
    title: motion.title,
    text: motion.text,
    mover: names.get(motion.moverId) ?? '—',
    seconders: motion.seconds.map((one) => ({
      seat: seatTitle(one.seat),
      person: names.get(one.personId) ?? '—',
    })),
    ballot: ballot
      ? ballotOnRecord(
          motion,
          ballot,
          await namesOf(
            db,
            ballot.votes.map((vote) => vote.personId),
          ),
        )
      : null,
    tasks: tasks
      .sort((a, b) => byNumber(a.case.ref, b.case.ref))
      .map((one) => ({
        ref: one.case.ref,
        what: one.what,
        owner: owners.get(one.ownerId) ?? '—',
        dueAt: one.dueAt,
        doneAt: one.case.state === 'done' ? one.case.closedAt : null,
        dropped: one.case.state === 'dropped',
      })),
  };
};

/** Seats as they were at a time: those of the rolls with their holders then, and the others of that time. */
const seatsOnRecord = async (
  db: Db,
  ballots: readonly BallotRow[],
  at: Date,
  more: { readonly ids: readonly string[]; readonly all: boolean },
): Promise<readonly SeatOnRecord[]> => {
  const rolled = new Map(
    ballots.flatMap((one) => one.roll.map((row) => [row.seatId, row.holderId] as const)),
  );
  const seated = {
    AND: [
      { OR: [{ suspendedAt: null }, { suspendedAt: { gt: at } }] },
      { OR: [{ termFrom: null }, { termFrom: { lte: at } }] },
      { OR: [{ termUntil: null }, { termUntil: { gt: at } }] },
    ],
  };
  const seats = await db.seat.findMany({
    where: { OR: [{ id: { in: [...rolled.keys(), ...more.ids] } }, ...(more.all ? [seated] : [])] },
    include: seatWithNames,
  });
  const holderOf = (seat: (typeof seats)[number]): string => rolled.get(seat.id) ?? seat.holderId;
  const holders = seats.map(holderOf);
  const names = await namesOf(db, holders);
  const away = await db.away.findMany({
    where: {
      personId: { in: holders },
      from: { lte: at },
      until: { gt: at },
      OR: [{ cancelledAt: null }, { cancelledAt: { gt: at } }],
    },
    select: { personId: true },
  });
  return seats.map((seat) => {
    const holder = holderOf(seat);
    const name = names.get(holder) ?? '—';
    return {
      key: seat.key,
      title: seatTitle({ ...seat, holder: { name } }),
      holder: name,
      away: away.some((one) => one.personId === holder),
    };
  });
};

const motionRecord = async (db: Db, caseId: string): Promise<Proceedings | undefined> => {
  const [motion] = await readMotions(db, { caseId });
  const ballot = motion?.ballots.at(-1);
  if (!motion || !ballot) return undefined;
  const names = await namesOf(db, [motion.moverId, ...motion.seconds.map((one) => one.personId)]);
  const record = await motionOnRecord(db, motion, ballot, names);
  return {
    ref: motion.case.ref,
    title: motion.title,
    ...(await ofAlliance(db)),
    meeting: null,
    seats: await seatsOnRecord(db, [ballot], ballot.openedAt, { ids: [], all: false }),
    motions: [record],
    draft: null,
  };
};

const meetingRecord = async (db: Db, caseId: string): Promise<Proceedings | undefined> => {
  const row = await db.meeting.findUnique({
    where: { caseId },
    include: {
      case: { select: { ref: true, minutes: { include: { replies: { orderBy: { at: 'asc' } } } } } },
      presences: { include: { seat: { select: { key: true } } } },
    },
  });
  if (!row?.endedAt || !row.startedAt) return undefined;
  const sat = { from: row.startedAt, until: row.endedAt };
  const during = { gte: sat.from, lte: sat.until };
  const motions = (
    await readMotions(db, {
      OR: [{ meetingId: caseId }, { ballots: { some: { means: 'meeting', openedAt: during } } }],
    })
  )
    .map((motion) => ({ motion, ballot: ballotAt(motion, caseId, sat) }))
    .filter(({ motion, ballot }) => motion.meetingId === caseId || ballot !== undefined)
    .sort((a, b) => byNumber(a.motion.case.ref, b.motion.case.ref));
  const ballots = motions.flatMap(({ ballot }) => ballot ?? []);
  const proxies = await proxiesAt(db, caseId, ballots, row.presences);
  const { minutes } = row.case;
  const names = await namesOf(db, [
    row.callerId,
    ...row.presences.map((one) => one.personId),
    ...proxies.map((one) => one.personId),
    ...motions.flatMap(({ motion }) => [motion.moverId, ...motion.seconds.map((one) => one.personId)]),
    ...(minutes?.replies ?? []).map((one) => one.personId),
  ]);
  const nameOf = (id: string): string => names.get(id) ?? '—';
  const records: MotionOnRecord[] = [];
  for (const { motion, ballot } of motions) records.push(await motionOnRecord(db, motion, ballot, names));
  return {
    ref: row.case.ref,
    title: row.title,
    ...(await ofAlliance(db)),
    meeting: {
      place: row.place,
      caller: nameOf(row.callerId),
      startsAt: row.startsAt,
      startedAt: row.startedAt,
      endedAt: row.endedAt,
      presences: row.presences.map(({ seat, personId, standing, at, leftAt }) => ({
        seat: seat.key,
        person: nameOf(personId),
        standing,
        at,
        leftAt,
      })),
      proxies: proxies.map(({ seat, personId }) => ({ seat, person: nameOf(personId) })),
    },
    seats: await seatsOnRecord(db, ballots, row.startedAt, {
      ids: row.presences.map((one) => one.seatId),
      all: true,
    }),
    motions: records,
    draft: minutes && {
      draftedAt: minutes.draftedAt,
      confirmedAt: minutes.confirmedAt,
      replies: minutes.replies.map(({ personId, correction, at }) => ({
        person: nameOf(personId),
        correction,
        at,
      })),
    },
  };
};

/**
 * The last ballot on the motion at this meeting. A motion that found no quorum goes on to another meeting; what
 * happened here stays here. Of two meetings at once, it was where the motion is now.
 */
const ballotAt = (
  motion: MotionRow,
  meetingId: string,
  sat: { readonly from: Date; readonly until: Date },
): BallotRow | undefined =>
  motion.ballots.findLast((ballot) => {
    if (ballot.means !== 'meeting' || ballot.openedAt < sat.from || ballot.openedAt > sat.until) return false;
    if (motion.meetingId === meetingId || !motion.meeting?.startedAt) return true;
    return motion.meeting.startedAt > ballot.openedAt;
  });

/** Who was there for a seat as its proxy: by an accepted letter for the meeting, or by a vote cast for the seat. */
const proxiesAt = async (
  db: Db,
  meetingId: string,
  ballots: readonly BallotRow[],
  presences: readonly { readonly personId: string }[],
): Promise<readonly { readonly seat: string; readonly personId: string }[]> => {
  const letters = await db.proxy.findMany({
    where: {
      aboutId: meetingId,
      proxyId: { in: presences.map((one) => one.personId) },
      case: { state: { in: ['accepted', 'used', 'lapsed'] }, entries: { some: { act: 'proxy.accept' } } },
    },
    include: { seat: { select: { key: true } } },
  });
  return [
    ...ballots.flatMap((one) =>
      one.votes
        .filter((vote) => vote.standing === 'proxy')
        .map((vote) => ({ seat: vote.seat.key, personId: vote.personId })),
    ),
    ...letters.map((one) => ({ seat: one.seat.key, personId: one.proxyId })),
  ];
};
