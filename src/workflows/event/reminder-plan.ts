/** When those who are going are reminded of an event. */
import { DateTime } from 'luxon';
import type { Calendar } from '../../core/calendar.js';

/** A week before, the day before, two hours before. */
export type ReminderKind = 'week' | 'day' | 'hours';
/** What one person wants to be reminded by. */
export type ReminderPreference = 'all' | 'day' | 'hours' | 'none';
export type Reminder = { readonly kind: ReminderKind; readonly at: Date };

export type Reminded = { readonly startsAt: Date; readonly now: Date; readonly calendar: Calendar };

/**
 * The reminders still worth setting, the earliest first. `week` and `day` carry the event’s clock time: set them as
 * alarms of the kind `reminder`, which move to 09:00 of a working day. `hours` is meant to the minute, except that
 * one due in the quiet hours is said at 20:00 of the evening before them.
 */
export const reminderPlan = ({ startsAt, now, calendar }: Reminded): readonly Reminder[] => {
  const plan: readonly (Reminder & { readonly saidAt: Date })[] = [
    ...(
      [
        ['week', 7],
        ['day', 1],
      ] as const
    ).map(([kind, days]) => {
      const at = calendar.daysAfter(startsAt, -days);
      return { kind, at, saidAt: calendar.reminderTime(at, now) };
    }),
    ...[beforeTheNight(new Date(startsAt.getTime() - 2 * hour), calendar)].map(
      (at) => ({ kind: 'hours', at, saidAt: at }) as const,
    ),
  ];
  return plan
    .filter(({ kind, at, saidAt }) => at > now && saidAt.getTime() - now.getTime() >= newsFor[kind] * hour)
    .map(({ kind, at }) => ({ kind, at }));
};

/** Whether somebody with this preference is told. */
export const wants = (preference: ReminderPreference, kind: ReminderKind): boolean => {
  switch (preference) {
    case 'all':
      return true;
    case 'day':
    case 'hours':
      return preference === kind;
    case 'none':
      return false;
    default:
      return preference satisfies never;
  }
};

const hour = 3_600_000;

// Who has just been told of the event needs no reminder: so many hours it is still news.
const newsFor: Readonly<Record<ReminderKind, number>> = { week: 24, day: 4, hours: 1 };

const beforeTheNight = (at: Date, calendar: Calendar): Date => {
  const morning = calendar.outOfQuiet(at);
  if (morning.getTime() === at.getTime()) return at;
  return DateTime.fromJSDate(morning, { zone: calendar.timezone })
    .minus({ days: 1 })
    .startOf('day')
    .set({ hour: 20 })
    .toJSDate();
};
