/** A person's reminders of a working day go out as one message. */
import type { Message } from '../core/message.js';
import { joinTexts, same, type Text } from '../core/text.js';
import type { Tell } from '../core/workflow.js';
import type { CaseRow } from './cases.js';
import type { Turn } from './parts.js';
import { choicesOf, type Post, type PostChoice } from './posts.js';
import { liveReminders, setUnlessSet } from './timers.js';
import { placesOf } from './who.js';

export const dayAlarm = 'desk.day';

/** Keeps what a reminder says until all that ring at the same time have rung. */
export const keepReminder = async (
  turn: Turn,
  personId: string,
  one: CaseRow,
  alarm: string,
  tell: Tell,
): Promise<void> => {
  await turn.db.reminder.create({
    data: {
      personId,
      caseId: one.id,
      alarm,
      message: { ...tell.say },
      commands: [...(tell.choices ?? [])],
      state: one.state,
      createdAt: turn.now,
    },
  });
  const dueAt = new Date(turn.now.getTime() + patienceMs);
  await setUnlessSet(turn, { personId, alarm: dayAlarm, key: '', dueAt });
};

// Alarms of the same instant ring side by side, and the last one has the messages put together at once. One that keeps
// failing is not waited for.
const patienceMs = 60_000;

/** Once no reminder is left to ring: has each person's be put together, and returns the timers of that. */
export const ringDays = async (
  turn: Pick<Turn, 'db' | 'registry' | 'calendar' | 'now'>,
): Promise<readonly { id: string; version: number; dueAt: Date }[]> => {
  const { db, calendar, now } = turn;
  if (calendar.outOfQuiet(now) > now || (await liveReminders(turn))) return [];
  return db.timer.updateManyAndReturn({
    where: {
      alarm: dayAlarm,
      firedAt: null,
      cancelledAt: null,
      dueAt: { gt: now, lte: new Date(now.getTime() + patienceMs) },
    },
    data: { dueAt: now, version: { increment: 1 } },
    select: { id: true, version: true, dueAt: true },
  });
};

/** Whether other reminders are still to ring before a person's message can be put together. */
export const isTooEarly = async (turn: Turn, personId: string): Promise<boolean> => {
  const first = await turn.db.reminder.findFirst({
    where: { personId, doneAt: null },
    orderBy: { id: 'asc' },
    select: { createdAt: true },
  });
  if (!first || turn.now.getTime() - first.createdAt.getTime() > patienceMs) return false;
  return liveReminders(turn);
};

/** Puts what was kept for a person into one message, without what is no longer true. */
export const sayDay = async (turn: Turn, personId: string): Promise<void> => {
  const kept = await turn.db.reminder.findMany({
    where: { personId, doneAt: null },
    orderBy: { id: 'asc' },
    include: { case: { select: { ref: true, state: true, workflow: true } } },
  });
  await turn.db.reminder.updateMany({
    where: { id: { in: kept.map((one) => one.id) } },
    data: { doneAt: turn.now },
  });
  const acted = await turn.db.entry.findMany({
    where: { personId, caseId: { in: kept.map((one) => one.caseId) } },
    select: { caseId: true, at: true },
  });
  const isTrue = (one: (typeof kept)[number]): boolean =>
    one.case.state === one.state &&
    !acted.some((entry) => entry.caseId === one.caseId && entry.at > one.createdAt);
  // Of a case that reminded twice, what rang last; that may say two things, to somebody in two offices.
  const current = kept.filter(isTrue);
  const latest = new Map(current.map((one) => [one.caseId, one]));
  const items = current
    .filter((one) => isOneRing(one, latest.get(one.caseId)))
    .map((one) => ({
      caseId: one.caseId,
      ref: one.case.ref,
      state: one.state,
      message: readMessage(one.message),
      choices: choicesOf(turn.registry, one.case.workflow, one.commands),
    }))
    .filter((item, at, all) => all.findIndex((other) => isSame(other, item)) === at);
  const [place] = await placesOf(turn.db, { kind: 'person', id: personId }, turn.now);
  const [first] = items;
  if (!place || !first) return;
  if (items.length === 1) {
    const { message, choices, caseId, state } = first;
    turn.posts.push({ place, message, choices, caseId, reminderIn: state });
    return;
  }
  const post: Post = {
    place,
    message: {
      title: { zh: `今日提醒（${items.length} 件）`, en: `Today’s reminders (${items.length})` },
      text: joinTexts(
        items.map((item) => wordsOf(item.message)),
        '\n',
      ),
    },
    choices: distinct(items.flatMap((item) => item.choices.map((choice) => ofCase(choice, item)))),
  };
  turn.posts.push(post);
};

type Rung = { readonly alarm: string; readonly createdAt: Date };
const isOneRing = (one: Rung, last: Rung | undefined): boolean =>
  one.alarm === last?.alarm && one.createdAt.getTime() === last.createdAt.getTime();

const isSame = (
  one: { readonly caseId: string; readonly message: Message },
  other: { readonly caseId: string; readonly message: Message },
): boolean => one.caseId === other.caseId && wordsOf(one.message).zh === wordsOf(other.message).zh;

const ofCase = (choice: PostChoice, { ref, caseId }: { ref: string; caseId: string }): PostChoice => ({
  ...choice,
  label: joinTexts([choice.label, same(ref)], ' '),
  caseId,
});

const wordsOf = ({ title, text }: Message): Text =>
  title ? joinTexts([title, text], { zh: '：', en: ': ' }) : text;

const distinct = (choices: readonly PostChoice[]): readonly PostChoice[] =>
  choices.filter(
    (choice, at) =>
      choices.findIndex((other) => other.caseId === choice.caseId && other.command === choice.command) === at,
  );

// Written by this program alone.
const readMessage = (stored: unknown): Message => stored as Message;
