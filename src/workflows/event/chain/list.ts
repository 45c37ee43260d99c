/** The lines of one chain, sorted into title, rows and remarks. */
import type { ChainFault } from './chain.js';
import { type Draft, goesOn, joinsByPlus, readColumns, readDraft } from './draft.js';
import { looksAnnounced, looksLikeLatinName, looksLikeName, looksLikePlace, looksSpoken } from './likeness.js';
import { inlineRows, type Marked, readMarker, withoutBullets } from './marker.js';
import type { Block, Line } from './paste.js';
import type { Columns, Placed } from './settle.js';
import { cut, type Spelling } from './spelling.js';

export type Numbered = { readonly number: number; readonly line: number };
export type List = {
  readonly heading: string;
  readonly line: number;
  /** A list of those who wait or stay away, which counts by itself. */
  readonly aside: boolean;
  /** Numbers that were seen, on rows and on what is none: examples, empty rows. */
  readonly rows: readonly Numbered[];
  readonly others: readonly Numbered[];
};

export type Sorted = {
  readonly title: string;
  readonly rows: readonly Placed[];
  readonly remarks: readonly string[];
  readonly columns: Columns | undefined;
  readonly lists: readonly List[];
  readonly faults: readonly ChainFault[];
};

const example =
  /^[([【]?(?:举?例|例如|例子|示例|样例|范例|比如|格式|模板|e\.?g\.?|example|sample|format)[)\]】]?(?:\s?\d{1,2})?[\s:.、,-]|^如:|[([【](?:示例|例子?|范例|样例|example|sample)[)\]】]/;
const placeholder = /(?:某某|张某|xxx|×××|某单位)/;
const waitlist = /^[-—=*【[(\s]*(?:候补|替补|递补|排队|waitlist|waiting list|standby)(?:名单|人员|区|席|list)?\s?(?:\(.{0,10}\))?[】\])]?[\s:—=*-]*$/;
const stayAway = /^[-—=*【[(\s]*(?:请假|不参加|不去|取消|退出|缺席|不能参加|已取消|not coming|cancelled|withdrawn|apologies)(?:名单|人员|的)?[】\])]?[\s:—=*-]*$/;
const kindHeading = /^[-—=*【[(\s]*(?<kind>线上|线下|现场|嘉宾|演讲嘉宾|代表|列席|观察员|投资人|投资方|媒体|记者|online|onsite|in person|speakers?|observers?|investors?|press|media|delegates?)(?:参会|参加|组|名单|人员)?[】\])]?[\s:—=*-]*$/;
const cutOff = /(?:\.\.\.|\[\.\.\.\])\s*(?:展开|展开全文|全文|查看全文|more|see more)?$|^(?:展开|展开全文|全文|查看全文|see more)$/;

const isPersonDraft = ({ parts }: Draft): boolean =>
  parts.some(({ words, role }) => role === 'name' || looksLikeName(words.plain) || looksLikeLatinName(words.shown));

/** “1. 请提前十分钟到场。” is numbered, but nobody signs up with it. */
const isRule = (words: Spelling, draft: Draft): boolean =>
  /^(?:活动|会议|报名|培训|集合|参会|课程)?(?:时间|地点|地址|主题|内容|费用|对象|方式|要求|须知|议程|名额|人数|日期|流程|集合|time|date|venue|place|topic|fee|agenda)[\s:]/.test(
    words.plain,
  ) ||
  /^(?:请|须|需|不得|禁止|务必|自备|自带|提前|不要|严禁|每人|如需|如有|如果|凡|本次|名额)/.test(words.plain) ||
  (!isPersonDraft(draft) && draft.parts.length === 0 && looksSpoken(words.plain) && words.plain.length > 8) ||
  (!isPersonDraft(draft) && /[;。]$/.test(words.plain) && words.plain.length > 8);

/** A line without a number that is a row all the same: it begins with what can only be a name and its park. */
const isRow = (words: Spelling, draft: Draft): boolean =>
  words.plain.length <= 60 &&
  !looksAnnounced(words.plain.replace(/候补|替补/g, '')) &&
  draft.parts.length > 0 &&
  draft.parts.length <= 4 &&
  isPersonDraft(draft);

const onlyAdds = (draft: Draft): boolean =>
  draft.parts.length === 0 && (draft.phone !== null || draft.companions !== null) && draft.notes.length === 0;

type Piece = { readonly line: number; readonly words: Spelling };

/** Gives lines that lost their breaks their breaks again. */
const pieces = ({ line, words }: Line): readonly Piece[] => {
  const starts = inlineRows(words.plain);
  if (starts.length === 0) return [{ line, words }];
  const bounds = starts[0] === 0 ? starts : [0, ...starts];
  return bounds.map((start, index) => {
    const { shown, plain } = cut(words, start, bounds[index + 1]);
    return { line, words: { shown: shown.trim(), plain: plain.trim() } };
  });
};

type OpenList = { heading: string; line: number; aside: boolean; rows: Numbered[]; others: Numbered[] };

