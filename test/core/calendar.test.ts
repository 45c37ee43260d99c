import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openCalendar } from '../../src/core/calendar.js';

const calendar = openCalendar('Asia/Shanghai');
const at = (local: string): Date => new Date(`${local}${local.length === 10 ? 'T10:00' : ''}:00+08:00`);
const written = (instant: Date): string =>
  new Date(instant.getTime() + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
const processZone = process.env.TZ;
afterEach(() => {
  if (processZone === undefined) delete process.env.TZ;
  else process.env.TZ = processZone;
});

describe('working days', () => {
  const days: readonly [string, boolean, string][] = [
    ['2026-01-01', false, 'New Year'],
    ['2026-01-04', true, 'a Sunday that is made up'],
    ['2026-02-14', true, 'a Saturday that is made up'],
    ['2026-02-15', false, 'Spring Festival'],
    ['2026-02-16', false, 'Spring Festival'],
    ['2026-02-23', false, 'Spring Festival'],
    ['2026-02-24', true, 'a Tuesday'],
    ['2026-02-28', true, 'a Saturday that is made up'],
    ['2026-05-09', true, 'a Saturday that is made up'],
    ['2026-09-20', true, 'a Sunday that is made up'],
    ['2026-10-01', false, 'National Day'],
    ['2026-10-07', false, 'National Day'],
    ['2026-10-08', true, 'a Thursday'],
    ['2026-10-10', true, 'a Saturday that is made up'],
    ['2026-10-11', false, 'a Sunday'],
    ['2026-11-21', false, 'a Saturday'],
    ['2027-01-01', true, 'a Friday of a year without data'],
    ['2027-01-02', false, 'a Saturday of a year without data'],
  ];
  describe.each(['UTC', 'Asia/Shanghai', 'America/Los_Angeles'])('loaded by a process in %s', (zone) => {
    it.each(days)('%s: %s, %s', async (day, expected) => {
      process.env.TZ = zone;
      vi.resetModules();
      const { openCalendar: openHere } = await import('../../src/core/calendar.js');
      const here = openHere('Asia/Shanghai');
      expect(here.isWorkday(at(`${day}T00:00`))).toBe(expected);
      expect(here.isWorkday(at(`${day}T23:59`))).toBe(expected);
    });
  });

  it.each([
    ['2026-11-18T10:00', 1, '2026-11-19 10:00'],
    ['2026-11-20T10:00', 1, '2026-11-23 10:00'],
    ['2026-11-22T10:00', 1, '2026-11-23 10:00'],
    ['2026-11-20T22:30', 1, '2026-11-23 18:00'],
    ['2026-11-20T06:30', 1, '2026-11-23 09:00'],
    ['2026-02-13T10:00', 1, '2026-02-14 10:00'],
    ['2026-02-13T10:00', 2, '2026-02-24 10:00'],
    ['2026-02-27T10:00', 1, '2026-02-28 10:00'],
    ['2026-09-30T10:00', 3, '2026-10-10 10:00'],
    ['2026-09-30T10:00', 4, '2026-10-12 10:00'],
    ['2026-12-31T10:00', 1, '2027-01-01 10:00'],
    ['2026-11-18T10:00', 0, '2026-11-18 10:00'],
    ['2026-11-18T06:00', 0, '2026-11-18 09:00'],
    ['2026-11-18T20:00', 0, '2026-11-19 09:00'],
    ['2026-11-21T10:00', 0, '2026-11-23 09:00'],
    ['2026-11-20T18:00', 0, '2026-11-20 18:00'],
  ])('from %s, %i working days later is %s', (from, n, expected) => {
    expect(written(calendar.workdaysAfter(at(from), n))).toBe(expected);
  });

  it.each([
    ['2026-11-20', '2026-11-23', 1],
    ['2026-11-23', '2026-11-20', -1],
    ['2026-11-20', '2026-11-22', 0],
    ['2026-02-13', '2026-02-28', 6],
    ['2026-09-30', '2026-10-10', 3],
    ['2026-11-20', '2026-11-20', 0],
  ])('from %s to %s there are %i', (from, to, expected) => {
    expect(calendar.workdaysBetween(at(from), at(to))).toBe(expected);
  });

  it.each([
    ['2026-11-23T10:00', '2026-11-20 10:00'],
    ['2026-11-22T07:00', '2026-11-20 09:00'],
    ['2026-02-24T20:00', '2026-02-14 18:00'],
    ['2026-10-12T10:00', '2026-10-10 10:00'],
  ])('the last one before %s is %s', (before, expected) => {
    expect(written(calendar.lastWorkdayBefore(at(before)))).toBe(expected);
  });

  it.each([
    ['2026-11-16T10:00', '2026-11-20T18:00', '2026-11-18 10:00'],
    ['2026-09-29T10:00', '2026-10-10T10:00', '2026-10-08 10:00'],
    ['2026-11-18T10:00', '2026-11-18T14:00', '2026-11-18 12:00'],
    ['2026-11-20T10:00', '2026-11-22T10:00', '2026-11-21 10:00'],
  ])('half-way from %s to %s is %s', (from, to, expected) => {
    expect(written(calendar.halfway(at(from), at(to)))).toBe(expected);
  });

  it('refuses a number of days that is none', () => {
    expect(() => calendar.workdaysAfter(at('2026-11-18'), 1.5)).toThrow(RangeError);
    expect(() => calendar.workdaysAfter(at('2026-11-18'), -1)).toThrow(RangeError);
  });
});

describe('days and quiet hours', () => {
  it('keeps the clock time', () => {
    expect(written(calendar.daysAfter(at('2026-11-30T15:30'), 3))).toBe('2026-12-03 15:30');
    expect(written(calendar.daysAfter(at('2026-12-01T15:30'), -1))).toBe('2026-11-30 15:30');
    const berlin = openCalendar('Europe/Berlin');
    expect(berlin.daysAfter(new Date('2026-10-24T10:00:00+02:00'), 1)).toEqual(
      new Date('2026-10-25T10:00:00+01:00'),
    );
  });

  it.each([
    ['2026-11-22T21:59', '2026-11-22 21:59'],
    ['2026-11-22T22:00', '2026-11-23 08:00'],
    ['2026-11-22T23:59', '2026-11-23 08:00'],
    ['2026-11-23T00:00', '2026-11-23 08:00'],
    ['2026-11-23T07:59', '2026-11-23 08:00'],
    ['2026-11-23T08:00', '2026-11-23 08:00'],
  ])('%s is heard at %s', (then, expected) => {
    expect(written(calendar.outOfQuiet(at(then)))).toBe(expected);
  });
});

describe('years without data', () => {
  it('are known', () => {
    expect([2025, 2026].map(calendar.covers)).toEqual([true, true]);
    expect([1999, 2027, 2040].map(calendar.covers)).toEqual([false, false, false]);
    expect(calendar.gaps(at('2026-11-01'), at('2026-12-31T23:59'))).toEqual([]);
    expect(calendar.gaps(at('2026-12-31T23:59'), at('2028-01-01T00:00'))).toEqual([2027, 2028]);
    expect(calendar.gaps(at('2027-01-01T00:00'), at('2026-01-01T00:00'))).toEqual([]);
  });

  it('a zone that does not exist is a fault', () => {
    expect(() => openCalendar('Asia/Jingdezhen')).toThrow('Asia/Jingdezhen');
  });
});

describe('always', () => {
  const instant = fc
    .integer({
      min: at('2025-01-01T00:00').getTime() / 60_000,
      max: at('2027-12-31T00:00').getTime() / 60_000,
    })
    .map((minutes) => new Date(minutes * 60_000));
  const days = fc.integer({ min: 1, max: 40 });

  it('n working days later is a working day in office hours, with n working days in between', () => {
    fc.assert(
      fc.property(instant, days, (from, n) => {
        const then = calendar.workdaysAfter(from, n);
        expect(calendar.isWorkday(then)).toBe(true);
        expect(then > from).toBe(true);
        const clock = written(then).slice(11);
        expect(clock >= '09:00' && clock <= '18:00').toBe(true);
        expect(calendar.workdaysBetween(from, then)).toBe(n);
        expect(calendar.workdaysBetween(then, from)).toBe(-n);
      }),
    );
  });

  it('later stays later, and more days are later', () => {
    fc.assert(
      fc.property(instant, instant, fc.nat(20), (a, b, n) => {
        const [first, second] = a <= b ? [a, b] : [b, a];
        expect(calendar.workdaysAfter(first, n) <= calendar.workdaysAfter(second, n)).toBe(true);
        expect(calendar.workdaysAfter(first, n + 1) < calendar.workdaysAfter(first, n + 2)).toBe(true);
        expect(calendar.outOfQuiet(first) <= calendar.outOfQuiet(second)).toBe(true);
      }),
    );
  });

  it('half-way lies in between', () => {
    fc.assert(
      fc.property(instant, fc.integer({ min: 1, max: 60_000 }), (a, minutes) => {
        const b = new Date(a.getTime() + minutes * 60_000);
        const middle = calendar.halfway(a, b);
        expect(middle > a && middle < b).toBe(true);
      }),
    );
  });

  it('the last working day before has no other in between', () => {
    fc.assert(
      fc.property(instant, (from) => {
        const before = calendar.lastWorkdayBefore(from);
        expect(calendar.isWorkday(before)).toBe(true);
        expect(before < from).toBe(true);
        expect(calendar.workdaysBetween(before, from)).toBe(calendar.isWorkday(from) ? 1 : 0);
      }),
    );
  });
});
