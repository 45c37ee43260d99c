import { DateTime } from 'luxon';
import { dayOf, distinct, nextMonthDay } from './days.js';
import { dates, type Part, type Reader, reader } from './part.js';

const clock = (
  hour: string,
  minute: string | undefined,
  half: string | undefined,
): readonly Part[] | undefined => {
  const typed = Number(hour);
  const minutes = Number(minute ?? 0);
  if (half === undefined)
    return [{ kind: 'clock', hour: typed, minute: minutes, exact: hour.startsWith('0') || typed > 12 }];
  if (typed > 12)
    return half === 'p' ? [{ kind: 'clock', hour: typed, minute: minutes, exact: true }] : undefined;
  const afternoon = half === 'p';
  return [
    {
      kind: 'clock',
      hour: (typed % 12) + (afternoon ? 12 : 0),
      minute: minutes,
      exact: true,
      half: afternoon ? 'p' : 'a',
    },
  ];
};

const month = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*';
const marks = '[-~‐−—–―〜]+';
const half = String.raw`(?<half>[ap])\.?m(?![a-z])\.?`;

/** Dates and times in plain digits, the same in every language. */
export const numericReaders: readonly Reader[] = [
  reader(
    String.raw`(?<iso>\d{4}-\d{2}-\d{2}t\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:z|[+-]\d{2}:\d{2}))`,
    ({ iso }, { now }) => {
      const at = DateTime.fromISO((iso ?? '').toUpperCase(), { zone: now.zone });
      return at.isValid ? [{ kind: 'instant', at }] : undefined;
    },
  ),
  reader(
    String.raw`(?<y>\d{4})(?<mark>[-/.])(?<m>\d{1,2})\k<mark>(?<d>\d{1,2})(?!\d)t?`,
    ({ y, m, d }, { today }) => [dates(() => dayOf(today, Number(y), Number(m), Number(d)))],
  ),
  reader(String.raw`(?<y>20\d{2})(?<m>\d{2})(?<d>\d{2})(?!\d)`, ({ y, m, d }, { today }) => [
    dates(() => dayOf(today, Number(y), Number(m), Number(d))),
  ]),
  // 28/11/2026 and 11/28/2026 are both in use; 3/4/2026 has two readings.
  reader(
    String.raw`(?<a>\d{1,2})(?<mark>[-/.])(?<b>\d{1,2})\k<mark>(?<y>\d{4})(?!\d)`,
    ({ a, b, y }, { today }) => [
      dates(() =>
        distinct([
          ...dayOf(today, Number(y), Number(a), Number(b)),
          ...dayOf(today, Number(y), Number(b), Number(a)),
        ]),
      ),
    ],
  ),
  // In Chinese, and with a hyphen or a dot, the month comes first. In English 3/4 may be either; 28/11 can't.
  reader(
    String.raw`(?<m>\d{1,2})(?<mark>[-/.])(?<d>\d{1,2})(?<suffix>[日号]?)(?![\d点时:/]|-\d+(?:[点时:]|\s*[ap]\.?m|-)|-$|\.\d|\s*[ap]\.?m)`,
    ({ m, mark, d, suffix }, { chinese }) => {
      const [first, second] = [Number(m), Number(d)];
      // 11-12号 may be one day or two.
      if (mark === '-' && suffix) return undefined;
      const swapped = !chinese && (mark === '/' || first > 12);
      if (first > 12 && !swapped) return undefined;
      return [
        dates((from) =>
          distinct([
            ...nextMonthDay(from, first, second),
            ...(swapped ? nextMonthDay(from, second, first) : []),
          ]),
        ),
      ];
    },
  ),
  reader(String.raw`(?<h>\d{1,2}):(?<min>\d{2})(?::\d{2})?(?!\d)(?:\s*${half})?`, ({ h, min, half }) =>
    clock(h ?? '', min, half),
  ),
  reader(String.raw`(?<h>\d{1,2})(?:\.(?<min>\d{2}))?\s*${half}`, ({ h, min, half }) =>
    clock(h ?? '', min, half),
  ),
  // 2-5pm: the first hour borrows its half of the day. Whether 10-12am ends at noon or at midnight nobody knows.
  reader(
    String.raw`(?<h>\d{1,2})(?=\s*(?:${marks}|to|until|till)\s*(?!12\s*a)\d{1,2}(?::\d{2})?\s*[ap]\.?m)`,
    ({ h }) => clock(h ?? '', undefined, undefined),
  ),
  // 28-Nov-2026 and Nov-28 are one day, Nov 28-Nov 30 is two.
  reader(
    String.raw`(?<=(?<![a-z]\.? ?|\d)\d{1,2})-(?=${month})|(?<=(?<!\d(?:st|nd|rd|th)? ?)${month})-(?=\d)|(?<=${month})-(?=\d{4})`,
    () => [],
  ),
  reader(`${marks}|至|到|(?:to|until|till)(?![a-z])`, () => [{ kind: 'to' }]),
];
