import { execFileSync, spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { Fault } from '../../core/fault.js';

/** Whom the server runs as; undefined: as ourselves. */
export type Account = { readonly name: string; readonly uid: number; readonly gid: number };

/**
 * PostgreSQL refuses to run as root, so root lends it an account: the one that owns the data already, else
 * `postgres`, else `nobody`.
 */
export const accountFor = (dataOwner: { uid: number; gid: number } | undefined): Account | undefined => {
  if (process.getuid?.() !== 0) return undefined;
  if (dataOwner !== undefined && dataOwner.uid !== 0) return { name: `user ${dataOwner.uid}`, ...dataOwner };
  for (const name of ['postgres', 'nobody']) {
    const uid = idOf('-u', name);
    const gid = idOf('-g', name);
    if (uid !== undefined && gid !== undefined && uid !== 0) return { name, uid, gid };
  }
  throw new Fault(
    'database-account',
    'PostgreSQL does not run as root, and this system has neither a user postgres nor a user nobody.',
    'Start the desk as an ordinary user, or set DATABASE_URL to a PostgreSQL server.',
  );
};

/** The owner of a file or folder, or undefined where there is none. */
export const ownerOf = (path: string): { uid: number; gid: number } | undefined => {
  const found = statSync(path, { throwIfNoEntry: false });
  return found && { uid: found.uid, gid: found.gid };
};

/** Whether the account gets through to the folder and may write in what it owns there. Asks the system itself. */
export const canEnter = (account: Account, folder: string): boolean =>
  spawnSync('/bin/sh', ['-c', 'test -x "$0"', folder], { ...asAccount(account), cwd: '/', stdio: 'ignore' })
    .status === 0;

/** Options for node:child_process. */
export const asAccount = (account: Account | undefined): { uid?: number; gid?: number } =>
  account === undefined ? {} : { uid: account.uid, gid: account.gid };

const idOf = (option: '-u' | '-g', name: string): number | undefined => {
  try {
    return Number(
      execFileSync('id', [option, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
    );
  } catch {
    return undefined;
  }
};
