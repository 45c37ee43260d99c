import type { Bot, Outcome } from '../bots/bot.js';
import type { Clock } from '../clock.js';
import type { Log } from '../log.js';
import type { Database } from '../store/database.js';
import { type Claimed, claimNext, isStale, markSent, messageIdOf, settle } from '../store/outbox.js';
import type { Backend } from './backend.js';
import { deliverJob, deliverQueue } from './jobs.js';

const attemptsWhenUnsure = 6;
const unsureBackoffMs = (attempts: number): number => Math.min(60_000, 1_000 * 2 ** attempts);

type Tools = {
  readonly database: Database;
  readonly clock: Clock;
  readonly backend: Backend;
  readonly log: Log;
};

/** Sends what waits in the conversation of a post, in order, until nothing is left or it has to pause. */
export const deliverFrom = async (tools: Tools, bot: Bot, outbox: bigint): Promise<void> => {
  for (;;) {
    const post = await claimNext(tools.database, outbox, tools.clock.now());
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
    case 'later':
      await pause(tools, post, post.unsureSince ? 'unsure' : 'pending', outcome.afterMs, outcome.reason, now);
      return false;
    case 'unsure': {
      if (post.attempts >= attemptsWhenUnsure) {
        log.error({ ...about, reason: outcome.reason }, 'a post was given up');
        await settle(database, post.id, { status: 'failed', problem: outcome.reason });
        return true;
      }
      await pause(tools, post, 'unsure', unsureBackoffMs(post.attempts), outcome.reason, now);
      return false;
    }
    default:
      return outcome satisfies never;
  }
};

const pause = async (
  tools: Tools,
  post: Claimed,
  status: 'pending' | 'unsure',
  afterMs: number,
  problem: string,
  now: Date,
): Promise<void> => {
  await settle(tools.database, post.id, { status, problem, deliverAfter: new Date(now.getTime() + afterMs) });
  await tools.backend
    .add(deliverQueue(post.channel), [deliverJob(post.id, post.attempts, afterMs)])
    .catch((error: Error) => tools.log.warn({ err: { message: error.message } }, 'left to the sweep'));
};
