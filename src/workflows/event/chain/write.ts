/** Writes a chain that can be pasted into a WeChat group. */
import type { Language } from '../../../core/text.js';
import { clean } from '../../../core/text.js';

export type WrittenRow = {
  readonly name: string;
  readonly park: string | null;
  /** People who come along, without the named one. */
  readonly companions: number;
  readonly mark: 'going' | 'waiting' | 'held';
};

const opening: Readonly<Record<Language, string>> = { zh: '#接龙', en: '#Group Note' };
const marks: Readonly<Record<Language, Readonly<Record<WrittenRow['mark'], string>>>> = {
  zh: { going: '', waiting: '（候补）', held: '（名额保留中）' },
  en: { going: '', waiting: ' (waitlist)', held: ' (place held)' },
};

// A name with a line break in it must not make a second row.
const oneLine = (words: string): string => clean(words).replace(/\s+/g, ' ').trim();

const rowOf = ({ name, park, companions, mark }: WrittenRow, language: Language): string =>
  [
    oneLine(name),
    park === null ? '' : ` - ${oneLine(park)}`,
    companions > 0 ? ` +${companions}` : '',
    marks[language][mark],
  ].join('');

/** A clean chain: the opening, the title, the lines of the head, a blank line, and the rows counted from 1. */
export const writeChain = (
  head: { readonly title: string; readonly lines: readonly string[] },
  rows: readonly WrittenRow[],
  language: Language,
): string =>
  [
    opening[language],
    oneLine(head.title),
    ...head.lines.map(oneLine),
    '',
    ...rows.map((row, index) => `${index + 1}. ${rowOf(row, language)}`),
  ].join('\n');
