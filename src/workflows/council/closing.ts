/** A ballot closes: counted by its rule, explained, and followed by what the rule says. */
import { sayMoment } from '../../core/moments.js';
import { oneOf, role } from '../../core/people.js';
import { everyone, person, room, type Tell } from '../../core/workflow.js';
import { counted, lastBallot, type OpenedBallot, readBallot, silent, type VoteRow } from './ballot.js';
import { explain } from './explain.js';
import { type About, type Command, council, type Follows, office, type State, seat } from './header.js';
import * as said from './messages.js';
import { turnoutPost } from './opening.js';
import { fingerprintOf, recordOf } from './record.js';
import { type Choice, count, isSettled, type Tally } from './tally.js';

type Closed = 'carried' | 'lost' | 'tied' | 'noQuorum' | 'noted' | 'inForce' | 'rejected';

/** Reads a vote's choice, from under its seal where the ballot is secret. */
const choiceIn =
  ({ vault }: About, { ballot }: OpenedBallot) =>
  (vote: VoteRow): Choice => {
    if (vote.choice !== null) return vote.choice;
    if (vote.sealed === null || ballot.sealedUnder === null) throw new Error('a vote without a choice');
    const choice = vault.unseal(vote.sealed, ballot.sealedUnder);
    if (choice === 'yes' || choice === 'no' || choice === 'abstain') return choice;
    throw new Error('a seal with something else than a choice');
  };

/**
 * Whether nothing can change the outcome any more, and the rule lets the ballot close then. Votes cast are taken as
 * final, but not those that still have to be confirmed. A meeting has its chair for that.
 */
const mayCloseEarly = (about: About, opened: OpenedBallot): boolean => {
  const { rule, ballot: row } = opened;
  if (!rule.earlyClose || row.means === 'meeting') return false;
  // Of a secret ballot nobody is to learn that it is decided before all have voted.
  if (rule.secret) return silent(opened).length === 0;
  const ballot = counted(opened, choiceIn(about, opened));
  return ballot.votes.every((vote) => vote.valid) && isSettled(ballot);
};

/** Closes the ballot that is open. The caller holds the whole case, so that no vote is under way. */
export const closeBallot = async (about: About): Promise<Follows<Closed>> => {
  const { db, case: c, subject: m, now } = about;
  const opened = await readBallot(db, m);
  const ballot = counted(opened, choiceIn(about, opened));
  const tally = count(ballot);
  const choices = opened.rule.secret ? ballot.votes.filter((one) => one.valid).map((one) => one.choice) : [];
  const closed = await db.ballot.update({
    where: { id: opened.ballot.id },
    data: {
      closedAt: now,
      tally,
      outcome: tally.outcome,
      textVersion: m.version,
      choices: [...choices].sort(),
      sealedUnder: null,
    },
  });
  if (opened.rule.secret) {
    await db.vote.updateMany({ where: { ballotId: closed.id }, data: { sealed: null } });
  }
  const record = recordOf(c.ref, m, { ...opened, ballot: closed }, tally);
  const fingerprint = fingerprintOf(record);
  await db.ballot.update({ where: { id: closed.id }, data: { record, fingerprint } });
  const result = said.result(c, m, { ...opened, ballot: { ...closed, fingerprint } }, tally);
  const news: readonly Tell<Command>[] = [
    { to: room('council'), say: result },
    ...(m.originId === null
      ? [{ to: person(m.moverId), say: said.resultForMover(c, m, tally, opened.ballot.means) }]
      : []),
  ];
  const follows = await after(about, opened, tally);
  return {
    ...follows,
    tell: [...news, ...(follows.tell ?? [])],
    because: explain(tally, { means: opened.ballot.means }),
  };
};

/** Whoever put the matter before the council hears that it is decided. */
export const reportBack = ({ subject: m }: About) =>
  m.originId !== null && m.reportTo !== null ? [{ caseId: m.originId, alarm: m.reportTo }] : [];

