/** One turn of a person: from what came in to what it does. Everything here happens in one transaction. */
import type { Form } from '../bots/bot.js';
import { answerInline, isInline } from '../core/dialogue.js';
import type { FormSent, Input, Pressed, Said } from '../core/input.js';
import { say } from '../core/message.js';
import { normalise } from '../core/normalise.js';
import { type DeskWord, type Meaning, parse } from '../core/parse.js';
import type { Command } from '../core/workflow.js';
import { type CaseRow, findCase, openTo } from './cases.js';
import {
  answerDialogue,
  askAgain,
  type DialogueRow,
  endDialogue,
  goBack,
  isAnswer,
  openDialogue,
  skipQuestion,
  startCommand,
  submitForm,
} from './dialogues.js';
import { isOfferedHere, type OfferRow, offerById, offerByNumber } from './offers.js';
import { asking, type PersonTurn } from './parts.js';
import { publicFace, refusalBefore } from './perform.js';
import { answerCommand, commandChoice, reply } from './posts.js';
import { goneChoice, noRight, noSuchCase, noSuchNumber, nothingToDo, notYours } from './refusals.js';
import { greet, help, language, mightEver, mine, puzzled, resume, status, why } from './words.js';

type Shown = { readonly form?: Form };
const shown: Shown = {};

export const takeTurn = async (turn: PersonTurn, input: Input): Promise<Shown> => {
  switch (input.kind) {
    case 'said':
      if (secretsIn(turn, input.text).length > 0) turn.forget.said = true;
      return input.conversation.kind === 'room' && !input.addressed
        ? overhear(turn, input)
        : hear(turn, input);
    case 'pressed':
      return press(turn, input);
    case 'form':
      await submit(turn, input);
      return shown;
    default:
      return input satisfies never;
  }
};

const submit = (turn: PersonTurn, input: FormSent): Promise<void> =>
  submitForm(turn, input.dialogue, input.answers);

/** In a room, and not spoken to: only a word or number that an open item there asks for counts. */
const overhear = async (turn: PersonTurn, input: Said): Promise<Shown> => {
  const meaning = parse(input.text, turn.registry);
  if (meaning.kind === 'number') {
    const offer = await offerByNumber(turn, meaning.number);
    return offer && offer.closedAt === null ? choose(turn, offer) : shown;
  }
  if (meaning.kind !== 'command') return shown;
  if (meaning.ref === undefined && isTalk(turn, meaning)) return shown;
  // With the number of a case, what is answered aside disturbs nobody: whoever votes too late hears of it.
  if (meaning.ref !== undefined && meaning.commands.some((one) => one.aside)) return command(turn, meaning);
  // What is filed under another command is heard where that one is offered, if only to be answered aside.
  const ids = meaning.commands.flatMap((one) => [
    one.id,
    publicFace(turn, one).id,
    ...(one.heardWith === undefined ? [] : [`${one.workflow}.${one.heardWith}`]),
  ]);
  return (await isOfferedHere(turn, ids, meaning.ref)) ? command(turn, meaning) : shown;
};

/**
 * “Here is the link”: it begins like a command, but nothing of it could be what the command is told along. “Yes?” is a
 * question to the others.
 */
const isTalk = (turn: PersonTurn, { commands, rest, asks }: Meaning & { kind: 'command' }): boolean =>
  (asks && commands.every((one) => !one.reads)) ||
  (rest !== '' &&
    commands.every(
      ({ ask }) =>
        Object.keys(ask).length === 0 ||
        (isInline(ask) && answerInline(ask, rest, asking(turn)).kind === 'unclear'),
    ));

const hear = async (turn: PersonTurn, input: Said): Promise<Shown> => {
  const meaning = parse(input.text, turn.registry);
  const dialogue = await openDialogue(turn);
  if (!dialogue) return understand(turn, input, meaning);

  if (meaning.kind === 'desk' && meaning.rest === '' && (await control(turn, dialogue, meaning.word)))
    return shown;
  if (!interrupts(meaning) || isAnswer(turn, dialogue, input.text)) {
    await answerDialogue(turn, dialogue, input.text);
    return shown;
  }
  const result = await understand(turn, input, meaning);
  const still = await openDialogue(turn);
  if (still?.id === dialogue.id && !result.form) await askAgain(turn, still);
  return result;
};

