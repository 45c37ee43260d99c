/** Counts a ballot by its rule. Pure, in whole numbers. */
import type { Base, Rule } from '../../core/rulebook.js';

export type Choice = 'yes' | 'no' | 'abstain';

/** A seat on the roll of a ballot, as it stands at closing. */
export type RollSeat = {
  readonly id: string;
  readonly recused: boolean;
  /** Suspended since the ballot was opened, under a rule by which such a seat leaves it. */
  readonly suspended: boolean;
  /** At the meeting, in person or by proxy. By circulation: false for all. */
  readonly present: boolean;
};

export type CountedVote = {
  readonly choice: Choice;
  /** Cast, and confirmed since the text was last amended. A vote that is not valid is cast all the same. */
  readonly valid: boolean;
};

/**
 * What is counted. The votes are those of seats that may vote, one per seat at the most; they do not name the
 * seat, so that a secret ballot is counted by the same function.
 */
export type Ballot = {
  readonly rule: Rule;
  readonly means: 'meeting' | 'circulation';
  readonly roll: readonly RollSeat[];
  readonly votes: readonly CountedVote[];
};

export type Outcome = 'carried' | 'lost' | 'tied' | 'noQuorum' | 'noted';

export type Quorum = {
  readonly needed: number;
  /** The seats that it is taken of. */
  readonly of: number;
  readonly reached: number;
  readonly met: boolean;
};

export type Tally = {
  readonly outcome: Outcome;
  /** All seats on the roll, those that recused themselves or were suspended included. */
  readonly seats: number;
  readonly recused: number;
  readonly suspended: number;
  /** Seats that may vote. */
  readonly entitled: number;
  readonly present: number;
  /** Votes cast, valid or not. */
  readonly cast: number;
  readonly invalid: number;
  /** Valid votes, before silence is counted as anything. */
  readonly yes: number;
  readonly no: number;
  readonly abstain: number;
  /** Seats that may vote and did not. */
  readonly silent: number;
  /** What was made of them by the rule. */
  readonly silence: Rule['abstention']['silence'];
  readonly quorum: Quorum;
  readonly base: { readonly kind: Base; readonly size: number };
  /** Yes that were needed and that there were (silent consent included). With `objections`: the most no allowed, and the no. */
  readonly needed: number;
  readonly got: number;
  /** With recused seats: what the quorum and the majority would have been, had nobody recused themselves. */
  readonly withoutRecusal?: { readonly quorum: number; readonly of: number; readonly needed: number };
};
