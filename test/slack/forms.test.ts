import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Form } from '../../src/bots/bot.js';
import { contentOf, council, deliveryOf, li, openScene, question, type Scene, until } from './set-up.js';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

const hint = { zh: '回复序号或名称', en: 'Reply with a number or a name' };
const option = (id: string, zh: string) => ({ id, label: { zh, en: id } });
const application: Form = {
  dialogue: 'dialogue-1',
  command: 'membership.apply',
  title: { zh: '入会申请', en: 'Apply for membership' },
  language: 'zh',
  questions: [
    { name: 'park', question: question('text'), initial: '陶溪川' },
    {
      name: 'province',
      question: question('choice', { hint, options: [option('jx', '江西'), option('zj', '浙江')] }),
    },
    {
      name: 'fields',
      question: question('choices', { options: [option('ceramics', '陶瓷'), option('film', '影视')] }),
    },
    { name: 'consent', question: question('yesNo', { ask: { zh: '是否同意出境展示？', en: 'Consent?' } }) },
    { name: 'size', question: question('number', { optional: true }) },
  ],
};
const modalText = () => JSON.stringify(scene.slack.modalOf(li.id)?.view ?? null);

it('opens at once, becomes the form, says what is wrong, and is handed in', async () => {
  scene.desk.form = application;
  expect((await scene.slack.slash(li.id, council.id, '申请入会')).status).toBe(200);
  expect(scene.desk.shownForms).toEqual([true]);
  await until(() => modalText().includes('入会申请'));
  expect(modalText()).toContain('是否同意出境展示？');
  expect(modalText()).toContain('"initial_value":"陶溪川"');
  expect(modalText()).not.toContain('回复序号');

  const id = scene.slack.modalOf(li.id)?.id ?? '';
  const answers = { park: '景德镇', province: 'jx', fields: ['陶瓷', 'film'], consent: '是' };
  scene.desk.problems = { park: { zh: '这个园区已经入会。', en: 'Already a member.' } };
  expect((await scene.slack.submitView(li.id, id, answers)).body).toEqual({
    response_action: 'errors',
    errors: { park: '这个园区已经入会。' },
  });
  expect(scene.slack.modalOf(li.id)?.id).toBe(id);
  expect(scene.desk.inputs).toHaveLength(1);

  scene.desk.problems = {};
  await scene.slack.submitView(li.id, id, answers);
  expect(scene.desk.inputs.at(-1)).toMatchObject({
    kind: 'form',
    dialogue: 'dialogue-1',
    conversation: { id: council.id, kind: 'room' },
    answers: { park: '景德镇', province: 'jx', fields: 'ceramics,film', consent: 'yes', size: '' },
  });
  expect(scene.slack.modalOf(li.id)).toBeUndefined();
});

it('opens from a button that asks for one, in the conversation of the button', async () => {
  scene.desk.form = application;
  const choices = [{ offer: 'o', number: 1, label: { zh: '退回', en: 'Decline' }, form: true }];
  await scene.bot.deliver(deliveryOf(li.id, { content: contentOf('M-1', '', { choices }) }));
  await scene.slack.press(li.id, 'dm', '退回');
  expect(scene.desk.shownForms).toEqual([true]);
  await until(() => modalText().includes('入会申请'));
});

it('does not open for a button that asks for none', async () => {
  const choices = [{ offer: 'o', number: 1, label: { zh: '批准', en: 'Approve' } }];
  await scene.bot.deliver(deliveryOf(li.id, { content: contentOf('M-1', '', { choices }) }));
  await scene.slack.press(li.id, 'dm', '批准');
  expect(scene.desk.shownForms).toEqual([false]);
  expect(scene.slack.calls.some((call) => call.method === 'views.open')).toBe(false);
});

it('points to the conversation when the desk answers without a form', async () => {
  await scene.slack.slash(li.id, 'dm', 'apply');
  await until(() => modalText().includes('You will find the answer in the conversation.'));
});

it.each([
  ['refuses', { kind: 'refused', error: 'expired_trigger_id' }],
  ['breaks', { kind: 'status', status: 500 }],
  ['hangs', { kind: 'hang' }],
] as const)('is not promised when Slack %s: the desk then asks in the conversation', async (_, fault) => {
  scene.slack.fail('views.open', fault);
  expect((await scene.slack.slash(li.id, 'dm', 'apply')).status).toBe(200);
  expect(scene.desk.shownForms).toEqual([false]);
});

it('comes also when the first change of the modal fails', async () => {
  scene.desk.form = application;
  scene.slack.fail('views.update', { kind: 'status', status: 500 });
  await scene.slack.slash(li.id, 'dm', 'apply');
  await until(() => modalText().includes('入会申请'));
});

it('stays open, and may be sent again, when the desk can’t store it', async () => {
  scene.desk.form = { ...application, questions: application.questions.slice(0, 1) };
  await scene.slack.slash(li.id, 'dm', 'apply');
  await until(() => modalText().includes('入会申请'));
  const id = scene.slack.modalOf(li.id)?.id ?? '';
  scene.desk.brokenFor = 1;
  expect((await scene.slack.submitView(li.id, id, { park: '陶溪川' })).status).toBe(500);
  expect((await scene.slack.submitView(li.id, id, { park: '陶溪川' })).status).toBe(200);
  expect(scene.desk.inputs.filter((input) => input.kind === 'form')).toHaveLength(1);
});
