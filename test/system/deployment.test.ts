/** Dockerfile and compose.yaml, as far as they can be followed without a Docker engine. */
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { processRoles, readConfig } from '../../src/config.js';
import { freshDatabase } from '../database.js';
import { root } from '../ground/launched.js';
import { freePort } from '../jobs/backends.js';
import {
  dataFolder,
  type Env,
  type Networks,
  openNetworks,
  type Running,
  ready,
  startDesk,
} from './running.js';

const service = z.looseObject({
  image: z.string(),
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()).optional(),
});
const compose = z
  .object({ services: z.record(z.string(), service) })
  .loose()
  .parse(parse(readFileSync(join(root, 'compose.yaml'), 'utf8'), { merge: true }));

/** What an operator has to write into .env. */
const written: Env = {
  POSTGRES_PASSWORD: 'letters1',
  DESK_SECRET: 'a-secret-of-more-than-32-characters',
  PUBLIC_URL: 'https://desk.example.org',
  ALLIANCE_FILE: 'alliance/demo.yaml',
  SLACK_BOT_TOKEN: 'xoxb-1',
  SLACK_SIGNING_SECRET: 'signed',
  WECHATY_PUPPET: 'wechaty-puppet-service',
  WECHATY_PUPPET_SERVICE_ENDPOINT: '127.0.0.1:8788',
  WECHATY_PUPPET_SERVICE_TOKEN: 'puppet_1',
};

/** `${NAME:-default}` and `${NAME:?what is missing}`, as Compose reads them. */
const filledIn = (value: string, env: Env): string =>
  value.replace(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_, name: string, kind?: string, words?: string) => {
    const given = env[name];
    if (given) return given;
    if (kind === '-') return words ?? '';
    throw new Error(`${name}: ${words}`);
  });

const environmentOf = (name: string, env: Env): Env =>
  Object.fromEntries(
    Object.entries(compose.services[name]?.environment ?? {}).map(([key, value]) => [
      key,
      filledIn(value, env),
    ]),
  );

const rolesOf = (name: string) => readConfig(environmentOf(name, written)).roles;

describe('compose.yaml', () => {
  test('has one service for each role, and nothing that the settings refuse', () => {
    for (const role of processRoles) expect(rolesOf(role)).toEqual([role]);
  });

  test('goes without WeChat', () => {
    const withoutWeChat = Object.fromEntries(
      Object.entries(written).filter(([name]) => !name.startsWith('WECHATY')),
    );
    for (const role of ['slack', 'worker', 'web'] as const)
      expect(readConfig(environmentOf(role, withoutWeChat)).roles).toEqual([role]);
  });

  test.each(['POSTGRES_PASSWORD', 'DESK_SECRET', 'PUBLIC_URL', 'SLACK_BOT_TOKEN'])(
    'asks for %s when it is missing',
    (name) => {
      const { [name]: _, ...others } = written;
      expect(() => environmentOf('worker', others)).toThrow(name);
    },
  );
});

/** What the last stage of the Dockerfile holds, without its packages. */
const copied = (): readonly string[] => {
  const text = readFileSync(join(root, 'Dockerfile'), 'utf8');
  const last = text.slice(text.lastIndexOf('\nFROM '));
  return [...last.matchAll(/^COPY (?:--from=build \/desk\/)?(\S+) \.\/\S*$/gm)].map(([, path = '']) => path);
};

describe('what the image holds', () => {
  let networks: Networks;
  let database: Awaited<ReturnType<typeof freshDatabase>>;
  let image: ReturnType<typeof dataFolder>;
  const running: Running[] = [];

  beforeAll(async () => {
    networks = await openNetworks([{ id: 'U77', name: 'Helen' }], [{ id: 'wx-li', name: '李伟' }]);
    database = await freshDatabase();
    image = dataFolder();
    for (const path of copied()) {
      const to = join(image.folder, path);
      mkdirSync(dirname(to), { recursive: true });
      if (path === 'node_modules') symlinkSync(join(root, path), to);
      else cpSync(join(root, path), to, { recursive: true });
    }
  });
  afterAll(async () => {
    for (const one of running) one.child.kill('SIGKILL');
    await Promise.all(running.map((one) => one.ended));
    await networks.slack.stop();
    await networks.wechat.stop();
    await database.drop();
    image.remove();
  });

  test('is enough for a process of each role, and together they are the desk', async () => {
    expect(existsSync(join(image.folder, 'src'))).toBe(false);
    for (const role of processRoles) {
      const port = await freePort();
      if (role === 'slack') networks.slack.deliverTo(`http://127.0.0.1:${port}/slack/events`);
      running.push(
        startDesk(
          {
            ...environmentOf(role, written),
            ...networks.env,
            DATABASE_URL: database.url,
            REDIS_URL: process.env.REDIS_URL ?? '',
            DATA_DIR: join(image.folder, 'data', role),
            PORT: String(port),
          },
          image.folder,
        ),
      );
    }
    await Promise.all(running.map((one) => one.says(ready)));

    void networks.slack.say('U77', 'dm', 'help');
    const channel = networks.slack.directChannel('U77');
    await vi.waitUntil(
      () =>
        networks.slack.posts.some((post) => post.channel === channel && post.text.includes('You can send')),
      { timeout: 30_000, interval: 25 },
    );
    await vi.waitUntil(
      async () => {
        // Until the account is logged in, what people say is lost, as on the network.
        networks.wechat.say('wx-li', 'direct', '帮助');
        await new Promise((resolve) => setTimeout(resolve, 500));
        return networks.wechat.sent.some((one) => one.text.includes('您可以直接发送'));
      },
      { timeout: 30_000 },
    );
  });
});
