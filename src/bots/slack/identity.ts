import { setTimeout as pause } from 'node:timers/promises';
import type { webApi } from '@slack/bolt';
import type { Log } from '../../log.js';
import { refusal } from './outcome.js';

export type Identity =
  | { readonly kind: 'unknown'; readonly detail: string }
  | { readonly kind: 'known'; readonly botUserId: string; readonly team: string }
  | { readonly kind: 'refused'; readonly detail: string };

/** Asks Slack who the bot is until Slack answers. Nothing waits for it: the bot works without knowing. */
export const openIdentity = (client: webApi.WebClient, log: Log) => {
  const stopping = new AbortController();
  let identity: Identity = { kind: 'unknown', detail: 'Slack has not answered yet' };
  let running: Promise<void> = Promise.resolve();

  const ask = async () => {
    for (let attempt = 1; !stopping.signal.aborted && identity.kind !== 'known'; attempt++) {
      try {
        const { user_id, team, team_id } = await client.auth.test();
        if (user_id && !stopping.signal.aborted)
          identity = { kind: 'known', botUserId: user_id, team: team ?? team_id ?? '' };
      } catch (error) {
        const code = refusal(error);
        if (stopping.signal.aborted) return;
        identity =
          code === undefined
            ? { kind: 'unknown', detail: 'Slack can’t be reached' }
            : { kind: 'refused', detail: `Slack refuses the bot token: ${code}` };
        log.error({ attempt, code }, `${identity.detail}; check SLACK_BOT_TOKEN and the network`);
      }
      if (identity.kind !== 'known')
        await pause(Math.min(60_000, 1000 * 2 ** Math.min(attempt, 10)), undefined, {
          signal: stopping.signal,
        }).catch(() => {});
    }
  };

  return {
    current: (): Identity => identity,
    /** The workspace took the app away. Only a new token, and so a new start, brings it back. */
    revoke: (detail: string) => {
      identity = { kind: 'refused', detail };
      stopping.abort();
    },
    start: () => {
      running = ask();
    },
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
};
