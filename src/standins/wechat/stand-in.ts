/**
 * A WeChat network on this machine, behind the same gRPC puppet service that a real one is reached through. It
 * may run in the desk's process. The Wechaty packages are loaded on start only.
 */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Contact, NetworkPuppet, Room, Said, Sent } from './network.js';

export type { Contact, Room, Sent } from './network.js';

export type StandInSettings = {
  /** "host:port"; port 0 takes a free one. 127.0.0.1:0 by default. */
  readonly endpoint?: string;
  /** Starts with "insecure_", as there is no TLS. */
  readonly token?: string;
  readonly bot: Contact;
  readonly contacts: readonly Contact[];
  readonly rooms: readonly Room[];
  /** A sign of life each so many milliseconds; 15 s by default. */
  readonly heartbeatMs?: number;
};

export type SayOptions = {
  /** Mentions the bot as clients do: in the text and in the message's list. */
  readonly mention?: boolean;
  readonly id?: string;
  readonly at?: Date;
  /** Wechaty's number of the type; 7, text, by default. */
  readonly type?: number;
};

export type WeChatStandIn = {
  readonly endpoint: string;
  readonly port: number;
  readonly token: string;
  /** Everything the bot has sent, oldest first. */
  readonly sent: readonly Sent[];
  /** Hears each message of the bot; call what is returned to stop listening. */
  onSent(listener: (message: Sent) => void): () => void;
  /** Somebody writes to the bot or in a room; returns the message's id. Lost while no bot is connected. */
  say(contactId: string, to: 'direct' | (string & {}), text: string, options?: SayOptions): string;
  /** Somebody asks the bot to be friends. The bot's acceptance confirms it. */
  befriend(contactId: string, hello?: string): void;
  /** Somebody who is met later: in a playground, in a test. */
  addContact(contact: Contact): void;
  /** The note (备注) that the account keeps of somebody. */
  noteOf(contactId: string): string | undefined;
  /** Writes such a note by hand, as on the phone; without words it is taken away. */
  setNote(contactId: string, note?: string): void;
  readonly loggedIn: boolean;
  readonly faults: Faults;
  stop(): Promise<void>;
};

export type Faults = {
  /** The next sends fail with this error. */
  refuseSends(count: number, error?: string): void;
  /** The server goes away, and with it the stream; what is said meanwhile is lost. */
  stopServer(): Promise<void>;
  startServer(): Promise<void>;
  logOut(): Promise<void>;
  logIn(): void;
  /** Logged out, everybody gets a new id, as with each login to WeChat on the web; the new ids by the old. */
  renewIds(): ReadonlyMap<string, string>;
  showQr(qrText: string): void;
  /** The same message comes again. */
  redeliver(messageId: string): void;
  /** The next so many messages arrive in reverse order. */
  reverse(count: number): void;
  /** The connection stands, but nothing comes through it any more. */
  mute(muted: boolean): void;
  floodErrors(count: number): void;
  /** Sends to come succeed, and what was held back to come in reverse order comes. */
  mend(): void;
};

const freePort = async (host: string): Promise<number> => {
  const server = createServer().listen(0, host);
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error(`${host} has no ports`);
  return address.port;
};

