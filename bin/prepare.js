// Makes a checkout ready to run: installs the locked packages, generates the database client and compiles, each
// only when something has changed. Takes some 30 ms when nothing has.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const needed = [20, 19];
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < needed[0] || (major === needed[0] && minor < needed[1])) {
  fail(
    `The desk needs Node.js ${needed.join('.')} or later, and this is ${process.versions.node}. ` +
      'Install a current one from https://nodejs.org and start again.',
  );
}

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const at = (...names) => join(root, ...names);

/**
 * Prepares what isn't fresh; ends the process with a sentence where that fails. `typesMayFail`: goes on with
 * what the compiler wrote in spite of type errors.
 */
export function prepare({ typesMayFail = false } = {}) {
  // A deployment without sources brings dist/ and its packages ready.
  if (!existsSync(at('src'))) return;
  if (steps.every((step) => step.isFresh(typesMayFail))) return;
  const unlock = lock();
  try {
    // Another process may have done it while this one waited, so each step looks again.
    for (const step of steps) if (!step.isFresh(typesMayFail)) step.renew(typesMayFail);
  } finally {
    unlock();
  }
}

/** One line for whoever watches the start. */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

export function fail(line) {
  say(line);
  process.exit(1);
}

/** Runs a Node program of ours or of a package to its end and returns its exit code. Stopped by a signal: 1. */
export function run(script, args, options = {}) {
  const { status, error } = spawnSync(process.execPath, [script, ...args], {
    cwd: root,
    stdio: ['inherit', 'inherit', 'inherit'],
    ...options,
  });
  if (error) say(error.message);
  return status === null ? 1 : status;
}

const quiet = { stdio: ['ignore', 2, 2] };

const steps = [
  {
    isFresh: packagesAreFresh,
    renew() {
      say('Installing packages (npm ci) …');
      if (npm(['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']) !== 0) {
        fail('The packages could not be installed: npm says why above.');
      }
    },
  },
  {
    isFresh: () => isStamped(at('src', 'generated', 'prisma'), clientInputs),
    renew() {
      say('Generating the database client …');
      const inputs = clientInputs();
      if (run(at('node_modules', 'prisma', 'build', 'index.js'), ['generate', '--no-hints'], quiet) !== 0) {
        fail('The database client could not be generated: Prisma says why above.');
      }
      stamp(at('src', 'generated', 'prisma'), inputs);
    },
  },
  {
    isFresh: (typesMayFail) => isStamped(at('dist'), sources, typesMayFail ? ['', withErrors] : ['']),
    renew(typesMayFail) {
      say('Compiling …');
      const inputs = sources();
      // Without its stamp a compilation that is interrupted counts as stale.
      rmSync(at('dist', stampName), { force: true });
      const code = run(at('node_modules', 'typescript', 'bin', 'tsc'), ['-p', 'tsconfig.build.json'], quiet);
      if (code !== 0 && !typesMayFail) fail('The desk could not be compiled: the compiler says why above.');
      removeOrphans(at('dist'), at('src'));
      stamp(at('dist'), code === 0 ? inputs : inputs + withErrors);
    },
  },
];

// What npm noted of its own installation is compared with the lock, so an installation that the user made in
// some other way (say, without install scripts) counts as well.
function packagesAreFresh() {
  const installed = packagesIn(at('node_modules', '.package-lock.json'));
  if (!installed) return false;
  const locked = packagesIn(at('package-lock.json')) ?? {};
  return Object.entries(locked).every(([path, wanted]) => {
    if (path === '' || wanted.link) return true;
    const found = installed[path];
    return found ? found.version === wanted.version : Boolean(wanted.optional || wanted.devOptional);
  });
}

function packagesIn(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).packages : undefined;
}

function npm(args) {
  const own = process.env.npm_execpath ?? '';
  const beside = dirname(process.execPath);
  const script = [
    ...(basename(own).startsWith('npm-cli') ? [own] : []),
    join(beside, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(beside, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ].find((path) => existsSync(path));
  if (script) return run(script, args, quiet);
  const { status } = spawnSync('npm', args, { cwd: root, shell: process.platform === 'win32', ...quiet });
  return status === null ? 1 : status;
}

function clientInputs() {
  return fingerprint([
    ...versions('prisma', '@prisma/client'),
    ...filesIn(at('prisma', 'schema')).map((path) => `${path}\n${readFileSync(path, 'utf8')}`),
  ]);
}

function sources() {
  const files = [at('tsconfig.json'), at('tsconfig.build.json'), ...filesIn(at('src'))];
  return fingerprint([...versions('typescript'), ...files.map(look)]);
}

function look(path) {
  const { size, mtimeMs } = statSync(path);
  return `${path} ${size} ${mtimeMs}`;
}

function versions(...names) {
  return names.map((name) => {
    const path = at('node_modules', name, 'package.json');
    return existsSync(path) ? `${name} ${JSON.parse(readFileSync(path, 'utf8')).version}` : `${name} none`;
  });
}

function filesIn(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesIn(path) : [path];
    })
    .filter((path) => basename(path) !== stampName)
    .sort();
}

const stampName = '.prepared';
const withErrors = ' with type errors';

function fingerprint(parts) {
  return createHash('sha256').update(parts.join('\0')).digest('hex');
}

function stamp(folder, inputs) {
  writeFileSync(join(folder, stampName), inputs);
}

function isStamped(folder, inputs, endings = ['']) {
  const path = join(folder, stampName);
  if (!existsSync(path)) return false;
  const found = readFileSync(path, 'utf8');
  const wanted = inputs();
  return endings.some((ending) => found === wanted + ending);
}

// The compiler leaves the output of deleted sources behind.
function removeOrphans(dist, src) {
  for (const path of filesIn(dist)) {
    const source = join(src, path.slice(dist.length)).replace(/\.js(\.map)?$/, '.ts');
    if (!existsSync(source)) unlinkSync(path);
  }
}

// One process prepares at a time; the others wait for it.
function lock() {
  const path = at('.data', 'preparing.lock');
  mkdirSync(dirname(path), { recursive: true });
  let told = false;
  for (;;) {
    try {
      writeFileSync(path, String(process.pid), { flag: 'wx' });
      return () => rmSync(path, { force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') fail(`The folder ${root} cannot be prepared: ${error.message}`);
    }
    const holder = holderOf(path);
    if (holder === undefined) continue;
    if (!lives(holder.pid) && holder.ageMs > graceMs) rmSync(path, { force: true });
    else {
      if (!told) say('Another process is preparing this folder; waiting for it …');
      told = true;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
    }
  }
}

// The file is empty for an instant before its number is written.
const graceMs = 1000;

function holderOf(path) {
  try {
    return { pid: Number(readFileSync(path, 'utf8')), ageMs: Date.now() - statSync(path).mtimeMs };
  } catch {
    // Released just now.
    return undefined;
  }
}

function lives(pid) {
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
