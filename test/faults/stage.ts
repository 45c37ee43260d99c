/** What the run stands on: networks, PostgreSQL and Redis of its own, and the desk in three processes. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import pg from 'pg';
import { type SlackStandIn, startSlackStandIn } from '../../src/standins/slack/slack-stand-in.js';
import { startWeChatStandIn, type WeChatStandIn } from '../../src/standins/wechat/stand-in.js';
import { startEmbeddedPostgres } from '../../src/store/embedded-postgres.js';
import { ask } from '../ground/ask.js';
import { runDesk } from '../system/running.js';
import { allianceOf, councilRooms, memberRooms, officer, type Somebody } from './crowd.js';
import { type DeskProcess, type Life, openProcess, type Role, roles } from './processes.js';

export type Stage = {
  readonly url: () => string;
  readonly env: Readonly<Record<string, string>>;
  readonly folder: string;
  readonly slack: SlackStandIn;
  readonly wechat: WeChatStandIn;
  readonly processes: Readonly<Record<Role, DeskProcess>>;
  readonly lives: readonly Life[];
  /** Stops PostgreSQL for so long; resolves when it is back. */
  readonly breakPostgres: (ms: number) => Promise<void>;
  readonly breakRedis: (ms: number) => Promise<void>;
  readonly flushRedis: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** A Monday, two working days before the holidays of the National Day. */
export const monday = new Date('2026-09-28T10:00:00+08:00');
export const signingSecret = 'a-secret-between-two';

export const openStage = async (people: readonly Somebody[]): Promise<Stage> => {
  const folder = mkdtempSync(join(tmpdir(), 'desk-faults-'));
  chmodSync(folder, 0o755);
  const dataDir = join(folder, 'data');
  const silent = () => undefined;
  mkdirSync(join(folder, 'server'));
  writeFileSync(join(folder, 'server', 'postgres.port'), `${await lastingPort()}\n`);
  let postgres = await startEmbeddedPostgres({ dataDir: join(folder, 'server'), log: silent });
  const redis = await openRedis(folder);
  const users = people.filter((one) => one.channel === 'slack');
  const contacts = people.filter((one) => one.channel === 'wechat');
  const slack = await startSlackStandIn({
    signingSecret,
    botToken: 'xoxb-desk',
    team: 'T01',
    users,
    channels: [councilRooms.slack, memberRooms.slack].map((id) => ({
      id,
      name: id.toLowerCase(),
      members: users.map((one) => one.id),
    })),
    retryDelaysMs: Array.from({ length: 400 }, () => 300),
  });
  const wechat = await startWeChatStandIn({
    bot: { id: 'wx-desk', name: '联盟小秘' },
    contacts: [{ id: officer, name: '秘书' }, ...contacts],
    rooms: [councilRooms.wechat, memberRooms.wechat].map((id) => ({
      id,
      topic: id,
      members: [officer, ...contacts.map((one) => one.id)],
    })),
    heartbeatMs: 500,
  });
  const file = join(folder, 'alliance.yaml');
  writeFileSync(file, allianceOf(people));
  const env = {
    SLACK_BOT_TOKEN: 'xoxb-desk',
    SLACK_SIGNING_SECRET: signingSecret,
    SLACK_API_URL: slack.apiUrl,
    WECHATY_PUPPET: 'wechaty-puppet-service',
    WECHATY_PUPPET_SERVICE_ENDPOINT: wechat.endpoint,
    WECHATY_PUPPET_SERVICE_TOKEN: wechat.token,
    WECHATY_PUPPET_SERVICE_NO_TLS_INSECURE_CLIENT: 'true',
    DATA_DIR: dataDir,
    DATABASE_URL: postgres.url,
    CLOCK: 'movable',
    LOG_LEVEL: 'warn',
    DESK_SECRET: 'known-to-every-process-of-this-run-alone',
    ...(redis && { REDIS_URL: redis.url }),
  };
  const imported = await runDesk(['import', file], env);
  if (imported.code !== 0) throw new Error(imported.err);
  await ask(postgres.url, `insert into "Clock" values (1, ${monday.getTime() - Date.now()})`);

  const lives: Life[] = [];
  const open = async (role: Role) =>
    openProcess(role, await lastingPort(), env, lives, join(folder, `${role}.log`));
  const processes = {
    slack: await open('slack'),
    wechat: await open('wechat'),
    worker: await open('worker'),
  };
  slack.deliverTo(`http://127.0.0.1:${processes.slack.port}/slack/events`);

  return {
    url: () => postgres.url,
    env,
    folder,
    slack,
    wechat,
    processes,
    lives,
    breakPostgres: async (ms) => {
      await postgres.stop();
      await pause(ms);
      postgres = await startEmbeddedPostgres({ dataDir: join(folder, 'server'), log: silent });
      if (postgres.url !== env.DATABASE_URL) throw new Error('PostgreSQL came back elsewhere');
    },
    breakRedis: async (ms) => {
      await redis?.stop();
      await pause(ms);
      await redis?.start();
    },
    flushRedis: async () => {
      await redis?.flush();
    },
    stop: async () => {
      for (const role of roles) await processes[role].end();
      await slack.stop();
      await wechat.stop();
      await redis?.stop();
      await postgres.stop();
      if (!process.env.FAULT_KEEP) rmSync(folder, { recursive: true, force: true });
    },
  };
};

/**
 * A free port that no connection gets by chance while its server is away: below those that the system gives out.
 */
const lastingPort = async (): Promise<number> => {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    const server = createServer();
    const free = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => resolve(true));
    });
    if (!free) continue;
    server.close();
    await once(server, 'close');
    return port;
  }
};

/** A Redis that forgets everything when it stops; undefined where there is none. */
const openRedis = async (folder: string) => {
  const port = await lastingPort();
  let server: ChildProcess | undefined;
  const options = ['--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder];
  const start = async (): Promise<boolean> => {
    const started = spawn('redis-server', ['--port', `${port}`, ...options], { stdio: 'ignore' });
    server = started;
    return Promise.race([once(started, 'spawn').then(() => true), once(started, 'error').then(() => false)]);
  };
  if (!(await start())) return undefined;
  const answers = async (command: 'PING' | 'FLUSHALL'): Promise<boolean> => {
    const client = new Redis(port, '127.0.0.1', { lazyConnect: true, retryStrategy: () => null });
    client.on('error', () => undefined);
    const answer = await client
      .connect()
      .then(() => client.call(command))
      .catch(() => undefined);
    client.disconnect();
    return answer !== undefined;
  };
  return {
    url: `redis://127.0.0.1:${port}`,
    start: async () => {
      await start();
      while (!(await answers('PING'))) await pause(50);
    },
    stop: async () => {
      if (!server || server.exitCode !== null || server.signalCode !== null) return;
      const gone = once(server, 'exit');
      server.kill('SIGKILL');
      await gone;
    },
    flush: async () => {
      await answers('FLUSHALL');
    },
  };
};

/** The rows of a statement, waiting while the database is away. */
export const askPatiently = async (url: string, sql: string): Promise<unknown[]> => {
  for (;;) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return (await client.query(sql)).rows;
    } catch {
      await pause(200);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
};
