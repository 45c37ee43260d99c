import type { types } from '@slack/bolt';
import { type Content, type OfferedChoice, sayListed } from '../../core/message.js';
import type { Language, Text } from '../../core/text.js';
import { escapeText } from './plain-text.js';
import { type Measure, pieces, truncate } from './truncate.js';

/** A message as Slack takes it. `text` is a full twin of the blocks, for notifications and screen readers. */
export type Rendered = { readonly text: string; readonly blocks: readonly types.KnownBlock[] };

/** Slack's limits, with a margin where it doesn't say what it counts. */
export const limits = {
  blocks: 50,
  header: 150,
  section: 3000,
  fields: 10,
  field: 2000,
  buttons: 25,
  buttonText: 75,
  value: 2000,
  context: 2000,
  postText: 40_000,
  /** Bytes, after escaping: what chat.update takes. */
  editText: 4000,
  /** Of all blocks together, as JSON. Slack gives up somewhere above 13,000. */
  allBlocks: 11_000,
} as const;

/** How much of each thing to show; the first that keeps within all limits is taken. */
type Room = {
  readonly text: number;
  readonly fact: number;
  readonly facts: number;
  readonly buttons: number;
};
const rooms: readonly Room[] = [
  { text: 8000, fact: 1000, facts: 20, buttons: 25 },
  { text: 4000, fact: 500, facts: 20, buttons: 25 },
  { text: 2000, fact: 250, facts: 20, buttons: 25 },
  { text: 1000, fact: 120, facts: 20, buttons: 25 },
  { text: 400, fact: 60, facts: 10, buttons: 15 },
];
const narrow: Room = { text: 200, fact: 30, facts: 5, buttons: 8 };

type Part = {
  readonly language: Language;
  readonly title: string;
  readonly text: string;
  readonly facts: readonly { readonly label: string; readonly value: string }[];
};

/** Turns what is to be said into a post or an edit within every limit of Slack. Nothing in it is markup. */
export const render = (content: Content, use: 'post' | 'edit'): Rendered => {
  const parts = partsOf(content);
  const choices = content.settled ? [] : content.choices;
  const fitting = rooms
    .map((room) => () => blocksOf(content, parts, choices, room))
    .find((build) => JSON.stringify(build()).length <= limits.allBlocks);
  return {
    text: textOf(content, parts, choices, use),
    blocks: fitting?.() ?? blocksOf(content, parts, choices, narrow),
  };
};

const partsOf = (content: Content): readonly Part[] => {
  const parts = content.languages.map((language): Part => {
    const { title, text, facts = [], people = [] } = content.message;
    return {
      language,
      title: title ? oneLine(title[language]) : '',
      text: printable([text[language], ...people.map((one) => sayListed(one, language))].join('\n')),
      facts: facts
        .map((fact) => ({ label: oneLine(fact.label[language]), value: printable(fact.value[language]) }))
        .filter((fact) => fact.label !== '' || fact.value !== ''),
    };
  });
  const words = (part: Part) => JSON.stringify([part.title, part.text, part.facts]);
  return parts.filter((part, at) => parts.findIndex((other) => words(other) === words(part)) === at);
};

const blocksOf = (
  content: Content,
  parts: readonly Part[],
  choices: readonly OfferedChoice[],
  room: Room,
): readonly types.KnownBlock[] => {
  const pressable = choices.filter((choice) => choice.offer.length <= limits.value).slice(0, room.buttons);
  const others = choices.filter((choice) => !pressable.includes(choice));
  const settled = content.settled ? bothLanguages(content.settled, content.languages, ' ') : '';
  return [
    ...parts.flatMap((part) => partBlocks(part, room)),
    ...sections(others.map((choice) => choiceLine(choice, content.languages)).join('\n'), room.text),
    ...(pressable.length > 0 ? [actions(pressable, content.languages)] : []),
    ...(others.length > 0 ? [context(bothLanguages(answerByNumber, content.languages, ' '))] : []),
    ...(settled === '' ? [] : [context(settled)]),
  ];
};

