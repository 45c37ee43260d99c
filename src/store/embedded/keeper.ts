/**
 * Who may stop the server. The keeper's file lies beside the data, and whoever gets to rename it may stop the
 * server: the desk itself, or its watchdog once the desk is gone. A desk that takes over a running server
 * removes the files of earlier keepers first, so that nobody stops the server under it.
 */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { lives } from '../process-facts.js';
import type { Account } from './account.js';
import type { Binaries } from './binaries.js';
import type { Cluster } from './cluster.js';
import { registration } from './server.js';

export type Keeper = {
  /** True once, and only while no other desk has taken the server over. */
  readonly mayStop: () => boolean;
  /** The server has stopped, or is somebody else's now: sends the watchdog home. */
  readonly leave: () => void;
};

const keeping = 'postgres.keeper-';
const stopping = 'postgres.stopping-';
const patienceMs = 60_000;

/** Takes the server from earlier keepers. One that is just stopping it gets to finish. */
export const relieveKeepers = async (cluster: Cluster): Promise<void> => {
  const files = (prefix: string): string[] =>
    readdirSync(cluster.home)
      .filter((name) => name.startsWith(prefix))
      .map((name) => join(cluster.home, name));
  for (const path of files(keeping)) rmSync(path, { force: true });
  const begun = Date.now();
  for (const path of files(stopping)) {
    while (existsSync(path) && isUp(cluster) && Date.now() - begun < patienceMs) await pause(50);
    rmSync(path, { force: true });
  }
};

/** Makes this process the keeper, with a watchdog that stops the server soon after a kill -9 of ours. */
export const keep = (cluster: Cluster, binaries: Binaries, account: Account | undefined): Keeper => {
  const token = randomUUID();
  const mine = join(cluster.home, keeping + token);
  const claimed = join(cluster.home, stopping + token);
  writeFileSync(mine, '');

  const order = {
    mine,
    claimed,
    pgCtl: binaries.pgCtl,
    data: cluster.data,
    uid: account?.uid,
    gid: account?.gid,
  };
  const script = fileURLToPath(new URL('../../../bin/watch-postgres.js', import.meta.url));
  // Detached, so that Ctrl-C in a terminal doesn't reach it; the pipe closes when we end, however we end.
  const watchdog = spawn(process.execPath, [script, JSON.stringify(order)], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    windowsHide: true,
  });
  watchdog.unref();
  if (watchdog.stdin instanceof Socket) watchdog.stdin.unref();

  return {
    mayStop: () => {
      try {
        renameSync(mine, claimed);
        return true;
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
        throw error;
      }
    },
    leave: () => {
      rmSync(claimed, { force: true });
      watchdog.stdin.end();
    },
  };
};

const isUp = (cluster: Cluster): boolean => {
  const registered = registration(cluster);
  return registered !== undefined && lives(registered.pid);
};
