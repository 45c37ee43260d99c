import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { WeChatStandIn } from '../../src/standins/wechat/stand-in.js';
import { council, delivery, eventually, startBot, startNetwork } from './room-for-talk.js';

describe('a bot on the network', () => {
  let network: WeChatStandIn;
  let on: Awaited<ReturnType<typeof startBot>>;
  beforeAll(async () => {
    network = await startNetwork({ botAlias: '秘书处小秘' });
    on = await startBot(network);
  });
  afterAll(async () => {
    await on.bot.stop();
    await network.stop();
  });
  const heard = async (id: string) => {
    await eventually(() => on.taken.some((one) => one.keys[0] === `message:${id}`));
    const said = on.taken.find((one) => one.keys[0] === `message:${id}`);
    if (!said) throw new Error('unreachable');
    return said;
  };

  test('takes a direct message and delivers the answer', async () => {
    const id = network.say('wxid_li', 'direct', '申请入会', { at: new Date('2026-11-28T06:00:00Z') });
    expect(await heard(id)).toEqual({
      kind: 'said',
      channel: 'wechat',
      account: '',
      keys: [`message:${id}`],
      sentAt: new Date('2026-11-28T06:00:00Z'),
      conversation: { id: 'wxid_li', kind: 'direct' },
      sender: { id: 'wxid_li', name: '李伟' },
      text: '申请入会',
      addressed: true,
    });
    expect(await on.bot.deliver(delivery('wxid_li', '贵园区的名称？'))).toEqual({ kind: 'sent' });
    expect(network.sent.at(-1)).toEqual({ conversation: 'wxid_li', text: '贵园区的名称？', mentionIds: [] });
  });

  test.each([
    ['no mention', '今天天气不错', {}, { addressed: false, text: '今天天气不错' }],
    ['a listed mention of the room alias', '赞成', { mention: true }, { addressed: true, text: '赞成' }],
    ['a typed mention of the name', '@联盟小秘 赞成', {}, { addressed: true, text: '赞成' }],
    ['a typed mention of the alias', '赞成 @秘书处小秘', {}, { addressed: true, text: '赞成' }],
    ['a mention of somebody else', '@联盟小秘书 赞成', {}, { addressed: false, text: '@联盟小秘书 赞成' }],
  ])('hears in a room: %s', async (_, words, options, expected) => {
    const id = network.say('wxid_wang', council, words, options);
    expect(await heard(id)).toMatchObject({ conversation: { id: council, kind: 'room' }, ...expected });
  });

  test('does not hear itself', async () => {
    await on.bot.deliver(delivery(council, '@联盟小秘 通知'));
    await heard(network.say('wxid_wang', council, '收到'));
    expect(on.taken.filter((one) => one.sender.id === 'wxid_desk')).toEqual([]);
  });

  test('takes the reply of a quote, not what was quoted', async () => {
    const quote = '「联盟小秘：请回复 1 批准」\n- - - - - - - - - - - - - - -\n1';
    expect(await heard(network.say('wxid_li', 'direct', quote))).toMatchObject({ text: '1' });
    const xml =
      '<msg><appmsg appid=""><title>同意 &amp; 支持</title><type>57</type><refermsg><content>不同意</content></refermsg></appmsg></msg>';
    expect(await heard(network.say('wxid_li', 'direct', xml, { type: 0 }))).toMatchObject({
      text: '同意 & 支持',
    });
  });

  test('hands a redelivered message in under the same key', async () => {
    const id = network.say('wxid_li', 'direct', '报名');
    await heard(id);
    network.faults.redeliver(id);
    await eventually(() => on.taken.filter((one) => one.keys[0] === `message:${id}`).length === 2);
  });

  test('hands a shuffled burst in by the time of its messages', async () => {
    const before = on.taken.length;
    network.faults.reverse(10);
    for (let n = 0; n < 10; n += 1)
      network.say('wxid_wang', council, `n${n}`, { at: new Date(1_790_000_000_000 + n * 1000) });
    await eventually(() => on.taken.length === before + 10);
    expect(on.taken.slice(before).map((one) => one.text)).toEqual(
      Array.from({ length: 10 }, (__, n) => `n${n}`),
    );
  });

  test('hands a message in while the one before is being answered', async () => {
    const before = on.taken.length;
    let answer = () => {};
    on.behaviour.answer = () =>
      new Promise((resolve) => {
        answer = resolve;
      });
    network.say('wxid_wang', council, '第一句');
    await eventually(() => on.taken.length === before + 1);
    const answerFirst = answer;
    on.behaviour.answer = async () => {};
    network.say('wxid_li', council, '第二句');
    await eventually(() => on.taken.length === before + 2);
    answerFirst();
  });

  test('keeps the order of messages of the same second', async () => {
    const before = on.taken.length;
    const at = new Date(1_790_000_100_000);
    for (let n = 0; n < 20; n += 1) network.say('wxid_wang', council, `s${n}`, { at });
    await eventually(() => on.taken.length === before + 20);
    expect(on.taken.slice(before).map((one) => one.text)).toEqual(
      Array.from({ length: 20 }, (__, n) => `s${n}`),
    );
  });

  test('holds a message that the desk cannot store, and hands it in later', async () => {
    on.behaviour.failures = 1;
    const id = network.say('wxid_li', 'direct', '我的申请');
    await heard(id);
    expect(on.behaviour.failures).toBe(0);
  });

  test('tells a person once that it reads words only, and stays silent in rooms', async () => {
    const before = network.sent.length;
    network.say('wxid_wang', council, '', { type: 6 });
    network.say('wxid_wang', 'direct', '', { type: 6 });
    network.say('wxid_wang', 'direct', '', { type: 2 });
    await heard(network.say('wxid_wang', 'direct', '好的'));
    await eventually(() => network.sent.length > before);
    const told = network.sent.slice(before);
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({ conversation: 'wxid_wang' });
    expect(told[0]?.text).toContain('只支持文字');
  });

  test('accepts friends up to the daily cap, and greets them through the desk', async () => {
    for (const contactId of ['wxid_new1', 'wxid_new2', 'wxid_new3']) {
      network.addContact({ id: contactId, name: contactId });
      network.befriend(contactId);
    }
    const greeted = () => on.taken.filter((one) => one.keys[0].startsWith('friendship:'));
    await eventually(() => greeted().length === 2);
    await heard(network.say('wxid_li', 'direct', '在吗'));
    expect(greeted()).toHaveLength(2);
    expect(greeted()[0]).toMatchObject({ text: '你好', addressed: true, conversation: { kind: 'direct' } });
  });

  test('says later when a send is refused, and sends it then', async () => {
    network.faults.refuseSends(1);
    const refused = delivery('wxid_li', '提醒');
    expect(await on.bot.deliver(refused)).toMatchObject({ kind: 'later' });
    expect(await on.bot.deliver(refused)).toEqual({ kind: 'sent' });
  });

  test('is unsure in the middle of a long message, and goes on with the part that is missing', async () => {
    const before = network.sent.length;
    const long = delivery(
      'wxid_li',
      Array.from({ length: 100 }, (__, n) => `第${n}行，写得长一点。`).join('\n'),
    );
    const off = network.onSent(() => {
      off();
      network.faults.refuseSends(1);
    });
    expect(await on.bot.deliver(long)).toMatchObject({ kind: 'unsure' });
    expect(await on.bot.deliver({ ...long, unsureSince: new Date() })).toEqual({ kind: 'sent' });
    const parts = network.sent.slice(before).map((one) => one.text.slice(0, 5));
    expect(parts.slice(0, 2)).toEqual(['(1/3)', '(2/3)']);
    expect(parts).toHaveLength(3);
  });

  test('refuses to change a message that is out', async () => {
    expect(await on.bot.deliver({ ...delivery('wxid_li', '改'), replaces: '1' })).toMatchObject({
      kind: 'refused',
    });
  });

  test('falls silent when the account is told to send less', async () => {
    network.faults.refuseSends(1, 'send failed: ret 1205');
    const outcome = await on.bot.deliver(delivery('wxid_li', '提醒'));
    expect(outcome).toMatchObject({ kind: 'later' });
    expect(outcome.kind === 'later' && outcome.afterMs).toBeGreaterThan(10 * 60_000);
    expect(on.bot.health()).toMatchObject({ state: 'down' });
    const before = network.sent.length;
    expect(await on.bot.deliver(delivery('wxid_wang', '提醒'))).toMatchObject({ kind: 'later' });
    expect(network.sent).toHaveLength(before);
  });
});
