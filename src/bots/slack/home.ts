import type { types } from '@slack/bolt';
import { eachLanguage, type Language, type Text } from '../../core/text.js';
import type { HomeItem } from '../bot.js';
import { actions, context, limits, plain, printable } from './render.js';

// Two blocks an item keeps well below the hundred of a view.
const shown = 40;

/** A person's home page: what waits for them, each with its buttons. */
export const homeView = (language: Language, items: readonly HomeItem[]): types.HomeView => ({
  type: 'home',
  blocks: [
    { type: 'header', text: plain(title[language], limits.header) },
    ...(items.length === 0 ? [section(nothing[language])] : []),
    ...items
      .slice(0, shown)
      .flatMap((item): readonly types.KnownBlock[] => [
        section(printable(item.message[language]) || '…'),
        ...(item.choices.length > 0 ? [actions(item.choices.slice(0, limits.buttons), [language])] : []),
      ]),
    ...(items.length > shown ? [context(more(items.length - shown)[language])] : []),
  ],
});

const section = (text: string): types.SectionBlock => ({
  type: 'section',
  text: plain(text, limits.section),
});
const title: Text = { zh: '待您处理', en: 'Waiting for you' };
const nothing: Text = {
  zh: '目前没有需要您处理的事项。如需办理业务，请发消息“帮助”。',
  en: 'Nothing is waiting for you. Send the message “help” to see what the desk can do.',
};
const more = (count: number): Text =>
  eachLanguage((language) => (language === 'zh' ? `另有 ${count} 项未列出。` : `${count} more not shown.`));
