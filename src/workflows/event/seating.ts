/**
 * Who gets a seat that is free, and why somebody waits. Sign-up, cancelling, a hold that ran out and a changed
 * quota all ask here, so that nobody is promoted by any other rule.
 *
 * A party takes of what is free: the least of the seats left, of its ticket's places and of its park's. If not
 * so many of it would have a place as it asked for, it takes nothing; otherwise as many as it can.
 */
import {
  type Limits,
  leastOf,
  mostFor,
  neededAtOnce,
  type Party,
  placedMore,
  type Room,
  roomLeft,
  type Taken,
} from './party.js';

export type { Limits, Party, Taken } from './party.js';

/** Declared before sign-up opens, printed on the card. */
export type Policy = 'queue' | 'bestFit' | 'parkTurns' | 'provinceTurns';

/** Why a party is promoted, true at the moment it gets the first of these seats. */
export type Reason =
  /** Nobody ahead of it still waits. */
  | { readonly kind: 'first' }
  /** The first in the line for whom there is a place: of a ticket or park of those ahead, none is left for them. */
  | { readonly kind: 'firstWithPlaces' }
  /** The same, and those `passed` (numbers) are groups, too large for the places left for them. */
  | { readonly kind: 'firstThatFits'; readonly passed: readonly number[] }
  /**
   * Of all whom a place could be given, its park (province) `has` the fewest seats. Those `passed` (numbers) are
   * groups whose turn came before, too large for the places left for them.
   */
  | {
      readonly kind: 'turn';
      readonly of: 'park' | 'province';
      readonly has: number;
      readonly passed: readonly number[];
    };

export type Grant = { readonly party: string; readonly count: number; readonly why: Reason };

/** `ahead`: the waiting people who would get a seat sooner, were there seats for all. */
export type Wait =
  /** The group needs more places than the limits allow (`most`), whoever cancels. It stops nobody. */
  | { readonly kind: 'neverFits'; readonly needs: number; readonly most: number; readonly ahead: number }
  /** No seat is free. */
  | { readonly kind: 'full'; readonly ahead: number }
  /** Seats are free, but not of this ticket; `ahead` are those who wait for the same. */
  | { readonly kind: 'ticketFull'; readonly ticket: string; readonly ahead: number }
  /** The park has used up its quota; `ahead` are those of the same park. */
  | { readonly kind: 'parkFull'; readonly ahead: number }
  /** Places are free for it (`free`), but fewer than the group `needs` at once. */
  | { readonly kind: 'groupTooLarge'; readonly needs: number; readonly free: number; readonly ahead: number }
  /** Places are free, but kept for groups ahead. Under the policy `queue` only. */
  | { readonly kind: 'behind'; readonly ahead: number };

const inOrder = (parties: readonly Party[]): readonly Party[] =>
  parties.filter((one) => one.waiting > 0).toSorted((a, b) => a.number - b.number);

/**
 * One walk along the line. With `keeping`, a group that is too large for the places left keeps those it could use:
 * who stands behind it sees only what it leaves. A group that no limit would ever let in keeps nothing.
 */
const alongTheLine = (room: Room, parties: readonly Party[], keeps: (party: Party) => boolean): Grant[] => {
  const grants: Grant[] = [];
  const passed: number[] = [];
  let somebodyWaits = false;
  for (const party of inOrder(parties)) {
    if (room.seats() === 0) break;
    const free = room.freeFor(party);
    const count = free < neededAtOnce(party) ? 0 : Math.min(party.waiting, free);
    if (count > 0) {
      const why: Reason =
        passed.length > 0
          ? { kind: 'firstThatFits', passed: [...passed] }
          : { kind: somebodyWaits ? 'firstWithPlaces' : 'first' };
      grants.push({ party: party.id, count, why });
      room.use(party, count);
    } else if (free > 0) {
      passed.push(party.number);
      if (keeps(party)) room.use(party, free);
    }
    somebodyWaits ||= count < party.waiting;
  }
  return grants;
};

/** The waiting parties of one park or province, and the seats it has. */
type Lane = { has: number; readonly line: Party[] };

/** People of no park are in one lane that never has a seat: each of them is a park of their own. */
const lanesOf = (
  key: (one: Pick<Party, 'parkId' | 'province'>) => string | null,
  taken: Taken,
  parties: readonly Party[],
): Map<string | null, Lane> => {
  const lanes = new Map<string | null, Lane>();
  for (const party of inOrder(parties)) {
    const lane = lanes.get(key(party));
    if (lane) lane.line.push(party);
    else lanes.set(key(party), { has: 0, line: [party] });
  }
  for (const one of taken) {
    const lane = key(one) === null ? undefined : lanes.get(key(one));
    if (lane) lane.has += one.count;
  }
  return lanes;
};

type Turn = { readonly lane: Lane; readonly party: Party };

const isBefore = (a: Turn, b: Turn): boolean =>
  a.lane.has === b.lane.has ? a.party.number < b.party.number : a.lane.has < b.lane.has;

const whoseTurn = (lanes: Iterable<Lane>): Turn | undefined => {
  let next: Turn | undefined;
  for (const lane of lanes) {
    const [party] = lane.line;
    if (party && (!next || isBefore({ lane, party }, next))) next = { lane, party };
  }
  return next;
};

