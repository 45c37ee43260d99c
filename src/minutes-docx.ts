/** Minutes as a Word file. */
import {
  BorderStyle,
  Document,
  HeadingLevel,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import type { Language } from './core/text.js';
import type { Minutes } from './workflows/minutes/minutes.js';
import { type Block, pageOf } from './workflows/minutes/page.js';

// Fonts that Word has on every machine it is sold for; without one for Chinese it picks a different one per letter.
const font = {
  ascii: 'Times New Roman',
  hAnsi: 'Times New Roman',
  eastAsia: 'SimSun',
  cs: 'Times New Roman',
};

/** The lines of a text as one run after the other, broken where they were broken. */
const runs = (text: string, bold = false): readonly TextRun[] =>
  text.split('\n').map((line, at) => new TextRun({ text: line, bold, ...(at > 0 && { break: 1 }) }));

const cells = (row: readonly string[], bold: boolean): TableRow =>
  new TableRow({
    tableHeader: bold,
    cantSplit: true,
    children: row.map((cell) => new TableCell({ children: [new Paragraph({ children: runs(cell, bold) })] })),
  });

const blockOf = (block: Block): Paragraph | Table => {
  switch (block.kind) {
    case 'heading':
      return new Paragraph({ heading: HeadingLevel.HEADING_2, children: runs(block.text) });
    case 'line':
      return new Paragraph({ spacing: { after: 100 }, children: runs(block.text) });
    case 'quote':
      return new Paragraph({
        spacing: { after: 100 },
        indent: { left: 400 },
        border: { left: { style: BorderStyle.SINGLE, size: 12, space: 8, color: 'B0B0B0' } },
        children: runs(block.text),
      });
    case 'rows':
      return new Table({
        width: { size: 100, type: WidthType.PERCENTAGE },
        rows: [cells(block.head, true), ...block.rows.map((row) => cells(row, false))],
      });
    default:
      return block satisfies never;
  }
};

/** The minutes as a .docx file, with the same words as in Markdown. */
export const toDocx = (minutes: Minutes, language: Language): Promise<Buffer> => {
  const { title, blocks } = pageOf(minutes, language);
  const document = new Document({
    title,
    creator: minutes.alliance[language],
    styles: {
      default: {
        document: { run: { font, size: 22, language: { value: 'en-GB', eastAsia: 'zh-CN' } } },
        title: { run: { font, size: 34, bold: true }, paragraph: { spacing: { after: 240 } } },
        heading2: {
          run: { font, size: 26, bold: true },
          paragraph: { spacing: { before: 280, after: 120 }, keepNext: true },
        },
      },
    },
    sections: [
      {
        children: [
          new Paragraph({ heading: HeadingLevel.TITLE, children: runs(title) }),
          ...blocks.map(blockOf),
        ],
      },
    ],
  });
  return Packer.toBuffer(document);
};
