import { oneOf, role, seatHolder } from '../../core/people.js';
import { type Effects, type OpenCase, type World, workflow } from '../../core/workflow.js';
import type { Db } from '../../database.js';
import { seatTitle, seatWithNames } from '../council/seats.js';

const states = {
  called: { title: { zh: '已召集', en: 'called' } },
  sitting: { title: { zh: '会议中', en: 'sitting' } },
  ended: { title: { zh: '已散会，待起草纪要', en: 'over, minutes to be drafted' } },
  minutes: { title: { zh: '纪要待确认', en: 'minutes to be confirmed' } },
  confirmed: { title: { zh: '纪要已确认', en: 'minutes confirmed' }, end: true },
  cancelled: { title: { zh: '已取消', en: 'cancelled' }, end: true },
} as const;

const commands = [
  'convene',
  'cancel',
  'present',
  'depart',
  'begin',
  'adjourn',
  'confirm',
  'correct',
  'minutes',
  'meetings',
] as const;

const alarms = [
  'dayBefore',
  'doorsOpen',
  'notBegun',
  'stillSitting',
  'draft',
  'pleaseConfirm',
  'settles',
] as const;

export type State = keyof typeof states;
export type Alarm = (typeof alarms)[number];
export type Follows<S extends State = State> = Effects<S, (typeof commands)[number], Alarm>;

const load = async (db: Db, caseId: string) => {
  const row = await db.meeting.findUniqueOrThrow({
    where: { caseId },
    include: {
      motions: { select: { caseId: true, title: true, case: { select: { ref: true, state: true } } } },
      presences: { include: { seat: { include: seatWithNames } } },
    },
  });
  const people = await db.person.findMany({
    where: { id: { in: row.presences.map((one) => one.personId) } },
    select: { id: true, name: true },
  });
  const nameOf = (id: string): string => people.find((one) => one.id === id)?.name ?? '—';
  const byNumber = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true });
  return {
    ...row,
    motions: row.motions.toSorted((a, b) => byNumber(a.case.ref, b.case.ref)),
    presences: row.presences
      .toSorted((a, b) => byNumber(a.seat.key, b.seat.key))
      .map((one) => ({ ...one, title: seatTitle(one.seat), name: nameOf(one.personId) })),
    parkId: null,
  };
};

export type Subject = Awaited<ReturnType<typeof load>>;
export type Named = Pick<OpenCase, 'ref'>;
export type About = World & { readonly case: OpenCase; readonly subject: Subject };

export const meeting = workflow({
  id: 'meeting',
  prefix: 'K',
  title: { zh: '会议', en: 'Meeting' },
  states,
  commands,
  alarms,
  load,
});

/** Who calls a meeting and runs it. */
export const office = role('chair', 'officer');

const minuteMs = 60 * 1000;

export const doorsOpenAt = ({ startsAt }: { readonly startsAt: Date }): Date =>
  new Date(startsAt.getTime() - 60 * minuteMs);
export const mayBeginAt = ({ startsAt }: { readonly startsAt: Date }): Date =>
  new Date(startsAt.getTime() - 30 * minuteMs);
/** When those who run it are asked why it has not begun. */
export const isLateAt = ({ startsAt }: { readonly startsAt: Date }): Date =>
  new Date(startsAt.getTime() + 30 * minuteMs);

/** Who may read of meetings and their minutes. */
export const insiders = oneOf(seatHolder, role('officer', 'deputy', 'chair', 'supervisor', 'admin'));
