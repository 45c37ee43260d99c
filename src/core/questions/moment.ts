import { DateTime } from 'luxon';
import { z } from 'zod';
import { readMoment, sayMoment } from '../moments.js';
import type { Asking, Heard, Question } from '../question.js';
import type { Text } from '../text.js';
import { excerpt, unclear, type Wording } from './hearing.js';

export type MomentAsked = Wording & {
  /** A day alone is kept as its first instant. */
  readonly need: 'day' | 'time';
};

const examples = {
  day: { zh: '“11月28日”', en: '“28 Nov”' },
  time: { zh: '“11月28日 14:00”', en: '“28 Nov, 14:00”' },
} as const satisfies Readonly<Record<'day' | 'time', Text>>;

const mostReadings = 3;

/**
 * A day, or a day and a time, from now on. The value is ISO 8601 to the minute, with the offset of the zone in
 * which it was asked. Always said back before it counts.
 */
export const moment = ({ label, ask, hint, need }: MomentAsked): Question<string> => {
  const example = examples[need];
  const say = (at: Date, timezone: string): Text => sayMoment(at, timezone, { time: need === 'time' });

  const hear = (words: string, { now, timezone }: Asking): Heard<string> => {
    const found = readMoment(words, { now, timezone, need });
    switch (found.kind) {
      case 'none':
        return unclear(
          `没有看明白“${excerpt(words)}”是哪${need === 'day' ? '一天' : '个时间'}。请写成${example.zh}这样。`,
          `Sorry, I can’t tell which ${need} “${excerpt(words)}” is. Please write it like ${example.en}.`,
        );
      case 'ambiguous':
        return need === 'time' && found.options.some((one) => !one.hasTime)
          ? severalDays(
              words,
              found.options.map(({ at }) => sayMoment(at, timezone, { time: false })),
            )
          : severalReadings(
              words,
              found.options.map(({ at }) => say(at, timezone)),
            );
      case 'moment': {
        const day = sayMoment(found.at, timezone, { time: false });
        if (need === 'time' && !found.hasTime) {
          return unclear(
            `您写的是${day.zh}，还差几点几分。请连同日期一起写，如${example.zh}。`,
            `That is ${day.en}, but at what time? Please write the day and the time, like ${example.en}.`,
          );
        }
        const local = DateTime.fromJSDate(found.at, { zone: timezone });
        const earliest = need === 'day' ? DateTime.fromJSDate(now, { zone: timezone }).startOf('day') : now;
        if (found.at.getTime() < earliest.valueOf()) {
          const said = say(found.at, timezone);
          return unclear(
            `${said.zh}已经过去了。请填写今后的${need === 'day' ? '日期' : '时间'}，如${example.zh}。`,
            `${said.en} has already passed. Please give a ${need} that lies ahead, like ${example.en}.`,
          );
        }
        const value = local.toISO({ suppressMilliseconds: true, suppressSeconds: false });
        return value === null
          ? unclear('日期无效。', 'Invalid date.')
          : { kind: 'understood', value, echo: true };
      }
      default:
        return found satisfies never;
    }
  };

  return {
    kind: 'moment',
    label,
    ask,
    hint: hint ?? { zh: `如${example.zh}`, en: `Such as ${example.en}` },
    optional: false,
    schema: z.iso.datetime({ offset: true, precision: 0 }).refine((value) => {
      const at = DateTime.fromISO(value, { setZone: true });
      return at.isValid && at.second === 0 && (need === 'time' || at.equals(at.startOf('day')));
    }),
    hear,
    show: (value) => {
      const at = DateTime.fromISO(value, { setZone: true });
      return say(at.toJSDate(), at.zoneName ?? 'utc');
    },
  };
};

/** Without a time of day, a reading copied back would mean midnight: the time is asked for as well. */
const severalDays = (words: string, days: readonly Text[]): Heard<never> => {
  const shown = days.slice(0, mostReadings);
  return unclear(
    `“${excerpt(words)}”可以理解为${shown.map((one) => one.zh).join('或')}。请写明是哪一天、几点，如“${shown[0]?.zh} 14:00”。`,
    `“${excerpt(words)}” could be ${shown.map((one) => one.en).join(' or ')}. Please write the day and the time, like “${shown[0]?.en}, 14:00”.`,
  );
};

const severalReadings = (words: string, readings: readonly Text[]): Heard<never> => {
  const shown = readings.slice(0, mostReadings);
  const zh = shown.map((one) => `“${one.zh}”`);
  const en = shown.map((one) => `“${one.en}”`);
  return unclear(
    `“${excerpt(words)}”可以理解为${zh.join('或')}。请写明是哪一个，例如直接回复${zh[0] ?? ''}。`,
    `“${excerpt(words)}” could be ${en.join(' or ')}. Please say which, for example by replying ${en[0] ?? ''}.`,
  );
};
