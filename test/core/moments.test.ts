import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { readMoment, sayMoment } from '../../src/core/moments.js';

const timezone = 'Asia/Shanghai';
const shanghai = (local: string): Date => new Date(`${local}+08:00`);
const processZone = process.env.TZ;
afterEach(() => {
  if (processZone === undefined) delete process.env.TZ;
  else process.env.TZ = processZone;
});

const written = (at: Date, time: boolean): string => {
  const local = new Date(at.getTime() + 8 * 3_600_000).toISOString();
  return time ? `${local.slice(0, 10)} ${local.slice(11, 16)}` : local.slice(0, 10);
};

/** One line for what was read: a day, a day and a time, several of them with “or” between, or “none”. */
const read = (words: string, now: Date, need: 'day' | 'time' = 'time', zone = timezone): string => {
  const found = readMoment(words, { now, timezone: zone, need });
  if (found.kind === 'none') return 'none';
  const options = found.kind === 'moment' ? [found] : found.options;
  return options.map(({ at, hasTime }) => written(at, hasTime)).join(' or ');
};

const sunday = shanghai('2026-11-22T10:00:00');

const chinese: readonly [string, string][] = [
  // a day and a time
  ['明天下午3点', '2026-11-23 15:00'],
  ['11月28日14:00', '2026-11-28 14:00'],
  ['11月28日 14：00', '2026-11-28 14:00'],
  ['后天上午10点', '2026-11-24 10:00'],
  ['大后天上午十点', '2026-11-25 10:00'],
  ['今晚7点', '2026-11-22 19:00'],
  ['明晚八点', '2026-11-23 20:00'],
  ['明早8点', '2026-11-23 08:00'],
  ['十二月一日下午三点', '2026-12-01 15:00'],
  ['十一月二十八号晚上七点半', '2026-11-28 19:30'],
  ['明天15点', '2026-11-23 15:00'],
  ['二十八号下午两点', '2026-11-28 14:00'],
  ['11.28下午2点', '2026-11-28 14:00'],
  ['2026-11-28 14:00', '2026-11-28 14:00'],
  ['2026.11.28 14:00', '2026-11-28 14:00'],
  ['20261128 14:00', '2026-11-28 14:00'],
  ['2026-11-28T14:00:00+08:00', '2026-11-28 14:00'],
  ['2026-11-28T06:00Z', '2026-11-28 14:00'],
  ['２０２６年１１月２８日１４：００', '2026-11-28 14:00'],
  ['二〇二六年十一月二十八日下午两点', '2026-11-28 14:00'],
  ['26年11月28日14点30分', '2026-11-28 14:30'],
  ['11月28日下午2点。', '2026-11-28 14:00'],
  ['下周三（11月25日）下午2点', '2026-11-25 14:00'],
  ['定在28号', 'none'],
  ['在28号的下午2点吧', '2026-11-28 14:00'],
  // clock times
  ['明天下午三点一刻', '2026-11-23 15:15'],
  ['明天下午三点三刻', '2026-11-23 15:45'],
  ['明天下午3点半', '2026-11-23 15:30'],
  ['明天下午三点零五分', '2026-11-23 15:05'],
  ['明天下午3点05', '2026-11-23 15:05'],
  ['明天十点半', '2026-11-23 10:30'],
  ['明天10点整', '2026-11-23 10:00'],
  ['明天10点钟', '2026-11-23 10:00'],
  ['明天9:30', '2026-11-23 09:30'],
  ['明天03:30', '2026-11-23 03:30'],
  ['明天中午12点', '2026-11-23 12:00'],
  ['明天中午1点', '2026-11-23 13:00'],
  ['明天正午', '2026-11-23 12:00'],
  ['明天傍晚6点', '2026-11-23 18:00'],
  ['明天凌晨12点', '2026-11-23 00:00'],
  ['明天零点', '2026-11-23 00:00'],
  ['28日24:00', '2026-11-29 00:00'],
  ['明天上午15点', 'none'],
  ['明天25点', 'none'],
  ['明天14:75', 'none'],
  ['早8点', '2026-11-23 08:00'],
  ['今天3点', '2026-11-22 15:00'],
  ['下午3点', '2026-11-22 15:00'],
  ['14:00', '2026-11-22 14:00'],
  ['上午9点', '2026-11-23 09:00'],
  // weeks begin on Monday
  ['本周五晚上8点半', '2026-11-20 20:30'],
  ['周三下午2点', '2026-11-25 14:00'],
  ['下周三下午2点', '2026-11-25 14:00'],
  ['下周日下午2点', '2026-11-29 14:00'],
  ['下星期天下午2点', '2026-11-29 14:00'],
  ['下下周三下午2点', '2026-12-02 14:00'],
  ['下下个星期三下午2点', '2026-12-02 14:00'],
  ['下个礼拜三下午2点', '2026-11-25 14:00'],
  ['周日上午9点', '2026-11-29 09:00'],
  ['这周三下午2点', '2026-11-18 14:00'],
  ['上周三下午2点', '2026-11-11 14:00'],
  ['下周', 'none'],
  // months and years
  ['下月底', '2026-12-31'],
  ['12月底', '2026-12-31'],
  ['3月底', '2027-03-31'],
  ['年底', '2026-12-31'],
  ['底', 'none'],
  ['下月5日下午2点', '2026-12-05 14:00'],
  ['下下个月5号', '2027-01-05'],
  ['这个月28号', '2026-11-28'],
  ['明年1月5日下午2点', '2027-01-05 14:00'],
  ['今年1月5日', '2026-01-05'],
  ['明年元旦', '2027-01-01'],
  ['31号', '2026-12-31'],
  ['1月5日', '2027-01-05'],
  ['11月20日', '2027-11-20'],
  ['11月22日', '2026-11-22'],
  ['2025年11月28日', '2025-11-28'],
  ['11.28号', '2026-11-28'],
  ['2月29日', '2028-02-29'],
  ['2027年2月29日', 'none'],
  ['2月30日', 'none'],
  ['13月1日', 'none'],
  ['下个月31号', '2026-12-31'],
  // weekends, from now on, holidays
  ['三天后', '2026-11-25'],
  ['3天之后下午2点', '2026-11-25 14:00'],
  ['过三天', '2026-11-25'],
  ['两个星期后', '2026-12-06'],
  ['一个月后', '2026-12-22'],
  ['半个月后', '2026-12-07'],
  ['半年后', '2027-05-22'],
  ['半小时后', '2026-11-22 10:30'],
  ['半个小时后', '2026-11-22 10:30'],
  ['一个半小时后', '2026-11-22 11:30'],
  ['1.5小时后', '2026-11-22 11:30'],
  ['三天', 'none'],
  ['国庆', '2027-10-01'],
  ['国庆节当天', '2027-10-01'],
  ['五一', '2027-05-01'],
  ['十一', '2027-10-01'],
  ['十一点', '2026-11-22 11:00'],
  ['春节', '2027-02-06'],
  ['除夕下午3点', '2027-02-05 15:00'],
  ['2027年中秋', '2027-09-15'],
  ['国庆前', 'none'],
  ['元旦后', 'none'],
  // from … to …: both ends are offered
  // traditional characters
  ['後天下午兩點', '2026-11-24 14:00'],
  ['下週三下午2點', '2026-11-25 14:00'],
  ['下個月5號', '2026-12-05'],
  ['禮拜三晚上七點半', '2026-11-25 19:30'],
  // not a moment
  ['', 'none'],
  ['不知道', 'none'],
  ['陶溪川', 'none'],
  ['13812345678', 'none'],
  ['明天和后天', 'none'],
  ['左右', 'none'],
  ['下午2点左右', 'none'],
  ['农历八月十五', 'none'],
  // as they are said in passing
  ['大后天', '2026-11-25'],
  ['明儿下午3点', '2026-11-23 15:00'],
  ['今儿晚上8点', '2026-11-22 20:00'],
  ['清早7点', '2026-11-23 07:00'],
  ['深夜11点', '2026-11-22 23:00'],
  ['今晚12点', '2026-11-23 00:00'],
  ['明天凌晨1点', '2026-11-23 01:00'],
  ['夜里2点', '2026-11-23 02:00'],
  ['零点', '2026-11-23 00:00'],
  ['12点', '2026-11-22 12:00'],
  ['下午15:00', '2026-11-22 15:00'],
  ['周5下午2点', '2026-11-27 14:00'],
  ['下周一上午', '2026-11-23'],
  ['下礼拜天', '2026-11-29'],
  ['本周六', '2026-11-21'],
  ['这周末', '2026-11-22'],
  ['上个月底', '2026-10-31'],
  ['本月底', '2026-11-30'],
  ['月末', '2026-11-30'],
  ['年末', '2026-12-31'],
  ['一号', '2026-12-01'],
  ['21号', '2026-12-21'],
  ['22号', '2026-11-22'],
  ['五号下午', '2026-12-05'],
  ['12/1下午2点', '2026-12-01 14:00'],
  ['2027-1-5', '2027-01-05'],
  ['20270105', '2027-01-05'],
  ['十天后', '2026-12-02'],
  ['一刻钟后', '2026-11-22 10:15'],
  ['国庆节9:00', '2027-10-01 09:00'],
  ['春节9:00', '2027-02-06 09:00'],
  ['元宵节', '2027-02-20'],
  ['五一节', '2027-05-01'],
  ['十一月5号', '2027-11-05'],
  // no day, or none that is sure
  ['过两天', 'none'],
  ['过几天', 'none'],
  ['改天', 'none'],
  ['尽快', 'none'],
  ['随时', 'none'],
  ['3天内', 'none'],
  ['两天前', 'none'],
  ['每周三', 'none'],
  ['隔天', 'none'],
  ['下个月', 'none'],
  ['本月中旬', 'none'],
  ['年初', 'none'],
  ['月底前', 'none'],
  ['下午3点前', 'none'],
  ['3点以后', 'none'],
  ['下午五点多', 'none'],
  ['国庆3天后', 'none'],
  ['十一9点', 'none'],
  ['上午', 'none'],
];

