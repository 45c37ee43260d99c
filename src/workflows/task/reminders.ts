/** A promise is asked after: shortly before, on the day, and as long as it is late. */
import { person } from '../../core/workflow.js';
import { task } from './header.js';
import * as said from './messages.js';
import { keepingOf } from './rules.js';

const answers = ['done', 'postpone'] as const;

export const dayBefore = task.alarm({
  title: { zh: '已提醒快到期', en: 'a reminder before it was due' },
  kind: 'reminder',
  when: ['open'],
  to: ['open'],
  run: async ({ case: c, subject: t, calendar }) => ({
    to: 'open',
    tell: [{ to: person(t.ownerId), say: said.dueSoon(c, t, calendar), choices: answers }],
  }),
});

export const onTheDay = task.alarm({
  title: { zh: '已当日询问', en: 'asked on the day' },
  kind: 'reminder',
  when: ['open'],
  to: ['open'],
  run: async ({ case: c, subject: t, now, calendar }) => {
    const today = keepingOf({ dueAt: t.dueAt, doneAt: null }, now) === 'open';
    return {
      to: 'open',
      tell: [{ to: person(t.ownerId), say: said.isItDone(c, t, today, calendar), choices: answers }],
    };
  },
});

export const overdue = task.alarm({
  title: { zh: '已提醒逾期', en: 'a reminder that it is late' },
  kind: 'reminder',
  when: ['open'],
  to: ['open'],
  run: async ({ case: c, subject: t, now, calendar }) => ({
    to: 'open',
    tell: [
      {
        to: person(t.ownerId),
        say: said.overdue(c, t, calendar.workdaysBetween(t.dueAt, now), calendar),
        choices: answers,
      },
    ],
    wake: [{ alarm: 'overdue', at: calendar.workdaysAfter(now, 2) }],
  }),
});

export const overdueForGiver = task.alarm({
  title: { zh: '已告知交办人逾期', en: 'its giver was told that it is late' },
  kind: 'reminder',
  when: ['open'],
  to: ['open'],
  run: async ({ case: c, subject: t, now, calendar }) => ({
    to: 'open',
    tell:
      t.giverId === t.ownerId
        ? []
        : [
            {
              to: person(t.giverId),
              say: said.overdueForGiver(c, t, calendar.workdaysBetween(t.dueAt, now), calendar),
              choices: ['postpone', 'drop'],
            },
          ],
  }),
});
