/** Tables for spreadsheets: a sign-up list, a roll, a result. */
import { stringify } from 'csv-stringify/sync';
import writeXlsx, { type CellObject, type SheetData } from 'write-excel-file/node';
import { clean } from '../core/text.js';
import { wallClock } from './wall-clock.js';

/** A date is an instant, shown in the zone that the table is written for. `width` counts Latin letters. */
export type Column<Row> = {
  readonly title: string;
  readonly of: (row: Row) => Value;
  readonly width?: number;
};
type Value = string | number | Date | null;

export type Sheet<Row> = {
  readonly name: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
};

type Zone = { readonly timezone: string };

/**
 * UTF-8 with a byte order mark, lines ending in CRLF, dates as in 2026-11-28 14:00. A text that a spreadsheet would
 * take for a formula begins with an apostrophe.
 */
export const toCsv = <Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  { timezone }: Zone,
): string => {
  const cell = (value: Value): string => {
    if (value === null) return '';
    if (typeof value === 'string') return harmless(value);
    if (typeof value === 'number') return String(value);
    return wallClock(value, timezone).toFormat('yyyy-MM-dd HH:mm');
  };
  const records = [
    columns.map(({ title }) => harmless(title)),
    ...rows.map((row) => columns.map((column) => cell(column.of(row)))),
  ];
  return stringify(records, { bom: true, record_delimiter: 'windows', quote_record_delimiter: true });
};

/*
 * A spreadsheet that opens a CSV file runs what begins with one of these signs; in Asian editions the full-width
 * ones, too. Signed numbers, and telephone numbers in groups of digits (+86 138 0013 8000), stay as they are: there
 * is nothing in them to compute. With hyphens (+86-138-…) the groups would be subtracted from each other.
 */
const startsFormula = /^(?:[\t\r\n]|\s*[=+\-@＝＋－＠])/;
const plainNumber = /^(?:[+-]?\d+(?:[.,]\d+)*%?|\+\d+(?: \d+)*)$/;
const harmless = (text: string): string =>
  startsFormula.test(text) && !plainNumber.test(text) ? `'${text}` : text;

/**
 * A workbook for Excel and WPS. Strings stay text, also long numbers and telephone numbers, and are never a formula;
 * one that exceeds what a cell can hold, 32,767 characters, ends in “…”. Names of sheets are made legal and unique.
 * Throws a RangeError without sheets.
 */
export const toXlsx = async <Rows extends readonly unknown[]>(
  sheets: { readonly [Index in keyof Rows]: Sheet<Rows[Index]> },
  { timezone }: Zone,
): Promise<Buffer> => {
  if (sheets.length === 0) throw new RangeError('A workbook has at least one sheet.');
  const names = sheetNames(sheets.map(({ name }) => name));
  return writeXlsx(
    sheets.map((sheet, index) => ({
      sheet: names[index] ?? '',
      data: cells(sheet, timezone),
      columns: sheet.columns.map(({ width, title }) => ({
        width: width ?? defaultWidth(title),
      })),
      stickyRowsCount: 1,
    })),
  ).toBuffer();
};

// A Chinese character is as wide as two letters; a date takes sixteen.
const defaultWidth = (title: string): number => Math.min(40, Math.max(18, 2 * title.length + 2));

const cells = <Row>({ columns, rows }: Sheet<Row>, timezone: string): SheetData => [
  columns.map(({ title }) => ({ ...textCell(title), fontWeight: 'bold' })),
  ...rows.map((row) => columns.map((column) => cell(column.of(row), timezone))),
];

const cell = (value: Value, timezone: string): CellObject | null => {
  if (value === null) return null;
  if (typeof value === 'string') return textCell(value);
  if (typeof value === 'number') {
    // A workbook with such a number does not open.
    return Number.isFinite(value) ? { type: Number, value } : textCell(String(value));
  }
  // Dates have no zone there: what the wall clock shows is written as if it were UTC.
  const shown = wallClock(value, timezone).setZone('utc', { keepLocalTime: true }).toJSDate();
  return { type: Date, value: shown, format: 'yyyy-mm-dd hh:mm' };
};

const longest = 32_767;
const textCell = (text: string): CellObject => {
  const whole = text.replace(/\r\n?/g, '\n');
  const value = whole.length > longest ? `${whole.slice(0, longest - 1)}…` : whole;
  return {
    type: String,
    value: escaped(value),
    alignVertical: 'top',
    wrap: value.includes('\n'),
    // As “text”, a number stays one when somebody edits its cell. Excel shows longer texts of that format as ####.
    ...(value.length <= 255 && { format: '@' }),
  };
};

/*
 * In a workbook `_x0041_` means A, so what a person typed like that is escaped itself. The library looks strings up
 * in a plain object and writes a broken file for “constructor” and the like: with their first letter escaped, they
 * are other strings to it and the same to a reader.
 */
const escaped = (text: string): string => {
  const literal = text.replace(/_(?=x[\da-f]{4}_)/gi, '_x005F_');
  if (!(literal in {})) return literal;
  return `_x${literal.charCodeAt(0).toString(16).padStart(4, '0')}_${literal.slice(1)}`;
};

/** Legal names for the sheets of a workbook: not empty, at most 31 characters, no two alike but for their case. */
const sheetNames = (wanted: readonly string[]): readonly string[] => {
  const taken = new Set<string>();
  return wanted.map((name) => {
    const legal = legalName(name);
    let unique = legal;
    for (let n = 2; taken.has(unique.toLowerCase()); n += 1) {
      const suffix = ` (${n})`;
      unique = shortened(legal, 31 - suffix.length) + suffix;
    }
    taken.add(unique.toLowerCase());
    return unique;
  });
};

const legalName = (name: string): string => {
  const legal = shortened(
    clean(name)
      .replaceAll('\ufffd', '')
      .replace(/[[\]:*?/\\]/g, '-')
      .replace(/\s+/g, ' ')
      .replace(/^['\s]+/, ''),
    31,
  ).replace(/['\s]+$/, '');
  // Excel keeps this one for itself.
  return legal === '' || /^history$/i.test(legal) ? `${legal} 1`.trim() : legal;
};

/** At most so many UTF-16 units, without half a character at the end. */
const shortened = (text: string, length: number): string =>
  text.slice(0, length).replace(/[\ud800-\udbff]$/, '');
