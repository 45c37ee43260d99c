/** The PostgreSQL that comes along in the packages, for a desk that was given no DATABASE_URL. */
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { Fault } from '../core/fault.js';
import { readyBinaries } from './embedded/binaries.js';
import { readPassword, readyCluster } from './embedded/cluster.js';
import { type Keeper, keep, relieveKeepers } from './embedded/keeper.js';
import { choosePlace, type Place } from './embedded/place.js';
import { runServer, stopServer } from './embedded/server.js';
import { type FileLock, isHolder, takeLock } from './file-lock.js';

export type EmbeddedPostgres = {
  /** Holds the password: never to be logged. */
  readonly url: string;
  /** The server already ran on this data. */
  readonly adopted: boolean;
  /** Stops the server, unless another process has taken it over meanwhile. May be called again. */
  stop(): Promise<void>;
};

export type EmbeddedPostgresOptions = {
  readonly dataDir: string;
  readonly log: (line: string) => void;
};

/**
 * Starts the server on `<dataDir>/postgres`, or takes over the one that runs there, and makes the database
 * `desk`. The server ends with this process, also with a killed one. Throws a Fault that tells what to do.
 */
export const startEmbeddedPostgres = (options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> =>
  startIn(choosePlace(options.dataDir, options.log), options.log, false);

/** A server for a test or a tool: its data need not survive a power cut and goes when it stops. */
export const startThrowawayPostgres = async (): Promise<EmbeddedPostgres> => {
  const silently = (): void => {};
  const dataDir = mkdtempSync(join(tmpdir(), 'desk-throwaway-'));
  chmodSync(dataDir, 0o755);
  const place = choosePlace(dataDir, silently);
  const remove = (): void => {
    for (const folder of [dataDir, place.cluster.home, place.copies])
      rmSync(folder, { recursive: true, force: true });
  };
  try {
    const server = await startIn(place, silently, true);
    return { ...server, stop: () => server.stop().then(remove) };
  } catch (error) {
    remove();
    throw error;
  }
};

const startIn = async (
  { cluster, account, copies }: Place,
  log: (line: string) => void,
  throwaway: boolean,
): Promise<EmbeddedPostgres> => {
  const binaries = readyBinaries(account, copies, log);
  const lock = await startingLock(join(cluster.home, 'postgres.starting'));
  try {
    const { password } = await readyCluster(cluster, binaries, account, throwaway);
    await relieveKeepers(cluster);
    const { port, adopted } = await runServer({ cluster, password }, binaries, account, throwaway);
    const stop = stopOnce(
      keep(cluster, binaries, account),
      () => stopServer(cluster, binaries, account),
      log,
    );
    const url = (database: string): string => `postgresql://desk:${password}@127.0.0.1:${port}/${database}`;
    try {
      await createDatabase(url('postgres'));
    } catch (error) {
      await stop();
      throw error;
    }
    return { url: url('desk'), adopted, stop };
  } finally {
    lock.release();
  }
};

/**
 * The address of the server that another process of ours runs on this data, for a short visit: nothing is taken
 * over, and nothing has to be stopped.
 */
export const visitEmbeddedPostgres = (dataDir: string): { url: string } => {
  const { cluster } = choosePlace(dataDir, () => undefined);
  const port = readFileSync(cluster.portFile, 'utf8').trim();
  return { url: `postgresql://desk:${readPassword(cluster)}@127.0.0.1:${port}/desk` };
};

const stopOnce = (
  keeper: Keeper,
  stopServer: () => Promise<void>,
  log: (line: string) => void,
): (() => Promise<void>) => {
  const stop = async (): Promise<void> => {
    try {
      if (keeper.mayStop()) await stopServer();
      else log('The database keeps running: another process has taken it over.');
    } finally {
      keeper.leave();
    }
  };
  let stopped: Promise<void> | undefined;
  return () => {
    stopped ??= stop();
    return stopped;
  };
};

const patienceMs = 90_000;

// Two starts at once: the second waits, then takes over the server of the first.
const startingLock = async (path: string): Promise<FileLock> => {
  const begun = Date.now();
  for (;;) {
    const lock = takeLock(path);
    if (!isHolder(lock)) return lock;
    if (Date.now() - begun > patienceMs) {
      throw new Fault(
        'database-starting',
        `Process ${lock.pid} on ${lock.host} has been starting the database since ${lock.since}.`,
        `Wait for it, or stop it (kill ${lock.pid}) and start again.`,
      );
    }
    await pause(100);
  }
};

const createDatabase = async (url: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rowCount } = await client.query("select 1 from pg_database where datname = 'desk'");
    if (rowCount === 0) await client.query('create database desk template template0');
  } finally {
    await client.end();
  }
};