export const startWeChatStandIn = async (settings: StandInSettings): Promise<WeChatStandIn> => {
  const [{ NetworkPuppet }, { PuppetServer, log }] = await Promise.all([
    import('./network.js'),
    import('wechaty-puppet-service'),
  ]);
  if (!process.env.WECHATY_LOG) log.level('silent');
  const token = settings.token ?? `insecure_${randomUUID()}`;
  const [host = '127.0.0.1', wantedPort = '0'] = (settings.endpoint ?? '127.0.0.1:0').split(':');
  const port = Number(wantedPort) || (await freePort(host));
  const endpoint = `${host}:${port}`;

  const sent: Sent[] = [];
  const listeners = new Set<(message: Sent) => void>();
  let refusals: string[] = [];
  let held: string[] = [];
  let toReverse = 0;

  const puppet: NetworkPuppet = new NetworkPuppet(settings.bot, settings.contacts, settings.rooms, {
    sent: (message) => {
      const [refusal, ...others] = refusals;
      refusals = others;
      if (refusal !== undefined) throw new Error(refusal);
      sent.push(message);
      for (const listener of listeners) listener(message);
    },
  });
  // Errors of the puppet travel to the bot; without a bot they concern nobody.
  puppet.on('error', () => {});
  const heartbeat = setInterval(() => puppet.beat(), settings.heartbeatMs ?? 15_000);

  let server: InstanceType<typeof PuppetServer> | undefined;
  const startServer = async () => {
    server ??= new PuppetServer({ endpoint, token, puppet, tls: { disable: true } });
    // gRPC warns of a call that the puppet service makes; nobody here can change it.
    Object.assign(process, { noDeprecation: true });
    await server.start().finally(() => Object.assign(process, { noDeprecation: false }));
  };
  const stopServer = async () => {
    const running = server;
    server = undefined;
    await running?.stop();
  };

  const deliver = (messageId: string) => {
    if (toReverse === 0) return puppet.announce(messageId);
    held = [messageId, ...held];
    if (held.length < toReverse) return;
    toReverse = 0;
    for (const id of held.splice(0)) puppet.announce(id);
  };

  const say: WeChatStandIn['say'] = (contactId, to, text, options = {}) => {
    const message: Said = {
      id: options.id ?? randomUUID(),
      from: contactId,
      ...(to === 'direct' ? {} : { room: to }),
      text: options.mention ? `@${nameIn(to)}\u2005${text}` : text,
      mentions: options.mention ? [settings.bot.id] : [],
      at: options.at ?? new Date(),
      type: options.type ?? 7,
    };
    puppet.remember(message);
    deliver(message.id);
    return message.id;
  };
  const nameIn = (room: string) => puppet.rooms.get(room)?.aliases?.[settings.bot.id] ?? settings.bot.name;

  // Each bot that connects starts the puppet, and each start would add another listener to its watchdog.
  const start = puppet.start.bind(puppet);
  puppet.start = async () => {
    if (!puppet.state.active()) await start();
  };
  await puppet.start();
  await startServer();

  return {
    endpoint,
    port,
    token,
    sent,
    onSent: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    say,
    befriend: (contactId, hello = '') => {
      puppet.askForFriendship(contactId, hello);
    },
    addContact: (contact) => {
      puppet.contacts.set(contact.id, contact);
    },
    noteOf: (contactId) => puppet.notes.get(contactId),
    setNote: (contactId, note) => {
      if (note === undefined) puppet.notes.delete(contactId);
      else puppet.notes.set(contactId, note);
    },
    get loggedIn() {
      return puppet.isLoggedIn;
    },
    faults: {
      refuseSends: (count, error = 'send failed: ret -1') => {
        refusals = [...refusals, ...Array.from({ length: count }, () => error)];
      },
      startServer,
      stopServer,
      logOut: () => puppet.logout('stand-in'),
      logIn: () => puppet.login(settings.bot.id),
      renewIds: () => puppet.renewIds(),
      showQr: (qrcode) => {
        puppet.emit('scan', { qrcode, status: 2 });
      },
      redeliver: (messageId) => puppet.announce(messageId),
      reverse: (count) => {
        toReverse = count;
      },
      mute: (muted) => {
        puppet.mute = muted;
      },
      mend: () => {
        refusals = [];
        toReverse = 0;
        for (const id of held.splice(0)) puppet.announce(id);
      },
      floodErrors: (count) => {
        for (let error = 0; error < count; error += 1) puppet.emit('error', new Error(`flood ${error}`));
      },
    },
    stop: async () => {
      clearInterval(heartbeat);
      await stopServer();
      await puppet.stop();
    },
  };
};
