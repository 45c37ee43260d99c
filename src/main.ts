/** Puts a process together from its settings: what it holds is opened in order, and closed in reverse. */
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { demoAllianceFile, loadAllianceFile } from './alliance/file.js';
import { importAlliance } from './alliance/import.js';
import type { Bot } from './bots/bot.js';
import { openSlackBot, type SlackBot, slackPath } from './bots/slack/slack-bot.js';
import { fastPace, gentlePace, openWeChatBot, type WeChatBot } from './bots/wechat/bot.js';
import { openMovableClock, realClock } from './clock.js';
import { clockRoute } from './clock-route.js';
import { type Config, processRoles } from './config.js';
import { type Committed, type Desk, openDesk } from './desk/desk.js';
import { loadParts } from './desk/load.js';
import { healthRoute } from './health.js';
import { type Backend, openPostgresBackend, openRedisBackend } from './jobs/backend.js';
import { nudge, type Sweeping, startSweeping, workDeliveries, workRings } from './jobs/worker.js';
import type { Log } from './log.js';
import { openPlayground } from './playground/playground.js';
import type { SlackStandIn } from './standins/slack/slack-stand-in.js';
import type { WeChatStandIn } from './standins/wechat/stand-in.js';
import { type Database, openDatabase } from './store/database.js';
import { startEmbeddedPostgres, visitEmbeddedPostgres } from './store/embedded-postgres.js';
import { takeLease } from './store/lease.js';
import { migrate } from './store/migrate.js';
import { deskOn, holdDataDir } from './store/single-run.js';
import { openWeb, type Routes } from './web.js';
import { workflows } from './workflows/index.js';

export type RunningDesk = {
  readonly port: number;
  readonly database: Database;
  readonly desk: Desk;
  readonly slack: SlackStandIn | undefined;
  readonly wechat: WeChatStandIn | undefined;
  /** Takes nothing more in, lets what is under way finish, and ends all that was started. */
  readonly stop: () => Promise<void>;
};

type OnStop = (close: () => Promise<unknown>) => void;

const sweepEveryMs = 5_000;
const leaseEveryMs = 5_000;

/**
 * Starts the roles that the settings name. `tell` gets lines for the operator. Throws a Fault that says what
 * to do; what was opened by then is closed again.
 */
