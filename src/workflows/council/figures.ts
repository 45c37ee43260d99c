/** The arithmetic of a ballot: what its votes come down to, and what its rule makes of that. */
import { atLeast, type Fraction, moreThan } from '../../core/fraction.js';
import type { Abstention, Base, Majority, Rule } from '../../core/rulebook.js';
import type { Ballot, Choice, Outcome, Quorum, Tally } from './tally.js';

/**
 * Seats that have not voted and still could. What the rule makes of silence, it makes of theirs: a seat that
 * is away from a meeting did not keep silent there.
 */
export const couldVote = (
  { entitled, present, cast }: Pick<Tally, 'entitled' | 'present' | 'cast'>,
  means: Ballot['means'],
): number => Math.max(0, (means === 'meeting' ? present : entitled) - cast);

/** The numbers that a ballot comes down to. What silent seats could still say is only added to them. */
export type Figures = Pick<
  Tally,
  'seats' | 'recused' | 'suspended' | 'entitled' | 'present' | 'cast' | 'invalid' | Choice
>;

export const figuresOf = ({ roll, votes }: Ballot): Figures => {
  const entitled = roll.filter((seat) => !seat.recused && !seat.suspended);
  const suspended = roll.filter((seat) => seat.suspended);
  const valid = votes.filter((vote) => vote.valid);
  const said = (choice: Choice) => valid.filter((vote) => vote.choice === choice).length;
  return {
    seats: roll.length,
    recused: roll.length - suspended.length - entitled.length,
    suspended: suspended.length,
    entitled: entitled.length,
    present: entitled.filter((seat) => seat.present).length,
    cast: votes.length,
    invalid: votes.length - valid.length,
    yes: said('yes'),
    no: said('no'),
    abstain: said('abstain'),
  };
};

/** What a rule makes of the figures of a ballot. */
export type Judgement = Pick<Tally, 'outcome' | 'quorum' | 'base' | 'needed' | 'got'>;

export const judge = ({ rule, means }: Pick<Ballot, 'rule' | 'means'>, figures: Figures): Judgement => {
  const heard = withSilence(figures, rule.abstention.silence, couldVote(figures, means));
  const quorum = quorumOf(rule, means, figures);
  const kind = baseOf(rule);
  const base = { kind, size: baseSize(kind, heard, rule.abstention.inBase, means) };
  const needed = neededOf(rule.majority, base.size);
  return {
    outcome: quorum.met ? outcomeOf(rule, heard, needed) : 'noQuorum',
    quorum,
    base,
    needed,
    got: rule.majority.kind === 'objections' ? heard.no : heard.yes,
  };
};

/** The figures that a majority is reckoned from: silence is among the yes or the abstentions, or nowhere. */
type Heard = Pick<Figures, Choice | 'invalid' | 'entitled' | 'present'>;

const withSilence = (figures: Figures, silence: Abstention['silence'], silent: number): Heard => {
  const { yes, no, abstain, invalid, entitled, present } = figures;
  switch (silence) {
    case 'nothing':
      return figures;
    case 'abstain':
      return { yes, no, abstain: abstain + silent, invalid, entitled, present };
    case 'consent':
      return { yes: yes + silent, no, abstain, invalid, entitled, present };
    default:
      return silence satisfies never;
  }
};

const quorumOf = (rule: Rule, means: Ballot['means'], figures: Figures): Quorum => {
  const by = means === 'meeting' ? rule.quorum.by : 'takingPart';
  const of = figures.seats - figures.suspended - (rule.recused === 'leave' ? figures.recused : 0);
  const needed = atLeast(rule.quorum.share, of);
  const takingPart = figures.yes + figures.no + (rule.abstention.inQuorum ? figures.abstain : 0);
  const reached = by === 'present' ? figures.present : takingPart;
  return { by, needed, of, reached, met: reached >= needed };
};

const baseSize = (base: Base, heard: Heard, inBase: boolean, means: Ballot['means']): number => {
  switch (base) {
    case 'Y':
      return heard.yes;
    case 'YN':
      return heard.yes + heard.no;
    case 'YNA':
      return heard.yes + heard.no + heard.abstain;
    case 'N':
      return heard.no;
    case 'valid':
      return heard.yes + heard.no + (inBase ? heard.abstain : 0);
    case 'cast':
      return baseSize('valid', heard, inBase, means) + heard.invalid;
    case 'entitled':
      return heard.entitled;
    case 'entitledPresent':
      return means === 'meeting' ? heard.present : baseSize('cast', heard, inBase, means);
    case 'disabled':
      return 0;
    default:
      return base satisfies never;
  }
};

/** What the rule takes its majority of. */
export const baseOf = ({ majority, base }: Pick<Rule, 'majority' | 'base'>): Base =>
  majority.kind === 'absolute' ? 'entitled' : base;

const half: Fraction = { over: 1, under: 2 };

const neededOf = (majority: Majority, base: number): number => {
  switch (majority.kind) {
    case 'simple':
    case 'absolute':
      return moreThan(half, base);
    case 'share':
      return Math.max(1, (majority.more ? moreThan : atLeast)(majority.share, base));
    case 'unanimous':
      return Math.max(1, base);
    case 'objections':
      // The most that is not yet more than the share.
      return typeof majority.atMost === 'number' ? majority.atMost : moreThan(majority.atMost, base) - 1;
    default:
      return majority satisfies never;
  }
};

/** With the quorum met. */
const outcomeOf = (rule: Rule, { yes, no }: Heard, needed: number): Outcome => {
  const { kind } = rule.majority;
  if (rule.base === 'disabled') return 'noted';
  if (kind === 'objections') return yes >= 1 && no <= needed ? 'carried' : 'lost';
  if (yes >= needed) return 'carried';
  const even = yes === no && yes > 0 && yes + 1 >= needed;
  return even && rule.ties === 'chair' && kind !== 'unanimous' ? 'tied' : 'lost';
};
