/** Two thousand people of forty parks, half of them on Slack and half on WeChat, and what each is going to do. */
import type { ChannelName } from '../../src/core/input.js';
import type { Chance } from '../council/storm-chance.js';

const slackWays = ['press', 'say', 'slash', 'mention'] as const;
const wechatWays = ['say', 'wordInRoom', 'mention'] as const;

export type Way = (typeof slackWays)[number] | (typeof wechatWays)[number];

/** What somebody does: signs up, once more perhaps, and gives it up when they have heard. */
export type Guest = {
  /** The account on the channel. */
  readonly id: string;
  readonly channel: ChannelName;
  readonly name: string;
  readonly park: string;
  /** How they sign up and, every second one, how once more. */
  readonly signsUp: readonly Way[];
  readonly companions: 0 | 1 | 2;
  readonly leaves: boolean;
  /** What they say to a place that is kept for them. */
  readonly accepts: boolean;
  /** The network brings each of their messages three times. */
  readonly redelivered: boolean;
};

/** How many on WeChat say it in the members’ group. */
const inGroup = 0.04;
const parks = 40;
export const parkKeys: readonly string[] = Array.from({ length: parks }, (_, at) => `park-${at + 1}`);

/** Every second one says it twice, every seventh brings somebody, every seventh gives it up. */
export const crowdOf = (people: number, chance: Chance): readonly Guest[] =>
  chance.shuffled(
    Array.from({ length: people }, (_, at): Guest => {
      const slack = at % 2 === 0;
      const companions = chance.next() < 0.15 ? chance.oneOf([1, 2, 2] as const) : 0;
      // A button and a word in a room sign up one person alone.
      const way = (): Way => {
        if (companions > 0) return 'say';
        if (slack) return chance.oneOf(slackWays);
        return chance.next() < inGroup ? chance.oneOf(wechatWays) : 'say';
      };
      return {
        id: slack ? `U${at}` : `wx-${at}`,
        channel: slack ? 'slack' : 'wechat',
        name: slack ? `Guest${at}` : `宾客${at}`,
        park: parkKeys[Math.floor(at / 2) % parks] ?? '',
        signsUp: at % 4 < 2 ? [way(), way()] : [way()],
        companions,
        leaves: chance.next() < 0.15,
        accepts: chance.next() < 0.85,
        redelivered: chance.next() < 0.1,
      };
    }),
  );
