import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openCalendar } from '../../src/core/calendar.js';
import { heldUntil, holdRule, workingHoursAfter } from '../../src/workflows/event/hold.js';

const calendar = openCalendar('Asia/Shanghai');
const minute = 60_000;
const at = (local: string): Date => new Date(`${local}:00+08:00`);
const written = (instant: Date | null): string | null =>
  instant && new Date(instant.getTime() + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
const hold = (now: string, cutOff: string, hours = 8): string | null =>
  written(
    heldUntil({
      now: at(now),
      startsAt: calendar.daysAfter(at(cutOff), 1),
      cutOff: at(cutOff),
      hours,
      calendar,
    }),
  );

describe('working hours', () => {
  // 2026: 1–7 October is a holiday, Saturday 10 October is made up.
  it.each([
    ['2026-11-18T10:00', 8, '2026-11-18 18:00', 'within a day'],
    ['2026-11-18T14:00', 8, '2026-11-19 13:00', 'over a night'],
    ['2026-11-20T14:00', 8, '2026-11-23 13:00', 'over a weekend'],
    ['2026-11-21T14:00', 1, '2026-11-23 10:00', 'from a Saturday'],
    ['2026-11-18T05:00', 1, '2026-11-18 10:00', 'from before the office opens'],
    ['2026-11-18T20:00', 1, '2026-11-19 10:00', 'from the evening'],
    ['2026-09-30T17:00', 8, '2026-10-08 16:00', 'over National Day'],
    ['2026-10-09T17:00', 8, '2026-10-10 16:00', 'into a Saturday that is made up'],
    ['2026-11-18T10:00', 0.5, '2026-11-18 10:30', 'half an hour'],
    ['2026-11-18T10:00', 90, '2026-12-02 10:00', 'ten days'],
    ['2026-11-18T20:00', 0, '2026-11-18 20:00', 'none'],
  ])('from %s, %f of them last until %s: %s', (from, hours, expected) => {
    expect(written(workingHoursAfter(at(from), hours, calendar))).toBe(expected);
  });

  it('refuses what is no number of hours', () => {
    expect(() => workingHoursAfter(at('2026-11-18T10:00'), -1, calendar)).toThrow(RangeError);
    expect(() => workingHoursAfter(at('2026-11-18T10:00'), Number.NaN, calendar)).toThrow(RangeError);
    expect(() => hold('2026-11-18T10:00', '2026-11-25T10:00', 0)).toThrow(RangeError);
  });
});

describe('a place from the waitlist is kept', () => {
  it.each([
    ['2026-11-18T10:00', '2026-12-10T18:00', '2026-11-18 18:00', 'for eight working hours'],
    [
      '2026-11-18T23:00',
      '2026-12-10T18:00',
      '2026-11-19 17:00',
      'from the next morning when offered at night',
    ],
    ['2026-09-30T23:00', '2026-10-20T18:00', '2026-10-08 17:00', 'beyond the holidays'],
    ['2026-11-20T23:00', '2026-12-10T18:00', '2026-11-23 17:00', 'beyond the weekend'],
    ['2026-04-30T23:00', '2026-05-20T18:00', '2026-05-06 17:00', 'beyond Labour Day'],
    ['2026-11-18T10:00', '2026-11-19T10:00', '2026-11-18 14:30', 'for half of the nine working hours left'],
    ['2026-11-18T10:00', '2026-11-18T18:00', '2026-11-18 14:00', 'for half of a day'],
    ['2026-11-18T15:00', '2026-11-18T18:00', '2026-11-18 16:30', 'for half of an afternoon'],
    ['2026-11-18T17:10', '2026-11-18T18:00', '2026-11-18 17:40', 'for half an hour at least'],
    [
      '2026-11-18T17:30',
      '2026-11-18T18:00',
      '2026-11-18 18:00',
      'until the cut-off when half an hour is left',
    ],
    ['2026-11-21T10:00', '2026-11-22T14:00', '2026-11-21 18:00', 'by the hours of the day on a weekend'],
    ['2026-11-21T10:00', '2026-11-21T18:00', '2026-11-21 14:00', 'for half of a Saturday'],
    ['2026-11-20T16:00', '2026-11-22T14:00', '2026-11-21 10:00', 'overnight before a weekend event'],
    [
      '2026-11-20T23:00',
      '2026-11-22T14:00',
      '2026-11-21 16:00',
      'from Saturday morning when offered on Friday night',
    ],
    ['2026-11-21T14:00', '2026-11-22T18:00', '2026-11-22 09:00', 'not until 22:00 but until nine'],
    ['2026-11-21T14:20', '2026-11-22T18:00', '2026-11-22 09:00', 'until nine when it is kept over the night'],
    [
      '2026-11-21T21:30',
      '2026-11-22T08:40',
      '2026-11-22 08:05',
      'until before nine when the cut-off is then',
    ],
    [
      '2026-11-20T17:30',
      '2026-11-21T20:00',
      '2026-11-21 11:30',
      'by the hours of the day when hardly any working hours are left',
    ],
    [
      '2026-11-20T17:30',
      '2026-11-23T10:00',
      '2026-11-23 09:15',
      'by the working hours where they give more time',
    ],
    ['2026-11-20T17:00', '2026-11-23T16:00', '2026-11-23 12:00', 'for half of the eight working hours left'],
  ])('at %s for a cut-off at %s: until %s, %s', (now, cutOff, expected) => {
    expect(hold(now, cutOff)).toBe(expected);
  });

  it.each([
    ['2026-11-18T18:00', '2026-11-18T18:00', 'at the cut-off'],
    ['2026-11-18T18:01', '2026-11-18T18:00', 'after it'],
    ['2026-11-18T17:31', '2026-11-18T18:00', 'in the last half hour'],
    ['2026-11-18T23:00', '2026-11-19T08:29', 'at night before an early cut-off'],
    ['2026-11-18T21:45', '2026-11-19T08:10', 'late in the evening before one'],
    ['2026-11-18T21:30', '2026-11-18T22:00', 'when it would end with the quiet hours'],
    ['2026-11-18T21:30', '2026-11-18T23:00', 'when the cut-off is in them'],
  ])('not at %s for a cut-off at %s: %s', (now, cutOff) => {
    expect(hold(now, cutOff)).toBeNull();
  });

  it('not beyond the start, wherever the cut-off is', () => {
    const cutOff = at('2026-11-18T20:00');
    const startsAt = at('2026-11-18T14:00');
    const kept = (now: string) => heldUntil({ now: at(now), startsAt, cutOff, hours: 8, calendar });
    expect(written(kept('2026-11-18T10:00'))).toBe('2026-11-18 12:00');
    expect(kept('2026-11-18T13:45')).toBeNull();
  });
});

// A stretch with a spring festival, made-up Saturdays and plain weeks.
const first = at('2026-02-02T00:00').getTime();
const instant = fc
  .integer({ min: 0, max: 60 * 24 * 60 })
  .map((minutes) => new Date(first + minutes * minute));
const hours = fc.oneof(fc.integer({ min: 1, max: 48 }), fc.constant(8));
const offer = fc.record({ now: instant, cutOff: instant, hours });
const kept = (one: { now: Date; cutOff: Date; hours: number }, zone = calendar): Date | null =>
  heldUntil({ ...one, startsAt: one.cutOff, calendar: zone });

/** Minutes of a kind, counted one by one. */
const minutesOf = (from: Date, until: Date, counts: (minute: Date) => boolean): number => {
  let sum = 0;
  for (let time = from.getTime(); time < until.getTime(); time += minute)
    if (counts(new Date(time))) sum += 1;
  return sum;
};
const hourOf = (time: Date): number => (time.getUTCHours() + 8) % 24;
const isWaking = (time: Date): boolean => hourOf(time) >= 8 && hourOf(time) < 22;
const isWorking = (time: Date): boolean => hourOf(time) >= 9 && hourOf(time) < 18 && calendar.isWorkday(time);
// Offers of the last days before a cut-off, and a few after it.
const soon = fc
  .record({ cutOff: instant, before: fc.integer({ min: -60, max: 5 * 24 * 60 }), hours })
  .map(({ cutOff, before, hours }) => ({ cutOff, now: new Date(cutOff.getTime() - before * minute), hours }));

describe('whenever a place is offered', () => {
  it('it is kept beyond now, never beyond the cut-off, never to the quiet hours', () => {
    fc.assert(
      fc.property(fc.oneof(offer, soon), (one) => {
        const until = kept(one);
        if (!until) return;
        expect(until > one.now && until <= one.cutOff).toBe(true);
        expect(calendar.outOfQuiet(until)).toEqual(until);
        expect(written(until)).not.toMatch(/ 22:00$/);
      }),
      { numRuns: 200 },
    );
  });

  it('everybody has half an hour by day, and with that no offer is refused but at 22:00', () => {
    fc.assert(
      fc.property(soon, (one) => {
        const until = kept(one);
        const left = minutesOf(one.now, one.cutOff, isWaking);
        if (until) expect(minutesOf(one.now, until, isWaking)).toBeGreaterThanOrEqual(30);
        else expect(left).toBeLessThanOrEqual(30);
        if (left < 30) expect(until).toBeNull();
      }),
      { numRuns: 40 },
    );
  });

  it('half of the working hours are left to others; of the hours of the day where the former are few', () => {
    fc.assert(
      fc.property(soon, (one) => {
        const until = kept(one);
        if (!until) return;
        const work = minutesOf(one.now, one.cutOff, isWorking);
        const used = minutesOf(one.now, until, isWorking);
        if (work >= one.hours * 60) expect(used).toBeLessThanOrEqual(Math.min(work / 2 + 1, one.hours * 60));
        else if (used > work / 2 + 1) {
          const wake = minutesOf(one.now, one.cutOff, isWaking);
          const most = Math.max(30, Math.min(one.hours * 60, wake / 2));
          // Over a night it may become nine o’clock, an hour more.
          expect(minutesOf(one.now, until, isWaking)).toBeLessThanOrEqual(most + 61);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('more hours never give less time', () => {
    fc.assert(
      fc.property(fc.oneof(offer, soon), hours, (one, more) => {
        const until = kept(one);
        const longer = kept({ ...one, hours: one.hours + more });
        expect(longer === null).toBe(until === null);
        if (until && longer) expect(longer >= until).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('as the event nears, what counts of the time shrinks', () => {
    fc.assert(
      fc.property(soon, fc.integer({ min: 1, max: 48 * 60 }), (one, minutes) => {
        const late = { ...one, now: new Date(one.now.getTime() + minutes * minute) };
        const [until, lateUntil] = [kept(one), kept(late)];
        if (until === null) expect(lateUntil).toBeNull();
        if (!until || !lateUntil) return;
        // While the same clock counts.
        const enough = minutesOf(late.now, one.cutOff, isWorking) >= Math.max(one.hours, 1) * 60;
        const none = minutesOf(one.now, one.cutOff, isWorking) === 0;
        if (!enough && !none) return;
        const counts = enough ? isWorking : isWaking;
        const slack = enough ? 1 : 62;
        expect(minutesOf(late.now, lateUntil, counts)).toBeLessThanOrEqual(
          minutesOf(one.now, until, counts) + slack,
        );
      }),
      { numRuns: 40 },
    );
  });

  it('a later offer never ends before an earlier one', () => {
    fc.assert(
      fc.property(soon, fc.integer({ min: 1, max: 48 * 60 }), (one, minutes) => {
        fc.pre(hourOf(one.cutOff) >= 10);
        const until = kept(one);
        const lateUntil = kept({ ...one, now: new Date(one.now.getTime() + minutes * minute) });
        if (until && lateUntil) expect(lateUntil >= until).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('the same holds in another zone', () => {
    const berlin = openCalendar('Europe/Berlin');
    fc.assert(
      fc.property(offer, (one) => {
        const until = kept(one, berlin);
        if (until) expect(berlin.outOfQuiet(until)).toEqual(until);
      }),
    );
  });
});

it('says the rule in both languages', () => {
  expect(holdRule(8).zh).toContain('8 个工作小时');
  expect(holdRule(8).en).toContain('8 working hours');
  expect(holdRule(1).en).toContain('1 working hour (');
});
