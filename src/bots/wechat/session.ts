/**
 * Keeps one Wechaty alive. Wechaty neither reconnects a lost event stream nor recovers from its own resets, so
 * each instance has one life: it ends when the stream drops, when the puppet falls silent, when nobody logs in
 * or when errors flood, and the next one is built after a pause.
 */
import type { Log } from '../../log.js';
import { countErrors, reasonOf } from './errors.js';
import { type Line, openLine, type Puppet, type PuppetSettings } from './puppet.js';

export type Patience = {
  /** The pause before the next life: the first, and the most it doubles to. */
  readonly firstMs: number;
  readonly mostMs: number;
  /** The pause after a flood of errors. */
  readonly floodMs: number;
  /** How long an account may be logged out, with no QR code on show, before a new life. */
  readonly loginMs: number;
};

export const usualPatience: Patience = {
  firstMs: 1000,
  mostMs: 120_000,
  floodMs: 300_000,
  loginMs: 60_000,
};

/** None of these may throw or wait. */
export type SessionEvents = {
  message(puppet: Puppet, messageId: string): void;
  friendship(puppet: Puppet, friendshipId: string): void;
  /** A QR code to scan; undefined when there is none any more. */
  scan(qrText: string | undefined): void;
  /** `awayFrom`: since when messages may be missing; undefined at the first login. */
  loggedIn(puppet: Puppet, awayFrom: Date | undefined): void;
  /** The contacts are there. It may come several times, and with the login or long after it. */
  ready(puppet: Puppet): void;
};

export type Session = {
  /** Resolves when the first attempt is through, connected or not. Rejects with a Fault on wrong settings. */
  start(): Promise<void>;
  close(): Promise<void>;
  /** The puppet while its account is logged in. */
  puppet(): Puppet | undefined;
  status(): { readonly state: 'starting' | 'up' | 'down'; readonly detail: string };
  /** The last sign of life. */
  lastEventAt(): Date | undefined;
};

type Ending = { readonly kind: 'closed' | 'flood' | 'lost'; readonly reason: string };
type Life = { readonly line: Line; readonly ending: Promise<Ending>; end(ending: Ending): void };

