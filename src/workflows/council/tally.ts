/** Counts a ballot by its rule. Pure, in whole numbers. */
import type { Abstention, Base, Majority, Rule } from '../../core/rulebook.js';
import { couldVote, type Figures, figuresOf, judge } from './figures.js';

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
  /** What was counted towards it: by circulation nobody is present, so it is always taking part. */
  readonly by: Rule['quorum']['by'];
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
  /** Of those, the ones at the meeting. */
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
  readonly abstention: Pick<Abstention, 'inQuorum' | 'inBase'>;
  readonly quorum: Quorum;
  readonly majority: Majority;
  readonly base: { readonly kind: Base; readonly size: number };
  /** Yes that were needed and that there were (silent consent included). With `objections`: the most no allowed, and the no. */
  readonly needed: number;
  readonly got: number;
  /** With recused seats: what the quorum and the majority would have been, had nobody recused themselves. */
  readonly withoutRecusal?: { readonly quorum: number; readonly of: number; readonly needed: number };
};

/** Counts a ballot and says what follows from it. Nobody is asked again: what is not cast is silence. */
export const count = (ballot: Ballot): Tally => {
  const figures = figuresOf(ballot);
  const { silence, inQuorum, inBase } = ballot.rule.abstention;
  const tally: Tally = {
    ...figures,
    ...judge(ballot, figures),
    silent: Math.max(0, figures.entitled - figures.cast),
    silence,
    abstention: { inQuorum, inBase },
    majority: ballot.rule.majority,
  };
  if (figures.recused === 0) return tally;
  const roll = ballot.roll.map((seat) => ({ ...seat, recused: false }));
  const { quorum, needed } = judge(ballot, figuresOf({ ...ballot, roll }));
  return { ...tally, withoutRecusal: { quorum: quorum.needed, of: quorum.of, needed } };
};

/**
 * Whether the outcome is the same whatever the silent seats still do; at a meeting, those that are there.
 * Votes that were cast are taken as final, valid or not.
 */
export const isSettled = (ballot: Ballot): boolean => {
  const figures = figuresOf(ballot);
  const { outcome } = judge(ballot, figures);
  const silent = couldVote(figures, ballot.means);
  for (const end of decisiveEnds(figures, silent, ballot.rule.abstention.silence)) {
    if (judge(ballot, end).outcome !== outcome) return false;
  }
  return true;
};

/**
 * Of all that the silent seats could still say, ends that speak for the others: every number of yes and of no,
 * while the rest keeps silent, or abstains where silence is consent.
 *
 * Why that is enough. All saying yes comes as near to the quorum as can be, and no vote ever loses it again: so
 * it is met at all ends, or at none, or these ends differ. Where it is met, silent consent is like a yes and a
 * silent abstention like one that is cast. And where silence is nothing, an abstention at most makes the base
 * bigger: what that spoils, a no spoils too; what it helps, where objections are counted, a yes helps too; and
 * where there is a tie with it, there is one without it.
 */
function* decisiveEnds(figures: Figures, silent: number, silence: Tally['silence']): Generator<Figures> {
  for (let yes = silent; yes >= 0; yes -= 1) {
    for (let no = silent - yes; no >= 0; no -= 1) {
      const abstain = silence === 'consent' ? silent - yes - no : 0;
      yield {
        ...figures,
        cast: figures.cast + yes + no + abstain,
        yes: figures.yes + yes,
        no: figures.no + no,
        abstain: figures.abstain + abstain,
      };
    }
  }
}
