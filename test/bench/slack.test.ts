/** How soon Slack is acknowledged, and what a process on Slack weighs, against an app that does nothing else. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, test, vi } from 'vitest';
import { z } from 'zod';
import { freshDatabase } from '../database.js';
import { scale } from '../figures/report.js';
import { ask } from '../ground/ask.js';
import { freePort } from '../jobs/backends.js';
import {
  dataFolder,
  type Networks,
  openNetworks,
  type Running,
  ready,
  startDesk,
} from '../system/running.js';
import { alternate, median, report, startProgram } from './figure.js';

const connections = 32;
const sizes = scale({ short: [64], full: [64, 640] });
const people = Array.from({ length: Math.max(...sizes, 100) }, (_, at) => ({
  id: `U${1000 + at}`,
  name: `Guest ${at}`,
}));
const signingSecret = 'a-secret-between-two';

const load = z.object({ perSecond: z.number(), p99: z.number() });

let networks: Networks;
let database: Awaited<ReturnType<typeof freshDatabase>>;
let data: ReturnType<typeof dataFolder>;
let desk: Running;
let bare: Awaited<ReturnType<typeof startProgram>> | undefined;
let urls: { readonly desk: string; readonly bare: string };

beforeAll(async () => {
  networks = await openNetworks(people, []);
  database = await freshDatabase();
  data = dataFolder();
  const port = await freePort();
  desk = startDesk({
    ...networks.env,
    DATA_DIR: data.folder,
    DATABASE_URL: database.url,
    PORT: String(port),
    ROLES: 'slack,worker,web',
    DESK_SECRET: 'a-secret-of-more-than-32-characters',
    LOG_LEVEL: 'error',
  });
  await desk.says(ready);
  const started = await startProgram('bare-bolt.js', [signingSecret]);
  bare = started;
  urls = {
    desk: `http://127.0.0.1:${port}/slack/events`,
    bare: `http://127.0.0.1:${started.line}/slack/events`,
  };
});

afterAll(async () => {
  desk.child.kill('SIGKILL');
  await desk.ended;
  await bare?.stop();
  await networks.slack.stop();
  await networks.wechat.stop();
  await database.drop();
  data.remove();
});

let runs = 0;
const press = async (url: string, events: number) => {
  runs += 1;
  const { line, stop } = await startProgram('slack-load.js', [
    url,
    signingSecret,
    String(connections),
    String(events),
    `${runs}x`,
  ]);
  await stop();
  return load.parse(JSON.parse(line));
};

/** The turns run on after the acknowledgement, and would slow down what is measured next. */
const answered = () =>
  vi.waitUntil(
    async () =>
      (await ask(database.url, 'select 1 from "Inbox" where "doneAt" is null limit 1')).length === 0,
    {
      timeout: 120_000,
      interval: 100,
    },
  );

/** In megabytes. */
const memoryOf = (pid: number): number => {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
};

test.runIf(process.platform === 'linux')('memory after the start and 100 requests', async () => {
  await press(urls.desk, 100);
  await answered();
  await press(urls.bare, 100);
  report([
    {
      figure: 'Memory of a process without WeChat, against a bare Bolt app',
      size: 'after 100 requests',
      unit: 'MB',
      desk: memoryOf(desk.child.pid ?? 0),
      against: memoryOf(bare?.pid ?? 0),
      goal: { kind: 'at most more', by: 80 },
    },
  ]);
});

test.each(sizes)(
  '%i requests of Slack, until they are acknowledged',
  async (events) => {
    const rounds = scale({ short: 1, full: 5 });
    const found = await alternate(
      rounds,
      () => press(urls.desk, events).finally(answered),
      () => press(urls.bare, events),
    );
    const size = `${events} events, ${connections} connections`;
    const middle = (side: 'desk' | 'against', figure: 'perSecond' | 'p99') =>
      median(found[side].map((one) => one[figure]));
    report([
      {
        figure: 'Slack’s requests stored and acknowledged, against a bare Bolt app',
        size,
        unit: '/s',
        desk: middle('desk', 'perSecond'),
        against: middle('against', 'perSecond'),
        goal: { kind: 'at least', ratio: 0.7 },
      },
      {
        figure: 'The same, slowest hundredth',
        size,
        unit: 'ms',
        desk: middle('desk', 'p99'),
        against: middle('against', 'p99'),
        goal: { kind: 'at most', ratio: 1.5 },
      },
    ]);
  },
  300_000,
);
