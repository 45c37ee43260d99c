import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Fault } from '../../core/fault.js';
import { type Account, ownerOf } from './account.js';
import type { Binaries } from './binaries.js';
import { run } from './run.js';

/** The files of one embedded database: the data, and beside them what is needed to reach it. */
export type Cluster = {
  readonly home: string;
  readonly data: string;
  readonly portFile: string;
  readonly passwordFile: string;
};

export const clusterIn = (home: string): Cluster => ({
  home,
  data: join(home, 'postgres'),
  portFile: join(home, 'postgres.port'),
  passwordFile: join(home, 'postgres.password'),
});

export const isInitialised = (cluster: Cluster): boolean => existsSync(join(cluster.data, 'PG_VERSION'));

/**
 * Makes the data folder on the first start and checks it on later ones. `throwaway` leaves out what protects
 * the data from a power cut.
 */
export const readyCluster = async (
  cluster: Cluster,
  binaries: Binaries,
  account: Account | undefined,
  throwaway: boolean,
): Promise<{ readonly password: string }> => {
  if (ownerOf(cluster.data) === undefined) await initialise(cluster, binaries, account, throwaway);
  checkOwner(cluster);
  checkVersion(cluster, binaries);
  return { password: readPassword(cluster) };
};

const initialise = async (
  cluster: Cluster,
  binaries: Binaries,
  account: Account | undefined,
  throwaway: boolean,
): Promise<void> => {
  if (!existsSync(cluster.passwordFile)) {
    writeFileSync(cluster.passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600 });
  }
  // A start that was interrupted leaves a draft behind, never half a database.
  const draft = `${cluster.data}.draft`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  for (const path of [draft, cluster.passwordFile]) give(path, account);
  const { ok, output } = await run(
    binaries.initdb,
    [
      ...['-D', draft, '-U', 'desk', `--pwfile=${cluster.passwordFile}`, '--auth=scram-sha-256'],
      ...['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
      ...(throwaway ? ['--no-sync', '--no-data-checksums'] : ['--data-checksums']),
    ],
    account,
  );
  if (!ok) {
    rmSync(draft, { recursive: true, force: true });
    throw new Fault(
      'database-init',
      `PostgreSQL could not set up its data in ${cluster.data}: ${output}`,
      'Check the free space and the rights of that folder, or set DATABASE_URL to a PostgreSQL server.',
    );
  }
  renameSync(draft, cluster.data);
};

const give = (path: string, account: Account | undefined): void => {
  if (account !== undefined) chownSync(path, account.uid, account.gid);
};

const checkOwner = (cluster: Cluster): void => {
  const uid = process.getuid?.();
  const owner = ownerOf(cluster.data)?.uid;
  if (uid === undefined || uid === 0 || owner === uid) return;
  throw new Fault(
    'database-owner',
    `The data in ${cluster.data} belongs to user ${owner}, and the desk runs as user ${uid}.`,
    `Start the desk as the user who started it first, or give the folder away: chown -R ${uid} ${quoted(cluster.home)}`,
  );
};

const checkVersion = (cluster: Cluster, binaries: Binaries): void => {
  let found: string;
  try {
    found = readFileSync(join(cluster.data, 'PG_VERSION'), 'utf8').trim();
  } catch (cause) {
    throw new Fault(
      'database-data',
      `${cluster.data} holds no PostgreSQL data that can be read.`,
      'Restore it from a backup, or move the folder away to start with an empty database.',
      { cause },
    );
  }
  if (found === binaries.major) return;
  throw new Fault(
    'database-version',
    `The data in ${cluster.data} was written by PostgreSQL ${found}; the desk brings PostgreSQL ${binaries.major}.`,
    `Start the release of the desk that brought PostgreSQL ${found} and dump the data there (pg_dump), then load it into a new folder; or set DATABASE_URL to a PostgreSQL ${found} server on that data.`,
  );
};

export const readPassword = (cluster: Cluster): string => {
  try {
    chmodSync(cluster.passwordFile, 0o600);
    return readFileSync(cluster.passwordFile, 'utf8').trim();
  } catch (cause) {
    throw new Fault(
      'database-password',
      `The password of the database, ${cluster.passwordFile}, cannot be read.`,
      'Restore the file together with the data, or move both away to start with an empty database.',
      { cause },
    );
  }
};

const quoted = (path: string): string => `'${path.replaceAll("'", `'\\''`)}'`;
