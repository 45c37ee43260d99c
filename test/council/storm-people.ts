/** People of the storm at their phones: what they do, as their networks bring it. */
import type { SlackStandIn } from '../../src/standins/slack/slack-stand-in.js';
import type { WeChatStandIn } from '../../src/standins/wechat/stand-in.js';
import type { Choice } from '../../src/workflows/council/tally.js';
import { carryRepeatedly, presser } from '../slack/phone.js';
import type { Act } from './storm-acts.js';
import { slackRoom, wechatRoom } from './storm-alliance.js';

const words: Readonly<Record<Choice, { readonly zh: string; readonly en: string; readonly number: string }>> =
  {
    yes: { zh: '赞成', en: 'yes', number: '1' },
    no: { zh: '反对', en: 'no', number: '2' },
    abstain: { zh: '弃权', en: 'abstain', number: '3' },
  };

export const openPeople = (slack: SlackStandIn, wechat: WeChatStandIn, port: number) => {
  const doubled = new Set<unknown>();
  const unacknowledged = carryRepeatedly(slack, port, (sender) => doubled.delete(sender));
  const press = presser(slack);
  // A screen may show the card as it was long after its buttons were taken away.
  const card = slack.posts.find((post) => post.channel === slackRoom);

  const onSlack = async ({ voter: { id }, choice, way, twice }: Act): Promise<void> => {
    const vote = `${words[choice].en} P-1`;
    switch (way) {
      case 'press':
        await press(id, { ...card, conversation: slackRoom }, words[choice].zh);
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
    unacknowledged,
  };
};
