import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { openHomeIt, pressIt, removeAppIt, sayIt, slashIt, submitIt, typed, type Values } from './acts.js';
import { deliverParcel, overHttp, type Parcel, type Receipt, type Transport } from './courier.js';
import { type NetworkFault, openFaults } from './faults.js';
import { type Answer, type Arguments, methods } from './web-api.js';
import {
  bot,
  createWorld,
  type OpenView,
  type Post,
  type Shown,
  type StandInChannel,
  type StandInUser,
} from './world.js';

export type { Shown, StandInChannel, StandInUser } from './world.js';

export type SlackStandInSettings = {
  readonly signingSecret: string;
  readonly botToken: string;
  readonly appToken?: string;
  readonly team: string;
  readonly users: readonly StandInUser[];
  readonly channels: readonly StandInChannel[];
  /** The bot's Request URL; may be given later with `deliverTo`. */
  readonly deliverTo?: string;
  /** Waits before each new attempt at an event. Slack's own: at once, a minute, five. */
  readonly retryDelaysMs?: readonly number[];
  /** How long an acknowledgement may take. */
  readonly ackTimeoutMs?: number;
  /** The clock of posts; signatures always carry the real time. */
  readonly now?: () => Date;
};

export type Call = { readonly method: string; readonly args: Arguments; readonly answer: Answer | undefined };

export interface SlackStandIn {
  /** For the bot's `apiUrl`. */
  readonly apiUrl: string;
  readonly server: Server;
  readonly botUserId: string;
  readonly settings: SlackStandInSettings;
  /** Every call of the Web API with its answer; undefined if a fault came first. */
  readonly calls: readonly Call[];
  readonly posts: readonly Post[];
  deliverTo(url: string): void;
  useTransport(transport: Transport): void;
  addMethod(name: string, token: string, method: () => Answer): void;
  /** How many times the next events are delivered, one after the other. */
  repeatEvents(times: number): void;
  fail(method: string, fault: NetworkFault, times?: number): void;
  /** Calls to come succeed, and events come once. */
  mend(): void;
  onPost(listener: (shown: Shown) => void): () => void;

  say(user: string, channel: string, text: string): Promise<readonly Receipt[]>;
  /** `@desk text` in a room. */
  mention(user: string, channel: string, text: string): Promise<readonly Receipt[]>;
  /** A message as Slack writes it, escapes and references included, with further fields of the event. */
  sayRaw(
    user: string,
    channel: string,
    slackText: string,
    more?: Readonly<Record<string, unknown>>,
  ): Promise<readonly Receipt[]>;
  slash(user: string, channel: string, words: string): Promise<Receipt>;
  /** A button, by its action or the words on it; without a place, under the channel's last post with buttons. */
  press(
    user: string,
    place: { channel: string; ts: string } | 'home' | string,
    button: string,
  ): Promise<Receipt>;
  submitView(user: string, viewId: string, values: Values): Promise<Receipt>;
  openHome(user: string, tab?: 'home' | 'messages'): Promise<readonly Receipt[]>;
  removeApp(): Promise<readonly Receipt[]>;
  deliver(parcel: Parcel): Promise<Receipt>;
  /** The modal before a person's eyes. */
  modalOf(user: string): OpenView | undefined;
  homeOf(user: string): OpenView | undefined;
  directChannel(user: string): string;
  stop(): Promise<void>;
}

