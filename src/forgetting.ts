import type { Clock } from './clock.js';
import { readSettings } from './core/settings.js';
import type { Log } from './log.js';
import type { Database } from './store/database.js';
import { forget } from './store/retention.js';

/** Looks once an hour whether personal data has been kept for long enough. */
export const startForgetting = (
  { database, clock, log }: { readonly database: Database; readonly clock: Clock; readonly log: Log },
  everyMs = 3_600_000,
): { readonly stop: () => Promise<void> } => {
  const look = async (): Promise<void> => {
    const alliance = await database.alliance.findUnique({ where: { id: 1 }, select: { settings: true } });
    if (!alliance) return;
    const forgotten = await forget(database, readSettings(alliance.settings).retention, clock.now());
    if (Object.values(forgotten).some((count) => count > 0)) log.info(forgotten, 'forgotten as it was due');
  };
  let looking: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    looking = looking.then(look).catch((error: unknown) => log.warn({ err: error }, 'nothing was forgotten'));
  }, everyMs);
  return {
    stop: async () => {
      clearInterval(timer);
      await looking;
    },
  };
};
