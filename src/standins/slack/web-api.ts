import { z } from 'zod';
import {
  allBlocksLimit,
  type Block,
  editTextBytes,
  messageBlocks,
  postTextLimit,
  type View,
  view as viewShape,
} from './limits.js';
import { bot, type OpenView, type World } from './world.js';

/** An answer of Slack, without `ok: true`; a refusal is Slack's word for it. */
export type Answer = { readonly [field: string]: unknown } | { readonly error: string };
export type Arguments = Readonly<Record<string, string>>;
type Method = (args: Arguments, world: World) => Answer;

const refuse = (error: string): Answer => ({ error });

const metadataShape = z.object({
  event_type: z.string().min(1),
  event_payload: z.record(z.string(), z.unknown()),
});

type Worded = { readonly text: string; readonly blocks: readonly Block[] };

const readWords = (args: Arguments): Worded | { readonly error: string } => {
  const text = args.text ?? '';
  const given: unknown = args.blocks ? parse(args.blocks) : [];
  const blocks = messageBlocks.safeParse(given);
  if (!blocks.success) return { error: 'invalid_blocks' };
  if (JSON.stringify(given).length > allBlocksLimit) return { error: 'msg_blocks_too_long' };
  if (text === '' && blocks.data.length === 0) return { error: 'no_text' };
  return { text, blocks: blocks.data };
};

const postMessage: Method = (args, world) => {
  const asked = args.channel ?? '';
  const channel = world.users.some((user) => user.id === asked) ? world.directOf(asked) : asked;
  if (!world.knows(channel)) return refuse('channel_not_found');
  const words = readWords(args);
  if ('error' in words) return words;
  const metadata = args.metadata === undefined ? undefined : metadataShape.safeParse(parse(args.metadata));
  if (metadata && !metadata.success) return refuse('invalid_metadata_format');
  const post = world.addPost({
    channel,
    author: bot.userId,
    text: words.text.slice(0, postTextLimit),
    blocks: words.blocks,
    ...(metadata && { metadata: metadata.data }),
  });
  return { channel, ts: post.ts, message: { text: post.text } };
};

const update: Method = (args, world) => {
  const words = readWords(args);
  if ('error' in words) return words;
  if (Buffer.byteLength(words.text) > editTextBytes) return refuse('msg_too_long');
  const { channel = '', ts = '' } = args;
  if (!world.knows(channel)) return refuse('channel_not_found');
  const old = world.posts.find((post) => post.channel === channel && post.ts === ts);
  if (!old) return refuse('message_not_found');
  if (old.author !== bot.userId) return refuse('cant_update_message');
  world.editPost(channel, ts, words);
  return { channel, ts, text: words.text };
};

const history: Method = (args, world) => {
  const { channel = '', oldest = '0', latest, cursor, include_all_metadata } = args;
  if (!world.knows(channel)) return refuse('channel_not_found');
  const limit = Math.min(Number(args.limit ?? 100), 999);
  const from = Number(cursor ?? 0);
  const found = world.posts
    .filter((post) => post.channel === channel && Number(post.ts) > Number(oldest))
    .filter((post) => latest === undefined || Number(post.ts) < Number(latest))
    .toReversed();
  const more = found.length > from + limit;
  return {
    messages: found.slice(from, from + limit).map((post) => ({
      type: 'message',
      user: post.author,
      ts: post.ts,
      text: post.text,
      ...(include_all_metadata === 'true' && post.metadata !== undefined && { metadata: post.metadata }),
    })),
    has_more: more,
    response_metadata: { next_cursor: more ? String(from + limit) : '' },
  };
};

const readView = (args: Arguments, type: View['type']): View | undefined => {
  const parsed = viewShape.safeParse(parse(args.view ?? ''));
  return parsed.success && parsed.data.type === type ? parsed.data : undefined;
};
const viewAnswer = ({ id, hash, view }: OpenView): Answer => ({ view: { id, hash, ...view } });

export const methods: Readonly<Record<string, Method>> = {
  'auth.test': (_, world) => ({
    team: world.team,
    team_id: world.team,
    user: 'desk',
    user_id: bot.userId,
    bot_id: bot.botId,
  }),
  'users.info': (args, world) => {
    const user = world.users.find((one) => one.id === args.user);
    if (!user) return refuse('user_not_found');
    return {
      user: { id: user.id, name: user.id.toLowerCase(), real_name: user.name, profile: { display_name: '' } },
    };
  },
  'chat.postMessage': postMessage,
  'chat.update': update,
  'conversations.open': (args, world) =>
    world.users.some((user) => user.id === args.users)
      ? { channel: { id: world.directOf(args.users ?? '') } }
      : refuse('user_not_found'),
  'conversations.history': history,
  // Nothing here has threads: a thread is its first message.
  'conversations.replies': (args, world) =>
    history(
      { ...args, oldest: String(Number(args.ts) - 1e-6), latest: String(Number(args.ts) + 1e-6) },
      world,
    ),
  'views.open': (args, world) => {
    const view = readView(args, 'modal');
    if (!view) return refuse('invalid_arguments');
    const trigger = world.useTrigger(args.trigger_id ?? '');
    return 'error' in trigger ? trigger : viewAnswer(world.setView(trigger.user, view));
  },
  'views.update': (args, world) => {
    const view = readView(args, 'modal');
    const open = world.modals.get(args.view_id ?? '');
    if (!view) return refuse('invalid_arguments');
    if (!open) return refuse('not_found');
    if (args.hash !== undefined && args.hash !== open.hash) return refuse('hash_conflict');
    return viewAnswer(world.setView(open.user, view, open.id));
  },
  'views.publish': (args, world) => {
    const view = readView(args, 'home');
    const user = world.users.find((one) => one.id === args.user_id);
    if (!view) return refuse('invalid_arguments');
    return user ? viewAnswer(world.setView(user.id, view)) : refuse('user_not_found');
  },
};

const parse = (json: string): unknown => {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
};
