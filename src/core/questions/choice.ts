import { z } from 'zod';
import { normalise } from '../normalise.js';
import type { Question } from '../question.js';
import { joinTexts, type Text } from '../text.js';
import { excerpt, unclear, understood, type Wording } from './hearing.js';
import { readOptions } from './options.js';

export type ChoiceAsked<Id extends string> = Wording & {
  /** By id, in the order in which they are offered and numbered. */
  readonly options: Readonly<Record<Id, Text>>;
};

/** One of several options, by its number, its label in either language or its id. */
export const choice = <const Id extends string>({
  label,
  ask,
  hint,
  options,
}: ChoiceAsked<Id>): Question<Id> => {
  const { list, isId, find, label: labelOf, listed } = readOptions(options);
  return {
    kind: 'choice',
    label,
    ask,
    hint: hint ?? { zh: '回复序号或名称', en: 'Reply with a number or a name' },
    optional: false,
    options: list,
    schema: z.custom<Id>(isId),
    hear: (words) => {
      const id = find(words);
      if (id !== undefined) return understood(id);
      return unclear(
        `选项里没有“${excerpt(words)}”。请回复其中一项的序号或名称：${listed.zh}。`,
        `“${excerpt(words)}” is not one of the options. Please reply with the number or name of one: ${listed.en}.`,
      );
    },
    show: labelOf,
  };
};

/** At least one of several options; they come back in the order of the list, each once. */
export const choices = <const Id extends string>({
  label,
  ask,
  hint,
  options,
}: ChoiceAsked<Id>): Question<readonly Id[]> => {
  const { list, isId, find, label: labelOf, listed } = readOptions(options);
  const inOrder = (chosen: ReadonlySet<Id>): readonly Id[] =>
    list.map(({ id }) => id).filter((id) => chosen.has(id));
  // “1 3” is two answers and “Fine arts” is one: blanks part only where the whole is no option.
  const read = (part: string): readonly (Id | undefined)[] => {
    const whole = find(part);
    return whole === undefined ? part.split(' ').map((word) => find(word)) : [whole];
  };

  return {
    kind: 'choices',
    label,
    ask,
    hint: hint ?? {
      zh: '可多选，用逗号隔开，如“1，3”',
      en: 'Pick one or more, with commas in between, such as “1, 3”',
    },
    optional: false,
    options: list,
    schema: z.custom<readonly Id[]>(
      (value) =>
        Array.isArray(value) &&
        value.length > 0 &&
        value.every(isId) &&
        inOrder(new Set(value)).join() === value.join(),
    ),
    hear: (words) => {
      const single = find(words);
      if (single !== undefined) return understood([single]);
      const parts = words
        .split(/[,，、;；\n]/)
        .map((part) => normalise(part))
        .filter((part) => part !== '');
      const found = parts.map((part) => ({ part, ids: read(part) }));
      const unknown = found.find(({ ids }) => ids.includes(undefined));
      if (found.length > 0 && !unknown) {
        return understood(inOrder(new Set(found.flatMap(({ ids }) => ids).filter(isId))));
      }
      const what = excerpt(unknown?.part ?? words);
      return unclear(
        `选项里没有“${what}”。请回复序号或名称，多项用逗号隔开：${listed.zh}。`,
        `“${what}” is not one of the options. Please reply with numbers or names, with commas in between: ${listed.en}.`,
      );
    },
    show: (ids) => joinTexts(ids.map(labelOf), { zh: '、', en: ', ' }),
  };
};
