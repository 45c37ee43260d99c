import type { Message } from '../../core/message.js';
import { eachLanguage } from '../../core/text.js';
import type { Minutes } from './minutes.js';
import { type Block, pageOf } from './page.js';

const blockOf = (block: Block): readonly string[] => {
  switch (block.kind) {
    case 'heading':
      return ['', block.text];
    case 'line':
    case 'quote':
      return [block.text];
    case 'rows':
      return block.rows.map((cells) => cells.join(' · '));
    default:
      return block satisfies never;
  }
};

/** The minutes as they are said in a chat, in plain text. */
export const minutesMessage = (minutes: Minutes): Message => ({
  title: eachLanguage((language) => pageOf(minutes, language).title),
  text: eachLanguage((language) => pageOf(minutes, language).blocks.flatMap(blockOf).join('\n')),
});
