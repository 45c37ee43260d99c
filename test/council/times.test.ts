/** When a ballot reminds and closes: on working days only, and each reminder on a day of its own. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openCalendar } from '../../src/core/calendar.js';
import { ballotTimes } from '../../src/workflows/council/opening.js';

const calendar = openCalendar('Asia/Shanghai');
const opening = fc.date({ min: new Date('2026-01-01'), max: new Date('2026-11-30'), noInvalidDate: true });
const dayOf = (at: Date) => at.toLocaleDateString('en-CA', { timeZone: calendar.timezone });

test('a ballot closes, and reminds, on working days', () => {
  fc.assert(
    fc.property(opening, fc.integer({ min: 1, max: 30 }), (opens, days) => {
      const closes = calendar.workdaysAfter(opens, days);
      expect(calendar.isWorkday(closes)).toBe(true);
      for (const { at } of ballotTimes(calendar, opens, closes)) {
        expect(calendar.isWorkday(at)).toBe(true);
        expect(at > opens && at < closes).toBe(true);
      }
    }),
  );
});

test('the reminders come in order, none on the day of another, and the last on the last working day', () => {
  fc.assert(
    fc.property(opening, fc.integer({ min: 2, max: 30 }), (opens, days) => {
      const closes = calendar.workdaysAfter(opens, days);
      const times = ballotTimes(calendar, opens, closes);
      expect(times.map((one) => dayOf(one.at))).toEqual(
        [...new Set(times.map((one) => dayOf(one.at)))].sort(),
      );
      expect(times.at(-1)?.alarm).toBe('lastDay');
      expect(dayOf(times.at(-1)?.at ?? opens)).toBe(dayOf(calendar.lastWorkdayBefore(closes)));
    }),
  );
});

test('a ballot of seven working days reminds at half time, at four fifths and on the last day', () => {
  const opens = new Date('2026-11-30T10:00:00+08:00');
  const times = ballotTimes(calendar, opens, calendar.workdaysAfter(opens, 7));
  expect(times.map(({ alarm, at }) => [alarm, dayOf(at)])).toEqual([
    ['half', '2026-12-03'],
    ['eighty', '2026-12-07'],
    ['lastDay', '2026-12-08'],
  ]);
});