/** Words that steer the open dialogue. */
const control = async (turn: PersonTurn, dialogue: DialogueRow, word: DeskWord): Promise<boolean> => {
  switch (word) {
    case 'cancel':
      await endDialogue(turn, dialogue.id, 'cancelled', {
        zh: '已取消，没有提交任何内容。',
        en: 'Dropped; nothing was submitted.',
      });
      return true;
    case 'back':
      await goBack(turn, dialogue);
      return true;
    case 'skip':
      await skipQuestion(turn, dialogue);
      return true;
    case 'continue':
      await askAgain(turn, dialogue);
      return true;
    case 'submit':
    case 'help':
    case 'hello':
    case 'mine':
    case 'status':
    case 'why':
    case 'language':
      return false;
    default:
      return word satisfies never;
  }
};

// A command in the middle of a form is one only when it could not be an answer: the bare word, or with a number.
const interrupts = (meaning: Meaning): boolean => {
  switch (meaning.kind) {
    case 'command':
      return meaning.rest === '' || meaning.ref !== undefined;
    case 'desk':
      return meaning.word !== 'submit' && (meaning.rest === '' || meaning.ref !== undefined);
    case 'number':
    case 'ref':
    case 'other':
      return false;
    default:
      return meaning satisfies never;
  }
};

const understand = async (turn: PersonTurn, input: Said, meaning: Meaning): Promise<Shown> => {
  switch (meaning.kind) {
    case 'command':
      return command(turn, meaning);
    case 'desk':
      await deskWord(turn, meaning);
      return shown;
    case 'number': {
      const offer = await offerByNumber(turn, meaning.number);
      if (offer) return choose(turn, offer);
      reply(turn, noSuchNumber(meaning.number));
      return shown;
    }
    case 'ref':
      await status(turn, meaning.ref);
      return shown;
    case 'other':
      puzzled(turn, input.text, hints(turn, input.text, meaning.near));
      return shown;
    default:
      return meaning satisfies never;
  }
};

/** Commands that tell a secret and have a word in the text, be it denied: “我不同意” tells as much as “我同意”. */
const secretsIn = ({ registry }: PersonTurn, text: string): readonly Command[] => {
  const plain = normalise(text);
  const latin = plain.split(/[^a-z]+/);
  const says = (word: string) => (/^[a-z]+$/.test(word) ? latin.includes(word) : plain.includes(word));
  return registry.workflows
    .flatMap((one) => one.commands)
    .filter((one) => one.filedAs !== undefined && [...one.words.zh, ...one.words.en].some(says));
};

/** What may have been meant. Of secrets no more is said than where they are filed, whichever it was. */
const hints = (turn: PersonTurn, text: string, near: readonly Command[]): readonly Command[] => {
  const secrets = secretsIn(turn, text);
  return [...new Set((secrets.length > 0 ? secrets : near).map((one) => publicFace(turn, one)))];
};

const deskWord = async (turn: PersonTurn, meaning: Meaning & { kind: 'desk' }): Promise<void> => {
  switch (meaning.word) {
    case 'help':
      return help(turn, meaning.rest);
    case 'hello':
      return greet(turn);
    case 'mine':
      return mine(turn);
    case 'status':
      return status(turn, meaning.ref);
    case 'why':
      return why(turn, meaning.ref);
    case 'language':
      return language(turn, meaning.said, meaning.rest);
    case 'continue':
      return resume(turn);
    case 'back':
    case 'skip':
    case 'cancel':
    case 'submit':
      return reply(turn, say('现在没有正在填的表。', 'No form is open at the moment.'));
    default:
      return meaning.word satisfies never;
  }
};

const press = async (turn: PersonTurn, input: Pressed): Promise<Shown> => {
  const offer = await offerById(turn, input.offer);
  if (offer) return choose(turn, offer);
  // It may have been one that tells a secret.
  turn.forget.said = true;
  reply(turn, goneChoice);
  return shown;
};

const choose = async (turn: PersonTurn, offer: OfferRow): Promise<Shown> => {
  const chosen = turn.registry.command(offer.command);
  if (chosen?.filedAs !== undefined) turn.forget.said = true;
  if (offer.personId !== null && offer.personId !== turn.actor.id) {
    reply(turn, notYours);
    return shown;
  }
  if (offer.command === answerCommand) {
    const dialogue = await openDialogue(turn);
    const words = offer.given.words;
    if (!dialogue || offer.closedAt !== null || typeof words !== 'string') reply(turn, goneChoice);
    else if (words === '取消') await control(turn, dialogue, 'cancel');
    else await answerDialogue(turn, dialogue, words);
    return shown;
  }
  if (!chosen) {
    reply(turn, goneChoice);
    return shown;
  }
  if (offer.caseId === null) return startCommand(besides(turn, chosen), chosen, undefined, '');
  const one = await turn.db.case.findUniqueOrThrow({
    where: { id: offer.caseId },
    select: { id: true, ref: true, state: true, openedBy: true, openedAt: true, workflow: true },
  });
  return startOn(turn, chosen, one, '');
};

