/** Which word of a row is the name and which the park, as far as a chain tells by itself. */
import type { Row } from './chain.js';
import type { Draft, Part, Role } from './draft.js';
import { type Habits, habitsOf, isPerson, isPlace, only } from './habits.js';
import type { Mode } from './headings.js';
import { beginsLikeName } from './likeness.js';

export type Placed = Draft & {
  readonly line: number;
  readonly number: number | null;
  /** What the heading above the list says of all its rows. */
  readonly list: Mode;
};

export type Settled = { readonly row: Row; readonly unclearCount: string | null };

export type Columns = { readonly roles: readonly Role[]; readonly joinedByPlus: boolean };

const nameOf = (parts: readonly Part[], habits: Habits): Part | undefined => {
  const labelled = parts.find(({ role }) => role === 'name');
  if (labelled) return labelled;
  const open = parts.filter(
    (part) => part.role === null && !isPlace(part) && /\p{L}/u.test(part.words.plain),
  );
  const [alone, ...more] = parts;
  // 沈悦云坊 may be a person with their park, 星河文化 is nobody.
  if (open.length === 0 && more.length === 0 && alone?.role === null && beginsLikeName(alone.words.plain))
    return alone;
  if (open.length < 2) return open[0];
  const firstTwo = open.slice(0, 2);
  const inOrder = habits.first && open[habits.first === 'name' ? 0 : 1];
  return (
    only(firstTwo, (part) => isPerson(part) && !part.joined) ??
    inOrder ??
    only(firstTwo, (part) => !habits.shared.has(part.words.plain)) ??
    open[0]
  );
};

const settle = (
  draft: Placed,
  columns: Columns | undefined,
  habits: Habits,
  above: string | null,
): Settled => {
  const name = nameOf(draft.parts, habits);
  const others = draft.parts.filter((part) => part !== name);
  const along = (part: Part) =>
    part.joined &&
    columns?.joinedByPlus !== true &&
    part.role === null &&
    isPerson(part) &&
    name !== undefined;
  const companions = others.filter(along);
  const park =
    others.find(({ role }) => role === 'park') ??
    others.find((part) => !along(part) && isPlace(part)) ??
    others.find((part) => !along(part) && part.role === null && !isPerson(part)) ??
    others.find((part) => !along(part) && part.role === null);
  // With a heading that has a column for more, words beyond name and park belong there.
  const isMore = (part: Part) =>
    columns?.roles.includes('note') === true &&
    part !== name &&
    part !== park &&
    !along(part) &&
    part.role === null;
  const notes = [...draft.parts.filter(isMore).map(({ words }) => words.shown), ...draft.notes];
  const byColumn = columns?.roles.includes('count') ? draft.digits.at(-1) : undefined;
  const unexplained = byColumn === undefined ? draft.digits.find((digits) => digits !== '1') : undefined;
  const named = companions.length + 1;
  const counted =
    Number(byColumn ?? 0) || (draft.total ?? 1 + Math.max(draft.companions ?? 0, companions.length));
  const parkShown = park?.words.shown ?? (draft.ditto ? above : null);
  return {
    row: {
      line: draft.line,
      number: draft.number,
      name: name?.words.shown ?? '',
      park: parkShown,
      parts: [
        ...draft.parts.filter((part) => !isMore(part)).map(({ words }) => words.shown),
        ...(park === undefined && parkShown !== null ? [parkShown] : []),
      ],
      companions: companions.map(({ words }) => words.shown),
      count: Math.max(counted, named),
      ticket: draft.ticket ?? draft.list.ticket,
      note: notes.length === 0 ? null : notes.join('，'),
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
  const habits = habitsOf(rows, columns?.roles);
  const settled: Settled[] = [];
  for (const row of rows) settled.push(settle(row, columns, habits, settled.at(-1)?.row.park ?? null));
  return settled;
};
