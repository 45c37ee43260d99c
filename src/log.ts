import { type Logger, pino } from 'pino';

export type Log = Logger;

/** One line of JSON per event on standard error. No message text and no personal data goes in. */
export const openLog = (level: string): Log =>
  pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ dest: 2, sync: true }),
  );
