import { DateTime } from 'luxon';
import { describe, expect, test } from 'vitest';
import { period, periodInstants } from '../../src/core/questions.js';

const zone = 'Asia/Shanghai';
// A Monday.
const now = DateTime.fromISO('2026-11-23T10:00', { zone }).toJSDate();
const wording = {
  label: { zh: '日期', en: 'Days' },
  ask: { zh: '从哪天到哪天？', en: 'From which day to which?' },
};
const closed = period(wording);
const open = period({ ...wording, open: true });
const hear = (words: string, question = closed) => question.hear(words, { now, timezone: zone });

describe('days from … until …', () => {
  const december = '2026-12-01/2026-12-08';
  test.each([
    ['2026-12-01..12-08', december],
    ['2026-12-01..2026-12-08', december],
    ['2026-12-01 .. 08', december],
    ['2026-12-01/2026-12-08', december],
    ['2026-12-01 to 2026-12-08', december],
    ['2026-12-01~2026-12-08', december],
    ['2026-12-01-2026-12-08', december],
    ['2026/12/1-2026/12/8', december],
    ['2026.12.1—2026.12.8', december],
    ['12-01-12-08', december],
    ['12.1-12.8', december],
    ['12.1~8', december],
    ['12月1日至8日', december],
    ['12月1日-12月8日', december],
    ['12月1日到12月8号', december],
    ['12月1-8日', december],
    ['12月1号—8号', december],
    ['12月1~8', december],
    ['１２月１日至１２月８日', december],
    ['十二月一日至十二月八日', december],
    ['从12月1日到8日', december],
    ['1号到8号', december],
    ['1-8号', december],
    ['2026年12月1日至2026年12月8日', december],
    ['12月1日至2026年12月8日', december],
    ['2026年12月1日（周二）至2026年12月8日（周二），共8天', december],
    ['12月1日起8天', december],
    ['12月1日开始，连续八天', december],
    ['1 Dec to 8 Dec', december],
    ['1 Dec – 8 Dec', december],
    ['1 Dec until 8 Dec 2026', december],
    ['1st to 8th of December', december],
    ['from 1 Dec to 8 Dec', december],
    ['Dec 1-8', december],
    ['Dec 1 - Dec 8', december],
    ['December 1st to 8th', december],
    ['Dec 1-8, 2026', december],
    ['1-8 Dec', december],
    ['1-8 December 2026', december],
    ['1 Dec to 8', december],
    ['1 Dec for 8 days', december],
    ['Tue 1 Dec 2026 to Tue 8 Dec 2026, 8 days', december],
    ['明天到周五', '2026-11-24/2026-11-27'],
    ['明天至后天', '2026-11-24/2026-11-25'],
    ['明天起三天', '2026-11-24/2026-11-26'],
    ['周三到周五', '2026-11-25/2026-11-27'],
    ['周五到周一', '2026-11-27/2026-11-30'],
    ['下周一到周五', '2026-11-30/2026-12-04'],
    ['今天到12月2日', '2026-11-23/2026-12-02'],
    ['12月28日至1月3日', '2026-12-28/2027-01-03'],
    ['28 Dec to 3 Jan', '2026-12-28/2027-01-03'],
    ['28 Dec to 3 Jan 2027', '2026-12-28/2027-01-03'],
    ['1 Feb to 8 Feb 2028', '2028-02-01/2028-02-08'],
    ['12月28日到3日', '2026-12-28/2027-01-03'],
    ['tomorrow to Friday', '2026-11-24/2026-11-27'],
    ['tomorrow until 2 Dec', '2026-11-24/2026-12-02'],
    ['12月1日', '2026-12-01/2026-12-01'],
    ['明天', '2026-11-24/2026-11-24'],
    ['1 December', '2026-12-01/2026-12-01'],
    ['today', '2026-11-23/2026-11-23'],
  ])('%s', (words, value) => {
    expect(hear(words)).toEqual({ kind: 'understood', value, echo: true });
    // What is said back in either language can be read again, and is kept.
    const said = closed.show(value);
    expect(hear(said.zh)).toMatchObject({ value });
    expect(hear(said.en)).toMatchObject({ value });
    expect(closed.schema.safeParse(value).success).toBe(true);
  });

  test.each([
    ['3/12 to 8/12', /12 Mar.*3 Dec|3 Dec.*12 Mar/],
    ['1 Dec to 3/12', /12 Mar.*3 Dec|3 Dec.*12 Mar/],
    ['周一到周三', /23 Nov.*30 Nov/],
    ['next Friday to 9 Dec', /27 Nov.*4 Dec/],
    ['11月20日至2026年11月30日', /20 Nov 2026 has already passed/],
    ['昨天到周五', /22 Nov 2026 has already passed/],
    ['后天到明天', /24 Nov 2026 comes before/],
    ['12月8日至2026年12月1日', /already passed|comes before/],
    ['2026-12-08..2026-12-01', /comes before/],
    ['1 Dec 2026 to 2 Dec 2027', /more than a year/],
    ['12月1日起', /from which day to which/],
    ['from 1 Dec', /from which day to which/],
    ['下周', /from which day to which/],
    ['12月初', /could be/],
    ['不去了', /from which day to which/],
    ['1 to 8', /from which day to which/],
    ['12月1日到12月3日到12月8日', /from which day to which/],
    ['2026-02-30..2026-03-02', /from which day to which/],
    ['', /from which day to which/],
    ['1-'.repeat(200), /from which day to which/],
  ])('%s is asked again', (words, problem) => {
    const heard = hear(words);
    expect(heard.kind).toBe('unclear');
    expect(heard.kind === 'unclear' && heard.problem.en).toMatch(problem);
  });

  test.each(['12月1日起', '从12月1日开始', 'from 1 Dec', 'from 1 Dec onwards', '1 Dec onwards'])(
    '%s has no end, where that may be',
    (words) => {
      expect(hear(words, open)).toEqual({ kind: 'understood', value: '2026-12-01/..', echo: true });
      expect(open.schema.safeParse('2026-12-01/..').success).toBe(true);
      expect(closed.schema.safeParse('2026-12-01/..').success).toBe(false);
      const said = open.show('2026-12-01/..');
      expect(hear(said.zh, open)).toMatchObject({ value: '2026-12-01/..' });
      expect(hear(said.en, open)).toMatchObject({ value: '2026-12-01/..' });
    },
  );

  test('lasts from the first instant of the first day until the first one after the last day', () => {
    expect(periodInstants('2026-12-01/2026-12-08', zone)).toEqual({
      from: new Date('2026-11-30T16:00:00Z'),
      until: new Date('2026-12-08T16:00:00Z'),
    });
  });

  test.each(['2026-12-08/2026-12-01', '2026-12-01', '2026-12-01/x', '2026-02-30/2026-03-01', ''])(
    '%s is no value',
    (value) => {
      expect(closed.schema.safeParse(value).success).toBe(false);
    },
  );
});
