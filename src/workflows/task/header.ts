import { oneOf, role, seatHolder } from '../../core/people.js';
import { type Effects, type OpenCase, workflow } from '../../core/workflow.js';
import type { CaseFilter, Db } from '../../database.js';
import { coveredBy, coversOf } from '../account/covers.js';

const states = {
  open: { title: { zh: '进行中', en: 'under way' } },
  done: { title: { zh: '已完成', en: 'done' }, end: true },
  dropped: { title: { zh: '已撤销', en: 'dropped' }, end: true },
} as const;

const commands = ['task', 'done', 'postpone', 'drop', 'promises'] as const;
const alarms = ['dayBefore', 'onTheDay', 'overdue', 'overdueForGiver'] as const;

export type Follows = Effects<'open', (typeof commands)[number], (typeof alarms)[number]>;

const load = async (db: Db, caseId: string) => {
  const row = await db.task.findUniqueOrThrow({ where: { caseId } });
  const select = { name: true, parkId: true } as const;
  const owner = await db.person.findUniqueOrThrow({ where: { id: row.ownerId }, select });
  const giver = await db.person.findUniqueOrThrow({ where: { id: row.giverId }, select });
  const motion =
    row.motionId === null
      ? null
      : await db.case.findUniqueOrThrow({ where: { id: row.motionId }, select: { ref: true } });
  // Whoever stands in for the owner may answer, too: on which days, the command looks.
  const covers = await coversOf(db, row.ownerId);
  return {
    ...row,
    owner: owner.name,
    giver: giver.name,
    motion: motion?.ref ?? null,
    parkId: owner.parkId,
    concerns: [row.ownerId, ...covers],
  };
};

const concerning = async (db: Db, personId: string): Promise<CaseFilter> => ({
  task: { ownerId: { in: [personId, ...(await coveredBy(db, personId))] } },
});

export type Subject = Awaited<ReturnType<typeof load>>;
export type Named = Pick<OpenCase, 'ref'>;

export const task = workflow({
  id: 'task',
  prefix: 'T',
  title: { zh: '任务', en: 'Task' },
  states,
  commands,
  alarms,
  starts: { given: { title: { zh: '分派任务', en: 'Given out' }, to: ['open'] } },
  load,
  concerning,
});

/** Who may hand out tasks, and read what became of those of the council. */
export const council = oneOf(seatHolder, role('chair', 'officer'));
