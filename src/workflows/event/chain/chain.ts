/** A sign-up chain (接龙) as it is read from a pasted text. */

export type Row = {
  /** The line of the paste, counted from 1. Rows that lost their line breaks share one. */
  readonly line: number;
  readonly number: number | null;
  /** Empty when it cannot be read. Without a directory, name and park can be mixed up: see `parts`. */
  readonly name: string;
  readonly park: string | null;
  /** All words of the row that may be a name or a park, in their order. The matcher settles which is which. */
  readonly parts: readonly string[];
  /** Those of them who seem to come along: 李娜+徐文斌. */
  readonly companions: readonly string[];
  /** People, with the named one. */
  readonly count: number;
  /** The words that name a kind of place, as they were typed: 线上, speaker. */
  readonly ticket: string | null;
  readonly note: string | null;
  readonly phone: string | null;
  readonly withdrawn: boolean;
  readonly waitlisted: boolean;
  /** A place is kept for them until they answer. */
  readonly held: boolean;
};

/** What has to be asked before a chain can be taken over. Lines are counted from 1. */
export type ChainFault =
  /** Two people answered at once. */
  | { readonly kind: 'repeatedNumber'; readonly number: number; readonly lines: readonly number[] }
  /** Rows are missing: `line` is where the numbers go on. */
  | { readonly kind: 'skippedNumber'; readonly from: number; readonly to: number; readonly line: number }
  | { readonly kind: 'sameName'; readonly name: string; readonly lines: readonly number[] }
  | { readonly kind: 'emptyRow'; readonly number: number; readonly line: number }
  | { readonly kind: 'unreadableName'; readonly line: number; readonly text: string }
  /** How many people come is not clear; the row's count is the least that was meant. */
  | { readonly kind: 'unclearCount'; readonly line: number; readonly words: string }
  /** They may come or not. */
  | { readonly kind: 'unsure'; readonly line: number; readonly words: string }
  /** Several chains in one paste: the last one was read. */
  | { readonly kind: 'severalChains'; readonly lines: readonly number[]; readonly titles: readonly string[] }
  /** One chain with several lists that each count from 1: all were read. */
  | { readonly kind: 'severalLists'; readonly lines: readonly number[]; readonly headings: readonly string[] }
  /** The paste ends in “…”: rows may be missing. */
  | { readonly kind: 'cutOff'; readonly line: number };

export type Chain = {
  readonly title: string;
  readonly rows: readonly Row[];
  /** Lines that are neither title nor row, in their order. */
  readonly remarks: readonly string[];
  readonly faults: readonly ChainFault[];
};
