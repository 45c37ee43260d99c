/** The playground: people of both stand-in networks, side by side in a browser. */
import type { Clock } from '../clock.js';
import type { SlackStandIn } from '../standins/slack/slack-stand-in.js';
import type { WeChatStandIn } from '../standins/wechat/stand-in.js';
import type { Database } from '../store/database.js';
import type { Routes } from '../web.js';

export type Playground = { readonly routes: Routes; readonly close: () => Promise<void> };

export const openPlayground = (_: {
  readonly database: Database;
  readonly slack: SlackStandIn;
  readonly wechat: WeChatStandIn;
  readonly clock: Clock;
}): Playground => ({ routes: new Map(), close: async () => undefined });
