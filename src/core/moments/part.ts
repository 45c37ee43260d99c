import type { DateTime } from 'luxon';

export type Period = 'dawn' | 'morning' | 'noon' | 'afternoon' | 'dusk' | 'evening';

/** What one piece of the words says. A date may have several readings; `from` is the first day it can mean. */
export type Part =
  | { readonly kind: 'date'; readonly readings: (from: DateTime) => readonly DateTime[] }
  | { readonly kind: 'weekday'; readonly weekday: number }
  /** `exact`: written on the 24-hour clock, or with am or pm; `half` tells which of these. */
  | {
      readonly kind: 'clock';
      readonly hour: number;
      readonly minute: number;
      readonly exact: boolean;
      readonly half?: 'a' | 'p';
    }
  | { readonly kind: 'period'; readonly period: Period }
  | { readonly kind: 'instant'; readonly at: DateTime }
  | { readonly kind: 'to' };

export type Scene = {
  /** In the zone that the words are read in. */
  readonly now: DateTime;
  readonly today: DateTime;
  /** Some Han character is in the words. */
  readonly chinese: boolean;
};

type Groups = Readonly<Record<string, string | undefined>>;

/** Reads one kind of piece. The pattern is sticky; undefined lets the next reader try. */
export type Reader = {
  readonly pattern: RegExp;
  readonly read: (found: Groups, scene: Scene) => readonly Part[] | undefined;
};

export const reader = (pattern: string, read: Reader['read']): Reader => ({
  pattern: new RegExp(pattern, 'uy'),
  read,
});

export const dates = (readings: (from: DateTime) => readonly DateTime[]): Part => ({
  kind: 'date',
  readings,
});
export const date = (day: DateTime): Part => dates(() => [day]);
