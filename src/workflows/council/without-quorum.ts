/** What may follow when a ballot decided nothing: the quorum was missed, or the votes were equal. */
import { role } from '../../core/people.js';
import { choice } from '../../core/questions.js';
import type { NextStep } from '../../core/rulebook.js';
import { everyone, room } from '../../core/workflow.js';
import { lastBallot, ruleNow, ruleOf } from './ballot.js';
import { intoForce, reportBack } from './closing.js';
import { type About, council, office, reason, seat } from './header.js';
import * as said from './messages.js';
import { openBallot } from './opening.js';
import { tallyOf } from './record.js';
import { ownSeat } from './seats.js';

const stepOf = (about: About, wanted: NextStep['step']): NextStep | undefined =>
  ruleOf(lastBallot(about.subject)).withoutQuorum.find((one) => one.step === wanted);

/** A second ballot after a new notice. */
export const again = council.command({
  title: { zh: '再次表决', en: 'Vote again' },
  words: { zh: ['再次表决', '再次召集'], en: ['again'] },
  from: ['noQuorum'],
  to: ['notice', 'open'],
  by: office,
  run: async (world) => {
    const { db, case: c, subject: m, now, calendar } = world;
    const step = stepOf(world, 'again');
    if (step?.step !== 'again') return { refuse: said.notAmongTheSteps(c) };
    const rule = ruleNow(world, m.matter);
    if (step.noticeDays === 0 && m.means === 'circulation') {
      return { ...(await openBallot(world)), reply: said.opened(c) };
    }
    const opensAt = calendar.workdaysAfter(now, step.noticeDays);
    await db.motion.update({ where: { caseId: c.id }, data: { opensAt, meetingId: null } });
    const news = said.onNotice(c, m, rule, opensAt, calendar);
    return {
      to: 'notice',
      reply: news,
      tell: [{ to: room('council'), say: news }],
      wake: [{ alarm: 'noticeEnds', at: opensAt }],
    };
  },
});

export const circulate = council.command({
  title: { zh: '改为通信表决', en: 'Decide by circulation' },
  words: { zh: ['改为通信', '改为通信表决'], en: ['circulate'] },
  from: ['noQuorum'],
  to: ['open'],
  by: office,
  run: async (world) => {
    const { db, case: c, subject: m } = world;
    if (!stepOf(world, 'circulate') || !ruleNow(world, m.matter).circulation) {
      return { refuse: said.notAmongTheSteps(c) };
    }
    const motion = await db.motion.update({
      where: { caseId: c.id },
      data: { means: 'circulation', meetingId: null },
    });
    return { ...(await openBallot({ ...world, subject: { ...m, ...motion } })), reply: said.opened(c) };
  },
});

export const drop = council.command({
  title: { zh: '撤案', en: 'Drop the matter' },
  words: { zh: ['撤案'], en: ['drop'] },
  from: ['noQuorum', 'notice'],
  to: ['lapsed'],
  by: office,
  ask: { reason },
  style: 'danger',
  run: async (world) => {
    const { args, case: c, subject: m } = world;
    if (c.state === 'noQuorum' && !stepOf(world, 'drop')) return { refuse: said.notAmongTheSteps(c) };
    const news = said.dropped(c, m, args.reason);
    return {
      to: 'lapsed',
      reply: news,
      because: { zh: args.reason, en: args.reason },
      tell: [{ to: room('council'), say: news }],
      ring: reportBack(world),
    };
  },
});

export const quorumWaits = council.alarm({
  title: { zh: '已提醒决定如何继续', en: 'a reminder to decide how to go on' },
  kind: 'reminder',
  when: ['noQuorum'],
  to: ['noQuorum'],
  run: async (world) => {
    const { case: c, subject: m, now, calendar } = world;
    const rule = ruleOf(lastBallot(m));
    const steps = rule.withoutQuorum.map(({ step }) => (step === 'meet' ? 'schedule' : step));
    return {
      to: 'noQuorum',
      tell: [{ to: everyone('chair'), say: said.lawfulSteps(c, m, rule, now, calendar), choices: steps }],
      wake: [{ alarm: 'quorumWaits', at: calendar.workdaysAfter(now, 3) }],
    };
  },
});

