import type { DateTime } from 'luxon';
import { readNumeral } from '../numerals.js';
import { dayOf, nextDayOfMonth, nextMonthDay, weekdayOfWeek } from './days.js';
import { feasts, nextFeast } from './feasts.js';
import { date, dates, type Part, type Period, type Reader, reader, type Scene } from './part.js';

// Nothing in a date goes beyond hundreds.
const numeralCharacters = '〇零一二三四五六七八九十百两廿卅';
const numeral = String.raw`\d{1,2}|[${numeralCharacters}]{1,3}`;
const amount = String.raw`\d{1,3}(?:\.\d)?|[${numeralCharacters}]{1,4}`;
const noNumeral = String.raw`(?![\d${numeralCharacters}])`;
// 国庆前 and 元旦3天后 are other days; 十一点, 十一号 and 五一二 no holidays.
const afterFeast = String.raw`[前后]|(?:${numeral})个?(?:天|周|星期|礼拜|月|年)|(?<=[五十]一)[\d${numeralCharacters}月日号点时个天]`;
const yearWord = String.raw`(?:(?<year>\d{4}|\d{2}|[〇零一二三四五六七八九]{4}|[〇零一二三四五六七八九]{2}|[前去今明后])年)?`;
const monthWord = `(?:(?<shift>下+个?|上+个?|这个?|本)月|${yearWord}的?(?<month>${numeral})月份?)`;
const number = (words: string | undefined): number => readNumeral(words ?? '') ?? Number.NaN;

const relativeYears: Readonly<Record<string, number>> = { 前: -2, 去: -1, 今: 0, 明: 1, 后: 2 };
const yearOf = (words: string, scene: Scene): number => {
  const shift = relativeYears[words];
  if (shift !== undefined) return scene.today.year + shift;
  const year = number(words);
  return year < 100 ? 2000 + year : year;
};

const monthDay = (year: string | undefined, month: number, day: number, scene: Scene): Part =>
  dates((from) =>
    year === undefined ? nextMonthDay(from, month, day) : dayOf(from, yearOf(year, scene), month, day),
  );

/** How many months or weeks 下下个, 上, 本 lead away. */
const steps = (words: string): number =>
  [...words].reduce((sum, character) => sum + (character === '下' ? 1 : character === '上' ? -1 : 0), 0);

const weekdays = '一二三四五六日天';
const weekdayOf = (character: string): number => {
  const at = weekdays.indexOf(character);
  return at < 0 ? Number(character) : Math.min(at + 1, 7);
};

const shortDays: Readonly<Record<string, number>> = { 今: 0, 明: 1, 后: 2, 昨: -1 };
const dayWords: Readonly<Record<string, number>> = {
  大前天: -3,
  前天: -2,
  昨天: -1,
  今儿: 0,
  明儿: 1,
  后儿: 2,
  昨日: -1,
  今天: 0,
  今日: 0,
  明天: 1,
  明日: 1,
  后天: 2,
  大后天: 3,
};

const periods: Readonly<Record<string, Period>> = {
  凌晨: 'dawn',
  清晨: 'morning',
  大清早: 'morning',
  清早: 'morning',
  早上: 'morning',
  早晨: 'morning',
  上午: 'morning',
  早: 'morning',
  晨: 'morning',
  中午: 'noon',
  下午: 'afternoon',
  午后: 'afternoon',
  傍晚: 'dusk',
  晚上: 'evening',
  夜里: 'evening',
  夜晚: 'evening',
  夜间: 'evening',
  半夜: 'evening',
  深夜: 'evening',
  午夜: 'evening',
  晚: 'evening',
  夜: 'evening',
};
const period = (words: string | undefined): readonly Part[] => {
  const found = periods[words ?? ''];
  return found ? [{ kind: 'period', period: found }] : [];
};

const either = (words: object): string => Object.keys(words).join('|');

/** The first days, the middle and the last day of a month: only the last is one day. */
const edges: Readonly<Record<string, (start: DateTime) => readonly DateTime[]>> = {
  初: (start) => [1, 2, 3].map((day) => start.set({ day })),
  中: (start) => [14, 15, 16].map((day) => start.set({ day })),
  底: (start) => [start.endOf('month').startOf('day')],
  末: (start) => [start.endOf('month').startOf('day')],
};
const edgeOf = (word: string | undefined, start: DateTime): readonly DateTime[] =>
  edges[word ?? '']?.(start) ?? [];

const later = (count: number, unit: string, { now, today }: Scene): Part | undefined => {
  const half = count % 1 !== 0;
  switch (unit) {
    case '分钟':
      return { kind: 'instant', at: now.plus({ minutes: count }) };
    case '刻钟':
      return { kind: 'instant', at: now.plus({ minutes: count * 15 }) };
    case '小时':
    case '钟头':
      return { kind: 'instant', at: now.plus({ minutes: count * 60 }) };
    case '天':
    case '日':
      return half ? undefined : date(today.plus({ days: count }));
    case '周':
    case '星期':
    case '礼拜':
      return half ? undefined : date(today.plus({ days: count * 7 }));
    case '月':
      return half
        ? count === 0.5
          ? date(today.plus({ days: 15 }))
          : undefined
        : date(today.plus({ months: count }));
    case '年':
      return half
        ? count === 0.5
          ? date(today.plus({ months: 6 }))
          : undefined
        : date(today.plus({ years: count }));
    default:
      return undefined;
  }
};

