/** Texts that nobody means as a command, and texts that ought to harm nobody wherever they are shown. */

import { languages } from '../../src/core/text.js';
import type { Command } from '../../src/core/workflow.js';
import type { Chance } from './chance.js';

const pieces = [
  ...[
    '你好',
    '园区',
    '联盟',
    '陶瓷',
    '请问一下',
    '明天下午',
    '谢谢！',
    '，',
    '。',
    '：',
    '；',
    '、',
    '（',
    '》',
  ],
  ...['hello', 'R&D', "O'Brien", 'naïve', 'ﬁne', 'Straße', 'İstanbul', 'عربي', 'עברית', 'ภาษาไทย', 'नमस्ते'],
  ...['😀', '👨‍👩‍👧‍👦', '🏳️‍🌈', '👍🏽', '1️⃣', '©', '𠮷', '𝒳', 'é', 'z͑ͫ̓ͪ̂ͫ'],
  ...[
    '\u202e',
    '\u2066',
    '\u2069',
    '\u200b',
    '\u200d',
    '\ufeff',
    '\u00ad',
    '\u2028',
    '\u0000',
    '\u0007',
    '\ud800',
  ],
  ...[
    '<!channel>',
    '<!here>',
    '<!everyone|all>',
    '<@U01>',
    '<#C01|room>',
    '<https://evil.example|here>',
    '@channel',
  ],
  ...[
    '&lt;!here&gt;',
    '&amp;lt;',
    '*bold*',
    '_it_',
    '~gone~',
    '`code`',
    '```',
    '> quote',
    ':skull:',
    '@所有人',
    '@all',
  ],
  ...[
    '<b>x</b>',
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    '</title>',
    "' OR 1=1 --",
    '#{7*7}',
  ],
  ...['{{7*7}}', '%s%n', '../../etc/passwd', '\\', '\\n', '\r\n', '\n', '\t', '\u3000', ' '],
  ...['=cmd|calc!A0', '=1+1', '+SUM(A1)', '-2+3', '@SUM(1)', '＝1+1', '\t=1', '"=1"', ',=1,', ';=1;'],
  ...[
    'BEGIN:VEVENT',
    'END:VCALENDAR',
    'ATTENDEE:mailto:x@y',
    '__proto__',
    'constructor',
    'null',
    'NaN',
    '[object Object]',
  ],
  ...[
    'M-1',
    'P-99999',
    'W-0',
    'w1',
    '1',
    '12',
    '00',
    '-1',
    '99999999999999999999',
    '2026-02-30',
    '25:61',
    '13800138000',
  ],
] as const;

/** Anything: short, long, sometimes 100 kB. */
export const junk = (chance: Chance): string => {
  const some = Array.from({ length: 1 + chance.below(6) }, () => chance.oneOf(pieces)).join(
    chance.oneOf(['', '', ' ', '，']),
  );
  const size = chance.below(2000);
  if (size === 0) return some.repeat(Math.ceil(100_000 / some.length)).slice(0, 100_000);
  return size < 40 ? some.repeat(200).slice(0, 4000) : some;
};

/** As a name or a title, where a line break ends what a field takes. */
export const shortJunk = (chance: Chance): string =>
  Array.from({ length: 1 + chance.below(3) }, () => chance.oneOf(pieces))
    .join('')
    .slice(0, 60);

const strange = ['酱', '碟', '们', 'q', 'zz', '嗯'] as const;

const before = {
  zh: [
    '不',
    '不要',
    '别',
    '我不想',
    '没有人',
    '拒绝',
    '请问怎么',
    '我想',
    '他说：',
    '如果',
    '大家都',
    '能不能',
    '是否',
  ],
  en: [
    "don't ",
    'not ',
    'never ',
    'I will not ',
    'how do I ',
    'he said ',
    'if we ',
    'why ',
    'please do not ',
  ],
} as const;
const after = {
  zh: [
    '吗？',
    '吗',
    '？',
    '?',
    '才怪',
    '算了',
    '不行',
    '是什么意思？',
    '的话会怎样',
    '怎么办理',
    '不是我说的',
    '了没有',
    '？？',
  ],
  en: ['?', ' not', ' or not', '?!', ' is a bad idea', ', never', ' means what?', ' he said'],
} as const;

const changed = (chance: Chance, word: string): string => {
  const letters = [...word];
  const at = chance.below(letters.length);
  const way = chance.below(3);
  if (way === 0) letters.splice(at, 1, chance.oneOf(strange));
  else if (way === 1) letters.splice(at, 0, chance.oneOf(strange));
  else if (letters.length > 1) letters.splice(at, 1);
  else letters.push(chance.oneOf(strange));
  return letters.join('');
};

export type Near = { readonly text: string; readonly way: 'changed' | 'before' | 'after' | 'doubled' };

/** Close to a command on a case, and not it. `after` is for commands that take no free words. */
export const nearCommand = (chance: Chance, command: Command, ref: string): Near => {
  const language = chance.oneOf(languages);
  const words = command.words[language];
  const word = words[chance.below(words.length)] ?? '';
  const place = chance.oneOf([` ${ref}`, ref, '']);
  const takesWords = Object.values(command.ask).some(
    (one) => one.hear('才怪', { now: new Date(), timezone: 'Asia/Shanghai' }).kind === 'understood',
  );
  const way = chance.oneOf(
    takesWords
      ? (['changed', 'before', 'doubled'] as const)
      : (['changed', 'before', 'after', 'doubled'] as const),
  );
  switch (way) {
    case 'changed':
      return { way, text: `${changed(chance, word)}${place}` };
    case 'before':
      return { way, text: `${chance.oneOf(before[language])}${word}${place}` };
    case 'after':
      return { way, text: `${word}${place}${chance.oneOf(after[language])}` };
    case 'doubled':
      return { way, text: `${word}${word}${place}` };
    default:
      return way satisfies never;
  }
};
