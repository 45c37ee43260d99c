import { DateTime } from 'luxon';
import { z } from 'zod';
import { mostDays, type ReadSpan, readSpan, type Span } from '../moments/span.js';
import { sayMoment } from '../moments.js';
import type { Asking, Heard, Question } from '../question.js';
import type { Text } from '../text.js';
import { excerpt, unclear, type Wording } from './hearing.js';

const example: Text = { zh: '“11月28日 14:00-16:00”', en: '“28 Nov, 14:00-16:00”' };
const mostReadings = 3;

/**
 * From when to when something lasts, up to 14 days, from now on. The value is an ISO 8601 interval of two
 * instants with the offset of the zone in which it was asked. Always said back before it counts.
 */
export const span = ({ label, ask, hint }: Wording): Question<string> => ({
  kind: 'span',
  label,
  ask,
  hint: hint ?? { zh: `如${example.zh}`, en: `Such as ${example.en}` },
  optional: false,
  schema: z.string().refine(isSpan),
  hear: (words, asking) => {
    const found = readSpan(words, asking);
    switch (found.kind) {
      case 'none':
        return unclear(
          `没有看明白“${excerpt(words)}”是从什么时候到什么时候。请写成${example.zh}这样。`,
          `Sorry, I can’t tell from when to when “${excerpt(words)}” is. Please write it like ${example.en}.`,
        );
      case 'unfinished':
        return untilWhen(words, found, asking);
      case 'ambiguous':
        return severalReadings(words, found.options, asking);
      case 'backwards':
        return backwards(found, asking);
      case 'span':
        return checked(found, asking);
      default:
        return found satisfies never;
    }
  },
  show: saySpan,
});

/** The instants of a span; `timezone` is that of a value without an offset. */
export const spanInstants = (value: string, timezone: string): Span => {
  const [from = '', until = ''] = value.split('/');
  return {
    from: DateTime.fromISO(from, { zone: timezone }).toJSDate(),
    until: DateTime.fromISO(until, { zone: timezone }).toJSDate(),
  };
};

/** 2026年11月28日（周六）14:00–16:00, in the zone in which it was asked; it can be read again. */
export const saySpan = (value: string): Text => {
  const [from = '', until = ''] = value.split('/');
  return say(DateTime.fromISO(from, { setZone: true }), DateTime.fromISO(until, { setZone: true }));
};

const say = (from: DateTime, until: DateTime): Text => {
  const first = sayMoment(from.toJSDate(), from.zoneName ?? 'utc', { time: true });
  // Midnight ends a day; it does not begin another one.
  const atMidnight = until.equals(until.startOf('day'));
  const lastDay = atMidnight ? until.minus({ days: 1 }) : until;
  const clock = atMidnight ? '24:00' : until.toFormat('HH:mm');
  if (lastDay.hasSame(from, 'day')) return { zh: `${first.zh}–${clock}`, en: `${first.en}–${clock}` };
  const day = sayMoment(lastDay.toJSDate(), until.zoneName ?? 'utc', { time: false });
  return { zh: `${first.zh}至${day.zh}${clock}`, en: `${first.en} to ${day.en}, ${clock}` };
};

const inZone = ({ from, until }: Span, { timezone }: Asking): readonly [DateTime, DateTime] => [
  DateTime.fromJSDate(from, { zone: timezone }),
  DateTime.fromJSDate(until, { zone: timezone }),
];

const isSpan = (value: string): boolean => {
  const [from = '', until = '', ...more] = value.split('/');
  const instant = z.iso.datetime({ offset: true, precision: 3 });
  if (more.length > 0 || ![from, until].every((one) => instant.safeParse(one).success)) return false;
  const [first, last] = [DateTime.fromISO(from), DateTime.fromISO(until)];
  return (
    [first, last].every((one) => one.isValid && one.equals(one.startOf('minute'))) &&
    first < last &&
    last <= first.plus({ days: mostDays })
  );
};

