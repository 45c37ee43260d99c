/** Those who come are reminded: a week before, the day before, two hours before, as each of them likes it. */

import type { Calendar } from '../../core/calendar.js';
import { choice } from '../../core/questions.js';
import { person, type Wake } from '../../core/workflow.js';
import type { Event } from '../../database.js';
import { type Alarm, before, event, everybody } from './header.js';
import * as said from './messages/reminders.js';
import { type ReminderKind, reminderPlan, wants } from './reminder-plan.js';

export const reminderWakes = (
  { startsAt }: Pick<Event, 'startsAt'>,
  now: Date,
  calendar: Calendar,
): readonly Wake<Alarm>[] =>
  reminderPlan({ startsAt, now, calendar }).map(({ kind, at }) => ({ alarm: kind, at }));

const reminds = (
  remindedOf: ReminderKind,
  title: { zh: string; en: string },
  kind: 'reminder' | 'deadline',
) =>
  event.alarm({
    title,
    kind,
    when: before,
    to: before,
    run: async ({ db, case: c, subject: e, calendar }) => {
      const rows = await db.attendee.findMany({
        where: { eventId: c.id, status: 'going' },
        orderBy: { id: 'asc' },
        select: { name: true, personId: true, reminders: true, party: { select: { byId: true } } },
      });
      // Whom the desk does not know is reminded through whoever signed them up.
      const wanted = rows.filter((one) => wants(one.reminders, remindedOf));
      const told = new Map<string, string[]>();
      for (const { personId, party, name } of wanted) {
        const id = personId ?? party.byId;
        const others = told.get(id) ?? [];
        told.set(id, personId === null ? [...others, name] : others);
      }
      return {
        to: c.state,
        tell: [...told].map(([id, others]) => ({
          to: person(id),
          say: said.isSoon(c, e, others, remindedOf, calendar),
          choices: ['leave', 'remindMe'] as const,
        })),
      };
    },
  });

export const week = reminds('week', { zh: '已提前一周提醒', en: 'a reminder a week before' }, 'reminder');
export const day = reminds('day', { zh: '已提前一天提醒', en: 'a reminder the day before' }, 'reminder');
export const hours = reminds('hours', { zh: '已临近提醒', en: 'a last reminder' }, 'deadline');

export const remindMe = event.command({
  title: { zh: '提醒方式', en: 'Reminders' },
  words: { zh: ['提醒', '提醒方式'], en: ['reminders', 'remind'] },
  from: before,
  to: before,
  by: everybody,
  lock: 'shared',
  aside: true,
  namedTo: 'insiders',
  ask: {
    which: choice({
      label: { zh: '提醒', en: 'Reminders' },
      ask: { zh: '希望什么时候提醒您？', en: 'When do you want to be reminded?' },
      options: said.choices,
    }),
  },
  run: async ({ db, args, actor, case: c, subject: e }) => {
    const { count } = await db.attendee.updateMany({
      where: {
        eventId: c.id,
        status: { not: 'out' },
        OR: [{ personId: actor.id }, { personId: null, party: { byId: actor.id } }],
      },
      data: { reminders: args.which },
    });
    return count === 0
      ? { refuse: said.notComing(c, e) }
      : { to: c.state, reply: said.willRemind(c, args.which), because: said.choices[args.which] };
  },
});
