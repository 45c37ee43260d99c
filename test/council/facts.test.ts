/** Voting rules that are in force somewhere, and what their bodies stumbled over. */
import { describe, expect, it } from 'vitest';
import { atLeast } from '../../src/core/fraction.js';
import type { Base, Majority, Rule } from '../../src/core/rulebook.js';
import { count } from '../../src/workflows/council/tally.js';
import { atLeastShare, ballot, type Numbers, rule, share } from './ballots.js';

const present = (over: number, under: number): Rule['quorum'] => ({
  share: share(over, under),
  by: 'present',
});
const takingPart = (over: number, under: number): Rule['quorum'] => ({
  share: share(over, under),
  by: 'takingPart',
});

const outcome = (by: Rule, numbers: Numbers) => count(ballot(by, numbers)).outcome;

describe('社会团体 council: two thirds present, two thirds of those present', () => {
  const by = rule({ quorum: present(2, 3), majority: atLeastShare(2, 3), base: 'entitledPresent' });

  it('may meet with 9 of 13 and not with 8', () => {
    expect(outcome(by, { seats: 13, present: 8, yes: 8 })).toBe('noQuorum');
    expect(outcome(by, { seats: 13, present: 9, yes: 6 })).toBe('carried');
  });

  it('passes with 6 of the 9 present and not with 5, even if nobody is against', () => {
    expect(count(ballot(by, { seats: 13, present: 9, yes: 5, abstain: 4 }))).toMatchObject({
      needed: 6,
      got: 5,
      outcome: 'lost',
    });
  });
});

describe('基金会 council: two thirds present, more than half of those present', () => {
  const everyday = rule({ quorum: present(2, 3), majority: { kind: 'simple' }, base: 'entitledPresent' });
  const important = { ...everyday, majority: atLeastShare(2, 3) };

  it('passes an everyday matter with more than half of those present', () => {
    expect(outcome(everyday, { seats: 15, present: 10, yes: 5, no: 4 })).toBe('lost');
    expect(outcome(everyday, { seats: 15, present: 10, yes: 6, no: 4 })).toBe('carried');
    expect(outcome(everyday, { seats: 15, present: 9, yes: 9 })).toBe('noQuorum');
  });

  it('passes an important matter with two thirds of those present', () => {
    expect(outcome(important, { seats: 15, present: 10, yes: 6, no: 4 })).toBe('lost');
    expect(outcome(important, { seats: 15, present: 10, yes: 7, no: 3 })).toBe('carried');
  });
});

describe('民办非企业 council: half present, more than half of all seats', () => {
  const everyday = rule({ quorum: present(1, 2), majority: { kind: 'absolute' }, base: 'entitledPresent' });
  const important = rule({ quorum: present(1, 2), majority: atLeastShare(2, 3), base: 'entitled' });

  it('may meet with half of the seats', () => {
    expect(count(ballot(everyday, { seats: 13, present: 6 })).quorum).toMatchObject({
      needed: 7,
      met: false,
    });
    expect(count(ballot(everyday, { seats: 12, present: 6 })).quorum).toMatchObject({ needed: 6, met: true });
  });

  it('passes an everyday matter with more than half of all seats, however few are there', () => {
    expect(outcome(everyday, { seats: 13, present: 7, yes: 6 })).toBe('lost');
    expect(outcome(everyday, { seats: 13, present: 7, yes: 7 })).toBe('carried');
    expect(count(ballot(everyday, { seats: 13, present: 7, yes: 7 })).base).toEqual({
      kind: 'entitled',
      size: 13,
    });
  });

  it('passes an important matter with two thirds of all seats', () => {
    expect(outcome(important, { seats: 13, present: 10, yes: 8, no: 2 })).toBe('lost');
    expect(outcome(important, { seats: 13, present: 10, yes: 9, no: 1 })).toBe('carried');
  });
});

describe('by correspondence (通信形式)', () => {
  it('counts the seats taking part where the charter speaks of those present', () => {
    const by = rule({ quorum: present(2, 3), majority: atLeastShare(2, 3), base: 'entitledPresent' });
    expect(count(ballot(by, { seats: 13, yes: 6, no: 3 }))).toMatchObject({
      quorum: { by: 'takingPart', reached: 9, met: true },
      base: { size: 9 },
      needed: 6,
      outcome: 'carried',
    });
    expect(outcome(by, { seats: 13, yes: 8 })).toBe('noQuorum');
  });
});

describe('the circular resolution of OpenStreetMap’s board: 3 yes and 5 abstentions', () => {
  const circular = (base: Base, silence: Rule['abstention']['silence']) =>
    rule({ quorum: takingPart(0, 1), majority: { kind: 'simple' }, base, abstention: { silence } });

  it('passed of the yes and no votes, and would have failed of all votes', () => {
    expect(outcome(circular('YN', 'nothing'), { seats: 8, yes: 3, abstain: 5 })).toBe('carried');
    expect(count(ballot(circular('YNA', 'nothing'), { seats: 8, yes: 3, abstain: 5 }))).toMatchObject({
      needed: 5,
      got: 3,
      outcome: 'lost',
    });
  });

  it('comes out the same when silence counts as abstention', () => {
    expect(outcome(circular('YN', 'abstain'), { seats: 8, yes: 3 })).toBe('carried');
    expect(outcome(circular('YNA', 'abstain'), { seats: 8, yes: 3 })).toBe('lost');
  });

  it('does not make a quorum out of silence', () => {
    const withQuorum = { ...circular('YN', 'abstain'), quorum: takingPart(1, 2) };
    expect(outcome(withQuorum, { seats: 8, yes: 3 })).toBe('noQuorum');
    expect(outcome(withQuorum, { seats: 8, yes: 3, abstain: 1 })).toBe('carried');
  });
});

