/** People at their phones: what they do, as their networks bring it to the desk. */
import { slackPath } from '../../src/bots/slack/slack-bot.js';
import { overHttp } from '../../src/standins/slack/courier.js';
import type { Shown, SlackStandIn } from '../../src/standins/slack/slack-stand-in.js';
import type { WeChatStandIn } from '../../src/standins/wechat/stand-in.js';
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

const unseen = { number: 1, reason: 'http_timeout' };

export const openPhones = (slack: SlackStandIn, wechat: WeChatStandIn, port: number) => {
  let unacknowledged = 0;
  // Slack sends an event again when it saw no acknowledgement in time: here, with some, at the same moment.
  const redelivered = new Set<unknown>();
  const http = overHttp(
    () => `http://127.0.0.1:${port}${slackPath}`,
    slack.settings.signingSecret,
    slack.settings.ackTimeoutMs ?? 3000,
  );
  slack.useTransport(async (parcel, retry) => {
    const again = parcel.kind === 'event' && redelivered.has(senderOf(parcel.body.event));
    const [receipt] = await Promise.all([
      http(parcel, retry),
      ...(again ? [http(parcel, unseen), http(parcel, unseen)] : []),
    ]);
    if (receipt.status !== 200) unacknowledged += 1;
    return receipt;
  });
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
    unacknowledged: () => unacknowledged,
  };
};

const senderOf = (event: unknown): unknown =>
  typeof event === 'object' && event !== null && 'user' in event ? event.user : undefined;

/** Presses the buttons of a post as it was when it was shown: they may be gone by now. */
const presser = (slack: SlackStandIn) => {
  let count = 0;
  return async (
    user: string,
    { conversation, ts, blocks = [] }: Partial<Pick<Shown, 'conversation' | 'ts' | 'blocks'>>,
    label: string,
  ): Promise<void> => {
    const button = blocks
      .flatMap((block) => (block.type === 'actions' ? block.elements : []))
      .find((one) => one.text.text.includes(label));
    if (!button) throw new Error(`there is no button “${label}”`);
    count += 1;
    await slack.deliver({
      kind: 'interaction',
      body: {
        type: 'block_actions',
        team: { id: slack.settings.team },
        user: { id: user, name: user, team_id: slack.settings.team },
        trigger_id: `press-${count}`,
        channel: { id: conversation, name: 'unused' },
        container: { type: 'message', message_ts: ts, channel_id: conversation },
        actions: [
          {
            type: 'button',
            block_id: 'b',
            action_id: button.action_id,
            value: button.value,
            action_ts: (Date.now() / 1000 + count * 1e-6).toFixed(6),
          },
        ],
      },
    });
  };
};
