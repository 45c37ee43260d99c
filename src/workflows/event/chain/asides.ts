/** What people add to their name in a chain: how many they are, that they no longer come, a telephone number. */
import { readNumeral } from '../../../core/numerals.js';
import { readPhone } from '../../../core/questions/phone.js';
import { type Spelling, take } from './spelling.js';

export type Asides = {
  /** Struck out, called off. */
  readonly withdrawn: boolean;
  readonly waitlisted: boolean;
  readonly held: boolean;
  readonly phone: string | null;
  /** Without the named one; null where nobody is counted that way. */
  readonly companions: number | null;
  /** With the named one; null where nobody is counted that way. */
  readonly total: number | null;
  /** Words about a number that is not clear. */
  readonly unclearCount: readonly string[];
  readonly unsure: readonly string[];
  readonly notes: readonly string[];
  /** What is left: names, parks, kinds of places. */
  readonly rest: Spelling;
};

const struckOut = /^(?:~~[^~]+~~|~[^~]+~)|[\u0335-\u0338]/u;

const phones =
  /(?<!\d)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)|(?<!\d)0\d{2,3}[- ]?\d{7,8}(?:-\d{1,6})?(?!\d)|\+(?!1[3-9]\d{9}(?!\d))\d{1,3}(?:[ -]?\d){6,12}(?!\d)/g;
const hiddenPhones = /(?<!\d)1\d{2}\*{2,8}\d{0,4}|(?<!\d)1\d{2}x{4}\d{4}/g;

const n = '(?:\\d{1,2}(?!\\d)|[一二两三四五六七八九]?十[一二三四五六七八九]?|[一二两俩三四五六七八九])';
const who =
  '(?:新人|家属|家人|亲属|同事|朋友|友人|孩子|小孩|小朋友|娃|大人|学生|嘉宾|客户|助理|助手|随行|领导|guests?|colleagues?|friends?|kids?|people|person|pax|others?)';
const one =
  '(?:老公|老婆|太太|爱人|丈夫|妻子|女儿|儿子|女友|男友|媳妇|助理|助手|司机|husband|wife|son|daughter|assistant|partner)';

const withNumber = new RegExp(
  `(?:(?<![\\d+])1 ?)?\\+ ?(?<plus>${n}) ?(?:个|位|名|口)?人?的? ?${who}?(?![\\d元%])|加 ?(?<plus2>${n})(?:(?:个|位|名)人?${who}?|人|(?![\\p{L}\\d]))|(?:另外?|再|还)?[带携]${who}? ?(?<plus3>${n}) ?(?:个|位|名|口)?人?的? ?${who}?|(?<plus4>${n}) ?(?:个|位|名)${who}|\\b(?:plus|with|bringing|and) (?<plus5>\\d{1,2}|one|two|three|four) ?(?:more )?${who}?\\b`,
  'gu',
);
const withOne = new RegExp(`(?:\\+ ?|(?:另外?|再|还)?[带携和] ?(?:我)?)${one}(?!\\p{L})`, 'gu');
const withSome = new RegExp(
  `(?:\\+ ?|(?:另外?|再|还)?[带携]着? ?)(?:几个|几位|几名|若干)?(?:${who}|全家|家小)(?:若干|们)?|\\+ ?(?:n(?![a-z])|\\?|几)|几个?人|若干人?|一家子|全家|\\b(?:plus|with|\\+) (?:some |a few |my )?(?:guests|colleagues|friends|team|family)\\b`,
  'gu',
);
const fewer = /(?<=[\s|\p{L}])-[1-9](?![\d\p{L}]| ?人)/gu;
const grown = /(?<big>\d{1,2})大(?<small>\d{1,2})小/g;
const altogether = new RegExp(
  `(?<!第)(?:一行|一家|一共|总共|总计|共计|合计|共|人数:?)? ?(?<!\\d)(?<all>${n}) ?(?:个人|人|位|名|口人?)(?!间|次|份|房|座|以|民|大|工|事|均|物|气|的|员|生|行|制)(?:参加|参会|出席|到场)?|(?<![\\p{L}\\d])[x×*✕] ?(?<times>\\d{1,2})(?![\\d\\p{L}])|(?<!\\d)(?<=\\s|\\||[(,/])(?<pax>\\d{1,2}) ?(?:pax|ppl|people|persons?|seats?|places?|tickets?|guests? in all)\\b`,
  'gu',
);
const couple = /夫妇|夫妻|伉俪|两口子|小两口/g;

const perhaps =
  /(?:可能|也许|或许|说不定|大概率?|争取|尽量)会?(?:(?:去|来|到|参加|出席)(?:不了)?|不去|不来|不参加|不能(?:去|来|参加)|请假|取消)|(?:不一定|未必|看情况)(?:能?(?:去|来|到|参加))?|待定|暂定|未定|不确定|再确认|没定|\b(?:maybe|tentative(?:ly)?|tbc|tbd|not sure|perhaps)\b/g;