const english: readonly [string, string][] = [
  ['tomorrow 3pm', '2026-11-23 15:00'],
  ['Tomorrow at 3 p.m.', '2026-11-23 15:00'],
  ['tomorrow at 10', '2026-11-23 10:00'],
  ['the day after tomorrow at noon', '2026-11-24 12:00'],
  ['day after tomorrow', '2026-11-24'],
  ['tonight at 8', '2026-11-22 20:00'],
  ['this afternoon at 2', '2026-11-22 14:00'],
  ['tomorrow morning', '2026-11-23'],
  ['28 November 2026, 14:00', '2026-11-28 14:00'],
  ['Sat 28 Nov 2026, 14:00', '2026-11-28 14:00'],
  ['the 28th of November at 2:30 pm', '2026-11-28 14:30'],
  ['November 28th', '2026-11-28'],
  ['Nov 20', '2027-11-20'],
  ['20 Nov 2026', '2026-11-20'],
  ['on Friday at 2pm', '2026-11-27 14:00'],
  ['this Friday', '2026-11-27'],
  ['last Friday', '2026-11-20'],
  ['28/11/2026', '2026-11-28'],
  ['28/11 14:00', '2026-11-28 14:00'],
  ['11/28', '2026-11-28'],
  ['3/3', '2027-03-03'],
  ['in 3 days', '2026-11-25'],
  ['3 days from now at 2pm', '2026-11-25 14:00'],
  ['in two weeks', '2026-12-06'],
  ['in 2 hours', '2026-11-22 12:00'],
  ['in half an hour', '2026-11-22 10:30'],
  ['90 minutes from now', '2026-11-22 11:30'],
  ['12am tomorrow', '2026-11-23 00:00'],
  ['12pm tomorrow', '2026-11-23 12:00'],
  ['Nov 28 10-12am', 'none'],
  ['Feb 30', 'none'],
  ['November', 'none'],
  ['next week', 'none'],
  ['soon', 'none'],
  ['2pm EST', 'none'],
  ['Nov 28 or Nov 29', 'none'],
  ['tomorrow', '2026-11-23'],
  ['today at 5pm', '2026-11-22 17:00'],
  ['tonight', '2026-11-22'],
  ['this evening at 7', '2026-11-22 19:00'],
  ['tomorrow night at 11', '2026-11-23 23:00'],
  ['tomorrow afternoon at 3', '2026-11-23 15:00'],
  ['Fri, 27 Nov at 14:00', '2026-11-27 14:00'],
  ['Saturday, November 28 at 2 PM', '2026-11-28 14:00'],
  ['2pm Sat', '2026-11-28 14:00'],
  ['2 pm on 28 November', '2026-11-28 14:00'],
  ['Sat 28/11 2pm', '2026-11-28 14:00'],
  ['Wednesday morning at 9', '2026-11-25 09:00'],
  ['Saturday', '2026-11-28'],
  ['this Saturday', '2026-11-28'],
  ['next Sunday', '2026-11-29'],
  ['by Friday', '2026-11-27'],
  ['noon', '2026-11-22 12:00'],
  ['at noon on Friday', '2026-11-27 12:00'],
  ['midnight', '2026-11-23 00:00'],
  ['at 15:00', '2026-11-22 15:00'],
  ['3:30 p.m.', '2026-11-22 15:30'],
  ['3.30pm', '2026-11-22 15:30'],
  ['1 December 2027 at 9.30', '2027-12-01 09:30'],
  ['Dec 1', '2026-12-01'],
  ['1st of December', '2026-12-01'],
  ['Dec. 1, 9:30am', '2026-12-01 09:30'],
  ['December 1, 2026', '2026-12-01'],
  ['28-Nov', '2026-11-28'],
  ['28-Nov-2026', '2026-11-28'],
  ['Nov-28', '2026-11-28'],
  ['28.11.2026', '2026-11-28'],
  ['28.11', '2026-11-28'],
  ['13/12', '2026-12-13'],
  ['12/13', '2026-12-13'],
  ['2026-12-1', '2026-12-01'],
  ['the 28th', '2026-11-28'],
  ['on the 1st at 2pm', '2026-12-01 14:00'],
  ['Friday the 27th', '2026-11-27'],
  ['this weekend', '2026-11-22'],
  ['end of the month', '2026-11-30'],
  ['end of next month', '2026-12-31'],
  ['end of March', '2027-03-31'],
  ['end of the year', '2026-12-31'],
  ['in 10 days', '2026-12-02'],
  ['a week from now', '2026-11-29'],
  ['in an hour', '2026-11-22 11:00'],
  ['in 1.5 hours', '2026-11-22 11:30'],
  ['two hours later', '2026-11-22 12:00'],
  ['day before yesterday', '2026-11-20'],
  ['the 1st Friday', 'none'],
  ['next month', 'none'],
  ['last week', 'none'],
  ['before Friday', 'none'],
  ['Friday or Saturday', 'none'],
  ['mid November', 'none'],
  ['asap', 'none'],
];

