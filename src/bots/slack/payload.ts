import { z } from 'zod';
import type { Conversation, FormSent, Pressed, Said } from '../../core/input.js';
import type { Language } from '../../core/text.js';
import { answersOf, formMemory, formState } from './form.js';
import { plainText } from './plain-text.js';

/** What a payload of Slack is to the desk. */
export type Reading =
  | { readonly kind: 'message'; readonly input: Said }
  | { readonly kind: 'command'; readonly input: Said; readonly trigger: string }
  | {
      readonly kind: 'press';
      readonly input: Pressed;
      readonly trigger: string;
      readonly wantsForm: boolean;
      readonly onHome: boolean;
    }
  | {
      readonly kind: 'form';
      readonly input: FormSent;
      readonly command: string;
      readonly language: Language;
    }
  /** No input of the desk, but something that the Slack side itself listens to. */
  | { readonly kind: 'aside' }
  | { readonly kind: 'ignored'; readonly reason: string };

/** What is known while reading. Slash commands and forms carry no time of their own: `now` stands in. */
export type Known = { readonly botUserId?: string | undefined; readonly now: Date };

const id = z.string().min(1);

const delivery = z.object({
  type: z.literal('event_callback'),
  team_id: id,
  context_team_id: id.nullish(),
  event_id: id,
  authorizations: z.array(z.object({ user_id: id, is_bot: z.boolean().optional() })).nullish(),
  event: z.looseObject({ type: z.string() }),
});

const message = z.object({
  type: z.enum(['message', 'app_mention']),
  channel: id,
  channel_type: z.string().optional(),
  ts: id,
  user: id.optional(),
  text: z.string().optional(),
  subtype: z.string().optional(),
  bot_id: z.string().nullish(),
  client_msg_id: id.optional(),
});

const command = z.object({
  command: z.string().startsWith('/'),
  text: z.string().default(''),
  team_id: id,
  channel_id: id,
  user_id: id,
  user_name: z.string().optional(),
  trigger_id: id,
});

const person = z.object({ id, name: z.string().optional(), team_id: z.string().optional() });
const team = z.object({ id }).nullish();

const blockActions = z.object({
  type: z.literal('block_actions'),
  team,
  user: person,
  channel: z.object({ id }).nullish(),
  view: z.object({ type: z.string() }).nullish(),
  trigger_id: id,
  actions: z.tuple([
    z.object({
      action_id: id,
      block_id: z.string().default(''),
      action_ts: id,
      value: z.string().optional(),
    }),
  ]),
});

const viewSubmission = z.object({
  type: z.literal('view_submission'),
  team,
  user: person,
  view: z.object({
    id,
    hash: z.string(),
    callback_id: z.string(),
    private_metadata: z.string(),
    state: formState,
  }),
});

const asides = new Set(['app_home_opened', 'app_uninstalled', 'tokens_revoked']);
// A person's new message; every other subtype is an edit, a removal or a notice.
const spoken = new Set([undefined, 'file_share', 'thread_broadcast']);

/** Reads any payload that Slack delivers. Pure; never throws. */
export const readPayload = (body: unknown, known: Known): Reading => {
  const event = delivery.safeParse(body);
  if (event.success) return readEvent(event.data, known);
  const slash = command.safeParse(body);
  if (slash.success) return readCommand(slash.data, known);
  const press = blockActions.safeParse(body);
  if (press.success) return readPress(press.data);
  const sent = viewSubmission.safeParse(body);
  if (sent.success) return readForm(sent.data, known);
  const type = z.object({ type: z.string() }).safeParse(body);
  return { kind: 'ignored', reason: type.success ? type.data.type : 'unknown payload' };
};

