import { normalise } from './normalise.js';
import type { Registry } from './registry.js';
import type { Command } from './workflow.js';

/** Words of the desk itself, the same in every workflow. The first of each language is the one it teaches. */
export const deskWords = {
  help: { zh: ['帮助', '菜单'], en: ['help', 'menu'] },
  hello: { zh: ['你好', '您好', '在吗', '嗨'], en: ['hello', 'hi', 'hey'] },
  mine: { zh: ['我的', '待办'], en: ['mine', 'my'] },
  status: { zh: ['状态', '进度'], en: ['status'] },
  why: { zh: ['为什么', '经过'], en: ['why', 'history'] },
  language: { zh: ['语言', '中文'], en: ['language', 'english'] },
  back: { zh: ['返回', '上一步'], en: ['back'] },
  skip: { zh: ['跳过'], en: ['skip'] },
  cancel: { zh: ['取消'], en: ['cancel'] },
  continue: { zh: ['继续'], en: ['continue'] },
  submit: { zh: ['提交', '确认'], en: ['submit', 'confirm'] },
} as const satisfies Readonly<Record<string, { zh: readonly string[]; en: readonly string[] }>>;
export type DeskWord = keyof typeof deskWords;

export const isDeskWord = (name: string): name is DeskWord => Object.hasOwn(deskWords, name);
export const reservedWords: readonly string[] = Object.values(deskWords).flatMap((one) => [
  ...one.zh,
  ...one.en,
]);

const deskMeanings: ReadonlyMap<string, DeskWord> = new Map(
  Object.keys(deskWords)
    .filter(isDeskWord)
    .flatMap((name) =>
      [...deskWords[name].zh, ...deskWords[name].en].map((word) => [normalise(word), name] as const),
    ),
);

/** What words mean before anybody looks at who said them. `rest` keeps the person's own spelling. */
export type Meaning =
  | {
      readonly kind: 'command';
      readonly commands: readonly Command[];
      readonly ref?: string;
      readonly rest: string;
      /** It ends in a question mark: whoever asks “yes P-1?” has not said yes. */
      readonly asks: boolean;
    }
  | {
      readonly kind: 'desk';
      readonly word: DeskWord;
      readonly said: string;
      readonly ref?: string;
      readonly rest: string;
    }
  | { readonly kind: 'number'; readonly number: number }
  | { readonly kind: 'ref'; readonly ref: string }
  /** `near`: commands whose word stands somewhere in the text; only ever suggested. */
  | { readonly kind: 'other'; readonly near: readonly Command[] };

const longestHead = 40;
// A case's number stands beside its command; further on it is part of what is told.
const longestLead = 80;
const boundary = /[\s\p{P}\p{S}]/u;
const question = /[?？][\s\p{P}\p{S}]*$/u;
const longestEnd = 20;

/**
 * Reads a message. A command's word counts only as a whole word at the beginning (the case's number may come
 * first or next to it): nothing is matched by resemblance, so 不同意 is never 同意.
 */
export const parse = (typed: string, registry: Registry): Meaning => {
  const text = typed.trim();
  const plain = normalise(text);
  const asks = question.test(text.slice(-longestEnd));
  if (/^\d{1,2}$/.test(plain) && !asks) return { kind: 'number', number: Number(plain) };

  const found = findRef(text, registry);
  if (found) {
    const { ref, before, after } = found;
    const head = before === '' ? readHead(after, registry) : readHead(before, registry, true);
    if (head) {
      const rest = before === '' ? head.rest : after;
      if (head.kind === 'desk') return { kind: 'desk', word: head.word, said: head.said, ref, rest };
      const commands = head.commands.filter((one) => prefixOf(one, registry) === ref.split('-')[0]);
      // To a command that is about no case yet, the number is part of what it is told.
      const [first] = head.commands;
      if (commands.every((one) => typeof one.from === 'string') && typeof first?.from === 'string') {
        return { kind: 'command', commands: head.commands, rest: rest === '' ? ref : `${ref} ${rest}`, asks };
      }
      return { kind: 'command', commands, ref, rest, asks };
    }
    if (before === '' && after === '') return { kind: 'ref', ref };
  }
  const head = readHead(text, registry);
  if (head) return head.kind === 'command' ? { ...head, asks } : head;
  return { kind: 'other', near: near(plain, registry) };
};

const prefixOf = (command: Command, registry: Registry): string | undefined =>
  registry.workflow(command.workflow)?.prefix;

// Length stays the same, so that positions found here are positions in the person's own spelling.
const halfWidth = (text: string): string =>
  text.replace(/[\uff01-\uff5e]/g, (one) => String.fromCharCode(one.charCodeAt(0) - 0xfee0));

const findRef = (text: string, registry: Registry) => {
  for (const match of halfWidth(text.slice(0, longestLead)).matchAll(
    /(?<![\p{Script=Latin}\d])([A-Za-z]{1,3})\s?[-–—_ ]?\s?(\d{1,6})(?![\p{Script=Latin}\d])/gu,
  )) {
    const prefix = match[1]?.toUpperCase();
    if (!registry.workflows.some((one) => one.prefix === prefix)) continue;
    return {
      ref: `${prefix}-${Number(match[2])}`,
      before: withoutEdges(text.slice(0, match.index)),
      after: withoutEdges(text.slice(match.index + match[0].length)),
    };
  }
  return undefined;
};

const opening = /[\s\p{P}]/u;
const closing = /[\s,，:：、]/u;

// Two walks rather than one expression: a long run of blanks would be tried from each of its places.
const withoutEdges = (part: string): string => {
  let start = 0;
  let end = part.length;
  while (start < end && opening.test(part.charAt(start))) start += 1;
  while (end > start && closing.test(part.charAt(end - 1))) end -= 1;
  return part.slice(start, end);
};

type Head =
  | { readonly kind: 'command'; readonly commands: readonly Command[]; readonly rest: string }
  | { readonly kind: 'desk'; readonly word: DeskWord; readonly said: string; readonly rest: string };

/** The longest known word at the beginning; with `whole`, nothing may follow it. */
const readHead = (text: string, registry: Registry, whole = false): Head | undefined => {
  for (let end = Math.min(text.length, longestHead); end > 0; end--) {
    if (whole && end < text.length) return undefined;
    if (end < text.length && !boundary.test(text.charAt(end))) continue;
    const word = normalise(text.slice(0, end));
    const rest = text.slice(end).replace(/^[\s,，:：、。.!！]+/u, '');
    const commands = registry.meaning(word);
    if (commands.length > 0) return { kind: 'command', commands, rest };
    const desk = deskMeanings.get(word);
    if (desk) return { kind: 'desk', word: desk, said: word, rest };
  }
  return undefined;
};

const near = (plain: string, registry: Registry): readonly Command[] =>
  plain.length > 200
    ? []
    : [
        ...new Set(
          registry.words
            .filter((word) => word.length > 1 && plain.includes(word) && !/[不没未别]|not|n't/.test(plain))
            .flatMap((word) => registry.meaning(word)),
        ),
      ].slice(0, 3);
