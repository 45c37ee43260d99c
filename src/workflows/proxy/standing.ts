/** The proxies that stand, in the tables. */
import type { Db } from '../../database.js';
import { type About, aboutOf, openBallot, scopeOf } from './about.js';
import type { Given, Standing } from './rules.js';

export type Stands = Given & { readonly ref: string };

type Where = NonNullable<Parameters<Db['proxy']['findMany']>[0]>['where'];

/**
 * Proxies that were asked for, are accepted or were used in a ballot that is still open, in the order in which
 * they came to be so. Those of a seat that somebody else holds now do not stand any more.
 */
export const standing = async (db: Db, where: Where): Promise<readonly Stands[]> => {
  const rows = await db.proxy.findMany({
    where: { AND: [where ?? {}, { case: { state: { in: ['asked', 'accepted', 'used'] } } }] },
    include: {
      case: { select: { ref: true, state: true } },
      seat: { select: { holderId: true } },
      about: aboutOf,
    },
    orderBy: [{ case: { changedAt: 'asc' } }, { caseId: 'asc' }],
  });
  return rows.flatMap((row) => {
    const now = standingOf(row);
    if (now === undefined || row.seat.holderId !== row.giverId) return [];
    const { caseId, seatId, giverId, proxyId } = row;
    return [{ caseId, ref: row.case.ref, seatId, giverId, proxyId, scope: scopeOf(row), standing: now }];
  });
};

type Row = {
  readonly scope: 'motion' | 'meeting' | 'period';
  readonly usedAt: Date | null;
  readonly about: About | null;
  readonly case: { readonly state: string };
};

// A motion’s proxy is spent with the vote, which may be a moment before its case says so.
const standingOf = ({ scope, usedAt, about, case: { state } }: Row): Standing | undefined => {
  if (scope === 'motion' && usedAt !== null) {
    const ballot = openBallot(about);
    return ballot && ballot.openedAt <= usedAt ? 'used' : undefined;
  }
  return state === 'asked' || state === 'accepted' ? state : undefined;
};
