/** Dialogues in the tables: opened, answered, left, resumed. The steps themselves are in core/dialogue.ts. */
import type { Form } from '../bots/bot.js';
import {
  answer,
  answerInline,
  answersQuestion,
  back,
  begin,
  heal,
  isInline,
  type Progress,
  prompt,
  type Step,
  skip,
  summary,
  wantsSummary,
} from '../core/dialogue.js';
import { say } from '../core/message.js';
import type { Answer } from '../core/question.js';
import { joinTexts, same, type Text } from '../core/text.js';
import type { Command } from '../core/workflow.js';
import type { CaseRow } from './cases.js';
import { isId, retireSuggestions } from './offers.js';
import { asking, type PersonTurn, type Turn } from './parts.js';
import { perform } from './perform.js';
import { answerCommand, aside, type PostChoice, reply } from './posts.js';
import { formOutdated } from './refusals.js';
import { idleDays, setIdleTimer } from './timers.js';

export type DialogueRow = {
  readonly id: string;
  readonly command: string;
  readonly caseId: string | null;
  readonly progress: Progress;
};

const select = { id: true, command: true, caseId: true, progress: true } as const;
// Written by this program alone; `heal` checks every answer against the present questions.
const toDialogue = (row: {
  id: string;
  command: string;
  caseId: string | null;
  progress: unknown;
}): DialogueRow => ({
  ...row,
  progress: row.progress as Progress,
});

const ofPerson = (turn: PersonTurn) => ({
  personId: turn.actor.id,
  channel: turn.channel,
  account: turn.account,
});

/** The dialogue that is open in the direct conversation with the person. */
export const openDialogue = async (turn: PersonTurn): Promise<DialogueRow | undefined> => {
  if (turn.conversation.kind !== 'direct') return undefined;
  const row = await turn.db.dialogue.findFirst({
    where: { ...ofPerson(turn), conversation: turn.senderId, status: 'open' },
    select,
  });
  return row ? toDialogue(row) : undefined;
};

/** Runs a command with what was said along with it, or starts to ask for the rest. */
export const startCommand = async (
  turn: PersonTurn,
  command: Command,
  one: CaseRow | undefined,
  said: string,
): Promise<{ form?: Form }> => {
  const read = isInline(command.ask) ? answerInline : begin;
  const step = read(command.ask, said, asking(turn));
  if (step.kind === 'complete') {
    const done = await perform(turn, command, one, step.answers);
    return done.refused || !done.next ? {} : askNext(turn, done.next);
  }
  if (step.kind === 'unclear') {
    reply(turn, { text: step.problem });
    return {};
  }
  await park(turn);
  const asForm = turn.canShowForm && Object.keys(command.ask).length > 1;
  const row = await turn.db.dialogue.create({
    data: {
      ...ofPerson(turn),
      conversation: turn.senderId,
      command: command.id,
      caseId: one?.id ?? null,
      progress: toJson(step.progress),
      status: asForm ? 'parked' : 'open',
      createdAt: turn.now,
      touchedAt: turn.now,
    },
    select: { id: true },
  });
  if (command.from === 'new') await setIdleTimer(turn, row.id, turn.now, idleDays[0]);
  if (asForm) return { form: formOf(turn, row.id, command, step.progress) };
  if (turn.conversation.kind === 'room') {
    reply(turn, say('我已私信您，请在私聊中继续。', 'I have written to you directly; please go on there.'));
  }
  if (wantsSummary(command.ask) && step.progress.at !== summary) {
    reply(turn, introduction(command), { at: aside(turn) });
  }
  ask(turn, command, one, step);
  return {};
};

/** What a command leads to is asked in the direct conversation, wherever the command was given. */
const askNext = (
  turn: PersonTurn,
  { command, case: one }: { readonly command: Command; readonly case: CaseRow },
): Promise<{ form?: Form }> =>
  startCommand({ ...turn, conversation: { id: turn.senderId, kind: 'direct' } }, command, one, '');