describe('abstentions, the classic trap (GrantShares 38, Joystream 2383)', () => {
  const by = (abstention: Partial<Rule['abstention']>) =>
    rule({ quorum: takingPart(2, 3), majority: { kind: 'simple' }, base: 'valid', abstention });
  const numbers = { seats: 12, yes: 4, no: 1, abstain: 3 };

  it('count towards the quorum, or do not', () => {
    expect(count(ballot(by({ inQuorum: true }), numbers)).quorum).toMatchObject({ reached: 8, met: true });
    expect(count(ballot(by({ inQuorum: false }), numbers)).quorum).toMatchObject({ reached: 5, met: false });
  });

  it('count in the base, or do not', () => {
    expect(count(ballot(by({ inBase: true }), numbers))).toMatchObject({ needed: 5, outcome: 'lost' });
    expect(count(ballot(by({ inBase: false }), numbers))).toMatchObject({ needed: 3, outcome: 'carried' });
  });

  it('are not the same as silence, which is nothing, an abstention or consent', () => {
    const base = (silence: Rule['abstention']['silence']) => {
      const { needed, got, silent } = count(ballot(by({ silence }), numbers));
      return { needed, got, silent };
    };
    expect(base('nothing')).toEqual({ needed: 5, got: 4, silent: 4 });
    expect(base('abstain')).toEqual({ needed: 7, got: 4, silent: 4 });
    expect(base('consent')).toEqual({ needed: 7, got: 8, silent: 4 });
  });
});

describe('the nine bases of OpenSlides', () => {
  // 20 seats, one of them recused: 15 are present; 6 yes, 4 no, 3 abstentions, 1 not confirmed.
  const numbers = { seats: 20, recused: 1, present: 15, yes: 6, no: 4, abstain: 3, invalid: 1 };
  const two: Majority = { kind: 'simple' };
  const sizes: readonly [Base, number, number][] = [
    ['Y', 6, 4],
    ['YN', 10, 6],
    ['YNA', 13, 7],
    ['N', 4, 3],
    ['valid', 13, 7],
    ['cast', 14, 8],
    ['entitled', 19, 10],
    ['entitledPresent', 15, 8],
  ];
  it.each(sizes)('%s is %i votes, more than half of it %i', (base, size, needed) => {
    const by = rule({ quorum: takingPart(0, 1), majority: two, base });
    expect(count(ballot(by, numbers))).toMatchObject({
      base: { kind: base, size },
      needed,
      outcome: needed <= 6 ? 'carried' : 'lost',
    });
  });

  it('disabled decides nothing', () => {
    const by = rule({ quorum: takingPart(0, 1), majority: two, base: 'disabled' });
    expect(count(ballot(by, numbers))).toMatchObject({ base: { size: 0 }, outcome: 'noted' });
  });
});

describe('exact shares', () => {
  it('two thirds of 13 seats are 9, never 8.67', () => {
    expect(atLeast(share(2, 3), 13)).toBe(9);
    const by = rule({ quorum: takingPart(2, 3) });
    expect(count(ballot(by, { seats: 13 })).quorum.needed).toBe(9);
  });

  it('two thirds of 12 are 8 to the vote, and more than two thirds 9', () => {
    const all = { seats: 12, yes: 8, no: 4 };
    expect(outcome(rule({ majority: atLeastShare(2, 3) }), all)).toBe('carried');
    const more: Majority = { kind: 'share', share: share(2, 3), more: true };
    expect(count(ballot(rule({ majority: more }), all))).toMatchObject({ needed: 9, outcome: 'lost' });
  });
});

describe('a tie', () => {
  const even = { seats: 12, yes: 6, no: 6 };

  it('fails, or goes to the chair, as the rule says', () => {
    expect(outcome(rule({ ties: 'fail' }), even)).toBe('lost');
    expect(outcome(rule({ ties: 'chair' }), even)).toBe('tied');
  });

  it('does not go to the chair where one more yes would not have been enough', () => {
    expect(outcome(rule({ ties: 'chair', majority: atLeastShare(2, 3) }), even)).toBe('lost');
    expect(
      outcome(rule({ ties: 'chair', majority: { kind: 'unanimous' } }), { seats: 2, yes: 1, no: 1 }),
    ).toBe('lost');
    expect(outcome(rule({ ties: 'chair', quorum: takingPart(0, 1) }), { seats: 12 })).toBe('lost');
  });
});

describe('the example of a result that explains itself', () => {
  it('13 seats, 1 recused, 10 took part: needed 7, got 8', () => {
    const by = rule({
      recused: 'stay',
      quorum: takingPart(2, 3),
      majority: atLeastShare(2, 3),
      base: 'YNA',
    });
    expect(count(ballot(by, { seats: 13, recused: 1, yes: 8, no: 1, abstain: 1 }))).toMatchObject({
      outcome: 'carried',
      entitled: 12,
      quorum: { needed: 9, of: 13, reached: 10 },
      base: { kind: 'YNA', size: 10 },
      needed: 7,
      got: 8,
      withoutRecusal: { quorum: 9, of: 13, needed: 7 },
    });
  });
});
