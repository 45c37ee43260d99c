/** What an applicant, and later a member, does. */
import { anyone, oneOf, opener, parkContact } from '../../core/people.js';
import { text, yesNo } from '../../core/questions.js';
import { same } from '../../core/text.js';
import { everyone, person } from '../../core/workflow.js';
import type { Db } from '../../database.js';
import { noteConsent } from '../../people/consents.js';
import { endMotion } from './council.js';
import { application } from './form.js';
import { membership, reason } from './header.js';
import * as said from './messages.js';

/** The case in which this credit code is being dealt with, or its member. */
const openApplicationFor = async (db: Db, creditCode: string): Promise<string | undefined> => {
  const found = await db.application.findFirst({
    where: { creditCode, case: { closedAt: null } },
    select: { case: { select: { ref: true } } },
  });
  return found?.case.ref;
};

const sure = (zh: string, en: string) => yesNo({ label: { zh: '确认', en: 'Sure' }, ask: { zh, en } });

export const apply = membership.opening({
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
    await noteConsent(db, { personId: actor.id, purpose: 'abroad', given: abroad, channel: null, at: now });
    return {
      to: 'submitted',
      reply: said.submitted(c, a),
      tell: [{ to: everyone('officer'), say: said.newApplication(c, a), choices: ['take', 'reject'] }],
      wake: [{ alarm: 'officerIsLate', at: calendar.workdaysAfter(now, settings.officerDays) }],
      because: same(a.park),
    };
  },
});

export const withdraw = membership.command({
  title: { zh: '撤回申请', en: 'Withdraw' },
  words: { zh: ['撤回', '撤回申请'], en: ['withdraw'] },
  from: ['submitted', 'checking', 'moreInfo', 'publicity', 'council', 'approved', 'leaving'],
  to: ['withdrawn', 'active'],
  by: opener,
  style: 'danger',
  ask: { sure: sure('确定要撤回吗？', 'Do you really want to withdraw it?') },
  run: async ({ db, args, case: c, subject: a }) => {
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
          ring: await endMotion(db, c.id),
        };
  },
});

export const supply = membership.command({
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
});

export const applicantIsLate = membership.alarm({
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
    wake: [{ alarm: 'applicantIsLate', key: 'again', at: calendar.workdaysAfter(now, settings.answerDays) }],
  }),
});

export const checkIn = membership.alarm({
  title: { zh: '入会回访', en: 'check-in' },
  kind: 'reminder',
  when: ['active', 'leaving'],
  to: ['active', 'leaving'],
  run: async ({ case: c, subject: a, key }) => ({
    to: c.state,
    // Whoever is leaving is not asked how they like it.
    tell: c.state === 'leaving' ? [] : [{ to: person(a.applicantId), say: said.checkIn(c, a, Number(key)) }],
    because: { zh: `${key} 天`, en: `${key} days` },
  }),
});

export const leave = membership.command({
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
});