/** Seat by seat. Whoever cannot be served is out for good: what is left only becomes less. */
const byTurns = (
  room: Room,
  of: 'park' | 'province',
  taken: Taken,
  parties: readonly Party[],
): readonly Grant[] => {
  const lanes = lanesOf((one) => (of === 'park' ? one.parkId : one.province), taken, parties);
  const grants: Grant[] = [];
  const tooLarge: Turn[] = [];
  while (room.seats() > 0) {
    const turn = whoseTurn(lanes.values());
    if (!turn) break;
    const { lane, party } = turn;
    lane.line.shift();
    const free = room.freeFor(party);
    const count = neededAtOnce(party);
    if (free < count) {
      if (free > 0) tooLarge.push(turn);
      continue;
    }
    const passed = tooLarge.filter((one) => isBefore(one, turn)).map((one) => one.party.number);
    const last = grants.at(-1);
    if (last?.party === party.id) grants[grants.length - 1] = { ...last, count: last.count + count };
    else grants.push({ party: party.id, count, why: { kind: 'turn', of, has: lane.has, passed } });
    room.use(party, count);
    if (lane !== lanes.get(null)) lane.has += count;
    if (party.waiting > count) lane.line.unshift(placedMore(party, count));
  }
  return grants;
};

/**
 * All the seats that can be given now, in the order in which they are given. A party may be there several times;
 * what it gets in a row is one grant. Once they are given, the same call gives nothing more. Where more is taken
 * than a limit allows, nothing is given against that limit, and nothing taken back.
 *
 * - `queue`: strictly by number. A party that gets nothing, or only a part, stops those behind it who would use up
 *   what it is short of: short of seats, all; short of its ticket's places, those of the same ticket; short of its
 *   park's, those of the same park. What it could use is kept for it, what is left beyond that is given. A group
 *   that is larger than the limits allow, whoever cancels, keeps nothing.
 * - `bestFit`: by number, whoever fits. A group that does not is passed over, and considered again next time.
 * - `parkTurns`, `provinceTurns`: each seat goes to the park (province) that has the fewest seats and holds at this
 *   event, ties by number. A group takes at once what it needs to come, when it is its turn and it fits; otherwise
 *   the turn passes on. People without a park (province) each count as one of their own.
 */
export const grantsFor = (
  limits: Limits,
  policy: Policy,
  taken: Taken,
  parties: readonly Party[],
): readonly Grant[] => {
  const room = roomLeft(limits, taken);
  switch (policy) {
    case 'queue':
      return alongTheLine(room, parties, (party) => leastOf(party) <= mostFor(limits, party));
    case 'bestFit':
      return alongTheLine(room, parties, () => false);
    case 'parkTurns':
      return byTurns(room, 'park', taken, parties);
    case 'provinceTurns':
      return byTurns(room, 'province', taken, parties);
    default:
      return policy satisfies never;
  }
};

const noLimits: Limits = { capacity: null, tickets: {}, perPark: null };

/**
 * Why a party gets none of the seats that can be given now: what stands in its way once they are given. Undefined
 * for one that gets some, waits for none or is not among the parties.
 */
export const whyWaits = (
  limits: Limits,
  policy: Policy,
  taken: Taken,
  parties: readonly Party[],
  id: string,
): Wait | undefined => {
  const grants = grantsFor(limits, policy, taken, parties);
  const party = parties.find((one) => one.id === id);
  if (!party || party.waiting <= 0 || grants.some((one) => one.party === id)) return undefined;

  const given = (to: string): number =>
    grants.reduce((sum, grant) => sum + (grant.party === to ? grant.count : 0), 0);
  const afterwards = parties.map((one) => placedMore(one, given(one.id)));
  const takenAfterwards = [...taken, ...parties.map((one) => ({ ...one, count: given(one.id) }))];
  const room = roomLeft(limits, takenAfterwards);

  const ahead = (isRival: (other: Party) => boolean = () => true): number => {
    const rivals = new Set(afterwards.filter(isRival).map((one) => one.id));
    const order = grantsFor(noLimits, policy, takenAfterwards, afterwards);
    const sooner = order.slice(
      0,
      order.findIndex((one) => one.party === id),
    );
    return sooner.reduce((sum, one) => sum + (rivals.has(one.party) ? one.count : 0), 0);
  };

  const needs = neededAtOnce(party);
  const free = room.freeFor(party);
  const least = leastOf(party);
  const most = mostFor(limits, party);
  if (needs > 1 && least > most) return { kind: 'neverFits', needs: least, most, ahead: ahead() };
  if (room.seats() === 0) return { kind: 'full', ahead: ahead() };
  if (room.ofTicket(party.ticket) === 0) {
    const { ticket } = party;
    return { kind: 'ticketFull', ticket, ahead: ahead((other) => other.ticket === ticket) };
  }
  if (room.ofPark(party.parkId) === 0) {
    return { kind: 'parkFull', ahead: ahead((other) => other.parkId === party.parkId) };
  }
  return free < needs
    ? { kind: 'groupTooLarge', needs, free, ahead: ahead() }
    : { kind: 'behind', ahead: ahead() };
};
