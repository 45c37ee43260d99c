import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { saySpan, span, spanInstants } from '../../src/core/questions.js';

const zone = 'Asia/Shanghai';
// A Sunday.
const now = DateTime.fromISO('2026-11-22T10:00', { zone }).toJSDate();
const question = span({
  label: { zh: '时间', en: 'Time' },
  ask: { zh: '从什么时候到什么时候？', en: 'From when to when?' },
});
const hear = (words: string, at = now, timezone = zone) => question.hear(words, { now: at, timezone });
const problem = (words: string, at = now) => {
  const heard = hear(words, at);
  if (heard.kind !== 'unclear') throw new Error(`“${words}” was understood as ${heard.value}`);
  return heard.problem;
};
/** “28 14:00 – 28 16:00” for the interval as it is kept, with its month where that is not November 2026. */
const short = (value: string): string =>
  value
    .split('/')
    .map((iso) => DateTime.fromISO(iso, { setZone: true }))
    .map((at) => at.toFormat(at.month === 11 ? 'd HH:mm' : 'd MMM HH:mm'))
    .join(' – ');

const chinese: readonly [string, string][] = [
  ['11月28日14:00-16:00', '28 14:00 – 28 16:00'],
  ['11月28日 14：00－16：00', '28 14:00 – 28 16:00'],
  ['11月28日14:00～16:00', '28 14:00 – 28 16:00'],
  ['11月28日14:00〜16:00', '28 14:00 – 28 16:00'],
  ['１１月２８日１４：００－１６：００', '28 14:00 – 28 16:00'],
  ['11月28日（周六）下午2点到5点', '28 14:00 – 28 17:00'],
  ['十一月二十八号下午两点到五点', '28 14:00 – 28 17:00'],
  ['28号下午2点半—5点', '28 14:30 – 28 17:00'],
  ['28号下午2点半——5点', '28 14:30 – 28 17:00'],
  ['28号下午2-5点', '28 14:00 – 28 17:00'],
  ['28号14-17点', '28 14:00 – 28 17:00'],
  ['28号下午2:00-5:00', '28 14:00 – 28 17:00'],
  ['11.28 14:00-16:00', '28 14:00 – 28 16:00'],
  ['11/28 14:00-16:00', '28 14:00 – 28 16:00'],
  ['2026-11-28 14:00-16:00', '28 14:00 – 28 16:00'],
  ['2026-11-28 14:00 至 2026-11-28 16:00', '28 14:00 – 28 16:00'],
  ['明天上午9点至12点', '23 09:00 – 23 12:00'],
  ['明天上午9点到下午5点', '23 09:00 – 23 17:00'],
  ['明天上午9点到3点', '23 09:00 – 23 15:00'],
  ['明天9点到5点', '23 09:00 – 23 17:00'],
  ['明天8点到6点', '23 08:00 – 23 18:00'],
  ['明天8点到12点', '23 08:00 – 23 12:00'],
  ['明天11点到1点', '23 11:00 – 23 13:00'],
  ['明天中午12点到2点', '23 12:00 – 23 14:00'],
  ['明天傍晚6点到9点', '23 18:00 – 23 21:00'],
  ['明晚7点到9点半', '23 19:00 – 23 21:30'],
  ['今晚8点到12点', '22 20:00 – 23 00:00'],
  ['今晚8点到凌晨1点', '22 20:00 – 23 01:00'],
  ['今晚8点到次日上午10点', '22 20:00 – 23 10:00'],
  ['28日20:00-24:00', '28 20:00 – 29 00:00'],
  ['28日20:00-0:00', '28 20:00 – 29 00:00'],
  ['今天3点到5点', '22 15:00 – 22 17:00'],
  ['14:00-16:00', '22 14:00 – 22 16:00'],
  ['9:00-11:00', '23 09:00 – 23 11:00'],
  ['14:00-16:00，11月28日', '28 14:00 – 28 16:00'],
  ['从明天下午2点开始到4点结束', '23 14:00 – 23 16:00'],
  ['明天下午2点开始，4点结束', '23 14:00 – 23 16:00'],
  ['後天下午兩點至四點', '24 14:00 – 24 16:00'],
  ['下週三14:00（3小時）', '25 14:00 – 25 17:00'],
  // a start and a length
  ['明天下午2点，2小时', '23 14:00 – 23 16:00'],
  ['明天下午2点，2个小时', '23 14:00 – 23 16:00'],
  ['明天下午2点，共2h', '23 14:00 – 23 16:00'],
  ['明天下午2点 两个半小时', '23 14:00 – 23 16:30'],
  ['明天下午2点，1.5小时', '23 14:00 – 23 15:30'],
  ['明天下午2点，一小时三十分钟', '23 14:00 – 23 15:30'],
  ['明天下午2点，一小时半', '23 14:00 – 23 15:30'],
  ['明天下午2点，半小时', '23 14:00 – 23 14:30'],
  ['明天下午2点半个小时', '23 14:00 – 23 14:30'],
  ['明天下午2点，90分钟', '23 14:00 – 23 15:30'],
  ['明天下午2点，三刻钟', '23 14:00 – 23 14:45'],
  ['明天下午2点30分，时长一个钟头', '23 14:30 – 23 15:30'],
  ['明天下午2点开始，持续三个小时', '23 14:00 – 23 17:00'],
  ['明天下午2点开两个小时', '23 14:00 – 23 16:00'],
  ['下周三14:00（3小时）', '25 14:00 – 25 17:00'],
  ['下周三14:00-17:00（3小时）', '25 14:00 – 25 17:00'],
  ['2小时后，3小时', '22 12:00 – 22 15:00'],
  // several days
  ['12月1日9:00至12月2日17:00', '1 Dec 09:00 – 2 Dec 17:00'],
  ['12月1日9:00至2日17:00', '1 Dec 09:00 – 2 Dec 17:00'],
  ['12月1日-2日 9:00-17:00', '1 Dec 09:00 – 2 Dec 17:00'],
  ['12月1-2日 9:00-17:00', '1 Dec 09:00 – 2 Dec 17:00'],
  ['12月1日（周二）至3日（周四） 9:00-17:00', '1 Dec 09:00 – 3 Dec 17:00'],
  ['12月1日-2日 下午2点-5点', '1 Dec 14:00 – 2 Dec 17:00'],
  ['12月1日-2日 上午9点到5点', '1 Dec 09:00 – 2 Dec 17:00'],
  ['12月1日-2日 18:00-12:00', '1 Dec 18:00 – 2 Dec 12:00'],
  ['12.1-12.2 9:00-17:00', '1 Dec 09:00 – 2 Dec 17:00'],
  ['12.1-2 9:00-17:00', '1 Dec 09:00 – 2 Dec 17:00'],
  ['1-2号9:00-17:00', '1 Dec 09:00 – 2 Dec 17:00'],
  ['12月30日9:00至1月2日17:00', '30 Dec 09:00 – 2 Jan 17:00'],
  ['12月30日-2日 9:00-17:00', '30 Dec 09:00 – 2 Jan 17:00'],
  ['下周一9点到周三下午5点', '23 09:00 – 25 17:00'],
  ['周六14:00到周日12:00', '28 14:00 – 29 12:00'],
  ['周六14:00到周六16:00', '28 14:00 – 28 16:00'],
  ['周二至周三 9:00-17:00', '24 09:00 – 25 17:00'],
  ['2027年12月1日9:00至12月2日17:00', '1 Dec 09:00 – 2 Dec 17:00'],
  // whole days
  ['11月28日全天', '28 09:00 – 28 17:00'],
  ['全天，11月28日', '28 09:00 – 28 17:00'],
  ['明天一整天', '23 09:00 – 23 17:00'],
  ['12月1日-2日全天', '1 Dec 09:00 – 2 Dec 17:00'],
  ['12月1日至12月2日（全天）', '1 Dec 09:00 – 2 Dec 17:00'],
];

