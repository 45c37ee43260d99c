import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openCalendar } from '../../src/core/calendar.js';
import { same } from '../../src/core/text.js';
import { type Busy, betterSpans, type Clash, clashesOf, type Span } from '../../src/workflows/event/clash.js';

const calendar = openCalendar('Asia/Shanghai');
const at = (local: string): Date => new Date(`${local}:00+08:00`);
const written = (instant: Date): string =>
  new Date(instant.getTime() + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
const span = (from: string, until: string): Span => ({ from: at(from), until: at(until) });
const on = (day: string, from = '14:00', until = '17:00'): Span => span(`${day}T${from}`, `${day}T${until}`);
const busy = (ref: string, when: Span): Busy => ({ ...when, ref, what: same(ref) });

const told = (clash: Clash): string => {
  switch (clash.kind) {
    case 'event':
    case 'sameDay':
      return `${clash.kind} ${clash.with.ref}`;
    case 'dayOff':
      return `dayOff ${written(clash.day).slice(0, 10)}`;
    case 'unknownYear':
      return `unknownYear ${clash.year}`;
    default:
      return clash satisfies never;
  }
};
const clashes = (when: Span, others: readonly Busy[] = []): readonly string[] =>
  clashesOf(when, others, calendar).map(told);

describe('what speaks against a date', () => {
  it('is nothing on a working day with nothing else', () => {
    expect(clashes(on('2026-11-25'), [busy('E-1', on('2026-11-26'))])).toEqual([]);
    expect(clashes(on('2026-10-10'))).toEqual([]);
  });

  it.each([
    ['14:00', '17:00', 'event E-1'],
    ['13:00', '14:01', 'event E-1'],
    ['15:00', '16:00', 'event E-1'],
    ['16:59', '20:00', 'event E-1'],
    ['10:00', '14:00', 'sameDay E-1'],
    ['17:00', '18:00', 'sameDay E-1'],
  ])('is another one on that day, %s to %s', (from, until, expected) => {
    expect(clashes(on('2026-11-25'), [busy('E-1', on('2026-11-25', from, until))])).toEqual([expected]);
  });

  it('is not one that ends as the day begins', () => {
    const night = busy('E-1', span('2026-11-24T20:00', '2026-11-25T00:00'));
    expect(clashes(on('2026-11-25'), [night])).toEqual([]);
    expect(clashes(on('2026-11-24', '10:00', '11:00'), [night])).toEqual(['sameDay E-1']);
  });

  it('is a weekend, a holiday, a year that is not announced', () => {
    expect(clashes(on('2026-11-21'))).toEqual(['dayOff 2026-11-21']);
    expect(clashes(on('2026-10-01'))).toEqual(['dayOff 2026-10-01']);
    expect(clashes(on('2031-03-05'))).toEqual(['unknownYear 2031']);
  });

  it('is said of every day of several, the gravest first', () => {
    const others = [busy('E-2', on('2026-11-22')), busy('E-1', on('2026-11-20', '08:00', '09:00'))];
    expect(clashes(span('2026-11-20T14:00', '2026-11-23T12:00'), others)).toEqual([
      'event E-2',
      'sameDay E-1',
      'dayOff 2026-11-21',
      'dayOff 2026-11-22',
    ]);
  });

  it('cannot be said of a span that ends before it begins', () => {
    expect(() => clashes(on('2026-11-25', '17:00', '14:00'))).toThrow(RangeError);
  });
});

describe('better dates', () => {
  const better = (when: Span, now: string, others: readonly Busy[] = []): readonly string[] =>
    betterSpans(when, others, calendar, at(now)).map((one) => `${written(one.from)} – ${written(one.until)}`);

  it('are on the same weekday, at the same time, the nearest of them', () => {
    expect(better(on('2026-11-25'), '2026-11-02T10:00', [busy('E-1', on('2026-11-25'))])).toEqual([
      '2026-11-18 14:00 – 2026-11-18 17:00',
      '2026-12-02 14:00 – 2026-12-02 17:00',
      '2026-12-09 14:00 – 2026-12-09 17:00',
    ]);
  });

  it('are the nearest working days when it is on a weekend', () => {
    expect(better(on('2026-11-21'), '2026-11-02T10:00')).toEqual([
      '2026-11-19 14:00 – 2026-11-19 17:00',
      '2026-11-20 14:00 – 2026-11-20 17:00',
      '2026-11-23 14:00 – 2026-11-23 17:00',
    ]);
  });

  it('are not on a Saturday that is made up because a Saturday was wanted', () => {
    expect(better(on('2026-10-17'), '2026-09-01T10:00').map((date) => date.slice(0, 10))).toEqual([
      '2026-10-15',
      '2026-10-16',
      '2026-10-19',
    ]);
  });

  it('leave three working days to prepare', () => {
    expect(better(on('2026-11-21'), '2026-11-18T10:00')).toEqual([
      '2026-11-23 14:00 – 2026-11-23 17:00',
      '2026-11-24 14:00 – 2026-11-24 17:00',
      '2026-11-25 14:00 – 2026-11-25 17:00',
    ]);
  });

  it('are another weekday when the same one is taken', () => {
    const mondays = Array.from(
      { length: 13 },
      (_, week) => on('2026-09-21').from.getTime() + week * 7 * 86_400_000,
    );
    const taken = mondays.map((day) =>
      busy('E-1', { from: new Date(day), until: new Date(day + 3_600_000) }),
    );
    expect(better(on('2026-11-02'), '2026-09-01T10:00', taken)).toEqual([
      '2026-11-03 14:00 – 2026-11-03 17:00',
      '2026-11-04 14:00 – 2026-11-04 17:00',
      '2026-11-05 14:00 – 2026-11-05 17:00',
    ]);
  });

  it('have all their days working and free', () => {
    const week = span('2026-09-29T09:00', '2026-10-01T17:00');
    const dates = better(week, '2026-09-01T10:00', [busy('E-1', on('2026-09-23'))]);
    expect(dates).toEqual([
      '2026-09-15 09:00 – 2026-09-17 17:00',
      '2026-10-13 09:00 – 2026-10-15 17:00',
      '2026-10-20 09:00 – 2026-10-22 17:00',
    ]);
  });

  it('are not beyond the announced holidays, unless the wanted one is', () => {
    const known = better(on('2026-12-31', '10:00', '11:00'), '2026-12-01T10:00');
    expect(known.length).toBe(3);
    for (const date of known) expect(date).toMatch(/^2026/);
    const unknown = better(on('2031-03-01', '10:00', '11:00'), '2031-01-02T10:00');
    expect(unknown.map((date) => date.slice(0, 10))).toEqual(['2031-02-27', '2031-02-28', '2031-03-03']);
  });

  it('are none when there is no free day in six weeks', () => {
    const all = busy('E-1', span('2026-01-01T00:00', '2027-01-01T00:00'));
    expect(better(on('2026-06-10'), '2026-05-01T10:00', [all])).toEqual([]);
  });

  it('never clash, keep length and clock time, leave time, and stay within six weeks', () => {
    const first = at('2026-01-05T00:00').getTime();
    const quarter = 15 * 60_000;
    const day = 24 * 60 * 60_000;
    const someSpan = fc
      .record({ from: fc.nat({ max: 300 * 96 }), long: fc.integer({ min: 1, max: 3 * 96 }) })
      .map(({ from, long }) => ({
        from: new Date(first + from * quarter),
        until: new Date(first + (from + long) * quarter),
      }));
    const someBusy = fc.array(
      someSpan.map((one) => busy('E-1', one)),
      { maxLength: 20 },
    );
    const ahead = fc.integer({ min: -10, max: 60 });
    fc.assert(
      fc.property(someSpan, someBusy, ahead, (wanted, others, days) => {
        const now = calendar.daysAfter(wanted.from, -days);
        const dates = betterSpans(wanted, others, calendar, now);
        expect(dates.length).toBeLessThanOrEqual(3);
        expect(dates).toEqual(dates.toSorted((a, b) => a.from.getTime() - b.from.getTime()));
        for (const date of dates) {
          expect(clashesOf(date, others, calendar)).toEqual([]);
          expect(calendar.workdaysBetween(now, date.from)).toBeGreaterThanOrEqual(3);
          const moved = date.from.getTime() - wanted.from.getTime();
          expect(date.until.getTime() - wanted.until.getTime()).toBe(moved);
          expect(Math.abs(moved) % day).toBe(0);
          expect(moved).not.toBe(0);
          expect(Math.abs(moved)).toBeLessThanOrEqual(42 * day);
        }
      }),
      { numRuns: 40 },
    );
  });
});