/** Every phrase that chrono-node was seen to read wrongly, or not at all. */
const wrongElsewhere: readonly [string, string][] = [
  // it drops the day
  ['28号下午2点', '2026-11-28 14:00'],
  ['28日14:00', '2026-11-28 14:00'],
  ['11/28 14:00', '2026-11-28 14:00'],
  ['2026/11/28 14:00', '2026-11-28 14:00'],
  ['11-28 14:00', '2026-11-28 14:00'],
  ['11.28 14:00', '2026-11-28 14:00'],
  ['周三晚上', '2026-11-25'],
  ['星期三晚上', '2026-11-25'],
  // it takes another week
  ['下下周三', '2026-12-02'],
  ['下周三', '2026-11-25'],
  ['下周日', '2026-11-29'],
  // it takes another hour or year
  ['三点一刻', '2026-11-22 15:15 or 2026-11-23 03:15'],
  ['晚8点', '2026-11-22 20:00'],
  ['3点', '2026-11-22 15:00 or 2026-11-23 03:00'],
  ['11月28日（周六）下午2点', '2026-11-28 14:00'],
  ['11月28日周六下午2点', '2026-11-28 14:00'],
  ['明年1月5日', '2027-01-05'],
  // it reads nothing
  ['月底', '2026-11-30'],
  ['下个月5号', '2026-12-05'],
  ['下月初', '2026-12-01 or 2026-12-02 or 2026-12-03'],
  ['周末', '2026-11-22 or 2026-11-28 or 2026-11-29'],
  ['下周末', '2026-11-28 or 2026-11-29'],
  ['一周后', '2026-11-29'],
  ['两周后', '2026-12-06'],
  ['二十八号', '2026-11-28'],
  ['12.31', '2026-12-31'],
  ['元旦', '2027-01-01'],
  ['国庆节', '2027-10-01'],
  ['１１月２８日１４：００', '2026-11-28 14:00'],
  ['3pm', '2026-11-22 15:00'],
  ['Nov 28 2pm', '2026-11-28 14:00'],
  // it reads nothing of traditional characters, and loses hours where the process is in another zone
  ['後天', '2026-11-24'],
  ['大後天', '2026-11-25'],
  ['2小时后', '2026-11-22 12:00'],
  ['30分钟后', '2026-11-22 10:30'],
];

