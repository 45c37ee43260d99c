/** What the officers do, and what happens when they are late. */
import { role } from '../../core/people.js';
import { moment, optional, text } from '../../core/questions.js';
import { same } from '../../core/text.js';
import { everyone, person } from '../../core/workflow.js';
import { suspendSeats } from '../council/seats.js';
import { dayOf, membership, officer, reason } from './header.js';
import * as said from './messages.js';

/** What an officer may do with a case that waits for them. */
const officerChoices = (state: string): readonly ('take' | 'forward' | 'more' | 'reject' | 'release')[] => {
  switch (state) {
    case 'submitted':
      return ['take', 'reject'];
    case 'checking':
      return ['forward', 'more', 'reject'];
    case 'leaving':
      return ['release'];
    default:
      return [];
  }
};

export const take = membership.command({
  title: { zh: '受理', en: 'Take' },
  words: { zh: ['受理'], en: ['take'] },
  from: ['submitted'],
  to: ['checking'],
  by: officer,
  style: 'primary',
  run: async ({ db, actor, case: c, subject: a, now, calendar, settings }) => {
    await db.application.update({ where: { caseId: c.id }, data: { officerId: actor.id } });
    return {
      to: 'checking',
      reply: said.taken(c, a),
      choices: ['forward', 'more', 'reject'],
      tell: [{ to: person(a.applicantId), say: said.takenForApplicant(c) }],
      wake: [{ alarm: 'officerIsLate', at: calendar.workdaysAfter(now, settings.officerDays) }],
      unwake: ['deputyIsNeeded'],
    };
  },
});

export const more = membership.command({
  title: { zh: '补件', en: 'Ask for more' },
  words: { zh: ['补件', '要求补件'], en: ['more', 'ask more'] },
  from: ['checking'],
  to: ['moreInfo'],
  by: officer,
  ask: {
    what: text({
      label: { zh: '补充内容', en: 'What is missing' },
      ask: { zh: '需要申请人补充什么？', en: 'What should the applicant supply?' },
      min: 2,
      max: 500,
      long: true,
    }),
    until: optional(
      moment({
        label: { zh: '期限', en: 'Deadline' },
        ask: {
          zh: '最晚到哪一天？不填则按默认的工作日数。',
          en: 'By which day? Left out, it is the usual number of working days.',
        },
        need: 'day',
      }),
    ),
  },
  run: async ({ db, args, case: c, subject: a, now, calendar, settings }) => {
    const until =
      args.until === null ? calendar.workdaysAfter(now, settings.answerDays) : new Date(args.until);
    const latest = calendar.daysAfter(now, 90);
    if (until > latest) return { refuse: said.tooFar(dayOf(calendar, latest)) };
    await db.application.update({ where: { caseId: c.id }, data: { asked: args.what } });
    return {
      to: 'moreInfo',
      reply: said.asked(c),
      tell: [
        {
          to: person(a.applicantId),
          say: said.pleaseSupply(c, args.what, dayOf(calendar, until)),
          choices: ['supply', 'withdraw'],
        },
      ],
      // The whole of that day is still in time.
      wake: [{ alarm: 'applicantIsLate', at: calendar.workdaysAfter(calendar.daysAfter(until, 1), 0) }],
      because: same(args.what),
    };
  },
});

export const reject = membership.command({
  title: { zh: '驳回', en: 'Reject' },
  words: { zh: ['驳回'], en: ['reject'] },
  from: ['submitted', 'checking', 'moreInfo', 'publicity'],
  to: ['declined'],
  by: role('officer', 'deputy', 'chair'),
  style: 'danger',
  ask: { reason },
  run: async ({ db, args, case: c, subject: a }) => {
    await db.application.update({ where: { caseId: c.id }, data: { decisionReason: args.reason } });
    return {
      to: 'declined',
      reply: said.declined(c, a),
      tell: [{ to: person(a.applicantId), say: said.declinedForApplicant(c, same(args.reason)) }],
      because: same(args.reason),
    };
  },
});

export const release = membership.command({
  title: { zh: '办结退会', en: 'Settle the leaving' },
  words: { zh: ['办结'], en: ['release'] },
  from: ['leaving'],
  to: ['left'],
  by: officer,
  run: async ({ db, case: c, subject: a, now }) => {
    if (a.parkId) {
      await db.park.update({ where: { id: a.parkId }, data: { leftAt: now } });
      await suspendSeats(db, { parkId: a.parkId }, '园区已退会 · the park has left', now);
    }
    return {
      to: 'left',
      reply: said.left(c, a),
      tell: [{ to: person(a.applicantId), say: said.left(c, a) }],
    };
  },
});

export const officerIsLate = membership.alarm({
  title: { zh: '已提醒经办人', en: 'the officer was reminded' },
  kind: 'reminder',
  when: ['submitted', 'checking', 'leaving'],
  to: ['submitted', 'checking', 'leaving'],
  run: async ({ case: c, subject: a, now, calendar, settings }) => ({
    to: c.state,
    tell: [
      {
        to: a.officerId && c.state === 'checking' ? person(a.officerId) : everyone('officer'),
        say: said.officerLate(c, a, settings.officerDays),
        choices: officerChoices(c.state),
      },
    ],
    wake: [{ alarm: 'deputyIsNeeded', at: calendar.workdaysAfter(now, settings.deputyDays) }],
  }),
});

// Rings again until somebody acts: nothing waits in silence.
export const deputyIsNeeded = membership.alarm({
  title: { zh: '已请副手代办', en: 'the deputy was called' },
  kind: 'reminder',
  when: ['submitted', 'checking', 'leaving'],
  to: ['submitted', 'checking', 'leaving'],
  run: async ({ case: c, subject: a, now, calendar, settings }) => ({
    to: c.state,
    tell: [{ to: everyone('deputy'), say: said.deputyNeeded(c, a), choices: officerChoices(c.state) }],
    wake: [{ alarm: 'deputyIsNeeded', at: calendar.workdaysAfter(now, settings.officerDays) }],
  }),
});
