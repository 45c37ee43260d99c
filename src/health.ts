import type { Bot } from './bots/bot.js';
import type { Clock } from './clock.js';
import type { Backend } from './jobs/backend.js';
import type { Database } from './store/database.js';
import { type Handler, sendJson } from './web.js';

type State = { readonly state: 'up' | 'starting' | 'down'; readonly detail: string };

const patienceMs = 2_000;

const probe = async (what: Promise<unknown>, detail: string): Promise<State> => {
  const late = new Promise<never>((_, reject) =>
    setTimeout(() => reject(new Error('no answer')), patienceMs).unref(),
  );
  try {
    await Promise.race([what, late]);
    return { state: 'up', detail };
  } catch (error) {
    return { state: 'down', detail: error instanceof Error ? error.message : String(error) };
  }
};

/**
 * The state of each part. The answer is 503 only without the database: without queues the sweep carries on,
 * and without one channel the other does.
 */
export const healthRoute =
  ({
    database,
    backend,
    bots,
    clock,
  }: {
    database: Database;
    backend: Backend;
    bots: readonly Bot[];
    clock: Clock;
  }): Handler =>
  async (_, response) => {
    const [stored, queued] = await Promise.all([
      probe(database.$queryRaw`SELECT 1`, 'PostgreSQL'),
      probe(backend.ping(), backend.kind === 'redis' ? 'BullMQ on Redis' : 'BullMQ on PostgreSQL'),
    ]);
    const channels = Object.fromEntries(bots.map((bot) => [bot.channel, bot.health()]));
    const up = [stored, queued, ...Object.values(channels)].every((part) => part.state === 'up');
    sendJson(response, stored.state === 'up' ? 200 : 503, {
      status: up ? 'up' : stored.state === 'up' ? 'degraded' : 'down',
      time: clock.now(),
      database: stored,
      queues: queued,
      ...channels,
    });
  };
