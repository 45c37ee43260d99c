/** The lines of one chain, sorted into title, rows and remarks. */
import type { ChainFault } from './chain.js';
import { type Draft, goesOn, joinsByPlus, longestRow, readColumns, readDraft } from './draft.js';
import {
  endsFolded,
  isRow,
  isRule,
  type Mode,
  noMode,
  onlyAdds,
  onlyPlaces,
  opensExample,
  readMode,
} from './headings.js';
import { looksLikePlace } from './likeness.js';
import { inlineRows, type Marked, readMarker, withoutBullets } from './marker.js';
import type { Block, Line } from './paste.js';
import type { Columns, Placed } from './settle.js';
import { cut, type Spelling } from './spelling.js';

export type Numbered = { readonly number: number; readonly line: number };
export type List = {
  readonly heading: string;
  readonly line: number;
  /** A list of those who wait, stay away or come in another way; it counts by itself. */
  readonly aside: boolean;
  readonly rows: readonly Numbered[];
  /** Numbers without a row: of examples, of empty rows, of those that a row without a number stands for. */
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

type OpenList = {
  heading: string;
  line: number;
  aside: boolean;
  rows: Numbered[];
  others: Numbered[];
  highest: number;
};

/** What has been read of a chain so far. */
type Reading = {
  readonly headed: boolean;
  title: string | undefined;
  columns: Columns | undefined;
  mode: Mode;
  list: OpenList;
  /** The remark right above. */
  heading: string | undefined;
  /** The words of the last row, which its next lines are added to. */
  lastWords: Spelling | undefined;
  readonly lists: OpenList[];
  readonly rows: Placed[];
  readonly remarks: string[];
  readonly faults: ChainFault[];
};

/** Gives a line that lost its breaks its breaks again. */
const pieces = ({ line, words }: Line): readonly Line[] => {
  const starts = inlineRows(words.plain);
  if (starts.length === 0) return [{ line, words }];
  const bounds = starts[0] === 0 ? starts : [0, ...starts];
  return bounds.map((start, index) => {
    const { shown, plain } = cut(words, start, bounds[index + 1]);
    return { line, words: { shown: shown.trim(), plain: plain.trim() } };
  });
};

const lastOf = ({ rows, others }: OpenList): number =>
  Math.max(rows.at(-1)?.number ?? 0, others.at(-1)?.number ?? 0);

const startList = (reading: Reading, heading: string, line: number, aside: boolean) => {
  reading.list = { heading, line, aside, rows: [], others: [], highest: 0 };
  reading.lists.push(reading.list);
};

const addRemark = (reading: Reading, shown: string) => {
  const isTitle = reading.title === undefined && reading.rows.length === 0 && !/^\.+$/.test(shown);
  if (isTitle) reading.title = shown;
  else reading.remarks.push(shown);
  reading.heading = shown;
};

const addRow = (reading: Reading, line: number, { number, waiting, rest }: Marked, draft: Draft) => {
  const restarts = number === 1 && reading.list.highest > 1;
  if (restarts && reading.heading !== undefined) startList(reading, reading.heading, line, false);
  const { list } = reading;
  if (list.rows.length === 0 && list.heading === '') list.heading = reading.heading ?? '';
  if (number === null) list.others.push({ number: lastOf(list) + 1, line });
  else if (!waiting) {
    list.rows.push({ number, line });
    list.highest = Math.max(list.highest, number);
  }
  reading.rows.push({ ...draft, line, number, waitlisted: draft.waitlisted || waiting, list: reading.mode });
  reading.lastWords = rest;
  reading.heading = undefined;
};

/** 电话：… on the line below belongs to the row above, as do “+1” and a park alone. */
const addToRow = (reading: Reading, words: Spelling, draft: Draft): boolean => {
  const { lastWords } = reading;
  const row = reading.rows.at(-1);
  if (!row || row.number === null || !lastWords || lastWords.plain.length > longestRow) return false;
  const lacksPark = row.parts.length < 2 && !row.parts.some((part) => looksLikePlace(part.words.plain));
  if (!goesOn(words) && !onlyAdds(draft) && !(lacksPark && onlyPlaces(words, draft))) return false;
  const joined = {
    shown: `${lastWords.shown} | ${words.shown}`,
    plain: `${lastWords.plain} | ${words.plain}`,
  };
  reading.rows.splice(-1, 1, { ...row, ...readDraft(joined), waitlisted: row.waitlisted });
  reading.lastWords = joined;
  return true;
};

/** The heading of the columns, or an example: its number is counted, but it is nobody’s row. */
const addSample = (reading: Reading, { line, words }: Line, mark: Marked): boolean => {
  const bare = withoutBullets(words);
  const columns = readColumns(bare);
  const opening = columns ? undefined : opensExample(words, mark.rest);
  if (!columns && opening === undefined) return false;
  const number = mark.number ?? readMarker(withoutBullets(cut(words, opening ?? 0))).number;
  if (number !== null) reading.list.others.push({ number, line });
  if (!columns) {
    reading.remarks.push(words.shown);
    return true;
  }
  reading.columns = { roles: columns, joinedByPlus: joinsByPlus(bare) };
  addRemark(reading, bare.shown);
  return true;
};

const addUnnumbered = (reading: Reading, { line, words }: Line, rest: Spelling, mayBeRow: boolean) => {
  const bare = withoutBullets(words);
  const mode = readMode(bare);
  if (mode && (mode.ticket === null || reading.title !== undefined)) {
    reading.mode = mode;
    startList(reading, bare.shown, line, true);
    reading.remarks.push(words.shown);
    return;
  }
  const draft = readDraft(rest);
  if (addToRow(reading, rest, draft)) return;
  const isTitle = reading.title === undefined && reading.rows.length === 0;
  if (mayBeRow && !isTitle && isRow(rest, draft)) {
    addRow(reading, line, { number: null, style: 'none', waiting: false, rest }, draft);
  } else addRemark(reading, words.shown);
};

const addNumbered = (reading: Reading, { line, words }: Line, mark: Marked, number: number) => {
  const { list } = reading;
  const last = lastOf(list);
  if (mark.rest.plain === '') {
    // A number alone may be a remark: 666 is applause.
    if (number !== last + 1 && !/[.、)]/.test(words.plain)) return addRemark(reading, words.shown);
    list.others.push({ number, line });
    reading.faults.push({ kind: 'emptyRow', number, line });
    return;
  }
  const draft = readDraft(mark.rest);
  // In the middle of the rows, even a sentence is somebody’s row.
  const continues = list.rows.length > 0 && number === last + 1;
  if (!continues && isRule(mark.rest, draft)) addRemark(reading, words.shown);
  else addRow(reading, line, mark, draft);
};

