/** Timers of cases and drafts: set, moved and cancelled within the turn. Jobs only carry their ids. */
import type { Ring, Wake } from '../core/workflow.js';
import type { CaseRow } from './cases.js';
import type { Turn } from './parts.js';

const live = { firedAt: null, cancelledAt: null } as const;

/** Sets each alarm; one that is set already under the same key is moved. */
export const setTimers = async (turn: Turn, one: CaseRow, wakes: readonly Wake[]): Promise<void> => {
  for (const wake of wakes) {
    const alarm = `${one.workflow}.${wake.alarm}`;
    const reminds = turn.registry.alarm(alarm)?.kind === 'reminder';
    const dueAt = reminds ? turn.calendar.reminderTime(wake.at, turn.now) : wake.at;
    const key = wake.key ?? '';
    if (wake.unlessSet) {
      await setUnlessSet(turn, { caseId: one.id, alarm, key, dueAt });
      continue;
    }
    const moved = await turn.db.timer.updateManyAndReturn({
      where: { caseId: one.id, alarm, key, ...live },
      data: { dueAt, version: { increment: 1 } },
      select: { id: true, version: true, dueAt: true },
    });
    const [timer] =
      moved.length > 0
        ? moved
        : [
            await turn.db.timer.create({
              data: { alarm, key, caseId: one.id, dueAt },
              select: { id: true, version: true, dueAt: true },
            }),
          ];
    if (timer) turn.timers.push(timer);
  }
};

/** Two turns at once may both want it: the second waits for the first and leaves it alone. */
export const setUnlessSet = async (
  turn: Turn,
  timer: {
    readonly caseId?: string;
    readonly personId?: string;
    readonly alarm: string;
    readonly key: string;
    readonly dueAt: Date;
  },
): Promise<void> => {
  const set = await turn.db.timer.createManyAndReturn({
    data: [timer],
    skipDuplicates: true,
    select: { id: true, version: true, dueAt: true },
  });
  turn.timers.push(...set);
};

/** Rings an alarm of another case next, in a turn of its own. */
export const ringNext = async (turn: Turn, { caseId, alarm }: Ring): Promise<void> => {
  if (!turn.registry.alarm(alarm)) throw new Error(`no alarm ${alarm}`);
  await setUnlessSet(turn, { caseId, alarm, key: '', dueAt: turn.now });
};

/** Whether an alarm that reminds somebody is due and has not rung yet. */
export const liveReminders = async (turn: Pick<Turn, 'db' | 'registry' | 'now'>): Promise<boolean> => {
  const reminders = turn.registry.workflows
    .flatMap((one) => one.alarms)
    .filter((one) => one.kind === 'reminder')
    .map((one) => one.id);
  const due = await turn.db.timer.findFirst({
    where: { ...live, alarm: { in: reminders }, dueAt: { lte: turn.now } },
    select: { id: true },
  });
  return due !== null;
};

/** Cancels named alarms, and all that do not ring in the state the case moved to. */
export const cancelTimers = async (
  turn: Turn,
  caseId: string,
  what: { readonly alarms: readonly string[]; readonly leftFor: string | undefined },
): Promise<void> => {
  if (what.alarms.length === 0 && what.leftFor === undefined) return;
  const timers = await turn.db.timer.findMany({
    where: { caseId, ...live },
    select: { id: true, alarm: true },
  });
  const over = timers.filter((timer) => {
    const alarm = turn.registry.alarm(timer.alarm);
    if (!alarm || what.alarms.includes(alarm.name)) return true;
    return what.leftFor !== undefined && !alarm.when.includes(what.leftFor);
  });
  if (over.length === 0) return;
  await turn.db.timer.updateMany({
    where: { id: { in: over.map((timer) => timer.id) } },
    data: { cancelledAt: turn.now },
  });
};

/** Drafts are reminded of after so many days without a word. */
export const idleDays = [3, 10] as const;
export const idleAlarm = 'desk.draftIsIdle';

/** Sets the reminder of a draft that was last touched at `since`. */
export const setIdleTimer = async (
  turn: Turn,
  dialogueId: string,
  since: Date,
  days: number,
): Promise<void> => {
  const timer = await turn.db.timer.create({
    data: {
      alarm: idleAlarm,
      key: String(days),
      dialogueId,
      dueAt: turn.calendar.outOfQuiet(turn.calendar.daysAfter(since, days)),
    },
    select: { id: true, version: true, dueAt: true },
  });
  turn.timers.push(timer);
};
