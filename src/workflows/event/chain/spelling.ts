import { normalise } from '../../../core/normalise.js';
import { clean } from '../../../core/text.js';

/**
 * Words twice: as they are shown, and simplified, in lower case and in one width. Both have the same length, so that what
 * is recognised in the one can be cut out of the other.
 */
export type Spelling = { readonly shown: string; readonly plain: string };

const known = new Map<string, string>();
const most = 20_000;

const plainOf = (character: string): string => {
  if (character < '\u0080') return character.toLowerCase();
  const found = known.get(character);
  if (found !== undefined) return found;
  const narrow = character.normalize('NFKC').toLowerCase();
  const simple = /\p{Script=Han}/u.test(character) ? normalise(character) : narrow;
  const plain = simple.length === character.length ? simple : character;
  if (known.size < most) known.set(character, plain);
  return plain;
};

// What NFKC leaves alone but people number rows with.
const numbered: readonly (readonly [first: number, last: number])[] = [
  [0x2776, 0x277f],
  [0x2780, 0x2789],
  [0x278a, 0x2793],
];
const asDigits = (character: string): string => {
  const code = character.codePointAt(0) ?? 0;
  const range = numbered.find(([first, last]) => code >= first && code <= last);
  return range ? `${code - range[0] + 1}.` : character;
};

// Full-width punctuation is how Chinese is written, so what is shown again keeps it.
const written = /[^，：；！？（）]+/g;

/** One line without what is invisible. Wavy lines are ornaments, only ASCII ones strike out. */
export const oneWidth = (line: string): string =>
  clean(line)
    .replace(/[\ufe00-\ufe0f\u20e3]/g, '')
    .replace(/[～〜]/g, ' ')
    .replaceAll('🔟', '10')
    .replace(/[\u2776-\u2793]/g, asDigits)
    .replace(written, (words) => words.normalize('NFKC'))
    .replace(/\s+/g, ' ')
    .trim();

export const spell = (words: string): Spelling => ({
  shown: words,
  plain: Array.from(words, plainOf).join(''),
});

export const cut = ({ shown, plain }: Spelling, start: number, end?: number): Spelling => ({
  shown: shown.slice(start, end),
  plain: plain.slice(start, end),
});

export type Found = {
  readonly words: Spelling;
  readonly groups: Readonly<Record<string, string | undefined>>;
};

/** Takes every place of the pattern out of the words and leaves a separator in its stead. */
export const take = (
  words: Spelling,
  pattern: RegExp,
): { readonly found: readonly Found[]; readonly rest: Spelling } => {
  const found: Found[] = [];
  let shown = '';
  let plain = '';
  let from = 0;
  for (const match of words.plain.matchAll(pattern)) {
    const end = match.index + match[0].length;
    found.push({ words: cut(words, match.index, end), groups: match.groups ?? {} });
    const gap = '|'.repeat(match[0].length);
    shown += words.shown.slice(from, match.index) + gap;
    plain += words.plain.slice(from, match.index) + gap;
    from = end;
  }
  return {
    found,
    rest:
      found.length === 0
        ? words
        : { shown: shown + words.shown.slice(from), plain: plain + words.plain.slice(from) },
  };
};
