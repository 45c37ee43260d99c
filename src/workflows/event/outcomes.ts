/** What the meetings of an event came to: for its organizer and the council, in figures, without a name. */
import type { Calendar } from '../../core/calendar.js';
import { oneOf, role, seatHolder } from '../../core/people.js';
import { room, type Wake } from '../../core/workflow.js';
import type { Db } from '../../database.js';
import { followUpDays, workMorning } from '../appointment/follow-up-plan.js';
import { figuresOf } from '../appointment/outcomes.js';
import { type Alarm, announced, event, organizer } from './header.js';
import * as said from './messages/outcomes.js';

// The last of those who are asked after 30 and 90 days have had some days to answer.
const daysToAnswer = 5;
const rollUps = [30, 90] as const;

const dueAfter = (endsAt: Date, day: number, calendar: Calendar): Date =>
  workMorning(endsAt, day + daysToAnswer, calendar);

export const rollUpWakes = (endsAt: Date, calendar: Calendar): readonly Wake<Alarm>[] =>
  rollUps.map((day) => ({ alarm: 'rollsUp', key: String(day), at: dueAfter(endsAt, day, calendar) }));

/** The figures after those of the days that have come. */
const figures = async (db: Db, eventId: string, endsAt: Date, now: Date, calendar: Calendar) => {
  const rows = await db.appointment.findMany({
    where: { eventId },
    select: {
      case: { select: { state: true } },
      followUps: { select: { personId: true, afterDays: true, stage: true, amount: true } },
    },
  });
  return figuresOf(
    rows.map((one) => ({ state: one.case.state, followUps: one.followUps })),
    followUpDays.filter((day) => workMorning(endsAt, day, calendar) <= now),
  );
};

export const outcomes = event.reading({
  title: { zh: '成果汇总', en: 'Outcomes of the meetings' },
  words: { zh: ['成果汇总'], en: ['outcomes'] },
  from: announced,
  by: oneOf(organizer, seatHolder, role('supervisor')),
  aside: true,
  run: async ({ db, case: c, subject: e, now, calendar }) => {
    const found = await figures(db, c.id, e.endsAt, now, calendar);
    return found.asked === 0 ? { refuse: said.noneAsked(c, e) } : { reply: said.summary(c, e, found) };
  },
});

/** Set with the tables, whenever the event then takes place: it looks whether its day has come. */
export const rollsUp = event.alarm({
  title: { zh: '面谈成果已报理事会', en: 'the council had the outcomes' },
  kind: 'reminder',
  quiet: true,
  when: ['draft', ...announced],
  to: ['draft', ...announced],
  run: async ({ db, case: c, subject: e, key, now, calendar }) => {
    const due = dueAfter(e.endsAt, rollUps.find((day) => String(day) === key) ?? 30, calendar);
    if (due > now) return { to: c.state, wake: [{ alarm: 'rollsUp', key, at: due }] };
    const found = await figures(db, c.id, e.endsAt, now, calendar);
    return {
      to: c.state,
      tell: found.held === 0 ? [] : [{ to: room('council'), say: said.summary(c, e, found) }],
    };
  },
});
