/** Who signed up together, and how many places of an event are left for them. */

export type Limits = {
  /** Seats in all. Null: no limit. */
  readonly capacity: number | null;
  /** Places for each kind of ticket. Null, or not named: none but the seats in all. */
  readonly tickets: Readonly<Record<string, number | null>>;
  /** Places for each park. Null: none, or the day has come when unused places return to the pool. */
  readonly perPark: number | null;
};

/** People who signed up together. They come as a whole, in part, or one by one. */
export type Party = {
  readonly id: string;
  /** The order of arrival; no two have the same. */
  readonly number: number;
  readonly ticket: string;
  readonly parkId: string | null;
  readonly province: string | null;
  /** Of it without a seat. */
  readonly waiting: number;
  /** Of it with a seat or a hold. */
  readonly placed: number;
  /** It comes only if so many of it have a place: all = its size, any = 1. */
  readonly atLeast: number;
};

/** Seats and holds. Those of one ticket and park may be in several entries. */
export type Taken = readonly {
  readonly ticket: string;
  readonly parkId: string | null;
  readonly province: string | null;
  readonly count: number;
}[];

/** How many of a party must have a place for it to come. When some of it cancelled, all who are left are enough. */
export const leastOf = ({ atLeast, placed, waiting }: Party): number =>
  Math.max(1, Math.min(atLeast, placed + waiting));

/** How many places it must get at once; fewer are of no use to it. */
export const neededAtOnce = (party: Party): number => Math.max(1, leastOf(party) - party.placed);

export const placedMore = (party: Party, count: number): Party => ({
  ...party,
  placed: party.placed + count,
  waiting: party.waiting - count,
});

const quota = (limit: number | null | undefined): number => limit ?? Number.POSITIVE_INFINITY;

/** What is left of seats, tickets and parks' quotas while places are given out. Never negative. */
export type Room = {
  readonly seats: () => number;
  readonly ofTicket: (ticket: string) => number;
  /** People without a park each count for themselves: no park's quota binds them. */
  readonly ofPark: (parkId: string | null) => number;
  /** The places that a party could use now: the least of the three. */
  readonly freeFor: (party: Party) => number;
  readonly use: (party: Party, count: number) => void;
};

const left = (limit: number, used: number | undefined): number => Math.max(0, limit - (used ?? 0));

export const roomLeft = (limits: Limits, taken: Taken): Room => {
  const quotas = new Map(Object.entries(limits.tickets));
  const tickets = new Map<string, number>();
  const parks = new Map<string, number>();
  let used = 0;

  const count = (ticket: string, parkId: string | null, more: number): void => {
    used += more;
    tickets.set(ticket, (tickets.get(ticket) ?? 0) + more);
    if (parkId !== null) parks.set(parkId, (parks.get(parkId) ?? 0) + more);
  };
  for (const one of taken) count(one.ticket, one.parkId, one.count);

  const seats = (): number => left(quota(limits.capacity), used);
  const ofTicket = (ticket: string): number => left(quota(quotas.get(ticket)), tickets.get(ticket));
  const ofPark = (parkId: string | null): number =>
    parkId === null ? Number.POSITIVE_INFINITY : left(quota(limits.perPark), parks.get(parkId));

  return {
    seats,
    ofTicket,
    ofPark,
    freeFor: ({ ticket, parkId }) => Math.min(seats(), ofTicket(ticket), ofPark(parkId)),
    use: ({ ticket, parkId }, more) => count(ticket, parkId, more),
  };
};

/** The most that a party could ever have under these limits, were nobody else there. */
export const mostFor = (limits: Limits, party: Party): number => roomLeft(limits, []).freeFor(party);
