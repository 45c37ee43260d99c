import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openWeChatBot } from '../../src/bots/wechat/bot.js';
import { outageNote } from '../../src/bots/wechat/outage.js';
import type { WeChatStandIn } from '../../src/standins/wechat/stand-in.js';
import {
  council,
  delivery,
  eventually,
  isUp,
  openReception,
  quiet,
  settingsFor,
  startBot,
  startNetwork,
  temporaryDirectory,
} from './room-for-talk.js';

describe('the line to the puppet service', () => {
  const closing: (() => Promise<void>)[] = [];
  const unhandled: unknown[] = [];
  beforeAll(() => {
    process.on('unhandledRejection', (error) => unhandled.push(error));
  });
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
    expect(unhandled).toEqual([]);
  });
  const network = async (settings: Parameters<typeof startNetwork>[0] = {}): Promise<WeChatStandIn> => {
    const started = await startNetwork(settings);
    closing.push(() => started.stop());
    return started;
  };
  const bot = async (...on: Parameters<typeof startBot>) => {
    const started = await startBot(...on);
    closing.push(() => started.bot.stop());
    return started;
  };

  test('waits for a server that is not there yet', async () => {
    const on = await network();
    await on.faults.stopServer();
    const desk = openReception();
    const early = openWeChatBot(settingsFor(on), desk.reception, quiet);
    closing.push(() => early.stop());
    await early.start();
    expect(early.health().state).not.toBe('up');
    expect(await early.deliver(delivery('wxid_li', '早'))).toMatchObject({ kind: 'later' });
    await on.faults.startServer();
    await isUp(early);
    on.say('wxid_li', 'direct', '早');
    await eventually(() => desk.taken.length === 1);
  });

  test('comes back when the server was away, and says once in open rooms what may be missing', async () => {
    const on = await network();
    const { bot: back, taken } = await bot(on, { openRooms: [council], announceAfterOutageMs: 1 });
    expect(on.sent).toEqual([]);
    await on.faults.stopServer();
    await eventually(() => back.health().state === 'down');
    on.say('wxid_li', 'direct', '谁也听不到');
    await on.faults.startServer();
    await isUp(back);
    on.say('wxid_li', 'direct', '我回来了');
    await eventually(() => taken.length > 0);
    expect(taken.map((one) => one.text)).toEqual(['我回来了']);
    expect(await back.deliver(delivery('wxid_li', '您好'))).toEqual({ kind: 'sent' });
    await eventually(() => on.sent.some((one) => one.conversation === council));
    expect(on.sent.filter((one) => one.conversation === council)).toEqual([
      {
        conversation: council,
        mentionIds: [],
        text: expect.stringMatching(/^刚才离线，.*烦请重发，谢谢。$/),
      },
    ]);
  });

  test('notices a line on which nothing comes any more', async () => {
    const on = await network({ heartbeatMs: 100 });
    const { bot: deaf, taken } = await bot(on, {
      puppetOptions: { ...settingsFor(on).puppetOptions, timeoutSeconds: 1 },
    });
    on.faults.mute(true);
    await eventually(() => deaf.health().state === 'down');
    expect(deaf.health().detail).toContain('no sign of life');
    on.faults.mute(false);
    await isUp(deaf);
    on.say('wxid_li', 'direct', '还在吗');
    await eventually(() => taken.length === 1);
  });

  test('follows a logout, a QR code and the next login', async () => {
    const on = await network();
    const { bot: scanned, taken } = await bot(on);
    const shown: (string | undefined)[] = [];
    scanned.onScan((qrText) => shown.push(qrText));
    await on.faults.logOut();
    await eventually(() => scanned.health().state === 'down');
    expect(await scanned.deliver(delivery('wxid_li', '在吗'))).toMatchObject({ kind: 'later' });
    on.faults.showQr('https://example.org/qr');
    await eventually(() => shown.length === 1);
    expect(scanned.health().detail).toContain('QR');
    expect(scanned.health().detail).not.toContain('example.org');
    on.faults.logIn();
    await isUp(scanned);
    expect(shown).toEqual(['https://example.org/qr', undefined]);
    on.say('wxid_li', 'direct', '你好');
    await eventually(() => taken.length === 1);
  });

  test('stops listening for a while when errors flood, and lives on', async () => {
    const on = await network();
    const { bot: flooded, taken } = await bot(on);
    on.faults.floodErrors(500);
    await eventually(() => flooded.health().state === 'down');
    expect(flooded.health().detail).toContain('too many errors');
    await isUp(flooded);
    on.say('wxid_li', 'direct', '还好吗');
    await eventually(() => taken.length === 1);
  });

  test.each(['stop', 'abandon'] as const)('%s leaves the account logged in for the next bot', async (way) => {
    const on = await network();
    const first = await startBot(on);
    await first.bot[way]();
    expect(on.loggedIn).toBe(true);
    expect(await first.bot.deliver(delivery('wxid_li', '迟了'))).toMatchObject({ kind: 'later' });
    const second = await bot(on);
    on.say('wxid_li', 'direct', '换人了吗');
    await eventually(() => second.taken.length === 1);
    expect(first.taken).toEqual([]);
  });

  test('stop lets what is under way finish', async () => {
    const on = await network();
    const { bot: stopping, taken, behaviour } = await bot(on);
    let answered = false;
    behaviour.answer = async () => {
      await new Promise((resume) => setTimeout(resume, 300));
      answered = true;
    };
    on.say('wxid_li', 'direct', '最后一句');
    await eventually(() => taken.length === 1);
    await stopping.stop();
    expect(answered).toBe(true);
  });

  test('an outage across a restart is announced as well', async () => {
    const on = await network();
    const memoryDir = temporaryDirectory();
    const first = await startBot(on, { memoryDir });
    await first.bot.stop();
    await bot(on, { memoryDir, openRooms: [council], announceAfterOutageMs: 1 });
    await eventually(() => on.sent.some((one) => one.conversation === council));
  });

  test('names the day when an outage lasted over midnight', () => {
    const from = new Date('2026-11-28T06:02:00Z');
    expect(outageNote(from, new Date('2026-11-28T06:09:00Z'))).toContain('14:02–14:09');
    expect(outageNote(from, new Date('2026-11-28T17:09:00Z'))).toContain('11月28日 14:02–11月29日 01:09');
  });

  test('refuses settings that can never work, with a remedy', async () => {
    const open = (settings: Partial<Parameters<typeof openWeChatBot>[0]>) =>
      openWeChatBot(
        settingsFor({ endpoint: '127.0.0.1:1', token: 'insecure_x' }, settings),
        openReception().reception,
        quiet,
      ).start();
    await expect(open({ puppetOptions: { token: 'plain' } })).rejects.toMatchObject({ code: 'wechat-token' });
    await expect(open({ puppet: 'express' })).rejects.toMatchObject({ code: 'wechat-puppet-name' });
    await expect(open({ puppet: 'wechaty-puppet-none' })).rejects.toMatchObject({ code: 'wechat-puppet' });
  });
});
