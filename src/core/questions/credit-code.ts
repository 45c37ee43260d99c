import { z } from 'zod';
import { type CreditCodeProblem, checkCreditCode } from '../credit-code.js';
import type { Question } from '../question.js';
import { same, type Text } from '../text.js';
import { understood, type Wording } from './hearing.js';

const lookAlikes: Readonly<Record<string, string>> = { O: '0', I: '1', Z: '2', S: '5', V: 'U' };

const explain = (problem: CreditCodeProblem): Text => {
  switch (problem.kind) {
    case 'length':
      return {
        zh: `统一社会信用代码应为 18 位，您填写的是 ${problem.found} 位。请对照营业执照重新填写。`,
        en: `A unified social credit code has 18 characters; yours has ${problem.found}. Please check it against the business licence and type it again.`,
      };
    case 'character': {
      const { character, position } = problem;
      const meant = lookAlikes[character];
      return {
        zh: `第 ${position} 位的“${character}”不会出现在统一社会信用代码中${meant ? `，是否应为“${meant}”` : ''}？请核对后重新填写。`,
        en: `Credit codes never contain “${character}” (character ${position})${meant ? `; perhaps “${meant}” is meant` : ''}. Please check and type it again.`,
      };
    }
    case 'checkDigit':
      return {
        zh: '这个代码没有通过校验，可能有一位填错，或两位的顺序颠倒。请对照营业执照逐位核对后重新填写。',
        en: 'This code does not add up: a character may be wrong, or two may have changed places. Please compare it with the business licence and type it again.',
      };
    default:
      return problem satisfies never;
  }
};

/** The unified social credit code of an organisation, with its check digit. */
export const creditCode = ({ label, ask, hint }: Wording): Question<string> => ({
  kind: 'creditCode',
  label,
  ask,
  hint: hint ?? { zh: '营业执照上的 18 位代码', en: 'The 18 characters on the business licence' },
  optional: false,
  schema: z.string().refine((value) => {
    const checked = checkCreditCode(value);
    return checked.ok && checked.code === value;
  }),
  hear: (words) => {
    const checked = checkCreditCode(words);
    return checked.ok ? understood(checked.code) : { kind: 'unclear', problem: explain(checked.problem) };
  },
  show: same,
});
