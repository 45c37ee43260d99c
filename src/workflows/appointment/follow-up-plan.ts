/** When the two are asked what became of their meeting. */
import { DateTime } from 'luxon';
import type { Calendar } from '../../core/calendar.js';
import type { Wake } from '../../core/workflow.js';
import type { Alarm } from './header.js';

/** Calendar days after the end of the event. */
export const followUpDays = [1, 30, 90] as const;
export type FollowUpDay = (typeof followUpDays)[number];

const closesAfter = 14;

/** Nine o’clock of the first working day from so many days after the event. */
export const workMorning = (endsAt: Date, days: number, calendar: Calendar): Date => {
  const day = DateTime.fromJSDate(endsAt, { zone: calendar.timezone }).plus({ days }).startOf('day');
  return calendar.workdaysAfter(day.set({ hour: 9 }).toJSDate(), 0);
};

export const followUpWakes = (endsAt: Date, calendar: Calendar): readonly Wake<Alarm>[] => [
  ...followUpDays.map((days) => ({
    alarm: 'asks' as const,
    key: String(days),
    at: workMorning(endsAt, days, calendar),
  })),
  { alarm: 'closes', at: workMorning(endsAt, 90 + closesAfter, calendar) },
];

/** The question that an answer given now belongs to: the last that was asked, at first the first. */
export const dayOf = (endsAt: Date, now: Date, calendar: Calendar): FollowUpDay =>
  followUpDays.findLast((days) => workMorning(endsAt, days, calendar) <= now) ?? 1;
