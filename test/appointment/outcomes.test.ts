import { describe, expect, test } from 'vitest';
import { openCalendar } from '../../src/core/calendar.js';
import { dayOf, workMorning } from '../../src/workflows/appointment/follow-up-plan.js';
import { figuresOf, nothingCame, outcomeOf } from '../../src/workflows/appointment/outcomes.js';

const calendar = openCalendar('Asia/Shanghai');
const at = (local: string): Date => new Date(`${local}:00+08:00`);

const told = (
  personId: string,
  afterDays: number,
  stage: 'nothing' | 'contact' | 'talks' | 'intent' | 'signed',
  amount: 'upTo100' | 'upTo500' | 'upTo2000' | 'more' | null = null,
) => ({ personId, afterDays, stage, amount });

describe('what came of a meeting', () => {
  test('is the further of two stages, and the lower of two amounts', () => {
    expect(outcomeOf([])).toBeUndefined();
    expect(outcomeOf([told('a', 1, 'nothing'), told('b', 1, 'talks')])).toEqual({
      stage: 'talks',
      amount: null,
    });
    expect(outcomeOf([told('a', 1, 'signed', 'more'), told('b', 1, 'signed', 'upTo500')])).toEqual({
      stage: 'signed',
      amount: 'upTo500',
    });
    // The amount of an intent is none of the contract.
    expect(outcomeOf([told('a', 1, 'signed', 'more'), told('b', 1, 'intent', 'upTo100')])).toEqual({
      stage: 'signed',
      amount: 'more',
    });
  });

  test('is nothing only when both said so last', () => {
    const pair = { askerId: 'a', askedId: 'b' };
    expect(nothingCame({ ...pair, followUps: [told('a', 1, 'nothing')] })).toBe(false);
    expect(nothingCame({ ...pair, followUps: [told('a', 1, 'nothing'), told('b', 1, 'nothing')] })).toBe(
      true,
    );
    expect(
      nothingCame({
        ...pair,
        followUps: [told('a', 1, 'nothing'), told('b', 1, 'nothing'), told('b', 30, 'talks')],
      }),
    ).toBe(false);
  });

  test('is summed up by meeting; where nothing came of it, it stays so without another answer', () => {
    const figures = figuresOf(
      [
        { state: 'met', followUps: [told('a', 1, 'talks'), told('b', 30, 'signed', 'upTo100')] },
        { state: 'done', followUps: [told('c', 1, 'nothing'), told('d', 1, 'nothing')] },
        { state: 'done', followUps: [told('e', 1, 'nothing')] },
        { state: 'declined', followUps: [] },
        { state: 'cancelled', followUps: [] },
        { state: 'requested', followUps: [] },
      ],
      [1, 30],
    );
    expect(figures).toMatchObject({ asked: 6, accepted: 4, declined: 1, cancelled: 1, waiting: 1, held: 3 });
    const found = figures.periods.map((one) => ({
      unanswered: one.unanswered,
      stages: one.stages.filter((stage) => stage.count > 0),
      amounts: one.amounts.filter((amount) => amount.count > 0),
    }));
    expect(found).toEqual([
      {
        unanswered: 0,
        stages: [
          { key: 'nothing', count: 2 },
          { key: 'talks', count: 1 },
        ],
        amounts: [],
      },
      {
        unanswered: 1,
        stages: [
          { key: 'nothing', count: 1 },
          { key: 'signed', count: 1 },
        ],
        amounts: [{ key: 'upTo100', count: 1 }],
      },
    ]);
  });
});

describe('the questions', () => {
  test.each([
    ['2026-11-27T16:00', 1, '2026-11-30T09:00', 'from Friday to Monday'],
    ['2026-11-26T22:00', 1, '2026-11-27T09:00', 'after a late evening'],
    ['2026-09-01T17:00', 30, '2026-10-08T09:00', 'beyond the holidays of October'],
  ])('after %s and %i days come at %s, %s', (ends, days, expected) => {
    expect(workMorning(at(ends), days, calendar)).toEqual(at(expected));
  });

  test('take the answers that come until the next one', () => {
    const ends = at('2026-11-27T16:00');
    const day = (local: string) => dayOf(ends, at(local), calendar);
    expect(day('2026-11-27T17:00')).toBe(1);
    expect(day('2026-12-27T12:00')).toBe(1);
    expect(day('2026-12-28T09:00')).toBe(30);
    expect(day('2027-02-25T12:00')).toBe(90);
  });
});
