/** Puts a process together from its settings: what it holds is opened in order, and closed in reverse. */
import { join } from 'node:path';
import { demoAllianceFile, loadAllianceFile } from './alliance/file.js';
import { importAlliance } from './alliance/import.js';
import type { Bot } from './bots/bot.js';
import { openMovableClock, realClock } from './clock.js';
import { clockRoute } from './clock-route.js';
import { type Config, processRoles } from './config.js';
import { type Committed, type Desk, openDesk } from './desk/desk.js';
import { loadParts } from './desk/load.js';
import { startForgetting } from './forgetting.js';
import { healthRoute } from './health.js';
import { type Backend, openPostgresBackend, openRedisBackend } from './jobs/backend.js';
import { nudge, type Sweeping, startSweeping, workDeliveries, workRings } from './jobs/worker.js';
import { openLinks, openPasses } from './links.js';
import type { Log } from './log.js';
import { metricsRoute } from './metrics.js';
import { holdAccount, isUp, openSlack, openWeChat, preload } from './networks.js';
import { pageRoutes } from './pages/routes.js';
import { openPlayground } from './playground/playground.js';
import type { SlackStandIn } from './standins/slack/slack-stand-in.js';
import type { WeChatStandIn } from './standins/wechat/stand-in.js';
import { type Database, openDatabase } from './store/database.js';
import { startEmbeddedPostgres, visitEmbeddedPostgres } from './store/embedded-postgres.js';
import { migrate } from './store/migrate.js';
import { orphanPostsOf } from './store/outbox.js';
import { deskOn, holdDataDir } from './store/single-run.js';
import { deskKey, openVault } from './vault.js';
import { type Watched, watchChannels } from './watch.js';
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

/** Where the database of these settings is, started if it is the desk's own; it may be without tables. */
export const databaseUrl = async (
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
  void preload(config);
  const { url, database } = await openStore(config, tell, onStop);
  await readAlliance(config, database);

  const rehearsal = config.slack.kind === 'standIn' && config.wechat.kind === 'standIn';
  const movable = rehearsal || config.clock === 'movable' ? await openMovableClock(database) : undefined;
  if (movable) onStop(movable.close);
  const clock = movable ?? realClock;
  const backend = await openBackend(config, url, log);
  onStop(backend.close);

  const tools = { database, clock, backend, log, processId: held.id };
  // Whatever this process had on its way when it last ended was lost with it.
  await orphanPostsOf(database, held.id);
  const onCommitted = (committed: Committed) => nudge(tools, committed);
  const vault = openVault(deskKey(config));
  const passes = openPasses(vault);
  // The port is known once the web server listens, before anybody can ask for a link.
  const links = openLinks(passes, () => config.publicUrl ?? `http://localhost:${web.port}`);
  const parts = await loadParts(database, workflows, vault, links);
  const desk = openDesk(parts, { database, clock, log, onCommitted });
  onStop(desk.idle);

  const routes: Routes = new Map();
  const web = await openWeb(config.host, config.port, routes, log);
  onStop(web.close);
  held.update({ port: web.port });
  const origin = `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${web.port}`;

  const bots: Bot[] = [];
  const watched: Watched[] = [];
  let sweeping: Sweeping | undefined;
  if (config.roles.includes('worker')) {
    workRings(tools, desk);
    sweeping = startSweeping({ ...tools, vault }, desk, sweepEveryMs);
    onStop(sweeping.stop);
    onStop(startForgetting({ database, clock, log }).stop);
  }

  const slack = config.roles.includes('slack')
    ? await openSlack(config, database, desk, log, onStop, clock, origin)
    : undefined;
  if (slack) {
    routes.set(`POST ${slack.path}`, slack.bot.handle);
    bots.push(slack.bot);
    watched.push({ bot: slack.bot, isOurs: () => true });
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
    const account = holdAccount(url, wechat.bot, () => workDeliveries(tools, wechat.bot, 1), log, onStop);
    watched.push({ bot: wechat.bot, isOurs: account.holds });
    // The stand-in's people may write as soon as the desk says that it is ready; a real account may take hours.
    if (wechat.standIn) await isUp(wechat.bot);
  }

  if (config.roles.includes('web')) {
    for (const [route, handler] of pageRoutes({ database, clock, passes })) routes.set(route, handler);
  }
  if (config.publicUrl === undefined && !rehearsal) {
    tell(`PUBLIC_URL is not set: links to calendars and lists lead to http://localhost:${web.port}.`);
  }
  onStop(watchChannels(watched, desk, log).stop);
  routes.set('GET /healthz', healthRoute({ database, backend, bots, clock }));
  routes.set('GET /metrics', metricsRoute({ database, backend, bots, clock }));
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
  config.queues.kind === 'redis' ? openRedisBackend(config.queues.url, log) : openPostgresBackend(url, log);
