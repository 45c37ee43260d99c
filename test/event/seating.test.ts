import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Grant,
  grantsFor,
  type Limits,
  type Party,
  type Policy,
  type Taken,
  type Wait,
  whyWaits,
} from '../../src/workflows/event/seating.js';
import {
  afterStep,
  everFits,
  possible,
  type Room,
  seatsOf,
  seatsOfTurn,
  seenFrom,
  slowGrants,
  stepOf,
  waitingInOrder,
} from './slow-seating.js';

const policies: readonly Policy[] = ['queue', 'bestFit', 'parkTurns', 'provinceTurns'];
const noLimits: Limits = { capacity: null, tickets: {}, perPark: null };

type Case = {
  readonly limits: Limits;
  readonly policy: Policy;
  readonly taken: Taken;
  readonly parties: readonly Party[];
};

const anyOrigin = fc.constantFrom(
  { parkId: 'taoxichuan', province: '江西' },
  { parkId: 'linyin', province: '江西' },
  { parkId: 'langyuan', province: '北京' },
  { parkId: 'waitan', province: null },
  { parkId: null, province: '北京' },
  { parkId: null, province: null },
);
const anyTicket = fc.constantFrom('delegate', 'observer');
const anyLimit = (max: number) => fc.option(fc.nat(max), { freq: 5 });

const anyLimits = fc.record({
  capacity: anyLimit(14),
  tickets: fc.record({ delegate: anyLimit(8), observer: anyLimit(8) }, { requiredKeys: [] }),
  perPark: anyLimit(5),
});

const anyParty = fc
  .record({
    ticket: anyTicket,
    origin: anyOrigin,
    waiting: fc.nat(4),
    placed: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat(3)),
    // At times more than it has people: some of them cancelled.
    atLeast: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 5 })),
  })
  .map(({ origin, ...rest }) => ({ ...rest, ...origin }));

const anyCase: fc.Arbitrary<Case> = fc
  .record({
    limits: anyLimits,
    policy: fc.constantFrom(...policies),
    others: fc.array(
      fc
        .record({ ticket: anyTicket, origin: anyOrigin, count: fc.nat(2) })
        .map(({ origin, ...rest }) => ({ ...rest, ...origin })),
      { maxLength: 3 },
    ),
    drawn: fc.array(anyParty, { maxLength: 8 }),
    numbers: fc.uniqueArray(fc.nat(99), { minLength: 8, maxLength: 8 }),
  })
  .map(({ limits, policy, others, drawn, numbers }) => {
    const parties = drawn.map((one, index) => {
      const number = numbers[index] ?? index + 100;
      return { ...one, id: `party ${number}`, number };
    });
    return { limits, policy, parties, taken: [...others, ...takenBy(parties)] };
  });

const takenBy = (parties: readonly Party[]): Taken =>
  parties.map(({ ticket, parkId, province, placed }) => ({ ticket, parkId, province, count: placed }));

const grantsOf = ({ limits, policy, taken, parties }: Case): readonly Grant[] =>
  grantsFor(limits, policy, taken, parties);
const waitOf = ({ limits, policy, taken, parties }: Case, id: string): Wait | undefined =>
  whyWaits(limits, policy, taken, parties, id);

const before = ({ taken, parties }: Case): Room => ({ seats: seatsOf(taken), parties });
const after = (room: Room, grants: readonly { readonly party: string; readonly count: number }[]): Room =>
  grants.reduce((so, grant) => afterStep(so, grant.party, grant.count), room);
const withRoom = (one: Case, room: Room): Case => ({
  ...one,
  parties: room.parties,
  taken: room.seats.map((seat) => ({ ...seat, count: 1 })),
});

const got = (grants: readonly Grant[], id: string): number =>
  grants.filter((one) => one.party === id).reduce((sum, one) => sum + one.count, 0);

