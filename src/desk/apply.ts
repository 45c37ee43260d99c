/** Carries out what a command or an alarm returned. */
import type { Effects, Tell, Told } from '../core/workflow.js';
import { type CaseRow, openCase } from './cases.js';
import { keepReminder } from './day.js';
import { fileEntry } from './entries.js';
import { retireOffers } from './offers.js';
import { type PersonTurn, type Turn, worldOf } from './parts.js';
import { choicesOf, type Post, show } from './posts.js';
import { cancelTimers, ringNext, setTimers, setUnlessSet } from './timers.js';
import { placesOf } from './who.js';

type How = {
  /** Who acts; left out, an alarm does. */
  readonly by?: PersonTurn;
  /** Others act on the case at the same time: it may not move. */
  readonly shared?: boolean;
  /** What it tells people is put together with their other reminders. */
  readonly reminds?: boolean;
  /** Leaves an entry only when it moves the case. */
  readonly quiet?: boolean;
};

/** Under a key of its own: what is set for an earlier time goes on meanwhile. */
const laterKey = 'later';

/** The effects of a command or of an alarm on its case. An alarm rings again for what it could not say yet. */
export const apply = async (
  turn: Turn,
  one: CaseRow,
  act: string,
  effects: Effects,
  { by, shared = false, reminds = false, quiet = false }: How,
): Promise<void> => {
  const workflow = turn.registry.workflow(one.workflow);
  const face = workflow?.states[effects.to];
  if (!workflow || !face) throw new Error(`${act} leads to the unknown state ${effects.to}`);
  const moved = one.state !== effects.to;
  if (moved && shared) throw new Error(`${act} runs beside others and may not move ${one.ref}`);
  if (moved) {
    await turn.db.case.update({
      where: { id: one.id },
      data: { state: effects.to, changedAt: turn.now, closedAt: face.end ? turn.now : null },
    });
  }
  if (moved || !quiet) {
    await fileEntry(turn, { act, because: effects.because, by, moved: { one, to: effects.to } });
  }
  await cancelTimers(turn, one.id, {
    alarms: effects.unwake ?? [],
    leftFor: moved ? effects.to : undefined,
  });
  await setTimers(turn, one, effects.wake ?? []);
  await retireOffers(turn, { ...one, state: effects.to }, { moved, by });
  for (const tell of effects.tell ?? []) {
    const later = await carry(turn, one.workflow, { ...one, state: effects.to }, tell, {
      act,
      reminds,
      byAlarm: !by,
    });
    if (later && !by) await setUnlessSet(turn, { caseId: one.id, alarm: act, key: laterKey, dueAt: later });
  }
  await startCases(turn, effects, by?.actor.id ?? one.openedBy, by);
  for (const next of effects.ring ?? []) await ringNext(turn, next);
};

/** The effects of a command that is about no case. */
export const note = async (
  turn: Turn,
  act: string,
  workflow: string,
  told: Told,
  by: PersonTurn,
): Promise<void> => {
  await fileEntry(turn, { act, because: told.because, by });
  for (const tell of told.tell ?? []) {
    await carry(turn, workflow, undefined, tell, { act, reminds: false, byAlarm: false });
  }
  await startCases(turn, told, by.actor.id, by);
  for (const next of told.ring ?? []) await ringNext(turn, next);
};

const startCases = async (
  turn: Turn,
  { start = [] }: Pick<Effects, 'start'>,
  openedBy: string,
  by?: PersonTurn,
): Promise<void> => {
  for (const one of start) {
    const workflow = turn.registry.workflow(one.workflow);
    if (!workflow) throw new Error(`no workflow ${one.workflow}`);
    const opened = await openCase(turn, workflow, openedBy);
    await apply(turn, opened, one.act, await one.open({ ...worldOf(turn), case: opened }), by ? { by } : {});
  }
};

/** Returns when the earliest of what could not be said yet may be said. */
const carry = async (
  turn: Turn,
  workflow: string,
  one: CaseRow | undefined,
  tell: Tell,
  how: { readonly act: string; readonly reminds: boolean; readonly byAlarm: boolean },
): Promise<Date | undefined> => {
  const later: Date[] = [];
  for (const place of await placesOf(turn.db, tell.to, turn.now)) {
    if (one && how.reminds && place.personId !== null) {
      await keepReminder(turn, place.personId, one, how.act, tell);
      continue;
    }
    const post: Post = {
      place,
      message: tell.say,
      choices: choicesOf(turn.registry, workflow, tell.choices),
      ...(one && { caseId: one.id }),
      ...(one && how.byAlarm && { reminderIn: one.state }),
      ...(tell.living !== undefined && { living: tell.living }),
      ...(tell.anew && { anew: tell.anew }),
    };
    const due = await show(turn, post);
    if (due) later.push(due);
  }
  return later.toSorted((a, b) => a.getTime() - b.getTime())[0];
};
