import type { Calendar } from '../../core/calendar.js';
import { sayMoment } from '../../core/moments.js';
import { anyone, member, oneOf, opener, parkContact, role, seatHolder } from '../../core/people.js';
import { moment, optional, text, yesNo } from '../../core/questions.js';
import { same } from '../../core/text.js';
import { everyone, person, room, workflow } from '../../core/workflow.js';
import type { Db } from '../../database.js';
import {
  callForDecision,
  councilAnswers,
  newMember,
  objectionsToSettle,
  officerChoices,
  openApplicationFor,
  remindSeats,
  toCouncil,
} from './council.js';
import { application } from './form.js';
import * as said from './messages.js';
import { councilTimes } from './rules.js';

const membership = workflow({
  id: 'membership',
  prefix: 'M',
  title: { zh: '入会申请', en: 'Membership' },
  states: {
    submitted: { title: { zh: '已提交', en: 'submitted' } },
    checking: { title: { zh: '审核中', en: 'being checked' } },
    moreInfo: { title: { zh: '待补件', en: 'waiting for the applicant' } },
    publicity: { title: { zh: '公示中', en: 'on public notice' } },
    council: { title: { zh: '理事会审议中', en: 'before the council' } },
    approved: { title: { zh: '已批准', en: 'approved' } },
    active: { title: { zh: '正式会员', en: 'member' }, rest: true },
    leaving: { title: { zh: '退会办理中', en: 'leaving' } },
    left: { title: { zh: '已退会', en: 'left' }, end: true },
    declined: { title: { zh: '未通过', en: 'not approved' }, end: true },
    withdrawn: { title: { zh: '已撤回', en: 'withdrawn' }, end: true },
  },
  commands: [
    'apply',
    'withdraw',
    'supply',
    'take',
    'more',
    'forward',
    'reject',
    'object',
    'approve',
    'decline',
    'extend',
    'paid',
    'leave',
    'release',
  ],
  alarms: [
    'officerIsLate',
    'deputyIsNeeded',
    'applicantIsLate',
    'publicityEnds',
    'objectionsWait',
    'councilHalf',
    'councilLastDay',
    'councilEnds',
    'councilOverdue',
    'duesAreLate',
    'checkIn',
  ],
  load: (db: Db, caseId: string) =>
    db.application.findUniqueOrThrow({ where: { caseId }, include: { objections: true, approvals: true } }),
});

const officer = role('officer', 'deputy');
const dayOf = (calendar: Calendar, at: Date) => sayMoment(at, calendar.timezone, { time: false });
const reason = text({
  label: { zh: '理由', en: 'Reason' },
  ask: { zh: '请说明理由：', en: 'Please give the reason:' },
  min: 2,
  max: 500,
  long: true,
});
const sure = (zh: string, en: string) => yesNo({ label: { zh: '确认', en: 'Sure' }, ask: { zh, en } });

