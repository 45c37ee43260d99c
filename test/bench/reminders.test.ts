/** Reminders that are all due at once, until Slack has each of them, against queues whose jobs do nothing. */
import { afterAll, test, vi } from 'vitest';
import { openSlackBot } from '../../src/bots/slack/slack-bot.js';
import { ringJob } from '../../src/jobs/jobs.js';
import { nudge, startSweeping, workDeliveries, workRings } from '../../src/jobs/worker.js';
import { startSlackStandIn } from '../../src/standins/slack/slack-stand-in.js';
import { openDatabase } from '../../src/store/database.js';
import { workflows } from '../../src/workflows/index.js';
import { freshDatabase } from '../database.js';
import { openClock, openDeskOn, silent } from '../desk/workshop.js';
import { scale } from '../figures/report.js';
import { type Ground, postgres, startRedis } from '../jobs/backends.js';
import { testVault } from '../vault.js';
import { fillDatabase, oneOfCrowd } from './crowd.js';
import { alternate, median, perSecond, report } from './figure.js';

const redis = await startRedis();
afterAll(() => redis?.stop());
const grounds: readonly Ground[] = redis ? [postgres, redis] : [postgres];
/** Many take minutes: they are worked off once. */
const sizes = scale({
  short: [{ reminders: 20, rounds: 1 }],
  full: [
    { reminders: 500, rounds: 3 },
    { reminders: 10_000, rounds: 1 },
  ],
});
const cases = grounds.flatMap((ground) => sizes.map((size) => ({ ground, name: ground.name, ...size })));
const botToken = 'xoxb-desk';
const signingSecret = 'a-secret-between-two';
const timeout = 600_000;
const waiting = { timeout, interval: 5 };

/** All jobs are in the queues when the clock begins: what is measured is the working off. */
const byDesk = async (ground: Ground, reminders: number): Promise<number> => {
  const fresh = await freshDatabase();
  const clock = openClock();
  const size = { people: reminders, cases: reminders, entries: 0 };
  await fillDatabase(fresh.url, size, clock.now());
  const database = openDatabase(fresh.url);
  const backend = await ground.open(fresh.url);
  const tools = { database, clock, backend, log: silent, vault: testVault() };
  const desk = await openDeskOn(database, clock, {
    workflows,
    onCommitted: (committed) => nudge(tools, committed),
  });
  const users = Array.from({ length: reminders }, (_, at) => oneOfCrowd(at + 1));
  const slack = await startSlackStandIn({ signingSecret, botToken, team: 'T01', users, channels: [] });
  const bot = openSlackBot({ botToken, signingSecret, apiUrl: slack.apiUrl, now: clock.now }, desk, silent);
  await bot.start();
  const reached = new Set<string>();
  slack.onPost(({ user }) => reached.add(user));
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
    await bot.stop();
    await slack.stop();
    await database.$disconnect();
    await fresh.drop();
  }
};

const byQueuesAlone = async (ground: Ground, reminders: number): Promise<number> => {
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

test.each(cases)('$reminders reminders on $name', { timeout }, async ({ ground, reminders, rounds }) => {
  const found = await alternate(
    rounds,
    () => byDesk(ground, reminders),
    () => byQueuesAlone(ground, reminders),
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
