import { z } from 'zod';
import { normalise } from '../normalise.js';
import { readNumeral } from '../numerals.js';
import type { Heard, Question } from '../question.js';
import type { Text } from '../text.js';
import { excerpt, unclear, understood, type Wording } from './hearing.js';

export type NumberAsked = Wording & {
  readonly min: number;
  readonly max: number;
  readonly unit?: Text;
  /** Digits allowed after the point; none unless given. */
  readonly decimals?: number;
};

/** A number in digits or Chinese numerals: 120, 1,200, 一百二十, 1.2万. */
export const number = ({ label, ask, hint, min, max, unit, decimals = 0 }: NumberAsked): Question<number> => {
  const units = unit ? [normalise(unit.zh), normalise(unit.en)].filter((one) => one !== '') : [];
  const inMyriads = units.some((one) => /[千万亿]/u.test(one));
  const fits = (value: number): boolean => value === Number(value.toFixed(decimals));
  const within = (value: number): boolean => value >= min && value <= max;
  const write = (value: number, language: 'zh' | 'en'): string => {
    const digits =
      language === 'en' ? value.toLocaleString('en-US', { maximumFractionDigits: decimals }) : `${value}`;
    if (!unit) return digits;
    return language === 'en' ? `${digits} ${unit.en}` : digits + unit.zh;
  };
  const range: Text = { zh: `${min}–${write(max, 'zh')}`, en: `${write(min, 'en')} to ${write(max, 'en')}` };

  const hear = (words: string): Heard<number> => {
    const plain = normalise(words).replaceAll(' ', '');
    const counted = units.find((one) => plain.endsWith(one.replaceAll(' ', '')));
    const digits = counted === undefined ? plain : plain.slice(0, -counted.replaceAll(' ', '').length);
    if (inMyriads && /[千万亿]/u.test(digits)) {
      return unclear(
        `本项以“${unit?.zh}”为单位，请只写数字，如“120”。`,
        `This is counted in ${unit?.en}. Please type the figure alone, such as “120”.`,
      );
    }
    const value = readFigure(digits);
    if (value === undefined) {
      return unclear(
        `没有看明白“${excerpt(words)}”。请只写一个数字（${range.zh}），如“${exampleOf(min, max)}”。`,
        `Sorry, “${excerpt(words)}” is not a number I can read. Please type one figure (${range.en}), such as “${exampleOf(min, max)}”.`,
      );
    }
    if (!fits(value)) {
      return decimals === 0
        ? unclear(
            `请填写整数，如“${Math.round(value)}”。`,
            `Please type a whole number, such as “${Math.round(value)}”.`,
          )
        : unclear(
            `小数最多 ${decimals} 位，请重新填写。`,
            `Please type at most ${decimals} digits after the point.`,
          );
    }
    if (!within(value)) {
      return unclear(`请填写 ${range.zh} 之间的数字。`, `Please type a number from ${range.en}.`);
    }
    return understood(value);
  };

  return {
    kind: 'number',
    label,
    ask,
    hint: hint ?? { zh: `填数字，${range.zh}`, en: `A number, ${range.en}` },
    optional: false,
    schema: z.number().refine((value) => fits(value) && within(value)),
    hear,
    show: (value) => ({ zh: write(value, 'zh'), en: write(value, 'en') }),
  };
};

const exampleOf = (min: number, max: number): number => (min <= 20 && max >= 20 ? 20 : Math.ceil(min));

const plainFigure = /^[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?$/;

const readFigure = (words: string): number | undefined => {
  if (plainFigure.test(words)) return Number(words.replaceAll(',', '')) + 0;
  const negative = /^[-负]/u.test(words);
  const value = readNumeral(negative ? words.slice(1) : words);
  return value !== undefined && negative ? -value : value;
};
