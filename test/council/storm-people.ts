/** People of the storm at their phones: what they do, as their networks bring it. */
import { slackPath } from '../../src/bots/slack/slack-bot.js';
import { overHttp } from '../../src/standins/slack/courier.js';
import type { SlackStandIn } from '../../src/standins/slack/slack-stand-in.js';
import type { WeChatStandIn } from '../../src/standins/wechat/stand-in.js';
import type { Choice } from '../../src/workflows/council/tally.js';
import type { Act } from './storm-acts.js';
import { slackRoom, wechatRoom } from './storm-alliance.js';

const words: Readonly<Record<Choice, { readonly zh: string; readonly en: string; readonly number: string }>> =
  {
    yes: { zh: '赞成', en: 'yes', number: '1' },
    no: { zh: '反对', en: 'no', number: '2' },
    abstain: { zh: '弃权', en: 'abstain', number: '3' },
  };

const unseen = { number: 1, reason: 'http_timeout' };

export const openPeople = (slack: SlackStandIn, wechat: WeChatStandIn, port: number) => {
  let unacknowledged = 0;
  // Slack sends an event again when it saw no acknowledgement in time: here, with some, at the same moment.
  const doubled = new Set<unknown>();
  const http = overHttp(
    () => `http://127.0.0.1:${port}${slackPath}`,
    slack.settings.signingSecret,
    slack.settings.ackTimeoutMs ?? 3000,
  );
  slack.useTransport(async (parcel, retry) => {
    const again = parcel.kind === 'event' && doubled.delete(senderOf(parcel.body.event));
    const [receipt] = await Promise.all([
      http(parcel, retry),
      ...(again ? [http(parcel, unseen), http(parcel, unseen)] : []),
    ]);
    if (receipt.status !== 200) unacknowledged += 1;
    return receipt;
  });
  const press = presser(slack);

  const onSlack = async ({ voter: { id }, choice, way, twice }: Act): Promise<void> => {
    const vote = `${words[choice].en} P-1`;
    switch (way) {
      case 'press':
        await press(id, choice);
        return;
      case 'slash':
        await slack.slash(id, 'dm', vote);
        return;
      case 'slashInRoom':
        await slack.slash(id, slackRoom, vote);
        return;
      case 'mention':
        if (twice) doubled.add(id);
        await slack.mention(id, slackRoom, vote);
        return;
      default:
        if (twice) doubled.add(id);
        await slack.say(id, 'dm', vote);
    }
  };

  const onWeChat = ({ voter: { id }, choice, way, twice }: Act): void => {
    const { zh, number } = words[choice];
    const inRoom = way === 'wordInRoom' || way === 'numberInRoom' || way === 'mention';
    const text = way === 'numberInRoom' ? number : way === 'bareWord' ? zh : `${zh} P-1`;
    const message = wechat.say(id, inRoom ? wechatRoom : 'direct', text, { mention: way === 'mention' });
    if (twice) wechat.faults.redeliver(message);
  };

  return {
    /** Resolves when the desk has acknowledged it; on WeChat, where nothing is acknowledged, at once. */
    act: async (act: Act): Promise<void> => {
      if (act.voter.channel === 'slack') await onSlack(act);
      else onWeChat(act);
    },
    unacknowledged: () => unacknowledged,
  };
};

const senderOf = (event: unknown): unknown =>
  typeof event === 'object' && event !== null && 'user' in event ? event.user : undefined;

/** Presses buttons of the card as it is now: a screen may show them long after they were taken away. */
const presser = (slack: SlackStandIn) => {
  const card = slack.posts.find((post) => post.channel === slackRoom);
  const buttons = (card?.blocks ?? []).flatMap((block) => (block.type === 'actions' ? block.elements : []));
  let count = 0;
  return (user: string, choice: Choice) => {
    const button = buttons.find((one) => one.text.text.includes(words[choice].zh));
    if (!button) throw new Error(`the card has no button for ${choice}`);
    count += 1;
    return slack.deliver({
      kind: 'interaction',
      body: {
        type: 'block_actions',
        team: { id: slack.settings.team },
        user: { id: user, name: user, team_id: slack.settings.team },
        trigger_id: `press-${count}`,
        channel: { id: slackRoom, name: 'council' },
        container: { type: 'message', message_ts: card?.ts, channel_id: slackRoom },
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
