import type { Bot, Outcome } from '../bots/bot.js';
import type { Clock } from '../clock.js';
import type { Log } from '../log.js';
import type { Database } from '../store/database.js';
import { type Claimed, claimNext, isStale, markSent, messageIdOf, putOff, settle } from '../store/outbox.js';
import type { Backend } from './backend.js';
import { deliverJob, deliverQueue } from './jobs.js';

const attemptsWhenUnsure = 6;
const unsureBackoffMs = (attempts: number): number => Math.min(60_000, 1_000 * 2 ** attempts);

type Tools = {
  readonly database: Database;
  readonly clock: Clock;
  readonly backend: Backend;
  readonly log: Log;
  readonly processId?: string;
};

/** Sends what waits in the conversation of a post, in order, until nothing is left or it has to pause. */
export const deliverFrom = async (tools: Tools, bot: Bot, outbox: bigint): Promise<void> => {
  for (;;) {
    const post = await claimNext(tools.database, outbox, tools.clock.now(), tools.processId);
    if (!post) return;
    const goOn = await deliverOne(tools, bot, post);
    if (!goOn) return;
  }
};

const deliverOne = async (tools: Tools, bot: Bot, post: Claimed): Promise<boolean> => {
  const { database, clock } = tools;
  if (await isStale(database, post)) {
    await settle(database, post.id, { status: 'dropped', problem: 'no longer true' });
    return true;
  }
  const replaces = post.replacesId === null ? undefined : await messageIdOf(database, post.replacesId);
  if (replaces === null) {
    await settle(database, post.id, { status: 'dropped', problem: 'nothing to change' });
    return true;
  }
  const outcome = await attempt(bot, post, replaces);
  return record(tools, post, outcome, clock.now());
};

const attempt = async (bot: Bot, post: Claimed, replaces: string | undefined): Promise<Outcome> => {
  try {
    return await bot.deliver({
      id: String(post.id),
      account: post.account,
      conversation: post.conversation,
      content: post.content,
      ...(replaces !== undefined && { replaces }),
      ...(post.unsureSince && { unsureSince: post.unsureSince }),
    });
  } catch (error) {
    return { kind: 'unsure', reason: error instanceof Error ? error.message : String(error) };
  }
};

const record = async (tools: Tools, post: Claimed, outcome: Outcome, now: Date): Promise<boolean> => {
  const { database, log } = tools;
  const about = { post: String(post.id), channel: post.channel, case: post.caseId };
  switch (outcome.kind) {
    case 'sent':
      await markSent(database, post.id, outcome.messageId, now);
      return true;
    case 'refused':
      log.warn({ ...about, reason: outcome.reason }, 'a post was refused');
      await settle(database, post.id, { status: 'failed', problem: outcome.reason });
      return true;
    case 'later': {
      const again = new Date(now.getTime() + outcome.afterMs);
      await putOff(database, post, outcome.reason, again);
      await tryAgain(tools, post, now, again);
      return false;
    }
    case 'unsure': {
      if (post.attempts >= attemptsWhenUnsure) {
        log.error({ ...about, reason: outcome.reason }, 'a post was given up');
        await settle(database, post.id, { status: 'failed', problem: outcome.reason });
        return true;
      }
      const again = new Date(now.getTime() + unsureBackoffMs(post.attempts));
      await settle(database, post.id, { status: 'unsure', problem: outcome.reason, deliverAfter: again });
      await tryAgain(tools, post, now, again);
      return false;
    }
    default:
      return outcome satisfies never;
  }
};

const tryAgain = (tools: Tools, post: Claimed, now: Date, again: Date): Promise<void> =>
  tools.backend
    .add(deliverQueue(post.channel), [deliverJob(post.id, again.getTime(), again.getTime() - now.getTime())])
    .catch((error: Error) => tools.log.warn({ err: { message: error.message } }, 'left to the sweep'));
