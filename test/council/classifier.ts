/**
 * Learns from half of the ballots, for each thing that can be seen of a voter, which choice goes with it, and tries it
 * on the other half. What can be seen: every value of every row that names the voter or was written along with one that
 * does, its length, its rank among the other voters’, and what stands at this rank in any list that is nobody’s own.
 */
import type { Row } from './copy.js';

/** All that one ballot left, and the words by which each of its voters may be named there. */
export type Evidence = {
  readonly rows: readonly Row[];
  readonly voters: readonly { readonly names: readonly string[]; readonly choice: string }[];
};

const wordOfChoice = /赞成|不?同意|反对|弃权|\b(?:yes|no|aye|nay|abstain)\b/giu;
/** The words of choices in a text. */
export const wordsIn = (text: string): readonly string[] => text.match(wordOfChoice) ?? [];

type Leaf = string | number | boolean | null;
type Seen = ReadonlyMap<string, Leaf>;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const leavesOf = (value: unknown, path: string): readonly (readonly [string, Leaf])[] => {
  if (isRecord(value)) return Object.entries(value).flatMap(([key, one]) => leavesOf(one, `${path}.${key}`));
  const leaf =
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
  return [[path, leaf]];
};

const placeOf = (at: string): number => {
  const [page = 0, line = 0] = at.slice(1, -1).split(',').map(Number);
  return page * 1000 + line;
};

const numberIn = (row: Row, key: string): unknown => (isRecord(row.data) ? row.data[key] : undefined);

/** The rows of each voter: those that name them, directly or by their message, and what was written along with them alone. */
const rowsByVoter = ({ rows, voters }: Evidence): readonly (readonly Row[])[] => {
  const texts = new Map(rows.map((row) => [row, JSON.stringify(row.data)]));
  const naming = voters.map(({ names }) => {
    const direct = rows.filter((row) => names.some((name) => texts.get(row)?.includes(name)));
    const messages = new Set(
      direct.filter((row) => row.table.includes('"Inbox"')).map((row) => numberIn(row, 'id')),
    );
    return new Set([...direct, ...rows.filter((row) => messages.has(numberIn(row, 'inboxId')))]);
  });
  const writers = naming.map((own) => new Set([...own].map((row) => row.written)));
  return naming.map((own, at) =>
    rows.filter(
      (row) =>
        own.has(row) ||
        (writers[at]?.has(row.written) &&
          writers.every((other, who) => who === at || !other.has(row.written))),
    ),
  );
};

const seenOf = (rows: readonly Row[]): Seen => {
  const tables = grouped(rows, (row) => row.table);
  const seen = [...tables].flatMap(([table, own]) =>
    own.flatMap((row, at) =>
      // Counted from both ends: the last of several is what counts.
      [`${table}[${at}]`, `${table}[${at - own.length}]`].flatMap((name) => [
        ...leavesOf(row.data, name),
        [`${name} lies`, placeOf(row.at)] as const,
        [`${name} written`, row.written] as const,
        [`${name} removed`, row.removed] as const,
        [`${name} step`, row.step] as const,
        [`${name} length`, JSON.stringify(row.data).length] as const,
      ]),
    ),
  );
  return new Map([...seen, ...[...tables].map(([table, own]) => [`rows of ${table}`, own.length] as const)]);
};

const before = (a: Leaf, b: Leaf): number =>
  typeof a === 'number' && typeof b === 'number' ? a - b : String(a) < String(b) ? -1 : a === b ? 0 : 1;

/** Lists that are no single voter’s, as long as there are voters, of a few values: of one row, or one value a row. */
const listsOf = ({ rows, voters }: Evidence): ReadonlyMap<string, readonly Leaf[]> => {
  const shared = rows.filter((row) => {
    const text = JSON.stringify(row.data);
    return voters.filter(({ names }) => names.some((name) => text.includes(name))).length !== 1;
  });
  const groups = grouped(shared, (row) => `${row.table} of ${row.written}`);
  const columns = [...groups.values()].flatMap((group) =>
    columnsOf(
      group.map((row) => row.data),
      group[0]?.table ?? '',
    ).filter(([, list]) => list.length === voters.length),
  );
  const inside = shared.flatMap((row) => arraysIn(row.data, row.table, voters.length));
  return new Map(
    [...columns, ...inside].filter(([, list]) => new Set(list).size > 1 && new Set(list).size <= 4),
  );
};

/** Of each path, what stands there in those that have it. */
const columnsOf = (
  values: readonly unknown[],
  path: string,
): readonly (readonly [string, readonly Leaf[]])[] => {
  const columns = grouped(
    values.flatMap((value) => leavesOf(value, path)),
    ([key]) => key,
  );
  return [...columns].map(([key, leaves]) => [key, leaves.map(([, leaf]) => leaf)]);
};

const arraysIn = (
  value: unknown,
  path: string,
  length: number,
): readonly (readonly [string, readonly Leaf[]])[] => {
  if (!isRecord(value)) return [];
  const own = Array.isArray(value) && value.length === length ? columnsOf(value, path) : [];
  return [...own, ...Object.entries(value).flatMap(([key, one]) => arraysIn(one, `${path}.${key}`, length))];
};

/** What can be seen of each voter of a ballot. */
const featuresOf = (evidence: Evidence): readonly ReadonlyMap<string, string>[] => {
  const seen = rowsByVoter(evidence).map(seenOf);
  const lists = [...listsOf(evidence)];
  const features = seen.map(() => new Map<string, string>());
  for (const name of new Set(seen.flatMap((one) => [...one.keys()]))) {
    const values = seen.map((one) => one.get(name) ?? null);
    const sorted = [...new Set(values)].sort(before);
    const ranked = sorted.length === values.length;
    for (const [at, value] of values.entries()) {
      const rank = sorted.indexOf(value);
      const add = (feature: string, what: Leaf | undefined) => features[at]?.set(feature, String(what));
      add(name, value);
      add(`length of ${name}`, String(value).length);
      if (typeof value === 'string') add(`words of ${name}`, wordsIn(value).join(' '));
      add(`rank of ${name}`, rank);
      if (ranked) for (const [list, items] of lists) add(`${list} at the rank of ${name}`, items[rank]);
    }
  }
  return features;
};

/** For each feature, how many of a hundred choices are guessed right by it. */
export const guessed = (ballots: readonly Evidence[]): ReadonlyMap<string, number> => {
  const samples = ballots.flatMap((ballot, at) =>
    featuresOf(ballot).map((features, who) => ({
      half: at % 2,
      features,
      choice: ballot.voters[who]?.choice ?? '',
    })),
  );
  const names = new Set(samples.flatMap(({ features }) => [...features.keys()]));
  return new Map(
    [...names].map((name) => {
      const right = [0, 1].map((half) => {
        const rule = new Map(
          [
            ...grouped(
              samples.filter((one) => one.half === half),
              ({ features }) => features.get(name),
            ),
          ].map(([value, some]) => [value, mostOften(some.map((one) => one.choice))]),
        );
        return samples.filter(
          ({ half: other, features, choice }) =>
            other !== half && (rule.get(features.get(name)) ?? 'yes') === choice,
        ).length;
      });
      return [name, (100 * right.reduce((sum, one) => sum + one, 0)) / samples.length];
    }),
  );
};

const mostOften = (some: readonly string[]): string => {
  const counts = grouped(some, (one) => one);
  return [...counts].sort(([, a], [, b]) => b.length - a.length)[0]?.[0] ?? '';
};

const grouped = <T, K>(items: readonly T[], keyOf: (item: T) => K): ReadonlyMap<K, readonly T[]> => {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
};