/** Every limit with the seats that count against it. */
const counted = (limits: Limits, { seats }: Room): readonly { limit: number; used: number }[] => {
  const of = (limit: number | null | undefined, matches: (seat: Room['seats'][number]) => boolean) =>
    limit === null || limit === undefined ? [] : [{ limit, used: seats.filter(matches).length }];
  const parks = [...new Set(seats.flatMap((seat) => seat.parkId ?? []))];
  return [
    ...of(limits.capacity, () => true),
    ...Object.entries(limits.tickets).flatMap(([ticket, limit]) => of(limit, (one) => one.ticket === ticket)),
    ...parks.flatMap((park) => of(limits.perPark, (one) => one.parkId === park)),
  ];
};

const neverOver = (limits: Limits, then: Room, now: Room): void => {
  const usedBefore = counted(limits, { ...then, seats: then.seats });
  for (const [index, { limit, used }] of counted(limits, { ...now, seats: now.seats }).entries()) {
    // Parks appear in the order of their first seat, so new ones come last.
    expect(used).toBeLessThanOrEqual(Math.max(limit, usedBefore[index]?.used ?? 0));
  }
};

/** What each group ahead that may still come could use of the free places, those ahead of it considered. */
const heldAhead = (limits: Limits, room: Room, number: number): readonly number[] =>
  room.parties
    .filter((one) => one.number < number && everFits(limits, one))
    .sort((a, b) => a.number - b.number)
    .map((one) => possible(limits, seenFrom(limits, room.seats, room.parties, one.number), one));

/** Whether a party could be given something: it would come, and under `queue` nobody ahead is worse off for it. */
const isEligible = (limits: Limits, policy: Policy, room: Room, party: Party): boolean => {
  if (party.waiting === 0 || possible(limits, room.seats, party) < stepOf(party)) return false;
  if (policy !== 'queue') return true;
  const then = afterStep(room, party.id, stepOf(party));
  const held = heldAhead(limits, room, party.number);
  return heldAhead(limits, then, party.number).every((now, index) => now >= (held[index] ?? 0));
};

const isTrue = ({ why, party: id }: Grant, { limits, policy }: Case, room: Room): void => {
  const party = room.parties.find((one) => one.id === id);
  if (!party) throw new Error(`a grant to ${id}, who is not there`);
  const has = (one: Party): number => seatsOfTurn(policy, room.seats, one);
  const inTurns = policy === 'parkTurns' || policy === 'provinceTurns';
  const ahead = waitingInOrder(room.parties).filter((one) =>
    inTurns && has(one) !== has(party) ? has(one) < has(party) : one.number < party.number,
  );
  const finds = (one: Party): number => {
    const seats = policy === 'queue' ? seenFrom(limits, room.seats, room.parties, one.number) : room.seats;
    return possible(limits, seats, one);
  };
  for (const one of ahead) expect(finds(one)).toBeLessThan(stepOf(one));
  const tooLarge = ahead.filter((one) => finds(one) > 0).map((one) => one.number);
  const groups = ahead.filter((one) => stepOf(one) > 1).map((one) => one.number);
  switch (why.kind) {
    case 'first':
      expect(ahead).toEqual([]);
      break;
    case 'firstWithPlaces':
      expect(ahead.length).toBeGreaterThan(0);
      expect(tooLarge).toEqual([]);
      break;
    case 'firstThatFits':
      expect(why.passed.length).toBeGreaterThan(0);
      expect(why.passed).toEqual(expect.arrayContaining(tooLarge));
      expect(groups).toEqual(expect.arrayContaining([...why.passed]));
      break;
    case 'turn':
      expect(why.of).toBe(policy === 'parkTurns' ? 'park' : 'province');
      expect(why.has).toBe(has(party));
      expect(why.passed).toEqual(expect.arrayContaining(tooLarge));
      expect(groups).toEqual(expect.arrayContaining([...why.passed]));
      break;
    default:
      why satisfies never;
  }
  expect(why.kind === 'turn').toBe(inTurns);
};

/** People who would be seated before the party if there were seats for all. */
const aheadOf = ({ policy }: Case, room: Room, party: Party, isRival: (one: Party) => boolean): number => {
  const rivals = room.parties.filter((one) => isRival(one));
  if (policy === 'queue' || policy === 'bestFit') {
    const sooner = rivals.filter((one) => one.number < party.number);
    return sooner.reduce((sum, one) => sum + one.waiting, 0);
  }
  let count = 0;
  const taken = room.seats.map((seat) => ({ ...seat, count: 1 }));
  for (const step of slowGrants(noLimits, policy, taken, room.parties)) {
    if (step.party === party.id) break;
    if (rivals.some((one) => one.id === step.party)) count += step.count;
  }
  return count;
};