const english: readonly [string, string][] = [
  ['Nov 28 2–5pm', '28 14:00 – 28 17:00'],
  ['Nov 28 2-5 p.m.', '28 14:00 – 28 17:00'],
  ['Nov 28, 2:30-5pm', '28 14:30 – 28 17:00'],
  ['Nov 28 2 to 5pm', '28 14:00 – 28 17:00'],
  ['Nov 28 11-1pm', '28 11:00 – 28 13:00'],
  ['Nov 28 9-5pm', '28 09:00 – 28 17:00'],
  ['Nov 28 9-10pm', '28 21:00 – 28 22:00'],
  ['Nov 28 9-11am', '28 09:00 – 28 11:00'],
  ['Nov 28 12-2pm', '28 12:00 – 28 14:00'],
  ['Nov 28 7pm - 9:30', '28 19:00 – 28 21:30'],
  ['Nov 28 10pm to 2am', '28 22:00 – 29 02:00'],
  ['Nov 28 10am to noon', '28 10:00 – 28 12:00'],
  ['Nov 28 from 2pm until 4pm', '28 14:00 – 28 16:00'],
  ['Nov 28 between 2 and 4pm', '28 14:00 – 28 16:00'],
  ['2-4pm on 28 Nov', '28 14:00 – 28 16:00'],
  ['2pm to 4pm, Nov 28', '28 14:00 – 28 16:00'],
  ['14:00-16:00 on Saturday', '28 14:00 – 28 16:00'],
  ['Sat 28 Nov 14:00-16:00', '28 14:00 – 28 16:00'],
  ['28/11 14:00-16:00', '28 14:00 – 28 16:00'],
  ['2026-11-28 14:00/16:00', '28 14:00 – 28 16:00'],
  ['2026-11-28T14:00:00.000+08:00/2026-11-28T17:00:00.000+08:00', '28 14:00 – 28 17:00'],
  ['tomorrow 2pm to 4pm', '23 14:00 – 23 16:00'],
  ['tomorrow from 2 to 4pm', '23 14:00 – 23 16:00'],
  ['from tomorrow 2pm to 4pm', '23 14:00 – 23 16:00'],
  ['tonight 8pm to midnight', '22 20:00 – 23 00:00'],
  ['tomorrow 2pm till the next day 10am', '23 14:00 – 24 10:00'],
  ['this Friday 14:00-15:30', '27 14:00 – 27 15:30'],
  // a start and a length
  ['28 Nov 2pm for 3 hours', '28 14:00 – 28 17:00'],
  ['28 Nov 2pm, 3 hours', '28 14:00 – 28 17:00'],
  ['28 Nov 2pm (3h)', '28 14:00 – 28 17:00'],
  ['28 Nov 14:00 90 minutes', '28 14:00 – 28 15:30'],
  ['tomorrow 2pm for an hour', '23 14:00 – 23 15:00'],
  ['tomorrow 2pm for an hour and a half', '23 14:00 – 23 15:30'],
  ['tomorrow 2pm for two and a half hours', '23 14:00 – 23 16:30'],
  ['tomorrow 2pm for half an hour', '23 14:00 – 23 14:30'],
  ['tomorrow 2pm, 1 hour 30 minutes', '23 14:00 – 23 15:30'],
  ['in 3 hours for 2 hours', '22 13:00 – 22 15:00'],
  // several days
  ['Dec 1 9am - Dec 2 5pm', '1 Dec 09:00 – 2 Dec 17:00'],
  ['1 Dec 09:00 to 2 Dec 17:00', '1 Dec 09:00 – 2 Dec 17:00'],
  ['Dec 1-2, 9am-5pm', '1 Dec 09:00 – 2 Dec 17:00'],
  ['Dec 1-2, 2026 9-5pm', '1 Dec 09:00 – 2 Dec 17:00'],
  ['1-2 December 09:00-17:00', '1 Dec 09:00 – 2 Dec 17:00'],
  ['1st to 2nd of December, 9am to 5pm', '1 Dec 09:00 – 2 Dec 17:00'],
  ['tomorrow to Wednesday 9am-5pm', '23 09:00 – 25 17:00'],
  ['30 Dec 9am to 2 Jan 5pm', '30 Dec 09:00 – 2 Jan 17:00'],
  // whole days
  ['28-Nov all day', '28 09:00 – 28 17:00'],
  ['Nov 28-Nov 30 all day', '28 09:00 – 30 17:00'],
  ['28 Nov-30 Nov all day', '28 09:00 – 30 17:00'],
  ['Nov 28 all day', '28 09:00 – 28 17:00'],
  ['all day tomorrow', '23 09:00 – 23 17:00'],
  ['28 Nov (all-day)', '28 09:00 – 28 17:00'],
  ['Dec 1-2 all day', '1 Dec 09:00 – 2 Dec 17:00'],
];

