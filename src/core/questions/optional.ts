import { normalise } from '../normalise.js';
import type { Answer, Question } from '../question.js';
import type { Text } from '../text.js';
import { understood } from './hearing.js';

const left: Text = { zh: '（未填）', en: '(left out)' };
const wordsOf = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/).map(normalise));
const skips = new Set([...wordsOf('跳过 略 略过 不填 skip - /'), '', normalise(left.zh), normalise(left.en)]);
const nothings = wordsOf('无 没有 暂无 暂时没有 none n/a na nil');

/**
 * The same question, that may be left out: the answer is then null. “跳过” always skips; “无” does so too,
 * unless the question itself has a meaning for it.
 */
export const optional = <T extends Answer>(question: Question<T>): Question<T | null> => ({
  ...question,
  optional: true,
  schema: question.schema.nullable(),
  hear: (words, asking) => {
    const plain = normalise(words);
    if (skips.has(plain)) return understood(null);
    if (!nothings.has(plain)) return question.hear(words, asking);
    if (question.kind === 'text') return understood(null);
    const heard = question.hear(words, asking);
    return heard.kind === 'unclear' ? understood(null) : heard;
  },
  show: (value) => (value === null ? left : question.show(value)),
});
