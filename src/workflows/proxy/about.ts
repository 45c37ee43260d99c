/** What a proxy is about, in the tables: a motion, a meeting, or days. */

import { matterOf, type Rulebook } from '../../core/rulebook.js';
import { ruleSchema } from '../../core/rulebook-schema.js';
import type { Settings } from '../../core/settings.js';
import type { Db } from '../../database.js';
import type { State as MotionState } from '../council/header.js';
import type { Scope } from './rules.js';

/** Reads the case that a proxy is about. */
export const aboutOf = {
  select: {
    id: true,
    ref: true,
    state: true,
    closedAt: true,
    motion: {
      select: {
        title: true,
        matter: true,
        meetingId: true,
        opensAt: true,
        ballots: {
          orderBy: { call: 'desc' },
          take: 1,
          select: { id: true, rule: true, openedAt: true, closesAt: true, closedAt: true },
        },
      },
    },
    meeting: { select: { title: true, startsAt: true, endedAt: true } },
  },
} as const;

export const findAbout = (db: Db, ref: string) => db.case.findUnique({ where: { ref }, ...aboutOf });
export type About = NonNullable<Awaited<ReturnType<typeof findAbout>>>;
/** What a proxy, given or wished for, is about. */
export type Concern = {
  readonly scope: Scope['kind'];
  readonly from: Date | null;
  readonly until: Date | null;
  readonly about: About | null;
};

const aDay = 24 * 60 * 60 * 1000;

export const scopeOf = ({ scope: kind, from, until, about }: Concern): Scope => {
  switch (kind) {
    case 'motion': {
      if (!about?.motion) throw new Error('a proxy for a motion without its motion');
      const { opensAt, meetingId } = about.motion;
      return { kind, motionId: about.id, meetingId, from: opensAt, until: null };
    }
    case 'meeting': {
      if (!about?.meeting) throw new Error('a proxy for a meeting without its meeting');
      const { startsAt } = about.meeting;
      return { kind, meetingId: about.id, from: startsAt, until: new Date(startsAt.getTime() + aDay) };
    }
    case 'period':
      return { kind, from, until };
    default:
      return kind satisfies never;
  }
};

const votable: readonly string[] = [
  'proposed',
  'notice',
  'open',
  'noQuorum',
] satisfies readonly MotionState[];

/** Whether no vote that it is for can fall any more. */
export const isOver = ({ scope, until, about }: Concern, now: Date): boolean => {
  switch (scope) {
    case 'motion':
      return about === null || !votable.includes(about.state);
    case 'meeting':
      return about === null || about.closedAt !== null || about.meeting?.endedAt != null;
    case 'period':
      return until !== null && until <= now;
    default:
      return scope satisfies never;
  }
};

/** The ballot on its motion that is open. */
export const openBallot = (about: About | null) =>
  about?.motion?.ballots.find((one) => one.closedAt === null);

/**
 * How many proxies one person may hold for it: as the open ballot has it, else the rulebook. What is for several
 * motions may be for the most generous of them; each ballot then keeps to its own rule.
 */
export const limitOf = (about: About | null, { rulebook }: Pick<Settings, 'rulebook'>): number => {
  if (!about?.motion) return mostOf(rulebook);
  const ballot = openBallot(about);
  if (ballot) return ruleSchema.parse(ballot.rule).proxies;
  return matterOf(rulebook, about.motion.matter)?.rule.proxies ?? 0;
};

const mostOf = ({ matters }: Rulebook): number => Math.max(0, ...matters.map((one) => one.rule.proxies));