describe('from when to when', () => {
  it.each([...chinese, ...english])('%s is %s', (words, expected) => {
    const heard = hear(words);
    if (heard.kind === 'unclear') throw new Error(heard.problem.en);
    expect(short(heard.value)).toBe(expected);
    expect(heard.echo).toBe(true);
    expect(question.schema.safeParse(heard.value).success).toBe(true);
    // What is said back in either language is the same span, read again.
    const said = question.show(heard.value);
    expect(hear(said.zh)).toEqual(heard);
    expect(hear(said.en)).toEqual(heard);
  });
});

describe('what is asked again', () => {
  const asked: readonly [string, RegExp, RegExp][] = [
    // the end is not after the start
    [
      '11月28日16:00-14:00',
      /结束时间.*14:00不在开始时间.*16:00之后.*第二天/,
      /not after the start.*next day/,
    ],
    ['11月28日22:00-02:00', /02:00不在/, /28 Nov 2026, 02:00, is not after/],
    ['11月28日14:00-14:00', /不在开始时间/, /not after the start/],
    [
      '11月28日14:00-11月27日16:00',
      /11月27日（周五）16:00不在.*请先写开始/,
      /Fri 27 Nov 2026, 16:00, is not after/,
    ],
    ['明天3点到3点', /03:00不在/, /is not after/],
    ['上午9点到9点', /09:00不在/, /is not after/],
    ['后天9:00到明天17:00', /11月23日（周一）17:00不在/, /Mon 23 Nov 2026, 17:00, is not after/],
    ['Dec 2 9am - Dec 1 5pm', /12月1日（周二）17:00不在/, /Tue 1 Dec 2026, 17:00, is not after/],
    // the end is missing
    [
      '11月28日14:00',
      /（周六）14:00开始，到什么时候结束？.*“2026年11月28日（周六）14:00–16:00”/,
      /Until when\?.*14:00–16:00/,
    ],
    ['28 Nov 2pm', /到什么时候结束/, /begins on Sat 28 Nov 2026, 14:00. Until when\?/],
    ['14:00起', /到什么时候结束/, /Until when/],
    ['明天3点', /03:00或.*15:00开始，到什么时候结束/, /03:00 or .*15:00. Until when/],
    [
      '12月1日9:00至2日',
      /到什么时候结束.*12月1日（周二）09:00至2026年12月2日（周三）17:00/,
      /Until when.*to Wed 2 Dec/,
    ],
    ['12月1日9:00至12月2日，3小时', /到什么时候结束/, /Until when/],
    // the times are missing
    ['11月28日', /还差几点到几点.*全天/, /from what time to what time.*all day/],
    ['周三晚上', /11月25日（周三），还差几点到几点/, /Wed 25 Nov 2026, but from what time/],
    ['12月1日至2日', /12月1日（周二）至2026年12月2日（周三），还差/, /Tue 1 Dec 2026 to Wed 2 Dec 2026, but/],
    ['3-5 Dec', /至2026年12月5日（周六），还差/, /Thu 3 Dec 2026 to Sat 5 Dec 2026, but/],
    // too long
    ['12月1日9:00至12月20日17:00', /超过14天了/, /longer than 14 days/],
    ['12月1日-20日全天', /超过14天了/, /longer than 14 days/],
    ['12月1日9:00，400小时', /超过14天了/, /longer than 14 days/],
    // passed
    [
      '今天9:00-11:00',
      /开始时间.*09:00已经过去了/,
      /begin on Sun 22 Nov 2026, 09:00, which has already passed/,
    ],
    ['昨天14:00-16:00', /已经过去了/, /already passed/],
    ['20 Nov 2026 14:00-16:00', /已经过去了/, /already passed/],
    ['today all day', /已经过去了/, /already passed/],
    // several readings
    ['明天3点到5点', /“.*03:00–05:00”或“.*15:00–17:00”/, /03:00–05:00” or “.*15:00–17:00/],
    ['明天3点，2小时', /“.*03:00–05:00”或“.*15:00–17:00”/, /could be/],
    ['明天8:00-10:00', /08:00–10:00”或“.*20:00–22:00/, /could be/],
    ['tomorrow 2:00 to 4:00', /02:00–04:00”或“.*14:00–16:00/, /could be/],
    ['next Friday 2-4pm', /11月27日.*或.*12月4日/, /27 Nov.* or .*4 Dec/],
    ['3/4 14:00-16:00', /3月4日.*或.*4月3日/, /4 Mar.* or .*3 Apr/],
    ['12/1 9:00-17:00', /12月1日.*或.*1月12日/, /1 Dec.* or .*12 Jan/],
    ['11月28日（周日）14:00-16:00', /11月28日.*或.*11月29日/, /28 Nov.* or .*29 Nov/],
    ['周日下午2点到4点', /11月22日.*或.*11月29日/, /22 Nov.* or .*29 Nov/],
    ['周末全天', /11月22日.*或.*11月28日.*或.*11月29日/, /22 Nov.* or .*28 Nov.* or .*29 Nov/],
    ['下周三14:00-17:00（2小时）', /14:00–16:00”或“.*14:00–17:00/, /14:00–16:00” or “.*14:00–17:00/],
    ['12月1日晚上8点到2日5点', /05:00”或“.*17:00/, /05:00” or “.*17:00/],
    // not understood
    ...[
      '',
      '不知道',
      '2小时',
      '上午',
      '半天',
      '第二天下午2点到4点',
      '明天下午2点左右到4点',
      '9:00到12月2日17:00',
      '28日14:00-16:00-18:00',
      '12月1日-2日每天9:00-17:00',
      '明天全天14:00-16:00',
      '明天25点到26点',
      '2月30日14:00-16:00',
      '11月28日14:00，0小时',
      '2pm - 4pm EST tomorrow',
      'Nov 28 10-12am',
      'next week',
      '1-'.repeat(200),
    ].map((words): [string, RegExp, RegExp] => [
      words,
      /是从什么时候到什么时候。请写成“11月28日 14:00-16:00”/,
      /from when to when .* like “28 Nov, 14:00-16:00”/,
    ]),
  ];

  it.each(asked)('%s', (words, zh, en) => {
    expect(problem(words).zh).toMatch(zh);
    expect(problem(words).en).toMatch(en);
  });

  it('tells how to write it in words that are understood', () => {
    for (const words of [
      '11月28日14:00',
      '11月28日',
      '明天3点',
      '12月1日至2日',
      '12月1日9:00至2日',
      '11月28日16:00-14:00',
      '',
    ]) {
      const { zh, en } = problem(words);
      expect(hear(/.*如“(.+?)”|请写成“(.+?)”/u.exec(zh)?.slice(1).find(Boolean) ?? '')).toMatchObject({
        echo: true,
      });
      expect(hear(/.*like “(.+?)”/u.exec(en)?.[1] ?? '')).toMatchObject({ echo: true });
    }
  });
});

