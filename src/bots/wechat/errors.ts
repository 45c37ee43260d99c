import type { Log } from '../../log.js';

/** What can be told of an error without repeating what people wrote. */
export const reasonOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n', 1)[0]?.slice(0, 200) ?? '';

export type ErrorCount = {
  /** Notes an error; true once the last minute had more than `most`. */
  isFlood(error: unknown): boolean;
};

const minute = 60_000;

/** A broken puppet emits a hundred errors a second: they are counted, and one line in ten seconds is logged. */
export const countErrors = (log: Log, most = 20, quietMs = 10_000): ErrorCount => {
  let recent: number[] = [];
  let loggedAt = Number.NEGATIVE_INFINITY;
  let unlogged = 0;
  return {
    isFlood: (error) => {
      const now = performance.now();
      recent = [...recent.slice(-most), now].filter((at) => at > now - minute);
      if (now - loggedAt < quietMs) unlogged += 1;
      else {
        log.warn({ reason: reasonOf(error), unlogged }, 'wechat: the puppet reports an error');
        loggedAt = now;
        unlogged = 0;
      }
      return recent.length > most;
    },
  };
};

const limited =
  /ret:?\s*-?1205\b|频繁|too (?:often|frequent|fast|many)|rate.?limit|账号.{0,6}(?:限制|异常)/iu;
const impossible =
  /text too long|not (?:a |your )?friend|不是.{0,4}(?:好友|朋友)|拒收|blacklist|已解散|room .{0,20}dismissed/iu;

export type SendFailure = 'limited' | 'impossible' | 'not sent' | 'unsure';

/**
 * What a failed send means. Codes are those of gRPC: with 2 (unknown) the service answered that its own
 * attempt failed; with 14 nothing went out only if no connection was there to begin with.
 */
export const sendFailure = (error: unknown): SendFailure => {
  const reason = error instanceof Error ? error.message : String(error);
  if (limited.test(reason)) return 'limited';
  if (impossible.test(reason)) return 'impossible';
  if (/^(?:no grpc manager|NO CLIENT|not logged in)/.test(reason)) return 'not sent';
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 2 || code === 7 || code === 16) return 'not sent';
  if (code === 14 && /no connection established|ECONNREFUSED|name resolution/i.test(reason))
    return 'not sent';
  return 'unsure';
};
