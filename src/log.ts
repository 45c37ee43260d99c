import { type Logger, pino, stdSerializers } from 'pino';

export type Log = Logger;

/**
 * What the log says of an error: what it is and where. Whatever else errors carry stays out: the database's tell of
 * the whole row that was refused, names and numbers and all.
 */
export const errorFacts = (error: unknown): Readonly<Record<string, unknown>> => {
  if (!(error instanceof Error)) return { type: typeof error };
  const { type, message, stack, code } = stdSerializers.err(error);
  return { type, message, ...(code !== undefined && { code }), stack };
};

/** One line of JSON per event on standard error. No message text and no personal data goes in. */
export const openLog = (level: string): Log =>
  pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: errorFacts },
    },
    pino.destination({ dest: 2, sync: true }),
  );