/** Slack on this machine, on a free port of the loopback: the Web API, and people who do things. */
export const startSlackStandIn = async (settings: SlackStandInSettings): Promise<SlackStandIn> => {
  const world = createWorld({ ...settings, now: settings.now ?? (() => new Date()) });
  const faults = openFaults();
  const calls: Call[] = [];
  const extra = new Map<string, { readonly token: string; readonly method: () => Answer }>();
  let url = settings.deliverTo ?? '';
  let transport = overHttp(() => url, settings.signingSecret, settings.ackTimeoutMs ?? 3000);
  let times = 1;

  const call = (method: string, token: string, args: Arguments): Answer => {
    const added = extra.get(method);
    if (token !== (added ? added.token : settings.botToken)) return { error: 'invalid_auth' };
    return added?.method() ?? methods[method]?.(args, world) ?? { error: 'unknown_method' };
  };

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const method = /^\/api\/([\w.]+)$/.exec(request.url ?? '')?.[1];
    const args: Arguments = Object.fromEntries(new URLSearchParams(await readAll(request)));
    if (!method) {
      response.writeHead(404).end();
      return;
    }
    const token = request.headers.authorization?.replace(/^Bearer /, '') ?? args.token ?? '';
    const fault = faults.next(method);
    const effective = !fault || fault.kind === 'acceptThenDrop' || fault.kind === 'slow';
    const result = effective ? call(method, token, args) : undefined;
    calls.push({ method, args, answer: result });
    const send = (status: number, body: Answer, headers: Record<string, string> = {}) =>
      response
        .writeHead(status, { 'content-type': 'application/json', ...headers })
        .end(JSON.stringify({ ok: !('error' in body), ...body }));
    switch (fault?.kind) {
      case undefined:
        send(200, result ?? { error: 'fatal_error' });
        return;
      case 'slow':
        setTimeout(() => send(200, result ?? { error: 'fatal_error' }), fault.ms);
        return;
      case 'rateLimited':
        send(429, { error: 'ratelimited' }, { 'retry-after': String(fault.seconds) });
        return;
      case 'status':
        send(fault.status, { error: 'fault' });
        return;
      case 'refused':
        send(200, { error: fault.error });
        return;
      case 'acceptThenDrop':
        request.socket.destroy();
        return;
      case 'hang':
        return;
      default:
        fault satisfies never;
    }
  };

  const server = createServer((request, response) => {
    answer(request, response).catch(() => request.socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;

  const deliver = (parcel: Parcel) =>
    deliverParcel(parcel, transport, settings.retryDelaysMs ?? [100, 1000, 5000]);
  const deliverEvents = async (parcels: readonly Parcel[]): Promise<readonly Receipt[]> => {
    const receipts: Receipt[] = [];
    for (const parcel of parcels)
      for (let round = 0; round < times; round++) receipts.push(await deliver(parcel));
    return receipts;
  };
  const channelFor = (user: string, channel: string) => (channel === 'dm' ? world.directOf(user) : channel);

  /** The last post of a channel that has buttons. */
  const lastPressable = (channel: string) => {
    const post = world.posts.findLast(
      (one) => one.channel === channel && one.blocks.some((block) => block.type === 'actions'),
    );
    return { channel, ts: post?.ts ?? '' };
  };

  return {
    apiUrl: `http://127.0.0.1:${port}/api/`,
    server,
    botUserId: bot.userId,
    settings,
    calls,
    posts: world.posts,
    deliverTo: (target) => {
      url = target;
    },
    useTransport: (other) => {
      transport = other;
    },
    addMethod: (name, token, method) => {
      extra.set(name, { token, method });
    },
    repeatEvents: (count) => {
      times = count;
    },
    fail: (method, fault, count = 1) => faults.add(method, fault, count),
    mend: () => {
      faults.clear();
      times = 1;
    },
    onPost: (listener) => {
      world.watchers.add(listener);
      return () => world.watchers.delete(listener);
    },

    say: (user, channel, text) => deliverEvents(sayIt(world, user, channelFor(user, channel), typed(text))),
    mention: (user, channel, text) =>
      deliverEvents(sayIt(world, user, channel, `<@${bot.userId}> ${typed(text)}`)),
    sayRaw: (user, channel, slackText, more) =>
      deliverEvents(sayIt(world, user, channelFor(user, channel), slackText, more)),
    slash: (user, channel, words) => deliver(slashIt(world, user, channelFor(user, channel), words)),
    press: (user, place, button) => {
      const where =
        typeof place === 'object' || place === 'home' ? place : lastPressable(channelFor(user, place));
      return deliver(pressIt(world, user, where, button));
    },
    submitView: async (user, viewId, values) => {
      const open = world.modals.get(viewId);
      if (open?.user !== user) throw new Error(`${user} has no form ${viewId} open`);
      const receipt = await deliver(submitIt(world, open, values));
      const body = typeof receipt.body === 'object' && receipt.body !== null ? receipt.body : {};
      if (receipt.status === 200 && !('response_action' in body)) world.closeView(viewId);
      return receipt;
    },
    openHome: (user, tab = 'home') => deliverEvents([openHomeIt(world, user, tab)]),
    removeApp: () => deliverEvents([removeAppIt(world)]),
    deliver,
    modalOf: (user) => [...world.modals.values()].findLast((open) => open.user === user),
    homeOf: (user) => world.homes.get(user),
    directChannel: (user) => world.directOf(user),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

const readAll = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
};
