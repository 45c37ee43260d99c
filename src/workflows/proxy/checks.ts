/** What has to be true of a proxy when it is asked for, and again when it is accepted. */
import type { Message } from '../../core/message.js';
import type { World } from '../../core/workflow.js';
import type { Db } from '../../database.js';
import { seatedAt } from '../council/ballot.js';
import { type Concern, isOver, limitOf, openBallot, scopeOf } from './about.js';
import { whatOf } from './messages.js';
import * as refused from './refusals.js';
import { objectionTo } from './rules.js';
import { standing } from './standing.js';

export type Deal = Concern & {
  /** Its own case, which is no obstacle to itself. */
  readonly caseId: string;
  readonly seatId: string;
  readonly giverId: string;
  readonly giver: string;
  readonly proxyId: string;
  readonly proxy: string;
};

/**
 * Holds both people until the commit: proxies that would be in each other's way have one of them in common, and
 * so come one after the other.
 */
export const holdPeople = async (db: Db, people: readonly string[]): Promise<void> => {
  await db.$queryRaw`SELECT 1 FROM "Person" WHERE id = ANY(${[...people]}::uuid[]) ORDER BY id FOR NO KEY UPDATE`;
};

/** Why this proxy can't be, in words for `readerId`; undefined when it can. */
export const refusalOf = async (
  { db, now, calendar, settings }: Pick<World, 'db' | 'now' | 'calendar' | 'settings'>,
  deal: Deal,
  readerId: string,
): Promise<Message | undefined> => {
  const what = whatOf(deal, calendar);
  if (isOver(deal, now)) return refused.isOver(what);
  if (await hasVoted(db, deal)) return refused.hasVoted(deal, what, readerId);
  const eligible = await eligibility(db, deal, now);
  if (eligible === 'seatIsOut') return refused.seatIsOut(deal, readerId);
  if (eligible === 'ownAlternate') return refused.ownAlternate(deal, readerId);
  if (eligible === 'noSeat') return refused.noSeat(deal, readerId);
  const people = [deal.giverId, deal.proxyId];
  const others = await standing(db, {
    caseId: { not: deal.caseId },
    OR: [{ seatId: deal.seatId }, { giverId: { in: people } }, { proxyId: { in: people } }],
  });
  const objection = objectionTo({ ...deal, scope: scopeOf(deal) }, others, limitOf(deal.about, settings));
  return objection && refused.objected(deal, what, objection, readerId);
};

const hasVoted = async (db: Db, { about, seatId }: Deal): Promise<boolean> => {
  const ballot = openBallot(about);
  if (!ballot) return false;
  return (await db.vote.count({ where: { ballotId: ballot.id, seatId, supersededAt: null } })) > 0;
};

/** The giver still holds the seat, and the proxy speaks for another one. */
const eligibility = async (
  db: Db,
  { seatId, giverId, proxyId }: Deal,
  now: Date,
): Promise<'fine' | 'seatIsOut' | 'ownAlternate' | 'noSeat'> => {
  const own = await db.seat.count({ where: { ...seatedAt(now), id: seatId, holderId: giverId } });
  if (own === 0) return 'seatIsOut';
  const speaksFor = { OR: [{ holderId: proxyId }, { alternates: { some: { personId: proxyId } } }] };
  const seats = await db.seat.findMany({ where: { ...seatedAt(now), ...speaksFor }, select: { id: true } });
  if (seats.some((seat) => seat.id !== seatId)) return 'fine';
  return seats.length > 0 ? 'ownAlternate' : 'noSeat';
};
