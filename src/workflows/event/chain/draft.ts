/** One row of a chain, before the rows around it have settled which of its words is the name. */
import { type Asides, readAsides } from './asides.js';
import { looksLikeName, looksLikePlace, looksSpoken } from './likeness.js';
import { cut, type Found, type Spelling, take } from './spelling.js';
import { type Token, tokens } from './tokens.js';

/** What a word was said to be, by a label in the row or by the chain's heading. */
export type Role = 'name' | 'park' | 'phone' | 'count' | 'ticket' | 'note' | 'order';
export type Part = { readonly words: Spelling; readonly role: Role | null; readonly joined: boolean };

export type Draft = Asides & {
  readonly text: string;
  readonly parts: readonly Part[];
  readonly ticket: string | null;
  /** “As above”: the park of the row before. */
  readonly ditto: boolean;
  /** Numbers that nobody explained. */
  readonly digits: readonly string[];
};

/** A row is read so far; who writes more has left the row long ago. */
export const longestRow = 200;

const roles: Readonly<Record<Exclude<Role, 'order'>, string>> = {
  name: '姓名|名字|参会人|参加人|报名人|参会人员|name',
  park: '单位名称|单位|所在园区|园区名称|园区|公司|机构|所属|park|organi[sz]ation|company|affiliation|org',
  phone: '联系电话|联系方式|手机号码|手机号|电话号码|电话|手机|phone|mobile|tel',
  count: '参会人数|参加人数|人数|几人|headcount|people|pax|number',
  ticket: '参会方式|参加方式|参会身份|身份|票种|类别|ticket|type',
  note: '备注|职务|职位|职称|部门|饮食|特殊要求|是否住宿|住宿|note|notes|title|remarks?|diet',
};
const roleOf: ReadonlyMap<string, Role> = new Map(
  (['name', 'park', 'phone', 'count', 'ticket', 'note'] as const).flatMap((role) =>
    roles[role].split('|').map((word) => [word, role] as const),
  ),
);
const anyRole = Object.values(roles).join('|');
const roleNamed = (word: string): Role =>
  /^序号?$|^no$/.test(word) ? 'order' : (roleOf.get(word) ?? (word.startsWith('organi') ? 'park' : 'note'));

const label = new RegExp(`(?<![\\p{Script=Latin}])(?<label>${anyRole}) ?:`, 'gu');
const column = new RegExp(`(?<![\\p{Script=Latin}])(?:${anyRole}|序号?|no)(?![\\p{Script=Latin}])`, 'gu');

// 姓名：李娜 is a row in fields, but 格式：姓名/电话 is a heading.
const filledIn = /:\s?\S/;
const announcesColumns = /^[^:]{0,30}(?:格式|接龙|报名|如下|例|按照?|format)[^:]{0,6}:/;

/** The columns of a heading: 单位/姓名/电话. Undefined when the line is none. */
export const readColumns = (line: Spelling): readonly Role[] | undefined => {
  if (filledIn.test(line.plain.slice(0, longestRow).replace(announcesColumns, ''))) return undefined;
  const columns: { readonly role: Role; readonly at: number; readonly end: number }[] = [];
  for (const match of line.plain.slice(0, longestRow).matchAll(column)) {
    columns.push({ role: roleNamed(match[0]), at: match.index, end: match.index + match[0].length });
  }
  const close = columns.every(({ at }, index) => index === 0 || at - (columns[index - 1]?.end ?? 0) <= 3);
  const named = new Set(columns.map(({ role }) => role));
  return named.size >= 2 && close && named.has('name') ? columns.map(({ role }) => role) : undefined;
};

/** Whether the heading joins its columns by a plus: 姓名+单位+电话. Then a plus in a row brings nobody along. */
export const joinsByPlus = (heading: Spelling): boolean =>
  new RegExp(`(?:${anyRole}) ?\\+ ?(?:${anyRole})`, 'u').test(heading.plain);

/** Whether the line goes on with the row before it: “单位：青窑”. */
export const goesOn = (line: Spelling): boolean =>
  /^(?:单位(?:名称)?|所在园区|园区(?:名称)?|公司|机构|联系电话|联系方式|手机号?码?|电话|人数|参会人数|职务|职位|参会方式|park|company|organi[sz]ation|phone|mobile|tel|people|pax) ?:/.test(
    line.plain,
  );

