import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bases } from '../../src/core/rulebook.js';
import { type Ballot, type Choice, count, isSettled } from '../../src/workflows/council/tally.js';
import { anyBallot, atLeastShare, ballot, rule, share } from './ballots.js';
import { slowCount, slowIsSettled } from './slow-count.js';

const none = share(0, 1);

describe('the count of a ballot', () => {
  it('agrees in every figure with a count by hand', () => {
    const outcomes = new Map<string, number>();
    fc.assert(
      fc.property(anyBallot(40), (drawn) => {
        const tally = count(drawn);
        outcomes.set(tally.outcome, (outcomes.get(tally.outcome) ?? 0) + 1);
        expect(tally).toEqual(slowCount(drawn));
      }),
      { numRuns: 5000 },
    );
    // The drawn ballots came to every end there is, and to none of them by rare luck.
    for (const outcome of ['carried', 'lost', 'tied', 'noQuorum', 'noted']) {
      expect(outcomes.get(outcome) ?? 0, outcome).toBeGreaterThan(10);
    }
  });

  it('accounts for every seat and for every vote', () => {
    fc.assert(
      fc.property(anyBallot(60), (drawn) => {
        const tally = count(drawn);
        expect(tally.entitled + tally.recused + tally.suspended).toBe(tally.seats);
        expect(tally.yes + tally.no + tally.abstain + tally.invalid).toBe(tally.cast);
        expect(tally.cast + tally.silent).toBe(tally.entitled);
        expect(tally.present).toBeLessThanOrEqual(tally.entitled);
        expect(tally.quorum.of).toBeLessThanOrEqual(tally.seats);
        expect(tally.withoutRecusal === undefined).toBe(tally.recused === 0);
      }),
      { numRuns: 2000 },
    );
  });

  it('never loses what was carried through a further yes, be it new, or instead of a no or an abstention', () => {
    fc.assert(
      fc.property(anyBallot(20), (drawn) => {
        fc.pre(count(drawn).outcome === 'carried');
        for (const further of withFurtherYes(drawn)) expect(count(further).outcome).toBe('carried');
      }),
      { numRuns: 2000 },
    );
  });

  it('never carries what was lost through a further no; what lacked a quorum, a no may carry', () => {
    fc.assert(
      fc.property(anyBallot(20), (drawn) => {
        fc.pre(count(drawn).outcome === 'lost' && silent(drawn) > 0);
        expect(count(voting(drawn, 'no')).outcome).not.toBe('carried');
      }),
      { numRuns: 2000 },
    );
    const eight = { seats: 13, yes: 8 };
    const strict = rule({ quorum: { share: share(2, 3), by: 'takingPart' } });
    expect(count(ballot(strict, eight)).outcome).toBe('noQuorum');
    expect(count(ballot(strict, { ...eight, no: 1 })).outcome).toBe('carried');
  });

  it('counts a seat that is both recused and suspended once, as suspended', () => {
    const drawn = ballot(rule(), { seats: 5, suspended: 1, yes: 3 });
    const roll = drawn.roll.map((seat) => ({ ...seat, recused: seat.suspended }));
    expect(count({ ...drawn, roll })).toEqual(count(drawn));
    expect(count(drawn)).toMatchObject({ recused: 0, suspended: 1, entitled: 4, quorum: { of: 4 } });
  });

  it('takes the quorum of the recused seats too, or not, as the rule says', () => {
    const numbers = { seats: 13, recused: 1, yes: 8 };
    const quorum = { share: share(2, 3), by: 'takingPart' } as const;
    expect(count(ballot(rule({ quorum, recused: 'stay' }), numbers))).toMatchObject({
      outcome: 'noQuorum',
      quorum: { needed: 9, of: 13, reached: 8, met: false },
    });
    expect(count(ballot(rule({ quorum, recused: 'leave' }), numbers))).toMatchObject({
      outcome: 'carried',
      quorum: { needed: 8, of: 12, reached: 8, met: true },
      withoutRecusal: { quorum: 9, of: 13 },
    });
  });

  it('counts the seats present at a meeting, and those taking part where nobody is present', () => {
    const quorum = { share: share(2, 3), by: 'present' } as const;
    const votes = { seats: 9, yes: 3 };
    expect(count(ballot(rule({ quorum }), { ...votes, present: 6 })).quorum).toMatchObject({
      by: 'present',
      reached: 6,
      met: true,
    });
    expect(count(ballot(rule({ quorum }), votes)).quorum).toMatchObject({
      by: 'takingPart',
      reached: 3,
      met: false,
    });
  });

  it('leaves a vote out that was not confirmed, but not out of the votes cast', () => {
    const numbers = { seats: 9, yes: 4, no: 2, invalid: 2 };
    const byBase = (base: 'valid' | 'cast') => count(ballot(rule({ base }), numbers));
    expect(byBase('valid')).toMatchObject({ base: { size: 6 }, needed: 4, outcome: 'carried', invalid: 2 });
    expect(byBase('cast')).toMatchObject({ base: { size: 8 }, needed: 5, outcome: 'lost', invalid: 2 });
    expect(byBase('cast').quorum.reached).toBe(6);
  });

  it('takes silence for consent only of those who could have spoken, and never for the quorum', () => {
    const consent = rule({ quorum: { share: none, by: 'takingPart' }, abstention: { silence: 'consent' } });
    expect(count(ballot(consent, { seats: 9, yes: 1, no: 3 }))).toMatchObject({ got: 6, outcome: 'carried' });
    expect(count(ballot(consent, { seats: 9, yes: 1, no: 3, present: 5 }))).toMatchObject({
      got: 2,
      silent: 5,
      outcome: 'lost',
    });
    const withQuorum = { ...consent, quorum: { share: share(1, 2), by: 'takingPart' } as const };
    expect(count(ballot(withQuorum, { seats: 9, yes: 1, no: 3 }))).toMatchObject({
      outcome: 'noQuorum',
      quorum: { reached: 4 },
    });
  });

  it('passes with few objections and at least one yes', () => {
    const atMost = (number: number) => rule({ majority: { kind: 'objections', atMost: number } });
    const outcome = (allowed: number, yes: number, no: number) =>
      count(ballot(atMost(allowed), { seats: 8, yes, no, abstain: 8 - yes - no })).outcome;
    expect(outcome(2, 1, 2)).toBe('carried');
    expect(outcome(2, 5, 3)).toBe('lost');
    expect(outcome(2, 0, 0)).toBe('lost');
    const tenth = rule({ majority: { kind: 'objections', atMost: share(1, 10) }, base: 'YN' });
    expect(count(ballot(tenth, { seats: 20, yes: 18, no: 2 }))).toMatchObject({
      needed: 2,
      outcome: 'carried',
    });
    expect(count(ballot(tenth, { seats: 20, yes: 17, no: 2 }))).toMatchObject({ needed: 1, outcome: 'lost' });
  });

  it('wants at least one yes where nobody votes and no quorum is asked for', () => {
    for (const base of bases.filter((one) => one !== 'disabled')) {
      const open = rule({ base, majority: atLeastShare(0, 1), quorum: { share: none, by: 'takingPart' } });
      expect(count(ballot(open, { seats: 3 })), base).toMatchObject({ needed: 1, got: 0, outcome: 'lost' });
    }
  });

  it('says what would have been needed without the recusal', () => {
    const numbers = { seats: 13, recused: 3, yes: 6, no: 2 };
    expect(count(ballot(rule({ majority: { kind: 'absolute' }, recused: 'leave' }), numbers))).toMatchObject({
      needed: 6,
      quorum: { needed: 5, of: 10 },
      withoutRecusal: { needed: 7, quorum: 7, of: 13 },
    });
  });
});

