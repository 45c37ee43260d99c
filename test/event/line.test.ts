/** The line of an event on the real desk, whatever people, organizers and the clock do to it. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openCalendar } from '../../src/core/calendar.js';
import { heldUntil } from '../../src/workflows/event/hold.js';
import { limitsOf, readTaken, readWaiting } from '../../src/workflows/event/line.js';
import { grantsFor } from '../../src/workflows/event/seating.js';
import { zone } from '../desk/workshop.js';
import { type Hall, openHall } from './hall.js';

const calendar = openCalendar(zone);
type Act =
  | { readonly kind: 'says'; readonly who: number; readonly words: string }
  | { readonly kind: 'resizes'; readonly to: number }
  | { readonly kind: 'waits'; readonly hours: number };

const people = 5;
const acts: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('says' as const),
      who: fc.nat(people - 1),
      words: fc.constantFrom(
        '报名 W-1',
        '报名 W-1 +1',
        '报名 W-1 +2 全部',
        '报名 W-1 +2 至少2人',
        '报名 W-1 线上',
        '报名 W-1 小明、小红',
      ),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('says' as const),
      who: fc.nat(people - 1),
      words: fc.constantFrom(
        '取消报名 W-1',
        '接受 W-1',
        '放弃 W-1',
        '取消报名 W-1 宾客2+1',
        '取消报名 W-1 宾客3+1',
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('resizes' as const), to: fc.integer({ min: 1, max: 9 }) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('waits' as const),
      hours: fc.constantFrom(1, 9, 14, 30, 72),
    }),
  },
);

const carryOut = async (hall: Hall, act: Act): Promise<void> => {
  switch (act.kind) {
    case 'says': {
      const guest = hall.guests[act.who];
      if (guest) await hall.talk(guest, act.words);
      return;
    }
    case 'resizes':
      await hall.talk(hall.officer, `名额 W-1 ${act.to}，跳过`);
      return;
    case 'waits':
      await hall.passTo(new Date(hall.now().getTime() + act.hours * 3_600_000));
      return;
    default:
      return act satisfies never;
  }
};

/** What the event has, wants and gives just now. */
const look = async ({ database, eventId, now }: Hall) => {
  const e = await database.event.findUniqueOrThrow({
    where: { caseId: eventId },
    include: { tickets: true },
  });
  const { state } = await database.case.findUniqueOrThrow({ where: { id: eventId } });
  const attendees = await database.attendee.findMany({ where: { eventId }, include: { party: true } });
  const limits = limitsOf({ subject: { ...e, parkId: null }, now: now() });
  const taken = await readTaken(database, eventId);
  return { e, state, attendees, limits, taken, waiting: await readWaiting(database, eventId) };
};
type Look = Awaited<ReturnType<typeof look>>;

const total = (taken: Look['taken'], of: (one: Look['taken'][number]) => boolean): number =>
  taken.filter(of).reduce((sum, one) => sum + one.count, 0);

/** Nothing is given beyond a limit. Where a limit was lowered below what was given, nothing more is given. */
const withinLimits = (before: Look, after: Look): void => {
  const within = (limit: number | null | undefined, of: (one: Look['taken'][number]) => boolean) => {
    if (limit == null) return;
    expect(total(after.taken, of)).toBeLessThanOrEqual(Math.max(limit, total(before.taken, of)));
  };
  within(after.limits.capacity, () => true);
  for (const [ticket, quota] of Object.entries(after.limits.tickets))
    within(quota, (one) => one.ticket === ticket);
  for (const parkId of new Set(after.taken.map((one) => one.parkId))) {
    if (parkId !== null) within(after.limits.perPark, (one) => one.parkId === parkId);
  }
};

const noPlaceIdles = ({ e, state, limits, taken, waiting }: Look, now: Date): void => {
  const until = heldUntil({ now, startsAt: e.startsAt, cutOff: e.cutOffAt, hours: e.holdHours, calendar });
  const asleep = calendar.outOfQuiet(now) > now;
  if (state !== 'open' || until === null || asleep) return;
  expect(grantsFor(limits, e.policy, taken, waiting)).toEqual([]);
};

const everyPlaceHasItsReason = ({ attendees }: Look): void => {
  for (const one of attendees) expect(one.because).toMatchObject({ zh: /\S/u, en: /\S/u });
  const held = attendees.filter((one) => one.status === 'held');
  expect(held.filter((one) => one.heldUntil === null)).toEqual([]);
};

const nobodyTwice = ({ attendees }: Look): void => {
  const there = attendees.filter((one) => one.status !== 'out');
  const names = there.map((one) => one.personId ?? `${one.nameKey} ${one.parkId}`);
  expect(new Set(names).size).toBe(names.length);
};

const placedOf = ({ attendees }: Look, partyId: string): number =>
  attendees.filter((one) => one.partyId === partyId && (one.status === 'going' || one.status === 'held'))
    .length;

/**
 * A group is given all, enough or none of what it asked for. One that has given up places of its own may be left with
 * fewer: who is next for those is the policy's to say.
 */
const groupsAreWhole = (before: Look, after: Look): void => {
  for (const partyId of new Set(after.attendees.map((one) => one.partyId))) {
    const members = after.attendees.filter((one) => one.partyId === partyId);
    const own = members.filter((one) => one.status !== 'out');
    const placed = placedOf(after, partyId);
    const gaveUp = own.length < members.length && placed <= placedOf(before, partyId);
    if (placed > 0 && !gaveUp)
      expect(placed).toBeGreaterThanOrEqual(Math.min(own[0]?.party.atLeast ?? 1, own.length));
  }
};

const runs = Number(process.env.LINE_RUNS ?? 5);
const timeLimitMs = 120_000 + runs * 5_000;

describe.each(['queue', 'bestFit', 'parkTurns', 'provinceTurns'] as const)('under %s', (policy) => {
  test('places and holds keep within all limits, and none idles', { timeout: timeLimitMs }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(acts, { minLength: 10, maxLength: 25 }),
        fc.integer({ min: 1, max: 5 }),
        fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
        async (script, capacity, perPark) => {
          const hall = await openHall(people, {
            capacity,
            policy,
            ...(perPark !== undefined && { perPark }),
            tickets: [
              { kind: 'delegate', quota: null },
              { kind: 'online', quota: 2 },
            ],
            inDays: 28,
          });
          try {
            let before = await look(hall);
            for (const act of script) {
              await carryOut(hall, act);
              const after = await look(hall);
              withinLimits(before, after);
              noPlaceIdles(after, hall.now());
              everyPlaceHasItsReason(after);
              nobodyTwice(after);
              groupsAreWhole(before, after);
              before = after;
            }
          } finally {
            await hall.end();
          }
        },
      ),
      // A script that failed is shown even when there is no time left to make it shorter.
      { numRuns: runs, interruptAfterTimeLimit: timeLimitMs - 30_000, markInterruptAsFailure: true },
    );
  });
});
