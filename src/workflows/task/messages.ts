/** What the desk says about tasks. */
import type { Calendar } from '../../core/calendar.js';
import { type Message, say } from '../../core/message.js';
import { sayMoment } from '../../core/moments.js';
import { joinTexts, same, type Text } from '../../core/text.js';
import type { Named, Subject } from './header.js';
import type { Keeping, Kept } from './rules.js';

/** A day as it is said. */
export const day = (at: Date, { timezone }: Calendar): Text => sayMoment(at, timezone, { time: false });

/** The task with its number and the resolution it carries out. */
const whatOf = (c: Named, t: Subject): Text => ({
  zh: `“${t.what}”（${c.ref}${t.motion ? `，${t.motion} 决议` : ''}）`,
  en: `“${t.what}” (${c.ref}${t.motion ? `, resolution ${t.motion}` : ''})`,
});

const workdays = (count: number): Text => ({
  zh: `${count} 个工作日`,
  en: count === 1 ? '1 working day' : `${count} working days`,
});

const howTo = (c: Named): Text => ({
  zh: `办好了请回复“完成 ${c.ref}”；来不及请回复“延后 ${c.ref}”，另约日期。`,
  en: `When it is done, reply “done ${c.ref}”; if you need longer, “postpone ${c.ref}” sets another day.`,
});

export const nobodyCalled = (name: string): Message =>
  say(
    `没有找到“${name}”。请写负责人的全名；由您自己办，请写“本人”。`,
    `There is nobody called “${name}” here. Please give the full name, or “me” to do it yourself.`,
  );

export const severalCalled = (name: string, people: readonly string[]): Message =>
  say(
    `“${name}”不止一位：${people.join('、')}。请写全名。`,
    `“${name}” could be several people: ${people.join(', ')}. Please give the full name.`,
  );

export const given = (c: Named, t: Subject, calendar: Calendar): Message => {
  const [what, due, next] = [whatOf(c, t), day(t.dueAt, calendar), howTo(c)];
  return t.ownerId === t.giverId
    ? say(
        `已为您记下：${what.zh}，最晚${due.zh}办好。到时我会提醒您。${next.zh}`,
        `Noted for you: ${what.en}, due on ${due.en}. I will remind you. ${next.en}`,
      )
    : say(
        `${t.giver}请您负责：${what.zh}，最晚${due.zh}办好。到时我会提醒您。${next.zh}`,
        `${t.giver} asks you to take care of ${what.en}, due on ${due.en}. I will remind you. ${next.en}`,
      );
};

export const handedOn = (c: Named, t: Subject, calendar: Calendar): Message => {
  const [what, due] = [whatOf(c, t), day(t.dueAt, calendar)];
  return say(
    `${what.zh}已交由${t.owner}负责，最晚${due.zh}办好。我会按时提醒，办好后告诉您。`,
    `${what.en} is with ${t.owner}, due on ${due.en}. I will remind them and tell you when it is done.`,
  );
};

export const notYours = (c: Named, t: Subject, alsoGiver: boolean): Message =>
  alsoGiver && t.giverId !== t.ownerId
    ? say(
        `${c.ref} 由${t.owner}负责、${t.giver}交办，只有这两位可以改期。`,
        `${c.ref} is with ${t.owner} and was given by ${t.giver}; only the two of them can put it off.`,
      )
    : say(
        `${c.ref} 由${t.owner}负责，请由其本人答复。`,
        `${c.ref} is with ${t.owner}, who alone can answer for it.`,
      );

export const thanks = (c: Named, t: Subject, told: boolean): Message => {
  const what = whatOf(c, t);
  return say(
    `${what.zh}已完成，谢谢您！${told ? `已告知${t.giver}。` : ''}`,
    `${what.en} is done – thank you!${told ? ` ${t.giver} has been told.` : ''}`,
  );
};

export const isDone = (c: Named, t: Subject, note: string | null, late: number): Message => {
  const what = whatOf(c, t);
  const lateness =
    late > 0
      ? { zh: `，比约定晚了 ${workdays(late).zh}`, en: `, ${workdays(late).en} after the day it was due` }
      : same('');
  return say(
    `${t.owner}已办好${what.zh}${lateness.zh}。${note ? `备注：${note}` : ''}`,
    `${t.owner} has done ${what.en}${lateness.en}.${note ? ` Note: ${note}` : ''}`,
  );
};

export const notLater = (c: Named, t: Subject, calendar: Calendar): Message => {
  const due = day(t.dueAt, calendar);
  return say(
    `${c.ref} 约定的日期是${due.zh}。要延后，请写更晚的日期。`,
    `${c.ref} is due on ${due.en}. To put it off, please give a later day.`,
  );
};

export const putOff = (c: Named, t: Subject, calendar: Calendar): Message => {
  const [what, due] = [whatOf(c, t), day(t.dueAt, calendar)];
  return say(
    `好的，${what.zh}改为最晚${due.zh}办好。${t.putOff > 1 ? `这是第 ${t.putOff} 次延后。` : ''}`,
    `All right: ${what.en} is now due on ${due.en}.${t.putOff > 1 ? ` That is postponement number ${t.putOff}.` : ''}`,
  );
};

export const wasPutOff = (c: Named, t: Subject, by: string, why: string, calendar: Calendar): Message => {
  const [what, due] = [whatOf(c, t), day(t.dueAt, calendar)];
  const times = t.putOff > 1 ? { zh: `（第 ${t.putOff} 次）`, en: ` (number ${t.putOff})` } : same('');
  return say(
    `${by}把${what.zh}延后到${due.zh}${times.zh}。原因：${why}`,
    `${by} has put ${what.en} off to ${due.en}${times.en}. The reason: ${why}`,
  );
};

