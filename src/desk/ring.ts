/** One turn of an alarm: the same kind of transaction as a person's turn, with nobody acting. */
import { say } from '../core/message.js';
import type { Db } from '../database.js';
import { apply } from './apply.js';
import { holdCase, readCase } from './cases.js';
import { dayAlarm, isTooEarly, sayDay } from './day.js';
import { type Turn, worldOf } from './parts.js';
import { idleAlarm, idleDays, setIdleTimer } from './timers.js';
import { placesOf } from './who.js';

type TimerRow = {
  id: string;
  alarm: string;
  key: string;
  caseId: string | null;
  dialogueId: string | null;
  personId: string | null;
  dueAt: Date;
  version: number;
};

/**
 * Takes a timer that is due, or nothing: it was moved, cancelled or rung, or another process holds it. Its case is
 * held first, as by everybody who acts on the case and then sets or cancels its timers: two who took them the other
 * way round would wait for each other.
 */
export const claimTimer = async (db: Db, id: string, version: number): Promise<TimerRow | undefined> => {
  const live = { id, version, firedAt: null, cancelledAt: null };
  const timer = await db.timer.findFirst({ where: live, select: { caseId: true } });
  // The sweep asks for many that have rung meanwhile: they need no lock.
  if (!timer) return undefined;
  if (timer.caseId) await holdCase(db, timer.caseId);
  const [row] = await db.$queryRaw<TimerRow[]>`
    SELECT id, alarm, key, "caseId", "dialogueId", "personId", "dueAt", version FROM "Timer"
    WHERE id = ${id}::uuid AND version = ${version} AND "firedAt" IS NULL AND "cancelledAt" IS NULL
    FOR UPDATE SKIP LOCKED`;
  return row;
};

/**
 * Rings a claimed timer, whose case is held, within the turn. Too early, or in the quiet hours, it is set anew instead.
 * True when a case has reminded somebody.
 */
export const ringTimer = async (turn: Turn, timer: TimerRow): Promise<boolean> => {
  const alarm = turn.registry.alarm(timer.alarm);
  const reminder = alarm?.kind !== 'deadline';
  const wanted =
    timer.dueAt > turn.now ? timer.dueAt : reminder ? turn.calendar.outOfQuiet(turn.now) : turn.now;
  if (wanted > turn.now) await moveTimer(turn, timer, wanted);
  else if (timer.personId) await ringDay(turn, timer, timer.personId);
  else if (timer.dialogueId) await ringDialogue(turn, timer, timer.dialogueId);
  else {
    await ringCase(turn, timer);
    return reminder;
  }
  return false;
};

const ringCase = async (turn: Turn, timer: TimerRow): Promise<void> => {
  const alarm = turn.registry.alarm(timer.alarm);
  await turn.db.timer.update({ where: { id: timer.id }, data: { firedAt: turn.now } });
  if (!timer.caseId || !alarm) return;
  const one = await readCase(turn.db, timer.caseId);
  if (!alarm.when.includes(one.state)) return;
  const effects = await alarm.ring({ ...worldOf(turn), case: one, key: timer.key });
  await apply(turn, one, alarm.id, effects, { reminds: alarm.kind === 'reminder', quiet: alarm.quiet });
};

const pauseMs = 5_000;

const ringDay = async (turn: Turn, timer: TimerRow, personId: string): Promise<void> => {
  if (timer.alarm !== dayAlarm) throw new Error(`no alarm ${timer.alarm}`);
  if (await isTooEarly(turn, personId)) return moveTimer(turn, timer, new Date(turn.now.getTime() + pauseMs));
  await turn.db.timer.update({ where: { id: timer.id }, data: { firedAt: turn.now } });
  await sayDay(turn, personId);
};

const moveTimer = async (turn: Turn, timer: TimerRow, dueAt: Date): Promise<void> => {
  const moved = await turn.db.timer.update({
    where: { id: timer.id },
    data: { dueAt, version: { increment: 1 } },
    select: { id: true, version: true, dueAt: true },
  });
  turn.timers.push(moved);
};

/** A draft that nobody touched: remind once for each of the idle days, counted from the last word. */
const ringDialogue = async (turn: Turn, timer: TimerRow, dialogueId: string): Promise<void> => {
  if (timer.alarm !== idleAlarm) throw new Error(`no alarm ${timer.alarm}`);
  const dialogue = await turn.db.dialogue.findUniqueOrThrow({ where: { id: dialogueId } });
  if (dialogue.status !== 'open' && dialogue.status !== 'parked') {
    await turn.db.timer.update({ where: { id: timer.id }, data: { cancelledAt: turn.now } });
    return;
  }
  const days = Number(timer.key);
  const due = turn.calendar.outOfQuiet(turn.calendar.daysAfter(dialogue.touchedAt, days));
  if (due > turn.now) return moveTimer(turn, timer, due);

  await turn.db.timer.update({ where: { id: timer.id }, data: { firedAt: turn.now } });
  const next = idleDays.find((one) => one > days);
  if (next !== undefined) await setIdleTimer(turn, dialogueId, dialogue.touchedAt, next);
  const title = turn.registry.command(dialogue.command)?.title;
  const [place] = await placesOf(turn.db, { kind: 'person', id: dialogue.personId }, turn.now);
  if (!title || !place) return;
  turn.posts.push({
    place,
    message: say(
      `您的“${title.zh}”还没有填完，已为您保存。回复“继续”接着填；不办了请回复“取消”。`,
      `Your form “${title.en}” is not finished yet; it has been kept for you. Reply “continue” to go on, or “cancel” to drop it.`,
    ),
    choices: [],
  });
};
