import type { Bot } from './bots/bot.js';
import type { Desk } from './desk/desk.js';
import type { Log } from './log.js';

const everyMs = 15_000;
// A network that stumbles comes back by itself within a minute or two.
const patienceMs = 5 * 60_000;

/** `isOurs`: whether this process is the one that knows how the channel is. */
export type Watched = { readonly bot: Bot; readonly isOurs: () => boolean };

/** Has the secretariat told when a channel has been down for a while, and when it is back. */
export const watchChannels = (
  channels: readonly Watched[],
  desk: Desk,
  log: Log,
  timing = { everyMs, patienceMs },
): { readonly stop: () => Promise<void> } => {
  const downSince = new Map<Bot, number>();
  let looking: Promise<void> = Promise.resolve();
  const look = async (): Promise<void> => {
    for (const { bot, isOurs } of channels) {
      if (!isOurs()) {
        downSince.delete(bot);
        continue;
      }
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
