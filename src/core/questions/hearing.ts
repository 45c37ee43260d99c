import type { Heard } from '../question.js';
import { clean, type Text } from '../text.js';

/** What every builder takes: the short name of the value and the question as it is asked. */
export type Wording = {
  readonly label: Text;
  readonly ask: Text;
  /** Shown under the question in place of the builder's own. */
  readonly hint?: Text;
};

export const understood = <T>(value: T): Heard<T> => ({ kind: 'understood', value });
export const unclear = (zh: string, en: string): Heard<never> => ({ kind: 'unclear', problem: { zh, en } });

/** A part of what was typed, short enough to be said back. */
export const excerpt = (words: string): string => {
  const characters = [...clean(words).replace(/\s+/g, ' ')];
  return characters.length > 20 ? `${characters.slice(0, 20).join('')}…` : characters.join('');
};
