/** While a ballot is open: those who have not voted are reminded, and the chair hears when the quorum will fail. */
import type { Calendar } from '../../core/calendar.js';
import type { Fraction } from '../../core/fraction.js';
import { everyone, person, type Tell } from '../../core/workflow.js';
import { entitled, type OpenedBallot, readBallot, silent } from './ballot.js';
import { forecastQuorum } from './forecast.js';
import { type About, type Command, council } from './header.js';
import * as said from './messages.js';
import { ways } from './opening.js';
import { quorumByTurnout } from './quorum.js';

/** Those who answer for seats that have not voted, or have to confirm since an amendment. */
const remind = async (
  about: About,
  opened: OpenedBallot,
  include: { readonly alternates: boolean },
): Promise<readonly Tell<Command>[]> => {
  const { db, case: c, subject: m, calendar } = about;
  const rows = silent(opened);
  const alternates = include.alternates
    ? await db.alternate.findMany({ where: { seatId: { in: rows.map((row) => row.seatId) } } })
    : [];
  const people = [
    ...new Set(
      rows.flatMap((row) => [
        row.seat.holderId,
        ...alternates.filter((one) => one.seatId === row.seatId).map((one) => one.personId),
      ]),
    ),
  ];
  const message = said.pleaseVote(c, m, opened.ballot.closesAt, calendar);
  return people.map((id) => ({ to: person(id), say: message, choices: ways }));
};

/** Warns the chair when those who are still silent are unlikely to make up the quorum. */
const warn = async (about: About, opened: OpenedBallot): Promise<readonly Tell<Command>[]> => {
  const { db, case: c, subject: m, now, calendar } = about;
  const rows = silent(opened);
  const voted = entitled(opened).length - rows.length;
  const needed = quorumByTurnout(opened);
  const past = await db.ballotSeat.findMany({
    where: {
      seatId: { in: rows.map((row) => row.seatId) },
      ballot: { closedAt: { not: null } },
      recusedAt: null,
    },
    select: { seatId: true, votedAt: true },
  });
  const away = await db.away.findMany({
    where: {
      personId: { in: rows.map((row) => row.seat.holderId) },
      cancelledAt: null,
      from: { lte: now },
      until: { gt: now },
    },
    select: { personId: true },
  });
  const forecast = forecastQuorum({
    needed,
    voted,
    left: timeLeft(calendar, now, opened.ballot),
    silent: rows.map((row) => {
      const ballots = past.filter((one) => one.seatId === row.seatId);
      return {
        id: row.seatId,
        habit: { took: ballots.filter((one) => one.votedAt !== null).length, of: ballots.length },
        away: away.some((one) => one.personId === row.seat.holderId),
      };
    }),
  });
  if (forecast.likely) return [];
  const call = forecast.call.flatMap((id) => rows.filter((row) => row.seatId === id));
  return [
    {
      to: everyone('chair'),
      say: said.quorumAtRisk(c, m, { voted, needed, expected: forecast.expected }, call),
    },
  ];
};

/** In working days, the last of which counts in full: whoever is reminded on it may still vote. */
const timeLeft = (
  calendar: Calendar,
  now: Date,
  { openedAt, closesAt }: { readonly openedAt: Date; readonly closesAt: Date },
): Fraction => {
  const all = Math.max(1, calendar.workdaysBetween(openedAt, closesAt));
  return { over: Math.min(all, Math.max(1, calendar.workdaysBetween(now, closesAt))), under: all };
};

const reminderAt = (
  title: { readonly zh: string; readonly en: string },
  include: { readonly alternates: boolean },
) =>
  council.alarm({
    title,
    kind: 'reminder',
    when: ['open'],
    to: ['open'],
    run: async (world) => {
      const opened = await readBallot(world.db, world.subject);
      const tell = [...(await remind(world, opened, include)), ...(await warn(world, opened))];
      const count = silent(opened).length;
      return {
        to: 'open',
        tell,
        because: { zh: `${count} 席未表决`, en: `${count} seats have not voted` },
      };
    },
  });

export const half = reminderAt({ zh: '期中提醒', en: 'a reminder at half time' }, { alternates: false });
export const eighty = reminderAt(
  { zh: '临近截止提醒', en: 'a reminder at four fifths of the time' },
  { alternates: true },
);
export const lastDay = reminderAt(
  { zh: '最后一个工作日提醒', en: 'a reminder on the last working day' },
  { alternates: true },
);
