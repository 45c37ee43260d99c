/** Which word of a row is the name and which the park, as far as a chain tells by itself. */
import type { Row } from './chain.js';
import type { Draft, Part, Role } from './draft.js';
import { beginsLikeName, looksLikeLatinName, looksLikeName, looksLikePlace } from './likeness.js';

export type Placed = Draft & {
  readonly line: number;
  readonly number: number | null;
  /** What the heading above the list says of all its rows. */
  readonly list: { readonly waitlisted: boolean; readonly withdrawn: boolean; readonly ticket: string | null };
};

export type Settled = { readonly row: Row; readonly unclearCount: string | null };

export type Columns = { readonly roles: readonly Role[]; readonly joinedByPlus: boolean };

/** Words that stand with different other words in several rows: a park, as a rule. */
const shared = (rows: readonly Placed[]): ReadonlySet<string> => {
  const partners = new Map<string, Set<string>>();
  for (const { parts } of rows) {
    if (parts.length !== 2) continue;
    const [one, two] = parts;
    if (!one || !two) continue;
    for (const [word, other] of [
      [one.words.plain, two.words.plain],
      [two.words.plain, one.words.plain],
    ] as const) {
      partners.set(word, (partners.get(word) ?? new Set()).add(other));
    }
  }
  return new Set([...partners].filter(([, others]) => others.size > 1).map(([word]) => word));
};

const isPerson = ({ words }: Part) => looksLikeName(words.plain) || looksLikeLatinName(words.shown);
const isPlace = ({ words }: Part) => looksLikePlace(words.plain);

/** The only one of the parts of which the test is true. */
const only = (parts: readonly Part[], test: (part: Part) => boolean): Part | undefined => {
  const [one, ...others] = parts.filter(test);
  return others.length === 0 ? one : undefined;
};

const nameOf = (
  parts: readonly Part[],
  columns: Columns | undefined,
  often: ReadonlySet<string>,
): Part | undefined => {
  const labelled = parts.find(({ role }) => role === 'name');
  if (labelled) return labelled;
  const open = parts.filter((part) => part.role === null && !isPlace(part));
  const [alone, ...more] = parts;
  // 沈悦云坊 may be a person with their park, 星河文化 is nobody.
  if (open.length === 0 && more.length === 0 && alone?.role === null && beginsLikeName(alone.words.plain)) return alone;
  if (open.length < 2) return open[0];
  const order = columns?.roles.filter((role) => role === 'name' || role === 'park') ?? [];
  if (order.length === 2 && parts.length === open.length) {
    const byColumn = open[order.indexOf('name')];
    if (byColumn) return byColumn;
  }
  const firstTwo = open.slice(0, 2);
  return (
    only(firstTwo, (part) => isPerson(part) && !part.joined) ??
    only(firstTwo, (part) => !often.has(part.words.plain)) ??
    open[0]
  );
};

const settle = (
  draft: Placed,
  columns: Columns | undefined,
  often: ReadonlySet<string>,
  above: string | null,
): Settled => {
  const name = nameOf(draft.parts, columns, often);
  const others = draft.parts.filter((part) => part !== name);
  const along = (part: Part) =>
    part.joined && columns?.joinedByPlus !== true && part.role === null && isPerson(part) && name !== undefined;
  const companions = others.filter(along);
  const park =
    others.find(({ role }) => role === 'park') ??
    others.find((part) => !along(part) && isPlace(part)) ??
    others.find((part) => !along(part) && part.role === null && !isPerson(part)) ??
    others.find((part) => !along(part) && part.role === null);
  const byColumn = columns?.roles.includes('count') ? draft.digits.at(-1) : undefined;
  const unexplained = byColumn === undefined ? draft.digits.find((digits) => digits !== '1') : undefined;
  const named = companions.length + 1;
  const counted = Number(byColumn ?? 0) || (draft.total ?? 1 + Math.max(draft.companions ?? 0, companions.length));
  const parkShown = park?.words.shown ?? (draft.ditto ? above : null);
  return {
    row: {
      line: draft.line,
      number: draft.number,
      name: name?.words.shown ?? '',
      park: parkShown,
      parts: [
        ...draft.parts.map(({ words }) => words.shown),
        ...(park === undefined && parkShown !== null ? [parkShown] : []),
      ],
      companions: companions.map(({ words }) => words.shown),
      count: Math.max(counted, named),
      ticket: draft.ticket ?? draft.list.ticket,
      note: draft.notes.length === 0 ? null : draft.notes.join('，'),
      phone: draft.phone,
      withdrawn: draft.withdrawn || draft.list.withdrawn,
      waitlisted: draft.waitlisted || draft.list.waitlisted,
      held: draft.held,
    },
    unclearCount: draft.unclearCount[0] ?? unexplained ?? null,
  };
};

/** Settles names and parks of all rows together: a word that several rows share is rather a park. */
export const settleRows = (rows: readonly Placed[], columns: Columns | undefined): readonly Settled[] => {
  const often = shared(rows);
  const settled: Settled[] = [];
  for (const row of rows) settled.push(settle(row, columns, often, settled.at(-1)?.row.park ?? null));
  return settled;
};