/** Sorts the lines of a block. Takes no more than one walk over them. */
export const sortLines = (block: Block): Sorted => {
  const all = block.lines.flatMap(pieces);
  const marked = all.map(({ words }) => readMarker(words));
  // Where rows count 1, 2, 3, a line with 一、 is a heading of the announcement.
  const inDigits = marked.some((one) => one.style === 'digits' && one.rest.plain !== '');
  let title: string | undefined;
  let columns: Columns | undefined;
  let last: { words: Spelling; index: number } | undefined;
  let list: OpenList = { heading: '', line: block.header ?? 1, aside: false, rows: [], others: [] };
  let mode: Placed['list'] = { waitlisted: false, withdrawn: false, ticket: null };
  let heading: { text: string; line: number } | undefined;
  const lists = [list];
  const rows: Placed[] = [];
  const remarks: string[] = [];
  const faults: ChainFault[] = [];

  const startList = (text: string, line: number, aside: boolean) => {
    list = { heading: text, line, aside, rows: [], others: [] };
    lists.push(list);
  };
  const remark = (words: Spelling) => {
    if (title === undefined && rows.length === 0 && !/^\.+$/.test(words.plain)) title = words.shown;
    else remarks.push(words.shown);
  };
  const addRow = (line: number, { number, waiting, rest }: Marked) => {
    const draft = readDraft(rest);
    const restarts = number === 1 && list.rows.some((one) => one.number >= 2) && heading !== undefined;
    if (restarts && list.rows.length > 0) startList(heading?.text ?? '', line, false);
    const placed: Placed = {
      ...draft,
      line,
      number,
      waitlisted: draft.waitlisted || waiting,
      list: mode,
    };
    if (list.rows.length === 0 && list.heading === '') list.heading = heading?.text ?? '';
    if (number !== null && !waiting) list.rows.push({ number, line });
    last = { words: rest, index: rows.length };
    rows.push(placed);
    heading = undefined;
  };

  for (const [index, { line, words }] of all.entries()) {
    const mark = marked[index];
    if (!mark || words.plain === '') continue;
    const bareWords = withoutBullets(words);
    const found = readColumns(bareWords);
    if (found && !/[:]\s?\S/.test(bareWords.plain.replace(/^[^:]{0,12}(?:格式|接龙|报名|如下|例|format)[^:]{0,6}:/, ''))) {
      columns = { roles: found, joinedByPlus: joinsByPlus(bareWords) };
      if (mark.number !== null && mark.style === 'digits') list.others.push({ number: mark.number, line });
      remark(bareWords);
      continue;
    }
    if (example.test(words.plain) || example.test(mark.rest.plain) || placeholder.test(mark.rest.plain)) {
      const inner = mark.number ?? readMarker(withoutBullets(cut(words, example.exec(words.plain)?.[0].length ?? 0))).number;
      if (inner !== null) list.others.push({ number: inner, line });
      remarks.push(words.shown);
      continue;
    }
    const numbered = mark.number !== null && (mark.style === 'digits' || !inDigits);
    if (!numbered) {
      if (waitlist.test(bareWords.plain) || stayAway.test(bareWords.plain)) {
        const away = !waitlist.test(bareWords.plain);
        mode = { waitlisted: !away, withdrawn: away, ticket: null };
        startList(bareWords.shown, line, true);
        remarks.push(words.shown);
        continue;
      }
      const kind = kindHeading.exec(bareWords.plain)?.groups?.kind;
      if (kind !== undefined && title !== undefined) {
        mode = { waitlisted: false, withdrawn: false, ticket: kind };
        if (list.rows.length > 0) startList(bareWords.shown, line, true);
        remarks.push(words.shown);
        continue;
      }
      const draft = readDraft(mark.rest);
      const isTitle = title === undefined && rows.length === 0 && block.header !== null;
      const previous = last === undefined ? undefined : rows[last.index];
      const unplaced = previous?.parts.some((part) => looksLikePlace(part.words.plain)) === false && previous.parts.length < 2;
      const place = draft.parts.length === 1 && !isPersonDraft(draft) && looksLikePlace(draft.parts[0]?.words.plain ?? '');
      if (last && previous && previous.number !== null && (goesOn(mark.rest) || onlyAdds(draft) || (place && unplaced && !looksAnnounced(mark.rest.plain)))) {
        const joined = {
          shown: `${last.words.shown} | ${mark.rest.shown}`,
          plain: `${last.words.plain} | ${mark.rest.plain}`,
        };
        last = { words: joined, index: last.index };
        rows[last.index] = { ...previous, ...readDraft(joined), waitlisted: previous.waitlisted };
        continue;
      }
      if (!isTitle && (block.header !== null || rows.length > 0) && isRow(mark.rest, draft)) {
        addRow(line, { ...mark, number: null });
        continue;
      }
      remark(words);
      heading = { text: words.shown, line };
      continue;
    }
    if (mark.rest.plain === '') {
      const before = Math.max(0, ...[...list.rows, ...list.others].slice(-1).map((one) => one.number));
      if (mark.number === before + 1 || /[.、)]/.test(words.plain)) {
        list.others.push({ number: mark.number ?? 0, line });
        faults.push({ kind: 'emptyRow', number: mark.number ?? 0, line });
      } else remark(words);
      continue;
    }
    if (isRule(mark.rest, readDraft(mark.rest))) {
      remark(words);
      continue;
    }
    addRow(line, mark);
  }
  const end = all.findLast(({ words }) => words.plain !== '');
  if (end && rows.length > 0 && cutOff.test(end.words.plain)) faults.push({ kind: 'cutOff', line: end.line });
  return { title: title ?? '', rows, remarks, columns, lists, faults };
};
