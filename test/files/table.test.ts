import { inflateRawSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import readXlsx from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import { type Column, toCsv, toXlsx } from '../../src/files/table.js';

const china = { timezone: 'Asia/Shanghai' };
type Cell = string | number | Date | null;
const only: readonly Column<Cell>[] = [{ title: '列', of: (cell) => cell }];

const readCsv = (csv: string): string[][] => parse(csv, { bom: true, record_delimiter: '\r\n' });
/** The one cell of a table, as it comes back from CSV. */
const throughCsv = (cell: Cell): string | undefined => readCsv(toCsv(only, [cell], china))[1]?.[0];

/** The reader cuts fractions of a day to milliseconds, where Excel rounds them. */
const rounded = (cell: unknown): unknown =>
  cell instanceof Date ? new Date(Math.round(cell.getTime() / 1000) * 1000) : cell;
const read = async (file: Buffer) =>
  (await readXlsx(file, { trim: false })).map(({ sheet, data }) => ({
    sheet,
    data: data.map((row) => row.map(rounded)),
  }));
/** A column of cells, as it comes back from a workbook. */
const throughXlsx = async (cells: readonly Cell[]): Promise<unknown[]> => {
  // A second column keeps rows whose first cell is empty.
  const columns: readonly Column<Cell>[] = [...only, { title: '尾', of: () => '.' }];
  const [sheet] = await read(await toXlsx([{ name: '表', columns, rows: cells }], china));
  return (sheet?.data ?? []).slice(1).map((row) => row[0]);
};

/** One part of a workbook, as XML: found by the directory at the end of the archive. */
const part = (file: Buffer, name: string): string => {
  const named = file.lastIndexOf(name);
  const listed = named - 46;
  const start = file.readUInt32LE(listed + 42);
  const data = start + 30 + file.readUInt16LE(start + 26) + file.readUInt16LE(start + 28);
  const bytes = file.subarray(data, data + file.readUInt32LE(listed + 20));
  return (file.readUInt16LE(listed + 10) === 0 ? bytes : inflateRawSync(bytes)).toString();
};

type Signup = { readonly name: string; readonly phone: string; readonly places: number; readonly at: Date };
const signups: readonly Signup[] = [
  { name: '李伟，Li "Wei"', phone: '+86 138 0013 8000', places: 2, at: new Date('2026-11-28T06:00:00Z') },
  { name: '王芳\n（副主任）🎋', phone: '13900139000', places: -1.5, at: new Date('2026-11-28T16:30:00Z') },
];
const columns: readonly Column<Signup>[] = [
  { title: '姓名', of: (signup) => signup.name },
  { title: '电话', of: (signup) => signup.phone, width: 20 },
  { title: '席位', of: (signup) => signup.places },
  { title: '时间', of: (signup) => signup.at },
  { title: '备注', of: () => null },
];

const tricky = [
  '',
  '"',
  '""',
  'a,b',
  'a\nb',
  'a\r\nb',
  'a\rb',
  ' 空 格 ',
  '😀😀👩‍👩‍👧',
  'a;b\tc',
  '一'.repeat(40_000),
];
const formulas = [
  '=1+1',
  '=cmd|"/C calc"!A0',
  '+1+1',
  '-2+3+cmd|" /C calc"!A0',
  '@SUM(A1)',
  '\t=1+1',
  '\r=1+1',
  '\n=1+1',
  ' =1+1',
  '＝1+1',
  '＋1',
  '－1',
  '＠SUM(A1)',
  '+86-138-0013-8000',
  '+86 138 0013 8000+A1',
  '-',
];
const plain = [
  '-5',
  '+5',
  '-1,234.50',
  '-5%',
  '+8613800138000',
  '+86 138 0013 8000',
  '1=1',
  'a@b.cn',
  '010-8888',
];

describe('a CSV file', () => {
  it('is UTF-8 with a byte order mark, lines end in CRLF, dates are in the zone', () => {
    expect(toCsv(columns, signups, china)).toBe(
      '\ufeff姓名,电话,席位,时间,备注\r\n' +
        '"李伟，Li ""Wei""",+86 138 0013 8000,2,2026-11-28 14:00,\r\n' +
        '"王芳\n（副主任）🎋",13900139000,-1.5,2026-11-29 00:30,\r\n',
    );
  });

  it('has its header and its mark without rows, too', () => {
    expect(toCsv(columns, [], china)).toBe('\ufeff姓名,电话,席位,时间,备注\r\n');
  });

  it('gives every text back', () => {
    expect(tricky.map(throughCsv)).toEqual(tricky);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(throughCsv(text)?.replace(/^'/, '')).toBe(text.replace(/^'/, ''));
      }),
    );
  });

  it.each(formulas)('makes the formula “%s” harmless', (formula) => {
    expect(throughCsv(formula)).toBe(`'${formula}`);
  });

  it('makes a formula in a header harmless', () => {
    expect(toCsv([{ title: '=1', of: () => '' }], [], china)).toBe("\ufeff'=1\r\n");
  });

  it.each(plain)('leaves “%s” alone', (text) => {
    expect(throughCsv(text)).toBe(text);
  });

  it('leaves numbers alone', () => {
    expect([-5, 0, 0.1, 1e21].map(throughCsv)).toEqual(['-5', '0', '0.1', '1e+21']);
  });

  it('never begins a cell with a sign that something follows but digits', () => {
    const signs = fc.constantFrom(...'=+-@＝＋－＠\t\r\n 1A(');
    fc.assert(
      fc.property(fc.string({ unit: signs, maxLength: 6 }), (text) => {
        expect(throughCsv(text)?.trim()).not.toMatch(/^(?:[=@＝＋－＠]|[+-](?![\d ]*$))/);
      }),
      { numRuns: 500 },
    );
  });

  it('refuses a date or a zone that does not exist', () => {
    expect(() => throughCsv(new Date(Number.NaN))).toThrow(RangeError);
    expect(() => toCsv(columns, signups, { timezone: 'Asia/Atlantis' })).toThrow(RangeError);
  });
});

