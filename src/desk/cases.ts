import { may, type Rule } from '../core/people.js';
import type { Text } from '../core/text.js';
import type { Command, OpenCase, Workflow } from '../core/workflow.js';
import type { CaseFilter, Db } from '../database.js';
import type { PersonTurn, Turn } from './parts.js';

export type CaseRow = OpenCase & { readonly workflow: string };

const select = { id: true, ref: true, state: true, openedBy: true, openedAt: true, workflow: true } as const;

export const findCase = (db: Db, ref: string): Promise<CaseRow | null> =>
  db.case.findUnique({ where: { ref }, select });

/**
 * Holds the case until the commit, so that two commands on it come one after the other. Commands that share it
 * run side by side, but not beside one that holds the whole.
 */
export const lockCase = async (db: Db, id: string, lock: Command['lock'] = 'whole'): Promise<CaseRow> => {
  await holdCase(db, id, lock);
  return readCase(db, id);
};

/** The case as it stands; whoever goes on to act on it has to hold it. */
export const readCase = (db: Db, id: string): Promise<CaseRow> =>
  db.case.findUniqueOrThrow({ where: { id }, select });

/**
 * Takes the lock of a case without reading it. Locks of its row would not do: those who share a row overtake whoever
 * waits for the whole of it, and a ballot could not close for as long as votes keep coming. Here all wait in line.
 */
export const holdCase = async (db: Db, id: string, lock: Command['lock'] = 'whole'): Promise<void> => {
  const name = `case ${id}`;
  if (lock === 'shared') {
    await db.$executeRaw`SELECT pg_advisory_xact_lock_shared(hashtextextended(${name}, 0))`;
    return;
  }
  await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))`;
  // For those who look at the case from a turn on another one, and keep it as it is until they are done.
  await db.$queryRaw`SELECT 1 FROM "Case" WHERE id = ${id}::uuid FOR UPDATE`;
};

/** Opens a case under the next number. It becomes real only with the commit: a refusal gives the number back. */
export const openCase = async (turn: Turn, workflow: Workflow, openedBy: string): Promise<CaseRow> => {
  const { last } = await turn.db.caseCounter.upsert({
    where: { prefix: workflow.prefix },
    create: { prefix: workflow.prefix, last: 1 },
    update: { last: { increment: 1 } },
  });
  return turn.db.case.create({
    select,
    data: {
      workflow: workflow.id,
      ref: `${workflow.prefix}-${last}`,
      state: 'new',
      openedBy,
      openedAt: turn.now,
      changedAt: turn.now,
    },
  });
};

const most = 10;

/** The cases on which the person may now run one of the commands, the newest first; of one case only, if it is named. */
export const openTo = async (
  turn: PersonTurn,
  commands: readonly Command[],
  caseId?: string,
): Promise<readonly { case: CaseRow; command: Command }[]> => {
  const filters: CaseFilter[] = [];
  for (const command of commands) {
    if (typeof command.from === 'string') continue;
    const whose = await whoseCases(turn, command);
    if (whose) filters.push({ workflow: command.workflow, state: { in: [...command.from] }, AND: whose });
  }
  if (filters.length === 0) return [];
  const cases = await turn.db.case.findMany({
    where: { OR: filters, ...(caseId !== undefined && { id: caseId }) },
    orderBy: { openedAt: 'desc' },
    take: 50,
    select,
  });
  const open: { case: CaseRow; command: Command }[] = [];
  for (const one of cases) {
    for (const command of commands) {
      if (command.workflow !== one.workflow || !command.from.includes(one.state)) continue;
      if (!(await allowed(turn, command, one))) continue;
      open.push({ case: one, command });
      break;
    }
    if (open.length === most) break;
  }
  return open;
};

/**
 * Where to look for cases on which the command's rule may allow the person: too many may be found, for `allowed` is
 * asked of each, but none is left out. Without it, their own would be lost among all that are open.
 */
const whoseCases = async (turn: PersonTurn, command: Command): Promise<CaseFilter | undefined> => {
  const whose = async (rule: Rule): Promise<readonly CaseFilter[]> => {
    if (may(rule, turn.actor, undefined)) return [{}];
    switch (rule.kind) {
      case 'opener':
        return [{ openedBy: turn.actor.id }];
      case 'concerned':
        return [(await turn.registry.workflow(command.workflow)?.concerning?.(turn.db, turn.actor.id)) ?? {}];
      case 'parkContact':
        return turn.actor.roles.includes('contact') ? [{}] : [];
      case 'oneOf':
        return (await Promise.all(rule.rules.map(whose))).flat();
      case 'anyone':
      case 'role':
      case 'seat':
      case 'member':
        return [];
      default:
        return rule satisfies never;
    }
  };
  const filters = await whose(command.by);
  return filters.length === 0 ? undefined : { OR: [...filters] };
};

/** Asked again whenever a command runs, however it was offered. */
export const allowed = async (
  turn: PersonTurn,
  command: Command,
  one: CaseRow | undefined,
): Promise<boolean> => {
  if (may(command.by, turn.actor, undefined)) return true;
  if (!one) return false;
  const subject = (await turn.registry.workflow(command.workflow)?.subject(turn.db, one.id)) ?? {};
  const { parkId = null, concerns = [] } = subject;
  return may(command.by, turn.actor, { openedBy: one.openedBy, parkId, concerns });
};

export const stateTitle = (turn: Turn, one: CaseRow): Text => {
  const face = turn.registry.workflow(one.workflow)?.states[one.state];
  return face?.title ?? { zh: one.state, en: one.state };
};