/** What follows from an outcome. */
const after = async (about: About, opened: OpenedBallot, tally: Tally): Promise<Follows<Closed>> => {
  const { db, case: c, subject: m, now, calendar } = about;
  const { rule } = opened;
  switch (tally.outcome) {
    case 'carried':
    case 'lost': {
      const carried = tally.outcome === 'carried';
      if (rule.challengeDays === 0)
        return carried ? intoForce(about) : { to: 'rejected', ring: reportBack(about) };
      const challengeEndsAt = calendar.workdaysAfter(now, rule.challengeDays);
      await db.motion.update({ where: { caseId: c.id }, data: { challengeEndsAt } });
      return {
        to: carried ? 'carried' : 'lost',
        wake: [{ alarm: 'challengeEnds', at: challengeEndsAt }],
      };
    }
    case 'tied':
      return {
        to: 'tied',
        tell: [{ to: everyone('chair'), say: said.pleaseDecide(c, m, tally), choices: ['decide'] }],
        wake: [{ alarm: 'tieWaits', at: calendar.workdaysAfter(now, 1) }],
      };
    case 'noQuorum': {
      const steps = rule.withoutQuorum.map((one) => one.step);
      const tell: Tell<Command> = {
        to: everyone('chair'),
        say: said.lawfulSteps(c, m, rule, now, calendar),
        choices: steps.map((step) => (step === 'meet' ? 'schedule' : step)),
      };
      return {
        to: 'noQuorum',
        tell: [tell, { ...tell, to: everyone('officer') }],
        wake: [{ alarm: 'quorumWaits', at: calendar.workdaysAfter(now, 2) }],
      };
    }
    case 'noted':
      return { to: 'noted', ring: reportBack(about) };
    default:
      return tally.outcome satisfies never;
  }
};

/** A resolution is in force: its tasks can be given out, and its review is set. */
export const intoForce = (about: About): Follows<'inForce'> => {
  const { case: c, subject: m, now, calendar } = about;
  const review = m.reviewAt && m.reviewAt > now ? m.reviewAt : undefined;
  return {
    to: 'inForce',
    tell:
      m.originId === null ? [{ to: person(m.moverId), say: said.nowInForce(c, m), choices: ['assign'] }] : [],
    ring: reportBack(about),
    ...(review && { wake: [{ alarm: 'reviewIsDue', at: calendar.workdaysAfter(review, 0) }] }),
  };
};

const closedStates = [
  'carried',
  'lost',
  'tied',
  'noQuorum',
  'noted',
  'inForce',
  'rejected',
] as const satisfies readonly State[];

export const closes = council.alarm({
  title: { zh: '表决截止', en: 'the vote closed' },
  kind: 'deadline',
  when: ['open'],
  to: closedStates,
  run: (world) => closeBallot(world),
});

/** At a meeting the chair closes each item; a circulation closes by itself. */
export const close = council.command({
  title: { zh: '截止表决', en: 'Close the vote' },
  words: { zh: ['截止', '结束表决'], en: ['close'] },
  from: ['open'],
  to: closedStates,
  by: office,
  run: async (world) => {
    const { case: c, subject: m, calendar } = world;
    const { means, closesAt } = lastBallot(m);
    if (means === 'circulation') return { refuse: said.closesByItself(c, closesAt, calendar) };
    return { ...(await closeBallot(world)), reply: said.closedNow(c) };
  },
});

/** Brings the posts up to date, and closes early where nothing can change any more. */
export const turnout = council.alarm({
  title: { zh: '更新投票进度', en: 'the turnout was brought up to date' },
  kind: 'deadline',
  when: ['open'],
  to: ['open', ...closedStates],
  quiet: true,
  run: async (world) => {
    const opened = await readBallot(world.db, world.subject);
    if (mayCloseEarly(world, opened)) return closeBallot(world);
    return { to: 'open', tell: [turnoutPost(world, opened)] };
  },
});

/** Any seat may ask for more time, once, while a circulation runs. */
export const extend = council.command({
  title: { zh: '延长表决', en: 'Extend the vote' },
  words: { zh: ['延期', '延长'], en: ['extend'] },
  from: ['open'],
  to: ['open'],
  by: oneOf(seat, role('chair')),
  run: async ({ db, case: c, subject: m, now, calendar }) => {
    const ballot = lastBallot(m);
    if (ballot.means === 'meeting') return { refuse: said.noExtensionAtMeetings(c) };
    if (ballot.extendedAt) return { refuse: said.extendedBefore(c) };
    const days = Math.max(1, calendar.workdaysBetween(ballot.openedAt, ballot.closesAt));
    const closesAt = calendar.workdaysAfter(ballot.closesAt, days);
    await db.ballot.update({ where: { id: ballot.id }, data: { closesAt, extendedAt: now } });
    const until = sayMoment(closesAt, calendar.timezone, { time: true });
    return {
      to: 'open',
      reply: said.extended(c, until),
      because: until,
      tell: [{ to: room('council'), say: said.extended(c, until) }],
      wake: [
        { alarm: 'closes', at: closesAt },
        { alarm: 'lastDay', at: calendar.lastWorkdayBefore(closesAt) },
      ],
    };
  },
});
