/** Figures of a whole run, as `npm run faults`, `npm run attacks` and `npm run bench` print and keep them. */
import { writeFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';

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

/** The size for this run. */
export const scale = (sizes: { readonly short: number; readonly full: number }): number =>
  full ? sizes.full : sizes.short;

const machine = (): string => {
  const { model } = cpus()[0] ?? { model: 'unknown processor' };
  return `${availableParallelism()} cores (${model}), ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}, ${process.platform}`;
};

/** Keeps the figures of a long run where its command looks for them. A short run keeps none. */
export const publish = (report: Report): void => {
  const file = process.env.FIGURES_FILE;
  if (file === undefined) return;
  const kept = { ...report, measuredAt: new Date().toISOString(), machine: machine() };
  writeFileSync(file, `${JSON.stringify(kept, null, 2)}\n`);
};
