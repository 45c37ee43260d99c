/** Ballots for tests: by hand, from a rule and a few numbers, or at random. */
import fc from 'fast-check';
import type { Fraction } from '../../src/core/fraction.js';
import { type Abstention, bases, type Majority, type Rule } from '../../src/core/rulebook.js';
import type { Ballot, Choice, CountedVote, RollSeat } from '../../src/workflows/council/tally.js';

/** Half of the seats take part; more yes than no. */
const plain: Rule = {
  moves: ['seat'],
  seconds: 0,
  noticeDays: 0,
  openDays: 7,
  challengeDays: 0,
  quorum: { share: { over: 1, under: 2 }, by: 'takingPart' },
  majority: { kind: 'simple' },
  base: 'YN',
  abstention: { inQuorum: true, inBase: true, silence: 'nothing' },
  ties: 'fail',
  recused: 'stay',
  suspended: 'leave',
  secret: false,
  circulation: true,
  meetingOnDemand: 0,
  changes: true,
  earlyClose: false,
  openChoices: false,
  proxies: 0,
  withoutQuorum: [],
};

type RuleChanges = Omit<Partial<Rule>, 'abstention'> & { readonly abstention?: Partial<Abstention> };

export const rule = (changes: RuleChanges = {}): Rule => ({
  ...plain,
  ...changes,
  abstention: { ...plain.abstention, ...changes.abstention },
});

export const share = (over: number, under: number): Fraction => ({ over, under });
export const atLeastShare = (over: number, under: number): Majority => ({
  kind: 'share',
  share: share(over, under),
  more: false,
});

export type Numbers = {
  readonly seats: number;
  /** At a meeting: how many of those that may vote are there. Left out: a circulation. */
  readonly present?: number;
  readonly recused?: number;
  readonly suspended?: number;
  readonly yes?: number;
  readonly no?: number;
  readonly abstain?: number;
  readonly invalid?: number;
};

const times = <T>(number: number | undefined, make: (at: number) => T): readonly T[] =>
  Array.from({ length: number ?? 0 }, (_, at) => make(at));

const votes = (choice: Choice, number: number | undefined, valid = true): readonly CountedVote[] =>
  times(number, () => ({ choice, valid }));

export const ballot = (by: Rule, numbers: Numbers): Ballot => {
  const [suspended, recused] = [numbers.suspended ?? 0, numbers.recused ?? 0];
  return {
    rule: by,
    means: numbers.present === undefined ? 'circulation' : 'meeting',
    roll: times(numbers.seats, (at) => ({
      id: `s${at + 1}`,
      suspended: at < suspended,
      recused: at >= suspended && at < suspended + recused,
      present: at >= suspended + recused && at < suspended + recused + (numbers.present ?? 0),
    })),
    votes: [
      ...votes('yes', numbers.yes),
      ...votes('no', numbers.no),
      ...votes('abstain', numbers.abstain),
      ...votes('yes', numbers.invalid, false),
    ],
  };
};

/** Small denominators, so that shares are hit exactly, and a few awkward ones. */
export const anyShare: fc.Arbitrary<Fraction> = fc
  .oneof({ weight: 9, arbitrary: fc.integer({ min: 1, max: 7 }) }, fc.integer({ min: 8, max: 9999 }))
  .chain((under) => fc.record({ over: fc.integer({ min: 0, max: under }), under: fc.constant(under) }));

const anyMajority: fc.Arbitrary<Majority> = fc.oneof(
  fc.constant<Majority>({ kind: 'simple' }),
  fc.constantFrom<Majority>({ kind: 'absolute' }, { kind: 'unanimous' }),
  fc.record({
    kind: fc.constant('share' as const),
    share: anyShare,
    more: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('objections' as const),
    atMost: fc.oneof(fc.integer({ min: 0, max: 5 }), anyShare),
  }),
);

export const anyRule: fc.Arbitrary<Rule> = fc
  .record({
    quorum: fc.record({
      share: fc.oneof(fc.constantFrom(share(0, 1), share(1, 2), share(2, 3)), anyShare),
      by: fc.constantFrom('present' as const, 'takingPart' as const),
    }),
    majority: anyMajority,
    base: fc.constantFrom(...bases),
    abstention: fc.record({
      inQuorum: fc.boolean(),
      inBase: fc.boolean(),
      silence: fc.constantFrom('nothing' as const, 'abstain' as const, 'consent' as const),
    }),
    ties: fc.constantFrom('fail' as const, 'chair' as const),
    recused: fc.constantFrom('leave' as const, 'stay' as const),
  })
  .map(rule);

const often = (percent: number) => fc.integer({ min: 0, max: 99 }).map((drawn) => drawn < percent);
const anyChoice = fc.constantFrom<Choice>('yes', 'no', 'abstain');

/** Random seats with what each of them does. A proxy's vote is the vote of the seat it stands in for. */
export const anyBallot = (most: number): fc.Arbitrary<Ballot> =>
  fc
    .record({
      rule: anyRule,
      means: fc.constantFrom('meeting' as const, 'circulation' as const),
      voting: fc.constantFrom(1, 2, 9),
      seats: fc.oneof(fc.integer({ min: 0, max: most }), fc.integer({ min: 1, max: Math.min(most, 9) })),
    })
    .chain(({ rule: by, means, voting, seats }) =>
      fc
        .array(
          fc.record({
            recused: often(15),
            suspended: often(10),
            present: often(80),
            vote: fc.option(fc.record({ choice: anyChoice, valid: often(92) }), { freq: voting }),
          }),
          { minLength: seats, maxLength: seats },
        )
        .map((drawn) => ({
          rule: by,
          means,
          roll: drawn.map(
            ({ recused, suspended, present }, at): RollSeat => ({
              id: `s${at + 1}`,
              recused,
              suspended,
              present: means === 'meeting' && present,
            }),
          ),
          // Some have voted and gone since: their vote stays.
          votes: drawn.flatMap(({ recused, suspended, vote }) =>
            vote === null || recused || suspended ? [] : [vote],
          ),
        })),
    );