/** A seat wants the matter to be talked about at a meeting, instead of decided by circulation. */
export const meet = council.command({
  title: { zh: '要求开会表决', en: 'Demand a meeting' },
  words: { zh: ['开会表决', '要求开会'], en: ['meet'] },
  from: ['open'],
  to: ['open', 'notice'],
  by: seat,
  run: async (world) => {
    const { db, actor, case: c, subject: m, now, calendar } = world;
    const ballot = lastBallot(m);
    const rule = ruleOf(ballot);
    if (ballot.means === 'meeting') return { refuse: said.isAtMeeting(c) };
    if (rule.meetingOnDemand === 0) return { refuse: said.noDemand(c) };
    const seatId = await ownSeat(db, actor);
    if (seatId === undefined) throw new Error('a seat holder without a seat');
    if (m.demands.some((one) => one.seatId === seatId)) return { refuse: said.demandedAlready(c) };
    await db.demand.create({ data: { motionId: c.id, seatId, personId: actor.id, at: now } });
    const count = m.demands.length + 1;
    if (count < rule.meetingOnDemand)
      return { to: 'open', reply: said.demanded(c, count, rule.meetingOnDemand) };
    await db.ballot.update({ where: { id: ballot.id }, data: { closedAt: now, sealedUnder: null } });
    await db.vote.updateMany({ where: { ballotId: ballot.id }, data: { sealed: null } });
    await db.motion.update({ where: { caseId: c.id }, data: { means: 'meeting', opensAt: now } });
    return {
      to: 'notice',
      reply: said.toMeeting(c, m),
      tell: [
        { to: room('council'), say: said.toMeeting(c, m) },
        { to: everyone('chair'), say: said.readyForMeeting(c, m), choices: ['schedule'] },
      ],
      wake: [{ alarm: 'meetingIsLate', at: calendar.workdaysAfter(now, 3) }],
    };
  },
});

/** The chair's word in a tie, where the rule gives it to the chair. */
export const decide = council.command({
  title: { zh: '裁决', en: 'Give the casting vote' },
  words: { zh: ['裁决'], en: ['decide'] },
  from: ['tied'],
  to: ['carried', 'lost', 'inForce', 'rejected'],
  by: role('chair'),
  ask: {
    casting: choice({
      label: { zh: '裁决', en: 'Casting vote' },
      ask: { zh: '票数相等，请裁决：', en: 'The votes are equal. How do you decide?' },
      options: { yes: { zh: '通过', en: 'Carried' }, no: { zh: '不通过', en: 'Lost' } },
    }),
  },
  run: async (world) => {
    const { db, args, case: c, subject: m, now, calendar } = world;
    const ballot = lastBallot(m);
    const rule = ruleOf(ballot);
    const carried = args.casting === 'yes';
    await db.ballot.update({ where: { id: ballot.id }, data: { outcome: carried ? 'carried' : 'lost' } });
    const news = said.decided(c, m, carried);
    const shared = { reply: news, because: news.text, tell: [{ to: room('council'), say: news }] };
    if (rule.challengeDays === 0) {
      if (!carried) return { to: 'rejected', ...shared, ring: reportBack(world) };
      const follows = intoForce(world);
      return { ...follows, ...shared, tell: [...shared.tell, ...(follows.tell ?? [])] };
    }
    const challengeEndsAt = calendar.workdaysAfter(now, rule.challengeDays);
    await db.motion.update({ where: { caseId: c.id }, data: { challengeEndsAt } });
    return {
      to: carried ? 'carried' : 'lost',
      ...shared,
      wake: [{ alarm: 'challengeEnds', at: challengeEndsAt }],
    };
  },
});

export const tieWaits = council.alarm({
  title: { zh: '已提醒理事长裁决', en: 'a reminder to give the casting vote' },
  kind: 'reminder',
  when: ['tied'],
  to: ['tied'],
  run: async ({ case: c, subject: m, now, calendar }) => ({
    to: 'tied',
    tell: [
      { to: everyone('chair'), say: said.pleaseDecide(c, m, tallyOf(lastBallot(m))), choices: ['decide'] },
    ],
    wake: [{ alarm: 'tieWaits', at: calendar.workdaysAfter(now, 1) }],
  }),
});