/** Dates and times in simplified Chinese. Longer wordings stand before the shorter ones they begin with. */
export const chineseReaders: readonly Reader[] = [
  reader(
    `(?<over>再?过)?(?:(?<count>${amount})个?(?<more>半)?|(?<half>半)个?)(?<unit>分钟|刻钟|小时|钟头|天|日|周|星期|礼拜|月|年)(?<after>以后|之后|后)?(?!天)`,
    ({ over, count, more, half, unit, after }, scene) => {
      // 过两天 is some day soon.
      if (!after && count === '两' && unit === '天') return undefined;
      const found = half ? 0.5 : number(count) + (more ? 0.5 : 0);
      const part = (over || after) && !Number.isNaN(found) ? later(found, unit ?? '', scene) : undefined;
      return part && [part];
    },
  ),
  reader(`${yearWord}(?<feast>${either(feasts)})(?:节|当天)*(?!${afterFeast})`, ({ year, feast }, scene) => {
    const found = feasts[feast ?? ''];
    return (
      found && [
        dates((from) => (year === undefined ? nextFeast(found, from) : found(yearOf(year, scene), from))),
      ]
    );
  }),
  reader(`${yearWord}年?(?<=年)[底末]`, ({ year }, scene) => [monthDay(year, 12, 31, scene)]),
  reader(`(?:${monthWord}的?|月)(?<edge>[初中底末])(?!旬)`, ({ shift, year, month, edge }, scene) => {
    if (month === undefined && shift === undefined) {
      const here = scene.today.startOf('month');
      const soon = edgeOf(edge, here).filter((day) => day >= scene.today);
      return [dates(() => (soon.length > 0 ? soon : edgeOf(edge, here.plus({ months: 1 }))))];
    }
    if (month === undefined) {
      const start = scene.today.startOf('month').plus({ months: steps(shift ?? '') });
      return [dates(() => edgeOf(edge, start))];
    }
    return [
      dates((from) => {
        const wanted = number(month);
        const start = dayOf(from, year === undefined ? from.year : yearOf(year, scene), wanted, 1);
        const passed = year === undefined && wanted < from.month;
        return start.flatMap((day) => edgeOf(edge, passed ? day.plus({ years: 1 }) : day));
      }),
    ];
  }),
  reader(
    String.raw`${monthWord}的?(?<day>${numeral})(?:[日号]|(?![\d${numeralCharacters}点时:]))`,
    ({ shift, year, month, day }, scene) => {
      if (month !== undefined) return [monthDay(year, number(month), number(day), scene)];
      const there = scene.today.startOf('month').plus({ months: steps(shift ?? '') });
      return [dates(() => dayOf(there, there.year, there.month, number(day)))];
    },
  ),
  reader(`(?<day>${numeral})[日号]`, ({ day }) => [dates((from) => nextDayOfMonth(from, number(day)))]),
  reader(`(?<day>${either(dayWords)})`, ({ day }, { today }) => [
    date(today.plus({ days: dayWords[day ?? ''] ?? 0 })),
  ]),
  reader(`(?<day>[今明后昨])(?<period>[早晨晚夜])上?`, ({ day, period: part }, { today }) => [
    date(today.plus({ days: shortDays[day ?? ''] ?? 0 })),
    ...period(part),
  ]),
  reader(`(?<week>(?:[下上]个?)+|这个?|本)?(?:周|星期|礼拜)末`, ({ week }, { today }) => {
    const both = (weeks: number) => [6, 7].map((weekday) => weekdayOfWeek(today, weeks, weekday));
    if (week !== undefined) return [dates(() => both(steps(week)))];
    return [dates(() => [...both(0), ...(today.weekday === 7 ? both(1) : [])].filter((day) => day >= today))];
  }),
  reader(
    `(?<week>(?:[下上]个?)+|这个?|本)?(?:周|星期|礼拜)(?<day>[${weekdays}1-7])`,
    ({ week, day }, { today }) => {
      const weekday = weekdayOf(day ?? '');
      return week === undefined
        ? [{ kind: 'weekday', weekday }]
        : [date(weekdayOfWeek(today, steps(week), weekday))];
    },
  ),
  reader(
    String.raw`(?<h>${numeral})(?:点钟?|时)(?:(?<half>半)|(?<quarter>[一二三123])刻|整|过?(?<min>\d{1,2}|[${numeralCharacters}]{1,3})分?(?![\d月日号]))?`,
    ({ h, half, quarter, min }) => {
      const hour = number(h);
      const minute = half
        ? 30
        : quarter
          ? number(quarter) * 15
          : min
            ? number(min.replace(/^[零〇](?=.)/u, ''))
            : 0;
      if (Number.isNaN(hour) || Number.isNaN(minute)) return undefined;
      return [{ kind: 'clock', hour, minute, exact: /^[0零〇]/u.test(h ?? '') || hour > 12 }];
    },
  ),
  // 10-12点: the first hour borrows the word of the second.
  reader(String.raw`(?<h>\d{1,2})(?=[-~—–到至]\d{1,2}[点时])`, ({ h }) => [
    { kind: 'clock', hour: Number(h), minute: 0, exact: Number(h) > 12 },
  ]),
  reader('正午', () => [{ kind: 'clock', hour: 12, minute: 0, exact: true }]),
  reader(`午夜${noNumeral}`, () => [...period('午夜'), { kind: 'clock', hour: 12, minute: 0, exact: false }]),
  reader(`(?<period>${either(periods)})`, ({ period: part }) => period(part)),
  reader(String.raw`[\s,()\[\]【】的于在吧]|当天|那天`, () => []),
];
