/** Reads sign-up chains (接龙) as people paste them. */
import { normalise } from '../../../core/normalise.js';
import type { Chain, ChainFault, Row } from './chain.js';
import { type List, type Sorted, sortLines } from './list.js';
import { headed, unwrap } from './paste.js';
import { settleRows } from './settle.js';

export type { Chain, ChainFault, Row } from './chain.js';

/** Whether a text is a sign-up chain: it begins like one, or at least two of its lines are numbered rows. */
export const isChain = (text: string): boolean => {
  const heading = headed(text);
  if (heading === 'certain') return true;
  const { rows } = readChain(text);
  if (heading === 'perhaps') return rows.length > 0;
  return rows.filter((row) => row.number !== null && row.name !== '').length >= 2;
};

/** Every chain of a paste, in its order; never fails. A text that is none is one chain without rows. */
export const readChains = (text: string): readonly Chain[] => {
  const { blocks, before } = unwrap(text);
  return blocks.map((block, index) => {
    const chain = assemble(sortLines(block));
    return index > 0
      ? chain
      : {
          ...chain,
          remarks: [
            ...before.map(({ words }) => words.shown).filter((shown) => shown !== ''),
            ...chain.remarks,
          ],
        };
  });
};

/** The last chain of a paste, which is the newest where somebody forwarded several. Never fails. */
export const readChain = (text: string): Chain => {
  const chains = readChains(text);
  const last = chains.at(-1) ?? { title: '', rows: [], remarks: [], faults: [] };
  if (chains.length < 2) return last;
  const several: ChainFault = {
    kind: 'severalChains',
    lines: unwrap(text).blocks.map((block) => block.header ?? 1),
    titles: chains.map((chain) => chain.title),
  };
  return { ...last, faults: [several, ...last.faults] };
};

const assemble = ({ title, rows: drafts, remarks, columns, lists, faults }: Sorted): Chain => {
  const settled = settleRows(drafts, columns);
  const rows = settled.map(({ row }) => row);
  const found: ChainFault[] = [
    ...faults,
    ...lists.flatMap(countingFaults),
    ...severalLists(lists),
    ...sameNames(rows),
    ...drafts.flatMap((draft, index): readonly ChainFault[] => {
      const { line, text, unsure } = draft;
      const words = settled[index]?.unclearCount ?? null;
      return [
        ...(rows[index]?.name === '' ? [{ kind: 'unreadableName', line, text } as const] : []),
        ...(words === null ? [] : [{ kind: 'unclearCount', line, words } as const]),
        ...(unsure.length === 0 ? [] : [{ kind: 'unsure', line, words: unsure.join('，') } as const]),
      ];
    }),
  ];
  return { title, rows, remarks, faults: found };
};

const severalLists = (lists: readonly List[]): readonly ChainFault[] => {
  const counted = lists.filter((list) => !list.aside && list.rows.length > 0);
  if (counted.length < 2) return [];
  return [
    {
      kind: 'severalLists',
      lines: counted.map((list) => list.rows[0]?.line ?? list.line),
      headings: counted.map((list) => list.heading),
    },
  ];
};

const countingFaults = ({ rows, others }: List): readonly ChainFault[] => {
  const lines = new Map<number, number[]>();
  for (const { number, line } of rows) {
    const where = lines.get(number);
    if (where) where.push(line);
    else lines.set(number, [line]);
  }
  const repeated = [...lines]
    .filter(([, where]) => where.length > 1)
    .map(([number, where]): ChainFault => ({ kind: 'repeatedNumber', number, lines: where }));
  const seen = new Set(others.map((one) => one.number));
  const skipped: ChainFault[] = [];
  let next = 1;
  for (const [number, where] of [...lines].sort(([one], [two]) => one - two)) {
    while (next < number && seen.has(next)) next += 1;
    let to = number - 1;
    while (to >= next && seen.has(to)) to -= 1;
    if (next <= to && number > 0)
      skipped.push({ kind: 'skippedNumber', from: next, to, line: where[0] ?? 0 });
    next = Math.max(next, number + 1);
  }
  return [...repeated, ...skipped];
};

/** Two rows of one name, unless their parks tell two people apart. Who has withdrawn is not there twice. */
const sameNames = (rows: readonly Row[]): readonly ChainFault[] => {
  const named = new Map<string, { readonly row: Row; readonly park: string }[]>();
  for (const row of rows) {
    const key = normalise(row.name);
    if (key === '' || row.withdrawn) continue;
    const one = { row, park: normalise(row.park ?? '') };
    const others = named.get(key);
    if (others) others.push(one);
    else named.set(key, [one]);
  }
  return [...named.values()].flatMap((some): readonly ChainFault[] => {
    if (some.length < 2) return [];
    const parks = new Map<string, number>();
    for (const { park } of some) parks.set(park, (parks.get(park) ?? 0) + 1);
    const same = parks.has('') ? some : some.filter(({ park }) => (parks.get(park) ?? 0) > 1);
    const [first] = same;
    return first ? [{ kind: 'sameName', name: first.row.name, lines: same.map(({ row }) => row.line) }] : [];
  });
};