export default membership.rules({
  commands: {
    apply: membership.opening({
      title: { zh: '申请入会', en: 'Apply for membership' },
      words: { zh: ['申请入会', '入会', '我要入会'], en: ['apply', 'join'] },
      by: anyone,
      to: ['submitted'],
      ask: application,
      run: async ({ db, args, actor, case: c, now, calendar, settings }) => {
        if (!args.consent) return { refuse: said.noConsent };
        const open = await openApplicationFor(db, args.creditCode);
        if (open) return { refuse: said.applied(open) };
        const { consent: _, abroad, ...answers } = args;
        const a = await db.application.create({
          data: { caseId: c.id, applicantId: actor.id, consentAbroad: abroad, ...answers },
        });
        return {
          to: 'submitted',
          reply: said.submitted(c, a),
          tell: [{ to: everyone('officer'), say: said.newApplication(c, a), choices: ['take', 'reject'] }],
          wake: [{ alarm: 'officerIsLate', at: calendar.workdaysAfter(now, settings.officerDays) }],
          because: same(a.park),
        };
      },
    }),

    withdraw: membership.command({
      title: { zh: '撤回申请', en: 'Withdraw' },
      words: { zh: ['撤回', '撤回申请'], en: ['withdraw'] },
      from: ['submitted', 'checking', 'moreInfo', 'publicity', 'council', 'approved', 'leaving'],
      to: ['withdrawn', 'active'],
      by: opener,
      style: 'danger',
      ask: { sure: sure('确定要撤回吗？', 'Do you really want to withdraw it?') },
      run: async ({ args, case: c, subject: a }) => {
        if (!args.sure) return { refuse: said.kept(c) };
        const officerInCharge = a.officerId ? person(a.officerId) : everyone('officer');
        return c.state === 'leaving'
          ? {
              to: 'active',
              reply: said.stays(c),
              tell: [{ to: officerInCharge, say: said.staysForOfficer(c, a) }],
            }
          : {
              to: 'withdrawn',
              reply: said.withdrawn(c),
              tell: [{ to: officerInCharge, say: said.withdrawnForOfficer(c, a) }],
            };
      },
    }),

    take: membership.command({
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
    }),

    more: membership.command({
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
    }),

    supply: membership.command({
      title: { zh: '补充材料', en: 'Supply' },
      words: { zh: ['补充', '补充材料'], en: ['supply'] },
      from: ['moreInfo'],
      to: ['checking'],
      by: opener,
      style: 'primary',
      ask: {
        answer: text({
          label: { zh: '补充说明', en: 'Answer' },
          ask: { zh: '请发送要补充的内容：', en: 'Please send what was asked for:' },
          min: 2,
          max: 2000,
          long: true,
        }),
      },
      run: async ({ db, args, case: c, now, calendar, settings }) => {
        const a = await db.application.update({ where: { caseId: c.id }, data: { answered: args.answer } });
        return {
          to: 'checking',
          reply: said.thankYou(c),
          tell: [
            {
              to: a.officerId ? person(a.officerId) : everyone('officer'),
              say: said.supplied(c, a),
              choices: ['forward', 'more', 'reject'],
            },
          ],
          wake: [{ alarm: 'officerIsLate', at: calendar.workdaysAfter(now, settings.officerDays) }],
        };
      },
    }),

    forward: membership.command({
      title: { zh: '送审', en: 'Forward' },
      words: { zh: ['送审'], en: ['forward'] },
      from: ['checking', 'publicity'],
      to: ['publicity', 'council'],
      by: officer,
      style: 'primary',
      run: async ({ db, case: c, subject: a, now, calendar, settings }) => {
        if (c.state === 'publicity') {
          const over = a.publicityEndsAt !== null && a.publicityEndsAt <= now;
          if (!over) return { refuse: said.stillInPublicity(c, dayOf(calendar, a.publicityEndsAt ?? now)) };
          const before = await toCouncil({ db, case: c, subject: a, now, calendar, settings });
          return { ...before, reply: said.councilForApplicant(c) };
        }
        const ends = calendar.workdaysAfter(now, settings.publicityDays);
        await db.application.update({ where: { caseId: c.id }, data: { publicityEndsAt: ends } });
        const until = dayOf(calendar, ends);
        return {
          to: 'publicity',
          reply: said.forwarded(c, until),
          tell: [
            { to: person(a.applicantId), say: said.publicityForApplicant(c, until) },
            { to: room('members'), say: said.inPublicity(c, a, until) },
          ],
          wake: [{ alarm: 'publicityEnds', at: ends }],
        };
      },
    }),

    reject: membership.command({
      title: { zh: '驳回', en: 'Reject' },
      words: { zh: ['驳回'], en: ['reject'] },
      from: ['submitted', 'checking', 'moreInfo', 'publicity', 'council'],
      to: ['declined'],
      by: role('officer', 'deputy', 'chair'),
      style: 'danger',
      ask: { reason },
      run: async ({ db, args, case: c, subject: a, now, calendar }) => {
        if (c.state === 'council' && a.councilEndsAt !== null && a.councilEndsAt > now) {
          return { refuse: said.councilStillDecides(c, dayOf(calendar, a.councilEndsAt)) };
        }
        await db.application.update({ where: { caseId: c.id }, data: { decisionReason: args.reason } });
        return {
          to: 'declined',
          reply: said.declined(c, a),
          tell: [
            { to: person(a.applicantId), say: said.declinedForApplicant(c, same(args.reason)) },
            ...(c.state === 'council' ? [{ to: room('council'), say: said.declined(c, a) }] : []),
          ],
          because: same(args.reason),
        };
      },
    }),

    object: membership.command({
      title: { zh: '提出异议', en: 'Object' },
      words: { zh: ['异议'], en: ['object'] },
      from: ['publicity'],
      to: ['publicity'],
      by: member,
      namedTo: 'nobody',
      ask: { reason },
      run: async ({ db, args, actor, case: c, subject: a, now }) => {
        await db.objection.upsert({
          where: { caseId_personId: { caseId: c.id, personId: actor.id } },
          create: { caseId: c.id, personId: actor.id, reason: args.reason, madeAt: now },
          update: { reason: args.reason, madeAt: now },
        });
        return {
          to: 'publicity',
          reply: said.objected(c),
          tell: [
            {
              to: a.officerId ? person(a.officerId) : everyone('officer'),
              say: said.newObjection(c, a, args.reason),
            },
          ],
          because: same(args.reason),
        };
      },
    }),

    approve: membership.command({
      title: { zh: '批准', en: 'Approve' },
      words: { zh: ['批准'], en: ['approve'] },
      from: ['council'],
      to: ['council', 'approved', 'declined'],
      by: seatHolder,
      namedTo: 'insiders',
      style: 'primary',
      run: (world) => councilAnswers(world, 'approve', null),
    }),

    decline: membership.command({
      title: { zh: '拒绝', en: 'Decline' },
      words: { zh: ['拒绝'], en: ['decline'] },
      from: ['council'],
      to: ['council', 'approved', 'declined'],
      by: seatHolder,
      namedTo: 'insiders',
      style: 'danger',
      ask: { reason },
      run: (world) => councilAnswers(world, 'decline', world.args.reason),
    }),

    extend: membership.command({
      title: { zh: '延期', en: 'Extend' },
      words: { zh: ['延期'], en: ['extend'] },
      from: ['council'],
      to: ['council'],
      by: role('chair', 'officer', 'deputy'),
      run: async ({ db, case: c, now, calendar, settings }) => {
        const times = councilTimes(calendar, now, settings.councilDays);
        await db.application.update({ where: { caseId: c.id }, data: { councilEndsAt: times.ends } });
        const until = dayOf(calendar, times.ends);
        return {
          to: 'council',
          reply: said.extended(c, until),
          tell: [{ to: room('council'), say: said.extended(c, until), choices: ['approve', 'decline'] }],
          wake: [
            { alarm: 'councilHalf', at: times.half },
            { alarm: 'councilLastDay', at: times.lastDay },
            { alarm: 'councilEnds', at: times.ends },
          ],
          unwake: ['councilOverdue'],
          because: until,
        };
      },
    }),

    paid: membership.command({
      title: { zh: '确认到账', en: 'Confirm the dues' },
      words: { zh: ['到账', '会费到账'], en: ['paid'] },
      from: ['approved'],
      to: ['active'],
      by: role('finance'),
      style: 'primary',
      run: async ({ db, case: c, subject: a, now, calendar }) => {
        await newMember(db, c, a, now);
        return {
          to: 'active',
          reply: said.nowActive(c),
          tell: [
            { to: person(a.applicantId), say: said.welcome(c, a) },
            { to: room('members'), say: said.welcomeInRoom(a) },
          ],
          wake: [30, 90].map((days) => ({
            alarm: 'checkIn' as const,
            at: calendar.workdaysAfter(calendar.daysAfter(now, days), 0),
            key: String(days),
          })),
        };
      },
    }),

    leave: membership.command({
      title: { zh: '申请退会', en: 'Leave the alliance' },
      words: { zh: ['退会', '申请退会'], en: ['leave'] },
      from: ['active'],
      to: ['leaving'],
      by: oneOf(opener, parkContact),
      style: 'danger',
      ask: { reason },
      run: async ({ args, case: c, subject: a, now, calendar, settings }) => ({
        to: 'leaving',
        reply: said.leavingAsked(c),
        tell: [{ to: everyone('officer'), say: said.wantsToLeave(c, a, args.reason), choices: ['release'] }],
        wake: [{ alarm: 'officerIsLate', at: calendar.workdaysAfter(now, settings.officerDays) }],
        because: same(args.reason),
      }),
    }),

    release: membership.command({
      title: { zh: '办结退会', en: 'Settle the leaving' },
      words: { zh: ['办结'], en: ['release'] },
      from: ['leaving'],
      to: ['left'],
      by: officer,
      run: async ({ db, case: c, subject: a, now }) => {
        if (a.parkId) {
          await db.park.update({ where: { id: a.parkId }, data: { leftAt: now } });
          await db.seat.updateMany({
            where: { parkId: a.parkId, suspendedAt: null },
            data: { suspendedAt: now },
          });
        }
        return {
          to: 'left',
          reply: said.left(c, a),
          tell: [{ to: person(a.applicantId), say: said.left(c, a) }],
        };
      },
    }),
  },

  alarms: {
    officerIsLate: membership.alarm({
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
    }),

    // Rings again until somebody acts: nothing waits in silence.
    deputyIsNeeded: membership.alarm({
      title: { zh: '已请副手代办', en: 'the deputy was called' },
      kind: 'reminder',
      when: ['submitted', 'checking', 'leaving'],
      to: ['submitted', 'checking', 'leaving'],
      run: async ({ case: c, subject: a, now, calendar, settings }) => ({
        to: c.state,
        tell: [{ to: everyone('deputy'), say: said.deputyNeeded(c, a), choices: officerChoices(c.state) }],
        wake: [{ alarm: 'deputyIsNeeded', at: calendar.workdaysAfter(now, settings.officerDays) }],
      }),
    }),

    applicantIsLate: membership.alarm({
      title: { zh: '已提醒申请人', en: 'the applicant was reminded' },
      kind: 'reminder',
      when: ['moreInfo'],
      to: ['moreInfo'],
      run: async ({ case: c, subject: a, key, now, calendar, settings }) => ({
        to: 'moreInfo',
        tell: [
          {
            to: person(a.applicantId),
            say: said.stillMissing(c, a.asked ?? ''),
            choices: ['supply', 'withdraw'],
          },
          ...(key === 'again' && a.officerId
            ? [{ to: person(a.officerId), say: said.applicantSilent(c, a), choices: ['reject'] as const }]
            : []),
        ],
        wake: [
          { alarm: 'applicantIsLate', key: 'again', at: calendar.workdaysAfter(now, settings.answerDays) },
        ],
      }),
    }),

    publicityEnds: membership.alarm({
      title: { zh: '公示期满', en: 'the public notice ended' },
      kind: 'deadline',
      when: ['publicity'],
      to: ['publicity', 'council'],
      run: async (world) => {
        const { case: c, subject: a, now, calendar, settings } = world;
        if (a.objections.length === 0) return toCouncil(world);
        return {
          to: 'publicity',
          tell: [objectionsToSettle(c, a)],
          wake: [{ alarm: 'objectionsWait', at: calendar.workdaysAfter(now, settings.officerDays) }],
          because: { zh: `${a.objections.length} 条异议`, en: `${a.objections.length} objections` },
        };
      },
    }),

    objectionsWait: membership.alarm({
      title: { zh: '已提醒处理异议', en: 'a reminder of the objections' },
      kind: 'reminder',
      when: ['publicity'],
      to: ['publicity'],
      run: async ({ case: c, subject: a, now, calendar, settings }) => ({
        to: 'publicity',
        tell: [objectionsToSettle(c, a), { ...objectionsToSettle(c, a), to: everyone('deputy') }],
        wake: [{ alarm: 'objectionsWait', at: calendar.workdaysAfter(now, settings.officerDays) }],
      }),
    }),

    councilHalf: membership.alarm({
      title: { zh: '期中提醒', en: 'a reminder at half time' },
      kind: 'reminder',
      when: ['council'],
      to: ['council'],
      run: (world) => remindSeats(world, { alternates: false }),
    }),

    councilLastDay: membership.alarm({
      title: { zh: '最后一个工作日提醒', en: 'a reminder on the last working day' },
      kind: 'reminder',
      when: ['council'],
      to: ['council'],
      run: (world) => remindSeats(world, { alternates: true }),
    }),

    councilEnds: membership.alarm({
      title: { zh: '审议期满', en: 'the council’s time ended' },
      kind: 'deadline',
      when: ['council'],
      to: ['council'],
      run: (world) => callForDecision(world),
    }),

    councilOverdue: membership.alarm({
      title: { zh: '已提醒作出决定', en: 'a reminder to decide how to go on' },
      kind: 'reminder',
      when: ['council'],
      to: ['council'],
      run: (world) => callForDecision(world),
    }),

    duesAreLate: membership.alarm({
      title: { zh: '已提醒确认会费', en: 'a reminder of the dues' },
      kind: 'reminder',
      when: ['approved'],
      to: ['approved'],
      run: async ({ case: c, subject: a, now, calendar }) => ({
        to: 'approved',
        tell: [{ to: everyone('finance'), say: said.duesLate(c, a), choices: ['paid'] }],
        wake: [{ alarm: 'duesAreLate', at: calendar.workdaysAfter(now, 5) }],
      }),
    }),

    checkIn: membership.alarm({
      title: { zh: '入会回访', en: 'check-in' },
      kind: 'reminder',
      when: ['active', 'leaving'],
      to: ['active', 'leaving'],
      run: async ({ case: c, subject: a, key }) => ({
        to: c.state,
        // Whoever is leaving is not asked how they like it.
        tell:
          c.state === 'leaving' ? [] : [{ to: person(a.applicantId), say: said.checkIn(c, a, Number(key)) }],
        because: { zh: `${key} 天`, en: `${key} days` },
      }),
    }),
  },
});
