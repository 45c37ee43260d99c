/**
 * The seating rules once more, slow and obvious: every seat is a thing in a list, one step is given at a time,
 * and everything is counted afresh before the next. The fast one must give the same seats in the same order.
 */
import type { Limits, Party, Policy, Taken } from '../../src/workflows/event/seating.js';

export type Seat = {
  readonly ticket: string;
  readonly parkId: string | null;
  readonly province: string | null;
};
export type Step = { readonly party: Party; readonly count: number };

export const seatsOf = (taken: Taken): readonly Seat[] =>
  taken.flatMap((one) => Array.from({ length: one.count }, () => one));

const below = (limit: number | null | undefined, used: number): boolean =>
  limit === null || limit === undefined || used < limit;

/** Whether one more person may sit down. */
const hasPlace = (limits: Limits, seats: readonly Seat[], { ticket, parkId }: Seat): boolean =>
  below(limits.capacity, seats.length) &&
  below(limits.tickets[ticket], seats.filter((one) => one.ticket === ticket).length) &&
  (parkId === null || below(limits.perPark, seats.filter((one) => one.parkId === parkId).length));

/** The party's people sit down one after the other, until one finds no place. */
const sittingDown = (
  limits: Limits,
  seats: readonly Seat[],
  party: Party,
  people: number,
): readonly Seat[] => {
  const sat: Seat[] = [];
  while (sat.length < people && hasPlace(limits, [...seats, ...sat], party)) sat.push(party);
  return sat;
};

/** How many of its waiting people would find a place. */
export const possible = (limits: Limits, seats: readonly Seat[], party: Party): number =>
  sittingDown(limits, seats, party, party.waiting).length;

/** As many as make the party come, but never more than there are of it. */
const minimum = (party: Party): number => Math.min(party.atLeast, party.placed + party.waiting);

/** What the party is given when it is its turn: what makes it come, then one by one. */
export const stepOf = (party: Party): number =>
  party.placed < minimum(party) ? minimum(party) - party.placed : 1;

/** Whether it could come if the place were empty. */
export const everFits = (limits: Limits, party: Party): boolean =>
  sittingDown(limits, [], party, minimum(party)).length >= minimum(party);

export const waitingInOrder = (parties: readonly Party[]): readonly Party[] =>
  [...parties].sort((a, b) => a.number - b.number).filter((one) => one.waiting > 0);

/** The seats as a party sees them in a strict queue: groups ahead that cannot come yet sit on what they could use. */
export const seenFrom = (
  limits: Limits,
  seats: readonly Seat[],
  parties: readonly Party[],
  number: number,
): readonly Seat[] =>
  waitingInOrder(parties)
    .filter((one) => one.number < number && everFits(limits, one))
    .reduce((seen, one) => seen.concat(sittingDown(limits, seen, one, one.waiting)), seats);

export const turnOf = (policy: Policy, one: Seat): string | null =>
  policy === 'provinceTurns' ? one.province : one.parkId;

/** Seats of the park or province whose turn it would be. Who has none is always the first of their own. */
export const seatsOfTurn = (policy: Policy, seats: readonly Seat[], party: Party): number => {
  const own = turnOf(policy, party);
  return own === null ? 0 : seats.filter((one) => turnOf(policy, one) === own).length;
};

const nextStep = (
  limits: Limits,
  policy: Policy,
  seats: readonly Seat[],
  parties: readonly Party[],
): Step | undefined => {
  const able = waitingInOrder(parties).filter((one) => {
    const seen = policy === 'queue' ? seenFrom(limits, seats, parties, one.number) : seats;
    return possible(limits, seen, one) >= stepOf(one);
  });
  const turns = policy === 'parkTurns' || policy === 'provinceTurns';
  const [next] = turns
    ? [...able].sort((a, b) => seatsOfTurn(policy, seats, a) - seatsOfTurn(policy, seats, b))
    : able;
  return next && { party: next, count: stepOf(next) };
};

export type Room = { readonly seats: readonly Seat[]; readonly parties: readonly Party[] };

export const afterStep = ({ seats, parties }: Room, id: string, count: number): Room => {
  const party = parties.find((one) => one.id === id);
  if (!party) throw new Error(`there is no party ${id}`);
  return {
    seats: [...seats, ...Array.from({ length: count }, () => party)],
    parties: parties.map((one) =>
      one === party ? { ...one, placed: one.placed + count, waiting: one.waiting - count } : one,
    ),
  };
};

/** Who gets how many seats, in order. */
export const slowGrants = (
  limits: Limits,
  policy: Policy,
  taken: Taken,
  parties: readonly Party[],
): readonly { readonly party: string; readonly count: number }[] => {
  const given: { party: string; count: number }[] = [];
  let room: Room = { seats: seatsOf(taken), parties };
  for (;;) {
    const step = nextStep(limits, policy, room.seats, room.parties);
    if (!step) return given;
    const last = given.at(-1);
    if (last?.party === step.party.id) last.count += step.count;
    else given.push({ party: step.party.id, count: step.count });
    room = afterStep(room, step.party.id, step.count);
  }
};
