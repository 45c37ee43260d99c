/** Finds the rows that a chain lost when two people answered it at once. */
import { normalise } from '../../../core/normalise.js';
import type { Chain, Row } from './chain.js';

type Keyed = { readonly row: Row; readonly name: string; readonly words: ReadonlySet<string> };

const keyed = (row: Row): Keyed => ({
  row,
  name: normalise(row.name),
  words: new Set(row.parts.map(normalise)),
});

const within = (some: ReadonlySet<string>, all: ReadonlySet<string>) =>
  [...some].every((word) => all.has(word));

// From the strictest to the most lenient: of two people of one name, each is found in their own row first.
const alike: readonly ((one: Keyed, other: Keyed) => boolean)[] = [
  (one, other) => one.words.size === other.words.size && within(one.words, other.words),
  (one, other) =>
    other.words.has(one.name) && (within(one.words, other.words) || within(other.words, one.words)),
  // Somebody corrected their park: the number tells that it is the same row.
  (one, other) => one.row.number !== null && one.row.number === other.row.number && other.words.has(one.name),
];

/**
 * The rows that an earlier version of the same chain had and a later one has not. Who withdrew, in either,
 * is not lost. That both are versions of one chain is for the caller to know.
 */
export const lostRows = (earlier: Chain, later: Chain): readonly Row[] => {
  let missing = earlier.rows.filter((row) => row.name !== '' && !row.withdrawn).map(keyed);
  const left = new Map<string, Set<Keyed>>();
  for (const one of later.rows.map(keyed)) {
    for (const word of one.words) left.set(word, (left.get(word) ?? new Set()).add(one));
  }
  for (const same of alike) {
    missing = missing.filter((one) => {
      const candidates = left.get(one.name);
      for (const other of candidates ?? []) {
        if (!same(one, other)) continue;
        for (const word of other.words) left.get(word)?.delete(other);
        return false;
      }
      return true;
    });
  }
  return missing.map(({ row }) => row);
};
