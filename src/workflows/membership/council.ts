/** The council's part of an application: it begins, seats answer, it ends. */
import type { Calendar } from '../../core/calendar.js';
import { sayMoment } from '../../core/moments.js';
import type { Actor } from '../../core/people.js';
import type { Settings } from '../../core/settings.js';
import type { Text } from '../../core/text.js';
import {
  type Done,
  type Effects,
  everyone,
  type OpenCase,
  person,
  type Refusal,
  room,
  type Tell,
} from '../../core/workflow.js';
import type { Application, Db } from '../../database.js';
import * as said from './messages.js';
import { councilTimes, seatFor, type Tally, tally, type Verdict } from './rules.js';

type World = {
  readonly db: Db;
  readonly case: OpenCase;
  readonly subject: Application & { readonly objections: readonly { reason: string }[] };
  readonly now: Date;
  readonly calendar: Calendar;
  readonly settings: Settings;
};
type Alarms = 'councilHalf' | 'councilLastDay' | 'councilEnds' | 'councilOverdue' | 'duesAreLate';
type Commands = 'approve' | 'decline' | 'extend' | 'reject' | 'paid';

const dayOf = (calendar: Calendar, at: Date): Text => sayMoment(at, calendar.timezone, { time: false });

/** Puts an application before the council: posted where the council talks, with the times of its reminders. */
export const toCouncil = async (world: World): Promise<Effects<'council', Commands, Alarms>> => {
  const { db, case: c, subject: a, now, calendar, settings } = world;
  const times = councilTimes(calendar, now, settings.councilDays);
  await db.application.update({ where: { caseId: c.id }, data: { councilEndsAt: times.ends } });
  const { needed } = await tallyOf(db, c.id, settings);
  const message = said.forCouncil(
    c,
    a,
    needed,
    dayOf(calendar, times.ends),
    a.objections.map((one) => one.reason),
  );
  const rooms = await db.room.count({ where: { purpose: 'council' } });
  const seats = rooms > 0 ? [] : await seatsYetToAnswer(db, c.id);
  const choices = ['approve', 'decline'] as const;
  return {
    to: 'council',
    tell: [
      { to: room('council'), say: message, choices },
      ...seats.map((seat): Tell<Commands> => ({ to: person(seat.holderId), say: message, choices })),
      { to: person(a.applicantId), say: said.councilForApplicant(c) },
    ],
    wake: [
      { alarm: 'councilHalf', at: times.half },
      { alarm: 'councilLastDay', at: times.lastDay },
      { alarm: 'councilEnds', at: times.ends },
    ],
  };
};

/** One answer per seat. The last one counts until the matter is decided. */
export const councilAnswers = async (
  world: World & { readonly actor: Actor },
  verdict: Verdict,
  reason: string | null,
): Promise<Refusal | Done<'council' | 'approved' | 'declined', Commands, Alarms>> => {
  const { db, case: c, subject: a, actor, now, calendar, settings } = world;
  const answered = await db.approval.findMany({ where: { caseId: c.id } });
  const held = await db.seat.findMany({ where: { holderId: actor.id }, select: { id: true } });
  const own = actor.seats.filter((seat) => held.some((one) => one.id === seat.id)).map((seat) => seat.id);
  const stoodInFor = actor.seats.map((seat) => seat.id).filter((id) => !own.includes(id));
  const seatId = seatFor(
    own,
    stoodInFor,
    answered.map((one) => one.seatId),
  );
  if (seatId === undefined) throw new Error('a seat holder without a seat');

  const before = answered.find((one) => one.seatId === seatId);
  if (before?.verdict === verdict) {
    const by = await db.person.findUniqueOrThrow({ where: { id: before.personId }, select: { name: true } });
    return { refuse: said.already(c, verdict, by.name) };
  }
  const answer = { personId: actor.id, verdict, reason, answeredAt: now };
  await db.approval.upsert({
    where: { caseId_seatId: { caseId: c.id, seatId } },
    create: { caseId: c.id, seatId, ...answer },
    update: answer,
  });

  const result = await tallyOf(db, c.id, settings);
  const because: Text = {
    zh: `${result.approvals} 批准、${result.declines} 拒绝，须 ${result.needed}${reason ? `；理由：${reason}` : ''}`,
    en: `${result.approvals} approve, ${result.declines} decline, ${result.needed} needed${reason ? `; reason: ${reason}` : ''}`,
  };
  const reply = said.counted(c, verdict, result);
  switch (result.outcome) {
    case 'open':
      return { to: 'council', reply, because };
    case 'approved':
      return {
        to: 'approved',
        reply,
        because,
        tell: [
          { to: room('council'), say: said.approved(c, a) },
          { to: person(a.applicantId), say: said.approvedForApplicant(c) },
          { to: everyone('finance'), say: said.pleaseConfirmDues(c, a), choices: ['paid'] },
        ],
        wake: [{ alarm: 'duesAreLate', at: calendar.workdaysAfter(now, 5) }],
      };
    case 'declined':
      return {
        to: 'declined',
        reply,
        because,
        tell: [
          { to: room('council'), say: said.declined(c, a) },
          {
            to: person(a.applicantId),
            say: said.declinedForApplicant(c, {
              zh: '理事会未达到批准所需的席位数',
              en: 'the council did not reach the number of approvals needed',
            }),
          },
        ],
      };
    default:
      return result.outcome satisfies never;
  }
};

/** Reminds those who answer for the seats that have not: the holders, and towards the end their alternates. */
export const remindSeats = async (
  world: World,
  include: { readonly alternates: boolean },
): Promise<Effects<'council', Commands, Alarms>> => {
  const { db, case: c, subject: a, now, calendar } = world;
  const seats = await seatsYetToAnswer(db, c.id);
  const people = new Set(
    seats.flatMap((seat) => [
      seat.holderId,
      ...(include.alternates ? seat.alternates.map((one) => one.personId) : []),
    ]),
  );
  const until = dayOf(calendar, a.councilEndsAt ?? now);
  return {
    to: 'council',
    tell: [...people].map((id) => ({
      to: person(id),
      say: said.pleaseDecide(c, a, until),
      choices: ['approve', 'decline'] as const,
    })),
    because: { zh: `提醒 ${seats.length} 个未表态席位`, en: `${seats.length} seats reminded` },
  };
};

/** The council's time is over without a decision: the chair and the officers say how it goes on. */
export const callForDecision = async (world: World): Promise<Effects<'council', Commands, Alarms>> => {
  const { db, case: c, subject: a, now, calendar, settings } = world;
  const say = said.overdue(c, a, await tallyOf(db, c.id, settings));
  const choices = ['extend', 'reject'] as const;
  return {
    to: 'council',
    tell: [
      { to: everyone('chair'), say, choices },
      { to: everyone('officer'), say, choices },
    ],
    wake: [{ alarm: 'councilOverdue', at: calendar.workdaysAfter(now, settings.officerDays) }],
  };
};

export const tallyOf = async (db: Db, caseId: string, settings: Settings): Promise<Tally> => {
  const seats = await db.seat.findMany({ where: { suspendedAt: null }, select: { id: true } });
  const answers = await db.approval.findMany({ where: { caseId } });
  return tally(
    answers,
    seats.map((seat) => seat.id),
    settings.approvals,
  );
};

const seatsYetToAnswer = async (db: Db, caseId: string) => {
  const answered = await db.approval.findMany({ where: { caseId }, select: { seatId: true } });
  return db.seat.findMany({
    where: { suspendedAt: null, id: { notIn: answered.map((one) => one.seatId) } },
    include: { alternates: true },
    orderBy: { key: 'asc' },
  });
};
