import { spawn } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { ask } from './ask.js';
import { answers, compile, launch, openFolder, watchdogs } from './launched.js';

beforeAll(compile);

// One database for the whole file; each test leaves it stopped.
const dataDir = openFolder(afterAll);

const soon = { timeout: 15_000, interval: 50 };

test('after kill -9 of the desk its server stops by itself, in order', async () => {
  const server = await launch({ dataDir });
  await server.kill();
  expect(await answers(server.port)).toBe(true);
  await vi.waitUntil(async () => !(await answers(server.port)), soon);
  await vi.waitUntil(() => watchdogs(dataDir).length === 0, soon);
  expect(log()).toMatch(/database system is shut down\n$/);
});

test('a desk that starts right after a kill -9 takes the server over and keeps it', async () => {
  const first = await launch({ dataDir });
  const [watchdog = 0] = watchdogs(dataDir);
  await first.kill();
  const second = await launch({ dataDir });
  expect(second.adopted).toBe(true);
  expect(second.port).toBe(first.port);
  await vi.waitUntil(() => !watchdogs(dataDir).includes(watchdog), soon);
  expect(await ask(second.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  await second.stop();
});

test('a desk that starts while the watchdog stops the server waits, and starts it again', async () => {
  const first = await launch({ dataDir });
  const before = log().length;
  await first.kill();
  // The watchdog has begun, or has already finished: both must end in a server that stays.
  await vi.waitUntil(() => log().slice(before).includes('received fast shutdown request'), {
    timeout: 15_000,
    interval: 1,
  });
  const second = await launch({ dataDir });
  expect(second.adopted).toBe(false);
  await vi.waitUntil(() => watchdogs(dataDir).length === 1, soon);
  expect(await ask(second.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  await second.stop();
});

test('after kill -9 of the server the next start recovers what was committed', async () => {
  const first = await launch({ dataDir });
  await ask(first.url, 'create table kept as select 7 as number');
  const [pid] = readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n');
  process.kill(Number(pid), 'SIGKILL');
  const second = await launch({ dataDir });
  expect(second.adopted).toBe(false);
  expect(await ask(second.url, 'select number from kept')).toEqual([{ number: 7 }]);
  await second.stop();
});

test('a stale note of the server whose number now belongs to another program is no obstacle', async () => {
  const first = await launch({ dataDir });
  const note = readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8');
  await first.stop();
  const { uid, gid } = statSync(join(dataDir, 'postgres'));
  const stranger = spawn('sleep', ['60'], { uid, gid, stdio: 'ignore' });
  onTestFinished(() => void stranger.kill());
  writeFileSync(join(dataDir, 'postgres/postmaster.pid'), note.replace(/^\d+/, String(stranger.pid)));

  const second = await launch({ dataDir });
  expect(second.adopted).toBe(false);
  expect(stranger.exitCode).toBeNull();
  await second.stop();
});

test('nor is one whose process has ended without being reaped', async () => {
  const first = await launch({ dataDir });
  const note = readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8');
  await first.stop();
  const { uid, gid } = statSync(join(dataDir, 'postgres'));
  // The shell turns into a program that knows nothing of the child it inherits.
  const careless = spawn('sh', ['-c', 'sleep 0.01 & echo $!; exec sleep 60'], {
    uid,
    gid,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  onTestFinished(() => void careless.kill());
  const zombie = await new Promise<string>((resolve) =>
    careless.stdout.once('data', (told) => resolve(String(told).trim())),
  );
  writeFileSync(join(dataDir, 'postgres/postmaster.pid'), note.replace(/^\d+/, zombie));

  const second = await launch({ dataDir });
  expect(second.adopted).toBe(false);
  await second.stop();
});

const log = (): string => readFileSync(join(dataDir, 'postgres/server.log'), 'utf8');