const expectedWait = (one: Case, room: Room, party: Party): Wait => {
  const { limits } = one;
  const ahead = (isRival: (other: Party) => boolean = () => true) => aheadOf(one, room, party, isRival);
  const { ticket, parkId } = party;
  const open = (others: Limits): boolean => possible(others, room.seats, party) > 0;
  const alone = { ...party, waiting: party.placed + party.waiting };
  const free = possible(limits, room.seats, party);
  const needs = stepOf(party);
  if (needs > 1 && !everFits(limits, party)) {
    const least = Math.min(party.atLeast, alone.waiting);
    return { kind: 'neverFits', needs: least, most: possible(limits, [], alone), ahead: ahead() };
  }
  if (!open({ ...noLimits, capacity: limits.capacity })) return { kind: 'full', ahead: ahead() };
  if (!open({ ...noLimits, tickets: limits.tickets })) {
    return { kind: 'ticketFull', ticket, ahead: ahead((other) => other.ticket === ticket) };
  }
  if (!open({ ...noLimits, perPark: limits.perPark })) {
    return { kind: 'parkFull', ahead: ahead((other) => other.parkId === parkId) };
  }
  if (free < needs) return { kind: 'groupTooLarge', needs, free, ahead: ahead() };
  expect(one.policy).toBe('queue');
  return { kind: 'behind', ahead: ahead() };
};

const holds = (one: Case): void => {
  const { limits, policy, parties } = one;
  const then = before(one);
  const grants = grantsOf(one);
  const now = after(then, grants);

  // Within the limits, and whoever gets something gets enough to come.
  neverOver(limits, then, now);
  for (const party of now.parties) {
    expect(party.waiting).toBeGreaterThanOrEqual(0);
    if (got(grants, party.id) > 0) {
      expect(party.placed).toBeGreaterThanOrEqual(Math.min(party.atLeast, party.placed + party.waiting));
    }
  }
  for (const [index, grant] of grants.entries()) {
    expect(grant.count).toBeGreaterThan(0);
    expect(grant.party).not.toBe(grants[index + 1]?.party);
    isTrue(grant, one, after(then, grants.slice(0, index)));
  }

  // Nothing more can be given, and nobody waits beside a place that could be theirs.
  expect(grantsOf(withRoom(one, now))).toEqual([]);
  expect(now.parties.filter((party) => isEligible(limits, policy, now, party))).toEqual([]);

  for (const party of parties) {
    const waits = party.waiting > 0 && got(grants, party.id) === 0;
    expect(waitOf(one, party.id)).toEqual(waits ? expectedWait(one, now, party) : undefined);
  }
};