/** What has several readings is asked, never guessed. */
const chineseAsked: readonly [string, string][] = [
  ['11月28日（周日）下午2点', '2026-11-28 14:00 or 2026-11-29 14:00'],
  ['明天（周二）下午2点', '2026-11-23 14:00 or 2026-11-24 14:00'],
  ['下周三（11月26日）下午2点', '2026-11-25 14:00 or 2026-11-26 14:00'],
  ['明天三点一刻', '2026-11-23 03:15 or 2026-11-23 15:15'],
  ['明天3:30', '2026-11-23 03:30 or 2026-11-23 15:30'],
  ['28日晚上12点', '2026-11-28 00:00 or 2026-11-29 00:00'],
  ['28日半夜1点', '2026-11-28 01:00 or 2026-11-29 01:00'],
  ['明天午夜', '2026-11-23 00:00 or 2026-11-24 00:00'],
  ['周三三点', '2026-11-25 03:00 or 2026-11-25 15:00'],
  ['周日下午2点', '2026-11-22 14:00 or 2026-11-29 14:00'],
  ['12月初', '2026-12-01 or 2026-12-02 or 2026-12-03'],
  ['月中', '2026-12-14 or 2026-12-15 or 2026-12-16'],
  ['11月28日14:00-16:00', '2026-11-28 14:00 or 2026-11-28 16:00'],
  ['明天上午10点到12点', '2026-11-23 10:00 or 2026-11-23 12:00'],
  ['明天下午2点至4点', '2026-11-23 14:00 or 2026-11-23 16:00'],
  ['明天10-12点', '2026-11-23 10:00 or 2026-11-23 12:00'],
  ['12月28日至30日', '2026-12-28 or 2026-12-30'],
  ['上午10点到12点', '2026-11-23 10:00 or 2026-11-23 12:00'],
  ['明天8点', '2026-11-23 08:00 or 2026-11-23 20:00'],
  ['两点半', '2026-11-22 14:30 or 2026-11-23 02:30'],
  ['八点', '2026-11-22 20:00 or 2026-11-23 08:00'],
  ['周天', '2026-11-22 or 2026-11-29'],
  ['下周末下午2点', '2026-11-28 14:00 or 2026-11-29 14:00'],
  ['月初', '2026-12-01 or 2026-12-02 or 2026-12-03'],
  ['明晚12点', '2026-11-23 00:00 or 2026-11-24 00:00'],
  ['明天晚上12点', '2026-11-23 00:00 or 2026-11-24 00:00'],
  ['周三8点', '2026-11-25 08:00 or 2026-11-25 20:00'],
  ['28号、29号', '2026-11-28 or 2026-11-29'],
  ['11.28-11.29', '2026-11-28 or 2026-11-29'],
];
const englishAsked: readonly [string, string][] = [
  ['tomorrow at 3', '2026-11-23 03:00 or 2026-11-23 15:00'],
  ['tomorrow midnight', '2026-11-23 00:00 or 2026-11-24 00:00'],
  ['Sun 28 Nov 2026, 14:00', '2026-11-28 14:00 or 2026-11-29 14:00'],
  ['Sunday 2pm', '2026-11-22 14:00 or 2026-11-29 14:00'],
  ['next Friday', '2026-11-27 or 2026-12-04'],
  ['Friday next week', '2026-11-27 or 2026-12-04'],
  ['3/4', '2027-03-04 or 2027-04-03'],
  ['3/4/2027', '2027-03-04 or 2027-04-03'],
  ["5 o'clock tomorrow", '2026-11-23 05:00 or 2026-11-23 17:00'],
  ['Nov 28 from 2pm to 4pm', '2026-11-28 14:00 or 2026-11-28 16:00'],
  ['Nov 28, 14:00-16:00', '2026-11-28 14:00 or 2026-11-28 16:00'],
  ['Friday in two weeks', '2026-12-04 or 2026-12-06'],
  ['12/1 14:00', '2026-12-01 14:00 or 2027-01-12 14:00'],
  ['next Monday', '2026-11-23 or 2026-11-30'],
  ['Wed next week', '2026-11-25 or 2026-12-02'],
  ['weekend', '2026-11-22 or 2026-11-28 or 2026-11-29'],
  ['next weekend', '2026-11-28 or 2026-11-29'],
  ['Friday the 13th', '2026-12-11 or 2026-12-13'],
  ['3:00', '2026-11-22 15:00 or 2026-11-23 03:00'],
  ['Nov 28 2-5pm', '2026-11-28 14:00 or 2026-11-28 17:00'],
  ['2pm to 4pm, Nov 28', '2026-11-28 14:00 or 2026-11-28 16:00'],
];

