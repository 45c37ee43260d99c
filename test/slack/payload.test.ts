import { describe, expect, it } from 'vitest';
import { readPayload } from '../../src/bots/slack/payload.js';
import { plainText } from '../../src/bots/slack/plain-text.js';

const now = new Date('2026-03-02T01:00:00Z');
const read = (body: unknown) => readPayload(body, { botUserId: 'UBOT', now });

const eventBody = (event: object, more: object = {}) => ({
  type: 'event_callback',
  team_id: 'T1',
  event_id: 'Ev1',
  authorizations: [{ user_id: 'UBOT', is_bot: true }],
  event,
  ...more,
});
const directMessage = {
  type: 'message',
  channel_type: 'im',
  channel: 'D1',
  user: 'U1',
  ts: '1772413200.000100',
  text: '申请入会',
  client_msg_id: 'c-1',
};

describe('what people type, as Slack writes it', () => {
  it.each([
    ['a &lt;b&gt; &amp; c', 'a <b> & c'],
    ['&amp;lt;', '&lt;'],
    ['<@UBOT> 入会', '入会'],
    ['<@UBOT|desk> 入会', '入会'],
    ['请 <@U1|王芳> 看', '请 @王芳 看'],
    ['请 <@U1> 看', '请 @U1 看'],
    ['<#C1|council>', '#council'],
    ['<!channel>', '@channel'],
    ['<!subteam^S1|@officers>', '@officers'],
    ['<!date^1^{date}|2 March>', '2 March'],
    ['<http://taoxichuan.cn|taoxichuan.cn>', 'taoxichuan.cn'],
    ['<https://a.cn/x>', 'https://a.cn/x'],
    ['<https://a.cn/x|这里>', '这里 (https://a.cn/x)'],
    ['<tel:13800000000|13800000000>', '13800000000'],
    ['&lt;!channel&gt;', '<!channel>'],
  ])('%s → %s', (written, typed) => {
    expect(plainText(written, 'UBOT')).toBe(typed);
  });
});

describe('what the desk takes as an input', () => {
  it('a direct message, named by the person, with every name Slack has for it', () => {
    expect(read(eventBody(directMessage))).toEqual({
      kind: 'message',
      input: {
        kind: 'said',
        channel: 'slack',
        account: 'T1',
        keys: ['event:T1:Ev1', 'message:T1:D1:1772413200.000100', 'client:c-1'],
        sentAt: new Date('2026-03-02T01:00:00.000Z'),
        conversation: { id: 'U1', kind: 'direct' },
        sender: { id: 'U1' },
        text: '申请入会',
        addressed: true,
      },
    });
  });

  it('a mention in a room, without the mention', () => {
    const mention = {
      type: 'app_mention',
      channel: 'C1',
      user: 'U1',
      ts: '1.000100',
      text: '<@UBOT> status M-1',
    };
    expect(read(eventBody(mention))).toMatchObject({
      input: { conversation: { id: 'C1', kind: 'room' }, text: 'status M-1', addressed: true },
    });
  });

  it('a slash command, in its room or, from a direct conversation, with the person', () => {
    const slash = {
      command: '/alliance',
      text: 'apply',
      team_id: 'T1',
      channel_id: 'C1',
      user_id: 'U1',
      user_name: 'li',
      trigger_id: 't.1',
    };
    expect(read(slash)).toMatchObject({
      kind: 'command',
      trigger: 't.1',
      input: {
        keys: ['command:T1:t.1'],
        sentAt: now,
        conversation: { id: 'C1', kind: 'room' },
        text: 'apply',
      },
    });
    expect(read({ ...slash, channel_id: 'D9' })).toMatchObject({
      input: { conversation: { id: 'U1', kind: 'direct' } },
    });
  });

  const press = {
    type: 'block_actions',
    team: { id: 'T1' },
    user: { id: 'U1', name: 'li' },
    channel: { id: 'C1' },
    trigger_id: 't.2',
    actions: [{ action_id: 'offer:2', block_id: 'b', action_ts: '5.000200', value: 'offer-uuid' }],
  };
  it('a button, told apart by person, moment and place', () => {
    expect(read(press)).toMatchObject({
      kind: 'press',
      wantsForm: false,
      onHome: false,
      input: { offer: 'offer-uuid', keys: ['action:T1:U1:5.000200:b:offer:2'], conversation: { id: 'C1' } },
    });
  });
  it('a button that asks for a form, and one on the home page', () => {
    const action = { action_id: 'offer:form:1', action_ts: '5.000200', value: 'x' };
    expect(read({ ...press, channel: undefined, view: { type: 'home' }, actions: [action] })).toMatchObject({
      wantsForm: true,
      onHome: true,
      input: { conversation: { id: 'U1', kind: 'direct' } },
    });
  });

  it('a form, answering in the conversation that it was opened from', () => {
    const memory = {
      dialogue: 'd1',
      command: 'membership.apply',
      language: 'en',
      conversation: { id: 'C1', kind: 'room' },
    };
    const values = {
      park: { answer: { type: 'plain_text_input', value: 'Taoxichuan' } },
      province: { answer: { type: 'static_select', selected_option: { value: 'jiangxi' } } },
      fields: {
        answer: { type: 'checkboxes', selected_options: [{ value: 'ceramics' }, { value: 'film' }] },
      },
      size: { answer: { type: 'plain_text_input', value: null } },
    };
    const view = {
      id: 'V1',
      hash: '9.1',
      callback_id: 'form',
      private_metadata: JSON.stringify(memory),
      state: { values },
    };
    const sent = { type: 'view_submission', team: { id: 'T1' }, user: { id: 'U1' }, view };
    expect(read(sent)).toMatchObject({
      kind: 'form',
      command: 'membership.apply',
      language: 'en',
      input: {
        dialogue: 'd1',
        keys: ['view:T1:V1:9.1'],
        conversation: { id: 'C1', kind: 'room' },
        answers: { park: 'Taoxichuan', province: 'jiangxi', fields: 'ceramics,film', size: '' },
      },
    });
  });
});

describe('what it leaves alone', () => {
  it.each([
    ['its own message', eventBody({ ...directMessage, user: 'UBOT' })],
    ['another bot', eventBody({ ...directMessage, bot_id: 'B1' })],
    ['an edit', eventBody({ ...directMessage, subtype: 'message_changed' })],
    ['a removal', eventBody({ ...directMessage, subtype: 'message_deleted' })],
    ['somebody joining', eventBody({ ...directMessage, subtype: 'channel_join' })],
    ['talk in a room', eventBody({ ...directMessage, channel: 'C1', channel_type: 'channel' })],
    ['an unknown event', eventBody({ type: 'reaction_added' })],
    ['an unknown button', { type: 'block_actions', actions: [] }],
    ['a closed view', { type: 'view_closed' }],
    ['nonsense', 'hello'],
    ['nothing', undefined],
  ])('%s', (_, body) => {
    expect(read(body).kind).toBe('ignored');
  });

  it.each(['app_home_opened', 'app_uninstalled', 'tokens_revoked'])('%s is for the Slack side', (type) => {
    expect(read(eventBody({ type })).kind).toBe('aside');
  });

  it('a shared file with words is a message', () => {
    expect(read(eventBody({ ...directMessage, subtype: 'file_share' })).kind).toBe('message');
  });
});
