/**
 * How fast the account may speak. WeChat blocks personal accounts that send like a machine, so the pace is a
 * person's. Pure: time and chance are arguments.
 */
export type Pace = {
  /** Least time between two messages in one conversation. */
  readonly sameMs: number;
  /** Least and most time before a message in another conversation; chance picks between them. */
  readonly switchMs: readonly [number, number];
  /** Most messages in any minute. */
  readonly perMinute: number;
};

export const gentlePace: Pace = { sameMs: 1000, switchMs: [3000, 5000], perMinute: 40 };

/** For a stand-in, which blocks nobody. */
export const fastPace: Pace = { sameMs: 0, switchMs: [0, 0], perMinute: Number.POSITIVE_INFINITY };

/** What went out in the last minute, oldest first, and the gap to keep before the conversation is switched. */
export type Paced = {
  readonly sent: readonly { readonly conversation: string; readonly at: number }[];
  readonly switchMs: number;
};

export const unpaced: Paced = { sent: [], switchMs: 0 };

const minute = 60_000;

/** Milliseconds until `parts` messages may start to go out, `sameMs` apart; 0 when they may now. */
export const waitFor = (pace: Pace, paced: Paced, now: number, conversation: string, parts = 1): number => {
  const last = paced.sent.at(-1);
  const lastHere = paced.sent.findLast((one) => one.conversation === conversation);
  const free = [now];
  if (lastHere) free.push(lastHere.at + pace.sameMs);
  if (last && last.conversation !== conversation) free.push(last.at + paced.switchMs);
  // With `room` messages left in the minute, the oldest ones have to leave it first.
  const room = pace.perMinute - Math.min(parts, pace.perMinute);
  const inTheWay = paced.sent.at(-(room + 1));
  if (inTheWay) free.push(inTheWay.at + minute);
  return Math.max(...free) - now;
};

/** The state after `parts` messages went out from `now` on. `chance` is between 0 and 1. */
export const noted = (
  pace: Pace,
  paced: Paced,
  now: number,
  conversation: string,
  chance: number,
  parts = 1,
): Paced => {
  const [least, most] = pace.switchMs;
  const added = Array.from({ length: parts }, (_, part) => ({ conversation, at: now + part * pace.sameMs }));
  return {
    sent: [...paced.sent.filter((one) => one.at > now - minute), ...added],
    switchMs: least + chance * (most - least),
  };
};
