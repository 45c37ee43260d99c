/** The alarm clock and the postman: what commits leave is rung and delivered; the sweep finds what was missed. */
import type { Bot } from '../bots/bot.js';
import type { Clock } from '../clock.js';
import type { Vault } from '../core/vault.js';
import type { Committed, Desk } from '../desk/desk.js';
import type { Log } from '../log.js';
import type { Database } from '../store/database.js';
import { orphanPosts, waitingPosts } from '../store/outbox.js';
import { sealEntries } from '../store/seals.js';
import { dueTimers } from '../store/timers.js';
import type { Backend } from './backend.js';
import { deliverFrom } from './deliver.js';
import { deliverData, deliverJob, deliverQueue, lateDeliverJob, ringData, ringJob } from './jobs.js';

type Tools = {
  readonly database: Database;
  readonly clock: Clock;
  readonly backend: Backend;
  readonly log: Log;
  /** Under which name posts are taken, for the process to know them when it is started again. */
  readonly processId?: string;
};

/** Puts jobs in the queues for what a commit left. Best effort. */
export const nudge = (tools: Tools, committed: Committed): void => {
  const now = tools.clock.now();
  const adding = [
    tools.backend.add(
      'ring',
      committed.timers.map((timer) => ringJob(timer, now)),
    ),
    ...(['slack', 'wechat'] as const).map((channel) =>
      tools.backend.add(
        deliverQueue(channel),
        committed.outbox.filter((post) => post.channel === channel).map((post) => deliverJob(post.id)),
      ),
    ),
  ];
  for (const one of adding) {
    one.catch((error: Error) => tools.log.warn({ err: { message: error.message } }, 'left to the sweep'));
  }
};

export const workRings = (tools: Tools, desk: Desk): void =>
  tools.backend.work('ring', 4, async (data) => {
    const { timer, version } = ringData.parse(data);
    await desk.ring(timer, version);
  });

export const workDeliveries = (tools: Tools, bot: Bot, concurrency: number): void =>
  tools.backend.work(deliverQueue(bot.channel), concurrency, async (data) => {
    await deliverFrom(tools, bot, deliverData.parse(data).outbox);
  });

// A timer that is so late has lost its job, or its job hangs on a worker that was killed: it is rung without one.
const overlookedAfterMs = 30_000;
const mostRungBySweep = 50;

type SweepTools = Tools & { readonly vault: Vault };

const ringLate = async ({ database, backend, clock, log }: SweepTools, desk: Desk): Promise<void> => {
  const now = clock.now();
  const timers = await dueTimers(database, now);
  const overlooked = timers.filter((timer) => now.getTime() - timer.dueAt.getTime() > overlookedAfterMs);
  for (const timer of overlooked.slice(0, mostRungBySweep)) {
    await desk
      .ring(timer.id, timer.version)
      .catch((error: unknown) => log.error({ err: error, timer: timer.id }, 'a late alarm failed'));
  }
  await backend.add(
    'ring',
    timers.map((timer) => ringJob(timer, now, true)),
  );
};

const sendWaiting = async ({ database, backend, clock }: SweepTools): Promise<void> => {
  await orphanPosts(database);
  const posts = await waitingPosts(database, clock.now());
  for (const channel of ['slack', 'wechat'] as const) {
    await backend.add(
      deliverQueue(channel),
      posts.filter((post) => post.channel === channel).map((post) => lateDeliverJob(post.id, post.attempts)),
    );
  }
};

const seal = async ({ database, vault, log }: SweepTools): Promise<void> => {
  const sealed = await sealEntries(database, vault);
  // The log is kept elsewhere: by a head of it, `desk audit verify` finds that later entries were cut off.
  if (sealed) log.info(sealed, 'entries sealed');
};

/** For inputs without an answer, timers without a ring, posts without a delivery, entries without a seal. */
const looks = (tools: SweepTools, desk: Desk): readonly (() => Promise<unknown>)[] => [
  desk.recover,
  () => ringLate(tools, desk),
  () => sendWaiting(tools),
  desk.reportDead,
  () => seal(tools),
];

/** One look for each, one after the other. */
export const sweep = async (tools: SweepTools, desk: Desk): Promise<void> => {
  for (const look of looks(tools, desk)) await look();
};

export type Sweeping = { readonly now: () => Promise<void>; readonly stop: () => Promise<void> };

/**
 * Sweeps at once and then again and again. It runs on timers of the process rather than on jobs: it must outlive the
 * loss of every job. Each look goes round by itself: an alarm does not wait for a thousand inputs to be answered.
 */
export const startSweeping = (tools: SweepTools, desk: Desk, everyMs: number): Sweeping => {
  const rounds = looks(tools, desk).map((look) =>
    startRound(
      () => look().catch((error: unknown) => tools.log.warn({ err: error }, 'a sweep failed')),
      everyMs,
    ),
  );
  return {
    now: async () => {
      await Promise.all(rounds.map((round) => round.now()));
    },
    stop: async () => {
      await Promise.all(rounds.map((round) => round.stop()));
    },
  };
};

const startRound = (look: () => Promise<unknown>, everyMs: number) => {
  let stopped = false;
  let next: NodeJS.Timeout | undefined;
  let running: Promise<unknown> = Promise.resolve();
  const once = (): Promise<unknown> => {
    running = running.then(look);
    return running;
  };
  const loop = async (): Promise<void> => {
    await once();
    if (!stopped) next = setTimeout(() => void loop(), everyMs);
  };
  void loop();
  return {
    now: once,
    stop: async (): Promise<void> => {
      stopped = true;
      clearTimeout(next);
      await running;
    },
  };
};