const gone =
  /(?:临时|因故|有事|不好意思|抱歉)*(?:(?:已|申请)?取消(?:报名|参加|候补|接龙|参会)?|(?:我?去不了|来不了|去不成|来不成|参加不了|到不了)|(?:不去|不来|不参加|不报|不参会|不到场)|(?:不能|无法|没法|不克)(?:去|来|参加|出席|到场|参会|前往|到会)|(?:已)?请假|(?:已|申请)?退出(?:候补|报名|接龙)?|(?:已)?退(?:报|票)|(?:已)?撤(?:销|回|了|出)|放弃|作废|划掉|删除|缺席|退了|鸽了|放鸽子)(?:了|啦)?|\b(?:cancell?ed|cancels?|withdrawn?|withdrew|dropped out|dropping out|drops? out|(?:can't|cannot|can not|won't)(?: be able to)? (?:come|make it|attend|join|go)|not coming|unable to (?:come|attend|join)|has withdrawn|sends? apolog(?:y|ies)|apologies)\b|[❌✖✗✘❎🚫🙅]/gu;
const movedUp =
  /(?:候补|递补)?(?:已?转正|已转正式|已递补|候补成功|转为正式)(?:了)?|\b(?:moved up|off the waitlist)\b/g;
const waits =
  /(?:候补|替补|后补|递补|备选|排队)(?:中|名单|人员|席位|席)?(?: ?第? ?\d{1,3}(?!\d)(?:位|号)?)?|\((?:候|补|wl)\)|\b(?:on )?(?:the )?wait(?:ing)?[- ]?list(?:ed)?(?: ?#?\d{1,3})?\b|\bstandby\b|\bstand-by\b/g;
const isHeld = /(?:名额|席位|位置)?(?:保留中|留位|留位待确认|待确认)|\bplace held\b|\bheld\b/g;

// Times, days, money and registration plates have digits that count nobody.
const otherNotes =
  /20\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:到|抵达|出发|入住)?|(?<!\d)\d{1,2}:\d{2}(?:-\d{1,2}:\d{2})?(?:左右|前后|前|后)?(?:才?到|出发|抵达|离开|走)?|(?<!\d)\d{1,2}月\d{1,2}[日号]?(?:到|抵达|出发|入住)?|(?<!\d)\d{1,2}点(?:半|\d{1,2}分?)?(?:左右|前后|前|后)?(?:才?到|来|出发|抵达|离开|走)?|[¥￥$] ?\d+(?:\.\d+)?|\d+(?:\.\d+)?(?:元|块)(?:已?[付交转]款?)?|[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]a?-?[a-z]·?[a-z0-9]{5,6}(?![a-z0-9])|(?:双|单|两|二|三|2|1)人(?:间|房)|\b\d{1,2}(?:\.\d{2})? ?(?:am|pm)\b/g;

const wordNumbers: Readonly<Record<string, number>> = { one: 1, two: 2, three: 3, four: 4 };
const numberOf = (words: string): number => wordNumbers[words] ?? readNumeral(words.replace('俩', '两')) ?? 0;
const sum = (numbers: readonly number[]): number | null =>
  numbers.length === 0 ? null : numbers.reduce((all, some) => all + some, 0);

/** Takes everything out of a row's words that is not a name, a park or a kind of place. */
export const readAsides = (words: Spelling): Asides => {
  const struck = struckOut.test(words.plain);
  let rest: Spelling = struck
    ? {
        shown: words.shown.replace(/[\u0335-\u0338]|~/g, (mark) => (mark === '~' ? ' ' : '')),
        plain: words.plain.replace(/[\u0335-\u0338]|~/g, (mark) => (mark === '~' ? ' ' : '')),
      }
    : words;
  const all = (pattern: RegExp) => {
    const taken = take(rest, pattern);
    rest = taken.rest;
    return taken.found;
  };
  const shown = (pattern: RegExp) => all(pattern).map((one) => one.words.shown.trim());
  const numbers = (pattern: RegExp) =>
    all(pattern).map(({ groups }) =>
      Object.values(groups).reduce((some, group) => some + (group === undefined ? 0 : numberOf(group)), 0),
    );

  const [phone, ...otherPhones] = all(phones).map((one) => readPhone(one.words.shown) ?? one.words.shown);
  const notes = [...otherPhones, ...shown(hiddenPhones), ...shown(otherNotes)];
  const unsure = shown(perhaps);
  const withdrawn = shown(gone).length > 0 || struck;
  const promoted = shown(movedUp).length > 0;
  const waiting = shown(waits).length > 0;
  const held = shown(isHeld).length > 0;
  const grownUp = numbers(grown);
  const counted = numbers(withNumber);
  const some = shown(withSome);
  const less = shown(fewer);
  const single = shown(withOne);
  const totals = [...grownUp, ...numbers(altogether), ...all(couple).map(() => 2)];
  const companions = sum([...counted, ...single.map(() => 1)]);
  const total = sum(totals);
  const contradicts =
    total !== null &&
    (total < 1 || (companions !== null && total !== companions + 1) || new Set(totals).size > 1);
  return {
    withdrawn,
    waitlisted: waiting && !promoted,
    held,
    phone: phone ?? null,
    companions: companions === null && some.length > 0 ? 1 : companions,
    total: contradicts ? Math.max(1, ...totals, (companions ?? 0) + 1) : total,
    unclearCount: [...some, ...less, ...(contradicts ? [words.shown] : [])],
    unsure,
    notes: [...notes, ...single.map((one) => one.replace(/^\+ ?/, ''))],
    rest,
  };
};
