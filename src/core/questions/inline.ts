import type { Answer, Question } from '../question.js';

/** The same question, never asked: answered by what is said along with the command, else null. */
export const inline = <T extends Answer>(question: Question<T>): Question<T | null> => ({
  ...question,
  optional: true,
  inline: true,
  schema: question.schema.nullable(),
  show: (value) => (value === null ? { zh: '—', en: '—' } : question.show(value)),
});
