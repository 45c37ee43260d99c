/** A stand-in network, the real bot over gRPC, and a small reception: what the tests of the bot need. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { vi } from 'vitest';
import type { Delivery, Reception } from '../../src/bots/bot.js';
import { fastPace, openWeChatBot, type WeChatSettings } from '../../src/bots/wechat/bot.js';
import type { Said } from '../../src/core/input.js';
import type { Content } from '../../src/core/message.js';
import { startWeChatStandIn, type WeChatStandIn } from '../../src/standins/wechat/stand-in.js';

export const council = '18000001@chatroom';
export const people = [
  { id: 'wxid_li', name: '李伟' },
  { id: 'wxid_wang', name: '王芳' },
];

export const startNetwork = (settings: { heartbeatMs?: number; botAlias?: string } = {}) =>
  startWeChatStandIn({
    bot: { id: 'wxid_desk', name: '联盟小秘' },
    contacts: people,
    rooms: [
      {
        id: council,
        topic: '理事会',
        members: people.map((one) => one.id),
        ...(settings.botAlias ? { aliases: { wxid_desk: settings.botAlias } } : {}),
      },
    ],
    heartbeatMs: settings.heartbeatMs ?? 500,
  });

export const temporaryDirectory = (): string => mkdtempSync(join(tmpdir(), 'wechat-bot-'));

export const content = (zh: string): Content => ({
  languages: ['zh'],
  message: { text: { zh, en: zh } },
  choices: [],
});

let deliveries = 0;
export const delivery = (conversation: string, text: string): Delivery => {
  deliveries += 1;
  return { id: String(deliveries), account: '', conversation, content: content(text) };
};

/** Takes everything down, and fails as often as it is told to. */
export const openReception = (openRooms: readonly string[] = []) => {
  const taken: Said[] = [];
  const behaviour = { failures: 0, answer: async (_: Said): Promise<void> => {} };
  const reception: Reception = {
    take: async (input) => {
      if (behaviour.failures > 0) {
        behaviour.failures -= 1;
        throw new Error('the database is away');
      }
      if (input.kind !== 'said') throw new Error(`unexpected ${input.kind}`);
      const repeat = taken.some((one) => one.keys[0] === input.keys[0]);
      taken.push(input);
      return { repeat, answered: behaviour.answer(input).then(() => ({})) };
    },
    startsForm: () => false,
    checkForm: () => ({}),
    home: async () => ({ language: 'zh', items: [] }),
    openRooms: async () => openRooms,
    recognise: async () => [],
  };
  return { reception, taken, behaviour };
};

export const quiet = pino({ level: 'silent' });

export const settingsFor = (
  network: Pick<WeChatStandIn, 'endpoint' | 'token'>,
  more: Partial<WeChatSettings> = {},
): WeChatSettings => ({
  puppet: 'wechaty-puppet-service',
  puppetOptions: {
    endpoint: network.endpoint,
    token: network.token,
    tls: { disable: true },
    timeoutSeconds: 20,
  },
  memoryDir: temporaryDirectory(),
  pace: fastPace,
  settleMs: 100,
  patience: { firstMs: 100, mostMs: 400, floodMs: 500, loginMs: 5000 },
  welcome: { afterMs: [0, 1], perDay: 2 },
  ...more,
});

/** The real bot on the network, logged in. */
export const startBot = async (
  network: Pick<WeChatStandIn, 'endpoint' | 'token'>,
  more: Partial<WeChatSettings> & { readonly openRooms?: readonly string[] } = {},
) => {
  const { openRooms, ...settings } = more;
  const desk = openReception(openRooms);
  const bot = openWeChatBot(settingsFor(network, settings), desk.reception, quiet);
  await bot.start();
  await isUp(bot);
  return { bot, ...desk };
};

export const isUp = (bot: { health(): { state: string } }) =>
  vi.waitUntil(() => bot.health().state === 'up', { timeout: 15_000, interval: 20 });

export const eventually = (check: () => boolean) => vi.waitUntil(check, { timeout: 15_000, interval: 20 });
