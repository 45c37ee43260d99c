import type { Calendar } from '../../core/calendar.js';
import { sayMoment } from '../../core/moments.js';
import { role } from '../../core/people.js';
import { text } from '../../core/questions.js';
import type { Text } from '../../core/text.js';
import { workflow } from '../../core/workflow.js';
import type { Db } from '../../database.js';

export const membership = workflow({
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
    'councilHasDecided',
    'duesAreLate',
    'checkIn',
  ],
  load: (db: Db, caseId: string) =>
    db.application.findUniqueOrThrow({ where: { caseId }, include: { objections: true } }),
});

/** Who works on applications. */
export const officer = role('officer', 'deputy');

export const reason = text({
  label: { zh: '理由', en: 'Reason' },
  ask: { zh: '请说明理由：', en: 'Please give the reason:' },
  min: 2,
  max: 500,
  long: true,
});

export const dayOf = (calendar: Calendar, at: Date): Text =>
  sayMoment(at, calendar.timezone, { time: false });
