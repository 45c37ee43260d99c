/** Finds the people and parks that the rows of a chain mean: exactly or not at all, never by resemblance. */
import { normalise } from '../../../core/normalise.js';
import type { Chain, Row } from './chain.js';
import { looksLikeName, looksLikePlace } from './likeness.js';

export type Directory = {
  readonly people: readonly { readonly id: string; readonly name: string; readonly parkId: string | null }[];
  readonly parks: readonly { readonly id: string; readonly names: readonly string[] }[];
};

/** Whom a name means. */
export type Who =
  /** `parkId` is their own park; the one they named where the directory knows none. */
  | { readonly kind: 'person'; readonly id: string; readonly parkId: string | null }
  /** The only person of that name is of another park than the one that is named. */
  | {
      readonly kind: 'otherPark';
      readonly id: string;
      readonly parkId: string | null;
      /** Null: the directory does not know the park that is named; its words are in `park`. */
      readonly namedParkId: string | null;
      readonly park: string;
    }
  /** People of the same name, and the park does not settle which of them. */
  | { readonly kind: 'several'; readonly ids: readonly string[] }
  /** Nobody has that name. `park` is what they wrote, where it is no park's name. */
  | {
      readonly kind: 'newcomer';
      readonly name: string;
      readonly parkId: string | null;
      readonly park: string | null;
    }
  | { readonly kind: 'unreadable'; readonly parkId: string | null }
  /** Stands in an earlier row already: `of` is its line. */
  | { readonly kind: 'duplicate'; readonly of: number };

export type Match = Who & {
  readonly line: number;
  /** People with the named one. Fewer than the row's count if what looked like a companion is a park. */
  readonly people: number;
  /** Those who are named along: 李娜+徐文斌. */
  readonly companions: readonly Who[];
  /** Words that are neither a name nor a park of the directory, where somebody was found without them. */
  readonly unexplained: readonly string[];
};

type Person = Directory['people'][number];
type Index = {
  readonly people: ReadonlyMap<string, readonly Person[]>;
  readonly parks: ReadonlyMap<string, readonly string[]>;
};

const grouped = <T>(entries: Iterable<readonly [string, T]>): ReadonlyMap<string, readonly T[]> => {
  const groups = new Map<string, T[]>();
  for (const [key, one] of entries) {
    const group = groups.get(key);
    if (key === '') continue;
    if (!group) groups.set(key, [one]);
    else if (!group.includes(one)) group.push(one);
  }
  return groups;
};

const indexOf = ({ people, parks }: Directory): Index => ({
  people: grouped(people.map((one) => [normalise(one.name), one] as const)),
  parks: grouped(parks.flatMap(({ id, names }) => names.map((name) => [normalise(name), id] as const))),
});

type Word = { readonly shown: string; readonly key: string };

const longestGlued = 80;
const seam = /^[\s·的@-]+|[\s·的@-]+$/g;

/** 青窑李娜 is a park and a person without anything between them; the park has to be known by just that name. */
const unglued = (word: Word, { people, parks }: Index, alone: boolean): readonly Word[] => {
  if (people.has(word.key) || parks.has(word.key) || word.key.length > longestGlued) return [word];
  const ways: (readonly Word[])[] = [];
  for (let at = 1; at < word.key.length; at += 1) {
    const left = word.key.slice(0, at).replace(seam, '');
    const right = word.key.slice(at).replace(seam, '');
    const isNew = (one: string) => alone && looksLikeName(one) && !looksLikePlace(word.key);
    const fits =
      (parks.has(left) && (people.has(right) || isNew(right))) || (parks.has(right) && people.has(left));
    if (fits && !ways.some(([one]) => one?.key === left)) {
      ways.push([
        { shown: left, key: left },
        { shown: right, key: right },
      ]);
    }
  }
  const [way, ...others] = ways;
  return way && others.length === 0 ? way : [word];
};

