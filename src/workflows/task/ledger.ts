/** All that was promised to carry out resolutions, and what became of it. */
import type { Db } from '../../database.js';
import { council, task } from './header.js';
import * as said from './messages.js';
import { keepingOf, promisesKept } from './rules.js';

const shown = 30;

/** The tasks of resolutions, dropped ones left out; those that are still to be done first, the latest first. */
export const tasksOfResolutions = async (db: Db, now: Date): Promise<readonly said.Line[]> => {
  const rows = await db.task.findMany({
    where: { motionId: { not: null }, case: { state: { not: 'dropped' } } },
    include: { case: { select: { ref: true, closedAt: true } } },
    orderBy: { dueAt: 'desc' },
  });
  const people = await db.person.findMany({
    where: { id: { in: rows.map((one) => one.ownerId) } },
    select: { id: true, name: true },
  });
  const motions = await db.case.findMany({
    where: { id: { in: rows.flatMap((one) => one.motionId ?? []) } },
    select: { id: true, ref: true },
  });
  const lines = rows.map((row): said.Line => {
    const promised = { dueAt: row.dueAt, doneAt: row.case.closedAt };
    return {
      ...promised,
      ref: row.case.ref,
      motion: motions.find((one) => one.id === row.motionId)?.ref ?? '—',
      what: row.what,
      owner: people.find((one) => one.id === row.ownerId)?.name ?? '—',
      putOff: row.putOff,
      keeping: keepingOf(promised, now),
    };
  });
  const order = ['overdue', 'open', 'late', 'inTime'];
  return lines.toSorted((a, b) => order.indexOf(a.keeping) - order.indexOf(b.keeping));
};

export const promises = task.free({
  title: { zh: '承诺台账', en: 'Promises kept' },
  words: { zh: ['承诺', '承诺台账'], en: ['promises'] },
  by: council,
  reads: true,
  run: async ({ db, now, calendar }) => {
    const lines = await tasksOfResolutions(db, now);
    if (lines.length === 0) return { reply: said.noPromises };
    const left = Math.max(0, lines.length - shown);
    return { reply: said.ledger(promisesKept(lines, now), lines.slice(0, shown), left, calendar) };
  },
});
