/** A ballot in the tables: opened with its roll, read for counting. What is counted is in tally.ts. */
import { matterOf, type Rule } from '../../core/rulebook.js';
import { ruleSchema } from '../../core/rulebook-schema.js';
import type { Db } from '../../database.js';
import type { About, Subject } from './header.js';
import { inSeatOrder, type SeatTitle, seatTitle, seatWithNames } from './seats.js';
import type { Ballot, Choice, CountedVote, RollSeat } from './tally.js';

export type BallotRow = Subject['ballots'][number];

/** The rule of the motion's matter as the rulebook has it now. */
export const ruleNow = ({ settings }: Pick<About, 'settings'>, matter: string): Rule => {
  const found = matterOf(settings.rulebook, matter);
  if (!found) throw new Error(`the rulebook knows no matter ${matter}`);
  return found.rule;
};

export const ruleOf = (ballot: Pick<BallotRow, 'rule'>): Rule => ruleSchema.parse(ballot.rule);

/** The ballot that is open, or was opened last. */
export const lastBallot = (motion: Subject): BallotRow => {
  const [ballot] = motion.ballots;
  if (!ballot) throw new Error(`no ballot was opened on ${motion.caseId}`);
  return ballot;
};

/** Opens the next ballot of a motion, with all seats on its roll that may vote now. */
export const createBallot = async (
  { db, case: c, subject: m, settings, vault, now }: About,
  rule: Rule,
  closesAt: Date,
): Promise<BallotRow> => {
  const seats = await db.seat.findMany({ where: seatedAt(now), select: { id: true, holderId: true } });
  const ballot = await db.ballot.create({
    data: {
      motionId: c.id,
      call: m.call + 1,
      means: m.means,
      rule,
      rulebookVersion: settings.rulebook.version,
      rulebookHash: settings.rulebook.hash,
      secret: rule.secret,
      sealedUnder: rule.secret ? vault.newSecret() : null,
      openedAt: now,
      closesAt,
      roll: { create: seats.map((seat) => ({ seatId: seat.id, holderId: seat.holderId })) },
    },
  });
  await db.motion.update({ where: { caseId: c.id }, data: { call: ballot.call } });
  return ballot;
};

/** Seats that are within their term and not suspended. */
export const seatedAt = (now: Date) => ({
  suspendedAt: null,
  AND: [
    { OR: [{ termFrom: null }, { termFrom: { lte: now } }] },
    { OR: [{ termUntil: null }, { termUntil: { gt: now } }] },
  ],
});

const current = { where: { supersededAt: null }, orderBy: { seat: { key: 'asc' } } } as const;

/** All seats, or some of them. */
type Some = readonly string[] | undefined;
const among = (seatIds: Some) => seatIds && { seatId: { in: [...seatIds] } };

const readRoll = (db: Db, ballotId: string, seatIds: Some) =>
  db.ballotSeat.findMany({
    where: { ballotId, ...among(seatIds) },
    include: { seat: { include: seatWithNames } },
    orderBy: { seat: { key: 'asc' } },
  });
const readVotes = (db: Db, ballotId: string, seatIds: Some) =>
  db.vote.findMany({ ...current, where: { ...current.where, ballotId, ...among(seatIds) } });

export type RollRow = Awaited<ReturnType<typeof readRoll>>[number];
export type VoteRow = Awaited<ReturnType<typeof readVotes>>[number];

export type OpenedBallot = {
  readonly ballot: BallotRow;
  readonly rule: Rule;
  readonly version: number;
  readonly roll: readonly (RollRow & { readonly title: SeatTitle; readonly present: boolean })[];
  /** One per seat that has voted. */
  readonly votes: readonly VoteRow[];
  /** The people who cast them. */
  readonly names: ReadonlyMap<string, string>;
};

/** A ballot with its roll and its votes, as they are now; or with what is there of some seats only. */
export const readBallot = async (db: Db, motion: Subject, seatIds?: Some): Promise<OpenedBallot> => {
  const ballot = lastBallot(motion);
  const [roll, votes] = [await readRoll(db, ballot.id, seatIds), await readVotes(db, ballot.id, seatIds)];
  const present =
    ballot.means === 'meeting' && motion.meetingId !== null
      ? await presentSeats(db, motion.meetingId, roll, votes)
      : new Set<string>();
  const inOrder = roll
    .map((row) => ({ ...row, title: seatTitle(row.seat), present: present.has(row.seatId) }))
    .sort((a, b) => inSeatOrder(a.seat, b.seat));
  return {
    ballot,
    rule: ruleOf(ballot),
    version: ballot.textVersion ?? motion.version,
    roll: inOrder,
    votes: inOrder.flatMap((row) => votes.filter((vote) => vote.seatId === row.seatId)),
    names: await namesOf(db, votes),
  };
};

const namesOf = async (db: Db, votes: readonly VoteRow[]): Promise<ReadonlyMap<string, string>> => {
  if (votes.length === 0) return new Map();
  const people = await db.person.findMany({
    where: { id: { in: [...new Set(votes.map((vote) => vote.personId))] } },
    select: { id: true, name: true },
  });
  return new Map(people.map((one) => [one.id, one.name]));
};

/** Seats that are at the meeting, or voted there: in person before they left, or by their proxy. */
const presentSeats = async (
  db: Db,
  meetingId: string,
  roll: readonly RollRow[],
  votes: readonly VoteRow[],
): Promise<ReadonlySet<string>> => {
  const there = await db.presence.findMany({ where: { meetingId, leftAt: null }, select: { seatId: true } });
  const known = new Set(roll.map((row) => row.seatId));
  return new Set([...there, ...votes].map((one) => one.seatId).filter((id) => known.has(id)));
};

const hasLeft = (row: RollRow, rule: Rule): boolean => row.suspendedAt !== null && rule.suspended === 'leave';

/** Seats that may vote: on the roll, not recused, and not suspended where that makes them leave. */
export const entitled = ({ roll, rule }: OpenedBallot) =>
  roll.filter((row) => row.recusedAt === null && !hasLeft(row, rule));

/** Those of them that have not voted, or have to confirm their vote since the text was amended. */
export const silent = (opened: OpenedBallot) => {
  const voted = new Set(
    opened.votes.filter((vote) => vote.version === opened.version).map((vote) => vote.seatId),
  );
  return entitled(opened).filter((row) => !voted.has(row.seatId));
};

/** Votes of seats that still may vote: one that has recused itself since takes its vote with it. */
export const standingVotes = (opened: OpenedBallot): readonly VoteRow[] => {
  const may = new Set(entitled(opened).map((row) => row.seatId));
  return opened.votes.filter((vote) => may.has(vote.seatId));
};

/** The ballot as it is counted. `choiceOf` reads a choice: in a secret ballot from under its seal. */
export const counted = (opened: OpenedBallot, choiceOf: (vote: VoteRow) => Choice): Ballot => ({
  rule: opened.rule,
  means: opened.ballot.means,
  roll: opened.roll.map(
    (row): RollSeat => ({
      id: row.seatId,
      recused: row.recusedAt !== null,
      suspended: hasLeft(row, opened.rule),
      present: row.present,
    }),
  ),
  votes: standingVotes(opened).map(
    (vote): CountedVote =>
      vote.version === opened.version
        ? { choice: choiceOf(vote), valid: true }
        : { choice: 'abstain', valid: false },
  ),
});
