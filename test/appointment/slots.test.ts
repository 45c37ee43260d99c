/** Slots, free places and re-seating, whatever the event and its bookings are. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openCalendar } from '../../src/core/calendar.js';
import {
  type Booking,
  freePlaces,
  type Place,
  reseat,
  slotEnd,
  slotsOf,
  type Tables,
} from '../../src/workflows/appointment/slots.js';

const calendar = openCalendar('Asia/Shanghai');
const at = (local: string): Date => new Date(`${local}:00+08:00`);
const minutes = (from: Date, count: number): Date => new Date(from.getTime() + count * 60_000);
const longAgo = at('2026-01-01T00:00');

const anyTables: fc.Arbitrary<Tables> = fc
  .record({
    start: fc.integer({ min: 0, max: 14 * 24 * 12 }),
    length: fc.integer({ min: 1, max: 40 * 12 }),
    slotMinutes: fc.integer({ min: 5, max: 90 }),
    tables: fc.integer({ min: 1, max: 4 }),
  })
  .map(({ start, length, slotMinutes, tables }) => {
    const startsAt = minutes(at('2026-12-01T00:00'), start * 5);
    return { startsAt, endsAt: minutes(startsAt, length * 5), slotMinutes, tables };
  });

const crowd = ['a', 'b', 'c', 'd', 'e', 'f'];
const anyPair = fc.shuffledSubarray(crowd, { minLength: 2, maxLength: 2 });

/** Books pairs one after the other, each at some free place. */
const bookAll = (
  e: Tables,
  pairs: readonly (readonly string[])[],
  choose: (places: readonly Place[]) => Place | undefined,
): readonly Booking[] => {
  const booked: Booking[] = [];
  for (const [number, people] of pairs.entries()) {
    const place = choose(freePlaces(e, slotsOf(e, calendar), booked, people, longAgo));
    if (place) booked.push({ id: `R-${number + 1}`, people, ...place });
  }
  return booked;
};

const clashes = (bookings: readonly Booking[]): readonly string[] => {
  const used = bookings.flatMap(({ startsAt, table, people }) => [
    `${startsAt.toISOString()} table ${table}`,
    ...people.map((one) => `${startsAt.toISOString()} ${one}`),
  ]);
  return used.filter((one, index) => used.indexOf(one) !== index);
};

describe('slots', () => {
  test('lie within the event, one after the other, and an event of a day is cut to its end', () => {
    fc.assert(
      fc.property(anyTables, (e) => {
        const slots = slotsOf(e, calendar);
        for (const [index, slot] of slots.entries()) {
          expect(slot >= e.startsAt && slotEnd(slot, e) <= e.endsAt).toBe(true);
          const next = slots[index + 1];
          if (next) expect(slotEnd(slot, e) <= next).toBe(true);
        }
        const length = (e.endsAt.getTime() - e.startsAt.getTime()) / 60_000;
        if (length <= 14 * 60) expect(slots).toHaveLength(Math.floor(length / e.slotMinutes));
        else for (const slot of slots) expect(calendar.outOfQuiet(slot)).toEqual(slot);
      }),
    );
  });

  test('in the evening of a single day are kept', () => {
    const evening = { startsAt: at('2026-12-04T19:00'), endsAt: at('2026-12-04T23:00'), slotMinutes: 60 };
    expect(slotsOf(evening, calendar)).toHaveLength(4);
  });
});

describe('free places', () => {
  test('are all those where both are free and a table is, and no others', () => {
    fc.assert(
      fc.property(
        anyTables,
        fc.array(anyPair, { maxLength: 15 }),
        anyPair,
        fc.nat(),
        (e, pairs, two, seed) => {
          const booked = bookAll(e, pairs, (places) => places[seed % Math.max(1, places.length)]);
          expect(clashes(booked)).toEqual([]);
          const slots = slotsOf(e, calendar);
          const now = slots[seed % Math.max(1, slots.length)] ?? longAgo;
          const places = freePlaces(e, slots, booked, two, now);
          const expected = slots.filter((slot) => {
            const there = booked.filter((one) => one.startsAt.getTime() === slot.getTime());
            const bothFree = there.every((one) => !one.people.some((id) => two.includes(id)));
            return slot > now && bothFree && there.length < e.tables;
          });
          expect(places.map((one) => one.startsAt)).toEqual(expected);
          for (const place of places) {
            expect(place.table).toBeLessThanOrEqual(e.tables);
            expect(clashes([...booked, { id: 'new', people: two, ...place }])).toEqual([]);
          }
        },
      ),
    );
  });
});

describe('after a change of the event', () => {
  test('nobody is double booked, nobody is lost, and none is left out for whom there was a place', () => {
    fc.assert(
      fc.property(
        anyTables,
        anyTables,
        fc.array(anyPair, { maxLength: 15 }),
        fc.nat(),
        (before, after, pairs, seed) => {
          const booked = bookAll(before, pairs, (places) => places[seed % Math.max(1, places.length)]);
          const slots = slotsOf(after, calendar);
          const moved = reseat(before, after, slots, booked, longAgo);
          expect(moved.map((one) => one.id).toSorted()).toEqual(booked.map((one) => one.id).toSorted());
          const seated = moved.flatMap(({ id, place }): Booking[] => {
            const old = booked.find((one) => one.id === id);
            return old && place ? [{ ...old, ...place }] : [];
          });
          expect(clashes(seated)).toEqual([]);
          for (const one of seated) {
            expect(slots).toContainEqual(one.startsAt);
            expect(one.table).toBeLessThanOrEqual(after.tables);
          }
          for (const { id, place } of moved) {
            const people = booked.find((one) => one.id === id)?.people ?? [];
            if (place === null) expect(freePlaces(after, slots, seated, people, longAgo)).toEqual([]);
          }
        },
      ),
    );
  });

  test('who merely moves along keeps distance and table', () => {
    fc.assert(
      fc.property(
        anyTables,
        fc.array(anyPair, { maxLength: 15 }),
        fc.integer({ min: -5, max: 5 }),
        (e, pairs, days) => {
          const shift = days * 24 * 60;
          const after = { ...e, startsAt: minutes(e.startsAt, shift), endsAt: minutes(e.endsAt, shift) };
          const booked = bookAll(e, pairs, (places) => places.at(-1));
          const moved = reseat(e, after, slotsOf(after, calendar), booked, longAgo);
          for (const { id, place } of moved) {
            const old = booked.find((one) => one.id === id);
            expect(place).toEqual(old && { startsAt: minutes(old.startsAt, shift), table: old.table });
          }
        },
      ),
    );
  });
});
