import type { Calendar } from '../core/calendar.js';
import type { ChannelName, Conversation } from '../core/input.js';
import type { Links } from '../core/links.js';
import type { Actor } from '../core/people.js';
import type { Asking } from '../core/question.js';
import type { Registry } from '../core/registry.js';
import type { Settings } from '../core/settings.js';
import type { Text } from '../core/text.js';
import type { Vault } from '../core/vault.js';
import type { World } from '../core/workflow.js';
import type { Db } from '../database.js';
import type { Edit, Post } from './posts.js';

/** What stays the same from turn to turn. */
export type Parts = {
  readonly registry: Registry;
  readonly calendar: Calendar;
  readonly settings: Settings;
  readonly alliance: Text;
  readonly timezone: string;
  readonly vault: Vault;
  readonly links: Links;
};

/** What every turn has: the transaction, the time, and what it collects to go out. */
export type Turn = Parts & {
  readonly db: Db;
  readonly now: Date;
  readonly posts: Post[];
  readonly edits: Edit[];
  /** Timers set or moved, for the alarm clock after the commit. */
  readonly timers: { id: string; version: number; dueAt: Date }[];
  readonly inboxId: bigint | null;
  /** Set to forget what was said: it is blanked where it was stored. */
  readonly forget: { said: boolean };
};

/** A turn in which a person acts. */
export type PersonTurn = Turn & {
  readonly channel: ChannelName;
  readonly account: string;
  readonly conversation: Conversation;
  readonly actor: Actor;
  /** The person's id on the channel: the name of the direct conversation with them. */
  readonly senderId: string;
  readonly canShowForm: boolean;
  /** Where it was said, even if it is answered aside. */
  readonly heardIn: Conversation['kind'];
  /** In words, rather than by a button or a form. */
  readonly said: boolean;
};

/** The world as a workflow sees it. */
export const worldOf = ({ db, now, calendar, settings, vault, links }: Turn): World => ({
  db,
  now,
  calendar,
  settings,
  vault,
  links,
});

export const asking = (turn: Turn): Asking => ({ now: turn.now, timezone: turn.timezone });
