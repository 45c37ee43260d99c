/** Everything that can break, broken again and again; the same seed does the same in the same order. */
import { setTimeout as pause } from 'node:timers/promises';
import { overHttp } from '../../src/standins/slack/courier.js';
import type { NetworkFault } from '../../src/standins/slack/faults.js';
import { type Chance, chanceOf } from '../council/storm-chance.js';
import { type Role, roles } from './processes.js';
import { type Stage, signingSecret } from './stage.js';

export type Harm = {
  readonly counts: Readonly<Record<string, number>>;
  readonly kills: () => number;
  /** Whether a message would get through to a connected bot. */
  readonly weChatWorks: () => boolean;
  /** When the database was away, in milliseconds. */
  readonly outages: readonly { readonly from: number; to: number }[];
  /** Does harm until the signal, and mends it all. */
  readonly rage: (signal: AbortSignal) => Promise<void>;
};

export const openHarm = (stage: Stage, seed: number, recent: () => readonly string[]): Harm => {
  const counts: Record<string, number> = {};
  const count = (what: string, by = 1): void => {
    counts[what] = (counts[what] ?? 0) + by;
  };
  const outages: { from: number; to: number }[] = [];
  const { slack, wechat, processes } = stage;
  let through = true;
  let raging = false;
  let number = 0;
  /** Each kind of harm has its chance, so that none disturbs the order of another. */
  const chance = (): Chance => {
    number += 1;
    return chanceOf(seed * 1000 + number);
  };
  const nap = (ms: number, signal: AbortSignal) => pause(ms, undefined, { signal }).catch(() => undefined);

  const killing = async (role: Role, own: Chance, signal: AbortSignal): Promise<void> => {
    const one = processes[role];
    while (!signal.aborted) {
      // One in five dies while it starts.
      if (own.next() < 0.8) await Promise.race([one.up(), nap(30_000, signal)]);
      await nap(own.next() * 2_000, signal);
      if (signal.aborted) return;
      if (own.next() < 0.05) {
        count('all processes killed at once');
        await Promise.all(roles.map((other) => processes[other].kill()));
        for (const other of roles) if (other !== role) processes[other].start();
        count(`${role} process killed`);
      } else
        count((await one.kill()) ? `${role} process killed` : 'a process ended because it could not start');
      one.start();
    }
  };

  const breakDatabase = async (own: Chance, signal: AbortSignal, everyMs: number): Promise<void> => {
    for (;;) {
      await nap((0.3 + own.next()) * everyMs, signal);
      if (signal.aborted) return;
      const outage = { from: Date.now(), to: Number.POSITIVE_INFINITY };
      outages.push(outage);
      await stage.breakPostgres(500 + own.next() * 3_000);
      outage.to = Date.now();
      count('PostgreSQL stopped and started');
    }
  };

  const breakQueues = async (own: Chance, signal: AbortSignal): Promise<void> => {
    for (;;) {
      await nap(2_000 + own.next() * 15_000, signal);
      if (signal.aborted) return;
      if (own.next() < 0.5) {
        await stage.flushRedis();
        count('Redis emptied');
      } else {
        await stage.breakRedis(own.next() * 3_000);
        count('Redis killed and started empty');
      }
    }
  };

  const slackFaults: readonly [NetworkFault, ...NetworkFault[]] = [
    { kind: 'rateLimited', seconds: 1 },
    { kind: 'status', status: 503 },
    { kind: 'slow', ms: 1_500 },
    { kind: 'hang' },
    { kind: 'acceptThenDrop' },
    { kind: 'acceptThenDrop' },
  ];
  const breakSlack = async (own: Chance, signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) {
      await nap(300 + own.next() * 2_000, signal);
      const fault = own.oneOf(slackFaults);
      // What nobody has run into yet does not pile up.
      slack.mend();
      slack.fail(own.next() < 0.85 ? 'chat.postMessage' : 'chat.update', fault);
      count(`Slack: ${fault.kind}`);
      slack.repeatEvents(1 + Math.floor(own.next() * 4));
    }
    slack.mend();
  };
  const lateEvents = chance();
  const http = overHttp(() => `http://127.0.0.1:${processes.slack.port}/slack/events`, signingSecret, 3000);
  slack.useTransport(async (parcel, retry) => {
    const dice = raging ? lateEvents.next() : 1;
    if (dice < 0.15) await pause(lateEvents.next() * 2_000);
    const receipt = await http(parcel, retry);
    if (dice >= 0.25 || receipt.status === 0) return receipt;
    count('Slack: an acknowledgement was lost');
    return { status: 0, body: '' };
  });

  const breakWeChat = async (own: Chance, signal: AbortSignal): Promise<void> => {
    const without = async (
      what: string,
      stop: () => void | Promise<void>,
      start: () => void | Promise<void>,
    ) => {
      through = false;
      await stop();
      count(what);
      await pause(300 + own.next() * 1_500);
      await start();
      through = true;
    };
    while (!signal.aborted) {
      await nap(500 + own.next() * 2_500, signal);
      if (signal.aborted) return;
      const dice = own.next();
      const id = recent().at(-1 - Math.floor(own.next() * 5));
      if (dice < 0.3 && id !== undefined) {
        wechat.faults.redeliver(id);
        count('WeChat: a message came again');
      } else if (dice < 0.5) {
        wechat.faults.reverse(2);
        count('WeChat: two messages in the wrong order');
      } else if (dice < 0.75) {
        wechat.faults.mend();
        wechat.faults.refuseSends(1);
        count('WeChat: a send refused');
      } else if (dice < 0.85) {
        const { mute } = wechat.faults;
        await without(
          'WeChat: nothing comes through',
          () => mute(true),
          () => mute(false),
        );
      } else if (dice < 0.93) {
        await without('WeChat: logged out', wechat.faults.logOut, wechat.faults.logIn);
      } else {
        await without(
          'WeChat: the puppet service went away',
          wechat.faults.stopServer,
          wechat.faults.startServer,
        );
      }
    }
  };

  return {
    counts,
    kills: () => roles.reduce((sum, role) => sum + (counts[`${role} process killed`] ?? 0), 0),
    weChatWorks: () => through && processes.wechat.isUp(),
    outages,
    rage: async (signal) => {
      raging = true;
      await Promise.all([
        ...roles.map((role) => killing(role, chance(), signal)),
        breakDatabase(chance(), signal, 25_000),
        breakQueues(chance(), signal),
        breakSlack(chance(), signal),
        breakWeChat(chance(), signal),
      ]);
      raging = false;
      wechat.faults.mend();
    },
  };
};
