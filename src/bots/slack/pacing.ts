/** One message a second per conversation, three at once: what Slack promises to show. */
export type Bucket = { readonly tokens: number; readonly at: number };

const burst = 3;
const perSecond = 1;

const filled = (bucket: Bucket | undefined, now: number): number =>
  bucket ? Math.min(burst, bucket.tokens + (Math.max(0, now - bucket.at) / 1000) * perSecond) : burst;

/** Takes a token if there is one; otherwise says how many milliseconds until there will be. */
export const takeToken = (
  bucket: Bucket | undefined,
  now: number,
): { readonly bucket: Bucket; readonly waitMs: number } => {
  const tokens = filled(bucket, now);
  return tokens >= 1
    ? { bucket: { tokens: tokens - 1, at: now }, waitMs: 0 }
    : { bucket: { tokens, at: now }, waitMs: Math.ceil(((1 - tokens) / perSecond) * 1000) };
};

/** A bucket that gives nothing for `ms`: Slack asked for a pause. */
export const paused = (now: number, ms: number): Bucket => ({ tokens: 1 - (ms / 1000) * perSecond, at: now });

/** As good as new, so that it need not be remembered. */
export const isFull = (bucket: Bucket, now: number): boolean => filled(bucket, now) >= burst;
