/**
 * The networks that the desk was given no settings for, played on this machine from the alliance's own people
 * and rooms. The bots reach them as they reach the real ones: signed HTTP, and the gRPC puppet service.
 */
import { randomBytes } from 'node:crypto';
import type { Database } from '../store/database.js';
import { type SlackStandIn, startSlackStandIn } from './slack/slack-stand-in.js';
import { startWeChatStandIn, type WeChatStandIn } from './wechat/stand-in.js';

export const deskContact = { id: 'wx-desk', name: '联盟小秘' } as const;

const secret = (): string => randomBytes(16).toString('hex');

/** Slack with everybody of the alliance who has an account there, in every room. */
export const playSlack = async (database: Database, now: () => Date): Promise<SlackStandIn> => {
  const users = await peopleOn(database, 'slack');
  const rooms = await database.room.findMany({ where: { channel: 'slack' } });
  const identity = await database.identity.findFirst({ where: { channel: 'slack' } });
  return startSlackStandIn({
    signingSecret: secret(),
    botToken: `xoxb-${secret()}`,
    team: identity?.account ?? 'T01',
    users,
    channels: rooms.map((room) => ({
      id: room.externalId,
      name: room.purpose,
      members: users.map((user) => user.id),
    })),
    now,
  });
};

/** WeChat with everybody of the alliance who has an account there, in every group. */
export const playWeChat = async (database: Database): Promise<WeChatStandIn> => {
  const contacts = await peopleOn(database, 'wechat');
  const rooms = await database.room.findMany({ where: { channel: 'wechat' } });
  return startWeChatStandIn({
    bot: deskContact,
    contacts,
    rooms: rooms.map((room) => ({
      id: room.externalId,
      topic: roomTopics[room.purpose],
      members: [...contacts.map((contact) => contact.id), deskContact.id],
    })),
  });
};

export const roomTopics = { council: '理事会群', secretariat: '秘书处群', members: '会员群' } as const;

const peopleOn = async (database: Database, channel: 'slack' | 'wechat') => {
  const identities = await database.identity.findMany({
    where: { channel },
    orderBy: { id: 'asc' },
    select: { externalId: true, person: { select: { name: true } } },
  });
  return identities.map((one) => ({ id: one.externalId, name: one.person.name }));
};
