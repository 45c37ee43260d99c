import { role, seatHolder } from '../../core/people.js';
import { text } from '../../core/questions.js';
import type { Effects, World } from '../../core/workflow.js';
import { type OpenCase, workflow } from '../../core/workflow.js';
import type { Db } from '../../database.js';

const states = {
  proposed: { title: { zh: '待附议', en: 'waiting for seconds' } },
  notice: { title: { zh: '公告中', en: 'on notice' } },
  open: { title: { zh: '表决中', en: 'open for votes' } },
  tied: { title: { zh: '票数相等，待理事长裁决', en: 'tied, for the chair to decide' } },
  noQuorum: { title: { zh: '未达法定人数', en: 'without a quorum' } },
  carried: { title: { zh: '已通过，异议期内', en: 'carried, open to challenge' } },
  lost: { title: { zh: '未通过，异议期内', en: 'lost, open to challenge' } },
  challenged: { title: { zh: '异议处理中', en: 'challenged' } },
  inForce: { title: { zh: '已生效', en: 'in force' }, rest: true },
  reviewed: { title: { zh: '已复核', en: 'reviewed' }, end: true },
  noted: { title: { zh: '已记录', en: 'noted' }, end: true },
  rejected: { title: { zh: '未通过', en: 'rejected' }, end: true },
  withdrawn: { title: { zh: '已撤回', en: 'withdrawn' }, end: true },
  lapsed: { title: { zh: '已撤案', en: 'dropped' }, end: true },
} as const;

const commands = [
  // A motion
  'motion',
  'second',
  'amend',
  'withdraw',
  'schedule',
  'open',
  'close',
  // Votes
  'yes',
  'no',
  'abstain',
  'vote',
  'keep',
  'because',
  // Who may vote
  'recuse',
  'askRecusal',
  'ruleRecusal',
  'suspend',
  'restore',
  // What follows
  'decide',
  'extend',
  'meet',
  'again',
  'circulate',
  'drop',
  'challenge',
  'uphold',
  'annul',
  'assign',
  'review',
  // To read
  'result',
  'verify',
  'whatIf',
  'minutes',
  'rulebook',
  'seats',
] as const;

const alarms = [
  'secondsAreLate',
  'noticeEnds',
  'meetingIsLate',
  'turnout',
  'half',
  'eighty',
  'lastDay',
  'closes',
  'tieWaits',
  'quorumWaits',
  'challengeEnds',
  'challengeWaits',
  'reviewIsDue',
  'originIsGone',
] as const;

export type State = keyof typeof states;
export type Command = (typeof commands)[number];
export type Alarm = (typeof alarms)[number];
export type Follows<S extends State = State> = Effects<S, Command, Alarm>;

const load = async (db: Db, caseId: string) => {
  const motion = await db.motion.findUniqueOrThrow({
    where: { caseId },
    include: {
      seconds: true,
      demands: true,
      ballots: { orderBy: { call: 'desc' }, take: 1 },
    },
  });
  // A suspended seat has no say, but a ballot that was open before may let it stay.
  const suspended = await db.ballotSeat.findMany({
    where: { ballot: { motionId: caseId, closedAt: null }, suspendedAt: { not: null } },
    select: { seat: { select: { holderId: true, alternates: { select: { personId: true } } } } },
  });
  const concerns = suspended.flatMap(({ seat }) => [
    seat.holderId,
    ...seat.alternates.map((one) => one.personId),
  ]);
  return { ...motion, concerns };
};

export type Subject = Awaited<ReturnType<typeof load>>;
/** What most of the workflow works on: the world, the case, its motion. */
export type About = World & { readonly case: OpenCase; readonly subject: Subject };

export const council = workflow({
  id: 'council',
  prefix: 'P',
  title: { zh: '理事会议案', en: 'Motion' },
  states,
  commands,
  alarms,
  starts: {
    refer: { title: { zh: '提请理事会', en: 'Put to the council' }, to: ['notice', 'open'] },
  },
  load,
});

export const everyState = [
  'proposed',
  'notice',
  'open',
  'tied',
  'noQuorum',
  'carried',
  'lost',
  'challenged',
  'inForce',
  'reviewed',
  'noted',
  'rejected',
  'withdrawn',
  'lapsed',
] as const;

/** Who runs the council's business. */
export const office = role('chair', 'officer');
export const seat = seatHolder;

export const reason = text({
  label: { zh: '理由', en: 'Reason' },
  ask: { zh: '请说明理由：', en: 'Please give the reason:' },
  min: 2,
  max: 500,
  long: true,
});
