import { webApi } from '@slack/bolt';
import type { Outcome } from '../bot.js';

// Slack said no, but for a reason of its own: whether the call took effect is not known.
const troubled = new Set(['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout']);
const limited = new Set(['ratelimited', 'rate_limited', 'message_limit_exceeded']);
const pauseMs = 30_000;

/** Slack's own word for why it refused a call, if it did. */
export const refusal = (error: unknown): string | undefined =>
  error instanceof webApi.WebAPIPlatformError ? error.data.error : undefined;

/** What a failed call means for the delivery. Anything that may have taken effect is `unsure`. */
export const outcomeOf = (error: unknown): Exclude<Outcome, { kind: 'sent' }> => {
  if (error instanceof webApi.WebAPIRateLimitedError)
    return { kind: 'later', afterMs: Math.max(1, error.retryAfter) * 1000, reason: 'rate limited by Slack' };
  const code = refusal(error);
  if (code !== undefined) {
    if (troubled.has(code)) return { kind: 'unsure', reason: code };
    if (limited.has(code)) return { kind: 'later', afterMs: pauseMs, reason: code };
    return { kind: 'refused', reason: code };
  }
  if (error instanceof webApi.WebAPIHTTPError && error.statusCode < 500)
    return { kind: 'later', afterMs: pauseMs, reason: `HTTP ${error.statusCode}` };
  return { kind: 'unsure', reason: error instanceof Error ? error.message : String(error) };
};
