import type { z } from 'zod';
import type { Text } from './text.js';

/** A value of the dialogue as it is kept: JSON, checked again by the question's schema after each reading. */
export type Answer = string | number | boolean | null | readonly string[];

/** What a question made of the words it was given. */
export type Heard<T> =
  | {
      readonly kind: 'understood';
      readonly value: T /** Say it back and wait for a yes. */;
      readonly echo?: boolean;
    }
  | { readonly kind: 'unclear' /** What is wrong and what to do. */; readonly problem: Text };

export type Asking = { readonly now: Date; readonly timezone: string };

/**
 * One typed question. Its words (`hear`) and its stored value (`schema`) are checked by the same rules,
 * whether it is asked in a chat or in a form.
 */
export type Question<T extends Answer = Answer> = {
  readonly kind:
    | 'text'
    | 'choice'
    | 'choices'
    | 'yesNo'
    | 'number'
    | 'moment'
    | 'period'
    | 'span'
    | 'phone'
    | 'creditCode';
  readonly label: Text;
  readonly ask: Text;
  /** An example or a limit, shown under the question. */
  readonly hint?: Text;
  readonly optional: boolean;
  /** Never asked: it is read from what is said along with the command, or left out. */
  readonly inline?: boolean;
  readonly long?: boolean;
  readonly options?: readonly { readonly id: string; readonly label: Text }[];
  readonly schema: z.ZodType<T>;
  readonly hear: (words: string, asking: Asking) => Heard<T>;
  readonly show: (value: T) => Text;
  /** Masked where personal data does not belong. */
  readonly personal?: boolean;
};

// biome-ignore lint/suspicious/noExplicitAny: a question of any value; `any` because T is both read and written
export type AnyQuestion = Question<any>;
export type Questions = Readonly<Record<string, AnyQuestion>>;
export type Answers<Q extends Questions> = {
  readonly [K in keyof Q]: Q[K] extends Question<infer T> ? T : never;
};
