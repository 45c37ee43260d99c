/** The networks of a process: each bot on the real one that the settings name, or on the stand-in of it. */
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Bot } from './bots/bot.js';
import type { SlackBot } from './bots/slack/slack-bot.js';
import { fastPace, gentlePace, openWeChatBot, type WeChatBot } from './bots/wechat/bot.js';
import type { Config } from './config.js';
import type { Desk } from './desk/desk.js';
import type { Log } from './log.js';
import type { SlackStandIn } from './standins/slack/slack-stand-in.js';
import type { WeChatStandIn } from './standins/wechat/stand-in.js';
import type { Database } from './store/database.js';
import { takeLease } from './store/lease.js';

type OnStop = (close: () => Promise<unknown>) => void;

const leaseEveryMs = 5_000;

/**
 * Loads, while the database is still starting, what the bots of this process are made of: that takes a second or two.
 * What can't be loaded is reported where it is used.
 */
export const preload = async ({ roles, slack, wechat }: Config): Promise<void> => {
  const standIns = slack.kind === 'standIn' || wechat.kind === 'standIn';
  await Promise.allSettled([
    roles.includes('slack') && import('./bots/slack/slack-bot.js'),
    roles.includes('wechat') && import('wechaty'),
    standIns && import('./standins/networks.js'),
  ]);
};

/** The Slack bot, on the workspace of the settings or on its stand-in, and where Slack posts to. */
export const openSlack = async (
  config: Config,
  database: Database,
  desk: Desk,
  log: Log,
  onStop: OnStop,
  clock: { now: () => Date },
  origin: string,
): Promise<{ bot: SlackBot; path: string; standIn?: SlackStandIn }> => {
  // Loaded by those processes only that have the role, as are Wechaty and the stand-ins.
  const { openSlackBot, slackPath: path } = await import('./bots/slack/slack-bot.js');
  if (config.slack.kind !== 'standIn') {
    const bot = openSlackBot(config.slack, desk, log);
    onStop(() => bot.stop());
    return { bot, path };
  }
  const { playSlack } = await import('./standins/networks.js');
  const standIn = await playSlack(database, clock.now);
  onStop(() => standIn.stop());
  standIn.deliverTo(`${origin}${path}`);
  const { botToken, signingSecret } = standIn.settings;
  const bot = openSlackBot({ botToken, signingSecret, apiUrl: standIn.apiUrl, now: clock.now }, desk, log);
  onStop(() => bot.stop());
  return { bot, path, standIn };
};

/** The WeChat bot, on the puppet of the settings or on its stand-in. It starts once it holds the account. */
export const openWeChat = async (
  config: Config,
  database: Database,
  desk: Desk,
  log: Log,
  onStop: OnStop,
): Promise<{ bot: WeChatBot; standIn?: WeChatStandIn }> => {
  const memoryDir = join(config.dataDir, 'wechat');
  if (config.wechat.kind === 'puppet') {
    const { puppet, options } = config.wechat;
    const settings = { puppet, puppetOptions: options, memoryDir, pace: gentlePace };
    return { bot: renewed(() => openWeChatBot(settings, desk, log)) };
  }
  const { playWeChat } = await import('./standins/networks.js');
  const standIn = await playWeChat(database);
  onStop(() => standIn.stop());
  const { endpoint, token } = standIn;
  const settings = {
    puppet: 'wechaty-puppet-service',
    puppetOptions: { endpoint, token, tls: { disable: true } },
    memoryDir,
    // Nobody bans an account of the stand-in, and it has no outage to tell of.
    pace: fastPace,
    announceAfterOutageMs: Number.POSITIVE_INFINITY,
  } as const;
  return { bot: renewed(() => openWeChatBot(settings, desk, log)), standIn };
};

/** A bot that may be started again after it was stopped or abandoned: each start has a new one. */
const renewed = (open: () => WeChatBot): WeChatBot => {
  let bot = open();
  let used = false;
  let show: Parameters<WeChatBot['onScan']>[0] = () => undefined;
  return {
    channel: bot.channel,
    onScan: (listener) => {
      show = listener;
      bot.onScan(listener);
    },
    start: () => {
      if (used) bot = open();
      used = true;
      bot.onScan(show);
      return bot.start();
    },
    deliver: (delivery) => bot.deliver(delivery),
    stop: () => bot.stop(),
    abandon: () => bot.abandon(),
    health: () => bot.health(),
  };
};

/**
 * Starts the WeChat bot once this process holds the account's lease, and lets go of it when that is lost. `holds`: it is
 * this process's to say how the account is.
 */
export const holdAccount = (
  url: string,
  bot: WeChatBot,
  work: () => void,
  log: Log,
  onStop: OnStop,
): { readonly holds: () => boolean } => {
  const stopping = new AbortController();
  let working = false;
  let held = false;
  const hold = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const lost = new AbortController();
      const holder = `${hostname()} ${process.pid} ${randomUUID().slice(0, 8)}`;
      const lease = await takeLease(url, 'wechat', holder, () => lost.abort()).catch((error: Error) => {
        log.warn(
          { err: { message: error.message } },
          'the lease of the WeChat account could not be asked for',
        );
        return undefined;
      });
      held = lease !== undefined;
      if (lease) {
        const started = await bot.start().then(
          () => true,
          (error: unknown) => {
            log.error({ err: error }, 'the WeChat bot could not be started');
            return false;
          },
        );
        if (started) {
          if (!working) work();
          working = true;
          await Promise.race([aborted(lost.signal), aborted(stopping.signal)]);
        }
        if (lost.signal.aborted) {
          held = false;
          log.error('the lease of the WeChat account was lost');
          await bot.abandon();
          continue;
        }
        if (started) await bot.stop();
        await lease.release();
      }
      await pause(leaseEveryMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const holding = hold().catch((error: unknown) =>
    log.error({ err: error }, 'the WeChat account could not be held'),
  );
  onStop(async () => {
    stopping.abort();
    await holding;
  });
  return { holds: () => held };
};

const upWithinMs = 20_000;

/** Waits for a bot to be up, for a while. */
export const isUp = async (bot: Bot): Promise<void> => {
  const until = Date.now() + upWithinMs;
  while (bot.health().state !== 'up' && Date.now() < until) await pause(20);
};

const aborted = (signal: AbortSignal): Promise<void> =>
  signal.aborted
    ? Promise.resolve()
    : new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
