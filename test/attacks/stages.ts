/** The transcripts as a way to cases in every state: where in which of them a case is in which state. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Stop = {
  readonly workflow: string;
  readonly state: string;
  readonly ref: string;
  /** How many of the file's lines have been played by then. */
  readonly after: number;
};
export type Script = {
  readonly file: string;
  readonly lines: readonly string[];
  readonly stops: readonly Stop[];
};

const root = decodeURI(new URL('../../src/workflows/', import.meta.url).pathname);

const read = (file: string): Script => {
  const lines: string[] = [];
  const stops: Stop[] = [];
  for (const line of readFileSync(join(root, file), 'utf8').split('\n')) {
    const moved = /^ += ([A-Z])-(\d+) (\w+)$/.exec(line);
    if (moved) {
      const [, workflow = '', number = '', state = ''] = moved;
      stops.push({ workflow, state, ref: `${workflow}-${number}`, after: lines.length });
    } else if (line !== '' && !line.startsWith(' ') && !line.startsWith('#')) lines.push(line);
  }
  return { file, lines, stops };
};

export const allScripts = (): readonly Script[] =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.includes('transcripts') && name.endsWith('.txt'))
    .sort()
    .map(read);

/** The fewest scripts, roughly, in which every state that any of them reaches is reached once. */
export const coverOf = (scripts: readonly Script[]): readonly Script[] => {
  const nameOf = (stop: Stop): string => `${stop.workflow} ${stop.state}`;
  const open = new Set(scripts.flatMap((one) => one.stops.map(nameOf)));
  const chosen: Script[] = [];
  while (open.size > 0) {
    const gain = (one: Script): number =>
      new Set(one.stops.map(nameOf).filter((name) => open.has(name))).size;
    const best = scripts.reduce((a, b) => (gain(b) > gain(a) ? b : a));
    const stops = best.stops.filter((stop) => open.delete(nameOf(stop)));
    chosen.push({ ...best, stops });
  }
  return chosen;
};
