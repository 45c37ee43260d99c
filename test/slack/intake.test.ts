import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { same } from '../../src/core/text.js';
import { sign } from '../../src/standins/slack/courier.js';
import {
  contentOf,
  council,
  deliveryOf,
  li,
  openScene,
  type Scene,
  signingSecret,
  until,
  wang,
} from './set-up.js';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

const body = JSON.stringify({
  type: 'event_callback',
  team_id: 'T0ALLIANCE',
  event_id: 'Ev-by-hand',
  event: {
    type: 'message',
    channel: 'D00000LI',
    channel_type: 'im',
    user: li.id,
    ts: '1.000001',
    text: 'hi',
  },
});
const post = (timestamp: number, signature: string, more: RequestInit = {}) =>
  fetch(scene.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-slack-request-timestamp': String(timestamp),
      'x-slack-signature': signature,
    },
    body,
    ...more,
  });
const seconds = () => Math.floor(Date.now() / 1000);

describe('who may post', () => {
  it.each([
    ['signed just now', 0, 200],
    ['signed 290 seconds ago', -290, 200],
    ['signed 301 seconds ago', -301, 401],
    ['signed four minutes ahead', 240, 200],
    ['signed an hour ahead', 3600, 401],
  ])('%s', async (_, offset, status) => {
    const at = seconds() + offset;
    expect((await post(at, sign(signingSecret, at, body))).status).toBe(status);
    expect(scene.desk.inputs).toHaveLength(status === 200 ? 1 : 0);
  });

  it('nobody with another secret, or over another body', async () => {
    const at = seconds();
    expect((await post(at, sign('another', at, body))).status).toBe(401);
    expect((await post(at, sign(signingSecret, at, `${body} `))).status).toBe(401);
    expect(scene.desk.inputs).toHaveLength(0);
  });

  it('only there, and only by POST', async () => {
    expect((await fetch(scene.url)).status).toBe(404);
    expect((await fetch(scene.url.replace('events', 'other'), { method: 'POST' })).status).toBe(404);
  });

  it('Slack may ask whose address it is', async () => {
    const asking = JSON.stringify({ type: 'url_verification', challenge: 'abc' });
    const at = seconds();
    const answer = await post(at, sign(signingSecret, at, asking), { body: asking });
    expect(await answer.json()).toEqual({ challenge: 'abc' });
  });
});

describe('an event', () => {
  it('delivered three times is one input', async () => {
    scene.slack.repeatEvents(3);
    const receipts = await scene.slack.say(li.id, 'dm', '申请入会');
    expect(receipts.map((one) => one.status)).toEqual([200, 200, 200]);
    expect(scene.desk.inputs).toHaveLength(1);
    expect(scene.desk.repeats).toBe(2);
  });

  it('is not acknowledged when it can’t be stored, and comes again', async () => {
    scene.desk.brokenFor = 2;
    const [receipt] = await scene.slack.say(li.id, 'dm', '申请入会');
    expect(receipt).toMatchObject({ status: 200, attempts: 3 });
    expect(scene.desk.inputs).toHaveLength(1);
  });

  it('is refused with 500 while storing fails', async () => {
    scene.desk.brokenFor = 1;
    const at = seconds();
    expect((await post(at, sign(signingSecret, at, body))).status).toBe(500);
  });

  it('under two event ids is one message', async () => {
    await scene.slack.sayRaw(li.id, 'dm', 'hello', { client_msg_id: 'one' });
    await scene.slack.sayRaw(li.id, 'dm', 'hello', { client_msg_id: 'one' });
    expect(scene.desk.inputs).toHaveLength(1);
  });

  it('waits for nothing that Slack’s own API does', async () => {
    scene.slack.fail('users.info', { kind: 'refused', error: 'internal_error' }, 9);
    const [receipt] = await scene.slack.say(li.id, 'dm', '在吗');
    expect(receipt?.status).toBe(200);
    expect(scene.desk.inputs[0]?.sender).toEqual({ id: li.id });
  });
});

