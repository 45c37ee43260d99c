/** People at their phones: each does one thing after the other, and says it again when nobody answers. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Chance } from '../council/storm-chance.js';
import { readTold } from '../event/storm-told.js';
import { creditCode, officer, type Somebody } from './crowd.js';
import type { Stage } from './stage.js';

/** Something that was said, as its network saw it. */
export type Utterance = {
  readonly by: string;
  readonly channel: 'slack' | 'wechat';
  readonly text: string;
  /** The time that the network gave it, in milliseconds. */
  readonly sentAt: number;
  /** Slack had its acknowledgement. */
  acknowledged?: boolean;
  /** WeChat lost it by itself: nobody was connected, or nothing went through. */
  readonly lostOnTheWay?: boolean;
};
export type Heard = { readonly text: string; readonly at: number };

export type People = {
  readonly utterances: readonly Utterance[];
  /** What each person was told in private, in its order. */
  readonly heard: ReadonlyMap<string, readonly Heard[]>;
  /** The bot's friends are at it until the signal. */
  readonly live: (signal: AbortSignal) => Promise<void>;
  /** Says something until an answer comes that has the pattern; false when none came. */
  readonly insist: (who: Somebody, text: string, answer: RegExp, signal?: AbortSignal) => Promise<boolean>;
  readonly officer: Somebody;
  /** The last messages on WeChat, for a network that repeats them. */
  readonly recent: readonly string[];
};

const patienceMs = 6_000;
const tries = 25;

export const openPeople = (
  stage: Stage,
  all: readonly Somebody[],
  chance: Chance,
  weChatWorks: () => boolean,
): People => {
  const { slack, wechat } = stage;
  const utterances: Utterance[] = [];
  const recent: string[] = [];
  const heard = new Map<string, Heard[]>([officer, ...all.map((one) => one.id)].map((id) => [id, []]));
  wechat.onSent(({ conversation, text }) => void heard.get(conversation)?.push({ text, at: Date.now() }));
  slack.onPost(({ kind, user, text }) => {
    if (kind === 'post') heard.get(user)?.push({ text, at: Date.now() });
  });

  const utter = async ({ id, channel }: Somebody, text: string): Promise<void> => {
    if (channel === 'wechat') {
      const at = new Date();
      utterances.push({ by: id, channel, text, sentAt: at.getTime(), lostOnTheWay: !weChatWorks() });
      recent.push(wechat.say(id, 'direct', text, { at }));
      return;
    }
    const saying = slack.say(id, 'dm', text);
    const ts = slack.posts.findLast((post) => post.author === id)?.ts ?? '';
    const said: Utterance = { by: id, channel, text, sentAt: Math.floor(Number(ts) * 1000) };
    utterances.push(said);
    const receipts = await saying;
    said.acknowledged = receipts.some((one) => one.status >= 200 && one.status < 300);
  };

  const insist: People['insist'] = async (who, text, answer, signal) => {
    const list = heard.get(who.id) ?? [];
    const from = list.length;
    const isAnswered = () => list.slice(from).some((one) => answer.test(one.text));
    for (let attempt = 0; attempt < tries; attempt += 1) {
      if (signal?.aborted) return isAnswered();
      await utter(who, text);
      for (const until = Date.now() + patienceMs; Date.now() < until; await pause(40)) {
        if (isAnswered()) return true;
      }
    }
    return isAnswered();
  };

  const say = (who: Somebody, zh: string, en: string): string => (who.channel === 'slack' ? en : zh);
  const last = (who: Somebody): string => heard.get(who.id)?.at(-1)?.text ?? '';

  const apply = async (who: Somebody, at: number): Promise<void> => {
    const name = `${who.name} Works`;
    const filled = say(
      who,
      `申请入会 ${name}，${creditCode(at)}，江西，工艺美术，陶瓷创意与驻场，42，刘子力，${who.name}，13807980001，同意，不同意`,
      `apply ${name}, ${creditCode(at)}, Jiangxi, Arts and crafts, ceramics and residencies, 42, Ann Lee, ${who.name}, 13957100002, yes, no`,
    );
    await insist(who, filled, /请核对|Please check/);
    await insist(who, say(who, '提交', 'submit'), /M-\d+/);
  };

  const vote = (who: Somebody, signal?: AbortSignal): Promise<boolean> => {
    const [zh, en] = chance.oneOf<readonly [string, string]>([
      ['赞成', 'yes'],
      ['反对', 'no'],
      ['弃权', 'abstain'],
    ]);
    return insist(who, say(who, `${zh} P-1`, `${en} P-1`), /P-1/, signal);
  };

  const attend = (who: Somebody, signal?: AbortSignal): Promise<boolean> => {
    if (readTold(last(who)).kind === 'offer') {
      const accepts = chance.next() < 0.7;
      const text = accepts ? say(who, '接受 W-1', 'accept W-1') : say(who, '放弃 W-1', 'pass W-1');
      return insist(who, text, /W-1/, signal);
    }
    const signsUp = chance.next() < 0.65;
    const text = signsUp ? say(who, '报名 W-1', 'sign up W-1') : say(who, '取消报名 W-1', 'leave W-1');
    return insist(who, text, /W-1/, signal);
  };

  const once = async (who: Somebody, at: number): Promise<unknown> => {
    switch (who.part) {
      case 'seat':
        return vote(who);
      case 'guest':
        return insist(who, say(who, '报名 W-1', 'sign up W-1'), /W-1/);
      case 'applicant':
        return apply(who, at);
      default:
        return who.part satisfies never;
    }
  };
  const again = (who: Somebody, signal: AbortSignal): Promise<boolean> => {
    switch (who.part) {
      case 'seat':
        return vote(who, signal);
      case 'guest':
        return attend(who, signal);
      case 'applicant':
        return insist(who, say(who, '我的', 'mine'), /./, signal);
      default:
        return who.part satisfies never;
    }
  };

  const livingOf = async (who: Somebody, at: number, signal: AbortSignal): Promise<void> => {
    const rest = () => pause(500 + chance.next() * 5_000, undefined, { signal }).catch(() => undefined);
    await rest();
    // Nobody gives up the first thing that they came for, not even when the harm is over.
    await once(who, at);
    while (!signal.aborted) {
      await again(who, signal);
      await rest();
    }
  };

  return {
    utterances,
    heard,
    recent,
    officer: { id: officer, channel: 'wechat', name: '秘书', part: 'guest' },
    insist,
    live: async (signal) => {
      await Promise.all(all.map((who, at) => livingOf(who, at, signal)));
    },
  };
};
