import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '../core/fault.js';
import { isHolder, takeLock } from './file-lock.js';

export type HeldDataDir = {
  /** The name of whoever works on this folder: the same after a restart, and nobody else's meanwhile. */
  readonly id: string;
  /** Tells whoever comes second where this desk listens. */
  update(note: { port?: number }): void;
  release(): Promise<void>;
};

const lockName = 'desk.lock';
const touchEveryMs = 10_000;

/**
 * Only one desk works on a data folder. The second gets a Fault that names the first; a lock left by a killed
 * desk is taken over.
 */
export const holdDataDir = async (dataDir: string, note: { port?: number }): Promise<HeldDataDir> => {
  mkdirSync(dataDir, { recursive: true });
  const lock = takeLock(join(dataDir, lockName), note);
  if (isHolder(lock)) {
    const where = lock.port === undefined ? '' : ` and listens on http://localhost:${lock.port}`;
    throw new Fault(
      'second-desk',
      `A desk already works on ${dataDir}: process ${lock.pid} on ${lock.host} has run since ${lock.since}${where}.`,
      `Use that desk, stop it (kill ${lock.pid}), or start this one with another data folder.`,
    );
  }
  const touching = setInterval(lock.touch, touchEveryMs).unref();
  return {
    id: idOf(dataDir),
    update: lock.note,
    release: async () => {
      clearInterval(touching);
      lock.release();
    },
  };
};

const idOf = (dataDir: string): string => {
  const file = join(dataDir, 'desk.id');
  if (!existsSync(file)) writeFileSync(file, `${randomUUID()}\n`);
  return readFileSync(file, 'utf8').trim();
};

/** The desk that works on a data folder right now. */
export const deskOn = (dataDir: string): { readonly pid: number; readonly port?: number } | undefined => {
  mkdirSync(dataDir, { recursive: true });
  const lock = takeLock(join(dataDir, lockName));
  if (isHolder(lock)) return { pid: lock.pid, ...(lock.port !== undefined && { port: lock.port }) };
  lock.release();
  return undefined;
};
