import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contentOf, council, deliveryOf, li, openScene, type Scene, wang } from './set-up.js';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

const posts = () => scene.slack.posts.map((post) => post.text);
const called = (method: string) => scene.slack.calls.filter((call) => call.method === method);

describe('a post', () => {
  it('goes to a room, and to a person under the person’s own id', async () => {
    const room = await scene.bot.deliver(deliveryOf(council.id));
    const direct = await scene.bot.deliver(deliveryOf(li.id));
    const [first, second] = scene.slack.posts;
    expect(room).toEqual({ kind: 'sent', messageId: `${council.id}:${first?.ts}` });
    expect(direct).toEqual({ kind: 'sent', messageId: `${scene.slack.directChannel(li.id)}:${second?.ts}` });
  });

  it('calls nobody by what somebody typed', async () => {
    await scene.bot.deliver(deliveryOf(council.id, { content: contentOf('<!channel> *x* <@U01> &lt;', '') }));
    expect(posts()).toEqual(['&lt;!channel&gt; *x* &lt;@U01&gt; &amp;lt;']);
    expect(scene.slack.posts[0]?.blocks).toEqual([
      { type: 'section', text: { type: 'plain_text', text: '<!channel> *x* <@U01> &lt;', emoji: false } },
    ]);
  });

  it('whose answer is lost appears once: the next attempt finds it', async () => {
    const since = new Date();
    scene.slack.fail('chat.postMessage', { kind: 'acceptThenDrop' });
    const delivery = deliveryOf(li.id);
    expect((await scene.bot.deliver(delivery)).kind).toBe('unsure');
    const again = await scene.bot.deliver({ ...delivery, unsureSince: since });
    expect(posts()).toHaveLength(1);
    expect(again).toEqual({
      kind: 'sent',
      messageId: `${scene.slack.directChannel(li.id)}:${scene.slack.posts[0]?.ts}`,
    });
  });

  it('is found behind many others', async () => {
    const since = new Date();
    scene.slack.fail('chat.postMessage', { kind: 'acceptThenDrop' });
    const delivery = deliveryOf(council.id);
    await scene.bot.deliver(delivery);
    for (let at = 0; at < 450; at++) await scene.slack.say(wang.id, council.id, `talk ${at}`);
    const again = await scene.bot.deliver({ ...delivery, unsureSince: since });
    expect(again).toEqual({ kind: 'sent', messageId: `${council.id}:${scene.slack.posts[0]?.ts}` });
    expect(called('conversations.history')).toHaveLength(3);
  });

  it('that did not go out goes out after looking', async () => {
    const delivery = deliveryOf(li.id);
    scene.slack.fail('chat.postMessage', { kind: 'status', status: 503 });
    expect((await scene.bot.deliver(delivery)).kind).toBe('unsure');
    expect((await scene.bot.deliver({ ...delivery, unsureSince: new Date() })).kind).toBe('sent');
    expect(posts()).toHaveLength(1);
  });

  it('is not repeated while nobody can look', async () => {
    const delivery = deliveryOf(li.id, { unsureSince: new Date() });
    scene.slack.fail('conversations.history', { kind: 'status', status: 500 });
    expect((await scene.bot.deliver(delivery)).kind).toBe('unsure');
    scene.slack.fail('conversations.history', { kind: 'rateLimited', seconds: 7 });
    expect(await scene.bot.deliver(delivery)).toMatchObject({ kind: 'later', afterMs: 7000 });
    expect(posts()).toEqual([]);
  });

  it('that Slack limits delays its own conversation only', async () => {
    scene.slack.fail('chat.postMessage', { kind: 'rateLimited', seconds: 30 });
    const hot = deliveryOf(council.id);
    expect(await scene.bot.deliver(hot)).toMatchObject({ kind: 'later', afterMs: 30_000 });
    expect((await scene.bot.deliver(deliveryOf(li.id))).kind).toBe('sent');
    const again = await scene.bot.deliver(hot);
    expect(again).toMatchObject({ kind: 'later' });
    expect(again.kind === 'later' && again.afterMs > 25_000).toBe(true);
    expect(called('chat.postMessage')).toHaveLength(2);
  });

  it('is paced per conversation without asking Slack', async () => {
    const outcomes = [];
    for (let at = 0; at < 4; at++) outcomes.push(await scene.bot.deliver(deliveryOf(council.id)));
    expect(outcomes.map((one) => one.kind)).toEqual(['sent', 'sent', 'sent', 'later']);
    expect(called('chat.postMessage')).toHaveLength(3);
  });

  it.each([
    ['is_archived', 'refused'],
    ['account_inactive', 'refused'],
    ['not_in_channel', 'refused'],
    ['invalid_auth', 'refused'],
    ['token_revoked', 'refused'],
    ['internal_error', 'unsure'],
    ['fatal_error', 'unsure'],
    ['ratelimited', 'later'],
  ])('answered with %s is %s', async (error, kind) => {
    scene.slack.fail('chat.postMessage', { kind: 'refused', error });
    expect(await scene.bot.deliver(deliveryOf(council.id))).toMatchObject({ kind });
  });

  it('to nowhere is refused in Slack’s own word', async () => {
    expect(await scene.bot.deliver(deliveryOf('C-nowhere'))).toEqual({
      kind: 'refused',
      reason: 'channel_not_found',
    });
  });

  it('goes out as text when Slack can’t take its blocks', async () => {
    scene.slack.fail('chat.postMessage', { kind: 'refused', error: 'invalid_blocks' });
    expect((await scene.bot.deliver(deliveryOf(council.id))).kind).toBe('sent');
    expect(scene.slack.posts).toMatchObject([{ text: '您好', blocks: [] }]);
  });
});

describe('an edit', () => {
  it('changes the post, and takes the buttons away when all is settled', async () => {
    const choices = [{ offer: 'o', number: 1, label: { zh: '批准', en: 'Approve' } }];
    const first = await scene.bot.deliver(
      deliveryOf(council.id, { content: contentOf('请审批', 'Decide', { choices }) }),
    );
    expect(scene.slack.posts[0]?.blocks.map((one) => one.type)).toEqual(['section', 'actions']);
    const replaces = first.kind === 'sent' ? (first.messageId ?? '') : '';
    const settled = { zh: '已批准。', en: 'Approved.' };
    const edit = deliveryOf(council.id, {
      replaces,
      content: contentOf('请审批', 'Decide', { choices, settled }),
    });
    scene.slack.fail('chat.update', { kind: 'acceptThenDrop' });
    expect((await scene.bot.deliver(edit)).kind).toBe('unsure');
    expect(await scene.bot.deliver({ ...edit, unsureSince: new Date() })).toEqual({
      kind: 'sent',
      messageId: replaces,
    });
    expect(posts()).toEqual(['请审批\n\n已批准。']);
    expect(scene.slack.posts[0]?.blocks.map((one) => one.type)).toEqual(['section', 'context']);
    expect(called('conversations.history')).toHaveLength(0);
  });

  it('of a long Chinese text keeps within what Slack takes', async () => {
    const first = await scene.bot.deliver(deliveryOf(council.id));
    const replaces = first.kind === 'sent' ? (first.messageId ?? '') : '';
    const content = contentOf('景德镇&'.repeat(2000), '');
    expect((await scene.bot.deliver(deliveryOf(council.id, { replaces, content }))).kind).toBe('sent');
  });

  it('of a post that is gone is refused', async () => {
    const replaces = `${council.id}:1.000001`;
    expect(await scene.bot.deliver(deliveryOf(council.id, { replaces }))).toEqual({
      kind: 'refused',
      reason: 'message_not_found',
    });
  });
});