const answerByNumber: Text = {
  zh: '按钮放不下的选项，请直接回复序号。',
  en: 'For options without a button, reply with the number.',
};

const partBlocks = (part: Part, room: Room): readonly types.KnownBlock[] => {
  const shown = part.facts.slice(0, room.facts);
  const fields = shown.map((fact) =>
    plain(
      `${truncate(fact.label, room.fact)}\n${truncate(fact.value, room.fact) || '—'}`.trim(),
      limits.field,
    ),
  );
  return [
    ...(part.title === '' ? [] : [{ type: 'header' as const, text: plain(part.title, limits.header) }]),
    ...sections(part.text, room.text),
    ...inGroups(fields, limits.fields).map((group) => ({ type: 'section' as const, fields: group })),
    ...(part.facts.length > shown.length ? [context(`… +${part.facts.length - shown.length}`)] : []),
  ];
};

const sections = (text: string, room: number): readonly types.KnownBlock[] =>
  text === ''
    ? []
    : pieces(truncate(text, room), limits.section).map((piece) => ({
        type: 'section',
        text: plain(piece, limits.section),
      }));

/** The buttons of choices. The offer's id travels as the value; the action says whether a form may open. */
export const actions = (
  choices: readonly OfferedChoice[],
  languages: Content['languages'],
): types.ActionsBlock => ({
  type: 'actions',
  elements: choices.map((choice, at) => ({
    type: 'button',
    text: plain(
      oneLine(bothLanguages(choice.label, languages, ' ')) || String(choice.number),
      limits.buttonText,
    ),
    value: choice.offer,
    // Slack takes no two buttons with the same action, and there may be several without a number.
    action_id: `offer:${choice.form ? 'form:' : ''}${choice.number > 0 ? choice.number : `0${at}`}`,
    ...(choice.style && { style: choice.style }),
  })),
});

export const context = (text: string): types.ContextBlock => ({
  type: 'context',
  elements: [plain(text, limits.context)],
});

/** A text that Slack shows as it is: no mention, no link, no emoji code in it is read as one. */
export const plain = (text: string, limit: number): types.PlainTextElement => ({
  type: 'plain_text',
  text: truncate(text, limit),
  emoji: false,
});

const escapedUnits: Measure = (text) => escapeText(text).length;
const escapedBytes: Measure = (text) => Buffer.byteLength(escapeText(text));

const textOf = (
  content: Content,
  parts: readonly Part[],
  choices: readonly OfferedChoice[],
  use: 'post' | 'edit',
): string => {
  const paragraphs = [
    ...parts.map((part) =>
      [
        part.title,
        part.text,
        ...part.facts.map((fact) => `${fact.label}${part.language === 'zh' ? '：' : ': '}${fact.value}`),
      ]
        .filter((line) => line !== '')
        .join('\n'),
    ),
    // Choices without a number are buttons for words that the text already tells.
    choices
      .filter((choice) => choice.number > 0)
      .map((choice) => choiceLine(choice, content.languages))
      .join('\n'),
    content.settled ? bothLanguages(content.settled, content.languages, '\n') : '',
  ];
  const whole = paragraphs.filter((paragraph) => paragraph !== '').join('\n\n') || '…';
  return escapeText(
    use === 'post'
      ? truncate(whole, limits.postText, escapedUnits)
      : truncate(whole, limits.editText, escapedBytes),
  );
};

const choiceLine = (choice: OfferedChoice, languages: Content['languages']): string =>
  `${choice.number}. ${oneLine(bothLanguages(choice.label, languages, ' '))}`;

const bothLanguages = (text: Text, languages: Content['languages'], between: string): string =>
  [...new Set(languages.map((language) => printable(text[language])))].filter(Boolean).join(between);

/** Without what Slack would refuse or show as nothing. */
export const printable = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .trim();
const oneLine = (text: string): string => printable(text).replace(/\s+/g, ' ');

const inGroups = <T>(items: readonly T[], size: number): readonly T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size));
