/** The built desk, started, killed and stopped as a process. */
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { z } from 'zod';
import { freshDatabase } from '../database.js';
import { ask } from '../ground/ask.js';
import { freePort } from '../jobs/backends.js';
import { processesOf } from './processes.js';
import {
  dataFolder,
  type Networks,
  openNetworks,
  type Running,
  ready,
  runDesk,
  startDesk,
} from './running.js';

const within = { timeout: 30_000, interval: 25 };

/** Started by a test; killed with it should it fail. */
const start = (env: Record<string, string>): Running => {
  const running = startDesk(env);
  onTestFinished(async () => {
    running.child.kill('SIGKILL');
    await running.ended;
  });
  return running;
};

const folder = () => {
  const data = dataFolder();
  onTestFinished(data.remove);
  return data.folder;
};

const health = z.looseObject({ time: z.coerce.date(), wechat: z.object({ state: z.string() }) });

const healthOf = async (port: number) => {
  const response = await fetch(`http://127.0.0.1:${port}/healthz`);
  return { status: response.status, body: health.parse(await response.json()) };
};

const holdPort = async (port = 0): Promise<number> => {
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
};

describe('on networks that outlive it', () => {
  const li = { id: 'wx-li', name: '李伟' };
  const wang = { id: 'U01', name: '王芳' };
  const helen = { id: 'U77', name: 'Helen' };
  let networks: Networks;
  let database: Awaited<ReturnType<typeof freshDatabase>>;
  let data: ReturnType<typeof dataFolder>;
  let env: Record<string, string>;
  let port: number;
  let desk: Running;

  const begin = async () => {
    const began = Date.now();
    desk = startDesk(env);
    await desk.says(ready);
    process.stderr.write(`The desk was ready after ${Date.now() - began} ms.\n`);
    await vi.waitUntil(async () => (await healthOf(port)).body.wechat.state === 'up', within);
  };

  beforeAll(async () => {
    networks = await openNetworks([wang, helen], [li]);
    database = await freshDatabase();
    data = dataFolder();
    port = await freePort();
    networks.slack.deliverTo(`http://127.0.0.1:${port}/slack/events`);
    env = {
      ...networks.env,
      DATA_DIR: data.folder,
      DATABASE_URL: database.url,
      PORT: String(port),
      CLOCK: 'movable',
    };
    await begin();
  });
  afterAll(async () => {
    desk.child.kill('SIGKILL');
    await desk.ended;
    await networks.slack.stop();
    await networks.wechat.stop();
    await database.drop();
    data.remove();
  });

  const slackPosts = () => {
    const channel = networks.slack.directChannel(helen.id);
    return networks.slack.posts
      .filter((post) => post.channel === channel && post.author === networks.slack.botUserId)
      .map((post) => post.text);
  };
  const slackSays = async (text: string, wanted: RegExp) => {
    const before = slackPosts().length;
    await networks.slack.say(helen.id, 'dm', text);
    await vi.waitUntil(
      () =>
        slackPosts()
          .slice(before)
          .some((post) => wanted.test(post)),
      within,
    );
  };
  const wechatTexts = () => networks.wechat.sent.map((one) => one.text);

  test('healthz tells the state of each part', async () => {
    expect(await healthOf(port)).toMatchObject({
      status: 200,
      body: {
        status: 'up',
        database: { state: 'up' },
        queues: { state: 'up', detail: 'BullMQ on PostgreSQL' },
        slack: { state: 'up' },
        wechat: { state: 'up' },
      },
    });
    expect((await fetch(`http://127.0.0.1:${port}/nothing`)).status).toBe(404);
  });

  test('metrics tell what waits and which parts are up', async () => {
    const answer = await fetch(`http://127.0.0.1:${port}/metrics`);
    expect(answer.headers.get('content-type')).toContain('text/plain');
    const lines = (await answer.text()).split('\n');
    for (const line of [
      'desk_database_up 1',
      'desk_queues_up 1',
      'desk_channel_up{channel="slack"} 1',
      'desk_channel_up{channel="wechat"} 1',
      'desk_inputs_unanswered{channel="wechat"} 0',
      'desk_post_oldest_seconds{channel="slack"} 0',
      'desk_timers_late 0',
      'desk_dead_letters{kind="post"} 0',
      'desk_queue_jobs{queue="ring",state="active"} 0',
    ]) {
      expect(lines).toContain(line);
    }
  });

  test('the same event of Slack three times, and the same message of WeChat twice, are answered once', async () => {
    networks.slack.repeatEvents(3);
    await slackSays('apply', /name of your park/);
    networks.slack.repeatEvents(1);
    const id = networks.wechat.say(li.id, 'direct', '你好');
    networks.wechat.faults.redeliver(id);
    await vi.waitUntil(() => wechatTexts().length > 0, within);
    networks.wechat.say(li.id, 'direct', '我的');
    await vi.waitUntil(() => wechatTexts().some((text) => text.includes('没有等您处理')), within);
    await slackSays('help', /You can send/);
    expect(slackPosts().filter((post) => /Let’s begin/.test(post))).toHaveLength(1);
    expect(wechatTexts().filter((text) => text.includes('您好！这里是'))).toHaveLength(1);
  });

  test('killed in the middle of a form, it goes on where it was', async () => {
    await slackSays('Taoxichuan', /credit code/);
    desk.child.kill('SIGKILL');
    await desk.ended;
    // Said while nobody is there: Slack tries again until somebody takes it.
    const said = networks.slack.say(helen.id, 'dm', '91360200MA35F3QK8U');
    await begin();
    await said;
    await vi.waitUntil(() => slackPosts().some((post) => /Which province/.test(post)), within);
    await slackSays('Jiangxi', /What kind of park/);
    expect(slackPosts().filter((post) => /Which province/.test(post))).toHaveLength(1);
  });

  test('a case can be printed beside the running desk, and its time be moved', async () => {
    for (const [text, wanted] of [
      ['4', /specialise/],
      ['Ceramics and residencies', /How many|how many/],
      ['skip', /heads the park/],
      ['Liu Zili', /day-to-day/],
      ['Helen', /phone/],
      ['13807980001', /Do you agree/],
      ['yes', /stores data outside/],
      ['no', /Please check/],
      ['submit', /M-1/],
    ] as const)
      await slackSays(text, wanted);
    const printed = await runDesk(['case', 'm-1', '--json'], env);
    expect(printed).toMatchObject({ code: 0 });
    expect(JSON.parse(printed.out)).toMatchObject({
      ref: 'M-1',
      state: 'submitted',
      history: [{ who: 'Helen' }],
    });

    const before = (await healthOf(port)).body.time.getTime();
    const moved = await runDesk(['clock', '+8d'], env);
    expect(moved.code).toBe(0);
    expect((await healthOf(port)).body.time.getTime() - before).toBeGreaterThanOrEqual(8 * 86_400_000);
    // The officers are reminded on the way.
    expect(JSON.parse(moved.out).rung).toBeGreaterThan(0);
    expect((await runDesk(['clock', 'soon'], env)).code).toBe(1);
    expect(await runDesk(['case', 'M-99'], env)).toMatchObject({
      code: 1,
      err: expect.stringMatching(/no case M-99/),
    });
  });

  test('when the database drops the session that holds the WeChat account, it is taken again', async () => {
    const name = `hashtextextended('lease wechat', 0)`;
    const [dropped] = await ask(
      database.url,
      `select pg_terminate_backend(pid) as done from pg_locks where locktype = 'advisory' and granted
       and ((classid::bigint << 32) | objid::bigint) = ${name}`,
    );
    expect(dropped).toEqual({ done: true });
    await vi.waitUntil(() => desk.errors().includes('lease of the WeChat account was lost'), within);
    const before = wechatTexts().length;
    await vi.waitUntil(
      async () => {
        // What is said while nobody holds the account is lost, as on the network.
        networks.wechat.say(li.id, 'direct', '帮助');
        await new Promise((resolve) => setTimeout(resolve, 500));
        return wechatTexts()
          .slice(before)
          .some((text) => text.includes('您可以直接发送'));
      },
      { timeout: 25_000 },
    );
  });

  test('a second desk on its folder is told who is first; the first goes on', async () => {
    const second = start({ ...env, PORT: String(await freePort()) });
    expect(await second.ended).toMatchObject({ code: 1 });
    expect(second.errors()).toMatch(
      new RegExp(`process ${desk.child.pid} .*listens on http://localhost:${port}`),
    );
    expect(second.errors()).not.toMatch(/at .*\.js:\d+/);
    expect(await healthOf(port)).toMatchObject({ status: 200 });
  });

  test('SIGTERM ends it in order', async () => {
    desk.child.kill('SIGTERM');
    expect(await desk.ended).toEqual({ code: 0, signal: null });
    expect(processesOf(data.folder)).toEqual([]);
    await expect(healthOf(port)).rejects.toThrow();
  });
});