describe('people', () => {
  it('write to the desk and are known by the name they go by', async () => {
    await scene.slack.say(li.id, 'dm', 'R&D <陶溪川> 100%');
    expect(scene.desk.inputs).toMatchObject([
      {
        kind: 'said',
        text: 'R&D <陶溪川> 100%',
        addressed: true,
        account: 'T0ALLIANCE',
        conversation: { id: li.id, kind: 'direct' },
        sender: { id: li.id, name: '李伟' },
      },
    ]);
  });

  it('mention it in a room; what else they say there is not its business', async () => {
    await scene.slack.mention(wang.id, council.id, 'status M-1');
    await scene.slack.say(wang.id, council.id, 'lunch?');
    expect(scene.desk.inputs).toMatchObject([
      { text: 'status M-1', conversation: { id: council.id, kind: 'room' } },
    ]);
  });

  it('use the slash command where they are', async () => {
    expect((await scene.slack.slash(wang.id, council.id, 'help')).status).toBe(200);
    expect((await scene.slack.slash(wang.id, 'dm', '帮助')).status).toBe(200);
    expect(scene.desk.inputs).toMatchObject([
      { text: 'help', conversation: { id: council.id, kind: 'room' } },
      { text: '帮助', conversation: { id: wang.id, kind: 'direct' } },
    ]);
    expect(scene.desk.shownForms).toEqual([false, false]);
  });

  it('press buttons under posts', async () => {
    const choices = [{ offer: 'offer-approve', number: 1, label: { zh: '批准', en: 'Approve' } }];
    await scene.bot.deliver(deliveryOf(council.id, { content: contentOf('请审批', '', { choices }) }));
    expect((await scene.slack.press(wang.id, council.id, '批准')).status).toBe(200);
    expect(scene.desk.inputs).toMatchObject([
      {
        kind: 'pressed',
        offer: 'offer-approve',
        conversation: { id: council.id, kind: 'room' },
        sender: { name: 'Wang Fang' },
      },
    ]);
  });

  it('see on their home page what waits for them, also right after they pressed something there', async () => {
    const choices = [{ offer: 'o1', number: 1, label: { zh: '受理', en: 'Take' } }];
    scene.desk.homeItems = [{ message: same('M-1 陶溪川'), choices }];
    await scene.slack.openHome(li.id, 'messages');
    await scene.slack.openHome(li.id);
    await until(() => scene.slack.homeOf(li.id));
    expect(JSON.stringify(scene.slack.homeOf(li.id)?.view.blocks)).toContain('M-1 陶溪川');
    expect(scene.slack.calls.filter((call) => call.method === 'views.publish')).toHaveLength(1);

    scene.desk.homeItems = [];
    await scene.slack.press(li.id, 'home', '受理');
    expect(scene.desk.inputs).toMatchObject([{ kind: 'pressed', offer: 'o1', conversation: { id: li.id } }]);
    await until(() => JSON.stringify(scene.slack.homeOf(li.id)?.view.blocks).includes('目前没有'));
  });
});

describe('the bot', () => {
  it('is up once Slack has said who it is, and down when the workspace removes it', async () => {
    await until(() => scene.bot.health().state === 'up');
    await scene.slack.say(li.id, 'dm', '你好');
    expect(scene.bot.health().lastInputAt).toBeInstanceOf(Date);
    await scene.slack.removeApp();
    await until(() => scene.bot.health().state === 'down');
    expect(scene.bot.health().detail).toContain('removed');
  });

  it('takes inputs while Slack’s API is away at start', async () => {
    const lonely = await openScene({ bot: { apiUrl: 'http://127.0.0.1:9/api/' } });
    const [receipt] = await lonely.slack.say(li.id, 'dm', '你好');
    expect(receipt?.status).toBe(200);
    expect(lonely.bot.health().state).toBe('starting');
    await lonely.close();
  });

  it('stops only when what is under way is stored, and then takes nothing more', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let entered = false;
    scene.desk.beforeTake = () => {
      entered = true;
      return held;
    };
    const saying = scene.slack.say(li.id, 'dm', '申请入会');
    await until(() => entered);
    let stopped = false;
    const stopping = scene.bot.stop().then(() => {
      stopped = true;
    });
    const at = seconds();
    expect((await post(at, sign(signingSecret, at, body))).status).toBe(503);
    expect(stopped).toBe(false);
    release();
    expect((await saying)[0]?.status).toBe(200);
    await stopping;
    expect(scene.desk.inputs).toHaveLength(1);
  });
});
