/** After the count: the result may be challenged, a resolution is carried out and looked at again. */
import { oneOf, opener, role } from '../../core/people.js';
import { same } from '../../core/text.js';
import { everyone, person, room } from '../../core/workflow.js';
import { ownerOf, promise } from '../task/promise.js';
import { taskFor } from '../task/start.js';
import { lastBallot } from './ballot.js';
import { intoForce, reportBack } from './closing.js';
import { council, office, reason, seat } from './header.js';
import * as said from './messages.js';

export const challenge = council.command({
  title: { zh: '对结果提出异议', en: 'Challenge the result' },
  words: { zh: ['异议'], en: ['challenge', 'object'] },
  from: ['carried', 'lost'],
  to: ['challenged'],
  by: oneOf(seat, role('supervisor')),
  ask: { reason },
  run: async ({ db, args, case: c, subject: m, now, calendar }) => {
    await db.motion.update({ where: { caseId: c.id }, data: { challenge: args.reason } });
    const ask = said.pleaseJudge(c, m, args.reason);
    return {
      to: 'challenged',
      reply: said.challengeTaken(c),
      because: same(args.reason),
      tell: [
        { to: room('council'), say: said.challenged(c, args.reason) },
        { to: everyone('supervisor'), say: ask, choices: ['uphold', 'annul'] },
      ],
      wake: [{ alarm: 'challengeWaits', at: calendar.workdaysAfter(now, 2) }],
    };
  },
});

export const challengeWaits = council.alarm({
  title: { zh: '已提醒处理异议', en: 'a reminder of the challenge' },
  kind: 'reminder',
  when: ['challenged'],
  to: ['challenged'],
  run: async ({ case: c, subject: m, now, calendar }) => ({
    to: 'challenged',
    tell: [
      {
        to: everyone('supervisor'),
        say: said.pleaseJudge(c, m, m.challenge ?? ''),
        choices: ['uphold', 'annul'],
      },
    ],
    wake: [{ alarm: 'challengeWaits', at: calendar.workdaysAfter(now, 2) }],
  }),
});

export const uphold = council.command({
  title: { zh: '维持结果', en: 'Uphold the result' },
  words: { zh: ['维持结果'], en: ['uphold'] },
  from: ['challenged'],
  to: ['inForce', 'rejected'],
  by: role('supervisor'),
  ask: { reason },
  run: async (world) => {
    const { args, case: c, subject: m } = world;
    const news = said.upheld(c, args.reason);
    const shared = { reply: news, because: same(args.reason), tell: [{ to: room('council'), say: news }] };
    if (lastBallot(m).outcome !== 'carried') return { to: 'rejected', ...shared, ring: reportBack(world) };
    const follows = intoForce(world);
    return { ...follows, ...shared, tell: [...shared.tell, ...(follows.tell ?? [])] };
  },
});

/** The result does not stand: the motion is put on notice anew. */
export const annul = council.command({
  title: { zh: '结果作废', en: 'Annul the result' },
  words: { zh: ['作废'], en: ['annul'] },
  from: ['challenged'],
  to: ['notice'],
  by: role('supervisor'),
  style: 'danger',
  ask: { reason },
  run: async ({ db, args, case: c, now, calendar }) => {
    const opensAt = calendar.workdaysAfter(now, 1);
    await db.motion.update({ where: { caseId: c.id }, data: { opensAt, challenge: null, meetingId: null } });
    const news = said.annulled(c, args.reason, opensAt, calendar);
    return {
      to: 'notice',
      reply: news,
      because: same(args.reason),
      tell: [{ to: room('council'), say: news }],
      wake: [{ alarm: 'noticeEnds', at: opensAt }],
    };
  },
});

export const challengeEnds = council.alarm({
  title: { zh: '异议期满', en: 'the time for challenges ended' },
  kind: 'deadline',
  when: ['carried', 'lost'],
  to: ['inForce', 'rejected'],
  run: async (world) => {
    const { case: c, subject: m } = world;
    const carried = c.state === 'carried';
    const follows = carried ? intoForce(world) : { to: 'rejected' as const, ring: reportBack(world) };
    return {
      ...follows,
      tell: [
        { to: room('council'), say: said.windowOver(c, m, carried) },
        ...(('tell' in follows && follows.tell) || []),
      ],
    };
  },
});

/** A promise that carries the resolution out: a task with an owner and a day. */
export const assign = council.command({
  title: { zh: '分派任务', en: 'Assign a task' },
  words: { zh: ['分派'], en: ['assign'] },
  from: ['inForce'],
  to: ['inForce'],
  by: oneOf(opener, office),
  ask: promise,
  run: async ({ db, args, actor, case: c }) => {
    const owner = await ownerOf(db, actor, args.who);
    if ('refuse' in owner) return owner;
    return {
      to: 'inForce',
      reply: said.assigned(c, args.what, owner.name),
      because: same(`${args.what} – ${owner.name}`),
      start: [
        taskFor({
          motionId: c.id,
          what: args.what,
          ownerId: owner.id,
          giverId: actor.id,
          dueAt: new Date(args.due),
        }),
      ],
    };
  },
});

export const reviewIsDue = council.alarm({
  title: { zh: '已提醒复核', en: 'a reminder of the review' },
  kind: 'reminder',
  when: ['inForce'],
  to: ['inForce'],
  run: async ({ case: c, subject: m, now, calendar }) => ({
    to: 'inForce',
    tell: [{ to: person(m.moverId), say: said.reviewDue(c, m), choices: ['review'] }],
    wake: [{ alarm: 'reviewIsDue', at: calendar.workdaysAfter(now, 5) }],
  }),
});

export const review = council.command({
  title: { zh: '复核', en: 'Review' },
  words: { zh: ['复核'], en: ['review'] },
  from: ['inForce'],
  to: ['reviewed'],
  by: oneOf(opener, office),
  ask: {
    reason: {
      ...reason,
      label: { zh: '执行情况', en: 'How it went' },
      ask: { zh: '执行情况如何？', en: 'How did it go?' },
    },
  },
  run: async ({ args, case: c, subject: m }) => {
    const news = said.reviewed(c, m, args.reason);
    return {
      to: 'reviewed',
      reply: news,
      because: same(args.reason),
      tell: [{ to: room('council'), say: news }],
    };
  },
});
