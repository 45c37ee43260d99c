/** The day of the event. */
import { before, event } from './header.js';

export const begins = event.alarm({
  title: { zh: '活动开始', en: 'it began' },
  kind: 'deadline',
  when: before,
  to: ['running'],
  run: async ({ subject: e }) => ({ to: 'running', wake: [{ alarm: 'ends', at: e.endsAt }] }),
});

export const ends = event.alarm({
  title: { zh: '活动结束', en: 'it ended' },
  kind: 'deadline',
  when: ['running'],
  to: ['over'],
  run: async ({ now, calendar }) => ({
    to: 'over',
    wake: [{ alarm: 'settles', at: calendar.workdaysAfter(now, 5) }],
  }),
});

export const settles = event.alarm({
  title: { zh: '活动办结', en: 'it was settled' },
  kind: 'deadline',
  when: ['over'],
  to: ['done'],
  run: async () => ({ to: 'done' }),
});
