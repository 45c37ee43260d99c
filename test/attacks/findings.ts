/** The attacks' own rows of figures: the same columns in every file. */
import { publish } from '../figures/report.js';

export type Finding = {
  readonly attack: string;
  readonly tried: number;
  readonly gotThrough: number;
  readonly notes?: string;
};

/** Keeps what attacks came to, when it is the long run. */
export const publishFindings = (findings: readonly Finding[], notes: readonly string[] = []): void =>
  publish({
    name: 'attacks',
    columns: ['attack', 'tried', 'got through', 'notes'],
    rows: findings.map((one) => [one.attack, one.tried, one.gotThrough, one.notes ?? '']),
    notes,
  });
