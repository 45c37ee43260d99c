import { strict } from 'chrono-node/en';
import type { DateTime } from 'luxon';
import { comingWeekday, dayOf, distinct, nextDayOfMonth, nextMonthDay, weekdayOfWeek } from './days.js';
import { date, dates, type Part, type Period, type Reader, reader, type Scene } from './part.js';

const weekdayNames = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const weekday = String.raw`(?<day>mon|tue|wed|thu|fri|sat|sun)(?:day|s|sday|nesday|rs|rsday|urday|r)?(?![a-z])\.?`;
const weekdayOf = (name: string | undefined): number => weekdayNames.indexOf(name ?? '') + 1;

/** “Next Friday”: the coming one for some, the one of next week for others; weeks begin on Sunday or Monday. */
const inNextWeek = (today: DateTime, wanted: number): readonly DateTime[] => {
  const sundayWeek = today.plus({ days: 7 - (today.weekday % 7) + (wanted % 7) });
  return distinct([weekdayOfWeek(today, 1, wanted), sundayWeek]);
};
const afterToday = (today: DateTime, wanted: number): DateTime =>
  today.plus({ days: (wanted - today.weekday + 7) % 7 || 7 });

const which = (word: string, wanted: number, { today }: Scene): Part => {
  const before = afterToday(today, wanted).minus({ days: 7 });
  switch (word) {
    case 'next':
      return dates(() => distinct([afterToday(today, wanted), ...inNextWeek(today, wanted)]));
    case 'last':
      return date(before.equals(today) ? before.minus({ days: 7 }) : before);
    case 'coming':
      return date(afterToday(today, wanted));
    default:
      return date(comingWeekday(today, wanted)[0] ?? today);
  }
};

const days: Readonly<Record<string, number>> = {
  'day before yesterday': -2,
  yesterday: -1,
  today: 0,
  tonight: 0,
  'day after tomorrow': 2,
  tomorrow: 1,
};
const periods: Readonly<Record<string, Period>> = {
  morning: 'morning',
  afternoon: 'afternoon',
  evening: 'evening',
  night: 'evening',
};
const period = (word: string | undefined): readonly Part[] => {
  const found = periods[word ?? ''];
  return found ? [{ kind: 'period', period: found }] : [];
};

const amounts: Readonly<Record<string, number>> = {
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  'half an': 0.5,
};
const either = (words: object): string => Object.keys(words).join('|');
const end = '(?![a-z])';
const before = '(?<![a-z])';
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const month = String.raw`(?:${months.join('|')})[a-z]*\.?`;
const lastDay = (day: DateTime): DateTime => day.endOf('month').startOf('day');

const weekends = (word: string | undefined, today: DateTime): readonly DateTime[] => {
  const both = (weeks: number) => [6, 7].map((day) => weekdayOfWeek(today, weeks, day));
  const ahead = both(0).filter((day) => day >= today);
  if (word === 'this') return ahead;
  // “Next weekend” may be the coming one; on a weekend it can't.
  if (word === 'next') return [...(today.weekday > 5 ? [] : ahead), ...both(1)];
  return [...ahead, ...(today.weekday === 7 ? both(1) : [])];
};

