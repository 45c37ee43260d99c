import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { demoAllianceFile, loadAllianceFile } from '../../src/alliance/file.js';
import { importAlliance } from '../../src/alliance/import.js';
import { openWeChatBot, type WeChatBot } from '../../src/bots/wechat/bot.js';
import { type Desk, openDesk } from '../../src/desk/desk.js';
import { loadParts } from '../../src/desk/load.js';
import { startWeChatStandIn, type WeChatStandIn } from '../../src/standins/wechat/stand-in.js';
import { type Database, openDatabase } from '../../src/store/database.js';
import { workflows } from '../../src/workflows/index.js';
import { type FreshDatabase, freshDatabase } from '../database.js';
import { testLinks } from '../links.js';
import { testVault } from '../vault.js';
import { isUp, quiet, settingsFor } from './room-for-talk.js';

const note = /^李娜 AD-[A-Z0-9]{8}$/;

describe('people whose ids change at a login', () => {
  let fresh: FreshDatabase;
  let database: Database;
  let desk: Desk;
  let network: WeChatStandIn;
  let bot: WeChatBot;

  beforeEach(async () => {
    fresh = await freshDatabase();
    database = openDatabase(fresh.url, 3);
    await importAlliance(database, await loadAllianceFile(demoAllianceFile), new Date());
    const parts = await loadParts(database, workflows, testVault(), testLinks());
    const clock = { now: () => new Date() };
    desk = openDesk(parts, { database, clock, log: quiet, onCommitted: () => undefined });
    network = await startWeChatStandIn({
      bot: { id: 'wxid_desk', name: '联盟小秘' },
      contacts: [
        { id: 'wx-lina', name: '李娜' },
        { id: 'wx-xuwenbin', name: 'Wen' },
        { id: 'wx-stranger', name: '路人' },
      ],
      rooms: [],
      heartbeatMs: 500,
    });
    bot = openWeChatBot(settingsFor(network), desk, quiet);
    await bot.start();
    await isUp(bot);
  });
  afterEach(async () => {
    await bot.stop();
    await network.stop();
    await desk.idle();
    await database.$disconnect();
    await fresh.drop();
  });

  const until = (check: () => Promise<boolean> | boolean) =>
    vi.waitUntil(check, { timeout: 15_000, interval: 30 });
  const noted = () => until(() => note.test(network.noteOf('wx-lina') ?? ''));

  const loginAnew = async (): Promise<(id: string) => string> => {
    await network.faults.logOut();
    await until(() => bot.health().state === 'down');
    const renewed = network.faults.renewIds();
    network.faults.logIn();
    await isUp(bot);
    return (id) => renewed.get(id) ?? id;
  };
  const idsOf = async (key: string) =>
    (await database.identity.findMany({ where: { channel: 'wechat', person: { key } } })).map(
      (one) => one.externalId,
    );
  const whoIs = async (externalId: string) =>
    (
      await database.identity.findFirst({
        where: { channel: 'wechat', externalId },
        include: { person: true },
      })
    )?.person;
  const speaks = async (id: string, words: string) => {
    network.say(id, 'direct', words);
    await until(async () => (await whoIs(id)) !== undefined);
    await desk.idle();
  };

  test('are noted with a code, and guests are not', async () => {
    await until(() => /^Wen AD-[A-Z0-9]{8}$/.test(network.noteOf('wx-xuwenbin') ?? ''));
    await noted();
    expect(network.noteOf('wx-stranger')).toBeUndefined();
  });

  test('are found again by it, each as who they were', async () => {
    await noted();
    const before = network.noteOf('wx-lina');
    const now = await loginAnew();
    await until(async () => (await idsOf('li-na'))[0] === now('wx-lina'));
    expect(await idsOf('li-na')).toEqual([now('wx-lina')]);
    expect(network.noteOf(now('wx-lina'))).toBe(before);
    await speaks(now('wx-lina'), '你好');
    expect(await whoIs(now('wx-lina'))).toMatchObject({ key: 'li-na' });
  });

  test('go on with a form that was open, under the new id', async () => {
    await noted();
    await speaks('wx-lina', '填写请假');
    await until(async () => (await database.dialogue.count({ where: { status: 'open' } })) === 1);
    const now = await loginAnew();
    await until(async () => (await idsOf('li-na'))[0] === now('wx-lina'));
    expect(await database.dialogue.findFirstOrThrow()).toMatchObject({ conversation: now('wx-lina') });
  });

  test('are guests when the note is gone, and are asked to link', async () => {
    await noted();
    network.setNote('wx-lina');
    const now = await loginAnew();
    await until(async () => (await idsOf('xu-wenbin'))[0] === now('wx-xuwenbin'));
    await speaks(now('wx-lina'), '你好');
    expect(await whoIs(now('wx-lina'))).toMatchObject({ guest: true, key: null });
    const said = await database.outbox.findFirstOrThrow({ where: { conversation: now('wx-lina') } });
    expect(JSON.stringify(said.content)).toContain('如果您已在联盟登记过，请回复“绑定”');
  });

  test('are guests when two contacts carry the code', async () => {
    await noted();
    network.setNote('wx-stranger', network.noteOf('wx-lina'));
    const now = await loginAnew();
    await until(async () => (await idsOf('xu-wenbin'))[0] === now('wx-xuwenbin'));
    expect(await idsOf('li-na')).toEqual(['wx-lina']);
  });

  test('are not mistaken for somebody who only calls themselves so', async () => {
    await noted();
    const code = network.noteOf('wx-lina') ?? '';
    network.setNote('wx-lina');
    network.addContact({ id: 'wx-thief', name: code });
    const now = await loginAnew();
    await until(async () => (await idsOf('xu-wenbin'))[0] === now('wx-xuwenbin'));
    expect(await idsOf('li-na')).toEqual(['wx-lina']);
  });

  test('are joined with the guest as whom they wrote before they were found', async () => {
    await noted();
    const code = /AD-(\w{8})$/.exec(network.noteOf('wx-lina') ?? '')?.[1] ?? '';
    await speaks('wx-new', '填写请假');
    const guest = await whoIs('wx-new');
    await desk.recognise('wechat', [{ id: 'wx-new', code }], true);
    expect(await whoIs('wx-new')).toMatchObject({ key: 'li-na' });
    expect(await idsOf('li-na')).toEqual(['wx-new']);
    expect(await database.identity.count({ where: { personId: guest?.id ?? '' } })).toBe(0);
  });

  test('are noted as soon as they are linked', async () => {
    await until(() => network.noteOf('wx-xuwenbin') !== undefined);
    await speaks('wx-stranger', '你好');
    const person = await database.person.findFirstOrThrow({ where: { key: 'wang-fang' } });
    await database.identity.updateMany({
      where: { externalId: 'wx-stranger' },
      data: { personId: person.id },
    });
    network.say('wx-stranger', 'direct', '你好');
    await until(() => /^路人 AD-/.test(network.noteOf('wx-stranger') ?? ''));
  });
});
