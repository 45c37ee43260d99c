/** What the puppet hands over → what the desk takes. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Said } from '../../core/input.js';
import type { Log } from '../../log.js';
import { reasonOf } from './errors.js';
import type { Puppet } from './puppet.js';
import { readMention, replyInXml, withoutQuote } from './words.js';

type MessagePayload = Awaited<ReturnType<Puppet['messagePayload']>>;

/** Wechaty's numbers for what is used here (`types.Message`, `types.Contact`, `types.Friendship`). */
const textType = 7;
/** Pictures, voice, files, cards, places, links: things a person sends and expects an answer to. */
const wordlessTypes = new Set([1, 2, 3, 4, 5, 6, 8, 9, 14, 15]);
const officialAccountType = 2;

/** Accounts of WeChat itself, which nobody should answer. */
const systemAccounts = new Set(['weixin', 'filehelper', 'fmessage', 'newsapp', 'floatbottle', 'medianote']);

export type Reading =
  | { readonly kind: 'said'; readonly said: Said }
  /** A person sent something else than text to the bot alone. */
  | { readonly kind: 'wordless'; readonly senderId: string }
  | { readonly kind: 'nothing' };

/** Puppets count in seconds or in milliseconds. Without a time, the message is as old as its arrival. */
export const sentAtOf = (timestamp: number, arrivedAt: Date): Date => {
  if (!(timestamp > 0)) return arrivedAt;
  return new Date(timestamp < 1e11 ? timestamp * 1000 : timestamp);
};

const lookUpMs = 5000;

/** A look-up that may fail or hang: what it finds is only a hint. */
const hint = async <T>(looked: Promise<T>, log: Log): Promise<T | undefined> => {
  try {
    return await Promise.race([looked, pause(lookUpMs, undefined, { ref: false })]);
  } catch (error) {
    log.debug({ reason: reasonOf(error) }, 'wechat: a look-up failed');
    return undefined;
  }
};

/** Fetches a message; tried again, for a message that can't be fetched is lost. */
export const loadMessage = async (puppet: Puppet, id: string): Promise<MessagePayload> => {
  const attempts = 3;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await puppet.messagePayload(id);
    } catch (error) {
      if (attempt === attempts) throw error;
      await pause(200 * attempt);
    }
  }
};

/** Reads a message. Names are display hints only: they may be stale, and two people may share one. */
export const readMessage = async (
  puppet: Puppet,
  message: MessagePayload,
  arrivedAt: Date,
  log: Log,
): Promise<Reading> => {
  const selfId = puppet.isLoggedIn ? puppet.currentUserId : undefined;
  const { talkerId, roomId } = message;
  if (!talkerId || talkerId === selfId || systemAccounts.has(talkerId)) return { kind: 'nothing' };
  const typed = message.text ?? '';
  const isText = message.type === textType || replyInXml(typed) !== undefined;
  if (!isText && (roomId || !wordlessTypes.has(message.type))) return { kind: 'nothing' };

  const sender = await hint(puppet.contactPayload(talkerId), log);
  if (sender?.type === officialAccountType) return { kind: 'nothing' };
  if (!isText) return { kind: 'wordless', senderId: talkerId };

  const words = withoutQuote(typed);
  const { mentioned, text } = roomId
    ? await mentionIn(puppet, message, roomId, words, selfId, log)
    : { mentioned: true, text: words.trim() };
  return {
    kind: 'said',
    said: {
      kind: 'said',
      channel: 'wechat',
      account: '',
      keys: [`message:${message.id}`],
      sentAt: sentAtOf(message.timestamp, arrivedAt),
      conversation: roomId ? { id: roomId, kind: 'room' } : { id: talkerId, kind: 'direct' },
      sender: { id: talkerId, ...(sender?.name ? { name: sender.name } : {}) },
      text,
      addressed: mentioned,
    },
  };
};

const mentionIn = async (
  puppet: Puppet,
  message: MessagePayload,
  roomId: string,
  words: string,
  selfId: string | undefined,
  log: Log,
) => {
  if (selfId === undefined) return { mentioned: false, text: words.trim() };
  const listed = 'mentionIdList' in message && (message.mentionIdList ?? []).includes(selfId);
  if (!listed && !/[@＠]/u.test(words)) return { mentioned: false, text: words.trim() };
  const self = await hint(puppet.contactPayload(selfId), log);
  const inRoom = await hint(puppet.roomMemberPayload(roomId, selfId), log);
  return readMention(words, [self?.name ?? '', inRoom?.roomAlias ?? '', inRoom?.name ?? ''], listed);
};

const friendshipConfirmed = 1;
const friendshipAsked = 2;

export type FriendshipReading =
  | { readonly kind: 'asked'; readonly contactId: string }
  | { readonly kind: 'confirmed'; readonly said: Said }
  | { readonly kind: 'nothing' };

/** A confirmed friendship reads as a greeting, so that the desk greets back. */
export const readFriendship = async (
  puppet: Puppet,
  friendshipId: string,
  arrivedAt: Date,
): Promise<FriendshipReading> => {
  const { type, contactId } = await puppet.friendshipPayload(friendshipId);
  if (type === friendshipAsked) return { kind: 'asked', contactId };
  if (type !== friendshipConfirmed) return { kind: 'nothing' };
  return {
    kind: 'confirmed',
    said: {
      kind: 'said',
      channel: 'wechat',
      account: '',
      keys: [`friendship:${friendshipId}`],
      sentAt: arrivedAt,
      conversation: { id: contactId, kind: 'direct' },
      sender: { id: contactId },
      text: '你好',
      addressed: true,
    },
  };
};
