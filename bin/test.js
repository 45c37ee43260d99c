#!/usr/bin/env node
import { join } from 'node:path';
// npm test: everything that has to hold before a change goes in. With arguments, only the tests they name:
// npm test -- test/ground
import { fileURLToPath } from 'node:url';
import { prepare, root, run, say } from './prepare.js';

const tool = (...path) => join(root, 'node_modules', ...path);
const vitest = ['Tests', tool('vitest', 'vitest.mjs'), ['run', ...process.argv.slice(2)]];
const all = [
  ['Types', tool('typescript', 'bin', 'tsc'), ['--noEmit']],
  ['Lint', tool('@biomejs', 'biome', 'bin', 'biome'), ['check']],
  ['Schema', fileURLToPath(new URL('schema.js', import.meta.url)), ['check']],
  vitest,
];

prepare();
for (const [name, script, args] of process.argv.length > 2 ? [vitest] : all) {
  say(`— ${name}`);
  const code = run(script, args);
  if (code !== 0) {
    say(`${name}: failed.`);
    process.exit(code);
  }
}
