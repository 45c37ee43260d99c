/** How the rows of one chain are written: what its clear rows tell about its unclear ones. */
import type { Part, Role } from './draft.js';
import { looksLikeLatinName, looksLikeName, looksLikePlace } from './likeness.js';

export type Habits = {
  /** Which of the two comes first; undefined where people do as they like. */
  readonly first: 'name' | 'park' | undefined;
  /** Words that stand beside different other words in several rows: parks, as a rule. */
  readonly shared: ReadonlySet<string>;
};

export const isPerson = ({ words }: Part): boolean =>
  looksLikeName(words.plain) || looksLikeLatinName(words.shown);
export const isPlace = ({ words }: Part): boolean => looksLikePlace(words.plain);

/** The only one of the parts of which the test is true. */
export const only = (parts: readonly Part[], test: (part: Part) => boolean): Part | undefined => {
  const [one, ...others] = parts.filter(test);
  return others.length === 0 ? one : undefined;
};

/** The name of a pair in which it is plain to see: the other is a place, or only this one looks like a name. */
const plainName = (pair: readonly Part[]): Part | undefined => {
  const place = only(pair, isPlace);
  return only(pair, place ? (part) => part !== place : isPerson);
};

/** A heading settles the order; without one, the rows do in which it is plain to see. */
const firstOf = (
  pairs: readonly (readonly [Part, Part])[],
  roles: readonly Role[] | undefined,
): Habits['first'] => {
  const told = roles?.filter((role) => role === 'name' || role === 'park') ?? [];
  if (told.length === 2) return told[0];
  const plain = pairs.flatMap((pair) => {
    const name = plainName(pair);
    return name ? [name === pair[0] ? ('name' as const) : ('park' as const)] : [];
  });
  const [first] = plain;
  return plain.length > 1 && plain.every((one) => one === first) ? first : undefined;
};

/** Learns from the parts of all rows, and from the roles of the heading, if there is one. */
export const habitsOf = (
  rows: readonly { readonly parts: readonly Part[] }[],
  roles: readonly Role[] | undefined,
): Habits => {
  const pairs = rows.flatMap(({ parts }): readonly (readonly [Part, Part])[] => {
    const [one, two, ...more] = parts;
    return one && two && more.length === 0 ? [[one, two]] : [];
  });
  const partners = new Map<string, Set<string>>();
  for (const [one, two] of pairs) {
    for (const [{ plain }, other] of [
      [one.words, two.words],
      [two.words, one.words],
    ] as const) {
      const others = partners.get(plain);
      if (others) others.add(other.plain);
      else partners.set(plain, new Set([other.plain]));
    }
  }
  const names = new Set(pairs.flatMap((pair) => plainName(pair)?.words.plain ?? []));
  const often = [...partners].filter(([word, others]) => others.size > 1 && !names.has(word));
  return { first: firstOf(pairs, roles), shared: new Set(often.map(([word]) => word)) };
};
