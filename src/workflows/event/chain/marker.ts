/** The number in front of a row. */
import { readNumeral } from '../../../core/numerals.js';
import { cut, type Spelling } from './spelling.js';

export type Marked = {
  readonly number: number | null;
  /** 一、 is often a heading, 1. rarely. */
  readonly style: 'digits' | 'numeral' | 'none';
  readonly waiting: boolean;
  readonly rest: Spelling;
};

const numeral = '[一二三四五六七八九十百廿]{1,4}';
const units =
  '(?:年|月|日|点|时|人|位|名(?!\\p{L})|元|块|个|楼|层|号|期|届|场|周年|小时|分钟|天|岁|米|公里|折|[大小]\\d|%|am\\b|pm\\b|st\\b|nd\\b|rd\\b|th\\b)';

const patterns: readonly (readonly [RegExp, Marked['style'], waiting?: boolean])[] = [
  [/^(?:候补|候補|替补|候|waitlist|w) ?(?:第)?(\d{1,3})(?:位|号)? ?[.、,:)-]? ?/, 'digits', true],
  [/^[([【〔<{《] ?(\d{1,3}) ?[)\]】〕>}》] ?[.、,:]? ?/, 'digits'],
  [new RegExp(`^[([【〔] ?(${numeral}) ?[)\\]】〕] ?[.、,:]? ?`), 'numeral'],
  [/^第(\d{1,3})(?:位|号|个|名)[.、,: ]* ?/, 'digits'],
  [new RegExp(`^第(${numeral})(?:位|号|个|名)[.、,: ]* ?`), 'numeral'],
  [/^(?:no\.?|nr\.?|#) ?(\d{1,3})(?!\d)[.、,:) -]* ?/, 'digits'],
  [/^(\d{1,3}) ?(?:号|#)[.、,:)] ?/, 'digits'],
  [/^(\d{1,3})(?: ?[.、,:。)\]】·;]{1,3}| ?[-–—]{1,2})(?!\d(?!\d{6})|\+?\d+%) ?/, 'digits'],
  [new RegExp(`^(\\d{1,3}) (?!${units}|\\d(?!\\d{6})|[-–—:.])`, 'u'), 'digits'],
  [new RegExp(`^(\\d{1,3})(?=[\\p{Script=Han}@])(?!${units})`, 'u'), 'digits'],
  [/^(\d{1,3})$/, 'digits'],
  [new RegExp(`^(${numeral}) ?[、.,:)] ?`), 'numeral'],
  [new RegExp(`^(${numeral}) (?=\\p{Script=Han}{2})`, 'u'), 'numeral'],
];
const glued = /^(\d{1,3})(?=\p{Lu}\p{Ll})/u;

const bullets = /^[\s>•●○◆◇■□▪▫☆★✦✔✓✅☑👉🔸🔹📍🏸❤💪.…~*|·-]+(?=.)/u;

/** Takes bullets and the like from the front. Struck-out words keep their mark. */
export const withoutBullets = (words: Spelling): Spelling => {
  const found = /^~/.test(words.plain) ? undefined : bullets.exec(words.plain)?.[0];
  return found === undefined ? words : cut(words, found.length);
};

/** The number that the words begin with, and what follows it; `style` is none when there is none. */
export const readMarker = (typed: Spelling): Marked => {
  const struck = /^~{1,2}(?=\d)/.exec(typed.plain)?.[0] ?? '';
  const words = struck === '' ? withoutBullets(typed) : cut(typed, struck.length);
  const marked = (match: RegExpExecArray, style: Marked['style'], waiting: boolean): Marked | undefined => {
    const number = readNumeral(match[1] ?? '');
    if (number === undefined || number > 999) return undefined;
    const rest = cut(words, match[0].length);
    return { number, style, waiting, rest: { shown: struck + rest.shown, plain: struck + rest.plain } };
  };
  for (const [pattern, style, waiting = false] of patterns) {
    const match = pattern.exec(words.plain);
    const found = match && marked(match, style, waiting);
    if (found) return found;
  }
  // 1Oliver, but not 3D: the capital is seen only in the words as they are shown.
  const capital = glued.exec(words.shown);
  const found = capital && marked(capital, 'digits', false);
  return found ?? { number: null, style: 'none', waiting: false, rest: words };
};

const inline = /(?<![\d.])(\d{1,3}) ?(?:[.、)](?!\d))/g;

/** The places at which a line that lost its breaks counts on: “1. 张三 2. 李四”. The first may follow a title. */
export const inlineRows = (plain: string): readonly number[] => {
  const places: { readonly at: number; readonly number: number }[] = [];
  for (const match of plain.matchAll(inline)) {
    const number = Number(match[1]);
    const last = places.at(-1);
    if (last === undefined ? number === 1 || match.index === 0 : number === last.number + 1) {
      places.push({ at: match.index, number });
    }
  }
  return places.length < 2 ? [] : places.map((one) => one.at);
};
