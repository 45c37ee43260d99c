import { z } from 'zod';
import type { Heard, Question } from '../question.js';
import { clean, same, type Text } from '../text.js';
import { unclear, understood, type Wording } from './hearing.js';

export type TextAsked = Wording & {
  /** Limits in characters as people count them: code points. */
  readonly min?: number;
  readonly max?: number;
  /** Several lines; 2000 characters unless `max` says otherwise, instead of 200. */
  readonly long?: boolean;
  readonly personal?: boolean;
};

/** Free text, cleaned. A short text is one line. */
export const text = ({
  label,
  ask,
  hint,
  min = 1,
  max,
  long = false,
  personal = false,
}: TextAsked): Question<string> => {
  const most = max ?? (long ? 2000 : 200);
  const least = Math.max(1, min);

  const hear = (words: string): Heard<string> => {
    // Once more, because an accent may only join its letter when what stood between them is gone.
    const typed = clean(words);
    const value = long ? typed : typed.replace(/\s+/g, ' ');
    const length = [...value].length;
    if (!/[\p{L}\p{N}\p{P}\p{S}]/u.test(value)) {
      return unclear(
        `${label.zh}不能为空，请输入文字。`,
        'This can’t be left empty. Please type a few words.',
      );
    }
    if (length < least) {
      return unclear(
        `内容太短（${length} 字），请至少写 ${least} 个字。`,
        `That is too short (${length}). Please write at least ${least} characters.`,
      );
    }
    if (length > most) {
      return unclear(
        `内容太长（${length} 字），请精简到 ${most} 字以内。`,
        `That is too long (${length}). Please shorten it to ${most} characters at most.`,
      );
    }
    return understood(value);
  };

  return {
    kind: 'text',
    label,
    ask,
    ...((hint || long) && { hint: hint ?? limits(least, most) }),
    optional: false,
    ...(long && { long }),
    ...(personal && { personal }),
    schema: z.string().refine((value) => {
      const heard = hear(value);
      return heard.kind === 'understood' && heard.value === value;
    }),
    hear,
    show: same,
  };
};

const limits = (least: number, most: number): Text =>
  least > 1
    ? { zh: `${least}–${most} 字`, en: `${least} to ${most} characters` }
    : { zh: `${most} 字以内`, en: `Up to ${most} characters` };
