/** The WeChat bot. Only one process may run it for an account: whoever calls start() holds the lease. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Said } from '../../core/input.js';
import type { Log } from '../../log.js';
import type { Bot, Reception } from '../bot.js';
import { openContacts } from './contacts.js';
import { reasonOf } from './errors.js';
import { openFriends, usualWelcome, type Welcome } from './friends.js';
import { loadMessage, type Reading, readFriendship, readMessage } from './intake.js';
import { type Arrival, openOrder } from './order.js';
import { openLastSeen, outageNote } from './outage.js';
import type { Pace } from './pace.js';
import type { Puppet, PuppetSettings } from './puppet.js';
import { openSession, type Patience } from './session.js';
import { openSpeech } from './speech.js';

export { fastPace, gentlePace, type Pace } from './pace.js';

export type WeChatSettings = PuppetSettings & {
  readonly pace: Pace;
  /** An outage at least this long is announced in rooms where something is open. Two minutes by default. */
  readonly announceAfterOutageMs?: number;
  /** How long a message waits for earlier ones that are still on their way. 200 by default. */
  readonly settleMs?: number;
  readonly patience?: Patience;
  readonly welcome?: Welcome;
};

export type WeChatBot = Bot & {
  /** Hears the text of each QR code that has to be scanned, and undefined when it is of no use any more. */
  onScan(show: (qrText: string | undefined) => void): void;
  /** For a lost lease: lets go at once, waits for nothing and leaves the account logged in. */
  abandon(): Promise<void>;
};

const wordsOnly =
  '您好，目前只支持文字消息，请您用文字告诉我。\nI can only read text for now; please type your message.';
const day = 24 * 60 * 60 * 1000;
const lastSeenEveryMs = 15_000;
const takeAttempts = 8;
const stopLimitMs = 20_000;

