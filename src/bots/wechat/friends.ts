/** Accepts friend requests the way a person would: after a moment, and not too many a day. */
import type { Log } from '../../log.js';
import { reasonOf } from './errors.js';
import type { Puppet } from './puppet.js';

export type Welcome = {
  /** Least and most time before a request is accepted. */
  readonly afterMs: readonly [number, number];
  /** Most acceptances in 24 hours; further requests are left for somebody to accept by hand. */
  readonly perDay: number;
};

export const usualWelcome: Welcome = { afterMs: [3000, 10_000], perDay: 20 };

const day = 24 * 60 * 60 * 1000;

export type Friends = {
  accept(puppet: Puppet, friendshipId: string): void;
  close(): void;
};

export const openFriends = (welcome: Welcome, log: Log): Friends => {
  let acceptedAt: number[] = [];
  const timers = new Map<string, NodeJS.Timeout>();

  const accept = async (puppet: Puppet, friendshipId: string): Promise<void> => {
    timers.delete(friendshipId);
    try {
      await puppet.friendshipAccept(friendshipId);
      log.info('wechat: accepted a friend request');
    } catch (error) {
      log.warn({ reason: reasonOf(error) }, 'wechat: a friend request could not be accepted');
    }
  };

  return {
    accept: (puppet, friendshipId) => {
      if (timers.has(friendshipId)) return;
      const now = Date.now();
      acceptedAt = acceptedAt.filter((at) => at > now - day);
      if (acceptedAt.length >= welcome.perDay) {
        log.warn(
          { perDay: welcome.perDay },
          'wechat: a friend request is left for somebody to accept by hand',
        );
        return;
      }
      acceptedAt.push(now);
      const [least, most] = welcome.afterMs;
      const afterMs = least + Math.random() * (most - least);
      timers.set(
        friendshipId,
        setTimeout(() => void accept(puppet, friendshipId), afterMs),
      );
    },
    close: () => {
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
    },
  };
};
