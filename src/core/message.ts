import type { Language, Text } from './text.js';

/**
 * What is to be said, the same for every channel. All of it is plain text: renderers escape, and no workflow
 * writes markup.
 */
export type Message = {
  readonly title?: Text;
  readonly text: Text;
  readonly facts?: readonly Fact[];
  readonly people?: readonly Listed[];
};

/**
 * A line of a numbered list of people. Where data is stored outside China the name is masked, unless the person who it
 * is has agreed that it is shown there.
 */
export type Listed = {
  readonly number: number;
  readonly name: string;
  readonly note: Text;
  /** Known to the turn alone: it does not go into the outbox. */
  readonly personId?: string | null;
};

/** 12. 李伟（陶溪川） */
export const sayListed = ({ number, name, note }: Listed, language: Language): string =>
  `${number}. ${name}${note[language]}`;

export type Fact = {
  readonly label: Text;
  readonly value: Text;
  /** Shown masked in rooms, and on channels that store data outside China. */
  readonly personal?: boolean;
};

/** A choice as a channel shows it: a button where there are buttons, a number to answer with elsewhere. */
export type OfferedChoice = {
  readonly offer: string;
  readonly number: number;
  readonly label: Text;
  readonly style?: ChoiceStyle;
  /** The command asks several questions: a channel with forms may open one at once. */
  readonly form?: boolean;
};
export type ChoiceStyle = 'primary' | 'danger';

/** What an outbox row carries: a message for one reader (or a room that reads both languages). */
export type Content = {
  readonly languages: readonly ('zh' | 'en')[];
  readonly message: Message;
  readonly choices: readonly OfferedChoice[];
  /** Said below the message when its choices have been retired. */
  readonly settled?: Text;
};

export const say = (zh: string, en: string): Message => ({ text: { zh, en } });
