import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Fault } from '../../core/fault.js';
import { type Account, accountFor, canEnter, ownerOf } from './account.js';
import { type Cluster, clusterIn, isInitialised } from './cluster.js';

export type Place = {
  readonly cluster: Cluster;
  readonly account: Account | undefined;
  /** Where a copy of the binaries may go that the account can run. */
  readonly copies: string;
};

const systemFolder = '/var/lib/alliance-desk';

/**
 * Where the data lives and whom the server runs as. Root lends the server an account that can't enter, say,
 * root's home: such data goes to a folder of the system, named after the data folder.
 */
export const choosePlace = (dataDir: string, log: (line: string) => void): Place => {
  const folder = resolve(dataDir);
  mkdirSync(folder, { recursive: true });
  const here = clusterIn(folder);
  const account = accountFor(ownerOf(here.data));
  if (account === undefined) return { cluster: here, account, copies: folder };

  const name = createHash('sha256').update(folder).digest('hex').slice(0, 12);
  const elsewhere = join(systemFolder, name);
  const moved = clusterIn(elsewhere);
  const placeElsewhere = (): Place => ({
    cluster: moved,
    account: accountFor(ownerOf(moved.data)),
    copies: elsewhere,
  });
  if (isInitialised(here)) {
    if (!canEnter(account, folder)) throw shutOut(here, account);
    return { cluster: here, account, copies: elsewhere };
  }
  if (isInitialised(moved)) {
    log(`The database is in ${elsewhere}.`);
    return placeElsewhere();
  }
  if (canEnter(account, folder)) return { cluster: here, account, copies: elsewhere };
  openFolder(elsewhere);
  log(
    `The database goes to ${elsewhere}: the user ${account.name}, whom it runs as, cannot enter ${folder}.`,
  );
  return placeElsewhere();
};

// Every account can enter it, whatever root's umask is.
const openFolder = (path: string): void => {
  mkdirSync(path, { recursive: true });
  for (const one of [dirname(path), path]) chmodSync(one, 0o755);
};

const shutOut = (cluster: Cluster, account: Account): Fault =>
  new Fault(
    'database-folder',
    `The database in ${cluster.data} runs as the user ${account.name}, who cannot enter that folder any more.`,
    'Let others pass through the folders above it (chmod o+x).',
  );
