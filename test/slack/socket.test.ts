import { afterEach, beforeEach, expect, it } from 'vitest';
import { attachSocket, type SocketStandIn } from '../../src/standins/slack/socket.js';
import { council, li, openScene, question, type Scene, until } from './set-up.js';

const appToken = 'xapp-desk';
let scene: Scene;
let line: SocketStandIn;
beforeEach(async () => {
  scene = await openScene({ slack: { appToken, ackTimeoutMs: 300 }, bot: { appToken } });
  line = attachSocket(scene.slack);
  await until(() => scene.bot.health().state === 'up');
});
afterEach(() => scene.close());

it('brings messages, commands and home pages', async () => {
  await scene.slack.say(li.id, 'dm', '你好');
  await scene.slack.slash(li.id, council.id, 'help');
  await scene.slack.openHome(li.id);
  expect(scene.desk.inputs.map((input) => input.kind === 'said' && input.text)).toEqual(['你好', 'help']);
  await until(() => scene.slack.homeOf(li.id));
});

it('an event delivered three times is one input', async () => {
  scene.slack.repeatEvents(3);
  const receipts = await scene.slack.say(li.id, 'dm', '申请入会');
  expect(receipts.map((one) => one.status)).toEqual([200, 200, 200]);
  expect(scene.desk.inputs).toHaveLength(1);
});

it('an event that can’t be stored is not acknowledged, and comes again', async () => {
  scene.desk.brokenFor = 1;
  const [receipt] = await scene.slack.say(li.id, 'dm', '申请入会');
  expect(receipt).toMatchObject({ status: 200, attempts: 2 });
  expect(scene.desk.inputs).toHaveLength(1);
});

it('the problems of a form reach the person', async () => {
  scene.desk.form = {
    dialogue: 'd',
    command: 'c',
    language: 'en',
    title: { zh: '表', en: 'Form' },
    questions: [{ name: 'park', question: question('text') }],
  };
  scene.desk.problems = { park: { zh: '已入会。', en: 'Already a member.' } };
  await scene.slack.slash(li.id, 'dm', 'apply');
  await until(() => JSON.stringify(scene.slack.modalOf(li.id)?.view).includes('Form'));
  const receipt = await scene.slack.submitView(li.id, scene.slack.modalOf(li.id)?.id ?? '', { park: 'A' });
  expect(receipt.body).toEqual({ response_action: 'errors', errors: { park: 'Already a member.' } });
});

it('comes back at once when Slack asks for a new connection', async () => {
  const before = Date.now();
  line.refresh();
  await until(() => line.greeted() === 2 && scene.bot.health().state === 'up');
  expect(Date.now() - before).toBeLessThan(2500);
  await scene.slack.say(li.id, 'dm', '还在吗');
  expect(scene.desk.inputs).toHaveLength(1);
});

it('comes back when the line is cut, and through refusals on the way', async () => {
  scene.slack.fail('apps.connections.open', { kind: 'status', status: 500 }, 1);
  scene.slack.fail('apps.connections.open', { kind: 'refused', error: 'invalid_auth' }, 1);
  line.cut();
  await until(() => scene.bot.health().state !== 'up');
  await until(() => line.greeted() === 2 && scene.bot.health().state === 'up');
  await scene.slack.say(li.id, 'dm', '还在吗');
  expect(scene.desk.inputs).toHaveLength(1);
});

it('says what is wrong when it can’t connect', async () => {
  scene.slack.fail('apps.connections.open', { kind: 'refused', error: 'invalid_auth' }, 50);
  line.cut();
  await until(() => scene.bot.health().state === 'down');
  expect(scene.bot.health().detail).toContain('invalid_auth');
});

it('hangs up when it stops', async () => {
  await scene.bot.stop();
  await until(() => !line.isConnected());
  expect(scene.bot.health().state).toBe('down');
});

it('hangs up also when it is stopped while it is connecting', async () => {
  scene.slack.fail('apps.connections.open', { kind: 'slow', ms: 200 });
  line.cut();
  await until(() => scene.slack.calls.filter((call) => call.method === 'apps.connections.open').length === 2);
  await scene.bot.stop();
  await until(() => line.greeted() === 2 && !line.isConnected());
});
