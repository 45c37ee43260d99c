/** The day of the meeting: in the morning its hour is told, shortly before it the table; then it is over. */
import { DateTime } from 'luxon';
import type { Calendar } from '../../core/calendar.js';
import { person, type Wake } from '../../core/workflow.js';
import type { Event } from '../../database.js';
import { followUpWakes } from './follow-up-plan.js';
import { type Alarm, appointment, both, otherOf } from './header.js';
import * as said from './messages/agreed.js';
import type { Place } from './slots.js';

const minuteMs = 60_000;
const shortlyMs = 10 * minuteMs;
// Told less than so long before, the morning's word would be one too many.
const aheadMs = 60 * minuteMs;

const endOf = ({ slotMinutes }: Pick<Event, 'slotMinutes'>, startsAt: Date): Date =>
  new Date(startsAt.getTime() + (slotMinutes ?? 0) * minuteMs);

/** The alarms of a meeting that takes place then. Where it had another time, unwake `morning` and `soon` first. */
export const wakesOf = (
  e: Pick<Event, 'slotMinutes'>,
  { startsAt }: Pick<Place, 'startsAt'>,
  now: Date,
  calendar: Calendar,
): readonly Wake<Alarm>[] => {
  const morning = DateTime.fromJSDate(startsAt, { zone: calendar.timezone })
    .startOf('day')
    .set({ hour: 8 })
    .toJSDate();
  const isSaidAt = calendar.reminderTime(morning, now);
  const soon = new Date(startsAt.getTime() - shortlyMs);
  return [
    ...(morning > now && startsAt.getTime() - isSaidAt.getTime() >= aheadMs
      ? [{ alarm: 'morning' as const, at: morning }]
      : []),
    ...(soon > now ? [{ alarm: 'soon' as const, at: soon }] : []),
    { alarm: 'takesPlace', at: endOf(e, startsAt) },
  ];
};

const tellsBoth = (
  title: { readonly zh: string; readonly en: string },
  kind: 'reminder' | 'deadline',
  sentence: typeof said.isToday,
) =>
  appointment.alarm({
    title,
    kind,
    when: ['agreed'],
    to: ['agreed'],
    run: async ({ case: c, subject: a, now, calendar }) => {
      const { startsAt, table } = a;
      if (startsAt === null || table === null || startsAt <= now) return { to: 'agreed' };
      return {
        to: 'agreed',
        tell: both(a).map(({ id }) => ({
          to: person(id),
          say: sentence(c, a, { startsAt, table }, otherOf(a, id), calendar),
        })),
      };
    },
  });

export const morning = tellsBoth({ zh: '已当日提醒', en: 'a reminder on the day' }, 'reminder', said.isToday);
export const soon = tellsBoth(
  { zh: '已提前十分钟提醒', en: 'a reminder ten minutes before' },
  'deadline',
  said.isSoon,
);

export const takesPlace = appointment.alarm({
  title: { zh: '面谈结束', en: 'it was held' },
  kind: 'deadline',
  when: ['agreed'],
  to: ['agreed', 'met'],
  run: async ({ subject: a, now, calendar }) => {
    // Whatever took its time away sees to it; a new time has its own timer.
    if (a.startsAt === null) return { to: 'agreed' };
    const end = endOf(a.event, a.startsAt);
    if (end > now) return { to: 'agreed', wake: [{ alarm: 'takesPlace', at: end }] };
    return { to: 'met', wake: followUpWakes(a.event.endsAt, calendar) };
  },
});