const kind =
  /^(?<kind>线上|网上|远程|云端|线下|现场|正式代表|代表|演讲嘉宾|主讲嘉宾|嘉宾|讲者|讲师|演讲|发言|路演|列席|观察员|旁听|投资人|投资方|投资机构|资方|媒体|记者|online|remote|in person|onsite|on site|delegates?|speakers?|observers?|investors?|press|media)(?:参加|参会|听会|出席|接入|席位?|票|报名|人员|ticket|place)?$/;
const filler =
  /^(?:我|本人|报名|我报名|已报名|已报|补报|参加|我参加|也参加|准时参加|确认参加|一定到|参会|出席|确认|收到|好的|好|来|去|到|准时到|必到|算我一个|算我|加我|我也去|我要去|我去|我来|支持|赞|ok|okay|yes|in|me|count me in|i'm in|im in|will attend|attending|confirmed|接龙|新增|等|和|及|与|x)$/;
const ditto = /^(?:同上|同上单位|同单位|同一单位|〃|ditto|same as above)$/;
const title =
  /^(?:(?:[\p{Script=Han}]{0,6})?(?:主任|经理|总监|园长|董事长|秘书长|会长|理事长|馆长|负责人|主管|专员|部长|处长|科长|局长|院长|校长|所长|主编|设计师|创始人|合伙人|董事|总裁|店长|主理人|导演|制片人|秘书|干事|行政|财务|运营|策划|会计|编辑|客服)|[\p{Script=Han}]{2,6}部|教授|副教授|老师|博士|先生|女士|小姐|ceo|coo|cfo|cto|vp|director|manager|founder|professor|mr|mrs|ms|dr|prof)\.?$/u;
const noted =
  /^\d+\p{Script=Han}{1,2}$|^(?:男|女|同事|家属|朋友|孩子|家人|家里?有事.*|临时有事.*|有事|xs|s|m|l|xl|xxl|xxxl|2xl|3xl|单人|[ab]组|[ab]队|(?:代|帮|替).{0,4}报名?|.{2,4}(?:代报|帮报|代接龙|替报)名?)$|素食|吃素|清真|忌口|过敏|不吃|少辣|免辣|晚到|迟到|早退|晚点|晚来|先走|提前|自驾|开车|拼车|搭车|坐车|大巴|高铁|动车|火车|飞机|航班|住宿|不住|单间|标间|大床|拼房|接站|接机|发票|已付|已交|已转|付款|转账|缴费|交费|保留|首次|新人|球拍|教练|替换|后到|改名|生病|感冒|加班|出差|vegetarian|vegan|halal|allerg|late|early|hotel|no pork|by train|driving/u;

const names =
  /^(?:代|帮|替)(?<for>\p{Script=Han}{2,4}?)(?:报名?|接龙)$|^(?<by>\p{Script=Han}{2,4}?)(?:代|帮|替)(?<for2>\p{Script=Han}{2,4}?)(?:报名?|接龙)$/u;
const tails =
  /^(?<name>.{2,}?)(?:也?(?:报名|参加|参会|出席|确认)|(?:老师|先生|女士|小姐|主任|经理|教授|博士|园长|馆长|院长|会长|总经理|副总|总监|部长|处长|科长|局长|秘书长|董事长|同学))$/u;
// 项 and 高 are family names too.
const rank = /^(?:项目|高级|商务|招商|运营|市场|副总?|总|品牌|产品|艺术)$/;
const courtesies = /^(?:mr|mrs|ms|miss|dr|prof)\.? (?=\S)/;

type Sorted =
  | { readonly as: 'part'; readonly words: Spelling; readonly note?: string }
  | { readonly as: 'ticket' | 'note' | 'digits'; readonly text: string }
  | { readonly as: 'ditto' | 'nothing' };

const sort = ({ words, bracketed }: Token, named: boolean): Sorted => {
  const plain = words.plain.replace(/^[.'’-]+|[.'’-]+$/g, '');
  const start = Math.max(0, words.plain.indexOf(plain));
  const bare = cut(words, start, start + plain.length);
  if (ditto.test(plain)) return { as: 'ditto' };
  if (plain === '' || /^[\p{P}\p{S}\p{M}]+$/u.test(plain)) return { as: 'nothing' };
  if (/^\d{1,2}$/.test(plain)) return { as: 'digits', text: bare.shown };
  // 798 is a park.
  if (/^\d{3,4}$/.test(plain)) return { as: 'part', words: bare };
  const found = kind.exec(plain)?.groups?.kind;
  if (found !== undefined) return { as: 'ticket', text: bare.shown.slice(0, found.length) };
  if (filler.test(plain)) return { as: 'nothing' };
  if (!/[\p{L}]/u.test(plain)) return { as: 'note', text: bare.shown };
  const on = names.exec(plain);
  const behalf = on?.groups?.for ?? on?.groups?.for2;
  if (on && behalf !== undefined && !bracketed) {
    const at = plain.indexOf(behalf, on.groups?.by === undefined ? 1 : on.groups.by.length + 1);
    return { as: 'part', words: cut(bare, at, at + behalf.length), note: bare.shown };
  }
  const name = tails.exec(plain)?.groups?.name;
  if (name !== undefined && !named && !rank.test(name) && (looksLikeName(name) || !title.test(plain))) {
    const tail = bare.shown.slice(name.length);
    const said = /报名|参加|参会|出席|确认/.test(tail) ? undefined : tail;
    return { as: 'part', words: cut(bare, 0, name.length), ...(said !== undefined && { note: said }) };
  }
  if (title.test(plain) || noted.test(plain)) return { as: 'note', text: bare.shown };
  if (looksSpoken(plain) && !looksLikePlace(plain)) return { as: 'note', text: bare.shown };
  const courtesy = courtesies.exec(plain)?.[0] ?? '';
  if (courtesy !== '') return { as: 'part', words: cut(bare, courtesy.length) };
  return { as: 'part', words: bare };
};

type Field = { readonly role: Role | null; readonly words: Spelling };

/** 姓名：李娜 单位：青窑 is a row in fields; any other row is one field without a role. */
const fields = (words: Spelling): readonly Field[] => {
  const found: Field[] = [];
  let from = 0;
  let role: Role | null = null;
  for (const match of words.plain.matchAll(label)) {
    found.push({ role, words: cut(words, from, match.index) });
    role = roleNamed(match.groups?.label ?? '');
    from = match.index + match[0].length;
  }
  found.push({ role, words: cut(words, from) });
  return found;
};

/** Reads what stands behind the number. */
export const readDraft = (typed: Spelling): Draft => {
  const words = cut(typed, 0, longestRow);
  const counted = take(words, /(?:参会|参加)?人数 ?: ?(?<count>\d{1,2})(?!\d)(?: ?[人位名])?/g);
  const asides = readAsides(counted.rest);
  const total = counted.found.map(({ groups }: Found) => Number(groups.count)).at(-1);
  const parts: Part[] = [];
  const notes: string[] = [];
  const digits: string[] = [];
  let ticket: string | null = null;
  let isDitto = false;
  for (const field of fields(asides.rest)) {
    for (const token of tokens(field.words)) {
      if (field.role === 'note') {
        notes.push(token.words.shown);
        continue;
      }
      const sorted = sort(
        token,
        parts.some((part) => looksLikeName(part.words.plain)),
      );
      switch (sorted.as) {
        case 'part':
          parts.push({ words: sorted.words, role: field.role, joined: token.joined });
          if (sorted.note !== undefined) notes.push(sorted.note);
          break;
        case 'ticket':
          ticket = ticket ?? sorted.text;
          break;
        case 'note':
          notes.push(sorted.text);
          break;
        case 'digits':
          digits.push(sorted.text);
          break;
        case 'ditto':
          isDitto = true;
          break;
        case 'nothing':
          break;
        default:
          sorted satisfies never;
      }
    }
  }
  return {
    ...asides,
    total: total ?? asides.total,
    text: typed.shown,
    notes: [...notes, ...asides.notes],
    parts,
    ticket,
    ditto: isDitto,
    digits,
  };
};
