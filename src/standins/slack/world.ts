/** What exists in the workspace: people, channels, posts and views, and who watches them. */
import type { Block, View } from './limits.js';

export type StandInUser = { readonly id: string; readonly name: string };
export type StandInChannel = {
  readonly id: string;
  readonly name: string;
  readonly members: readonly string[];
};

export type Post = {
  readonly channel: string;
  readonly ts: string;
  /** A person's id or the bot's. */
  readonly author: string;
  readonly text: string;
  readonly blocks: readonly Block[];
  readonly metadata?: unknown;
  readonly edited: boolean;
};

export type OpenView = {
  readonly id: string;
  readonly hash: string;
  readonly user: string;
  readonly view: View;
};

/** What a watcher sees. `conversation` is a channel; `user` the person of a direct one or of a view. */
export type Shown = {
  readonly kind: 'said' | 'post' | 'edit' | 'modal' | 'home' | 'closed';
  readonly conversation: string;
  readonly user: string;
  readonly ts: string;
  readonly viewId: string;
  readonly text: string;
  readonly blocks: readonly Block[];
};

export const bot = { userId: 'U0DESKBOT', botId: 'B0DESKBOT', appId: 'A0DESKBOT' } as const;
const triggerLifeMs = 3000;

export const createWorld = (settings: {
  readonly team: string;
  readonly users: readonly StandInUser[];
  readonly channels: readonly StandInChannel[];
  readonly now: () => Date;
}) => {
  const posts: Post[] = [];
  const modals = new Map<string, OpenView>();
  const homes = new Map<string, OpenView>();
  const triggers = new Map<string, { readonly user: string; readonly diesAt: number; used: boolean }>();
  const watchers = new Set<(shown: Shown) => void>();
  let count = 0;
  let lastMicros = 0;

  const nextId = (prefix: string) => {
    count += 1;
    return `${prefix}${count.toString(36).toUpperCase().padStart(8, '0')}`;
  };
  /** Slack's name for a moment, never given twice. */
  const nextTs = (): string => {
    lastMicros = Math.max(lastMicros + 1, settings.now().getTime() * 1000);
    return (lastMicros / 1e6).toFixed(6);
  };

  const directOf = (user: string) => `D${user.slice(1)}`;
  const partnerOf = (channel: string): string =>
    settings.users.find((user) => directOf(user.id) === channel)?.id ?? '';
  const knows = (channel: string): boolean =>
    settings.channels.some((one) => one.id === channel) || partnerOf(channel) !== '';

  const show = (shown: Partial<Shown> & Pick<Shown, 'kind' | 'user' | 'blocks'>) => {
    const whole = { conversation: '', ts: '', viewId: '', text: '', ...shown };
    for (const watcher of watchers) watcher(whole);
  };
  const showPost = (kind: 'said' | 'post' | 'edit', post: Post) =>
    show({
      kind,
      conversation: post.channel,
      user: kind === 'said' ? post.author : partnerOf(post.channel),
      ts: post.ts,
      text: post.text,
      blocks: post.blocks,
    });

  return {
    ...settings,
    posts: posts as readonly Post[],
    modals: modals as ReadonlyMap<string, OpenView>,
    homes: homes as ReadonlyMap<string, OpenView>,
    watchers,
    nextId,
    nextTs,
    directOf,
    knows,

    addPost: (post: Omit<Post, 'ts' | 'edited'>): Post => {
      const added = { ...post, ts: nextTs(), edited: false };
      posts.push(added);
      showPost(post.author === bot.userId ? 'post' : 'said', added);
      return added;
    },
    editPost: (channel: string, ts: string, change: Pick<Post, 'text' | 'blocks'>): Post | undefined => {
      const at = posts.findIndex((post) => post.channel === channel && post.ts === ts);
      const old = posts[at];
      if (!old) return undefined;
      const edited = { ...old, ...change, edited: true };
      posts[at] = edited;
      showPost('edit', edited);
      return edited;
    },

    giveTrigger: (user: string): string => {
      const id = `${nextId('')}.${settings.team}`;
      triggers.set(id, { user, diesAt: Date.now() + triggerLifeMs, used: false });
      return id;
    },
    /** The user of a trigger that may open a modal, or Slack's word for why not. */
    useTrigger: (id: string): { readonly user: string } | { readonly error: string } => {
      const trigger = triggers.get(id);
      if (!trigger) return { error: 'invalid_trigger_id' };
      if (trigger.used) return { error: 'exchanged_trigger_id' };
      if (Date.now() > trigger.diesAt) return { error: 'expired_trigger_id' };
      trigger.used = true;
      return { user: trigger.user };
    },

    setView: (user: string, view: View, id = nextId('V')): OpenView => {
      const open = { id, hash: nextTs(), user, view };
      if (view.type === 'home') homes.set(user, open);
      else modals.set(id, open);
      const text = view.type === 'modal' ? view.title.text : '';
      show({ kind: view.type, user, viewId: id, text, blocks: view.blocks });
      return open;
    },
    closeView: (id: string) => {
      const open = modals.get(id);
      if (open && modals.delete(id)) show({ kind: 'closed', user: open.user, viewId: id, blocks: [] });
    },
  };
};
export type World = ReturnType<typeof createWorld>;
