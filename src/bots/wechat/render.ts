/** Content → plain texts. WeChat shows markup raw, edits nothing and has no buttons: a number is the answer. */
import { type Content, type OfferedChoice, sayListed } from '../../core/message.js';
import type { Language } from '../../core/text.js';
import { split } from './split.js';

/** A menu that is longer gets one line per choice. */
const longestMenuLine = 60;

const colon: Readonly<Record<Language, string>> = { zh: '：', en: ': ' };

const menu = (choices: readonly OfferedChoice[], language: Language): string[] => {
  // Choices without a number are buttons for words that the text already tells.
  const numbered = choices
    .filter((choice) => choice.number > 0)
    .map(({ number, label }) => ({ number, label: label[language] }));
  if (numbered.length === 0) return [];
  const chinese = language === 'zh';
  const line = chinese
    ? `回复 ${numbered.map((one) => `${one.number} ${one.label}`).join(' · ')}`
    : `Reply ${numbered.map((one) => `${one.number} for ${one.label}`).join(', ')}`;
  if (line.length <= longestMenuLine) return [line];
  return [
    chinese ? '请回复编号：' : 'Reply with a number:',
    ...numbered.map((one) => `${one.number} ${one.label}`),
  ];
};

const inLanguage = (content: Content, language: Language): string => {
  const { title, text, facts, people = [] } = content.message;
  return [
    ...(title ? [title[language]] : []),
    text[language],
    ...(facts ?? []).map((fact) => `${fact.label[language]}${colon[language]}${fact.value[language]}`),
    ...people.map((one) => sayListed(one, language)),
    ...(content.settled ? [content.settled[language]] : []),
    ...menu(content.choices, language),
  ]
    .filter((line) => line.trim() !== '')
    .join('\n');
};

/** An "@" that a client could take for "notify everybody" becomes a full-width one. */
export const withoutCallToAll = (text: string): string =>
  text.replace(/@(?=\s*(?:所有人|全体成员|all\b|everyone\b))/giu, '＠');

/** The texts to send, in order, each of at most `partLength` characters. */
export const render = (content: Content): readonly string[] =>
  split(withoutCallToAll(content.languages.map((one) => inLanguage(content, one)).join('\n\n')));
