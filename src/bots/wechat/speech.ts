/** Everything the account says: at the pace of a person, and never while the network asks for silence. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Delivery, Outcome } from '../bot.js';
import { reasonOf, sendFailure } from './errors.js';
import { noted, type Pace, type Paced, unpaced, waitFor } from './pace.js';
import type { Puppet } from './puppet.js';
import { render } from './render.js';

export type Speech = {
  deliver(delivery: Delivery): Promise<Outcome>;
  /** For a note that has no row in the outbox: waits for its turn, and is lost when it can't be sent. */
  note(conversation: string, text: string): Promise<Outcome>;
  /** Why nothing is sent at present, if so. */
  silentBecause(): string | undefined;
  /** Resolves once nothing is on its way any more. */
  idle(): Promise<void>;
};

const offlineMs = 5_000;
const failedMs = 15_000;
/** The account was told to be quiet: sending on is what gets it banned. */
const limitedMs = 30 * 60_000;
const sendLimitMs = 30_000;
const noteAttempts = 10;

const inTime = <T>(sent: Promise<T>): Promise<T> =>
  Promise.race([
    sent,
    pause(sendLimitMs, undefined, { ref: false }).then(() => {
      throw new Error('the network did not answer in time');
    }),
  ]);

/** `puppet` gives the puppet while an account is logged in. */
export const openSpeech = (pace: Pace, puppet: () => Puppet | undefined): Speech => {
  let paced: Paced = unpaced;
  let silentUntil = 0;
  let silentReason = '';
  /** How many parts of a long message are out already, so that another attempt goes on after them. */
  const partsOut = new Map<string, number>();
  const underWay = new Set<Promise<Outcome>>();

  const failed = (error: unknown): Outcome => {
    const reason = reasonOf(error);
    const failure = sendFailure(error);
    switch (failure) {
      case 'limited':
        silentUntil = Date.now() + limitedMs;
        silentReason = reason;
        return { kind: 'later', afterMs: limitedMs, reason: `the account is limited: ${reason}` };
      case 'impossible':
        return { kind: 'refused', reason };
      case 'not sent':
        return { kind: 'later', afterMs: failedMs, reason };
      case 'unsure':
        return { kind: 'unsure', reason };
      default:
        return failure satisfies never;
    }
  };

  /** Sends texts to one conversation. `done` parts of them are out; `onPart` hears of each further one. */
  const say = async (
    conversation: string,
    parts: readonly string[],
    done: number,
    onPart: (out: number) => void,
  ): Promise<Outcome> => {
    const now = Date.now();
    if (silentUntil > now)
      return {
        kind: 'later',
        afterMs: silentUntil - now,
        reason: `the account is limited: ${silentReason}`,
      };
    if (!puppet()) return { kind: 'later', afterMs: offlineMs, reason: 'nobody is logged in' };
    const left = parts.length - done;
    const afterMs = Math.ceil(waitFor(pace, paced, now, conversation, left));
    if (afterMs > 0) return { kind: 'later', afterMs, reason: 'the pace of a person' };
    paced = noted(pace, paced, now, conversation, Math.random(), left);

    let messageId: string | undefined;
    for (const [index, text] of parts.entries()) {
      if (index < done) continue;
      if (index > done) await pause(pace.sameMs);
      const line = puppet();
      const partial = index > 0;
      if (!line)
        return partial
          ? { kind: 'unsure', reason: 'the line was lost in the middle of a message' }
          : { kind: 'later', afterMs: offlineMs, reason: 'nobody is logged in' };
      try {
        messageId = (await inTime(line.messageSendText(conversation, text))) || undefined;
      } catch (error) {
        const outcome = failed(error);
        return partial && outcome.kind !== 'refused' ? { kind: 'unsure', reason: reasonOf(error) } : outcome;
      }
      onPart(index + 1);
    }
    return { kind: 'sent', ...(messageId === undefined ? {} : { messageId }) };
  };

  const watched = (outcome: Promise<Outcome>): Promise<Outcome> => {
    underWay.add(outcome);
    return outcome.finally(() => underWay.delete(outcome));
  };

  return {
    deliver: async (delivery) => {
      if (delivery.replaces !== undefined)
        return { kind: 'refused', reason: 'a message on WeChat cannot be changed' };
      // WeChat can't be searched for what was sent, so after an unsure attempt (`unsureSince`) the message goes
      // out again. This is the one window in which somebody may read it twice; its number tells.
      const parts = render(delivery.content);
      const outcome = await watched(
        say(delivery.conversation, parts, partsOut.get(delivery.id) ?? 0, (out) => {
          if (out < parts.length) partsOut.set(delivery.id, out);
        }),
      );
      if (outcome.kind === 'sent' || outcome.kind === 'refused') partsOut.delete(delivery.id);
      return outcome;
    },
    note: async (conversation, text) => {
      for (let attempt = 1; ; attempt += 1) {
        const outcome = await watched(say(conversation, [text], 0, () => {}));
        if (outcome.kind !== 'later' || attempt === noteAttempts) return outcome;
        if (silentUntil > Date.now() || !puppet()) return outcome;
        await pause(outcome.afterMs);
      }
    },
    silentBecause: () => (silentUntil > Date.now() ? silentReason : undefined),
    idle: async () => {
      await Promise.all(underWay);
    },
  };
};
