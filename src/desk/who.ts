/** Who speaks, and who is to be reached where. */
import type { ChannelName, Input } from '../core/input.js';
import type { Actor } from '../core/people.js';
import { clean, type Language, languageOf, languages } from '../core/text.js';
import type { Audience } from '../core/workflow.js';
import type { Db } from '../database.js';
import { speakerOf } from '../store/accounts.js';
import { downChannels } from '../store/channels.js';
import type { Place } from './posts.js';

/** The person behind an input. Somebody unknown becomes a guest with their first words. */
export const whoSent = async (db: Db, input: Input, now: Date): Promise<Actor> => {
  const { channel, account, sender } = input;
  const known = await speakerOf(db, { channel, account, externalId: sender.id }, now);
  if (known) return known;
  const guest = {
    name: clean(sender.name ?? '').slice(0, 40) || '访客 Guest',
    language: guessLanguage(input),
    guest: true,
  };
  const { id } = await db.person.create({
    data: {
      ...guest,
      createdAt: now,
      identities: { create: { channel, account, externalId: sender.id, lastSpokeAt: now } },
    },
    select: { id: true },
  });
  return { id, ...guest, parkId: null, roles: [], seats: [] };
};

const guessLanguage = (input: Input): Language => {
  if (input.kind === 'said' && /\p{L}/u.test(input.text)) return languageOf(input.text);
  return input.channel === 'wechat' ? 'zh' : 'en';
};

/**
 * Where to reach people: each at the account they spoke from last, of those on channels that are up where they have
 * one; or whoever stands in for them while they are away. Rooms at every one of their purpose, or where there is none, its people one by one.
 */
export const placesOf = async (db: Db, audience: Audience, now: Date): Promise<readonly Place[]> => {
  switch (audience.kind) {
    case 'room': {
      const rooms = await db.room.findMany({
        where: { purpose: audience.purpose },
        orderBy: [{ channel: 'asc' }, { externalId: 'asc' }],
      });
      if (rooms.length === 0) return directPlaces(db, await peopleInstead(db, audience.purpose), now);
      return rooms.map((room) => ({
        channel: room.channel,
        account: room.account,
        conversation: room.externalId,
        kind: 'room',
        personId: null,
        languages: room.language ? [room.language] : languages,
      }));
    }
    case 'person':
      return directPlaces(db, [audience.id], now);
    case 'account': {
      const identity = await db.identity.findUnique({
        where: { id: audience.id },
        include: { person: { select: { language: true } } },
      });
      return identity ? [direct(identity)] : [];
    }
    case 'role': {
      const grants = await db.grant.findMany({
        where: { role: audience.role },
        select: { personId: true },
        orderBy: { person: { key: 'asc' } },
      });
      return directPlaces(
        db,
        grants.map((one) => one.personId),
        now,
      );
    }
    default:
      return audience satisfies never;
  }
};

const peopleInstead = async (
  db: Db,
  purpose: 'council' | 'secretariat' | 'members',
): Promise<readonly string[]> => {
  if (purpose === 'council') {
    const seats = await db.seat.findMany({ where: { suspendedAt: null }, select: { holderId: true } });
    return [...new Set(seats.map((one) => one.holderId))];
  }
  const role = purpose === 'secretariat' ? 'officer' : 'contact';
  const grants = await db.grant.findMany({ where: { role }, select: { personId: true } });
  return grants.map((one) => one.personId);
};

const directPlaces = async (db: Db, wanted: readonly string[], now: Date): Promise<readonly Place[]> => {
  const away = await db.away.findMany({
    where: { personId: { in: [...wanted] }, cancelledAt: null, from: { lte: now }, until: { gt: now } },
    select: { personId: true, coverId: true },
    orderBy: { id: 'asc' },
  });
  const covers = new Map(away.map((one) => [one.personId, one.coverId]));
  const personIds = [...new Set(wanted.map((id) => covers.get(id) ?? id))];
  const identities = await db.identity.findMany({
    where: { personId: { in: personIds } },
    orderBy: [{ lastSpokeAt: { sort: 'desc', nulls: 'last' } }, { id: 'asc' }],
    select: {
      personId: true,
      channel: true,
      account: true,
      externalId: true,
      person: { select: { language: true } },
    },
  });
  const several = new Set(identities.map((one) => one.channel)).size > 1;
  const down = several ? await downChannels(db) : [];
  return personIds.flatMap((id) => {
    const own = identities.filter((one) => one.personId === id);
    const identity = own.find((one) => !down.includes(one.channel)) ?? own[0];
    return identity ? [direct(identity)] : [];
  });
};

const direct = (identity: {
  personId: string;
  channel: ChannelName;
  account: string;
  externalId: string;
  person: { language: Language };
}): Place => ({
  channel: identity.channel,
  account: identity.account,
  conversation: identity.externalId,
  kind: 'direct',
  personId: identity.personId,
  languages: [identity.person.language],
});