const command = async (turn: PersonTurn, meaning: Meaning & { kind: 'command' }): Promise<Shown> => {
  const [first, ...others] = meaning.commands;
  if (meaning.ref !== undefined) {
    const one = await findCase(turn.db, meaning.ref);
    if (!one || !first) {
      reply(turn, noSuchCase(meaning.ref));
      return shown;
    }
    return startOn(turn, first, one, meaning.rest, meaning.asks);
  }
  if (first && others.length === 0 && typeof first.from === 'string') {
    const beside = besides(turn, first);
    const refusal = await refusalBefore(beside, first, undefined);
    if (refusal) {
      reply(beside, refusal);
      return shown;
    }
    if (meaning.asks && meaning.rest === '' && runsAtOnce(first)) {
      askWhether(beside, first, undefined);
      return shown;
    }
    return startCommand(beside, first, undefined, meaning.rest);
  }
  const open = await openTo(turn, meaning.commands);
  const [only] = open;
  if (only && open.length === 1) return startOn(turn, only.command, only.case, meaning.rest, meaning.asks);
  if (first && open.length === 0) {
    const named = publicFace(turn, first);
    const prefix = turn.registry.workflow(first.workflow)?.prefix ?? '';
    reply(besides(turn, first), mightEver(turn, named) ? nothingToDo(named, prefix) : noRight(named));
  }
  if (first && open.length > 1) askWhich(besides(turn, first), open);
  return shown;
};

/** The turn, answered aside where the command asks for it, and forgotten where it tells a secret. */
const besides = (turn: PersonTurn, command: Command): PersonTurn => {
  if (command.filedAs !== undefined) turn.forget.said = true;
  return command.aside ? { ...turn, conversation: { id: turn.senderId, kind: 'direct' } } : turn;
};

/** Several cases could be meant: asked, never guessed. */
const askWhich = (turn: PersonTurn, open: readonly { case: CaseRow; command: Command }[]): void => {
  const refs = open.map((one) => one.case.ref);
  const [first] = open;
  const words = first && publicFace(turn, first.command).words;
  reply(
    turn,
    say(
      `您指的是哪一件？请连同编号回复，例如“${words?.zh[0] ?? ''} ${refs[0]}”。现有：${refs.join('、')}。`,
      `Which one do you mean? Please reply with its number, as in “${words?.en[0] ?? ''} ${refs[0]}”. Open: ${refs.join(', ')}.`,
    ),
  );
};

/** It changes something without a question in between. */
const runsAtOnce = ({ reads, ask }: Command): boolean =>
  !reads && Object.values(ask).every((question) => question.inline);

/** Puts the command before the person as a choice. Of one that tells a secret, no more is said than where it is filed. */
const askWhether = (turn: PersonTurn, chosen: Command, one: CaseRow | undefined): void => {
  const { title } = publicFace(turn, chosen);
  const ref = one && { zh: `${one.ref}：`, en: `${one.ref}: ` };
  reply(
    turn,
    say(
      `${ref?.zh ?? ''}要“${title.zh}”吗？`,
      `${ref?.en ?? ''}${ref ? 'do' : 'Do'} you want to “${title.en}”?`,
    ),
    { choices: [commandChoice(publicFace(turn, chosen))], ...(one && { caseId: one.id }) },
  );
};

const startOn = async (
  given: PersonTurn,
  chosen: Command,
  one: CaseRow,
  said: string,
  asks = false,
): Promise<Shown> => {
  const turn = besides(given, chosen);
  const refusal = await refusalBefore(turn, chosen, one);
  if (refusal) {
    reply(turn, refusal);
    return shown;
  }
  // Words after a command that asks nothing may mean the opposite (“批准 M-1 吗？”): better to ask.
  const unclear = said === '' ? asks && runsAtOnce(chosen) : Object.keys(chosen.ask).length === 0;
  if (unclear) {
    askWhether(turn, chosen, one);
    return shown;
  }
  return startCommand(turn, chosen, one, said);
};