/** The English words that chrono reads too freely: weekdays, parts of the day, and a bare hour. */
export const englishReaders: readonly Reader[] = [
  reader(
    `${before}(?:on |at )?(?:the |(?<which>this|next) )?week-?end${end}`,
    ({ which: word }, { today }) => [dates(() => weekends(word, today))],
  ),
  reader(
    `${before}(?:by |at )?(?:the )?end of (?:(?:the |this )?(?<unit>month|year)|(?<next>next month)|(?<name>${month}))${end}`,
    ({ unit, next, name }, { today }) => {
      if (next) return [date(lastDay(today.startOf('month').plus({ months: 1 })))];
      if (unit) return [date(today.endOf(unit === 'year' ? 'year' : 'month').startOf('day'))];
      const wanted = months.indexOf(name?.slice(0, 3) ?? '') + 1;
      const years = wanted < today.month ? 1 : 0;
      return [dates(() => dayOf(today, today.year + years, wanted, 1).map(lastDay))];
    },
  ),
  // “The 28th”, unless it has its month or is “the 1st Friday”.
  reader(
    String.raw`(?<!${month} (?:the )?)(?<![\da-z])(?<day>\d{1,2})(?:st|nd|rd|th)(?! (?:of )?(?:${month}|${weekdayNames.join('|')}))${end}`,
    ({ day }) => [dates((from) => nextDayOfMonth(from, Number(day)))],
  ),
  reader(
    `${before}(?:on )?(?:(?<which>this coming|this|next|coming|last) )?${weekday}(?: (?<week>this|next) week)?`,
    ({ which: word, day, week }, scene) => {
      const wanted = weekdayOf(day);
      if (week === 'next') return [dates(() => inNextWeek(scene.today, wanted))];
      if (week === 'this') return [date(weekdayOfWeek(scene.today, 0, wanted))];
      if (word === undefined) return [{ kind: 'weekday', weekday: wanted }];
      return [which(word === 'this coming' ? 'coming' : word, wanted, scene)];
    },
  ),
  reader(`${before}(?:the )?(?<day>${either(days)})${end}`, ({ day }, { today }) => [
    date(today.plus({ days: days[day ?? ''] ?? 0 })),
    ...(day === 'tonight' ? period('evening') : []),
  ]),
  reader(`${before}this (?<period>morning|afternoon|evening)${end}`, (found, { today }) => [
    date(today),
    ...period(found.period),
  ]),
  reader(`${before}(?:in the |at )?(?<period>${either(periods)})${end}`, (found) => period(found.period)),
  reader(
    `${before}(?<before>in )?(?<count>\\d{1,3}(?:\\.\\d)?|${either(amounts)}) (?<unit>hour|minute|min)s?${end}(?<after> from now| later)?`,
    ({ before: ahead, count, unit, after }, { now }) => {
      if (!ahead === !after) return undefined;
      const amount = amounts[count ?? ''] ?? Number(count);
      return [{ kind: 'instant', at: now.plus({ minutes: unit === 'hour' ? amount * 60 : amount }) }];
    },
  ),
  reader(`${before}(?:at )?(?:noon|midday)${end}`, () => [
    { kind: 'clock', hour: 12, minute: 0, exact: true },
  ]),
  reader(`${before}(?:at )?midnight${end}`, () => [
    { kind: 'period', period: 'evening' },
    { kind: 'clock', hour: 12, minute: 0, exact: false },
  ]),
  reader(
    String.raw`(?<![a-z\d])(?:at (?<at>\d{1,2})(?:\.(?<min>\d{2}))?(?: ?o['’]clock)?|(?<clock>\d{1,2}) ?o['’]clock)(?![\d:./-]|\s*[ap]\.?m)`,
    ({ at, min, clock }) => {
      const hour = at ?? clock ?? '';
      return [
        {
          kind: 'clock',
          hour: Number(hour),
          minute: Number(min ?? 0),
          exact: hour.startsWith('0') || Number(hour) > 12,
        },
      ];
    },
  ),
  reader(
    String.raw`[\s,()]|${before}(?:at|on|by|the)${end}|${before}from(?= ?\d)|(?<=${before}(?:${months.join('|')}|sept))\.`,
    () => [],
  ),
];

/** What the readers left of English words: “28th of november”, “in 3 days”. Undefined unless all of it is one day. */
export const readWithChrono = (words: string, { today }: Scene): Part | undefined => {
  // Chrono reckons in the zone of the process: at noon there, its calendar days are the days we want.
  const reference = new Date(today.year, today.month - 1, today.day, 12);
  const [found, ...more] = strict.parse(words, reference);
  if (!found || more.length > 0 || found.text.length !== words.length || found.end) return undefined;
  const { start } = found;
  const [year, month, day] = [start.get('year'), start.get('month'), start.get('day')];
  const sure = start.isCertain('month') && start.isCertain('day') && !start.isCertain('hour');
  if (!sure || start.isCertain('timezoneOffset') || year === null || month === null || day === null)
    return undefined;
  const yearSaid = start.isCertain('year');
  // It takes the 10 of “nov 28 10-12” for a year.
  const relative = start.tags().has('result/relativeDate');
  if (yearSaid && !relative && !words.includes(String(year))) return undefined;
  return dates((from) => (yearSaid ? dayOf(today, year, month, day) : nextMonthDay(from, month, day)));
};
