/** What people do on Slack, as it reaches the desk: over HTTP, at times repeated, buttons pressed on what they were shown. */
import { slackPath } from '../../src/bots/slack/slack-bot.js';
import { overHttp } from '../../src/standins/slack/courier.js';
import type { Shown, SlackStandIn } from '../../src/standins/slack/slack-stand-in.js';

const unseen = { number: 1, reason: 'http_timeout' };

/**
 * Slack sends an event again when it saw no acknowledgement in time: here, with those senders for whom `comesAgain`,
 * three times at the same moment. Returns how many requests were not acknowledged.
 */
export const carryRepeatedly = (
  slack: SlackStandIn,
  port: number,
  comesAgain: (sender: unknown) => boolean,
): (() => number) => {
  let unacknowledged = 0;
  const http = overHttp(
    () => `http://127.0.0.1:${port}${slackPath}`,
    slack.settings.signingSecret,
    slack.settings.ackTimeoutMs ?? 3000,
  );
  slack.useTransport(async (parcel, retry) => {
    const again = parcel.kind === 'event' && comesAgain(senderOf(parcel.body.event));
    const [receipt] = await Promise.all([
      http(parcel, retry),
      ...(again ? [http(parcel, unseen), http(parcel, unseen)] : []),
    ]);
    if (receipt.status !== 200) unacknowledged += 1;
    return receipt;
  });
  return () => unacknowledged;
};

const senderOf = (event: unknown): unknown =>
  typeof event === 'object' && event !== null && 'user' in event ? event.user : undefined;

export type Card = Partial<Pick<Shown, 'conversation' | 'ts' | 'blocks'>>;

/** Presses the buttons of a post as it was when it was shown: they may be gone by now. */
export const presser = (slack: SlackStandIn) => {
  let count = 0;
  return async (user: string, { conversation, ts, blocks = [] }: Card, label: string): Promise<void> => {
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
