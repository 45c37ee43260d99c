/** What the figures of `npm run bench` have in common: each is the ratio of two things measured in the same run. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { full, publish } from '../figures/report.js';

/** The middle one; of an even number, the mean of the two in the middle. */
export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.slice(Math.floor((sorted.length - 1) / 2), Math.floor(sorted.length / 2) + 1);
  return middle.reduce((sum, value) => sum + value, 0) / middle.length;
};

export type Pair<T> = { readonly desk: readonly T[]; readonly against: readonly T[] };

/** Both by turns, and each first in every other round: what else the machine does meets them alike. */
export const alternate = async <T>(
  rounds: number,
  desk: (round: number) => Promise<T>,
  against: (round: number) => Promise<T>,
): Promise<Pair<T>> => {
  const found: { desk: T[]; against: T[] } = { desk: [], against: [] };
  for (let round = 0; round < rounds; round++) {
    for (const side of round % 2 === 0 ? (['desk', 'against'] as const) : (['against', 'desk'] as const)) {
      found[side].push(await (side === 'desk' ? desk(round) : against(round)));
    }
  }
  return found;
};

/** How many a second, when so many are done by `work`. */
export const perSecond = async (many: number, work: () => Promise<unknown>): Promise<number> =>
  many / ((await milliseconds(work)) / 1000);

export const milliseconds = async (work: () => Promise<unknown>): Promise<number> => {
  const began = performance.now();
  await work();
  return performance.now() - began;
};

/** Does it for each of the items, so many at once. */
export const inFlight = async <T>(
  many: number,
  items: readonly T[],
  work: (item: T) => Promise<unknown>,
): Promise<void> => {
  const rest = items.values();
  const one = async () => {
    for (const item of rest) await work(item);
  };
  await Promise.all(Array.from({ length: many }, one));
};

export type Figure = {
  readonly figure: string;
  readonly size: string;
  readonly unit: string;
  readonly desk: number;
  readonly against: number;
  readonly goal:
    | { readonly kind: 'at least' | 'at most'; readonly ratio: number }
    | { readonly kind: 'at most more'; readonly by: number };
};

const columns = ['figure', 'size', 'desk', 'against', 'ratio', 'goal', 'met'];

/** Puts figures into the report. A figure that is no positive number has not been measured. */
export const report = (figures: readonly Figure[], notes: readonly string[] = []): void => {
  for (const one of figures) {
    expect(one.desk, `${one.figure}: the desk`).toBeGreaterThan(0);
    expect(one.against, `${one.figure}: what it is measured against`).toBeGreaterThan(0);
  }
  const rows = figures.map(rowOf);
  publish({ name: 'bench', columns, rows, notes });
  if (full) process.stderr.write(`${rows.map((row) => row.join(' | ')).join('\n')}\n`);
};

const rowOf = ({ figure, size, unit, desk, against, goal }: Figure): readonly string[] => {
  const ratio = desk / against;
  const begin = [figure, size, `${shown(desk)} ${unit}`, `${shown(against)} ${unit}`];
  const yes = (met: boolean) => (met ? 'yes' : 'no');
  switch (goal.kind) {
    case 'at least':
      return [...begin, ratio.toFixed(2), `≥ ${goal.ratio}`, yes(ratio >= goal.ratio)];
    case 'at most':
      return [...begin, ratio.toFixed(2), `≤ ${goal.ratio}`, yes(ratio <= goal.ratio)];
    case 'at most more':
      return [...begin, ratio.toFixed(2), `≤ +${goal.by} ${unit}`, yes(desk - against <= goal.by)];
    default:
      return goal satisfies never;
  }
};

const shown = (value: number): string => value.toLocaleString('en', { maximumSignificantDigits: 3 });

/** Runs one of the programs beside this file; `line` is the first that it prints. */
export const startProgram = async (name: string, args: readonly string[]) => {
  const path = fileURLToPath(new URL(`programs/${name}`, import.meta.url));
  const child = spawn(process.execPath, [path, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    child.once('exit', (code) => reject(new Error(`${name} ended with ${code} and said nothing.`)));
  });
  return {
    pid: child.pid ?? 0,
    line,
    stop: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
};
