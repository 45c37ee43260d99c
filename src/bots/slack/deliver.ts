import type { webApi } from '@slack/bolt';
import type { Log } from '../../log.js';
import type { Delivery, Outcome } from '../bot.js';
import { outcomeOf, refusal } from './outcome.js';
import { type Bucket, isFull, paused, takeToken } from './pacing.js';
import { render } from './render.js';

const eventType = 'alliance_outbox';
// Our clock and Slack's need not agree to the second.
const clockMarginMs = 60_000;
const remembered = 1000;

/** Posts and edits, one attempt each; whoever calls decides about the next one. */
export const openDeliveries = (client: webApi.WebClient, log: Log, now: () => number = Date.now) => {
  const buckets = new Map<string, Bucket>();
  const directChannels = new Map<string, string>();

  const pace = (conversation: string): number => {
    const { bucket, waitMs } = takeToken(buckets.get(conversation), now());
    buckets.set(conversation, bucket);
    if (buckets.size > remembered)
      for (const [key, old] of buckets) if (isFull(old, now())) buckets.delete(key);
    return waitMs;
  };

  /** A person's id is no channel for reading or editing: Slack has a channel of its own for the two. */
  const channelOf = async (conversation: string): Promise<string> => {
    if (!/^[UW]/.test(conversation)) return conversation;
    const known = directChannels.get(conversation);
    if (known) return known;
    const opened = await client.conversations.open({ users: conversation });
    const channel = opened.channel?.id ?? conversation;
    directChannels.set(conversation, channel);
    return channel;
  };

  /** The post of an earlier attempt, if it did go out. */
  const find = async (delivery: Delivery, since: Date): Promise<string | undefined> => {
    const channel = await channelOf(delivery.conversation);
    const oldest = ((since.getTime() - clockMarginMs) / 1000).toFixed(6);
    let cursor: string | undefined;
    do {
      const page = await client.conversations.history({
        channel,
        oldest,
        include_all_metadata: true,
        limit: 200,
        ...(cursor && { cursor }),
      });
      const post = page.messages?.find((one) => outboxId(one.metadata) === delivery.id);
      if (post?.ts) return `${channel}:${post.ts}`;
      cursor = page.response_metadata?.next_cursor || undefined;
    } while (cursor);
    return undefined;
  };

  const post = async (delivery: Delivery, withBlocks: boolean): Promise<Outcome> => {
    const { text, blocks } = render(delivery.content, 'post');
    const posted = await client.chat.postMessage({
      channel: delivery.conversation,
      text,
      ...(withBlocks && { blocks: [...blocks] }),
      metadata: { event_type: eventType, event_payload: { outbox_id: delivery.id } },
      mrkdwn: false,
      unfurl_links: false,
      unfurl_media: false,
    });
    return posted.channel && posted.ts
      ? { kind: 'sent', messageId: `${posted.channel}:${posted.ts}` }
      : { kind: 'sent' };
  };

  const edit = async (delivery: Delivery, messageId: string, withBlocks: boolean): Promise<Outcome> => {
    const [channel, ts] = messageId.split(':');
    if (!channel || !ts) return { kind: 'refused', reason: `not a post of Slack: ${messageId}` };
    const { text, blocks } = render(delivery.content, 'edit');
    await client.chat.update({ channel, ts, text, blocks: withBlocks ? [...blocks] : [] });
    return { kind: 'sent', messageId };
  };

  const attempt = (delivery: Delivery, withBlocks: boolean): Promise<Outcome> =>
    delivery.replaces === undefined
      ? post(delivery, withBlocks)
      : edit(delivery, delivery.replaces, withBlocks);

  return async (delivery: Delivery): Promise<Outcome> => {
    // Slack counts edits apart from posts, so a reply need not wait for buttons that are taken away.
    const lane =
      delivery.replaces === undefined ? delivery.conversation : `edits of ${delivery.conversation}`;
    const waitMs = pace(lane);
    if (waitMs > 0) return { kind: 'later', afterMs: waitMs, reason: 'one message a second' };
    try {
      // An edit may be repeated, so only a post has to be looked for.
      if (delivery.unsureSince && delivery.replaces === undefined) {
        const messageId = await find(delivery, delivery.unsureSince);
        if (messageId) return { kind: 'sent', messageId };
      }
      try {
        return await attempt(delivery, true);
      } catch (error) {
        if (!/blocks/.test(refusal(error) ?? '')) throw error;
        log.error({ outbox: delivery.id, refusal: refusal(error) }, 'Slack refused the blocks: text only');
        return await attempt(delivery, false);
      }
    } catch (error) {
      const outcome = outcomeOf(error);
      if (outcome.kind === 'later') buckets.set(lane, paused(now(), outcome.afterMs));
      return outcome;
    }
  };
};

const outboxId = (metadata: unknown): unknown => {
  if (typeof metadata !== 'object' || metadata === null || !('event_payload' in metadata)) return undefined;
  const payload = metadata.event_payload;
  if (typeof payload !== 'object' || payload === null || !('outbox_id' in payload)) return undefined;
  return payload.outbox_id;
};