const checked = (found: Span, asking: Asking): Heard<string> => {
  const [from, until] = inZone(found, asking);
  if (found.from.getTime() < asking.now.getTime()) {
    const start = sayMoment(found.from, asking.timezone, { time: true });
    return unclear(
      `开始时间${start.zh}已经过去了。请填写今后的时间，如${example.zh}。`,
      `It would begin on ${start.en}, which has already passed. Please give a time that lies ahead, like ${example.en}.`,
    );
  }
  if (until > from.plus({ days: mostDays })) {
    const said = say(from, until);
    return unclear(
      `${said.zh}，超过${mostDays}天了。请核对开始和结束的日期，写成${example.zh}这样。`,
      `${said.en}, is longer than ${mostDays} days. Please check both dates and write them like ${example.en}.`,
    );
  }
  const value = `${from.toISO() ?? ''}/${until.toISO() ?? ''}`;
  return { kind: 'understood', value, echo: true };
};

const backwards = (found: Span, asking: Asking): Heard<never> => {
  const [from, until] = inZone(found, asking);
  const [start, end] = [found.from, found.until].map((at) => sayMoment(at, asking.timezone, { time: true }));
  const again = until.hasSame(from, 'day')
    ? {
        zh: '如果第二天才结束，请把结束的日期也写上，如“11月28日20:00至11月29日02:00”。',
        en: 'If it ends on the next day, please write that day too, like “28 Nov 20:00 to 29 Nov 02:00”.',
      }
    : {
        zh: `请先写开始的时间，再写结束的时间，如${example.zh}。`,
        en: `Please give the start, then the end, like ${example.en}.`,
      };
  return unclear(
    `结束时间${end?.zh ?? ''}不在开始时间${start?.zh ?? ''}之后。${again.zh}`,
    `The end, ${end?.en ?? ''}, is not after the start, ${start?.en ?? ''}. ${again.en}`,
  );
};

/** What is known is said again with a possible end, to be copied and changed. */
const untilWhen = (
  words: string,
  { starts, lastDay }: Extract<ReadSpan, { kind: 'unfinished' }>,
  { timezone }: Asking,
): Heard<never> => {
  const readings = starts
    .slice(0, mostReadings)
    .map(({ at, hasTime }) => sayMoment(at, timezone, { time: hasTime }));
  const zh = readings.map((one) => one.zh).join('或');
  const en = readings.map((one) => one.en).join(' or ');
  const start = starts.at(-1);
  const at = DateTime.fromMillis(start?.at.getTime() ?? 0, { zone: timezone });
  const last = lastDay && DateTime.fromJSDate(lastDay, { zone: timezone });
  const from = start?.hasTime ? at : at.set({ hour: last ? 9 : 14 });
  const whole = say(from, last && last > from ? last.set({ hour: 17 }) : from.plus({ hours: 2 }));
  if (start?.hasTime) {
    return unclear(
      `“${excerpt(words)}”是${zh}开始，到什么时候结束？请写全，如“${whole.zh}”。`,
      `“${excerpt(words)}” begins on ${en}. Until when? Please write it all, like “${whole.en}”.`,
    );
  }
  const until = last && sayMoment(last.toJSDate(), timezone, { time: false });
  const days = { zh: until ? `${zh}至${until.zh}` : zh, en: until ? `${en} to ${until.en}` : en };
  return unclear(
    `“${excerpt(words)}”是${days.zh}，还差几点到几点。请写全，如“${whole.zh}”；全天的，请在日期后写“全天”。`,
    `“${excerpt(words)}” is ${days.en}, but from what time to what time? Please write it all, like “${whole.en}”; for whole days, write “all day” after the date.`,
  );
};

const severalReadings = (words: string, options: readonly Span[], asking: Asking): Heard<never> => {
  const shown = options.slice(0, mostReadings).map((one) => say(...inZone(one, asking)));
  const zh = shown.map((one) => `“${one.zh}”`);
  const en = shown.map((one) => `“${one.en}”`);
  return unclear(
    `“${excerpt(words)}”可以理解为${zh.join('或')}。请写明是哪一个，例如直接回复${zh[0] ?? ''}。`,
    `“${excerpt(words)}” could be ${en.join(' or ')}. Please say which, for example by replying ${en[0] ?? ''}.`,
  );
};