describe('a workbook', () => {
  it('has texts as texts, numbers as numbers, and dates as the wall clock shows them', async () => {
    const file = await toXlsx([{ name: '报名', columns, rows: signups }], china);
    expect(await read(file)).toEqual([
      {
        sheet: '报名',
        data: [
          ['姓名', '电话', '席位', '时间', '备注'],
          [signups[0]?.name, '+86 138 0013 8000', 2, new Date('2026-11-28T14:00:00Z'), null],
          [signups[1]?.name, '13900139000', -1.5, new Date('2026-11-29T00:30:00Z'), null],
        ],
      },
    ]);
  });

  it('has a bold header that stays in view, text that stays text, and columns of the given width', async () => {
    const file = await toXlsx([{ name: '报名', columns, rows: signups }], china);
    const sheet = part(file, 'xl/worksheets/sheet1.xml');
    const styles = part(file, 'xl/styles.xml');
    const formats = [...(/<cellXfs.*<\/cellXfs>/s.exec(styles)?.[0] ?? '').matchAll(/<xf [^>]*>/g)].map(
      String,
    );
    const formatOf = (address: string) =>
      formats[Number(new RegExp(`<c r="${address}" s="(\\d+)"`).exec(sheet)?.[1])] ?? '';
    const fonts = [...styles.matchAll(/<font>.*?<\/font>/gs)].map(String);
    expect(sheet).toMatch(/<pane [^>]*ySplit="1"[^>]*state="frozen"/);
    expect(fonts[Number(/fontId="(\d+)"/.exec(formatOf('A1'))?.[1])]).toContain('<b/>');
    const codes = new Map(
      [...styles.matchAll(/<numFmt numFmtId="(\d+)" formatCode="([^"]*)"/g)].map(([, id, code]) => [
        id,
        code,
      ]),
    );
    const codeOf = (address: string) => codes.get(/numFmtId="(\d+)"/.exec(formatOf(address))?.[1]);
    expect(['A2', 'B3', 'D2'].map(codeOf)).toEqual(['@', '@', 'yyyy-mm-dd hh:mm']);
    expect(sheet).toContain('<col min="2" max="2" width="20"');
  });

  it('has sheets of different rows', async () => {
    const parks: readonly Column<{ park: string }>[] = [{ title: '园区', of: ({ park }) => park }];
    const file = await toXlsx(
      [
        { name: '报名', columns, rows: signups },
        { name: '园区', columns: parks, rows: [{ park: '越界' }] },
      ],
      china,
    );
    expect((await read(file)).map(({ sheet, data }) => [sheet, data.length])).toEqual([
      ['报名', 3],
      ['园区', 2],
    ]);
  });

  it('has no formulas and no numbers made of text', async () => {
    const texts = [
      ...formulas.map((text) => text.replaceAll('\r', '\n')),
      ...plain,
      '440101199001011234',
      '007',
    ];
    expect(await throughXlsx(texts)).toEqual(texts);
  });

  it('gives every text back, with \\n as its line break', async () => {
    const texts = [
      '"',
      'a\nb',
      ' 空 格 ',
      '😀😀👩‍👩‍👧',
      '<c r="A1">&amp;</c>',
      ']]>',
      '_x0041_',
      '_x0041_x0042_',
      '_x005F_',
    ];
    expect(await throughXlsx(texts)).toEqual(texts);
    expect(await throughXlsx(['a\r\nb', 'a\rb', '', null])).toEqual(['a\nb', 'a\nb', null, null]);
  });

  it('holds the names that every object has', async () => {
    const names = ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf'];
    expect(await throughXlsx(names)).toEqual(names);
  });

  it('holds random texts', async () => {
    const texts = fc.array(fc.string({ unit: 'grapheme', minLength: 1 }), { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(texts, async (cells) => {
        const legible = cells.map((text) =>
          text.replace(/(?![\t\n])\p{Cc}/gu, '.').replaceAll('\ufffd', '.'),
        );
        expect(await throughXlsx(legible)).toEqual(legible);
      }),
      { numRuns: 30 },
    );
  });

  it('opens whatever the cells say', async () => {
    const cells = ['\u0000\u0008\u001f', '\ud800', 'x\ufffe', Number.NaN, Number.POSITIVE_INFINITY];
    expect((await throughXlsx(cells)).slice(3)).toEqual(['NaN', 'Infinity']);
  });

  it('cuts what a cell can’t hold, and says so', async () => {
    const [fits, long] = await throughXlsx(['一'.repeat(32_767), '一'.repeat(40_000)]);
    expect(fits).toBe('一'.repeat(32_767));
    expect(long).toBe(`${'一'.repeat(32_766)}…`);
  });

  it('makes the names of sheets legal and unique', async () => {
    const names = [
      '报名/签到: [一]?*\\',
      'Roll',
      'ROLL',
      'roll (2)',
      '',
      "'园区'",
      'History',
      '长'.repeat(40),
      '长'.repeat(40),
      `${'x'.repeat(30)}😀`,
      'x'.repeat(30),
      'a & <b>\n"c"',
    ];
    const file = await toXlsx(
      names.map((name) => ({ name, columns: only, rows: ['1'] })),
      china,
    );
    const written = (await read(file)).map(({ sheet }) => sheet);
    expect(written).toEqual([
      '报名-签到- -一----',
      'Roll',
      'ROLL (2)',
      'roll (2) (2)',
      '1',
      '园区',
      'History 1',
      '长'.repeat(31),
      `${'长'.repeat(27)} (2)`,
      'x'.repeat(30),
      `${'x'.repeat(27)} (2)`,
      'a & <b> "c"',
    ]);
  });

  it('refuses to be without sheets, and dates that do not exist', async () => {
    await expect(toXlsx([], china)).rejects.toThrow(RangeError);
    await expect(throughXlsx([new Date(Number.NaN)])).rejects.toThrow(RangeError);
  });
});
