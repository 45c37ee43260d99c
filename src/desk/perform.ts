/** Runs one command and carries out what it returned, all within the turn's transaction. */
import type { Message } from '../core/message.js';
import type { Answer } from '../core/question.js';
import { AnswersOutdated, type Command, type Done, type Refusal, type Told } from '../core/workflow.js';
import { apply, note } from './apply.js';
import type { CaseRow } from './cases.js';
import { allowed, lockCase, openCase, stateTitle } from './cases.js';
import { type PersonTurn, worldOf } from './parts.js';
import { choicesOf, reply } from './posts.js';
import { formOutdated, noRight, wrongState } from './refusals.js';
import { lastEntry } from './trail.js';

/** What became of a command: whether it was refused, and what the person is to be asked for next. */
export type Performed =
  | { readonly refused: true }
  | { readonly refused: false; readonly next?: { readonly command: Command; readonly case: CaseRow } };

/** Checks once more whether the person may, runs the command and replies. */
export const perform = async (
  turn: PersonTurn,
  command: Command,
  target: CaseRow | undefined,
  answers: Readonly<Record<string, Answer>>,
): Promise<Performed> => {
  const one = target && (command.reads ? target : await lockCase(turn.db, target.id, command.lock));
  const refusal = await refusalBefore(turn, command, one);
  if (refusal) return refuse(turn, refusal);

  // A refusal leaves no trace in the tables, whatever the workflow wrote before it.
  if (!command.reads) await turn.db.$executeRaw`SAVEPOINT run`;
  const about = one ?? (command.from === 'new' ? await open(turn, command) : undefined);
  const result = await run(turn, command, about, answers);
  if ('refuse' in result) {
    if (!command.reads) await turn.db.$executeRaw`ROLLBACK TO SAVEPOINT run`;
    return refuse(turn, result.refuse);
  }
  const choices = choicesOf(turn.registry, command.workflow, result.choices);
  reply(turn, result.reply, { choices, ...(about && { caseId: about.id }) });
  const act = `${command.workflow}.${command.filedAs ?? command.name}`;
  if (about && 'to' in result)
    await apply(turn, about, act, result, { by: turn, shared: command.lock === 'shared' });
  else if (!command.reads) await note(turn, act, command.workflow, result, turn);
  return { refused: false, ...(about && nextOf(turn, command.workflow, about, result)) };
};

const nextOf = (turn: PersonTurn, workflow: string, one: CaseRow, result: Done | Told) => {
  if (!('to' in result) || result.next === undefined) return {};
  const command = turn.registry.command(`${workflow}.${result.next}`);
  if (!command) throw new Error(`no command ${workflow}.${result.next}`);
  return { next: { command, case: { ...one, state: result.to } } };
};

const refuse = (turn: PersonTurn, message: Message): Performed => {
  reply(turn, message);
  return { refused: true };
};

export const refusalBefore = async (
  turn: PersonTurn,
  command: Command,
  one: CaseRow | undefined,
): Promise<Message | undefined> => {
  const named = publicFace(turn, command);
  if (!(await allowed(turn, command, one))) return noRight(named, one?.ref);
  if (one && typeof command.from !== 'string' && !command.from.includes(one.state)) {
    return wrongState(named, one.ref, stateTitle(turn, one), await lastEntry(turn, one.id));
  }
  return undefined;
};

/** The command under whose name another one may be spoken of. */
export const publicFace = ({ registry }: PersonTurn, command: Command): Command =>
  (command.filedAs && registry.command(`${command.workflow}.${command.filedAs}`)) || command;

const open = (turn: PersonTurn, command: Command): Promise<CaseRow> => {
  const workflow = turn.registry.workflow(command.workflow);
  if (!workflow) throw new Error(`no workflow ${command.workflow}`);
  return openCase(turn, workflow, turn.actor.id);
};

const run = async (
  turn: PersonTurn,
  command: Command,
  one: CaseRow | undefined,
  answers: Readonly<Record<string, Answer>>,
): Promise<Refusal | Done | Told> => {
  const { actor, channel, said } = turn;
  // A command that answers aside has been moved to the direct conversation by now.
  const heard = { channel, room: turn.heardIn === 'room', said };
  try {
    return await command.perform({ ...worldOf(turn), actor, case: one, answers, heard });
  } catch (error) {
    if (error instanceof AnswersOutdated) return { refuse: formOutdated };
    throw error;
  }
};
