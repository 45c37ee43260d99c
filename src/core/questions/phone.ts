import { z } from 'zod';
import type { Heard, Question } from '../question.js';
import { same } from '../text.js';
import { unclear, understood, type Wording } from './hearing.js';

const mobile = /^1[3-9]\d{9}$/;
// Beijing and 02x have three digits, all other area codes four.
const landline = /^(?<area>0(?:10|2\d|[3-9]\d{2}))(?<local>[2-9]\d{6,7})$/;
const abroad = /^\+[1-9]\d{6,14}$/;
const longest = 40;
const extension = /(?:转|ext\.?|x|#)(?<extension>\d{1,6})$/i;

/**
 * The one form in which a number is kept: 13812345678, 0798-8441234 (-801 for an extension), +442071234567;
 * undefined when it is none. +86 is left out.
 */
export const readPhone = (typed: string): string | undefined => {
  const plain = typed
    .normalize('NFKC')
    .replace(/[\s\p{Cf}().]/gu, '')
    .replace(/\p{Pd}/gu, '-');
  if (plain.length > longest) return undefined;
  const [, before = '', tail = ''] = /^(.*?-\d{7,8})-(\d{1,6})$/.exec(plain) ?? [];
  const inner = extension.exec(plain)?.groups?.extension ?? tail;
  const main = (before || plain.replace(extension, '')).replaceAll('-', '').replace(/^00(?=[1-9])/, '+');
  if (!/^\+?\d+$/.test(main)) return undefined;
  const chinese = main.replace(/^\+86/, '').replace(/^86(?=1[3-9]\d{9}$)/, '');
  if (mobile.test(chinese)) return inner === '' ? chinese : undefined;
  const withArea = main.startsWith('+86') && !chinese.startsWith('0') ? `0${chinese}` : chinese;
  const { area, local } = landline.exec(withArea)?.groups ?? {};
  if (area && local) return [area, local, ...(inner === '' ? [] : [inner])].join('-');
  return inner === '' && abroad.test(main) && !main.startsWith('+86') ? main : undefined;
};

const hear = (words: string): Heard<string> => {
  const value = readPhone(words);
  if (value !== undefined) return understood(value);
  return unclear(
    '这个号码似乎不完整。请填写 11 位手机号，或带区号的座机（如 0798-8441234）；境外号码请加国家代码（如 +852 2123 4567）。',
    'That number looks incomplete. Please give an 11-digit mainland mobile, a landline with its area code (0798-8441234), or an international number with + and its country code (+44 20 7123 4567).',
  );
};

/** As it is shown: 138 1234 5678. */
export const sayPhone = (value: string): string =>
  mobile.test(value) ? value.replace(/^(\d{3})(\d{4})(\d{4})$/, '$1 $2 $3') : value;

/** A telephone number, as it can be dialled from China. Always personal. */
export const phone = ({ label, ask, hint }: Wording): Question<string> => ({
  kind: 'phone',
  label,
  ask,
  hint: hint ?? {
    zh: '手机号，或带区号的座机，如 0798-8441234',
    en: 'A mobile number, or a landline with its area code, such as 0798-8441234',
  },
  optional: false,
  personal: true,
  schema: z.string().refine((value) => readPhone(value) === value),
  hear,
  show: (value) => same(sayPhone(value)),
});
