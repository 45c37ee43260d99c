/**
 * The desk's processes, one per role: each may be killed at any instant. One that ends by itself, as for want of a
 * database, is started again as an operator's supervisor would.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { root } from '../ground/launched.js';

export const roles = ['slack', 'wechat', 'worker'] as const;
export type Role = (typeof roles)[number];

/** One life of a process. `upAt` is when it said that all its parts were up. */
export type Life = { readonly role: Role; readonly startedAt: number; upAt?: number; endedAt?: number };

export type DeskProcess = {
  readonly role: Role;
  readonly port: number;
  /** Does nothing to one that runs. */
  readonly start: () => void;
  /** Resolves when the process is gone; false if it had ended before. */
  readonly kill: () => Promise<boolean>;
  /** Kills it, and starts it no more. */
  readonly end: () => Promise<void>;
  /** Resolves when it is up; false if it ended before. */
  readonly up: () => Promise<boolean>;
  readonly isUp: () => boolean;
};

const startAgainMs = 500;

export const openProcess = (
  role: Role,
  port: number,
  env: Readonly<Record<string, string>>,
  lives: Life[],
  logFile: string,
): DeskProcess => {
  const log = createWriteStream(logFile, { flags: 'a' });
  let child: ChildProcess | undefined;
  let life: Life | undefined;
  let ended = false;

  const isRunning = () => child !== undefined && child.exitCode === null && child.signalCode === null;

  const look = async (of: Life): Promise<void> => {
    while (of.endedAt === undefined) {
      const health = await fetch(`http://127.0.0.1:${port}/healthz`).then(
        (answer) => answer.text(),
        () => '',
      );
      const isUp = role === 'wechat' ? /"wechat":\{"state":"up"/.test(health) : health !== '';
      if (isUp && of.endedAt === undefined) {
        of.upAt = Date.now();
        return;
      }
      await pause(100);
    }
  };

  const start = (): void => {
    if (ended || isRunning()) return;
    const entry = ['--import', join(root, 'test/faults/quick-pace.mjs'), join(root, 'dist/cli.js'), 'start'];
    const started = spawn(process.execPath, entry, {
      cwd: root,
      env: {
        PATH: process.env.PATH ?? '',
        HOME: process.env.HOME ?? '',
        ...env,
        ROLES: role === 'worker' ? 'worker,web' : role,
        PORT: String(port),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    started.stdout.pipe(log, { end: false });
    started.stderr.pipe(log, { end: false });
    const began: Life = { role, startedAt: Date.now() };
    lives.push(began);
    started.once('exit', () => {
      began.endedAt ??= Date.now();
      setTimeout(start, startAgainMs);
    });
    child = started;
    life = began;
    void look(began);
  };

  const kill = async (): Promise<boolean> => {
    const killed = child;
    if (!killed || !isRunning()) return false;
    const gone = once(killed, 'exit');
    killed.kill('SIGKILL');
    if (life) life.endedAt = Date.now();
    await gone;
    return true;
  };

  return {
    role,
    port,
    start,
    kill,
    end: async () => {
      ended = true;
      await kill();
    },
    up: async () => {
      const of = life;
      while (of && of.upAt === undefined && of.endedAt === undefined) await pause(20);
      return of?.upAt !== undefined && of.endedAt === undefined;
    },
    isUp: () => life?.upAt !== undefined && life.endedAt === undefined,
  };
};
