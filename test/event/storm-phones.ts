/** People at their phones: what they do, as their networks bring it to the desk. */
import type { SlackStandIn } from '../../src/standins/slack/slack-stand-in.js';
import type { WeChatStandIn } from '../../src/standins/wechat/stand-in.js';
import { carryRepeatedly, presser } from '../slack/phone.js';
import type { Guest, Way } from './storm-crowd.js';

export const slackRoom = 'C01';
export const wechatRoom = 'members@chatroom';

export type Act =
  | { readonly kind: 'signUp'; readonly way: Way }
  | { readonly kind: 'leave' | 'accept' | 'decline' | 'ask' };

const words: Readonly<Record<Act['kind'], { readonly zh: string; readonly en: string }>> = {
  signUp: { zh: '报名 W-1', en: 'sign up W-1' },
  leave: { zh: '取消报名 W-1', en: 'leave W-1' },
  accept: { zh: '接受 W-1', en: 'accept W-1' },
  decline: { zh: '放弃 W-1', en: 'pass W-1' },
  ask: { zh: '候补 W-1', en: 'queue W-1' },
};

export const openPhones = (slack: SlackStandIn, wechat: WeChatStandIn, port: number) => {
  const redelivered = new Set<unknown>();
  const unacknowledged = carryRepeatedly(slack, port, (sender) => redelivered.has(sender));
  const press = presser(slack);
  const card = slack.posts.find((post) => post.channel === slackRoom);

  const onSlack = async ({ id, companions, ...guest }: Guest, act: Act): Promise<void> => {
    if (guest.redelivered) redelivered.add(id);
    const { en } = words[act.kind];
    const text = act.kind === 'signUp' && companions > 0 ? `${en} +${companions}` : en;
    const way = act.kind === 'signUp' ? act.way : 'say';
    if (way === 'press') await press(id, { ...card, conversation: slackRoom }, 'Sign up');
    else if (way === 'slash') await slack.slash(id, slackRoom, text);
    else if (way === 'mention') await slack.mention(id, slackRoom, text);
    else await slack.say(id, 'dm', text);
  };

  const onWeChat = ({ id, companions, ...guest }: Guest, act: Act): void => {
    const { zh } = words[act.kind];
    const text = act.kind === 'signUp' && companions > 0 ? `${zh} +${companions}` : zh;
    const way = act.kind === 'signUp' ? act.way : 'say';
    const inRoom = way === 'wordInRoom' || way === 'mention';
    const message = wechat.say(id, inRoom ? wechatRoom : 'direct', way === 'wordInRoom' ? '报名' : text, {
      mention: way === 'mention',
    });
    if (guest.redelivered) {
      wechat.faults.redeliver(message);
      wechat.faults.redeliver(message);
    }
  };

  return {
    /** Resolves when the desk has acknowledged it; on WeChat, where nothing is acknowledged, at once. */
    act: async (guest: Guest, act: Act): Promise<void> => {
      if (guest.channel === 'slack') await onSlack(guest, act);
      else onWeChat(guest, act);
    },
    /** Presses a button of a post that somebody was shown. */
    press,
    unacknowledged,
  };
};