/** Sorts the lines of a chain, in one walk over them. */
export const sortLines = ({ header, lines }: Block): Sorted => {
  const all = lines.flatMap(pieces).map((line) => ({ line, mark: readMarker(line.words) }));
  // Where rows count 1, 2, 3, a line with 一、 is a heading of the announcement.
  const inDigits = all.some(({ mark }) => mark.style === 'digits' && mark.rest.plain !== '');
  const isNumbered = ({ number, style }: Marked) => number !== null && (style === 'digits' || !inDigits);
  const firstNumbered = all.findIndex(({ mark }) => isNumbered(mark));
  const lastNumbered = all.findLastIndex(({ mark }) => isNumbered(mark));
  const list: OpenList = { heading: '', line: header ?? 1, aside: false, rows: [], others: [], highest: 0 };
  const reading: Reading = {
    headed: header !== null,
    title: undefined,
    columns: undefined,
    mode: noMode,
    list,
    heading: undefined,
    lastWords: undefined,
    lists: [list],
    rows: [],
    remarks: [],
    faults: [],
  };
  for (const [index, { line, mark }] of all.entries()) {
    if (line.words.plain === '' || addSample(reading, line, mark)) continue;
    if (isNumbered(mark) && mark.number !== null) addNumbered(reading, line, mark, mark.number);
    else {
      // Where rows have numbers, one without stands among them: names above and below are of speakers and hosts.
      const follows = index > firstNumbered && all[index - 1]?.line.words.plain !== '';
      const mayBeRow =
        firstNumbered < 0 ? reading.headed : follows || (index > firstNumbered && index < lastNumbered);
      addUnnumbered(reading, line, mark.rest, mayBeRow);
    }
  }
  const end = all.findLast(({ line }) => line.words.plain !== '')?.line;
  if (end && reading.rows.length > 0 && endsFolded(end.words)) {
    reading.faults.push({ kind: 'cutOff', line: end.line });
  }
  const { title = '', rows, remarks, columns, lists, faults } = reading;
  return { title, rows, remarks, columns, lists, faults };
};