describe('the tables', () => {
  const all = [...chinese, ...english, ...wrongElsewhere, ...chineseAsked, ...englishAsked];

  it('say each phrase once', () => {
    const phrases = all.map(([words]) => words);
    expect(phrases.filter((words, at) => phrases.indexOf(words) !== at)).toEqual([]);
  });

  it('hold enough of both languages, and of what is asked', () => {
    const understood = all.filter(([, meaning]) => meaning !== 'none').map(([words]) => words);
    const inChinese = understood.filter((words) => /\p{Script=Han}/u.test(words));
    expect(inChinese.length).toBeGreaterThanOrEqual(150);
    expect(understood.length - inChinese.length).toBeGreaterThanOrEqual(90);
    const asked = [...chineseAsked, ...englishAsked];
    expect(asked.every(([, meaning]) => meaning.includes(' or '))).toBe(true);
    expect(asked.length).toBeGreaterThanOrEqual(50);
  });
});

describe.each(['UTC', 'Asia/Shanghai', 'America/Los_Angeles'])(
  'on Sunday 22 November 2026, the process in %s',
  (zone) => {
    it('the zone of the process can be set here', () => {
      process.env.TZ = zone;
      expect(Intl.DateTimeFormat().resolvedOptions().timeZone).toBe(zone);
    });

    it.each([...chinese, ...english, ...wrongElsewhere, ...chineseAsked, ...englishAsked])(
      '%s is %s',
      (words, expected) => {
        process.env.TZ = zone;
        expect(read(words, sunday)).toBe(expected);
      },
    );
  },
);

