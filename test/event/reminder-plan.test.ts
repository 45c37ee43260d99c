import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openCalendar } from '../../src/core/calendar.js';
import { reminderPlan, wants } from '../../src/workflows/event/reminder-plan.js';

const calendar = openCalendar('Asia/Shanghai');
const at = (local: string): Date => new Date(`${local}:00+08:00`);
const written = (instant: Date): string =>
  new Date(instant.getTime() + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
const plan = (startsAt: string, now: string): readonly string[] =>
  reminderPlan({ startsAt: at(startsAt), now: at(now), calendar }).map(
    (one) => `${one.kind} ${written(one.at)}`,
  );

describe('reminders of an event', () => {
  it.each([
    [
      '2026-11-25T14:00',
      '2026-11-01T10:00',
      ['week 2026-11-18 14:00', 'day 2026-11-24 14:00', 'hours 2026-11-25 12:00'],
      'all three',
    ],
    [
      '2026-11-25T10:00',
      '2026-11-20T10:00',
      ['day 2026-11-24 10:00', 'hours 2026-11-25 08:00'],
      'not a week before when that is past',
    ],
    [
      '2026-11-25T09:00',
      '2026-11-20T10:00',
      ['day 2026-11-24 09:00', 'hours 2026-11-24 20:00'],
      'the last one in the evening before an early event',
    ],
    ['2026-11-25T09:59', '2026-11-24T12:00', ['hours 2026-11-24 20:00'], 'nobody is woken at 07:59'],
    ['2026-11-26T00:30', '2026-11-25T18:00', ['hours 2026-11-25 20:00'], 'nor told at 22:30'],
    ['2026-11-25T23:59', '2026-11-25T18:00', ['hours 2026-11-25 21:59'], 'before 22:00 all is said in time'],
    [
      '2026-11-25T14:00',
      '2026-11-17T12:00',
      ['day 2026-11-24 14:00', 'hours 2026-11-25 12:00'],
      'not a week before when that is tomorrow at nine',
    ],
    [
      '2026-11-25T14:00',
      '2026-11-17T08:00',
      ['week 2026-11-18 14:00', 'day 2026-11-24 14:00', 'hours 2026-11-25 12:00'],
      'a week before when that is a day from now',
    ],
    [
      '2026-11-25T14:00',
      '2026-11-24T06:00',
      ['hours 2026-11-25 12:00'],
      'not the day before when that is at nine, soon',
    ],
    ['2026-11-25T14:00', '2026-11-24T15:00', ['hours 2026-11-25 12:00'], 'not the day before on that day'],
    [
      '2026-11-25T14:00',
      '2026-11-25T11:00',
      ['hours 2026-11-25 12:00'],
      'two hours before, an hour from now',
    ],
    ['2026-11-25T14:00', '2026-11-25T11:01', [], 'none when all is still news'],
    ['2026-11-29T23:00', '2026-11-28T23:30', ['hours 2026-11-29 21:00'], 'not what is past'],
    ['2026-11-25T14:00', '2026-11-25T15:00', [], 'none afterwards'],
  ])('at %s, seen at %s', (startsAt, now, expected) => {
    expect(plan(startsAt, now)).toEqual(expected);
  });

  it('are said in order, by day, before the event and not at once', () => {
    const first = at('2026-02-02T00:00').getTime();
    const time = fc
      .integer({ min: 0, max: 40 * 24 * 60 })
      .map((minutes) => new Date(first + minutes * 60_000));
    fc.assert(
      fc.property(time, time, (startsAt, now) => {
        const told = reminderPlan({ startsAt, now, calendar }).map(({ kind, at }) => ({
          kind,
          // As the engine says them.
          at: kind === 'hours' ? at : calendar.reminderTime(at, now),
        }));
        for (const { at } of told) {
          expect(calendar.outOfQuiet(at)).toEqual(at);
          expect(at < startsAt).toBe(true);
          expect(at.getTime() - now.getTime()).toBeGreaterThanOrEqual(3_600_000);
        }
        for (const [i, { at }] of told.entries()) {
          const next = told[i + 1];
          if (next) expect(next.at.getTime() - at.getTime()).toBeGreaterThanOrEqual(3_600_000);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('a person’s own choice', () => {
  it.each([
    ['all', ['week', 'day', 'hours']],
    ['day', ['day']],
    ['hours', ['hours']],
    ['none', []],
  ] as const)('%s: %j', (preference, expected) => {
    expect((['week', 'day', 'hours'] as const).filter((kind) => wants(preference, kind))).toEqual(expected);
  });
});
