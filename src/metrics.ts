/** What Prometheus is told. Counts and ages only: no name, no case, no word that anybody said. */
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Bot } from './bots/bot.js';
import type { Clock } from './clock.js';
import { type Backend, queueNames } from './jobs/backend.js';
import { type Backlog, readBacklog } from './store/backlog.js';
import type { Database } from './store/database.js';
import type { Handler } from './web.js';

type Watched = {
  readonly database: Database;
  readonly backend: Backend;
  readonly bots: readonly Bot[];
  readonly clock: Clock;
};

/** `GET /metrics`. Everything is read when it is asked for; what can't be read is left out, and said to be down. */
export const metricsRoute = ({ database, backend, bots, clock }: Watched): Handler => {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const gauge = <Label extends string = never>(
    name: string,
    help: string,
    labelNames: readonly Label[] = [],
  ): Gauge<Label> => new Gauge({ name: `desk_${name}`, help, labelNames, registers: [registry] });

  const databaseUp = gauge('database_up', 'Whether the database answers');
  const queuesUp = gauge('queues_up', 'Whether the queues answer');
  const channelUp = gauge('channel_up', 'Whether the channel is connected', ['channel']);
  const jobs = gauge('queue_jobs', 'Jobs in a queue', ['queue', 'state']);
  const inputs = gauge('inputs_unanswered', 'Inputs that wait for an answer', ['channel']);
  const inputAge = gauge('input_oldest_seconds', 'Age of the oldest unanswered input', ['channel']);
  const posts = gauge('posts_waiting', 'Posts that are due and have not gone out', ['channel']);
  const postAge = gauge('post_oldest_seconds', 'Age of the oldest post that is due', ['channel']);
  const timers = gauge('timers_late', 'Reminders and deadlines that are due and have not rung');
  const timerAge = gauge('timer_latest_seconds', 'How late the latest of them is');
  const dead = gauge('dead_letters', 'What was given up: see desk dead-letters', ['kind']);
  const unsealed = gauge('audit_entries_unsealed', 'Entries of the audit that are not sealed yet');

  const fill = (backlog: Backlog): void => {
    for (const channel of ['slack', 'wechat'] as const) {
      inputs.set({ channel }, backlog.inputs[channel].count);
      inputAge.set({ channel }, backlog.inputs[channel].ageSeconds);
      posts.set({ channel }, backlog.posts[channel].count);
      postAge.set({ channel }, backlog.posts[channel].ageSeconds);
    }
    timers.set(backlog.timers.count);
    timerAge.set(backlog.timers.ageSeconds);
    dead.set({ kind: 'post' }, backlog.deadPosts);
    dead.set({ kind: 'input' }, backlog.deadInputs);
    unsealed.set(backlog.unsealed);
  };

  return async (_, response) => {
    for (const stale of [inputs, inputAge, posts, postAge, timers, timerAge, dead, unsealed, jobs])
      stale.reset();
    const [backlog, counts] = await Promise.allSettled([
      readBacklog(database, clock.now()),
      Promise.all(queueNames.map(async (queue) => ({ queue, counts: await backend.counts(queue) }))),
    ]);
    databaseUp.set(backlog.status === 'fulfilled' ? 1 : 0);
    if (backlog.status === 'fulfilled') fill(backlog.value);
    queuesUp.set(counts.status === 'fulfilled' ? 1 : 0);
    if (counts.status === 'fulfilled') {
      for (const { queue, counts: states } of counts.value) {
        for (const [state, count] of Object.entries(states)) jobs.set({ queue, state }, count);
      }
    }
    for (const bot of bots) channelUp.set({ channel: bot.channel }, bot.health().state === 'up' ? 1 : 0);
    response.writeHead(200, { 'content-type': registry.contentType, 'cache-control': 'no-store' });
    response.end(await registry.metrics());
  };
};
