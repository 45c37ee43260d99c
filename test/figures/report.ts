/** Figures of a whole run, as `npm run faults`, `npm run attacks` and `npm run bench` print and keep them. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { z } from 'zod';

export type ReportName = 'faults' | 'attacks' | 'bench';

export type Report = {
  readonly name: ReportName;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
  /** What a reader must know beside the figures: seeds, sizes, goals that were missed and why. */
  readonly notes: readonly string[];
};

/** True in the long run of `npm run …`; the tests run the same code on a small scale. */
export const full = process.env.FIGURES_FILE !== undefined;

/** The size, or sizes, for this run. */
export const scale = <T>(sizes: { readonly short: T; readonly full: T }): T =>
  full ? sizes.full : sizes.short;

const machine = (): string => {
  const { model } = cpus()[0] ?? { model: 'unknown processor' };
  return `${availableParallelism()} cores (${model}), ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}, ${process.platform}`;
};

/** Keeps the figures of a long run where its command looks for them, after those that earlier files of the
 * same run have kept. A short run keeps none. */
export const publish = (report: Report): void => {
  const file = process.env.FIGURES_FILE;
  if (file === undefined) return;
  const before = existsSync(file)
    ? kept.parse(JSON.parse(readFileSync(file, 'utf8')))
    : { rows: [], notes: [] };
  const all = {
    ...report,
    rows: [...before.rows, ...report.rows],
    notes: [...before.notes, ...report.notes],
    measuredAt: new Date().toISOString(),
    machine: machine(),
  };
  writeFileSync(file, `${JSON.stringify(all, null, 2)}\n`);
};

const kept = z.object({
  rows: z.array(z.array(z.union([z.string(), z.number()]))),
  notes: z.array(z.string()),
});