test('alone: it brings its database, takes another port, and SIGINT leaves no process behind', async () => {
  const dataDir = folder();
  // 3000 is not named, so another port will do when it is taken.
  await holdPort(3000).catch(() => undefined);
  const desk = start({ DATA_DIR: dataDir });
  const line = await desk.says('Health:');
  await desk.says(ready);
  const port = Number(new URL(line.replace('Health:', '').trim()).port);
  expect(port).toBeGreaterThan(3000);
  expect(await healthOf(port)).toMatchObject({ status: 200 });
  expect(processesOf(dataDir)).not.toEqual([]);
  const beside = await runDesk(['case', 'M-1'], { DATA_DIR: dataDir });
  expect(beside).toMatchObject({ code: 1, err: expect.stringMatching(/no case M-1/) });
  desk.child.kill('SIGINT');
  expect(await desk.ended).toEqual({ code: 0, signal: null });
  await vi.waitFor(() => expect(processesOf(dataDir)).toEqual([]), within);
});

test('a named port that is taken ends it with a sentence', async () => {
  const database = await freshDatabase();
  onTestFinished(database.drop);
  const port = await holdPort();
  const desk = start({ DATA_DIR: folder(), DATABASE_URL: database.url, PORT: String(port) });
  expect(await desk.ended).toMatchObject({ code: 1 });
  expect(desk.errors()).toMatch(
    new RegExp(`Port ${port} on 127.0.0.1 is taken by another program.\nSet PORT`),
  );
  expect(desk.errors()).not.toMatch(/at .*\.js:\d+/);
});

test('stopped while it starts, it ends in order', async () => {
  const dataDir = folder();
  const desk = start({ DATA_DIR: dataDir, PORT: String(await freePort()) });
  await vi.waitUntil(() => processesOf(dataDir).length > 0, within);
  desk.child.kill('SIGTERM');
  expect(await desk.ended).toEqual({ code: 0, signal: null });
  await vi.waitFor(() => expect(processesOf(dataDir)).toEqual([]), within);
});

test('desk check names what is wrong in a file', async () => {
  const dataDir = folder();
  const file = join(dataDir, 'broken.yaml');
  writeFileSync(file, 'alliance:\n  name: { zh: 联盟 }\n  timezone: Asia/Peking\n');
  const broken = await runDesk(['check', file], { DATA_DIR: dataDir });
  expect(broken.code).toBe(1);
  expect(broken.out + broken.err).toMatch(/timezone|Asia\/Peking/);
  expect(broken.out + broken.err).not.toMatch(/at .*\.js:\d+/);
  expect(await runDesk(['check'], { DATA_DIR: dataDir })).toMatchObject({ code: 0 });
});