describe('an outcome that nothing can change any more', () => {
  const earlyClose = rule({ majority: { kind: 'absolute' } });

  it('is settled with the vote that decides it, and not before', () => {
    expect(isSettled(ballot(earlyClose, { seats: 13, yes: 6 }))).toBe(false);
    expect(isSettled(ballot(earlyClose, { seats: 13, yes: 7 }))).toBe(true);
    expect(isSettled(ballot(earlyClose, { seats: 13, no: 6 }))).toBe(false);
    expect(isSettled(ballot(earlyClose, { seats: 13, no: 7 }))).toBe(true);
  });

  it('is open while the quorum still depends on the silent', () => {
    const strict = rule({ majority: { kind: 'absolute' }, quorum: { share: share(2, 3), by: 'takingPart' } });
    expect(isSettled(ballot(strict, { seats: 13, yes: 8 }))).toBe(false);
    expect(isSettled(ballot(strict, { seats: 13, yes: 9 }))).toBe(true);
  });

  it('is open while an abstention could undo the tie that silent consent makes', () => {
    const consent = rule({
      quorum: { share: none, by: 'takingPart' },
      abstention: { silence: 'consent' },
      ties: 'chair',
    });
    const [open, failing] = [consent, { ...consent, ties: 'fail' as const }].map((by) =>
      ballot(by, { seats: 4, yes: 1, no: 2 }),
    );
    expect(open && isSettled(open)).toBe(false);
    expect(failing && isSettled(failing)).toBe(true);
  });

  it('agrees with trying every vote of every silent seat', () => {
    let settled = 0;
    fc.assert(
      fc.property(anyBallot(6), (drawn) => {
        const found = isSettled(drawn);
        if (found && silent(drawn) > 1) settled += 1;
        expect(found).toBe(slowIsSettled(drawn));
      }),
      { numRuns: 2000 },
    );
    expect(settled).toBeGreaterThan(50);
  });

  it('agrees with trying every number of votes in bigger councils', () => {
    fc.assert(
      fc.property(anyBallot(16), (drawn) => {
        expect(isSettled(drawn)).toBe(everyEnd(drawn).size === 1);
      }),
      { numRuns: 2000 },
    );
  });

  it('sees the tie that comes about only if somebody keeps silent', () => {
    const by = rule({
      quorum: { share: none, by: 'takingPart' },
      majority: { kind: 'share', share: share(2, 3), more: true },
      base: 'YNA',
      ties: 'chair',
    });
    // One yes makes it 1:1, two make it 2:1, which is not enough; with an abstention 1:1 is too little for a tie.
    const drawn = ballot(by, { seats: 3, no: 1 });
    expect([...everyEnd(drawn)].toSorted()).toEqual(['lost', 'tied']);
    expect(isSettled(drawn)).toBe(false);
  });

  it('agrees with trying every number of votes wherever a tie is near', () => {
    const shares = [share(1, 2), share(2, 3)];
    for (const base of ['YN', 'YNA', 'valid'] as const) {
      for (const silence of ['nothing', 'abstain', 'consent'] as const) {
        for (const quorum of [none, share(1, 2)]) {
          for (const part of shares) {
            const by = rule({
              quorum: { share: quorum, by: 'takingPart' },
              majority: { kind: 'share', share: part, more: true },
              base,
              abstention: { silence, inBase: silence !== 'abstain' },
              ties: 'chair',
            });
            for (const numbers of smallBallots) {
              const drawn = ballot(by, numbers);
              const isOne = everyEnd(drawn).size === 1;
              if (isSettled(drawn) !== isOne) expect({ by, numbers }).toBe(isOne);
            }
          }
        }
      }
    }
  });

  it('is found at once for 200 seats, also when it takes all possible ends to be sure', () => {
    const started = performance.now();
    expect(
      isSettled(
        ballot(rule({ base: 'disabled', quorum: { share: none, by: 'takingPart' } }), { seats: 200 }),
      ),
    ).toBe(true);
    expect(isSettled(ballot(earlyClose, { seats: 200, yes: 101 }))).toBe(true);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

/** Up to two yes, three no and an abstention, and up to four seats that are silent. */
const smallBallots = [0, 1, 2].flatMap((yes) =>
  [0, 1, 2, 3].flatMap((no) =>
    [0, 1].flatMap((abstain) =>
      [1, 2, 3, 4].map((more) => ({ seats: yes + no + abstain + more, yes, no, abstain })),
    ),
  ),
);

const silent = ({ roll, votes, means }: Ballot): number =>
  Math.max(
    0,
    roll.filter((seat) => !seat.recused && !seat.suspended && (seat.present || means === 'circulation'))
      .length - votes.length,
  );

const voting = (drawn: Ballot, choice: Choice): Ballot => ({
  ...drawn,
  votes: [...drawn.votes, { choice, valid: true }],
});

const withFurtherYes = (drawn: Ballot): readonly Ballot[] => [
  ...(silent(drawn) > 0 ? [voting(drawn, 'yes')] : []),
  ...drawn.votes.flatMap((vote, at) =>
    vote.valid && vote.choice !== 'yes'
      ? [{ ...drawn, votes: drawn.votes.with(at, { choice: 'yes' as const, valid: true }) }]
      : [],
  ),
];

/** The outcomes of every number of yes, no and abstentions that the silent could still add. */
const everyEnd = (drawn: Ballot): ReadonlySet<string> => {
  const found = new Set<string>();
  const most = silent(drawn);
  const more = (choice: Choice, number: number) =>
    Array.from({ length: number }, () => ({ choice, valid: true }));
  for (let yes = 0; yes <= most; yes += 1) {
    for (let no = 0; yes + no <= most; no += 1) {
      for (let abstain = 0; yes + no + abstain <= most; abstain += 1) {
        const votes = [...drawn.votes, ...more('yes', yes), ...more('no', no), ...more('abstain', abstain)];
        found.add(count({ ...drawn, votes }).outcome);
      }
      if (found.size > 1) return found;
    }
  }
  return found;
};
