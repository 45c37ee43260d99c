import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bases, type Rule } from '../../src/core/rulebook.js';
import { baseName, explain, requirement, turnout } from '../../src/workflows/council/explain.js';
import { count } from '../../src/workflows/council/tally.js';
import { anyBallot, anyRule, atLeastShare, ballot, type Numbers, rule, share } from './ballots.js';

const noQuorum: Rule['quorum'] = { share: share(0, 1), by: 'takingPart' };
const twoThirds: Rule['quorum'] = { share: share(2, 3), by: 'takingPart' };
const twoThirdsPresent: Rule['quorum'] = { share: share(2, 3), by: 'present' };

const charter = rule({ quorum: twoThirds, majority: atLeastShare(2, 3), base: 'YNA' });

const told = (by: Rule, numbers: Numbers) => {
  const drawn = ballot(by, numbers);
  return explain(count(drawn), { means: drawn.means });
};

describe('the explanation of a result', () => {
  it('shows the arithmetic, what a recusal changed, and how abstentions were counted', () => {
    expect(told(charter, { seats: 13, recused: 1, yes: 8, no: 1, abstain: 1 })).toEqual({
      en: '13 seats, 1 recused, quorum 9 of 12, 10 took part; base = taking part; needed 7, got 8: passed. Without the recusal: quorum 9 of 13, needed 7. 1 abstention counted in the base.',
      zh: '共13席，1席回避，法定人数9席（可表决12席），10席参与表决；计票基数为参与表决数；须7票赞成，得8票：通过。如无回避：法定人数9席（可表决13席），须7票赞成。弃权1票，计入基数。',
    });
  });

  it('is one sentence where there is nothing to ask', () => {
    expect(told(charter, { seats: 13, yes: 6, no: 4 })).toEqual({
      en: '13 seats, quorum 9 of 13, 10 took part; base = taking part; needed 7, got 6: not passed.',
      zh: '共13席，法定人数9席（可表决13席），10席参与表决；计票基数为参与表决数；须7票赞成，得6票：未通过。',
    });
  });

  it('says by how much the quorum was missed, and nothing of a majority', () => {
    expect(told(charter, { seats: 13, suspended: 1, yes: 6 })).toEqual({
      en: '13 seats, 1 suspended, quorum 8 of 12, 6 took part: the quorum was missed by 2, so nothing is decided.',
      zh: '共13席，1席暂停表决权，法定人数8席（可表决12席），6席参与表决：距法定人数差2席，未形成决议。',
    });
  });

  it('says why abstentions that were cast did not make the quorum', () => {
    const by = { ...charter, abstention: { ...charter.abstention, inQuorum: false } };
    expect(told(by, { seats: 9, yes: 5, abstain: 2 })).toEqual({
      en: '9 seats, quorum 6 of 9, 7 took part, 5 of them for the quorum: the quorum was missed by 1, so nothing is decided. 2 abstentions did not count for the quorum.',
      zh: '共9席，法定人数6席（可表决9席），7席参与表决，其中5席计入法定人数：距法定人数差1席，未形成决议。弃权2票，不计入法定人数。',
    });
  });

  it('tells who was present at a meeting', () => {
    const by = rule({ quorum: twoThirdsPresent, majority: { kind: 'simple' }, base: 'entitledPresent' });
    expect(told(by, { seats: 13, present: 10, yes: 6, no: 2 })).toEqual({
      en: '13 seats, quorum 9 of 13, 10 present, 8 took part; base = seats present; needed 6, got 6: passed.',
      zh: '共13席，法定人数9席（可表决13席），10席出席，8席参与表决；计票基数为出席席位数；须6票赞成，得6票：通过。',
    });
  });

  it('tells what silence was counted as', () => {
    const consent = rule({
      quorum: { ...twoThirds, share: share(1, 3) },
      abstention: { silence: 'consent' },
    });
    expect(told(consent, { seats: 9, yes: 2, no: 2 })).toEqual({
      en: '9 seats, quorum 3 of 9, 4 took part; base = yes and no votes; needed 5, got 7: passed. 5 seats kept silent and counted as yes, but not for the quorum.',
      zh: '共9席，法定人数3席（可表决9席），4席参与表决；计票基数为赞成票与反对票之和；须5票赞成，得7票：通过。5席未表态，视为赞成，但不计入法定人数。',
    });
    const abstain = rule({ quorum: noQuorum, base: 'YNA', abstention: { silence: 'abstain' } });
    expect(told(abstain, { seats: 6, present: 4, yes: 2, abstain: 1 })).toEqual({
      en: '6 seats, no quorum needed, 4 present, 3 took part; base = taking part; needed 3, got 2: not passed. 1 seat present kept silent and counted as an abstention. 2 abstentions counted in the base.',
      zh: '共6席，不设法定人数，4席出席，3席参与表决；计票基数为参与表决数；须3票赞成，得2票：未通过。1席出席而未表态，视为弃权。弃权2票，计入基数。',
    });
    expect(told(consent, { seats: 9, yes: 2 }).en).toBe(
      '9 seats, quorum 3 of 9, 2 took part: the quorum was missed by 1, so nothing is decided. 7 seats kept silent and did not count for the quorum.',
    );
  });

  it('tells of votes that were not confirmed after an amendment', () => {
    const numbers = { seats: 9, yes: 4, no: 2, invalid: 2 };
    expect(told(rule({ base: 'cast' }), numbers)).toEqual({
      en: '9 seats, quorum 5 of 9, 6 took part; base = votes cast; needed 5, got 4: not passed. 2 votes were not valid: cast before the last amendment and not confirmed since; counted in the base only.',
      zh: '共9席，法定人数5席（可表决9席），6席参与表决；计票基数为投票总数；须5票赞成，得4票：未通过。2票无效：投于文本最后一次修改之前，其后未经确认；仅计入基数。',
    });
    expect(told(rule(), { ...numbers, invalid: 1 }).en).toMatch(
      / 1 vote was not valid: cast before the last amendment and not confirmed since\.$/,
    );
  });

  it('ends in a tie, in a note, or with objections', () => {
    expect(told(rule({ ties: 'chair' }), { seats: 12, yes: 6, no: 6 })).toEqual({
      en: '12 seats, quorum 6 of 12, 12 took part; base = yes and no votes; needed 7, got 6: a tie at 6 each, for the chair to decide.',
      zh: '共12席，法定人数6席（可表决12席），12席参与表决；计票基数为赞成票与反对票之和；须7票赞成，得6票：赞成与反对各6票，由理事长决定。',
    });
    expect(told(rule({ base: 'disabled' }), { seats: 9, yes: 4, no: 2, abstain: 1 })).toEqual({
      en: '9 seats, quorum 5 of 9, 7 took part; 4 yes, 2 no, 1 abstention: noted, nothing is decided by it.',
      zh: '共9席，法定人数5席（可表决9席），7席参与表决；赞成4票，反对2票，弃权1票：仅作记录，不形成决议。',
    });
    const few = rule({ quorum: noQuorum, majority: { kind: 'objections', atMost: 2 } });
    expect(told(few, { seats: 9, recused: 1, yes: 3, no: 2 })).toEqual({
      en: '9 seats, 1 recused, no quorum needed, 5 took part; at most 2 no allowed, 2 cast: passed. Without the recusal: at most 2 no allowed.',
      zh: '共9席，1席回避，不设法定人数，5席参与表决；反对票最多2票，实有2票：通过。如无回避：反对票最多2票。',
    });
    expect(told(few, { seats: 9, no: 1 })).toEqual({
      en: '9 seats, no quorum needed, 1 took part; at most 2 no allowed, 1 cast: nobody said yes, so it did not pass.',
      zh: '共9席，不设法定人数，1席参与表决；反对票最多2票，实有1票：无人赞成，未通过。',
    });
  });

  it('always has the figures that decided, and ends as the count did', () => {
    const endings = {
      carried: [/: passed\./, /：通过。/],
      lost: [/: (not passed|nobody said yes, so it did not pass)\./, /未通过。/],
      tied: [/the chair to decide\./, /由理事长决定。/],
      noQuorum: [/the quorum was missed by \d+, so nothing is decided\./, /距法定人数差\d+席，未形成决议。/],
      noted: [/noted, nothing is decided by it\./, /仅作记录，不形成决议。/],
    } as const;
    fc.assert(
      fc.property(anyBallot(30), (drawn) => {
        const tally = count(drawn);
        const { en, zh } = explain(tally, drawn);
        for (const text of [en, zh]) expect(text).not.toMatch(/undefined|NaN|null|object|-\d|\.\.|。。|，，/);
        expect(en).toMatch(endings[tally.outcome][0]);
        expect(zh).toMatch(endings[tally.outcome][1]);
        expect(en).not.toMatch(/\b1 (seats|votes|abstentions)\b/);
        expect(zh).not.toMatch(/[,;:.a-z]/i);
        // The same numbers in the same order, whatever the language, except in what comes between brackets.
        const figures = (text: string) => text.match(/\d+/g)?.toSorted();
        if (tally.outcome !== 'tied') expect(figures(zh)).toEqual(figures(en));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('the names of the bases', () => {
  it('are all different, and know that by circulation nobody is present', () => {
    for (const language of ['zh', 'en'] as const) {
      expect(new Set(bases.map((base) => baseName(base, 'meeting')[language])).size).toBe(bases.length);
    }
    expect(baseName('entitledPresent', 'meeting')).toEqual({ zh: '出席席位数', en: 'seats present' });
    expect(baseName('entitledPresent', 'circulation')).toEqual({ zh: '投票总数', en: 'votes cast' });
  });
});

describe('what a ballot asks for', () => {
  it('is said in sentences before the vote', () => {
    expect(requirement({ ...charter, earlyClose: true }, 13, 'circulation')).toEqual({
      en: 'Quorum: 9 of 13 seats taking part. Passes with at least 2/3 of those taking part. Abstentions count in the base. Closes early when decided.',
      zh: '法定人数：13席中须有9席参与表决。赞成票达到参与表决席位的2/3即通过。弃权票计入基数。结果已定时提前截止。',
    });
  });

  it('speaks of those present at a meeting alone', () => {
    const by = rule({ quorum: twoThirdsPresent, base: 'entitledPresent', ties: 'chair' });
    expect(requirement(by, 13, 'meeting')).toEqual({
      en: 'Quorum: 9 of 13 seats present. Passes with more than half of the seats present. Abstentions count in the base. A tie goes to the chair.',
      zh: '法定人数：13席中须有9席出席。赞成票超过出席席位的半数即通过。弃权票计入基数。赞成与反对票数相同时，由理事长决定。',
    });
    expect(requirement(by, 13, 'circulation').en).toMatch(
      /^Quorum: 9 of 13 seats taking part\. Passes with more than half of the votes cast\./,
    );
  });

  it('says what silence is and what abstentions are', () => {
    const abstention = { inQuorum: false, inBase: false, silence: 'consent' } as const;
    expect(requirement(rule({ quorum: twoThirds, base: 'valid', abstention }), 9, 'circulation')).toEqual({
      en: 'Quorum: 6 of 9 seats taking part. Passes with more than half of the valid votes. Abstentions count neither in the base nor for the quorum. Seats that say nothing count as yes, but not for the quorum.',
      zh: '法定人数：9席中须有6席参与表决。赞成票超过有效票的半数即通过。弃权票既不计入基数，也不计入法定人数。截止时未表态的席位视为赞成，但不计入法定人数。',
    });
  });

  const passes: readonly [string, Partial<Rule>, string, string][] = [
    [
      'absolute',
      { majority: { kind: 'absolute' } },
      'Passes with more than half of all seats that may vote.',
      '赞成票超过全体可表决席位的半数即通过。',
    ],
    [
      'more than a share',
      { majority: { kind: 'share', share: share(3, 4), more: true }, base: 'cast' },
      'Passes with more than 3/4 of the votes cast.',
      '赞成票超过全部投票的3/4即通过。',
    ],
    [
      'unanimous',
      { majority: { kind: 'unanimous' }, base: 'YNA' },
      'Passes only if unanimous among those taking part.',
      '须参与表决席位全数赞成方可通过。',
    ],
    [
      'no objection',
      { majority: { kind: 'objections', atMost: 0 } },
      'Passes with at least one yes and nobody against.',
      '有赞成票且无反对票即通过。',
    ],
    [
      'two objections',
      { majority: { kind: 'objections', atMost: 2 } },
      'Passes with at least one yes and at most 2 no.',
      '有赞成票且反对票不超过2票即通过。',
    ],
    [
      'a share of objections',
      { majority: { kind: 'objections', atMost: share(1, 5) }, base: 'YNA' },
      'Passes with at least one yes and at most 1/5 of those taking part against.',
      '有赞成票且反对票不超过参与表决席位的1/5即通过。',
    ],
    [
      'nothing',
      { base: 'disabled' },
      'The votes are noted and decide nothing.',
      '表决结果仅作记录，不形成决议。',
    ],
  ];
  it.each(passes)('names the majority: %s', (_, changes, en, zh) => {
    const said = requirement(rule({ ...changes, quorum: noQuorum }), 9, 'circulation');
    expect(said.en.startsWith(`No quorum is needed. ${en}`)).toBe(true);
    expect(said.zh.startsWith(`不设法定人数。${zh}`)).toBe(true);
  });

  it('is whole for every rule', () => {
    fc.assert(
      fc.property(
        anyRule,
        fc.nat(40),
        fc.constantFrom('meeting' as const, 'circulation' as const),
        (by, seats, means) => {
          const { en, zh } = requirement(by, seats, means);
          expect(en).toMatch(/^[A-Z].*\.$/);
          expect(zh).toMatch(/。$/);
          for (const text of [en, zh])
            expect(text).not.toMatch(/undefined|NaN|null|object|\.\.|。。|不设.*不设/);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('the turnout', () => {
  it('says how far it is to the quorum', () => {
    expect(turnout(12, 7, 9)).toEqual({
      en: '7 of 12 seats have voted; 2 more for the quorum',
      zh: '12席中7席已表决，距法定人数还差2席',
    });
    expect(turnout(12, 1, 9).en).toBe('1 of 12 seats has voted; 8 more for the quorum');
    expect(turnout(12, 9, 9)).toEqual({
      en: '9 of 12 seats have voted; the quorum is reached',
      zh: '12席中9席已表决，已达法定人数',
    });
    expect(turnout(12, 12, 9).en).toBe('All 12 seats have voted; the quorum is reached');
    expect(turnout(12, 0, 0)).toEqual({ en: '0 of 12 seats have voted', zh: '12席中0席已表决' });
  });
});
