/** Runs one command or alarm and carries out what it returned, all within the turn's transaction. */
import type { Message } from '../core/message.js';
import type { Answer } from '../core/question.js';
import { AnswersOutdated, type Command, type Done, type Effects, type Refusal } from '../core/workflow.js';
import type { CaseRow } from './cases.js';
import { allowed, lockCase, openCase, stateTitle } from './cases.js';
import { retireOffers } from './offers.js';
import type { PersonTurn, Turn } from './parts.js';
import { commandChoice, type PostChoice, reply } from './posts.js';
import { formOutdated, noRight, wrongState } from './refusals.js';
import { cancelTimers, setTimers } from './timers.js';
import { lastEntry } from './trail.js';
import { placesOf } from './who.js';

/** Checks once more whether the person may, runs the command and replies. False when it was refused. */
export const perform = async (
  turn: PersonTurn,
  command: Command,
  target: CaseRow | undefined,
  answers: Readonly<Record<string, Answer>>,
): Promise<boolean> => {
  const one = target ? await lockCase(turn.db, target.id) : undefined;
  const refusal = await refusalBefore(turn, command, one);
  if (refusal) return refuse(turn, refusal);

  // A refusal leaves no trace in the tables, whatever the workflow wrote before it.
  await turn.db.$executeRaw`SAVEPOINT run`;
  const opened = one ?? (await open(turn, command));
  const result = await run(turn, command, opened, answers);
  if ('refuse' in result) {
    await turn.db.$executeRaw`ROLLBACK TO SAVEPOINT run`;
    return refuse(turn, result.refuse);
  }
  reply(turn, result.reply, { choices: choices(turn, opened, result.choices), caseId: opened.id });
  await apply(turn, opened, command.id, result, turn);
  return true;
};

const refuse = (turn: PersonTurn, message: Message): false => {
  reply(turn, message);
  return false;
};

export const refusalBefore = async (
  turn: PersonTurn,
  command: Command,
  one: CaseRow | undefined,
): Promise<Message | undefined> => {
  if (!(await allowed(turn, command, one))) return noRight(command, one?.ref);
  if (one && command.from !== 'new' && !command.from.includes(one.state)) {
    return wrongState(command, one.ref, stateTitle(turn, one), await lastEntry(turn, one.id));
  }
  return undefined;
};

const open = (turn: PersonTurn, command: Command): Promise<CaseRow> => {
  const workflow = turn.registry.workflow(command.workflow);
  if (!workflow) throw new Error(`no workflow ${command.workflow}`);
  return openCase(turn, workflow, turn.actor.id);
};

const run = async (
  turn: PersonTurn,
  command: Command,
  one: CaseRow,
  answers: Readonly<Record<string, Answer>>,
): Promise<Refusal | Done> => {
  const { db, now, calendar, settings, actor } = turn;
  try {
    return await command.perform({ db, now, calendar, settings, actor, case: one, answers });
  } catch (error) {
    if (error instanceof AnswersOutdated) return { refuse: formOutdated };
    throw error;
  }
};

/** Carries out the effects of a command (`by` somebody) or of an alarm (by nobody). */
export const apply = async (
  turn: Turn,
  one: CaseRow,
  act: string,
  effects: Effects,
  by?: PersonTurn,
): Promise<void> => {
  const workflow = turn.registry.workflow(one.workflow);
  const face = workflow?.states[effects.to];
  if (!workflow || !face) throw new Error(`${act} leads to the unknown state ${effects.to}`);
  const moved = one.state !== effects.to;
  if (moved) {
    await turn.db.case.update({
      where: { id: one.id },
      data: { state: effects.to, changedAt: turn.now, closedAt: face.end ? turn.now : null },
    });
  }
  await turn.db.entry.create({
    data: {
      caseId: one.id,
      personId: by?.actor.id ?? null,
      channel: by?.channel ?? null,
      act,
      fromState: one.state === 'new' ? null : one.state,
      toState: effects.to,
      said: effects.because ?? {},
      inboxId: turn.inboxId,
      at: turn.now,
    },
  });
  await cancelTimers(turn, one.id, {
    alarms: effects.unwake ?? [],
    leftFor: moved ? effects.to : undefined,
  });
  await setTimers(turn, one, effects.wake ?? []);
  await retireOffers(turn, { ...one, state: effects.to }, by);

  for (const tell of effects.tell ?? []) {
    for (const place of await placesOf(turn.db, tell.to)) {
      turn.posts.push({
        place,
        message: tell.say,
        choices: choices(turn, one, tell.choices),
        caseId: one.id,
        ...(!by && { reminderIn: effects.to }),
      });
    }
  }
};

const choices = (turn: Turn, one: CaseRow, names: readonly string[] = []): readonly PostChoice[] =>
  names.map((name) => {
    const command = turn.registry.command(`${one.workflow}.${name}`);
    if (!command) throw new Error(`no command ${one.workflow}.${name}`);
    return commandChoice(command);
  });
