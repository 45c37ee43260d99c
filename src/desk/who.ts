/** Who speaks, and who is to be reached where. */
import type { ChannelName, Input } from '../core/input.js';
import type { Actor, Role } from '../core/people.js';
import { clean, type Language, languageOf, languages } from '../core/text.js';
import type { Audience } from '../core/workflow.js';
import type { Db } from '../database.js';
import type { Place } from './posts.js';

const seat = { select: { id: true, key: true, parkId: true, suspendedAt: true } } as const;
const actorSelect = {
  id: true,
  name: true,
  language: true,
  guest: true,
  parkId: true,
  roles: { select: { role: true } },
  held: seat,
  alternates: { select: { seat } },
} as const;

type PersonRow = {
  id: string;
  name: string;
  language: Language;
  guest: boolean;
  parkId: string | null;
  roles: { role: Role }[];
  held: { id: string; key: string; parkId: string | null; suspendedAt: Date | null }[];
  alternates: { seat: { id: string; key: string; parkId: string | null; suspendedAt: Date | null } }[];
};

const toActor = (row: PersonRow): Actor => ({
  id: row.id,
  name: row.name,
  language: row.language,
  guest: row.guest,
  parkId: row.parkId,
  roles: row.roles.map((one) => one.role),
  seats: [...row.held, ...row.alternates.map((one) => one.seat)]
    .filter((one) => one.suspendedAt === null)
    .map(({ id, key, parkId }) => ({ id, key, parkId })),
});

/** The person behind an input. Somebody unknown becomes a guest with their first words. */
export const whoSent = async (db: Db, input: Input, now: Date): Promise<Actor> => {
  const { channel, account, sender } = input;
  const key = { channel_account_externalId: { channel, account, externalId: sender.id } };
  const known = await db.identity.findUnique({
    where: key,
    select: { id: true, person: { select: actorSelect } },
  });
  if (known) {
    await db.identity.update({ where: { id: known.id }, data: { lastSpokeAt: now } });
    return toActor(known.person);
  }
  const person = await db.person.create({
    data: {
      name: clean(sender.name ?? '').slice(0, 40) || '访客 Guest',
      language: guessLanguage(input),
      guest: true,
      createdAt: now,
      identities: { create: { channel, account, externalId: sender.id, lastSpokeAt: now } },
    },
    select: actorSelect,
  });
  return toActor(person);
};

const guessLanguage = (input: Input): Language => {
  if (input.kind === 'said' && /\p{L}/u.test(input.text)) return languageOf(input.text);
  return input.channel === 'wechat' ? 'zh' : 'en';
};

/** Where to reach people: each at the account they spoke from last, rooms at every one of their purpose. */
export const placesOf = async (db: Db, audience: Audience): Promise<readonly Place[]> => {
  switch (audience.kind) {
    case 'room': {
      const rooms = await db.room.findMany({
        where: { purpose: audience.purpose },
        orderBy: [{ channel: 'asc' }, { externalId: 'asc' }],
      });
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
      return directPlaces(db, [audience.id]);
    case 'role': {
      const grants = await db.grant.findMany({
        where: { role: audience.role },
        select: { personId: true },
        orderBy: { person: { key: 'asc' } },
      });
      return directPlaces(
        db,
        grants.map((one) => one.personId),
      );
    }
    default:
      return audience satisfies never;
  }
};

const directPlaces = async (db: Db, personIds: readonly string[]): Promise<readonly Place[]> => {
  const identities = await db.identity.findMany({
    where: { personId: { in: [...personIds] } },
    orderBy: [{ lastSpokeAt: { sort: 'desc', nulls: 'last' } }, { id: 'asc' }],
    select: {
      personId: true,
      channel: true,
      account: true,
      externalId: true,
      person: { select: { language: true } },
    },
  });
  return personIds.flatMap((id) => {
    const identity = identities.find((one) => one.personId === id);
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
