import { type Logger, LogLevel } from '@slack/bolt';
import type { Log } from '../../log.js';

/** Bolt's logger over ours. Bolt's debug lines hold whole payloads, so they go nowhere. */
export const boltLog = (log: Log): Logger => ({
  debug: () => {},
  info: (...words) => log.debug(words.join(' ')),
  warn: (...words) => log.warn(words.join(' ')),
  error: (...words) => log.error(words.join(' ')),
  setLevel: () => {},
  getLevel: () => LogLevel.INFO,
  setName: () => {},
});