export const openSession = (
  settings: PuppetSettings & { readonly patience?: Patience },
  events: SessionEvents,
  log: Log,
): Session => {
  const patience = settings.patience ?? usualPatience;
  const silenceMs = (settings.puppetOptions.timeoutSeconds ?? 60) * 1000;
  let closed = false;
  let wake = () => {};
  let life: Life | undefined;
  let running: Promise<void> | undefined;
  let status: ReturnType<Session['status']> = { state: 'starting', detail: 'not started' };
  let lastEventAt: Date | undefined;
  let awayFrom: Date | undefined;

  const openLife = async (): Promise<Life> => {
    let end: Life['end'] = () => {};
    const ending = new Promise<Ending>((resolve) => {
      end = resolve;
    });
    const line = await openLine(settings, (reason) => end({ kind: 'lost', reason }));
    return { line, ending, end };
  };

  /** Lives one life to its end. */
  const live = async ({ line, ending, end }: Life, started: () => void) => {
    const { puppet, wechaty } = line;
    const errors = countErrors(log);
    let over = false;
    let wasLoggedIn = false;
    let qrShown = false;
    let idleSince = performance.now();
    let silentSince = performance.now();
    const alive = () => {
      if (over) return;
      silentSince = performance.now();
      lastEventAt = new Date();
    };
    const showQr = (qrText: string | undefined) => {
      qrShown = qrText !== undefined;
      events.scan(qrText);
    };

    // Without this listener the process would die of the first error. It stays for stragglers.
    wechaty.on('error', (error) => {
      if (over) log.debug({ reason: reasonOf(error) }, 'wechat: an error of a line that is closed');
      else if (errors.isFlood(error)) end({ kind: 'flood', reason: `too many errors: ${reasonOf(error)}` });
    });
    for (const event of ['heartbeat', 'dong', 'room-join', 'room-leave', 'room-topic'] as const)
      puppet.on(event, alive);
    puppet.on('ready', () => {
      if (over) return;
      alive();
      if (puppet.isLoggedIn) events.ready(puppet);
    });
    puppet.on('scan', ({ qrcode }) => {
      if (over) return;
      alive();
      if (qrcode) status = { state: 'down', detail: 'waiting for its QR code to be scanned' };
      showQr(qrcode || undefined);
    });
    puppet.on('login', ({ contactId }) => {
      if (over) return;
      alive();
      wasLoggedIn = true;
      status = { state: 'up', detail: `logged in as ${contactId}` };
      if (qrShown) showQr(undefined);
      events.loggedIn(puppet, awayFrom);
      awayFrom = undefined;
      log.info('wechat: logged in');
    });
    puppet.on('logout', () => {
      if (over) return;
      alive();
      idleSince = performance.now();
      awayFrom ??= new Date();
      status = { state: 'down', detail: 'logged out' };
      log.warn('wechat: logged out');
    });
    // Messages are taken from the puppet: its stream keeps their order, and Wechaty drops a message
    // whose sender it can't look up.
    puppet.on('message', ({ messageId }) => {
      if (over) return;
      alive();
      events.message(puppet, messageId);
    });
    puppet.on('friendship', ({ friendshipId }) => {
      if (over) return;
      alive();
      events.friendship(puppet, friendshipId);
    });

    const probe = setInterval(
      () => {
        const now = performance.now();
        if (now - silentSince > silenceMs)
          end({ kind: 'lost', reason: `no sign of life for ${Math.round((now - silentSince) / 1000)} s` });
        else if (!puppet.isLoggedIn && !qrShown && now - idleSince > patience.loginMs)
          end({ kind: 'lost', reason: 'nobody is logged in' });
        else if (now - silentSince > silenceMs / 2) askForASign(puppet);
      },
      Math.min(30_000, silenceMs / 4),
    );

    try {
      await Promise.race([wechaty.start(), ending]);
    } catch (error) {
      end({ kind: 'lost', reason: reasonOf(error) });
    }
    started();
    const { kind, reason } = await ending;
    over = true;
    clearInterval(probe);
    if (wasLoggedIn) awayFrom ??= lastEventAt;
    if (qrShown) showQr(undefined);
    await line.close().catch((error: unknown) => errors.isFlood(error));
    return { kind, reason, wasLoggedIn };
  };

  const askForASign = (puppet: Puppet) => {
    try {
      puppet.ding('alive?');
    } catch (error) {
      log.debug({ reason: reasonOf(error) }, 'wechat: the puppet could not be asked for a sign of life');
    }
  };

  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const run = async (first: Life, started: () => void): Promise<void> => {
    let failures = 0;
    for (life = first; !closed; ) {
      const bornAt = performance.now();
      const { kind, reason, wasLoggedIn } = await live(life, started);
      if (closed) break;
      const worked = wasLoggedIn && performance.now() - bornAt > patience.loginMs;
      failures = worked ? 0 : Math.min(failures + 1, 20);
      const backOff = Math.min(patience.firstMs * 2 ** Math.max(0, failures - 1), patience.mostMs);
      const pauseMs = kind === 'flood' ? patience.floodMs : backOff;
      status = { state: 'down', detail: `${reason}; trying again after ${Math.ceil(pauseMs / 1000)} s` };
      log.warn({ reason, pauseMs }, 'wechat: the line is lost');
      await pause(pauseMs);
      if (!closed) life = await openLife();
    }
  };

  return {
    start: async () => {
      if (running) return;
      const first = await openLife();
      status = { state: 'starting', detail: 'connecting' };
      await new Promise<void>((started) => {
        running = run(first, started)
          .catch((error: unknown) => {
            status = { state: 'down', detail: `stopped: ${reasonOf(error)}` };
            log.error({ reason: reasonOf(error) }, 'wechat: the session has stopped');
          })
          .finally(started);
      });
    },
    close: async () => {
      closed = true;
      status = { state: 'down', detail: 'stopped' };
      life?.end({ kind: 'closed', reason: 'stopped' });
      wake();
      await running;
    },
    puppet: () => {
      const puppet = closed ? undefined : life?.line.puppet;
      return puppet?.isLoggedIn && status.state === 'up' ? puppet : undefined;
    },
    status: () => status,
    lastEventAt: () => lastEventAt,
  };
};
