/** Minutes as Markdown. What people wrote is escaped: it can't become a heading or a link. */
import type { Language } from '../../core/text.js';
import type { Minutes } from './minutes.js';
import { type Block, pageOf } from './page.js';

const escaped = (text: string): string =>
  text
    .replace(/[\\`*_[\]<>#|~]/gu, '\\$&')
    .replace(/^(\s*\d+)([.)])/gmu, '$1\\$2')
    .replace(/^(\s*)([-+=])/gmu, '$1\\$2');

const row = (cells: readonly string[]): string => `| ${cells.map(escaped).join(' | ')} |`;

const blockOf = (block: Block): string => {
  switch (block.kind) {
    case 'heading':
      return `## ${escaped(block.text)}`;
    case 'line':
      return escaped(block.text);
    case 'quote':
      return escaped(block.text)
        .split('\n')
        .map((one) => `> ${one}`.trimEnd())
        .join('\n');
    case 'rows':
      return [row(block.head), `|${' --- |'.repeat(block.head.length)}`, ...block.rows.map(row)].join('\n');
    default:
      return block satisfies never;
  }
};

/** The minutes as a Markdown file. For a chat, which shows marks as they are, there is `minutesMessage`. */
export const toMarkdown = (minutes: Minutes, language: Language): string => {
  const { title, blocks } = pageOf(minutes, language);
  return `${[`# ${escaped(title)}`, ...blocks.map(blockOf)].join('\n\n')}\n`;
};