describe('grants', () => {
  it('are those of the slow rules, in the same order', () => {
    fc.assert(
      fc.property(anyCase, (one) => {
        const fast = grantsOf(one).map(({ party, count }) => ({ party, count }));
        expect(fast).toEqual(slowGrants(one.limits, one.policy, one.taken, one.parties));
      }),
      { numRuns: 4000 },
    );
  });

  it('stay within the limits, leave no seat idle, and have a true reason; so has every wait', () => {
    fc.assert(fc.property(anyCase, holds), { numRuns: 2000 });
  });

  it('in a queue, nobody overtakes who wants the same', () => {
    fc.assert(
      fc.property(anyCase, (drawn) => {
        const one: Case = { ...drawn, policy: 'queue' };
        const grants = grantsOf(one);
        for (const left of one.parties) {
          if (got(grants, left.id) >= left.waiting || !everFits(one.limits, left)) continue;
          const behind = one.parties.filter(
            ({ number, ticket, parkId }) =>
              number > left.number &&
              ticket === left.ticket &&
              parkId === left.parkId &&
              (parkId !== null || one.limits.perPark === null),
          );
          expect(behind.filter((party) => got(grants, party.id) > 0)).toEqual([]);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('nobody is moved by whoever stands behind, in a queue or with best fit', () => {
    fc.assert(
      fc.property(anyCase, fc.constantFrom('queue', 'bestFit'), fc.nat(99), (drawn, policy, number) => {
        const one: Case = { ...drawn, policy };
        const isFront = (id: string) =>
          one.parties.some((party) => party.id === id && party.number <= number);
        const front = one.parties.filter((party) => isFront(party.id));
        expect(grantsOf({ ...one, parties: front })).toEqual(
          grantsOf(one).filter((grant) => isFront(grant.party)),
        );
      }),
      { numRuns: 1000 },
    );
  });

  it('with best fit, a group is only passed by what is smaller', () => {
    fc.assert(
      fc.property(anyCase, (drawn) => {
        const one: Case = { ...drawn, policy: 'bestFit' };
        const grants = grantsOf(one);
        for (const left of one.parties.filter((party) => party.waiting > 0)) {
          if (got(grants, left.id) > 0) continue;
          const passing = one.parties.filter(
            ({ id, number, ticket, parkId }) =>
              got(grants, id) > 0 && number > left.number && ticket === left.ticket && parkId === left.parkId,
          );
          for (const party of passing) expect(stepOf(party)).toBeLessThan(stepOf(left));
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('by turns, no park that was given a seat is more than one ahead of one that waits', () => {
    fc.assert(
      fc.property(anyCase, fc.constantFrom('parkTurns', 'provinceTurns'), (drawn, policy) => {
        const parties = drawn.parties
          .map((party) => ({ ...party, atLeast: 1 }))
          .filter((party) => (policy === 'parkTurns' ? party.parkId : party.province) !== null);
        const limits = { ...noLimits, capacity: drawn.limits.capacity };
        const one: Case = { ...drawn, policy, parties, limits };
        const grants = grantsOf(one);
        const now = after(before(one), grants);
        const has = (party: Party): number => seatsOfTurn(policy, now.seats, party);
        const given = now.parties.filter((party) => got(grants, party.id) > 0);
        for (const waiting of now.parties.filter((party) => party.waiting > 0)) {
          for (const lucky of given) expect(has(lucky)).toBeLessThanOrEqual(has(waiting) + 1);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

type Happening =
  | { readonly kind: 'arrives'; readonly party: Omit<Party, 'id' | 'number' | 'placed'> }
  | { readonly kind: 'cancels'; readonly who: number; readonly seated: boolean; readonly count: number }
  | { readonly kind: 'holdEnds'; readonly who: number; readonly count: number }
  | { readonly kind: 'capacity'; readonly to: number | null }
  | { readonly kind: 'quota'; readonly ticket: string; readonly to: number | null }
  | { readonly kind: 'perPark'; readonly to: number | null }
  | { readonly kind: 'poolDay' };

const anyHappening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .record({
        size: fc.constantFrom(1, 1, 2, 3, 4),
        comes: fc.constantFrom('all', 'some', 'any'),
        ticket: anyTicket,
        origin: anyOrigin,
      })
      .map(({ size, comes, ticket, origin }): Happening => {
        const atLeast = { all: size, some: Math.ceil(size / 2), any: 1 }[comes];
        return { kind: 'arrives', party: { ticket, ...origin, waiting: size, atLeast } };
      }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('cancels'),
      who: fc.nat(30),
      seated: fc.boolean(),
      count: fc.integer({ min: 1, max: 3 }),
    }),
  },
  fc.record({
    kind: fc.constant('holdEnds'),
    who: fc.nat(30),
    count: fc.integer({ min: 1, max: 2 }),
  }),
  fc.record({ kind: fc.constant('capacity'), to: anyLimit(14) }),
  fc.record({ kind: fc.constant('quota'), ticket: anyTicket, to: anyLimit(8) }),
  fc.record({ kind: fc.constant('perPark'), to: anyLimit(4) }),
  fc.record({ kind: fc.constant('poolDay') }),
);

type Scene = { readonly limits: Limits; readonly parties: readonly Party[]; readonly arrivals: number };

const change = (parties: readonly Party[], who: number, to: (party: Party) => Party): readonly Party[] =>
  parties.map((one, index) => (index === who % parties.length ? to(one) : one));

const happens = (scene: Scene, event: Happening): Scene => {
  const { limits, parties } = scene;
  switch (event.kind) {
    case 'arrives': {
      const number = scene.arrivals + 1;
      const party = { ...event.party, id: `party ${number}`, number, placed: 0 };
      return { ...scene, arrivals: number, parties: [...parties, party] };
    }
    case 'cancels': {
      const of = event.seated ? 'placed' : 'waiting';
      const leave = (one: Party): Party => ({ ...one, [of]: Math.max(0, one[of] - event.count) });
      return { ...scene, parties: change(parties, event.who, leave) };
    }
    case 'holdEnds': {
      // Whoever did not answer goes to the end of the line.
      const number = scene.arrivals + 1;
      const back = (one: Party): Party => {
        const count = Math.min(event.count, one.placed);
        return { ...one, number, placed: one.placed - count, waiting: one.waiting + count };
      };
      return { ...scene, arrivals: number, parties: change(parties, event.who, back) };
    }
    case 'capacity':
      return { ...scene, limits: { ...limits, capacity: event.to } };
    case 'quota':
      return { ...scene, limits: { ...limits, tickets: { ...limits.tickets, [event.ticket]: event.to } } };
    case 'perPark':
      return { ...scene, limits: { ...limits, perPark: event.to } };
    case 'poolDay':
      return { ...scene, limits: { ...limits, perPark: null } };
    default:
      return event satisfies never;
  }
};

describe('from the first sign-up to the last cancellation', () => {
  for (const policy of policies) {
    it(`everything holds after each step, under ${policy}`, () => {
      fc.assert(
        fc.property(anyLimits, fc.array(anyHappening, { minLength: 5, maxLength: 20 }), (limits, events) => {
          let scene: Scene = { limits, parties: [], arrivals: 0 };
          for (const event of events) {
            const next = happens(scene, event);
            const one: Case = { ...next, policy, taken: takenBy(next.parties) };
            holds(one);
            scene = { ...next, parties: after(before(one), grantsOf(one)).parties };
          }
        }),
        { numRuns: 100 },
      );
    });
  }
});

const party = (number: number, waiting: number, more: Partial<Party> = {}): Party => ({
  id: `#${number}`,
  number,
  ticket: 'delegate',
  parkId: null,
  province: null,
  waiting,
  placed: 0,
  atLeast: waiting,
  ...more,
});
const any = { atLeast: 1 };
const of = (parkId: string) => ({ parkId });
const seated = (count: number, more: Partial<Taken[number]> = {}): Taken => [
  { ticket: 'delegate', parkId: null, province: null, count, ...more },
];
const seats = (capacity: number | null, more: Partial<Limits> = {}): Limits => ({
  ...noLimits,
  capacity,
  ...more,
});
const told = (grants: readonly Grant[]): string =>
  grants.map((one) => `${one.party} gets ${one.count}`).join(', ');

describe('a strict queue', () => {
  it('seats people in the order in which they signed up', () => {
    const line = [party(3, 1), party(1, 1), party(2, 1)];
    expect(grantsFor(seats(2), 'queue', [], line)).toEqual([
      { party: '#1', count: 1, why: { kind: 'first' } },
      { party: '#2', count: 1, why: { kind: 'first' } },
    ]);
    expect(whyWaits(seats(2), 'queue', [], line, '#3')).toEqual({ kind: 'full', ahead: 0 });
  });

  it('stops behind a group at its head that one seat is too few for', () => {
    const line = [party(1, 2), party(2, 1), party(3, 1)];
    expect(grantsFor(seats(10), 'queue', seated(9), line)).toEqual([]);
    expect(whyWaits(seats(10), 'queue', seated(9), line, '#1')).toEqual({
      kind: 'groupTooLarge',
      needs: 2,
      free: 1,
      ahead: 0,
    });
    expect(whyWaits(seats(10), 'queue', seated(9), line, '#3')).toEqual({ kind: 'behind', ahead: 3 });
    expect(told(grantsFor(seats(10), 'queue', seated(7), line))).toBe('#1 gets 2, #2 gets 1');
  });

  it('gives a group that comes in part what there is, and then the others nothing', () => {
    const line = [party(1, 4, { atLeast: 2 }), party(2, 1)];
    expect(told(grantsFor(seats(3), 'queue', [], line))).toBe('#1 gets 3');
    expect(told(grantsFor(seats(4), 'queue', seated(3), line))).toBe('');
  });

  it('is stopped by a sold-out ticket for that ticket only, however large the group', () => {
    const limits = seats(10, { tickets: { delegate: 6 } });
    const line = [party(1, 5), party(2, 1), party(3, 1, { ticket: 'observer' })];
    expect(grantsFor(limits, 'queue', seated(6), line)).toEqual([
      { party: '#3', count: 1, why: { kind: 'firstWithPlaces' } },
    ]);
    expect(whyWaits(limits, 'queue', seated(6), line, '#2')).toEqual({
      kind: 'ticketFull',
      ticket: 'delegate',
      ahead: 5,
    });
  });

  it('keeps for a group the seats that go with its ticket’s last places, and gives others the rest', () => {
    const limits = seats(10, { tickets: { delegate: 8 } });
    const observer = { ticket: 'observer' };
    const line = [party(1, 3), party(2, 1), party(3, 1, observer), party(4, 1, observer)];
    // Two delegates' places are left and three seats: two of the seats are kept for the group.
    const taken = [...seated(6), ...seated(1, observer)];
    expect(grantsFor(limits, 'queue', taken, line)).toEqual([
      { party: '#3', count: 1, why: { kind: 'firstThatFits', passed: [1] } },
    ]);
    expect(whyWaits(limits, 'queue', taken, line, '#2')).toEqual({ kind: 'behind', ahead: 3 });
    expect(whyWaits(limits, 'queue', taken, line, '#4')).toEqual({ kind: 'behind', ahead: 4 });
    // A delegate cancels: the group comes, and no observer's promotion is in its way.
    const later = [...seated(5), ...seated(2, observer)];
    const left = line.filter((one) => one.number !== 3);
    expect(told(grantsFor(limits, 'queue', later, left))).toBe('#1 gets 3');
  });

  it('is stopped by a park’s quota for that park only, until the pool day', () => {
    const limits = seats(10, { perPark: 2 });
    const taken = seated(2, of('taoxichuan'));
    const line = [party(1, 1, of('taoxichuan')), party(2, 1, of('langyuan')), party(3, 1)];
    expect(told(grantsFor(limits, 'queue', taken, line))).toBe('#2 gets 1, #3 gets 1');
    expect(whyWaits(limits, 'queue', taken, line, '#1')).toEqual({ kind: 'parkFull', ahead: 0 });
    expect(told(grantsFor(seats(10), 'queue', taken, line.slice(0, 1)))).toBe('#1 gets 1');
  });

  it('binds nobody without a park to a park’s quota', () => {
    expect(told(grantsFor(seats(null, { perPark: 1 }), 'queue', [], [party(1, 5)]))).toBe('#1 gets 5');
  });
});

describe('best fit', () => {
  it('passes over a couple that wants two seats or none, and says so', () => {
    const line = [party(1, 2), party(2, 1)];
    expect(grantsFor(seats(10), 'bestFit', seated(9), line)).toEqual([
      { party: '#2', count: 1, why: { kind: 'firstThatFits', passed: [1] } },
    ]);
    expect(whyWaits(seats(10), 'bestFit', seated(9), line, '#1')).toEqual({ kind: 'full', ahead: 0 });
  });

  it('considers the member with three guests again as soon as four seats are free', () => {
    const line = [party(1, 4), party(2, 2), party(3, 1), party(4, 1)];
    expect(told(grantsFor(seats(20), 'bestFit', seated(17), line))).toBe('#2 gets 2, #3 gets 1');
    const rest = [party(1, 4), party(4, 1)];
    expect(told(grantsFor(seats(20), 'bestFit', seated(16), rest))).toBe('#1 gets 4');
    expect(whyWaits(seats(20), 'bestFit', seated(16), rest, '#4')).toEqual({ kind: 'full', ahead: 0 });
  });

  it('lets a group in that is content with a part', () => {
    const line = [party(1, 4, any), party(2, 1)];
    expect(told(grantsFor(seats(3), 'bestFit', [], line))).toBe('#1 gets 3');
  });

  it('completes a group of which some have a place already', () => {
    const line = [party(1, 1, { placed: 2, atLeast: 3 }), party(2, 1)];
    expect(told(grantsFor(seats(3), 'bestFit', seated(2), line))).toBe('#1 gets 1');
  });
});

describe('turns by park', () => {
  it('go round, the park with the fewest seats first, and within a park by sign-up', () => {
    const line = [
      party(1, 1, of('A')),
      party(2, 1, of('A')),
      party(3, 1, of('A')),
      party(4, 1, of('B')),
      party(5, 1, of('C')),
    ];
    expect(grantsFor(seats(6), 'parkTurns', seated(2, of('C')), line)).toEqual([
      { party: '#1', count: 1, why: { kind: 'turn', of: 'park', has: 0, passed: [] } },
      { party: '#4', count: 1, why: { kind: 'turn', of: 'park', has: 0, passed: [] } },
      { party: '#2', count: 1, why: { kind: 'turn', of: 'park', has: 1, passed: [] } },
      { party: '#3', count: 1, why: { kind: 'turn', of: 'park', has: 2, passed: [] } },
    ]);
    expect(whyWaits(seats(6), 'parkTurns', seated(2, of('C')), line, '#5')).toEqual({
      kind: 'full',
      ahead: 0,
    });
    expect(whyWaits(seats(2), 'parkTurns', seated(2, of('C')), line, '#5')).toEqual({
      kind: 'full',
      ahead: 4,
    });
  });

  it('give a group at once what it needs, and what more it wants one by one', () => {
    const line = [party(1, 4, { ...of('A'), atLeast: 2 }), party(2, 3, { ...of('B'), ...any })];
    expect(told(grantsFor(seats(6), 'parkTurns', [], line))).toBe(
      '#1 gets 2, #2 gets 2, #1 gets 1, #2 gets 1',
    );
  });

  it('pass over a group that is too large for the seats left, and a park that has its quota', () => {
    const line = [party(1, 3, of('A')), party(2, 1, of('B')), party(3, 1, of('C')), party(4, 1, of('C'))];
    const taken = [...seated(1, of('B')), ...seated(1, of('C'))];
    expect(grantsFor(seats(4, { perPark: 3 }), 'parkTurns', taken, line)).toEqual([
      { party: '#2', count: 1, why: { kind: 'turn', of: 'park', has: 1, passed: [1] } },
      { party: '#3', count: 1, why: { kind: 'turn', of: 'park', has: 1, passed: [1] } },
    ]);
    const quota = seats(9, { perPark: 1 });
    expect(whyWaits(quota, 'parkTurns', taken, line, '#4')).toEqual({ kind: 'parkFull', ahead: 1 });
    expect(whyWaits(quota, 'parkTurns', taken, line, '#1')).toEqual({
      kind: 'neverFits',
      needs: 3,
      most: 1,
      ahead: 0,
    });
  });

  it('count everybody without a park as a park of their own', () => {
    const line = [party(1, 2, { ...of('A'), ...any }), party(2, 2, any)];
    expect(told(grantsFor(seats(3), 'parkTurns', [], line))).toBe('#1 gets 1, #2 gets 2');
  });

  it('merge only what a party gets in a row', () => {
    const line = [party(1, 3, { ...of('A'), ...any }), party(2, 1, of('B'))];
    expect(told(grantsFor(seats(4), 'parkTurns', [], line))).toBe('#1 gets 1, #2 gets 1, #1 gets 2');
  });
});

describe('turns by province', () => {
  it('count a province’s parks together', () => {
    const jiangxi = { province: '江西' };
    const line = [
      party(1, 1, { ...of('A'), ...jiangxi }),
      party(2, 1, { ...of('B'), ...jiangxi }),
      party(3, 1, { ...of('C'), province: '北京' }),
    ];
    expect(grantsFor(seats(2), 'provinceTurns', [], line)).toEqual([
      { party: '#1', count: 1, why: { kind: 'turn', of: 'province', has: 0, passed: [] } },
      { party: '#3', count: 1, why: { kind: 'turn', of: 'province', has: 0, passed: [] } },
    ]);
    expect(whyWaits(seats(2), 'provinceTurns', [], line, '#2')).toEqual({ kind: 'full', ahead: 0 });
  });
});

describe('limits that change', () => {
  it('lowered below what is taken, give nothing and take nothing back', () => {
    for (const policy of policies) {
      expect(grantsFor(seats(5), policy, seated(9), [party(1, 1)])).toEqual([]);
      expect(grantsFor(seats(20, { tickets: { delegate: 5 } }), policy, seated(9), [party(1, 1)])).toEqual(
        [],
      );
      const crowded = seated(9, of('A'));
      expect(grantsFor(seats(20, { perPark: 5 }), policy, crowded, [party(1, 1, of('A'))])).toEqual([]);
      expect(whyWaits(seats(5), policy, seated(9), [party(1, 1)], '#1')).toEqual({ kind: 'full', ahead: 0 });
    }
  });

  it('lowered below the size of a group, leave the line open behind it', () => {
    const line = [party(1, 4), party(2, 1)];
    expect(told(grantsFor(seats(4), 'queue', seated(2), line))).toBe('');
    expect(told(grantsFor(seats(3), 'queue', seated(2), line))).toBe('#2 gets 1');
    expect(whyWaits(seats(3), 'queue', seated(2), line, '#1')).toEqual({
      kind: 'neverFits',
      needs: 4,
      most: 3,
      ahead: 0,
    });
  });

  it('let everybody in where there are none', () => {
    for (const policy of policies) {
      expect(told(grantsFor(noLimits, policy, [], [party(1, 40), party(2, 1)]))).toBe(
        '#1 gets 40, #2 gets 1',
      );
    }
  });

  it('know a ticket whose name an object has anyway', () => {
    const odd = party(1, 1, { ticket: 'constructor' });
    const couple = { ...odd, waiting: 2, atLeast: 2 };
    expect(told(grantsFor(seats(1), 'queue', [], [odd]))).toBe('#1 gets 1');
    expect(told(grantsFor(seats(3), 'queue', seated(2), [couple, party(2, 1)]))).toBe('');
  });
});

describe('a group of which some cancelled', () => {
  it('comes when all who are left have a place', () => {
    const line = [party(1, 2, { atLeast: 4 })];
    for (const policy of policies) {
      expect(told(grantsFor(seats(2), policy, [], line))).toBe('#1 gets 2');
      expect(told(grantsFor(seats(1), policy, [], line))).toBe('');
    }
  });
});

describe('why somebody waits', () => {
  it('is no question for who is seated, is about to be, or is not there', () => {
    const line = [party(1, 0, { placed: 1 }), party(2, 1)];
    for (const id of ['#1', '#2', '#3'])
      expect(whyWaits(seats(9), 'queue', seated(1), line, id)).toBeUndefined();
  });
});

describe('a large event', () => {
  const line = Array.from({ length: 2000 }, (_, index) =>
    party(index + 1, 1 + (index % 4), {
      atLeast: 1 + (index % 3),
      ticket: index % 5 === 0 ? 'observer' : 'delegate',
      ...(index % 7 === 0 ? {} : { parkId: `park ${index % 150}`, province: `province ${index % 30}` }),
    }),
  );
  const limits = seats(1500, { tickets: { delegate: 1400, observer: 300 }, perPark: 40 });

  for (const policy of policies) {
    it(`is seated at once under ${policy}`, () => {
      const start = performance.now();
      const grants = grantsFor(limits, policy, seated(1000), line);
      const wait = whyWaits(limits, policy, seated(1000), line, '#2000');
      expect(performance.now() - start).toBeLessThan(1000);
      expect(grants.reduce((sum, one) => sum + one.count, 0)).toBe(500);
      expect(wait?.kind).toBe('full');
    });

    it(`is looked at quickly where nothing is free under ${policy}`, () => {
      const start = performance.now();
      for (let times = 0; times < 100; times += 1) {
        expect(grantsFor(limits, policy, seated(1500), line)).toEqual([]);
      }
      expect(performance.now() - start).toBeLessThan(1000);
    });
  }
});