describe('when only a day is needed', () => {
  it.each([
    ['明天3点', '2026-11-23'],
    ['28日晚上12点', '2026-11-28'],
    ['明天下午3点到5点', '2026-11-23'],
    ['半小时后', '2026-11-22'],
    ['3点', 'none'],
    ['下午', 'none'],
    ['Sat 28 Nov 2026', '2026-11-28'],
    ['周日', '2026-11-22 or 2026-11-29'],
  ])('%s is %s', (words, expected) => {
    expect(read(words, sunday, 'day')).toBe(expected);
  });
});

describe('on other days', () => {
  const wednesday = shanghai('2026-11-18T10:00:00');
  it.each([
    ['这周三下午2点', '2026-11-18 14:00'],
    ['周三下午2点', '2026-11-18 14:00 or 2026-11-25 14:00'],
    ['周三上午9点', '2026-11-25 09:00'],
    ['周二', '2026-11-24'],
    ['本周二', '2026-11-17'],
    ['下周日', '2026-11-29'],
    ['下周三', '2026-11-25'],
    ['周末', '2026-11-21 or 2026-11-22'],
    ['本周日', '2026-11-22'],
    ['next Friday', '2026-11-20 or 2026-11-27'],
    ['next Sunday', '2026-11-22 or 2026-11-29'],
    ['this weekend', '2026-11-21 or 2026-11-22'],
    ['next weekend', '2026-11-21 or 2026-11-22 or 2026-11-28 or 2026-11-29'],
    ['下周末', '2026-11-28 or 2026-11-29'],
    ['Wednesday', '2026-11-18 or 2026-11-25'],
    ['this Wednesday', '2026-11-18'],
    ['last Wednesday', '2026-11-11'],
  ])('on a Wednesday, %s is %s', (words, expected) => {
    expect(read(words, wednesday)).toBe(expected);
  });

  it.each(['23', '24', '25', '26', '27', '28', '29'])(
    'on %s November, 下周日 is the Sunday of next week',
    (day) => {
      expect(read('下周日', shanghai(`2026-11-${day}T10:00:00`))).toBe('2026-12-06');
    },
  );

  const saturday = shanghai('2026-11-28T20:00:00');
  it.each([
    ['周末', '2026-11-28 or 2026-11-29'],
    ['这周末', '2026-11-28 or 2026-11-29'],
    ['下周末', '2026-12-05 or 2026-12-06'],
    ['周六', '2026-11-28 or 2026-12-05'],
    ['下周六', '2026-12-05'],
    ['下午3点', '2026-11-29 15:00'],
    ['3点', '2026-11-29 03:00 or 2026-11-29 15:00'],
    ['今晚12点', '2026-11-29 00:00'],
    ['月底', '2026-11-30'],
    ['月初', '2026-12-01 or 2026-12-02 or 2026-12-03'],
    ['this weekend', '2026-11-28 or 2026-11-29'],
    ['next weekend', '2026-12-05 or 2026-12-06'],
    ['next Friday', '2026-12-04'],
    ['next Sunday', '2026-11-29 or 2026-12-06'],
    ['next Monday', '2026-11-30'],
  ])('on a Saturday evening, %s is %s', (words, expected) => {
    expect(read(words, saturday)).toBe(expected);
  });

  const newYearsEve = shanghai('2026-12-31T20:00:00');
  it.each([
    ['明天下午2点', '2027-01-01 14:00'],
    ['元旦', '2027-01-01'],
    ['1月5日', '2027-01-05'],
    ['12月31日', '2026-12-31'],
    ['12月30日', '2027-12-30'],
    ['31号', '2026-12-31'],
    ['30号', '2027-01-30'],
    ['月底', '2026-12-31'],
    ['下个月5号', '2027-01-05'],
    ['明年1月5日', '2027-01-05'],
    ['下周一', '2027-01-04'],
    ['上午9点', '2027-01-01 09:00'],
    ['Jan 5', '2027-01-05'],
  ])('on 31 December, %s is %s', (words, expected) => {
    expect(read(words, newYearsEve)).toBe(expected);
  });

  it.each(['UTC', 'Asia/Shanghai', 'America/Los_Angeles'])(
    'near midnight the day is that of the zone, the process in %s',
    (zone) => {
      process.env.TZ = zone;
      const justBefore = shanghai('2026-11-22T23:59:30');
      expect(read('今天', justBefore)).toBe('2026-11-22');
      expect(read('明天下午2点', justBefore)).toBe('2026-11-23 14:00');
      expect(read('tomorrow', justBefore)).toBe('2026-11-23');
      expect(read('in 3 days', justBefore)).toBe('2026-11-25');
      expect(read('1分钟后', justBefore)).toBe('2026-11-23 00:00');
      const justAfter = shanghai('2026-11-23T00:00:30');
      expect(read('今天', justAfter)).toBe('2026-11-23');
      expect(read('周一', justAfter)).toBe('2026-11-23 or 2026-11-30');
      expect(read('in 3 days', justAfter)).toBe('2026-11-26');
    },
  );

  it('reads in the zone it is told', () => {
    expect(read('明天14:00', sunday, 'time', 'Europe/London')).toBe('2026-11-23 22:00');
  });
});

