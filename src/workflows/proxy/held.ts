/** For the council: whose votes somebody holds, and who holds a seat's. */
import { ruleSchema } from '../../core/rulebook-schema.js';
import type { Db } from '../../database.js';
import { covers, inEffect, type Voting } from './rules.js';
import { type Stands, standing } from './standing.js';

export type HeldProxy = { readonly caseId: string; readonly seatId: string; readonly giverId: string };

const face = ({ caseId, seatId, giverId }: Stands): HeldProxy => ({ caseId, seatId, giverId });

// Narrowed in the database; `covers` decides.
const near = ({ motionId, meetingId, now }: Voting) => ({
  OR: [
    { aboutId: { in: [motionId, meetingId].flatMap((id) => id ?? []) } },
    { scope: 'period' as const, from: { lte: now }, until: { gt: now } },
  ],
});

/** What the ballot of the motion allows; as long as there is none, the proxies' own limits have to do. */
const limitIn = async (db: Db, motionId: string | null): Promise<number> => {
  if (motionId === null) return Number.POSITIVE_INFINITY;
  const ballot = await db.ballot.findFirst({
    where: { motionId },
    orderBy: { call: 'desc' },
    select: { rule: true },
  });
  return ballot ? ruleSchema.parse(ballot.rule).proxies : Number.POSITIVE_INFINITY;
};

/** Those of the seats that have voted themselves in the ballot that is open: their vote is theirs again. */
const votedThemselves = async (
  db: Db,
  motionId: string | null,
  seatIds: readonly string[],
): Promise<ReadonlySet<string>> => {
  if (motionId === null || seatIds.length === 0) return new Set();
  const votes = await db.vote.findMany({
    where: {
      ballot: { motionId, closedAt: null },
      seatId: { in: [...seatIds] },
      standing: { not: 'proxy' },
      supersededAt: null,
    },
    select: { seatId: true },
  });
  return new Set(votes.map((one) => one.seatId));
};

/**
 * The accepted proxies by which the person may vote for others on this motion, or be there for them at the
 * meeting. A seat that has voted itself needs no proxy any more.
 */
export const proxiesHeld = async (
  db: Db,
  { personId, ...voting }: Voting & { readonly personId: string },
): Promise<readonly HeldProxy[]> => {
  const all = inEffect(await standing(db, near(voting)), voting, await limitIn(db, voting.motionId));
  const held = all.filter((one) => one.proxyId === personId);
  const own = await votedThemselves(
    db,
    voting.motionId,
    held.map((one) => one.seatId),
  );
  return held.filter((one) => !own.has(one.seatId)).map(face);
};

/** The accepted proxies for this motion or meeting that the holders of these seats have given. */
export const proxiesGiven = async (
  db: Db,
  { seatIds, ...voting }: Voting & { readonly seatIds: readonly string[] },
): Promise<readonly HeldProxy[]> => {
  const given = await standing(db, { AND: [near(voting), { seatId: { in: [...seatIds] } }] });
  return given.filter((one) => one.standing === 'accepted' && covers(one.scope, voting)).map(face);
};
