import { Fault } from './core/fault.js';
import { reservedWords } from './core/parse.js';
import { openRegistry } from './core/registry.js';
import { sayTrail, type TrailLine, trail } from './desk/trail.js';
import type { Database } from './store/database.js';
import { workflows } from './workflows/index.js';

export type CaseReport = { readonly json: unknown; readonly text: string };

/** A case with its whole history, for the operator: nothing is left out, and everybody is named. */
export const caseReport = async (database: Database, ref: string): Promise<CaseReport> => {
  const one = await database.case.findUnique({ where: { ref } });
  if (!one) throw new Fault('case', `There is no case ${ref}.`, 'Check the number.');
  const registry = openRegistry(workflows, reservedWords);
  const alliance = await database.alliance.findUniqueOrThrow({
    where: { id: 1 },
    select: { timezone: true },
  });
  const { timezone } = alliance;
  const lines: readonly TrailLine[] = await trail(
    { db: database, registry, timezone, insider: true },
    one.id,
  );
  const workflow = registry.workflow(one.workflow);
  const title = `${one.ref} ${workflow?.title.en ?? one.workflow}: ${workflow?.states[one.state]?.title.en ?? one.state}`;
  return {
    json: {
      ref: one.ref,
      workflow: one.workflow,
      state: one.state,
      openedAt: one.openedAt,
      changedAt: one.changedAt,
      closedAt: one.closedAt,
      history: lines.map((line) => ({
        at: line.at,
        who: line.who.en,
        did: line.did.en,
        because: line.because?.en ?? null,
        to: line.to?.en ?? null,
        channel: line.channel,
      })),
    },
    text: `${title}\n${sayTrail(lines, timezone).en}`,
  };
};