export const startDesk = async (
  config: Config,
  log: Log,
  tell: (line: string) => void,
): Promise<RunningDesk> => {
  const closing: (() => Promise<unknown>)[] = [];
  const onStop = (close: () => Promise<unknown>) => closing.unshift(close);
  const stop = async () => {
    for (const close of closing.splice(0)) {
      await close().catch((error: unknown) => log.error({ err: error }, 'stopping went wrong'));
    }
  };
  try {
    return { ...(await open(config, log, tell, onStop)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
};

/** The database of these settings, migrated and ready. */
export const openStore = async (
  config: Pick<Config, 'database'>,
  tell: (line: string) => void,
  onStop: OnStop,
): Promise<{ url: string; database: Database }> => {
  const url = await databaseUrl(config, tell, onStop);
  const { applied } = await migrate(url);
  if (applied.length > 0) tell(`Database ready (${applied.length} migrations applied).`);
  const database = openDatabase(url);
  onStop(() => database.$disconnect());
  return { url, database };
};

const databaseUrl = async (
  { database }: Pick<Config, 'database'>,
  tell: (line: string) => void,
  onStop: OnStop,
): Promise<string> => {
  if (database.kind === 'url') return database.url;
  const running = deskOn(database.dir);
  if (running && running.pid !== process.pid) return visitEmbeddedPostgres(database.dir).url;
  const server = await startEmbeddedPostgres({ dataDir: database.dir, log: tell });
  onStop(server.stop);
  return server.url;
};

/** Imports the alliance file that the settings name, or the demo where there is no alliance at all. */
const readAlliance = async (config: Config, database: Database): Promise<void> => {
  const named = config.allianceFile;
  if (!named && (await database.alliance.count()) > 0) return;
  await importAlliance(database, await loadAllianceFile(named ?? demoAllianceFile), new Date());
};

const open = async (
  config: Config,
  log: Log,
  tell: (line: string) => void,
  onStop: OnStop,
): Promise<Omit<RunningDesk, 'stop'>> => {
  // The processes of a split desk may share a machine: each set of roles has a lock of its own.
  const whole = config.roles.length === processRoles.length;
  const held = await holdDataDir(whole ? config.dataDir : join(config.dataDir, config.roles.join('-')), {});
  onStop(held.release);
  const { url, database } = await openStore(config, tell, onStop);
  await readAlliance(config, database);

  const rehearsal = config.slack.kind === 'standIn' && config.wechat.kind === 'standIn';
  const movable = rehearsal || config.clock === 'movable' ? await openMovableClock(database) : undefined;
  const clock = movable ?? realClock;
  const backend = await openBackend(config, url, log);
  onStop(backend.close);

  const tools = { database, clock, backend, log };
  const onCommitted = (committed: Committed) => nudge(tools, committed);
  const parts = await loadParts(database, workflows);
  const desk = openDesk(parts, { database, clock, log, onCommitted });
  onStop(desk.idle);

  const routes: Routes = new Map();
  const web = await openWeb(config.host, config.port, routes, log);
  onStop(web.close);
  held.update({ port: web.port });
  const origin = `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${web.port}`;

  const bots: Bot[] = [];
  let sweeping: Sweeping | undefined;
  if (config.roles.includes('worker')) {
    workRings(tools, desk);
    sweeping = startSweeping(tools, desk, sweepEveryMs);
    onStop(sweeping.stop);
  }

  const slack = config.roles.includes('slack')
    ? await openSlack(config, database, desk, log, onStop, clock, origin)
    : undefined;
  if (slack) {
    routes.set(`POST ${slackPath}`, slack.bot.handle);
    bots.push(slack.bot);
    workDeliveries(tools, slack.bot, 16);
    await slack.bot.start();
  }
  const wechat = config.roles.includes('wechat')
    ? await openWeChat(config, database, desk, log, onStop)
    : undefined;
  if (wechat) {
    bots.push(wechat.bot);
    wechat.bot.onScan((qr) => {
      // On the operator's own terminal only: whoever scans it lends the desk their account.
      if (qr !== undefined) tell(`Scan this with WeChat to log the desk in: ${qr}`);
    });
    holdAccount(url, wechat.bot, () => workDeliveries(tools, wechat.bot, 1), log, onStop);
    // The stand-in's people may write as soon as the desk says that it is ready; a real account may take hours.
    if (wechat.standIn) await isUp(wechat.bot);
  }

  routes.set('GET /healthz', healthRoute({ database, backend, bots, clock }));
  if (movable) routes.set('POST /clock', clockRoute({ database, clock: movable, desk, sweeping }));
  if (slack?.standIn && wechat?.standIn) {
    const playground = openPlayground({ database, slack: slack.standIn, wechat: wechat.standIn, clock });
    onStop(playground.close);
    for (const [route, handler] of playground.routes) routes.set(route, handler);
    routes.set('GET /', (_, response) => void response.writeHead(302, { location: '/playground' }).end());
    tell(`Try it:  ${origin}/playground`);
  }
  tell(`Health:  ${origin}/healthz`);
  const gaps = parts.calendar.gaps(clock.now(), parts.calendar.daysAfter(clock.now(), 180));
  if (gaps.length > 0) {
    tell(
      `No official holidays are known for ${gaps.join(', ')} yet: there, working days mean Monday to Friday.`,
    );
  }
  return { port: web.port, database, desk, slack: slack?.standIn, wechat: wechat?.standIn };
};

const openBackend = (config: Config, url: string, log: Log): Promise<Backend> =>
  config.queues.kind === 'redis'
    ? Promise.resolve(openRedisBackend(config.queues.url, log))
    : openPostgresBackend(url, log);

const openSlack = async (
  config: Config,
  database: Database,
  desk: Desk,
  log: Log,
  onStop: OnStop,
  clock: { now: () => Date },
  origin: string,
): Promise<{ bot: SlackBot; standIn?: SlackStandIn }> => {
  if (config.slack.kind !== 'standIn') {
    const bot = openSlackBot(config.slack, desk, log);
    onStop(() => bot.stop());
    return { bot };
  }
  const { playSlack } = await import('./standins/networks.js');
  const standIn = await playSlack(database, clock.now);
  onStop(() => standIn.stop());
  standIn.deliverTo(`${origin}${slackPath}`);
  const { botToken, signingSecret } = standIn.settings;
  const bot = openSlackBot({ botToken, signingSecret, apiUrl: standIn.apiUrl, now: clock.now }, desk, log);
  onStop(() => bot.stop());
  return { bot, standIn };
};

const openWeChat = async (
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

/** Starts the WeChat bot once this process holds the account's lease, and lets go of it when that is lost. */
const holdAccount = (url: string, bot: WeChatBot, work: () => void, log: Log, onStop: OnStop): void => {
  const stopping = new AbortController();
  let working = false;
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
      if (lease) {
        await bot.start();
        if (!working) work();
        working = true;
        await Promise.race([aborted(lost.signal), aborted(stopping.signal)]);
        if (lost.signal.aborted) {
          log.error('the lease of the WeChat account was lost');
          await bot.abandon();
        } else {
          await bot.stop();
          await lease.release();
        }
      } else {
        await pause(leaseEveryMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      }
    }
  };
  const holding = hold().catch((error: unknown) =>
    log.error({ err: error }, 'the WeChat account could not be held'),
  );
  onStop(async () => {
    stopping.abort();
    await holding;
  });
};

const upWithinMs = 20_000;

const isUp = async (bot: Bot): Promise<void> => {
  const until = Date.now() + upWithinMs;
  while (bot.health().state !== 'up' && Date.now() < until) await pause(20);
};

const aborted = (signal: AbortSignal): Promise<void> =>
  signal.aborted
    ? Promise.resolve()
    : new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
