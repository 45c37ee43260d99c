import { z } from 'zod';
import { normalise, readYesNo } from '../normalise.js';
import type { Question } from '../question.js';
import { excerpt, unclear, understood, type Wording } from './hearing.js';

/** A yes or a no, in words, as an emoji, or as 1 and 2. */
export const yesNo = ({ label, ask, hint }: Wording): Question<boolean> => ({
  kind: 'yesNo',
  label,
  ask,
  hint: hint ?? { zh: '回复“是”或“否”', en: 'Reply “yes” or “no”' },
  optional: false,
  schema: z.boolean(),
  hear: (words) => {
    const plain = normalise(words);
    const value = plain === '1' ? true : plain === '2' ? false : readYesNo(plain);
    if (value !== undefined) return understood(value);
    return unclear(
      `没有看明白“${excerpt(words)}”。请回复“是”或“否”。`,
      `Sorry, “${excerpt(words)}” could be either. Please reply “yes” or “no”.`,
    );
  },
  show: (value) => (value ? { zh: '是', en: 'Yes' } : { zh: '否', en: 'No' }),
});
