/** What happens by itself: a reminder, and the end of what was never answered or used. */
import type { Calendar } from '../../core/calendar.js';
import { person } from '../../core/workflow.js';
import { type Concern, isOver, openBallot } from './about.js';
import { proxy } from './header.js';
import * as said from './messages.js';

/** When to look whether a proxy is over: when it should be, or else on the next working day. */
export const nextCheck = ({ scope, about, until }: Concern, now: Date, calendar: Calendar): Date => {
  const expected = {
    motion: openBallot(about)?.closesAt ?? about?.motion?.opensAt ?? null,
    meeting: about?.meeting ? calendar.workdaysAfter(about.meeting.startsAt, 1) : null,
    period: until,
  }[scope];
  return expected !== null && expected > now
    ? calendar.workdaysAfter(expected, 0)
    : calendar.workdaysAfter(now, 1);
};

export const noAnswer = proxy.alarm({
  title: { zh: '已提醒答复', en: 'a reminder to answer' },
  kind: 'reminder',
  when: ['asked'],
  to: ['asked'],
  run: async ({ case: c, subject: p, key, now, calendar }) => {
    // Nobody is asked about what is over; the check ends it.
    if (isOver(p, now)) return { to: 'asked' };
    const what = said.whatOf(p, calendar);
    return {
      to: 'asked',
      tell: [
        { to: person(p.proxyId), say: said.stillWaiting(c, p, what), choices: ['accept', 'turnDown'] },
        ...(key === 'again'
          ? [{ to: person(p.giverId), say: said.noWordYet(c, p, what), choices: ['revoke'] as const }]
          : []),
      ],
      wake: [{ alarm: 'noAnswer', key: 'again', at: calendar.workdaysAfter(now, key === 'again' ? 5 : 2) }],
    };
  },
});

export const check = proxy.alarm({
  title: { zh: '已核对是否到期', en: 'looked whether it is over' },
  kind: 'deadline',
  quiet: true,
  when: ['asked', 'accepted'],
  to: ['asked', 'accepted', 'lapsed'],
  run: async ({ case: c, subject: p, now, calendar }) => {
    const held = p.seat.holderId === p.giverId;
    if (held && !isOver(p, now)) {
      return {
        to: c.state,
        wake: [{ alarm: 'check', key: 'planned', at: nextCheck(p, now, calendar) }],
      };
    }
    const news = said.lapsed(c, p, said.whatOf(p, calendar), c.state === 'accepted');
    return {
      to: 'lapsed',
      tell: [
        { to: person(p.giverId), say: news },
        { to: person(p.proxyId), say: news },
      ],
    };
  },
});