export const dropped = (c: Named, t: Subject): Message => {
  const what = whatOf(c, t);
  return say(`${what.zh}已撤销。`, `${what.en} is dropped.`);
};

export const wasDropped = (c: Named, t: Subject, by: string, why: string): Message => {
  const what = whatOf(c, t);
  return say(
    `${by}撤销了${what.zh}，不用再办。原因：${why}`,
    `${by} has dropped ${what.en}; nothing more needs doing. The reason: ${why}`,
  );
};

export const dueSoon = (c: Named, t: Subject, calendar: Calendar): Message => {
  const [what, due] = [whatOf(c, t), day(t.dueAt, calendar)];
  return say(`提醒：${what.zh}约定${due.zh}办好。`, `A reminder: ${what.en} is due on ${due.en}.`);
};

/** On the day itself, or soon after it where it was promised late that day. */
export const isItDone = (c: Named, t: Subject, today: boolean, calendar: Calendar): Message => {
  const [what, due] = [whatOf(c, t), day(t.dueAt, calendar)];
  return say(
    `您答应${today ? '今天' : due.zh}办好${what.zh}，办好了吗？`,
    `You promised ${what.en} for ${today ? 'today' : due.en}. Is it done?`,
  );
};

export const overdue = (c: Named, t: Subject, late: number, calendar: Calendar): Message => {
  const [what, due, next] = [whatOf(c, t), day(t.dueAt, calendar), howTo(c)];
  return say(
    `${what.zh}约定${due.zh}办好，已过 ${workdays(late).zh}。${next.zh}`,
    `${what.en} was due on ${due.en}, ${workdays(late).en} ago. ${next.en}`,
  );
};

export const overdueForGiver = (c: Named, t: Subject, late: number, calendar: Calendar): Message => {
  const [what, due] = [whatOf(c, t), day(t.dueAt, calendar)];
  return say(
    `您交给${t.owner}的${what.zh}约定${due.zh}办好，已过 ${workdays(late).zh}，还没有办好的消息。您可以与对方另约日期（“延后 ${c.ref}”）；不再需要，请回复“撤销任务 ${c.ref}”。`,
    `${what.en}, which you gave to ${t.owner}, was due on ${due.en}, ${workdays(late).en} ago, and there is no word yet. You may agree on another day with them (“postpone ${c.ref}”), or drop it (“drop-task ${c.ref}”).`,
  );
};

// The ledger.

export type Line = {
  readonly ref: string;
  readonly motion: string;
  readonly what: string;
  readonly owner: string;
  readonly dueAt: Date;
  readonly doneAt: Date | null;
  readonly putOff: number;
  readonly keeping: Keeping;
};

export const summary = (kept: Kept): Text => {
  const fallen = kept.inTime + kept.late + kept.overdue;
  const rate =
    kept.rate === null
      ? { zh: '还没有到期的任务', en: 'none has fallen due yet' }
      : {
          zh: `到期 ${fallen} 项，按时完成 ${kept.inTime} 项（${kept.rate}%）`,
          en: `${fallen} fallen due, ${kept.inTime} of them kept in time (${kept.rate}%)`,
        };
  const total = fallen + kept.open;
  return {
    zh: `决议任务共 ${total} 项：${rate.zh}，逾期完成 ${kept.late} 项，逾期未完成 ${kept.overdue} 项，进行中 ${kept.open} 项。`,
    en: `Tasks of resolutions, ${total} in all: ${rate.en}; ${kept.late} done late, ${kept.overdue} overdue, ${kept.open} under way.`,
  };
};

const keepingWord: Readonly<Record<Keeping, Text>> = {
  inTime: { zh: '按时完成', en: 'done in time' },
  late: { zh: '逾期完成', en: 'done late' },
  open: { zh: '进行中', en: 'under way' },
  overdue: { zh: '逾期未完成', en: 'overdue' },
};

const lineOf = (line: Line, calendar: Calendar): Text => {
  const due = day(line.dueAt, calendar);
  const done = line.doneAt && day(line.doneAt, calendar);
  const word = keepingWord[line.keeping];
  const often =
    line.putOff > 0 ? { zh: `，延后过 ${line.putOff} 次`, en: `, put off ${times(line.putOff)}` } : same('');
  return {
    zh: `${line.motion} → ${line.ref} ${line.what}（${line.owner}，约定${due.zh}${often.zh}）：${word.zh}${done && line.keeping === 'late' ? `（${done.zh}）` : ''}`,
    en: `${line.motion} → ${line.ref} ${line.what} (${line.owner}, due ${due.en}${often.en}): ${word.en}${done && line.keeping === 'late' ? ` (${done.en})` : ''}`,
  };
};

const times = (count: number): string => (count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`);

export const noPromises = say(
  '还没有由决议产生的任务。决议生效后，可回复“分派 P-1”交给负责人。',
  'No resolution has led to a task yet. Once one is in force, “assign P-1” gives its work to somebody.',
);

/** `left`: how many more there are that were left out. */
export const ledger = (kept: Kept, lines: readonly Line[], left: number, calendar: Calendar): Message => ({
  title: { zh: '承诺台账', en: 'Promises' },
  text: joinTexts(
    [
      summary(kept),
      ...lines.map((line) => lineOf(line, calendar)),
      ...(left > 0 ? [{ zh: `另有较早的 ${left} 项。`, en: `And ${left} earlier ones.` }] : []),
    ],
    '\n',
  ),
});
