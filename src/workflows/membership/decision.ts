/** The council decides within its time; if it does not, its chair is asked how it goes on. */
import { role, seatHolder } from '../../core/people.js';
import { room } from '../../core/workflow.js';
import { callForDecision, councilAnswers, remindSeats } from './council.js';
import { dayOf, membership, reason } from './header.js';
import * as said from './messages.js';
import { councilTimes } from './rules.js';

export const approve = membership.command({
  title: { zh: '批准', en: 'Approve' },
  words: { zh: ['批准'], en: ['approve'] },
  from: ['council'],
  to: ['council', 'approved', 'declined'],
  by: seatHolder,
  namedTo: 'insiders',
  style: 'primary',
  run: (world) => councilAnswers(world, 'approve', null),
});

export const decline = membership.command({
  title: { zh: '拒绝', en: 'Decline' },
  words: { zh: ['拒绝'], en: ['decline'] },
  from: ['council'],
  to: ['council', 'approved', 'declined'],
  by: seatHolder,
  namedTo: 'insiders',
  style: 'danger',
  ask: { reason },
  run: (world) => councilAnswers(world, 'decline', world.args.reason),
});

export const extend = membership.command({
  title: { zh: '延期', en: 'Extend' },
  words: { zh: ['延期'], en: ['extend'] },
  from: ['council'],
  to: ['council'],
  by: role('chair', 'officer', 'deputy'),
  run: async ({ db, case: c, now, calendar, settings }) => {
    const times = councilTimes(calendar, now, settings.councilDays);
    await db.application.update({ where: { caseId: c.id }, data: { councilEndsAt: times.ends } });
    const until = dayOf(calendar, times.ends);
    return {
      to: 'council',
      reply: said.extended(c, until),
      tell: [{ to: room('council'), say: said.extended(c, until), choices: ['approve', 'decline'] }],
      wake: [
        { alarm: 'councilHalf', at: times.half },
        { alarm: 'councilLastDay', at: times.lastDay },
        { alarm: 'councilEnds', at: times.ends },
      ],
      unwake: ['councilOverdue'],
      because: until,
    };
  },
});

export const councilHalf = membership.alarm({
  title: { zh: '期中提醒', en: 'a reminder at half time' },
  kind: 'reminder',
  when: ['council'],
  to: ['council'],
  run: (world) => remindSeats(world, { alternates: false }),
});

export const councilLastDay = membership.alarm({
  title: { zh: '最后一个工作日提醒', en: 'a reminder on the last working day' },
  kind: 'reminder',
  when: ['council'],
  to: ['council'],
  run: (world) => remindSeats(world, { alternates: true }),
});

export const councilEnds = membership.alarm({
  title: { zh: '审议期满', en: 'the council’s time ended' },
  kind: 'deadline',
  when: ['council'],
  to: ['council'],
  run: (world) => callForDecision(world),
});

export const councilOverdue = membership.alarm({
  title: { zh: '已提醒作出决定', en: 'a reminder to decide how to go on' },
  kind: 'reminder',
  when: ['council'],
  to: ['council'],
  run: (world) => callForDecision(world),
});
