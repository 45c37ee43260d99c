/** A row's words, one by one. */
import { cut, type Spelling } from './spelling.js';

export type Token = {
  readonly words: Spelling;
  /** Stands in brackets, or after a plus or an ampersand. */
  readonly bracketed: boolean;
  readonly joined: boolean;
};

const latin = /\p{Script=Latin}/u;
const isHan = /\p{Script=Han}/u;
const emoji = /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\u200d|[♀♂]/u;
const opening = '([{<【〔《〈「『“‘';
const closing = ')]}>】〕》〉」』”’';
const separators = new Set('|/\\,、;:_=→>#*!?。"~^`—–−‐‑‒―•…「」');

type Mark = 'letter' | 'blank' | 'break' | 'open' | 'close' | 'join';

const markOf = (before: string, character: string, after: string): Mark => {
  if (character === ' ' || character === '\t') return 'blank';
  if (character === '’' && latin.test(before) && latin.test(after)) return 'letter';
  if (opening.includes(character)) return 'open';
  if (closing.includes(character)) return 'close';
  if (separators.has(character)) return 'break';
  if (character === '@') return before === '' || before === ' ' ? 'blank' : 'break';
  if (character === '+') return 'join';
  if (character === '&') return latin.test(before) && latin.test(after) ? 'letter' : 'join';
  // Jean-Pierre is one word; 李娜-青窑 and Li Na - Qingyao are two.
  if (character === '-') return latin.test(before) && latin.test(after) ? 'letter' : 'break';
  if (character === '.') return latin.test(before) ? 'letter' : 'break';
  if (emoji.test(character)) return 'blank';
  return 'letter';
};

/** `apart`: its characters were set apart by blanks. */
type Loose = Token & { readonly afterBlank: boolean; readonly apart?: boolean };

const loose = (words: Spelling): readonly Loose[] => {
  const found: Loose[] = [];
  const characters = [...words.plain];
  let at = 0;
  let start = 0;
  let bracketed = false;
  let joined = false;
  let gap: 'blank' | 'break' = 'break';
  const end = (mark: Mark) => {
    if (at > start) {
      found.push({ words: cut(words, start, at), bracketed, joined, afterBlank: gap === 'blank' });
      joined = false;
      gap = 'blank';
    }
    if (mark !== 'blank') gap = 'break';
  };
  for (const [index, character] of characters.entries()) {
    const mark = markOf(characters[index - 1] ?? '', character, characters[index + 1] ?? '');
    if (mark !== 'letter') {
      end(mark);
      if (mark === 'join') joined = true;
      if (mark === 'open') bracketed = true;
      if (mark === 'close') bracketed = false;
      start = at + character.length;
    }
    at += character.length;
  }
  end('break');
  return found;
};

const isLatinWord = (words: Spelling) => /^[\p{Script=Latin}.'’&\p{M}-]+$/u.test(words.shown);
const isLatin = (words: Spelling) => /^[\p{Script=Latin}.'’&\p{M} -]+$/u.test(words.shown);
const isOneHan = ({ words, apart }: Loose) =>
  (words.shown.length === 1 || apart === true) && isHan.test(words.shown) && words.shown.length < 4;

const glue = (one: Loose, two: Loose, between: string): Loose => ({
  ...one,
  apart: between === '',
  words: {
    shown: `${one.words.shown}${between}${two.words.shown}`,
    plain: `${one.words.plain}${between}${two.words.plain}`,
  },
});

/** Blanks part Chinese words, but neither “Oliver Grant” nor a name that was set apart like 李　娜. */
export const tokens = (words: Spelling): readonly Token[] => {
  const found: Loose[] = [];
  for (const token of loose(words)) {
    const last = found.at(-1);
    const follows =
      last !== undefined && token.afterBlank && !token.joined && last.bracketed === token.bracketed;
    const together = follows && isOneHan(last) && isOneHan(token) ? '' : ' ';
    const belongs = follows && (together === '' || (isLatin(last.words) && isLatinWord(token.words)));
    if (belongs) found.splice(-1, 1, glue(last, token, together));
    else found.push(token);
  }
  return found;
};