describe('a span', () => {
  const november = '2026-11-28T14:00:00.000+08:00/2026-11-28T17:00:00.000+08:00';

  it('is kept with its offset, and said in both languages', () => {
    expect(hear('11月28日下午2点到5点')).toEqual({ kind: 'understood', value: november, echo: true });
    expect(saySpan(november)).toEqual({
      zh: '2026年11月28日（周六）14:00–17:00',
      en: 'Sat 28 Nov 2026, 14:00–17:00',
    });
    expect(saySpan('2026-12-01T09:00:00.000+08:00/2026-12-02T17:00:00.000+08:00')).toEqual({
      zh: '2026年12月1日（周二）09:00至2026年12月2日（周三）17:00',
      en: 'Tue 1 Dec 2026, 09:00 to Wed 2 Dec 2026, 17:00',
    });
    expect(saySpan('2026-11-28T20:00:00.000+08:00/2026-11-29T00:00:00.000+08:00')).toEqual({
      zh: '2026年11月28日（周六）20:00–24:00',
      en: 'Sat 28 Nov 2026, 20:00–24:00',
    });
  });

  it('is two instants', () => {
    const instants = { from: new Date('2026-11-28T06:00:00Z'), until: new Date('2026-11-28T09:00:00Z') };
    expect(spanInstants(november, zone)).toEqual(instants);
    expect(spanInstants(november, 'Europe/London')).toEqual(instants);
  });

  it('is read and said in the zone in which it is asked', () => {
    const heard = hear('tomorrow 14:00-16:00', now, 'Europe/London');
    const value = '2026-11-23T14:00:00.000+00:00/2026-11-23T16:00:00.000+00:00';
    expect(heard.kind === 'understood' && spanInstants(heard.value, zone)).toEqual(spanInstants(value, zone));
    expect(heard.kind === 'understood' && saySpan(heard.value).en).toBe('Mon 23 Nov 2026, 14:00–16:00');
    expect(heard.kind === 'understood' && question.schema.safeParse(heard.value).success).toBe(true);
  });

  it('may last 14 days and no minute more', () => {
    expect(hear('12月1日9:00至12月15日9:00').kind).toBe('understood');
    expect(hear('12月1日9:00至12月15日9:01').kind).toBe('unclear');
  });

  it('may begin now, not a minute ago', () => {
    expect(hear('今天10:00-11:00').kind).toBe('understood');
    expect(hear('今天9:59-11:00').kind).toBe('unclear');
  });

  it.each([
    '',
    '2026-11-28T14:00:00.000+08:00',
    '2026-11-28T14:00/2026-11-28T17:00',
    '2026-11-28/2026-11-29',
    '2026-11-28T17:00:00.000+08:00/2026-11-28T14:00:00.000+08:00',
    '2026-11-28T14:00:00.000+08:00/2026-11-28T14:00:00.000+08:00',
    '2026-11-28T14:00:30.000+08:00/2026-11-28T17:00:00.000+08:00',
    '2026-02-30T14:00:00.000+08:00/2026-03-02T17:00:00.000+08:00',
    '2026-11-28T14:00:00.000+08:00/2026-12-28T17:00:00.000+08:00',
    `${november}/x`,
  ])('“%s” is none', (value) => {
    expect(question.schema.safeParse(value).success).toBe(false);
  });

  it('is read back as it is said, whenever it is', () => {
    const minutes = fc.integer({ min: 0, max: 700 * 1440 });
    const lasting = fc.integer({ min: 1, max: 14 * 1440 });
    fc.assert(
      fc.property(minutes, fc.oneof(lasting, fc.integer({ min: 1, max: 900 })), (ahead, length) => {
        const from = DateTime.fromJSDate(now, { zone }).plus({ minutes: ahead });
        const value = `${from.toISO()}/${from.plus({ minutes: length }).toISO()}`;
        const { zh, en } = saySpan(value);
        expect(hear(zh)).toEqual({ kind: 'understood', value, echo: true });
        expect(hear(en)).toEqual({ kind: 'understood', value, echo: true });
        expect(hear(value)).toEqual({ kind: 'understood', value, echo: true });
      }),
      { numRuns: 300 },
    );
  });

  it('is kept only when it keeps its word, whatever is typed', () => {
    const pieces = `明天 后天 今晚 周三 12月1日 -2日 28号 11.28 14:00 3点 半 下午 到 - ~ / 全天 2小时 次日 开始 结束 ( ) , friday next
      nov 28 at 2 5pm to noon midnight for 3 hours all day between and`;
    const typed = fc
      .array(fc.constantFrom(...pieces.split(/\s+/), ' '), { maxLength: 9 })
      .map((some) => some.join(''));
    fc.assert(
      fc.property(fc.oneof(typed, fc.string({ unit: 'grapheme' })), (words) => {
        const heard = hear(words);
        if (heard.kind === 'unclear') {
          expect(heard.problem.zh).not.toMatch(/Invalid|undefined|NaN/);
          return;
        }
        expect(heard.echo).toBe(true);
        expect(question.schema.safeParse(heard.value).success).toBe(true);
        expect(hear(saySpan(heard.value).zh)).toEqual(heard);
      }),
      { numRuns: 1500 },
    );
  });
});
