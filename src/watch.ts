import type { Bot } from './bots/bot.js';
import type { Desk } from './desk/desk.js';
import type { Log } from './log.js';

const everyMs = 15_000;
// A network that stumbles comes back by itself within a minute or two.
const patienceMs = 5 * 60_000;

/** Has the secretariat told when a channel has been down for a while, and when it is back. */
export const watchChannels = (
  bots: readonly Bot[],
  desk: Desk,
  log: Log,
  timing = { everyMs, patienceMs },
): { readonly stop: () => Promise<void> } => {
  const downSince = new Map<Bot, number>();
  let looking: Promise<void> = Promise.resolve();
  const look = async (): Promise<void> => {
    for (const bot of bots) {
      const { state } = bot.health();
      if (state === 'up') {
        downSince.delete(bot);
        await desk.reportChannel(bot.channel, 'up');
        continue;
      }
      const since = downSince.get(bot) ?? Date.now();
      downSince.set(bot, since);
      if (Date.now() - since >= timing.patienceMs) await desk.reportChannel(bot.channel, 'down');
    }
  };
  const timer = setInterval(() => {
    looking = looking
      .then(look)
      .catch((error: unknown) => log.warn({ err: error }, 'the channels could not be watched'));
  }, timing.everyMs);
  return {
    stop: async () => {
      clearInterval(timer);
      await looking;
    },
  };
};
