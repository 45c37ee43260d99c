/** The two kinds of queues that the jobs' tests run on. */
import { spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { type Backend, openPostgresBackend, openRedisBackend } from '../../src/jobs/backend.js';
import { silent } from '../desk/workshop.js';
import { ask } from '../ground/ask.js';

export type Ground = {
  readonly name: string;
  /** Queues of the test's own; `databaseUrl` is where they live when there is no Redis. */
  readonly open: (databaseUrl: string) => Promise<Backend>;
  /** Every job is gone, of every test on this ground. */
  readonly loseAllJobs: (databaseUrl: string) => Promise<void>;
  readonly stop: () => Promise<void>;
};

export const postgres: Ground = {
  name: 'PostgreSQL',
  open: (databaseUrl) => openPostgresBackend(databaseUrl, silent),
  loseAllJobs: async (databaseUrl) => {
    await ask(
      databaseUrl,
      `do $$ declare name text; begin
         for name in select tablename from pg_tables where schemaname = 'bullmq' and tablename not like '%migration%'
         loop execute format('delete from bullmq.%I', name); end loop;
       end $$`,
    );
  },
  stop: async () => undefined,
};

/** A Redis that forgets: of REDIS_URL, or a server of our own. Undefined where there is none. */
export const startRedis = async (): Promise<Ground | undefined> => {
  const named = process.env.REDIS_URL;
  if (named) return onRedis(named, async () => undefined);
  if (spawnSync('redis-server', ['--version']).status !== 0) return undefined;
  const port = await freePort();
  const dir = mkdtempSync(join(tmpdir(), 'desk-redis-'));
  const server = spawn(
    'redis-server',
    ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', dir],
    { stdio: 'ignore' },
  );
  return onRedis(`redis://127.0.0.1:${port}`, async () => {
    server.kill('SIGKILL');
    await once(server, 'exit');
    rmSync(dir, { recursive: true, force: true });
  });
};

const onRedis = async (url: string, end: () => Promise<void>): Promise<Ground> => {
  const client = new Redis(url, { maxRetriesPerRequest: null });
  client.on('error', () => undefined);
  await client.ping();
  return {
    name: 'Redis',
    open: () => openRedisBackend(url, silent, `test-${randomUUID()}`),
    loseAllJobs: async () => {
      await client.flushall();
    },
    stop: async () => {
      client.disconnect();
      await end();
    },
  };
};

export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
};
