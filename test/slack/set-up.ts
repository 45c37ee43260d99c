/** A bot before a stand-in of Slack, with a desk behind it that only remembers. */
import { createServer } from 'node:http';
import { pino } from 'pino';
import { expect, vi } from 'vitest';
import { z } from 'zod';
import type { Delivery, Form, HomeItem, Reception } from '../../src/bots/bot.js';
import { openSlackBot, type SlackBot, type SlackSettings } from '../../src/bots/slack/slack-bot.js';
import type { Input } from '../../src/core/input.js';
import { type Content, say } from '../../src/core/message.js';
import type { AnyQuestion } from '../../src/core/question.js';
import type { Text } from '../../src/core/text.js';
import {
  type SlackStandIn,
  type SlackStandInSettings,
  startSlackStandIn,
} from '../../src/standins/slack/slack-stand-in.js';

export const signingSecret = 'a-secret-between-two';
export const li = { id: 'U00000LI', name: '李伟' };
export const wang = { id: 'U0000WNG', name: 'Wang Fang' };
export const council = { id: 'C0COUNCIL', name: 'council', members: [li.id, wang.id] };

export type Desk = Reception & {
  /** Inputs that were stored, repeats left out. */
  readonly inputs: Input[];
  readonly shownForms: boolean[];
  repeats: number;
  /** The next inputs can't be stored. */
  brokenFor: number;
  form: Form | undefined;
  problems: Readonly<Record<string, Text>>;
  homeItems: readonly HomeItem[];
  beforeTake: () => Promise<void>;
};

export const openDesk = (): Desk => {
  const keys = new Set<string>();
  const desk: Desk = {
    inputs: [],
    shownForms: [],
    repeats: 0,
    brokenFor: 0,
    form: undefined,
    problems: {},
    homeItems: [],
    beforeTake: async () => {},
    take: async (input, options) => {
      await desk.beforeTake();
      if (desk.brokenFor > 0) {
        desk.brokenFor -= 1;
        throw new Error('the database is away');
      }
      const repeat = input.keys.some((key) => keys.has(key));
      for (const key of input.keys) keys.add(key);
      if (repeat) desk.repeats += 1;
      else {
        desk.inputs.push(input);
        desk.shownForms.push(options?.canShowForm ?? false);
      }
      const form = options?.canShowForm && !repeat ? desk.form : undefined;
      return { repeat, answered: Promise.resolve(form ? { form } : {}) };
    },
    startsForm: (words) => /^(申请入会|apply)/.test(words),
    checkForm: () => desk.problems,
    home: async () => ({ language: 'zh', items: desk.homeItems }),
    openRooms: async () => [],
    recognise: async () => [],
  };
  return desk;
};

export type Scene = {
  readonly slack: SlackStandIn;
  readonly bot: SlackBot;
  readonly desk: Desk;
  readonly url: string;
  close(): Promise<void>;
};

/** Bot and stand-in over HTTP, each on a free port. */
export const openScene = async (
  more: { readonly slack?: Partial<SlackStandInSettings>; readonly bot?: Partial<SlackSettings> } = {},
): Promise<Scene> => {
  const slack = await startSlackStandIn({
    signingSecret,
    botToken: 'xoxb-desk',
    team: 'T0ALLIANCE',
    users: [li, wang],
    channels: [council],
    retryDelaysMs: [1, 5, 20],
    ...more.slack,
  });
  const desk = openDesk();
  const bot = openSlackBot(
    { botToken: 'xoxb-desk', signingSecret, apiUrl: slack.apiUrl, ...more.bot },
    desk,
    pino({ level: 'silent' }),
  );
  const server = createServer((request, response) => bot.handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/slack/events`;
  slack.deliverTo(url);
  await bot.start();
  return {
    slack,
    bot,
    desk,
    url,
    close: async () => {
      await bot.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await slack.stop();
    },
  };
};

/** Waits until a condition holds. */
export const until = (what: () => unknown): Promise<void> =>
  vi.waitFor(() => expect(what()).toBeTruthy(), { timeout: 10_000, interval: 5 });

let outbox = 0;
export const deliveryOf = (conversation: string, more: Partial<Delivery> = {}): Delivery => {
  outbox += 1;
  return {
    id: String(outbox),
    account: 'T0ALLIANCE',
    conversation,
    content: contentOf('您好', 'Hello'),
    ...more,
  };
};

export const contentOf = (zh: string, en: string, more: Partial<Content> = {}): Content => ({
  languages: ['zh'],
  message: say(zh, en),
  choices: [],
  ...more,
});

export const question = (kind: AnyQuestion['kind'], more: Partial<AnyQuestion> = {}): AnyQuestion => ({
  kind,
  label: { zh: '园区名称', en: 'Park' },
  ask: { zh: '贵园区的名称是？', en: 'What is your park called?' },
  optional: false,
  schema: z.string(),
  hear: (words) => ({ kind: 'understood', value: words }),
  show: (value) => ({ zh: String(value), en: String(value) }),
  ...more,
});
