/** The meeting itself: begun and closed by whoever runs it, who is reminded of either. */
import { everyone, person, room } from '../../core/workflow.js';
import { seatedAt } from '../council/ballot.js';
import { tasksOfResolutions } from '../task/ledger.js';
import { summary } from '../task/messages.js';
import { promisesKept } from '../task/rules.js';
import { isLateAt, mayBeginAt, meeting, office } from './header.js';
import * as said from './messages.js';

const hourMs = 60 * 60 * 1000;

export const begin = meeting.command({
  title: { zh: '开会', en: 'Begin the meeting' },
  words: { zh: ['开会'], en: ['begin'] },
  from: ['called'],
  to: ['sitting'],
  by: office,
  style: 'primary',
  run: async ({ db, case: c, subject: k, now, calendar }) => {
    if (now < mayBeginAt(k)) return { refuse: said.tooEarly(c, k, calendar) };
    await db.meeting.update({ where: { caseId: c.id }, data: { startedAt: now } });
    const seats = await db.seat.count({ where: seatedAt(now) });
    const tasks = await tasksOfResolutions(db, now);
    const kept = tasks.length > 0 ? summary(promisesKept(tasks, now)) : undefined;
    return {
      to: 'sitting',
      reply: said.begunForChair(c, k),
      tell: [{ to: room('council'), say: said.begun(c, k, seats, kept), choices: ['present'] }],
      wake: [{ alarm: 'stillSitting', at: new Date(now.getTime() + 4 * hourMs) }],
    };
  },
});

export const notBegun = meeting.alarm({
  title: { zh: '已提醒尚未开会', en: 'a reminder that it has not begun' },
  kind: 'deadline',
  when: ['called'],
  to: ['called'],
  run: async ({ case: c, subject: k, now, calendar }) => ({
    to: 'called',
    tell: [{ to: person(k.callerId), say: said.notBegun(c, k, calendar), choices: ['begin', 'cancel'] }],
    wake: [{ alarm: 'notBegun', at: calendar.workdaysAfter(now > isLateAt(k) ? now : isLateAt(k), 1) }],
  }),
});

export const stillSitting = meeting.alarm({
  title: { zh: '已询问是否散会', en: 'asked whether it is over' },
  kind: 'deadline',
  when: ['sitting'],
  to: ['sitting'],
  run: async ({ case: c, subject: k, now, calendar }) => {
    const ask = said.stillSitting(c, k);
    return {
      to: 'sitting',
      tell: [
        { to: everyone('chair'), say: ask, choices: ['adjourn'] },
        { to: everyone('officer'), say: ask, choices: ['adjourn'] },
      ],
      wake: [{ alarm: 'stillSitting', at: calendar.workdaysAfter(now, 1) }],
    };
  },
});

export const adjourn = meeting.command({
  title: { zh: '散会', en: 'Close the meeting' },
  words: { zh: ['散会'], en: ['adjourn'] },
  from: ['sitting'],
  to: ['ended'],
  by: office,
  run: async ({ db, case: c, subject: k, now, calendar }) => {
    await db.meeting.update({ where: { caseId: c.id }, data: { endedAt: now } });
    const news = said.adjourned(c, k, now, calendar);
    const undecided = k.motions.filter((one) => one.case.state === 'open').map((one) => one.case.ref);
    return {
      to: 'ended',
      reply: undecided.length > 0 ? said.adjournedWithVotes(c, undecided) : news,
      tell: [{ to: room('council'), say: news }],
      wake: [{ alarm: 'draft', at: now }],
      // What was not taken is for another meeting.
      ring: k.motions
        .filter((one) => one.case.state === 'notice')
        .map((one) => ({ caseId: one.caseId, alarm: 'council.meetingIsLate' })),
    };
  },
});
