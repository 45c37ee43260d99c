/** Meetings of two on the real desk, whatever the people at an event, its organizer and the clock do, and all at once. */
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { openCalendar } from '../../src/core/calendar.js';
import { placesFor, readBookings, readTables } from '../../src/workflows/appointment/booking.js';
import { comers } from '../../src/workflows/appointment/people.js';
import { slotEnd, slotsOf } from '../../src/workflows/appointment/slots.js';
import { lastPost, textsTo, zone } from '../desk/workshop.js';
import { type Guest, type Hall, openHall } from '../event/hall.js';

const calendar = openCalendar(zone);
let halls: Hall[] = [];
afterEach(async () => {
  await Promise.all(halls.map((one) => one.end()));
  halls = [];
});

const people = 12;

/** An event of three hours at which everybody comes. */
const open = async (tables: string): Promise<Hall> => {
  const hall = await openHall(people, { capacity: null, inDays: 28 });
  halls.push(hall);
  await hall.talk(hall.officer, `桌位 W-1 ${tables}`);
  await Promise.all(hall.guests.map((one) => hall.talk(one, '报名 W-1')));
  return hall;
};

/** All appointments, with their state and those who have a seat at their table. */
const look = async ({ database, eventId }: Hall) => {
  const rows = await database.appointment.findMany({
    where: { eventId },
    orderBy: { caseId: 'asc' },
    include: { case: { include: { timers: true } }, attendances: true },
  });
  return { rows, coming: await comers(database, eventId), tables: await readTables(database, eventId) };
};
type Look = Awaited<ReturnType<typeof look>>;
type Row = Look['rows'][number];

const guestOf = (hall: Hall, personId: string): Guest | undefined =>
  hall.guests.find((one) => one.personId === personId);

type Act =
  | { readonly kind: 'asks'; readonly who: number; readonly whom: number }
  | { readonly kind: 'answers'; readonly which: number; readonly words: '接受' | '谢绝' | '撤回' }
  | { readonly kind: 'cancels'; readonly which: number; readonly asker: boolean }
  | { readonly kind: 'changes'; readonly which: number; readonly asker: boolean; readonly slot: number }
  | { readonly kind: 'leaves' | 'returns'; readonly who: number };
type Step =
  | { readonly kind: 'people'; readonly acts: readonly Act[] }
  | { readonly kind: 'tables'; readonly to: string }
  | { readonly kind: 'moves'; readonly to: string }
  | { readonly kind: 'waits'; readonly hours: number };

