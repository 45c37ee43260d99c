import { readFileSync, writeFileSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { Fault } from '../../core/fault.js';
import { lives, processFacts } from '../process-facts.js';
import type { Account } from './account.js';
import type { Binaries } from './binaries.js';
import type { Cluster } from './cluster.js';
import { run } from './run.js';

export type Access = { readonly cluster: Cluster; readonly password: string };
export type Running = { readonly port: number; readonly adopted: boolean };

/** What answers where the data folder says that its server listens. */
type Sight = 'ours' | 'busy' | 'foreign' | 'silent';

const patienceMs = 20_000;
/** Crash recovery of much data takes its time, and the server says so itself. */
const recoveryMs = 300_000;
const stepMs = 150;

/**
 * Takes over the server that already runs on the data, or starts one. Tries again for some seconds: a killed
 * server leaves processes behind that have to end first.
 */
export const runServer = async (
  access: Access,
  binaries: Binaries,
  account: Account | undefined,
  throwaway: boolean,
): Promise<Running> => {
  const begun = Date.now();
  let said = '';
  for (;;) {
    const registered = registration(access.cluster);
    const sight = registered === undefined ? 'silent' : await lookAt(registered.port, access);
    if (sight === 'ours' && registered !== undefined) return { port: registered.port, adopted: true };
    if (sight !== 'busy') {
      if (registered !== undefined) disownIfForeign(access.cluster, registered.pid);
      const started = await start(access.cluster, binaries, account, throwaway);
      if (started.ok) return { port: started.port, adopted: false };
      said = started.output;
    }
    if (Date.now() - begun > (sight === 'busy' ? recoveryMs : patienceMs))
      throw wontStart(access.cluster, said);
    await pause(stepMs);
  }
};

/** Stops the server of the data folder with a checkpoint; open transactions are rolled back. */
export const stopServer = async (
  cluster: Cluster,
  binaries: Binaries,
  account: Account | undefined,
): Promise<void> => {
  const { ok, output } = await run(
    binaries.pgCtl,
    ['-D', cluster.data, '-m', 'fast', '-w', '-t', '60', 'stop'],
    account,
  );
  const left = registration(cluster);
  if (ok || left === undefined || !lives(left.pid)) return;
  throw new Fault(
    'database-stop',
    `The database in ${cluster.data} did not stop: ${output}`,
    `Look at process ${left.pid} and at ${logOf(cluster)}.`,
  );
};

/** The process and port of the data's server, as the server itself noted them. They may be stale. */
export const registration = (cluster: Cluster): { pid: number; port: number } | undefined => {
  const lines = textOf(pidFile(cluster))?.split('\n');
  const pid = Number(lines?.[0]);
  const port = Number(lines?.[3]);
  return pid > 0 && port > 0 ? { pid, port } : undefined;
};

const start = async (
  cluster: Cluster,
  binaries: Binaries,
  account: Account | undefined,
  throwaway: boolean,
): Promise<{ ok: boolean; output: string; port: number }> => {
  const port = await choosePort(cluster);
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '100',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...(throwaway ? { fsync: 'off', full_page_writes: 'off' } : {}),
  };
  const options = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`);
  const { ok, output } = await run(
    binaries.pgCtl,
    [
      '-D',
      cluster.data,
      '-l',
      logOf(cluster),
      '-w',
      '-t',
      '60',
      '-o',
      `-p ${port} ${options.join(' ')}`,
      'start',
    ],
    account,
  );
  return { ok, output, port };
};

// The port stays the same from start to start as long as nobody else takes it.
const choosePort = async (cluster: Cluster): Promise<number> => {
  const kept = Number(textOf(cluster.portFile));
  if (kept > 0 && (await bind(kept)) === kept) return kept;
  const free = await bind(0);
  if (free === undefined) throw new Error('No port of 127.0.0.1 is free.');
  writeFileSync(cluster.portFile, `${free}\n`);
  return free;
};

const bind = (port: number): Promise<number | undefined> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(undefined));
    probe.listen(port, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' ? address?.port : undefined));
    });
  });

// The pid file's word isn't enough: its number may by now belong to any other process.
const lookAt = async (port: number, { cluster, password }: Access): Promise<Sight> => {
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user: 'desk',
    password,
    database: 'postgres',
    connectionTimeoutMillis: 3000,
  });
  // A connection that breaks after it was made also tells of it here; the query's rejection says the same.
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ data_directory: string }>('show data_directory');
    const served = rows[0]?.data_directory ?? '';
    return (await realpath(served)) === (await realpath(cluster.data)) ? 'ours' : 'foreign';
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ECONNREFUSED') return 'silent';
    // 57P03: starting up, recovering or shutting down; 53300: out of connections.
    return code === '57P03' || code === '53300' ? 'busy' : 'foreign';
  } finally {
    await client.end().catch(() => {});
  }
};

// PostgreSQL won't start while the process of its pid file lives, and can't know that another program was
// given the number (or that nobody reaps the dead one, as in a container). The file stays, with a number that
// no process has: its other lines protect the data from what a killed server has left running.
const disownIfForeign = (cluster: Cluster, pid: number): void => {
  const facts = processFacts(pid);
  if (facts === undefined || (!facts.ended && facts.name.startsWith('postgres'))) return;
  const lines = (textOf(pidFile(cluster)) ?? '').split('\n');
  if (Number(lines[0]) === pid) writeFileSync(pidFile(cluster), [nobodysPid, ...lines.slice(1)].join('\n'));
};
const nobodysPid = 2 ** 31 - 2;

const wontStart = (cluster: Cluster, said: string): Fault => {
  const log = (textOf(logOf(cluster)) ?? '').trim().split('\n').slice(-5).join('\n');
  return new Fault(
    'database-start',
    `The database in ${cluster.data} does not start. ${said}\n${log}`,
    `See ${logOf(cluster)}. If another server runs on that data, stop it; or set DATABASE_URL to a PostgreSQL server.`,
  );
};

const pidFile = (cluster: Cluster): string => join(cluster.data, 'postmaster.pid');
const logOf = (cluster: Cluster): string => join(cluster.data, 'server.log');

const textOf = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
};