describe('what is said', () => {
  it('names the weekday, in both languages', () => {
    const at = shanghai('2026-11-28T14:00:00');
    expect(sayMoment(at, timezone, { time: true })).toEqual({
      zh: '2026年11月28日（周六）14:00',
      en: 'Sat 28 Nov 2026, 14:00',
    });
    expect(sayMoment(at, timezone, { time: false })).toEqual({
      zh: '2026年11月28日（周六）',
      en: 'Sat 28 Nov 2026',
    });
    expect(sayMoment(shanghai('2026-09-06T08:05:00'), timezone, { time: true })).toEqual({
      zh: '2026年9月6日（周日）08:05',
      en: 'Sun 6 Sep 2026, 08:05',
    });
  });

  it('is read back as the same minute, on every day of two years', () => {
    for (let n = 0; n < 730; n += 1) {
      const at = new Date(sunday.getTime() + n * 86_400_000 + ((n * 37) % 1440) * 60_000);
      const said = sayMoment(at, timezone, { time: true });
      expect(read(said.zh, sunday)).toBe(written(at, true));
      expect(read(said.en, sunday)).toBe(written(at, true));
    }
  });
});

describe('whatever is typed', () => {
  const pieces = `明天 后天 今晚 下 上 个 周 三 日 末 月 底 初 号 11月28日 28号 14:00 3点 半 一刻 上午 晚上 到 - / . ( ) , 2026 年 元旦
    十一 两 小时 后 过 friday next tomorrow nov 28 at 3 pm noon midnight in days 二十 99 0 〇 百 亿 的`;
  const typed = fc
    .array(fc.constantFrom(...pieces.split(/\s+/), ' '), { maxLength: 8 })
    .map((some) => some.join(''));

  it('comes back as moments that exist, in order, whole days without a time', () => {
    fc.assert(
      fc.property(
        fc.oneof(typed, fc.string({ unit: 'grapheme' })),
        fc.constantFrom('day', 'time'),
        (words, need) => {
          const found = readMoment(words, { now: sunday, timezone, need });
          if (found.kind === 'none') return;
          const options = found.kind === 'moment' ? [found] : found.options;
          expect(options.length > 1).toBe(found.kind === 'ambiguous');
          const times = options.map(({ at }) => at.getTime());
          expect(times.every(Number.isFinite)).toBe(true);
          expect(new Set(times).size).toBe(times.length);
          expect([...times].sort((a, b) => a - b)).toEqual(times);
          for (const { at, hasTime } of options) {
            if (!hasTime) expect(written(at, true)).toMatch(/ 00:00$/);
            if (need === 'day') expect(hasTime).toBe(false);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });
});