const who = fc.nat(people - 1);
const which = fc.nat(30);
const asks = fc.record({ kind: fc.constant('asks' as const), who, whom: who });
const accepts = fc.record({
  kind: fc.constant('answers' as const),
  which,
  words: fc.constant('接受' as const),
});
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 6, arbitrary: asks },
  { weight: 6, arbitrary: accepts },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('answers' as const),
      which,
      words: fc.constantFrom('谢绝' as const, '撤回' as const),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('cancels' as const), which, asker: fc.boolean() }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('changes' as const),
      which,
      asker: fc.boolean(),
      slot: fc.integer({ min: 1, max: 6 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('leaves' as const, 'returns' as const), who }) },
);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('people' as const),
      acts: fc.array(asks, { minLength: 6, maxLength: 12 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('people' as const),
      acts: fc.array(accepts, { minLength: 6, maxLength: 12 }),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('people' as const),
      acts: fc.array(act, { minLength: 1, maxLength: 12 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('tables' as const),
      to: fc.constantFrom('1，60', '2，60', '2，30', '3，45'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('moves' as const),
      to: fc.constantFrom('12月21日 15:00-18:00', '12月22日 9:00-10:30', '12月23日 13:00-17:00'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('waits' as const), hours: fc.constantFrom(1, 11, 24) }),
  },
);

/** Who says what, one sentence after the other; undefined where there is nothing to say it about. */
const linesOf = (
  hall: Hall,
  { rows }: Look,
  one: Act,
): { readonly by: Guest; readonly lines: readonly string[] } | undefined => {
  const among = (state: string, number: number): Row | undefined => {
    const found = rows.filter((row) => row.case.state === state);
    return found[number % Math.max(1, found.length)];
  };
  const said = (by: Guest | undefined, ...lines: readonly string[]) => (by ? { by, lines } : undefined);
  switch (one.kind) {
    case 'asks':
      return said(hall.guests[one.who], `约见 W-1 ${hall.guests[one.whom]?.name ?? ''}`, '合作');
    case 'answers': {
      const row = among('requested', one.which);
      const by = row && guestOf(hall, one.words === '撤回' ? row.askerId : row.askedId);
      return row && said(by, `${one.words} ${row.case.ref}`);
    }
    case 'cancels':
    case 'changes': {
      const row = among('agreed', one.which);
      const by = row && guestOf(hall, one.asker ? row.askerId : row.askedId);
      if (!row) return undefined;
      return said(
        by,
        one.kind === 'cancels' ? `取消约见 ${row.case.ref}` : `换时间 ${row.case.ref} ${one.slot}`,
      );
    }
    case 'leaves':
      return said(hall.guests[one.who], '取消报名 W-1');
    case 'returns':
      return said(hall.guests[one.who], '报名 W-1');
    default:
      return one satisfies never;
  }
};

type Accepted = { readonly row: Row; readonly answer: string };

/** Lets everybody speak at once, each one thing at a time; returns how acceptances were answered. */
const speak = async (hall: Hall, acts: readonly Act[]): Promise<readonly Accepted[]> => {
  const before = await look(hall);
  const after = await lastPost(hall.database);
  const spoken = new Map<
    string,
    { readonly act: Act; readonly by: Guest; readonly lines: readonly string[] }
  >();
  for (const one of acts) {
    const found = linesOf(hall, before, one);
    if (found && !spoken.has(found.by.id)) spoken.set(found.by.id, { act: one, ...found });
  }
  await Promise.all(
    [...spoken.values()].map(async ({ by, lines }) => {
      for (const line of lines) await hall.talk(by, line);
    }),
  );
  const accepted: Accepted[] = [];
  for (const { act: one, by, lines } of spoken.values()) {
    const ref = one.kind === 'answers' && one.words === '接受' ? lines[0]?.split(' ')[1] : undefined;
    const row = before.rows.find((each) => each.case.ref === ref);
    if (!row || ref === undefined) continue;
    const heard = await textsTo(hall.database, by.id, after);
    accepted.push({ row, answer: heard.filter((text) => text.includes(ref)).join('\n') });
  }
  return accepted;
};

const carryOut = async (hall: Hall, one: Step): Promise<readonly Accepted[]> => {
  switch (one.kind) {
    case 'people':
      return speak(hall, one.acts);
    case 'tables':
      await hall.talk(hall.officer, `桌位 W-1 ${one.to}`);
      return [];
    case 'moves':
      for (const line of ['改期 W-1', one.to, '是', '跳过']) await hall.talk(hall.officer, line);
      return [];
    case 'waits':
      await hall.passTo(new Date(hall.now().getTime() + one.hours * 3_600_000));
      return [];
    default:
      return one satisfies never;
  }
};

const repeated = (names: readonly string[]): readonly string[] =>
  names.filter((name, at) => names.indexOf(name) !== at);

const nothingTwice = ({ rows }: Look): void => {
  const booked = rows.filter((one) => one.startsAt !== null);
  expect(repeated(booked.map((one) => `${one.startsAt?.toISOString()} table ${one.table}`))).toEqual([]);
  expect(
    repeated(
      booked.flatMap((one) => [one.askerId, one.askedId].map((id) => `${one.startsAt?.toISOString()} ${id}`)),
    ),
  ).toEqual([]);
  const ahead = rows.filter((one) => one.case.state === 'requested' || one.case.state === 'agreed');
  expect(repeated(ahead.map((one) => [one.askerId, one.askedId].toSorted().join()))).toEqual([]);
};

const live = (row: Row, alarm: string) =>
  row.case.timers.find(
    (one) => one.alarm === `appointment.${alarm}` && one.firedAt === null && one.cancelledAt === null,
  );

const everyBookingStands = ({ rows, coming, tables }: Look): void => {
  if (!tables) throw new Error('the event has tables');
  const slots = slotsOf(tables, calendar);
  for (const row of rows) {
    const seats = row.attendances.map((one) => `${one.personId} ${one.startsAt.toISOString()}`).toSorted();
    if (row.startsAt === null) {
      expect(seats).toEqual([]);
      // Whoever lost time and table is about to be told so.
      if (row.case.state === 'agreed') expect(live(row, 'eventChanged')).toBeDefined();
      continue;
    }
    const { startsAt } = row;
    expect(row.case.state).toBe('agreed');
    expect(seats).toEqual(
      [row.askerId, row.askedId].map((id) => `${id} ${startsAt.toISOString()}`).toSorted(),
    );
    expect(slots).toContainEqual(startsAt);
    expect(row.table).toBeGreaterThanOrEqual(1);
    expect(row.table).toBeLessThanOrEqual(tables.tables);
    expect(coming.has(row.askerId) && coming.has(row.askedId)).toBe(true);
    if (!live(row, 'eventChanged')) expect(live(row, 'takesPlace')?.dueAt).toEqual(slotEnd(startsAt, tables));
  }
};

const nothingFailed = async ({ database }: Hall): Promise<void> => {
  expect(await database.inbox.count({ where: { OR: [{ attempts: { gt: 0 } }, { doneAt: null }] } })).toBe(0);
};

/** Who accepts has a time, or hears that there is none, and then there is none. */
const everyAcceptanceIsAnswered = async (hall: Hall, accepted: readonly Accepted[], acts: readonly Act[]) => {
  for (const { row, answer } of accepted) {
    expect(answer).toMatch(/约好了|可惜眼下没有|不在.*参加者之列|现在不能/u);
    // While nobody gives anything up, what is free at the end was free all the time.
    const givesUp = acts.some(
      (one) => one.kind !== 'asks' && !(one.kind === 'answers' && one.words === '接受'),
    );
    if (!answer.includes('可惜眼下没有') || givesUp) continue;
    expect(await placesFor(hall.database, row, hall.now(), calendar)).toEqual([]);
  }
};

describe('meetings at an event', () => {
  test('are never double booked, whatever happens at once', { timeout: 240_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 8, maxLength: 14 }),
        fc.constantFrom('1，60', '2，60', '2，30'),
        async (steps, tables) => {
          const hall = await open(tables);
          for (const one of steps) {
            const accepted = await carryOut(hall, one);
            const now = await look(hall);
            nothingTwice(now);
            await hall.passTo(hall.now());
            const after = await look(hall);
            nothingTwice(after);
            everyBookingStands(after);
            await nothingFailed(hall);
            await everyAcceptanceIsAnswered(hall, accepted, one.kind === 'people' ? one.acts : []);
          }
        },
      ),
      // A run takes seconds: what fails is not made smaller.
      { numRuns: Number(process.env.BOOKING_RUNS ?? 3), endOnFailure: true },
    );
  });

  test('are given one after the other: the earliest time that both have, at a free table', {
    timeout: 60_000,
  }, async () => {
    const hall = await open('1，60');
    const [first, ...others] = hall.guests;
    if (!first) throw new Error('nobody is there');
    for (const other of others.slice(0, 5)) {
      await hall.talk(other, `约见 W-1 ${first.name}`);
      await hall.talk(other, '合作');
    }
    for (const row of (await look(hall)).rows) {
      const [expected] = await placesFor(hall.database, row, hall.now(), calendar);
      const answer = (await hall.talk(first, `接受 ${row.case.ref}`)).join();
      const booked = (await readBookings(hall.database, hall.eventId)).find((one) => one.id === row.caseId);
      expect(booked && { startsAt: booked.startsAt, table: booked.table }).toEqual(expected);
      expect(answer).toContain(expected ? '约好了' : '可惜眼下没有');
    }
    expect(await readBookings(hall.database, hall.eventId)).toHaveLength(3);
  });

  test('fill every slot when all accept at once, and not one more', { timeout: 60_000 }, async () => {
    const hall = await open('2，60');
    const pairs = hall.guests.slice(0, 6).map((one, at) => [one, hall.guests[at + 6]] as const);
    for (const [asker, asked] of pairs) {
      await hall.talk(asker, `约见 W-1 ${asked?.name ?? ''}`);
      await hall.talk(asker, '合作');
    }
    await Promise.all(
      (await look(hall)).rows.map(async (row) => {
        const asked = guestOf(hall, row.askedId);
        if (asked) await hall.talk(asked, `接受 ${row.case.ref}`);
      }),
    );
    // Six pairs, three slots at two tables.
    const after = await look(hall);
    nothingTwice(after);
    everyBookingStands(after);
    await nothingFailed(hall);
    expect(after.rows.map((one) => one.case.state)).toEqual(Array(6).fill('agreed'));
  });
});
