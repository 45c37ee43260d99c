import { type Effects, type OpenCase, type World, workflow } from '../../core/workflow.js';
import type { Db } from '../../database.js';
import { coveredBy, coversOf } from '../account/covers.js';
import { faceOf } from './people.js';

const states = {
  requested: { title: { zh: '待答复', en: 'waiting for an answer' } },
  agreed: { title: { zh: '已约定', en: 'agreed' } },
  met: { title: { zh: '已面谈，回访中', en: 'held, being followed up' } },
  done: { title: { zh: '已办结', en: 'done' }, end: true },
  declined: { title: { zh: '已谢绝', en: 'declined' }, end: true },
  expired: { title: { zh: '已失效', en: 'expired' }, end: true },
  withdrawn: { title: { zh: '已撤回', en: 'withdrawn' }, end: true },
  cancelled: { title: { zh: '已取消', en: 'cancelled' }, end: true },
} as const;

const commands = [
  'accept',
  'decline',
  'withdraw',
  'change',
  'pickTime',
  'cancel',
  'agenda',
  'outcome',
  'amount',
  'nextStep',
] as const;

const alarms = [
  'pleaseAnswer',
  'expires',
  'eventChanged',
  'morning',
  'soon',
  'takesPlace',
  'asks',
  'asksAgain',
  'closes',
] as const;

export type State = keyof typeof states;
export type Command = (typeof commands)[number];
export type Alarm = (typeof alarms)[number];
export type Follows<S extends State = State> = Effects<S, Command, Alarm>;

/** The states in which the two have something before them. */
export const ahead: ('requested' | 'agreed')[] = ['requested', 'agreed'];

const load = async (db: Db, caseId: string) => {
  const row = await db.appointment.findUniqueOrThrow({
    where: { caseId },
    include: {
      case: { select: { state: true } },
      event: { include: { case: { select: { ref: true, state: true } } } },
      followUps: true,
    },
  });
  return {
    ...row,
    asker: await faceOf(db, row.askerId),
    asked: await faceOf(db, row.askedId),
    parkId: null,
    // As long as it waits, it asks something of one of the two only. Whoever stands in for that one may answer as well:
    // on which days, the command looks.
    concerns: [
      ...(row.case.state === 'requested' ? [] : [row.askerId]),
      row.askedId,
      ...(row.case.state === 'met' ? [] : await coversOf(db, row.askedId)),
    ],
  };
};

export type Subject = Awaited<ReturnType<typeof load>>;
export type Named = Pick<OpenCase, 'ref'>;
export type About<S extends State = State> = World & {
  readonly case: OpenCase<S>;
  readonly subject: Subject;
};

export const appointment = workflow({
  id: 'appointment',
  prefix: 'R',
  title: { zh: '约见', en: 'Appointment' },
  states,
  commands,
  alarms,
  starts: { requested: { title: { zh: '提出约见', en: 'asked for' }, to: ['requested'] } },
  load,
  concerning: async (db, personId) => ({
    appointment: {
      OR: [{ askerId: personId }, { askedId: { in: [personId, ...(await coveredBy(db, personId))] } }],
    },
  }),
});

/** The other one of the two. */
export const otherOf = (a: Subject, personId: string) => (personId === a.askerId ? a.asked : a.asker);
export const both = (a: Subject): readonly [Subject['asker'], Subject['asked']] => [a.asker, a.asked];