const readEvent = (body: z.infer<typeof delivery>, known: Known): Reading => {
  if (asides.has(body.event.type)) return { kind: 'aside' };
  const parsed = message.safeParse(body.event);
  if (!parsed.success) return { kind: 'ignored', reason: `event ${body.event.type}` };
  const event = parsed.data;
  const botUserId = body.authorizations?.find((one) => one.is_bot !== false)?.user_id ?? known.botUserId;
  if (event.bot_id || event.user === undefined || event.user === botUserId)
    return { kind: 'ignored', reason: 'message of a bot' };
  if (!spoken.has(event.subtype)) return { kind: 'ignored', reason: `message ${event.subtype}` };
  const direct = event.channel.startsWith('D');
  if (event.type === 'message' && !direct) return { kind: 'ignored', reason: 'message in a room' };

  const account = body.context_team_id ?? body.team_id;
  // One message comes as several events: the room's and the mention's; or twice, with another time.
  return {
    kind: 'message',
    input: {
      kind: 'said',
      channel: 'slack',
      account,
      keys: [
        `event:${account}:${body.event_id}`,
        `message:${account}:${event.channel}:${event.ts}`,
        ...(event.client_msg_id === undefined ? [] : [`client:${event.client_msg_id}`]),
      ],
      sentAt: instant(event.ts),
      conversation: conversationOf(event.channel, event.user),
      sender: { id: event.user },
      text: plainText(event.text ?? '', botUserId),
      addressed: true,
    },
  };
};

const readCommand = (body: z.infer<typeof command>, known: Known): Reading => ({
  kind: 'command',
  trigger: body.trigger_id,
  input: {
    kind: 'said',
    channel: 'slack',
    account: body.team_id,
    keys: [`command:${body.team_id}:${body.trigger_id}`],
    sentAt: known.now,
    conversation: conversationOf(body.channel_id, body.user_id),
    sender: senderOf(body.user_id, body.user_name),
    text: plainText(body.text, known.botUserId),
    addressed: true,
  },
});

const readPress = (body: z.infer<typeof blockActions>): Reading => {
  const [action] = body.actions;
  const offer = /^offer:(form:)?\d+$/.exec(action.action_id);
  if (!offer || !action.value) return { kind: 'ignored', reason: `action ${action.action_id}` };
  const account = accountOf(body);
  const key = [account, body.user.id, action.action_ts, action.block_id, action.action_id].join(':');
  return {
    kind: 'press',
    trigger: body.trigger_id,
    wantsForm: offer[1] !== undefined,
    onHome: body.view?.type === 'home',
    input: {
      kind: 'pressed',
      channel: 'slack',
      account,
      keys: [`action:${key}`],
      sentAt: instant(action.action_ts),
      conversation: conversationOf(body.channel?.id, body.user.id),
      sender: senderOf(body.user.id, body.user.name),
      offer: action.value,
    },
  };
};

const readForm = (body: z.infer<typeof viewSubmission>, known: Known): Reading => {
  const memory = formMemory.safeParse(parseJson(body.view.private_metadata));
  if (body.view.callback_id !== 'form' || !memory.success)
    return { kind: 'ignored', reason: `view ${body.view.callback_id}` };
  const { dialogue, command, language, conversation } = memory.data;
  const account = accountOf(body);
  return {
    kind: 'form',
    command,
    language,
    input: {
      kind: 'form',
      channel: 'slack',
      account,
      keys: [`view:${account}:${body.view.id}:${body.view.hash}`],
      sentAt: known.now,
      conversation,
      sender: senderOf(body.user.id, body.user.name),
      dialogue,
      answers: answersOf(body.view.state),
    },
  };
};

const conversationOf = (channel: string | undefined, user: string): Conversation =>
  channel === undefined || channel.startsWith('D')
    ? { id: user, kind: 'direct' }
    : { id: channel, kind: 'room' };

const accountOf = (body: {
  readonly team?: { readonly id: string } | null | undefined;
  readonly user: { readonly team_id?: string | undefined };
}): string => body.team?.id ?? body.user.team_id ?? '';

const senderOf = (user: string, name: string | undefined) => ({ id: user, ...(name && { name }) });

const instant = (ts: string): Date => new Date(Math.round(Number(ts) * 1000));

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
