/** What all the meetings of an event came to, in figures. Pure: no name goes in, so none comes out. */
import type { FollowUp } from '../../database.js';
import type { State } from './header.js';

export type Stage = FollowUp['stage'];
export type Amount = NonNullable<FollowUp['amount']>;
/** From the least to the most. */
export const stageOrder = ['nothing', 'contact', 'talks', 'intent', 'signed'] as const;
export const amountOrder = ['upTo100', 'upTo500', 'upTo2000', 'more'] as const;

type Answer = Pick<FollowUp, 'personId' | 'afterDays' | 'stage' | 'amount'>;

/** The last that somebody said, up to so many days after the event. */
export const latestOf = <One extends Answer>(
  answers: readonly One[],
  personId: string,
  upTo = Number.POSITIVE_INFINITY,
): One | undefined =>
  answers
    .filter((one) => one.personId === personId && one.afterDays <= upTo)
    .toSorted((a, b) => b.afterDays - a.afterDays)[0];

/** Whether both have said last that nothing came of it. */
export const nothingCame = (a: {
  readonly askerId: string;
  readonly askedId: string;
  readonly followUps: readonly Answer[];
}): boolean => [a.askerId, a.askedId].every((id) => latestOf(a.followUps, id)?.stage === 'nothing');

export type Outcome = { readonly stage: Stage; readonly amount: Amount | null };

/**
 * What came of a meeting as the answers to one question have it. One of the two may know of more than the other: the
 * further stage counts, and of two amounts the lower. Undefined: neither has answered.
 */
export const outcomeOf = (answers: readonly Pick<Answer, 'stage' | 'amount'>[]): Outcome | undefined => {
  const stage = stageOrder.findLast((one) => answers.some((answer) => answer.stage === one));
  if (stage === undefined) return undefined;
  const furthest = answers.filter((one) => one.stage === stage);
  return {
    stage,
    amount: amountOrder.find((one) => furthest.some((answer) => answer.amount === one)) ?? null,
  };
};

/** Who has said that nothing came of it is not asked again: later it is still so, unless somebody says otherwise. */
const outcomeAfter = (answers: readonly Answer[], day: number): Outcome | undefined => {
  const told = answers.filter((one) => one.afterDays === day);
  if (told.length > 0) return outcomeOf(told);
  const people = [...new Set(answers.map((one) => one.personId))];
  const isOver = people.length === 2 && people.every((id) => latestOf(answers, id, day)?.stage === 'nothing');
  return isOver ? { stage: 'nothing', amount: null } : undefined;
};

type Told = { readonly state: string; readonly followUps: readonly Answer[] };

export type Counted<Key> = readonly { readonly key: Key; readonly count: number }[];

export type Period = {
  readonly day: number;
  readonly unanswered: number;
  readonly stages: Counted<Stage>;
  /** Of those with an intent or a contract, where an amount was told. */
  readonly amounts: Counted<Amount>;
};

export type Figures = {
  readonly asked: number;
  /** Agreed at some time, whether or not it was held in the end. */
  readonly accepted: number;
  readonly declined: number;
  readonly expired: number;
  readonly withdrawn: number;
  readonly waiting: number;
  readonly cancelled: number;
  readonly held: number;
  readonly periods: readonly Period[];
};

const counted = <Key>(keys: readonly Key[], found: readonly Key[]): Counted<Key> =>
  keys.map((key) => ({ key, count: found.filter((one) => one === key).length }));

/** The figures of an event, and what was known after each of these days. */
export const figuresOf = (appointments: readonly Told[], days: readonly number[]): Figures => {
  const inState = (...states: readonly State[]): number =>
    appointments.filter((one) => states.some((state) => state === one.state)).length;
  const held = appointments.filter((one) => one.state === 'met' || one.state === 'done');
  return {
    asked: appointments.length,
    accepted: inState('agreed', 'met', 'done', 'cancelled'),
    declined: inState('declined'),
    expired: inState('expired'),
    withdrawn: inState('withdrawn'),
    waiting: inState('requested'),
    cancelled: inState('cancelled'),
    held: held.length,
    periods: days.map((day) => {
      const outcomes = held.map((one) => outcomeAfter(one.followUps, day));
      const known = outcomes.filter((one) => one !== undefined);
      return {
        day,
        unanswered: outcomes.length - known.length,
        stages: counted(
          stageOrder,
          known.map((one) => one.stage),
        ),
        amounts: counted(
          amountOrder,
          known.flatMap((one) => one.amount ?? []),
        ),
      };
    }),
  };
};