const introduction = (command: Command) => {
  const count = Object.keys(command.ask).length;
  return say(
    `好的，办理“${command.title.zh}”，共 ${count} 项。可以随时回复“返回”改上一项、“取消”放弃；中途离开也不要紧，回复“继续”即可接着填。`,
    `Let’s begin: ${command.title.en}, ${count} items. Reply “back” to change the last answer or “cancel” to drop it; if you leave, “continue” brings you back to where you were.`,
  );
};

/** Whether words that are a command, too, answer the open question. */
export const isAnswer = (turn: PersonTurn, dialogue: DialogueRow, said: string): boolean => {
  const command = turn.registry.command(dialogue.command);
  return (
    command !== undefined &&
    answersQuestion(command.ask, heal(command.ask, dialogue.progress), said, asking(turn))
  );
};

/** Hands what the person said to the open dialogue. */
export const answerDialogue = async (
  turn: PersonTurn,
  dialogue: DialogueRow,
  said: string,
): Promise<void> => {
  const command = turn.registry.command(dialogue.command);
  if (!command) return endDialogue(turn, dialogue.id, 'cancelled', formOutdated.text);
  await go(
    turn,
    dialogue,
    command,
    answer(command.ask, heal(command.ask, dialogue.progress), said, asking(turn)),
  );
};

export const skipQuestion = async (turn: PersonTurn, dialogue: DialogueRow): Promise<void> => {
  const command = turn.registry.command(dialogue.command);
  if (!command) return endDialogue(turn, dialogue.id, 'cancelled', formOutdated.text);
  await go(turn, dialogue, command, skip(command.ask, heal(command.ask, dialogue.progress)));
};

export const goBack = async (turn: PersonTurn, dialogue: DialogueRow): Promise<void> => {
  const command = turn.registry.command(dialogue.command);
  if (!command) return endDialogue(turn, dialogue.id, 'cancelled', formOutdated.text);
  const progress = back(command.ask, heal(command.ask, dialogue.progress));
  await go(turn, dialogue, command, { kind: 'asking', progress });
};

/** Asks the open question again, after something else was done in between. */
export const askAgain = async (turn: PersonTurn, dialogue: DialogueRow): Promise<void> => {
  const command = turn.registry.command(dialogue.command);
  if (!command) return endDialogue(turn, dialogue.id, 'cancelled', formOutdated.text);
  await go(turn, dialogue, command, { kind: 'asking', progress: heal(command.ask, dialogue.progress) });
};

const go = async (turn: PersonTurn, dialogue: DialogueRow, command: Command, step: Step): Promise<void> => {
  await retireSuggestions(turn);
  const one = dialogue.caseId
    ? await turn.db.case.findUnique({
        where: { id: dialogue.caseId },
        select: { id: true, ref: true, state: true, openedBy: true, openedAt: true, workflow: true },
      })
    : null;
  if (step.kind === 'asking') {
    await turn.db.dialogue.update({
      where: { id: dialogue.id },
      data: { progress: toJson(step.progress), status: 'open', touchedAt: turn.now },
    });
    return ask(turn, command, one ?? undefined, step);
  }
  const done = await perform(turn, command, one ?? undefined, step.answers);
  if (done.refused && wantsSummary(command.ask)) {
    // A whole form is not thrown away over one answer: back to the summary, where it can be corrected.
    return go(turn, dialogue, command, { kind: 'asking', progress: { answers: step.answers, at: summary } });
  }
  // Whoever had themselves deleted has no dialogue any more.
  await turn.db.dialogue.updateMany({ where: { id: dialogue.id }, data: ended(turn, 'done') });
  if (!done.refused && done.next) await askNext({ ...turn, canShowForm: false }, done.next);
  else await resumeLast(turn);
};

// What was typed is in the case now, or nowhere: the dialogue keeps none of it.
const ended = (turn: Turn, status: 'done' | 'cancelled') => ({
  status,
  touchedAt: turn.now,
  progress: { answers: {}, at: summary },
});

