import { anyone, oneOf, opener, role } from '../../core/people.js';
import { type Effects, type OpenCase, type World, workflow } from '../../core/workflow.js';
import type { Db } from '../../database.js';

const states = {
  draft: { title: { zh: '草稿', en: 'draft' } },
  open: { title: { zh: '报名中', en: 'open for sign-up' } },
  shut: { title: { zh: '报名截止', en: 'sign-up closed' } },
  running: { title: { zh: '进行中', en: 'running' } },
  over: { title: { zh: '已结束，回访中', en: 'over, being followed up' } },
  done: { title: { zh: '已办结', en: 'done' }, end: true },
  cancelled: { title: { zh: '已取消', en: 'called off' }, end: true },
} as const;

const commands = [
  // An organizer prepares it
  'plan',
  'configure',
  'preview',
  'announce',
  // People sign up
  'signUp',
  'leave',
  'queue',
  'roster',
  'accept',
  'decline',
  'remindMe',
  'stillComing',
  'events',
  // An organizer steers it
  'admit',
  'turnDown',
  'promote',
  'resize',
  'move',
  'callOff',
  // Sign-up chains
  'chain',
  'takeChain',
  'dropChain',
  // Its own questions
  'answer',
  'fillIn',
  'answers',
  // The day itself, and what follows
  'checkIn',
  'code',
  'absence',
  'absences',
  'review',
  'results',
  // Calendars and lists
  'calendar',
  'myCalendar',
  'newCalendar',
  'exportLists',
  // Invitations, confidential material, what people offer and look for
  'invite',
  'coming',
  'notComing',
  'maybe',
  'invitations',
  'brief',
  'material',
  'acknowledge',
  'access',
  'profile',
  'directory',
  // Meetings of two
  'tables',
  'meet',
  'tablePlan',
  'outcomes',
] as const;

const alarms = [
  'draftWaits',
  'listing',
  'movesUp',
  'placeFreed',
  'holdEnds',
  'poolOpens',
  'chainWaits',
  'cutOff',
  'week',
  'day',
  'hours',
  'digest',
  'begins',
  'frees',
  'ends',
  'followsUp',
  'sumsUp',
  'settles',
  'rollsUp',
  'rsvp',
] as const;

export type State = keyof typeof states;
export type Command = (typeof commands)[number];
export type Alarm = (typeof alarms)[number];
export type Follows<S extends State = State> = Effects<S, Command, Alarm>;

const load = async (db: Db, caseId: string) => ({
  ...(await db.event.findUniqueOrThrow({
    where: { caseId },
    include: { tickets: { orderBy: { kind: 'asc' } } },
  })),
  parkId: null,
});

export type Subject = Awaited<ReturnType<typeof load>>;
export type Named = Pick<OpenCase, 'ref'>;
/** What most of the workflow works on: the world, the case, its event. */
export type About<S extends State = State> = World & {
  readonly case: OpenCase<S>;
  readonly subject: Subject;
};

export const event = workflow({
  id: 'event',
  prefix: 'W',
  title: { zh: '活动', en: 'Event' },
  states,
  commands,
  alarms,
  load,
  open: true,
});

/** Who may run events of the alliance. */
export const office = role('officer', 'deputy', 'chair');
/** Who runs this one. */
export const organizer = oneOf(opener, office);
export const everybody = anyone;

/** While people sign up, and while what was signed up for is still to come. */
export const before = ['open', 'shut'] as const;
export const announced = ['open', 'shut', 'running', 'over', 'done'] as const;
