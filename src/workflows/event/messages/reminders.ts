import type { Calendar } from '../../../core/calendar.js';
import { type Message, say } from '../../../core/message.js';
import type { Text } from '../../../core/text.js';
import type { Attendee } from '../../../database.js';
import type { Named, Subject } from '../header.js';
import type { ReminderKind } from '../reminder-plan.js';
import { namesOf, timeOf, titled } from './common.js';

export { notComing } from './steer.js';

export const choices: Readonly<Record<Attendee['reminders'], Text>> = {
  all: { zh: '提前一周、一天和两小时', en: 'a week, a day and two hours before' },
  day: { zh: '只在前一天', en: 'only the day before' },
  hours: { zh: '只在临近时', en: 'only shortly before' },
  none: { zh: '不用提醒', en: 'not at all' },
};

const leads: Readonly<Record<ReminderKind, Text>> = {
  week: { zh: '下周的活动', en: 'Coming up' },
  day: { zh: '提醒', en: 'A reminder' },
  hours: { zh: '马上就到', en: 'Soon' },
};

export const isSoon = (
  c: Named,
  e: Subject,
  others: readonly string[],
  kind: ReminderKind,
  calendar: Calendar,
): Message => {
  const besides =
    others.length === 0
      ? { zh: '', en: '' }
      : { zh: `（请转告${namesOf(others).zh}）`, en: ` (please tell ${namesOf(others).en})` };
  const arrive: Text =
    kind === 'hours'
      ? { zh: `到场后请回复“到了 ${c.ref}”签到。`, en: `When you are there, please reply “here ${c.ref}”. ` }
      : { zh: '', en: '' };
  return say(
    `${leads[kind].zh}：${titled(c, e).zh}，${timeOf(e, calendar).zh}，${e.place}${besides.zh}。${arrive.zh}来不了请回复“取消报名 ${c.ref}”。`,
    `${leads[kind].en}: ${titled(c, e).en}, ${timeOf(e, calendar).en}, ${e.place}${besides.en}. ${arrive.en}If you can’t come, please reply “leave ${c.ref}”.`,
  );
};

export const willRemind = (c: Named, which: Attendee['reminders']): Message =>
  say(
    `好的，${c.ref} 的提醒：${choices[which].zh}。`,
    `All right: for ${c.ref} you are reminded ${choices[which].en}.`,
  );
