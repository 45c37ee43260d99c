import type { IncomingMessage, ServerResponse } from 'node:http';
import { HTTPReceiver, SocketModeReceiver, webApi } from '@slack/bolt';
import { Fault } from '../../core/fault.js';
import type { Log } from '../../log.js';
import type { Bot, BotHealth, Reception } from '../bot.js';
import { boltLog } from './bolt-log.js';
import { openDeliveries } from './deliver.js';
import { openIdentity } from './identity.js';
import { IntakeApp, openIntake } from './intake.js';
import { openNames } from './names.js';
import { openSocket } from './socket.js';

export type SlackSettings = {
  readonly botToken: string;
  /** HTTP: Slack posts to /slack/events. */
  readonly signingSecret?: string;
  /** Socket Mode, which wins if both are set: whoever made an app token wants it. */
  readonly appToken?: string;
  readonly apiUrl?: string;
  /** The desk's clock, for inputs that carry no time of their own. */
  readonly now?: () => Date;
};

export interface SlackBot extends Bot {
  /** Answers one request of Slack, for the desk's own server. The body must not have been read. */
  handle(request: IncomingMessage, response: ServerResponse): void;
}

/** Where Slack posts everything in HTTP mode. */
export const slackPath = '/slack/events';

const futureSeconds = 5 * 60;

/** The desk on Slack: Bolt takes in, an own client sends. */
export const openSlackBot = (settings: SlackSettings, reception: Reception, log: Log): SlackBot => {
  const logger = boltLog(log);
  const apiUrl = settings.apiUrl === undefined ? {} : { slackApiUrl: settings.apiUrl };
  const client = (timeout: number, retries: number) =>
    new webApi.WebClient(settings.botToken, {
      ...apiUrl,
      logger,
      timeout,
      retryConfig: { retries, minTimeout: 200 },
      rejectRateLimitedCalls: true,
    });
  const patient = client(5000, 3);
  const quick = client(1500, 0);
  const identity = openIdentity(client(8000, 0), log);
  const knownBot = () => {
    const current = identity.current();
    return current.kind === 'known' ? current.botUserId : undefined;
  };
  const intake = openIntake({
    reception,
    log,
    quick,
    patient,
    nameOf: openNames(client(1000, 0)),
    botUserId: knownBot,
    now: settings.now ?? (() => new Date()),
  });
  const deliver = openDeliveries(client(8000, 0), log);

  const receiver = openReceiver(settings, logger, apiUrl);
  // An `authorize` that needs no network: with `token`, Bolt would ask Slack at start and answer 404 till then.
  const app = new IntakeApp(
    {
      receiver,
      authorize: async () => ({ botToken: settings.botToken }),
      clientOptions: apiUrl,
      ignoreSelf: false,
      logger,
    },
    intake.receive,
  );
  app.event('app_home_opened', async ({ event, body }) => {
    if (event.tab === 'home') await intake.publishHome(body.team_id, event.user);
  });
  app.event('app_uninstalled', async () => revoked('the app was removed from the workspace'));
  app.event('tokens_revoked', async ({ event }) => {
    if (event.tokens.bot?.length) revoked('the bot token was revoked');
  });
  app.error(async (error) => log.error({ error: error.message }, 'Slack: an aside failed'));
  const revoked = (detail: string) => {
    identity.revoke(detail);
    log.error(`Slack: ${detail}; install the app again and set the new SLACK_BOT_TOKEN`);
  };

  const socket = receiver instanceof SocketModeReceiver ? openSocket(receiver.client, log) : undefined;

  return {
    channel: 'slack',
    handle: (request, response) => {
      const status = refuseEarly(request, intake.isStopped());
      if (status !== undefined || !(receiver instanceof HTTPReceiver)) {
        request.resume();
        response.writeHead(status ?? 404).end();
        return;
      }
      receiver.requestListener(request, response);
    },
    start: async () => {
      identity.start();
      socket?.start();
    },
    deliver,
    stop: async () => {
      await intake.stop();
      await socket?.stop();
      await identity.stop();
    },
    health: () => {
      const lastInputAt = intake.lastInputAt();
      return { ...healthOf(identity.current(), socket?.state()), ...(lastInputAt && { lastInputAt }) };
    },
  };
};

const openReceiver = (
  settings: SlackSettings,
  logger: ReturnType<typeof boltLog>,
  apiUrl: { readonly slackApiUrl?: string },
): HTTPReceiver | SocketModeReceiver => {
  if (settings.appToken)
    return new SocketModeReceiver({
      appToken: settings.appToken,
      logger,
      autoReconnectEnabled: false,
      installerOptions: { clientOptions: { ...apiUrl, timeout: 5000, retryConfig: { retries: 0 } } },
    });
  if (settings.signingSecret)
    return new HTTPReceiver({
      signingSecret: settings.signingSecret,
      endpoints: slackPath,
      logger,
      // Bolt's own answer is 404, which reads like a wrong address.
      unhandledRequestHandler: ({ response }) => {
        if (!response.headersSent) response.writeHead(503).end();
      },
    });
  throw new Fault(
    'slack-settings',
    'Slack needs a signing secret or an app token.',
    'Set SLACK_SIGNING_SECRET (HTTP) or SLACK_APP_TOKEN (Socket Mode); both are on the app’s page at api.slack.com.',
  );
};

/** What Bolt would let pass or answer with an exception. Bolt itself only refuses what is too old. */
const refuseEarly = (request: IncomingMessage, stopped: boolean): number | undefined => {
  const path = request.url?.split('?')[0];
  if (path !== slackPath || request.method !== 'POST') return 404;
  if (stopped) return 503;
  const stamp = Number(request.headers['x-slack-request-timestamp']);
  return stamp > Date.now() / 1000 + futureSeconds ? 401 : undefined;
};

const healthOf = (
  identity: ReturnType<ReturnType<typeof openIdentity>['current']>,
  socket: Pick<BotHealth, 'state' | 'detail'> | undefined,
): BotHealth => {
  switch (identity.kind) {
    case 'refused':
      return { state: 'down', detail: identity.detail };
    case 'unknown':
      return { state: 'starting', detail: identity.detail };
    case 'known':
      return socket ?? { state: 'up', detail: `HTTP, workspace ${identity.team}` };
    default:
      return identity satisfies never;
  }
};
