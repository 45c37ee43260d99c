/** What is said of tables, and to whoever asks for a meeting. */
import { DateTime } from 'luxon';
import type { Calendar } from '../../../core/calendar.js';
import { type Message, say } from '../../../core/message.js';
import type { Question } from '../../../core/question.js';
import { text } from '../../../core/questions.js';
import type { Text } from '../../../core/text.js';
import type { Face } from '../../appointment/people.js';
import { type Booking, slotEnd, type Tables } from '../../appointment/slots.js';
import type { Named } from '../header.js';
import { type Titled, titled } from './common.js';

const name = text({
  label: { zh: '约谁', en: 'Whom' },
  ask: { zh: '约哪一位？请写姓名。', en: 'Whom would you like to meet? Please give the name.' },
  max: 60,
});

/** One name. What it is about is asked for next. */
export const whomQuestion: Question<string> = {
  ...name,
  hear: (words, asking) =>
    /[,，、;；:：\n]/u.test(words.trim())
      ? {
          kind: 'unclear',
          problem: {
            zh: '请先只写一位的姓名，想谈什么接着会问您。',
            en: 'Please give one name first; what it is about comes next.',
          },
        }
      : name.hear(words, asking),
};

export const noSlotFits = (c: Named, e: Titled, minutes: number): Message =>
  say(
    `${titled(c, e).zh}的时间不足 ${minutes} 分钟，排不出面谈时段。请改短每场时长。`,
    `${titled(c, e).en} is too short for a meeting of ${minutes} minutes. Please make them shorter.`,
  );

export const someHaveNowhere = (c: Named, left: number): Message =>
  say(
    `这样会有 ${left} 场已约好的面谈排不下，所以没有改动。请多留桌位，或把每场缩短；“约见表 ${c.ref}”可以看到现有安排。`,
    `${left === 1 ? 'One meeting that is agreed' : `${left} meetings that are agreed`} would have no table then, so nothing was changed. Please keep more tables or make the meetings shorter; “table plan ${c.ref}” shows them all.`,
  );

export const tablesAre = (count: number, minutes: number): Text => ({
  zh: `${count} 张桌，每场 ${minutes} 分钟`,
  en: `${count} ${count === 1 ? 'table' : 'tables'}, ${minutes} minutes each`,
});

type Set = {
  readonly tables: number;
  readonly minutes: number;
  readonly slots: number;
  readonly moved: number;
};

export const areSetUp = (c: Named, e: Titled, { tables, minutes, slots, moved }: Set): Message => {
  const set = tablesAre(tables, minutes);
  const told: Text =
    moved === 0
      ? { zh: '', en: '' }
      : {
          zh: `有 ${moved} 场已约好的面谈因此有变，会通知双方。`,
          en: ` ${moved === 1 ? 'One meeting that was agreed is' : `${moved} meetings that were agreed are`} changed by this; those concerned will be told.`,
        };
  return say(
    `${titled(c, e).zh}：${set.zh}，共 ${slots} 个时段，最多 ${slots * tables} 场面谈。参加者回复“约见 ${c.ref} 姓名”即可约人。${told.zh}`,
    `${titled(c, e).en}: ${set.en}, ${slots} ${slots === 1 ? 'slot' : 'slots'}, room for ${slots * tables} meetings. Those who come can reply “meet ${c.ref}” with a name.${told.en}`,
  );
};

export const isPassedOn = (c: Named, whom: string): Message =>
  say(
    `${c.ref}：已转告${whom}。回复“我的约见”可看您的全部约见。`,
    `${c.ref}: ${whom} has been asked. “agenda” shows all your appointments.`,
  );

export const noTablesYet = (c: Named, e: Titled): Message =>
  say(
    `${titled(c, e).zh}还没有设洽谈桌。要安排一对一面谈，请回复“桌位 ${c.ref}”。`,
    `${titled(c, e).en} has no tables for meetings yet. Reply “tables ${c.ref}” to set them up.`,
  );

export type Row = Booking & Named & { readonly person: Face };

type Plan = {
  readonly rows: readonly Row[];
  readonly waiting: number;
  readonly set: Tables;
  readonly slots: number;
  readonly calendar: Calendar;
};

const span = ({ startsAt }: Row, set: Tables, { timezone }: Calendar): Text => {
  const from = DateTime.fromJSDate(startsAt, { zone: timezone });
  const until = DateTime.fromJSDate(slotEnd(startsAt, set), { zone: timezone }).toFormat('HH:mm');
  return {
    zh: `${from.toFormat('M月d日 HH:mm')}–${until}`,
    en: `${from.setLocale('en-GB').toFormat('d LLL, HH:mm')}–${until}`,
  };
};

/** Each of the two on a line, with the number of their table. */
export const plan = (c: Named, e: Titled, { rows, waiting, set, slots, calendar }: Plan): Message => {
  const booked = rows.length / 2;
  return {
    title: { zh: `${titled(c, e).zh}约见表`, en: `Table plan of ${titled(c, e).en}` },
    text: {
      zh: `${tablesAre(set.tables, set.slotMinutes).zh}，${slots} 个时段：已约 ${booked} 场，待答复 ${waiting} 个。${booked > 0 ? '以下为桌号、姓名、时间：' : ''}`,
      en: `${tablesAre(set.tables, set.slotMinutes).en}, ${slots} ${slots === 1 ? 'slot' : 'slots'}: ${booked} agreed, ${waiting} waiting for an answer.${booked > 0 ? ' Table, name, time:' : ''}`,
    },
    people: rows.map((one) => {
      const at = span(one, set, calendar);
      return {
        number: one.table,
        name: one.person.name,
        note: { zh: `（${at.zh}，${one.ref}）`, en: ` (${at.en}, ${one.ref})` },
      };
    }),
  };
};
