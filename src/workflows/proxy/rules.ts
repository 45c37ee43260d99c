/**
 * Who may vote for whom. A vote that was given away is in one hand only: a seat has one proxy at a time, and
 * nobody who is absent themselves, or has others' votes in hand, passes a vote on.
 */

/** When votes may fall that a proxy is for. Null: not known. */
type Span = { readonly from: Date | null; readonly until: Date | null };

/** What a vote was given away for. A motion's meeting is the one that decides it, as far as that is known. */
export type Scope = Span &
  (
    | { readonly kind: 'motion'; readonly motionId: string; readonly meetingId: string | null }
    | { readonly kind: 'meeting'; readonly meetingId: string }
    | { readonly kind: 'period' }
  );

/** `used`: spent on the ballot that is open; it counts towards the limit of its holder. */
export type Standing = 'asked' | 'accepted' | 'used';

export type Given = {
  readonly caseId: string;
  readonly seatId: string;
  readonly giverId: string;
  readonly proxyId: string;
  readonly scope: Scope;
  readonly standing: Standing;
};

export type Wish = Pick<Given, 'seatId' | 'giverId' | 'proxyId' | 'scope'>;

const meets = (a: Span, b: Span): boolean =>
  (a.from === null || b.until === null || a.from < b.until) &&
  (b.from === null || a.until === null || b.from < a.until);

/** Whether there may be a vote that both are for. What is not known yet may be. */
export const overlap = (a: Scope, b: Scope): boolean => {
  if (a.kind === 'period' || b.kind === 'period') return meets(a, b);
  if (a.kind === 'motion' && b.kind === 'motion') return a.motionId === b.motionId;
  return a.meetingId !== null && a.meetingId === b.meetingId;
};

export type Objection<G extends Given = Given> =
  /** The rules allow no proxy for this. */
  | { readonly kind: 'notAllowed' }
  /** The seat has a proxy for it already, or has asked somebody. */
  | { readonly kind: 'twice'; readonly other: G }
  /** The wished-for proxy has given their own vote away. */
  | { readonly kind: 'proxyGaveAway'; readonly other: G }
  /** The giver is somebody's proxy. */
  | { readonly kind: 'giverHolds'; readonly other: G }
  | { readonly kind: 'full'; readonly limit: number };

/** What speaks against a wish, seeing the other proxies that stand. `limit`: how many one person may hold. */
export const objectionTo = <G extends Given>(
  wish: Wish,
  others: readonly G[],
  limit: number,
): Objection<G> | undefined => {
  if (limit === 0) return { kind: 'notAllowed' };
  const near = others.filter((one) => overlap(one.scope, wish.scope));
  const accepted = near.filter((one) => one.standing === 'accepted');
  const twice = near.find((one) => one.seatId === wish.seatId && one.standing !== 'used');
  if (twice) return { kind: 'twice', other: twice };
  const gaveAway = accepted.find((one) => one.giverId === wish.proxyId);
  if (gaveAway) return { kind: 'proxyGaveAway', other: gaveAway };
  const holds = accepted.find((one) => one.proxyId === wish.giverId);
  if (holds) return { kind: 'giverHolds', other: holds };
  const held = near.filter((one) => one.proxyId === wish.proxyId && one.standing !== 'asked');
  return held.length >= limit ? { kind: 'full', limit } : undefined;
};

export type Voting = {
  readonly motionId: string | null;
  readonly meetingId: string | null;
  readonly now: Date;
};

/** Whether a vote that falls now is one that was given away. */
export const covers = (scope: Scope, { motionId, meetingId, now }: Voting): boolean => {
  switch (scope.kind) {
    case 'motion':
      return scope.motionId === motionId;
    case 'meeting':
      return scope.meetingId === meetingId;
    case 'period':
      return (scope.from === null || scope.from <= now) && (scope.until === null || now < scope.until);
    default:
      return scope satisfies never;
  }
};

/**
 * The proxies that hold in a vote, of those that stand, in the order in which they were accepted. A motion may
 * come before a meeting, or a meeting be put off, after they were: what no longer fits an earlier one then waits.
 */
export const inEffect = <G extends Given>(
  given: readonly G[],
  voting: Voting,
  limit: number,
): readonly G[] => {
  const spent = given.filter((one) => one.standing === 'used' && covers(one.scope, voting));
  const held: G[] = [];
  for (const one of given) {
    if (one.standing !== 'accepted' || !covers(one.scope, voting)) continue;
    const clashes = held.some(
      (other) =>
        other.seatId === one.seatId || other.giverId === one.proxyId || other.proxyId === one.giverId,
    );
    const inHand = [...spent, ...held].filter((other) => other.proxyId === one.proxyId).length;
    if (!clashes && inHand < limit) held.push(one);
  }
  return held;
};
