/**
 * A closed ballot as it is published: everything that is needed to count it again, nothing that ties a secret choice to
 * its seat, and nobody’s name: a vote is the seat’s, and the person behind it may have to be forgotten one day. Its
 * fingerprint is posted with the result, so that a changed copy is found out.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { ruleSchema } from '../../core/rulebook-schema.js';
import { same } from '../../core/text.js';
import type { OpenedBallot } from './ballot.js';
import { standingVotes } from './ballot.js';
import { type Ballot, type CountedVote, count, type Tally } from './tally.js';

const choice = z.enum(['yes', 'no', 'abstain']);
const instant = z.iso.datetime();
const titled = z.strictObject({ zh: z.string(), en: z.string() });

const votesByName = z.strictObject({
  secret: z.literal(false),
  votes: z.array(
    z.strictObject({
      seat: z.string(),
      as: z.enum(['holder', 'alternate', 'proxy']),
      choice,
      valid: z.boolean(),
      castAt: instant,
      receipt: z.string(),
    }),
  ),
});

const votesInSecret = z.strictObject({
  secret: z.literal(true),
  /** Both sorted, each for itself: neither order tells anything of the other. */
  receipts: z.array(z.string()),
  choices: z.array(choice),
  /** Cast on an earlier version of the text and never confirmed: they were not opened. */
  unconfirmed: z.int().min(0),
});

export const recordSchema = z.strictObject({
  format: z.literal('alliance-desk/ballot/1'),
  motion: z.string(),
  title: z.string(),
  text: z.string(),
  textVersion: z.int(),
  call: z.int(),
  means: z.enum(['meeting', 'circulation']),
  openedAt: instant,
  closedAt: instant,
  rulebook: z.strictObject({ version: z.string(), hash: z.string() }),
  matter: z.string(),
  rule: ruleSchema,
  roll: z.array(
    z.strictObject({
      seat: z.string(),
      title: titled,
      recused: z.boolean(),
      suspended: z.boolean(),
      present: z.boolean(),
      voted: z.boolean(),
    }),
  ),
  ballots: z.discriminatedUnion('secret', [votesByName, votesInSecret]),
  /** What the desk made of it, to be compared. */
  outcome: z.enum(['carried', 'lost', 'tied', 'noQuorum', 'noted']),
  needed: z.int(),
  got: z.int(),
});
export type BallotRecord = z.output<typeof recordSchema>;

type Motion = {
  readonly title: string;
  readonly text: string;
  readonly version: number;
  readonly matter: string;
};

/** The record of a ballot that has been counted. */
export const recordOf = (ref: string, motion: Motion, opened: OpenedBallot, tally: Tally): BallotRecord => {
  const { ballot, roll, rule } = opened;
  const votes = standingVotes(opened);
  const voted = new Set(votes.map((vote) => vote.seatId));
  const keys = new Map(roll.map((row) => [row.seatId, row.seat.key]));
  return {
    format: 'alliance-desk/ballot/1',
    motion: ref,
    title: motion.title,
    text: motion.text,
    textVersion: motion.version,
    call: ballot.call,
    means: ballot.means,
    openedAt: ballot.openedAt.toISOString(),
    closedAt: (ballot.closedAt ?? ballot.closesAt).toISOString(),
    rulebook: { version: ballot.rulebookVersion, hash: ballot.rulebookHash },
    matter: motion.matter,
    rule,
    roll: roll.map((row) => ({
      seat: row.seat.key,
      title: row.seat.park ? row.title : same(row.seat.key),
      recused: row.recusedAt !== null,
      suspended: row.suspendedAt !== null && rule.suspended === 'leave',
      present: row.present,
      voted: voted.has(row.seatId),
    })),
    ballots: rule.secret
      ? {
          secret: true,
          receipts: votes.map((vote) => vote.receipt).sort(),
          choices: [...ballot.choices].sort(),
          unconfirmed: tally.invalid,
        }
      : {
          secret: false,
          votes: votes.map((vote) => ({
            seat: keys.get(vote.seatId) ?? '',
            as: vote.standing,
            choice: vote.choice ?? 'abstain',
            valid: vote.version === motion.version,
            castAt: vote.castAt.toISOString(),
            receipt: vote.receipt,
          })),
        },
    outcome: tally.outcome,
    needed: tally.needed,
    got: tally.got,
  };
};

/** Keys in order at every level: the same record always gives the same text. */
const canonical = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, one]) => [key, canonical(one)]),
  );
};

/** Sixteen hexadecimal digits of the SHA-256 of the record, in groups of four. */
export const fingerprintOf = (record: BallotRecord): string => {
  const hash = createHash('sha256')
    .update(JSON.stringify(canonical(record)))
    .digest('hex');
  return hash.slice(0, 16).replace(/(.{4})(?=.)/g, '$1-');
};

/** The record as it is counted again. */
const ballotIn = ({ rule, means, roll, ballots }: BallotRecord): Ballot => ({
  rule,
  means,
  roll: roll.map(({ seat, recused, suspended, present }) => ({ id: seat, recused, suspended, present })),
  votes: ballots.secret
    ? [
        ...ballots.choices.map((one): CountedVote => ({ choice: one, valid: true })),
        ...Array.from(
          { length: ballots.unconfirmed },
          (): CountedVote => ({ choice: 'abstain', valid: false }),
        ),
      ]
    : ballots.votes.map(({ choice: one, valid }): CountedVote => ({ choice: one, valid })),
});

export type Recount = {
  readonly tally: Tally;
  readonly fingerprint: string;
  readonly problems: readonly string[];
};

/** Counts a record again and tells everything that does not agree. Needs no desk and no database. */
export const recount = (record: BallotRecord): Recount => {
  const tally = count(ballotIn(record));
  const { ballots, roll } = record;
  const receipts = ballots.secret ? ballots.receipts : ballots.votes.map((vote) => vote.receipt);
  const votes = ballots.secret ? ballots.choices.length + ballots.unconfirmed : ballots.votes.length;
  const may = new Set(roll.filter((one) => !one.recused && !one.suspended).map((one) => one.seat));
  const seats = ballots.secret ? [] : ballots.votes.map((vote) => vote.seat);
  const voted = roll.filter((one) => one.voted).map((one) => one.seat);
  const problems = [
    ...(tally.outcome === record.outcome
      ? []
      : [`The outcome is given as “${record.outcome}”, but the votes come to “${tally.outcome}”.`]),
    ...(tally.needed === record.needed && tally.got === record.got
      ? []
      : [
          `Given as needed ${record.needed}, got ${record.got}; counted again: needed ${tally.needed}, got ${tally.got}.`,
        ]),
    ...(new Set(receipts).size === receipts.length ? [] : ['A receipt is listed twice.']),
    ...(receipts.length === votes ? [] : [`There are ${receipts.length} receipts for ${votes} votes.`]),
    ...(new Set(seats).size === seats.length ? [] : ['A seat has voted twice.']),
    ...[...new Set([...seats, ...voted])]
      .filter((one) => !may.has(one))
      .map((one) => `${one} voted, but had no vote in this ballot.`),
    ...seats.filter((one) => !voted.includes(one)).map((one) => `${one} voted, which the roll does not say.`),
    ...(voted.length === votes
      ? []
      : [`The roll says that ${voted.length} seats voted; there are ${votes} votes.`]),
  ];
  return { tally, fingerprint: fingerprintOf(record), problems };
};

/** The tally of a ballot that has been counted. */
export const tallyOf = ({ record }: { readonly record: unknown }): Tally =>
  recount(recordSchema.parse(record)).tally;
