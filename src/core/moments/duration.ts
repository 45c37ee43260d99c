import { readNumeral } from '../numerals.js';

const numeral = String.raw`\d{1,3}(?:\.\d{1,2})?|[一二三四五六七八九十两]{1,3}`;
const chinese = String.raw`(?:(?<hours>${numeral})个?(?<more>半)?|(?<half>半)个?)(?:小时|钟头)(?:零?(?<rest>\d{1,2}|[一二三四五六七八九十]{1,3})分钟?|(?<tail>半))?|(?<minutes>${numeral})分钟|(?<quarters>[一两三123])刻钟`;
const count = String.raw`\d{1,3}(?:\.\d{1,2})?|an?|one|two|three|four|five|six|seven|eight|half an`;
const english = String.raw`(?<n>${count})(?<nHalf> and a half)? ?(?:hours?|hrs?|h)(?<hHalf> and a half)?(?:,? (?:and )?(?<m>\d{1,2}) ?(?:minutes?|mins?|m))?|(?<min>\d{1,3}) ?(?:minutes?|mins?)`;
const before = String.raw`[\s,(]*(?:(?:一?共|总共|共计|时长|历时|为期|持续|开会?|for|lasting|lasts)[\s:为]*)?`;

// “in 3 hours” and “3小时后” are moments.
const atEnd = new RegExp(
  String.raw`(?<!\bin|再过|过)${before}(?<![\d.a-z:])(?:${chinese}|${english})[\s)]*$`,
  'u',
);

const amounts: Readonly<Record<string, number>> = {
  'half an': 0.5,
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
};
const number = (words: string | undefined): number =>
  words === undefined ? 0 : (amounts[words] ?? readNumeral(words) ?? Number.NaN);
const halves = (...said: readonly (string | undefined)[]): number => (said.some(Boolean) ? 0.5 : 0);

/** Normalised words without the length that they end with, and that length in minutes: “14:00，2小时”. */
export const cutDuration = (words: string): { readonly start: string; readonly minutes?: number } => {
  const found = atEnd.exec(words);
  const said = found?.groups;
  if (!found || !said) return { start: words };
  const hours =
    number(said.hours ?? said.n) + halves(said.half, said.more, said.tail, said.nHalf, said.hHalf);
  const minutes =
    hours * 60 + number(said.rest ?? said.m ?? said.minutes ?? said.min) + number(said.quarters) * 15;
  return { start: words.slice(0, found.index), minutes: Math.round(minutes) };
};
