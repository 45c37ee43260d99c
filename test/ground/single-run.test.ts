import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { processFacts } from '../../src/store/process-facts.js';
import { holdDataDir } from '../../src/store/single-run.js';

let dataDir: string;
let lock: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'desk-run-'));
  lock = join(dataDir, 'desk.lock');
  return () => rmSync(dataDir, { recursive: true });
});

test('a second desk is told who works there, since when and where it listens', async () => {
  const first = await holdDataDir(dataDir, {});
  await expect(holdDataDir(dataDir, {})).rejects.toThrow(
    new RegExp(`process ${process.pid} on ${hostname()} has run since 20\\d\\d-\\S+Z\\.$`),
  );
  first.update({ port: 4321 });
  await expect(holdDataDir(dataDir, {})).rejects.toThrow(/listens on http:\/\/localhost:4321/);
  await first.release();
  expect(existsSync(lock)).toBe(false);
  await (await holdDataDir(dataDir, {})).release();
});

test('of many that start at once one gets the folder', async () => {
  const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => holdDataDir(dataDir, {})));
  const winners = outcomes.filter((one) => one.status === 'fulfilled');
  expect(winners).toHaveLength(1);
  await winners[0]?.value.release();
});

test('the lock of a killed desk is taken over', async () => {
  const killed = spawn('sleep', ['60']);
  leaveLock({ pid: killed.pid ?? 0 });
  await expect(holdDataDir(dataDir, {})).rejects.toThrow(`process ${killed.pid}`);
  killed.kill('SIGKILL');
  await new Promise((resolve) => killed.once('exit', resolve));
  await (await holdDataDir(dataDir, {})).release();
});

test.runIf(process.platform !== 'win32')(
  'so is one whose number now belongs to another program',
  async () => {
    const stranger = spawn('sleep', ['60']);
    onTestFinished(() => void stranger.kill());
    const pid = stranger.pid ?? 0;
    leaveLock({ pid, born: processFacts(pid)?.born ?? '' });
    await expect(holdDataDir(dataDir, {})).rejects.toThrow(`process ${pid}`);
    leaveLock({ pid, born: 'another time' });
    await (await holdDataDir(dataDir, {})).release();
  },
);

test('a desk on another machine holds the folder as long as it touches the lock', async () => {
  leaveLock({ pid: 1, host: 'elsewhere' });
  await expect(holdDataDir(dataDir, {})).rejects.toThrow('process 1 on elsewhere');
  const aMinuteAgo = new Date(Date.now() - 60_000);
  utimesSync(lock, aMinuteAgo, aMinuteAgo);
  await (await holdDataDir(dataDir, {})).release();
});

test('a lock that was cut short names nobody', async () => {
  writeFileSync(lock, '{"tok');
  await (await holdDataDir(dataDir, {})).release();
});

test('whoever lost the lock leaves it to its new holder', async () => {
  const first = await holdDataDir(dataDir, {});
  leaveLock({ pid: process.pid });
  first.update({ port: 1 });
  await first.release();
  expect(readFileSync(lock, 'utf8')).toContain('planted');
});

const leaveLock = (holder: { pid: number; born?: string; host?: string }): void =>
  writeFileSync(
    lock,
    JSON.stringify({ token: 'planted', host: hostname(), since: '2026-01-01T00:00:00.000Z', ...holder }),
  );