const ask = (
  turn: PersonTurn,
  command: Command,
  one: CaseRow | undefined,
  step: Step & { kind: 'asking' },
): void => {
  const title = one ? joinTexts([same(one.ref), command.title], ' ') : command.title;
  const { message, suggestions } = prompt(command.ask, title, step.progress, step.problem);
  const choices: readonly PostChoice[] = suggestions.map((suggestion) => ({
    label: suggestion.label,
    command: answerCommand,
    given: { words: suggestion.words },
    number: step.progress.at === summary ? 'button' : Number(suggestion.words),
  }));
  reply(turn, message, { choices, at: aside(turn) });
};

/** Leaves the open dialogue for later; `continue` or the end of what came between brings it back. */
export const park = async (turn: PersonTurn): Promise<void> => {
  await turn.db.dialogue.updateMany({
    where: { ...ofPerson(turn), conversation: turn.senderId, status: 'open' },
    data: { status: 'parked', touchedAt: turn.now },
  });
};

export const endDialogue = async (
  turn: PersonTurn,
  id: string,
  status: 'done' | 'cancelled',
  said: Text,
): Promise<void> => {
  await retireSuggestions(turn);
  await turn.db.dialogue.update({ where: { id }, data: ended(turn, status) });
  reply(turn, { text: said });
  await resumeLast(turn);
};

/** The person's latest parked dialogue on any channel: it moves to where they ask for it. */
export const resumeAnywhere = async (turn: PersonTurn): Promise<boolean> => {
  const row = await turn.db.dialogue.findFirst({
    where: { personId: turn.actor.id, status: { in: ['parked', 'open'] } },
    orderBy: { touchedAt: 'desc' },
    select,
  });
  if (!row) return false;
  await park(turn);
  await turn.db.dialogue.update({
    where: { id: row.id },
    data: { ...ofPerson(turn), conversation: turn.senderId, status: 'open' },
  });
  await askAgain(turn, toDialogue(row));
  return true;
};

// A dialogue that another command interrupted comes back by itself; a draft left on another day does not.
const interruptedMs = 30 * 60 * 1000;

const resumeLast = async (turn: PersonTurn): Promise<void> => {
  const row = await turn.db.dialogue.findFirst({
    where: {
      ...ofPerson(turn),
      conversation: turn.senderId,
      status: 'parked',
      touchedAt: { gt: new Date(turn.now.getTime() - interruptedMs) },
    },
    orderBy: { touchedAt: 'desc' },
    select,
  });
  if (row) await askAgain(turn, toDialogue(row));
};

/** A form sent in: every answer is read by its question, then the command runs. */
export const submitForm = async (
  turn: PersonTurn,
  id: string,
  typed: Readonly<Record<string, string>>,
): Promise<void> => {
  const row = isId(id)
    ? await turn.db.dialogue.findFirst({
        where: { id, personId: turn.actor.id, status: { in: ['open', 'parked'] } },
        select,
      })
    : null;
  const command = row && turn.registry.command(row.command);
  if (!row || !command) return reply(turn, formOutdated, { at: aside(turn) });
  const answers: Record<string, Answer> = {};
  for (const [name, question] of Object.entries(command.ask)) {
    const words = typed[name] ?? '';
    if (question.optional && words.trim() === '') {
      answers[name] = null;
      continue;
    }
    const heard = question.hear(words, asking(turn));
    if (heard.kind === 'unclear') {
      const progress: Progress = { answers, at: name };
      return go(turn, toDialogue(row), command, { kind: 'asking', progress, problem: heard.problem });
    }
    answers[name] = heard.value;
  }
  await go({ ...turn, conversation: { id: turn.senderId, kind: 'direct' } }, toDialogue(row), command, {
    kind: 'complete',
    answers,
  });
};

const formOf = (turn: PersonTurn, dialogue: string, command: Command, progress: Progress): Form => ({
  dialogue,
  command: command.id,
  title: command.title,
  language: turn.actor.language,
  questions: Object.entries(command.ask).map(([name, question]) => {
    const value = progress.answers[name];
    return {
      name,
      question,
      ...(value !== undefined && value !== null && { initial: question.show(value)[turn.actor.language] }),
    };
  }),
});

const toJson = (progress: Progress) => ({ ...progress, answers: { ...progress.answers } });
