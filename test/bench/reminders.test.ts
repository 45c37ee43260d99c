/** Reminders that are all due at once, until somebody has each of them, against queues whose jobs do nothing. */
import { afterAll, test, vi } from 'vitest';
import type { Bot } from '../../src/bots/bot.js';
import { ringJob } from '../../src/jobs/jobs.js';
import { nudge, startSweeping, workDeliveries, workRings } from '../../src/jobs/worker.js';
import { openDatabase } from '../../src/store/database.js';
import { workflows } from '../../src/workflows/index.js';
import { freshDatabase } from '../database.js';
import { openClock, openDeskOn, silent } from '../desk/workshop.js';
import { scale } from '../figures/report.js';
import { type Ground, postgres, startRedis } from '../jobs/backends.js';
import { testVault } from '../vault.js';
import { fillDatabase } from './crowd.js';
import { alternate, median, perSecond, report } from './figure.js';

const redis = await startRedis();
afterAll(() => redis?.stop());
const grounds: readonly Ground[] = redis ? [postgres, redis] : [postgres];
const reminders = scale({ short: 20, full: 10_000 });
const timeout = 600_000;
const waiting = { timeout, interval: 5 };

/** All jobs are in the queues when the clock begins: what is measured is the working off. */
const byDesk = async (ground: Ground): Promise<number> => {
  const fresh = await freshDatabase();
  const clock = openClock();
  const size = { people: reminders, cases: reminders, entries: 0 };
  await fillDatabase(fresh.url, size, clock.now());
  const database = openDatabase(fresh.url);
  const backend = await ground.open(fresh.url);
  const tools = { database, clock, backend, log: silent, vault: testVault() };
  const reached = new Set<string>();
  const bot: Bot = {
    channel: 'slack',
    start: async () => undefined,
    stop: async () => undefined,
    health: () => ({ state: 'up', detail: '' }),
    deliver: async ({ conversation }) => {
      reached.add(conversation);
      return { kind: 'sent', messageId: conversation };
    },
  };
  const desk = await openDeskOn(database, clock, {
    workflows,
    onCommitted: (committed) => nudge(tools, committed),
  });
  const timers = await database.timer.findMany({ select: { id: true, version: true, dueAt: true } });
  await backend.add(
    'ring',
    timers.map((timer) => ringJob(timer, clock.now())),
  );
  const sweeping = startSweeping(tools, desk, 5_000);
  try {
    return await perSecond(reminders, async () => {
      workRings(tools, desk);
      workDeliveries(tools, bot, 16);
      await vi.waitUntil(() => reached.size === reminders, waiting);
    });
  } finally {
    await sweeping.stop();
    await backend.close();
    await desk.idle();
    await database.$disconnect();
    await fresh.drop();
  }
};

const byQueuesAlone = async (ground: Ground): Promise<number> => {
  const fresh = await freshDatabase();
  const backend = await ground.open(fresh.url);
  const timers = Array.from({ length: reminders }, (_, at) => ({
    id: String(at),
    version: 1,
    dueAt: new Date(0),
  }));
  await backend.add(
    'ring',
    timers.map((timer) => ringJob(timer, new Date())),
  );
  let done = 0;
  try {
    return await perSecond(reminders, async () => {
      backend.work('ring', 4, async () => {
        done += 1;
      });
      await vi.waitUntil(() => done === reminders, waiting);
    });
  } finally {
    await backend.close();
    await fresh.drop();
  }
};

test.each(grounds)('reminders on $name', { timeout }, async (ground) => {
  const found = await alternate(
    1,
    () => byDesk(ground),
    () => byQueuesAlone(ground),
  );
  report([
    {
      figure: `Reminders from due to delivered, against jobs on ${ground.name} that do nothing`,
      size: `${reminders} at once`,
      unit: '/s',
      desk: median(found.desk),
      against: median(found.against),
      goal: { kind: 'at least', ratio: 0.6 },
    },
  ]);
});