/** Nothing is opened before start(). Rejects there with a Fault when the settings are wrong. */
export const openWeChatBot = (settings: WeChatSettings, reception: Reception, log: Log): WeChatBot => {
  const announceAfterMs = settings.announceAfterOutageMs ?? 120_000;
  const lastSeen = openLastSeen(settings.memoryDir);
  const contacts = openContacts(reception, settings.pace, log);
  const friends = openFriends(settings.welcome ?? usualWelcome, log);
  const toldWordsOnly = new Map<string, number>();
  let showScan: (qrText: string | undefined) => void = () => {};
  let taking = true;
  let lastInputAt: Date | undefined;
  let lastSeenBefore: Date | undefined;
  let arrivals = 0;
  const answering = new Set<Promise<void>>();
  let lastSeenTimer: NodeJS.Timeout | undefined;

  /** WeChat brings a message once: while the desk can't store it, it is held here and tried again. */
  const take = async (said: Said): Promise<void> => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const { answered } = await reception.take(said);
        lastInputAt = new Date();
        // The next message is stored without waiting for this one's answer: until it is stored, it can be lost.
        const done = answered.then(() => {
          answering.delete(done);
          const puppet = session.puppet();
          if (puppet) contacts.met(puppet, said.sender.id);
        });
        answering.add(done);
        return;
      } catch (error) {
        const reason = reasonOf(error);
        if (attempt === takeAttempts || !taking) {
          log.error({ reason, attempt }, 'wechat: a message is lost, the desk could not store it');
          return;
        }
        log.warn({ reason, attempt }, 'wechat: the desk could not store a message, trying again');
        await pause(Math.min(500 * 2 ** attempt, 30_000));
      }
    }
  };

  const order = openOrder<Said>(settings.settleMs ?? 200, take);

  const tellWordsOnly = async (senderId: string): Promise<void> => {
    const now = Date.now();
    for (const [id, at] of toldWordsOnly) if (at <= now - day) toldWordsOnly.delete(id);
    if (toldWordsOnly.has(senderId)) return;
    toldWordsOnly.set(senderId, now);
    const outcome = await speech.note(senderId, wordsOnly);
    if (outcome.kind !== 'sent') log.info({ outcome: outcome.kind }, 'wechat: a note did not go out');
  };

  const queue = (said: Said, arrival: number): void => {
    const arrived: Arrival<Said> = {
      conversation: said.conversation.id,
      at: said.sentAt.getTime(),
      arrival,
      item: said,
    };
    order.add(arrived);
  };

  const read = async (puppet: Puppet, messageId: string, arrival: number): Promise<void> => {
    const arrivedAt = new Date();
    const message = await loadMessage(puppet, messageId);
    const reading: Reading = await readMessage(puppet, message, arrivedAt, log);
    switch (reading.kind) {
      case 'said':
        return queue(reading.said, arrival);
      case 'wordless':
        return await tellWordsOnly(reading.senderId);
      case 'nothing':
        return;
      default:
        return reading satisfies never;
    }
  };

  const meet = async (puppet: Puppet, friendshipId: string, arrival: number): Promise<void> => {
    const reading = await readFriendship(puppet, friendshipId, new Date());
    switch (reading.kind) {
      case 'asked':
        return friends.accept(puppet, friendshipId);
      case 'confirmed':
        return queue(reading.said, arrival);
      case 'nothing':
        return;
      default:
        return reading satisfies never;
    }
  };

  const announce = async (from: Date, to: Date): Promise<void> => {
    const rooms = await reception.openRooms('wechat');
    for (const room of rooms) {
      const outcome = await speech.note(room, outageNote(from, to));
      if (outcome.kind !== 'sent')
        log.warn({ outcome: outcome.kind }, 'wechat: an outage could not be announced');
    }
  };

  // A listener of Wechaty may not be async: what it threw would end the process.
  const inBackground = (what: string, work: Promise<void>): Promise<void> =>
    work.catch((error: unknown) => log.error({ reason: reasonOf(error) }, `wechat: ${what} failed`));

  const readings = new Set<Promise<void>>();
  const reading = (what: string, read: Promise<void>): void => {
    const done = inBackground(what, read).finally(() => readings.delete(done));
    readings.add(done);
  };

  const finish = async (): Promise<void> => {
    await Promise.all(readings);
    await order.idle();
    await Promise.all([...answering, speech.idle()]);
  };

  const session = openSession(
    settings,
    {
      message: (puppet, messageId) => {
        arrivals += 1;
        if (taking) reading('reading a message', read(puppet, messageId, arrivals));
      },
      friendship: (puppet, friendshipId) => {
        arrivals += 1;
        if (taking) reading('reading a friend request', meet(puppet, friendshipId, arrivals));
      },
      scan: (qrText) => void inBackground('showing a QR code', Promise.resolve(qrText).then(showScan)),
      ready: (puppet) => contacts.survey(puppet),
      loggedIn: (puppet, awayFrom) => {
        contacts.survey(puppet);
        const from = awayFrom ?? lastSeenBefore;
        lastSeenBefore = undefined;
        const now = new Date();
        if (from && now.getTime() - from.getTime() >= announceAfterMs)
          void inBackground('announcing an outage', announce(from, now));
      },
    },
    log,
  );
  const speech = openSpeech(settings.pace, () => session.puppet());

  const rememberLastSeen = async (): Promise<void> => {
    const at = session.puppet() && session.lastEventAt();
    try {
      if (at) await lastSeen.write(at);
    } catch (error) {
      log.error({ reason: reasonOf(error) }, 'wechat: the last sign of life could not be noted');
    }
  };

  const letGo = async (): Promise<void> => {
    taking = false;
    clearInterval(lastSeenTimer);
    friends.close();
    contacts.close();
    await session.close();
  };

  return {
    channel: 'wechat',
    onScan: (show) => {
      showScan = show;
    },
    start: async () => {
      lastSeenBefore = await lastSeen.read();
      await session.start();
      lastSeenTimer = setInterval(rememberLastSeen, lastSeenEveryMs);
    },
    deliver: (delivery) => speech.deliver(delivery),
    stop: async () => {
      taking = false;
      await Promise.race([finish(), pause(stopLimitMs, undefined, { ref: false })]);
      await rememberLastSeen();
      await letGo();
    },
    abandon: letGo,
    health: () => {
      const { state, detail } = session.status();
      const silent = speech.silentBecause();
      const seen = session.lastEventAt();
      return {
        state: silent === undefined ? state : 'down',
        detail: [
          detail,
          ...(silent === undefined ? [] : [`told by WeChat to send less: ${silent}`]),
          ...(seen === undefined ? [] : [`last sign of life ${seen.toISOString()}`]),
        ].join('; '),
        ...(lastInputAt === undefined ? {} : { lastInputAt }),
      };
    },
  };
};