const person = (
  shown: string,
  named: { readonly parkId: string | null; readonly park: string | null },
  { people }: Index,
): Who => {
  const found = people.get(normalise(shown)) ?? [];
  const there = named.parkId === null ? [] : found.filter((one) => one.parkId === named.parkId);
  const [only, ...others] = there.length > 0 ? there : found;
  if (!only) return { kind: 'newcomer', name: shown, ...named };
  if (others.length > 0) return { kind: 'several', ids: [only, ...others].map(({ id }) => id) };
  const elsewhere =
    named.parkId === null ? named.park !== null : only.parkId !== null && only.parkId !== named.parkId;
  if (!elsewhere) return { kind: 'person', id: only.id, parkId: only.parkId ?? named.parkId };
  return {
    kind: 'otherPark',
    id: only.id,
    parkId: only.parkId,
    namedParkId: named.parkId,
    park: named.park ?? '',
  };
};

const matchRow = (row: Row, index: Index): Match => {
  const words = [...new Map(row.parts.map((shown) => [normalise(shown), shown]))]
    .filter(([key]) => key !== '')
    .flatMap(([key, shown]) => unglued({ key, shown }, index, row.parts.length === 1));
  const named = new Set(words.flatMap(({ key }) => index.parks.get(key) ?? []));
  const [onlyPark] = named;
  const parkId = named.size === 1 && onlyPark !== undefined ? onlyPark : null;
  const open = words.filter(({ key }) => !index.parks.has(key));
  const known = open.filter(({ key }) => index.people.has(key));
  const first = normalise(row.name);
  const byName = open.find(({ key }) => key === first);
  // Where the park is settled, who stands first is a person even if nobody knows them.
  const isNamed =
    byName !== undefined && (known.includes(byName) || (parkId !== null && looksLikeName(first)));
  const principal = (isNamed ? byName : known[0]) ?? byName ?? open[0];
  const along = new Set(row.companions.map(normalise));
  const companions = open.filter(
    (word) => word !== principal && (known.includes(word) || along.has(word.key)),
  );
  const rest = open.filter((word) => word !== principal && !companions.includes(word));
  const parksAlong = row.companions.filter((one) => index.parks.has(normalise(one))).length;
  const base = {
    line: row.line,
    people: Math.max(1 + companions.length, row.count - parksAlong),
    companions: companions.map(({ shown }) => person(shown, { parkId, park: null }, index)),
  };
  const nobody =
    !principal || (!known.includes(principal) && (row.name === '' || looksLikePlace(principal.key)));
  if (nobody) return { kind: 'unreadable', parkId, ...base, unexplained: [] };
  const place = rest.find(({ key }) => looksLikePlace(key));
  const isKnown = known.includes(principal);
  const park = parkId === null ? ((isKnown ? place : (place ?? rest[0])) ?? null) : null;
  return {
    ...person(principal.shown, { parkId, park: park?.shown ?? null }, index),
    ...base,
    unexplained: rest.filter((word) => word !== park).map(({ shown }) => shown),
  };
};

const keyOf = (who: Who): string | undefined => {
  switch (who.kind) {
    case 'person':
      return `person ${who.id}`;
    case 'otherPark':
      return `other ${who.id} ${who.namedParkId ?? normalise(who.park)}`;
    case 'newcomer':
      return `newcomer ${normalise(who.name)} ${who.parkId ?? normalise(who.park ?? '')}`;
    case 'several':
    case 'unreadable':
    case 'duplicate':
      return undefined;
    default:
      return who satisfies never;
  }
};

/**
 * Whom each row means, in the order of the rows. The second row of somebody is a duplicate; a row that is
 * withdrawn never is, nor does it make another one a duplicate.
 */
export const matchRows = (chain: Pick<Chain, 'rows'>, directory: Directory): readonly Match[] => {
  const index = indexOf(directory);
  const seen = new Map<string, number>();
  const once = <T extends Who>(
    who: T,
    line: number,
  ): T | { readonly kind: 'duplicate'; readonly of: number } => {
    const key = keyOf(who);
    const of = key === undefined ? undefined : seen.get(key);
    if (of !== undefined) return { kind: 'duplicate', of };
    if (key !== undefined) seen.set(key, line);
    return who;
  };
  return chain.rows.map((row): Match => {
    const match = matchRow(row, index);
    if (row.withdrawn) return match;
    const { line, people, unexplained } = match;
    const who = once(match, line);
    const companions = match.companions.map((one) => once(one, line));
    return { ...who, line, people, companions, unexplained };
  });
};
