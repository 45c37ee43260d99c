#!/usr/bin/env node
// npm run faults, attacks, bench: the long run of the tests of that name. Prints its table, keeps it as
// docs/figures/NAME.json, and puts it between its marks in README.md.
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fail, prepare, root, run, say } from './prepare.js';

const [name, ...args] = process.argv.slice(2);
if (!['faults', 'attacks', 'bench'].includes(name)) fail('One of: faults, attacks, bench.');

prepare();
const kept = join(root, 'docs', 'figures', `${name}.json`);
const fresh = `${kept}.new`;
mkdirSync(dirname(kept), { recursive: true });
rmSync(fresh, { force: true });
const env = { ...process.env, FIGURES_FILE: fresh };
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
const code = run(vitest, ['run', `test/${name}/`, '--maxWorkers=1', ...args], { env });
// A run that failed shows its figures as well, and keeps them from the README.
if (!existsSync(fresh)) fail(`${name}: no figures; what went wrong stands above.`);
const report = JSON.parse(readFileSync(fresh, 'utf8'));
const text = table(report);
process.stdout.write(`\n${text}\n`);
if (code !== 0) {
  rmSync(fresh);
  fail(`${name}: failed; the figures were not kept.`);
}
renameSync(fresh, kept);
putIntoReadme(text);
say(`Kept in ${kept}.`);

function table({ columns, rows, notes, machine, measuredAt }) {
  const line = (cells) => `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`;
  return [
    line(columns),
    line(columns.map(() => '---')),
    ...rows.map(line),
    '',
    ...notes.map((note) => `- ${note}`),
    `- Measured on ${measuredAt.slice(0, 10)}: ${machine}.`,
  ].join('\n');
}

function putIntoReadme(text) {
  const path = join(root, 'README.md');
  const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const readme = readFileSync(path, 'utf8');
  const [from, to] = [readme.indexOf(begin), readme.indexOf(end)];
  if (from === -1 || to < from) fail(`README.md has no place for these figures: ${begin} … ${end}.`);
  writeFileSync(path, `${readme.slice(0, from + begin.length)}\n${text}\n${readme.slice(to)}`);
}
