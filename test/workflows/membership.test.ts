import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openCalendar } from '../../src/core/calendar.js';
import { councilTimes, seatFor, tally } from '../../src/workflows/membership/rules.js';

const seats = (count: number) => Array.from({ length: count }, (_, at) => `s${at + 1}`);
const verdict = fc.constantFrom('approve' as const, 'decline' as const);

/** Random seats, some of which have answered, and how many have to approve. */
const council = fc.integer({ min: 1, max: 20 }).chain((count) =>
  fc.record({
    all: fc.constant(seats(count)),
    answers: fc.uniqueArray(fc.record({ seatId: fc.constantFrom(...seats(count)), verdict }), {
      selector: (one) => one.seatId,
    }),
    needed: fc.integer({ min: 1, max: 25 }),
  }),
);

describe('the council’s tally', () => {
  test('approves with the last approval that is needed, and not before', () => {
    const two = [
      { seatId: 's1', verdict: 'approve' as const },
      { seatId: 's2', verdict: 'approve' as const },
    ];
    expect(tally(two, seats(13), 3).outcome).toBe('open');
    expect(tally([...two, { seatId: 's3', verdict: 'approve' }], seats(13), 3).outcome).toBe('approved');
  });

  test('declines as soon as the seats left could not make up the number', () => {
    const declines = seats(4).map((seatId) => ({ seatId, verdict: 'decline' as const }));
    expect(tally(declines.slice(0, 2), seats(5), 3).outcome).toBe('open');
    expect(tally(declines.slice(0, 3), seats(5), 3).outcome).toBe('declined');
  });

  test('does not count a seat that is gone or suspended', () => {
    expect(tally([{ seatId: 'gone', verdict: 'approve' }], seats(3), 1)).toMatchObject({
      approvals: 0,
      outcome: 'open',
    });
  });

  test('agrees with asking every way in which the silent seats could still answer', () => {
    fc.assert(
      fc.property(council, ({ all, answers, needed }) => {
        const silent = all.length - answers.length;
        const approving = answers.filter((one) => one.verdict === 'approve').length;
        const wanted = Math.min(needed, all.length);
        const ends = Array.from({ length: silent + 1 }, (_, more) => approving + more >= wanted);
        const expected = approving >= wanted ? 'approved' : ends.some(Boolean) ? 'open' : 'declined';
        expect(tally(answers, all, needed).outcome).toBe(expected);
      }),
    );
  });
});

test('a person answers for their own seat, else for one they stand in for that is still silent', () => {
  expect(seatFor(['own'], ['other'], ['own'])).toBe('own');
  expect(seatFor([], ['a', 'b'], ['a'])).toBe('b');
  expect(seatFor([], ['a'], ['a'])).toBe('a');
  expect(seatFor([], [], [])).toBeUndefined();
});

test('the council’s reminders come before its time is over, all of them on working days', () => {
  const calendar = openCalendar('Asia/Shanghai');
  fc.assert(
    fc.property(
      fc.date({ min: new Date('2026-01-05'), max: new Date('2026-11-30'), noInvalidDate: true }),
      fc.integer({ min: 2, max: 30 }),
      (now, days) => {
        const { half, lastDay, ends } = councilTimes(calendar, now, days);
        expect(half > now && half < ends).toBe(true);
        expect(lastDay < ends).toBe(true);
        for (const at of [half, lastDay, ends]) expect(calendar.isWorkday(at)).toBe(true);
      },
    ),
  );
});
