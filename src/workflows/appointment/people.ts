/** Who comes to an event, and so may ask others there for a meeting, and be asked. */
import { normalise } from '../../core/normalise.js';
import { same, type Text } from '../../core/text.js';
import type { Db } from '../../database.js';
import { findPerson } from '../../people/find.js';
import type { TicketKind } from '../event/kinds.js';

/** Somebody as the other one reads of them. */
export type Face = { readonly id: string; readonly name: string; readonly park: Text | null };

export const faceOf = async (db: Db, id: string): Promise<Face> => {
  const { name, park } = await db.person.findUniqueOrThrow({
    where: { id },
    select: { name: true, park: { select: { nameZh: true, nameEn: true } } },
  });
  return { id, name, park: park && { zh: park.nameZh, en: park.nameEn } };
};

/** 李娜（青窑陶艺文化园） */
export const sayFace = ({ name, park }: Face): Text =>
  park ? { zh: `${name}（${park.zh}）`, en: `${name} (${park.en})` } : same(name);

/**
 * Who comes, with the kind of place they have: whoever is going, or was invited and said yes and has not stepped
 * back since. With `among`, only these people are looked up.
 */
export const comers = async (
  db: Db,
  eventId: string,
  among?: readonly string[],
): Promise<ReadonlyMap<string, TicketKind>> => {
  const personId = among ? { in: [...among] } : { not: null };
  const places = await db.attendee.findMany({
    where: { eventId, personId },
    orderBy: { id: 'asc' },
    select: { personId: true, status: true, ticket: true, changedAt: true },
  });
  const invitations = await db.invitation.findMany({
    where: { eventId, answer: 'yes', ...(among && { personId: { in: [...among] } }) },
    select: { personId: true, ticket: true, answeredAt: true },
  });
  const last = new Map(places.map((one) => [one.personId, one]));
  const steppedBack = (one: (typeof invitations)[number]): boolean => {
    const place = last.get(one.personId);
    return place?.status === 'out' && (one.answeredAt === null || place.changedAt >= one.answeredAt);
  };
  return new Map([
    ...invitations.filter((one) => !steppedBack(one)).map((one) => [one.personId, one.ticket] as const),
    ...places.flatMap((one) =>
      one.personId !== null && one.status === 'going' ? [[one.personId, one.ticket] as const] : [],
    ),
  ]);
};

export type FoundComer =
  | { readonly kind: 'one'; readonly id: string; readonly ticket: TicketKind }
  | { readonly kind: 'none' }
  | { readonly kind: 'several' };

/** Whom of those who come somebody means. People the alliance knows come before guests of the same name. */
export const findComer = async (db: Db, eventId: string, words: string): Promise<FoundComer> => {
  const coming = await comers(db, eventId);
  const found = await findPerson(db, words, { among: [...coming.keys()] });
  if (found.kind === 'several') return { kind: 'several' };
  const named =
    found.kind === 'one'
      ? [found.person.id]
      : (
          await db.person.findMany({
            where: { id: { in: [...coming.keys()] }, guest: true },
            select: { id: true, name: true },
          })
        )
          .filter((one) => normalise(one.name) === normalise(words))
          .map((one) => one.id);
  const [id, ...others] = named;
  const ticket = id === undefined ? undefined : coming.get(id);
  if (id === undefined || ticket === undefined) return { kind: 'none' };
  return others.length === 0 ? { kind: 'one', id, ticket } : { kind: 'several' };
};

/**
 * How many requests of one person may wait for an answer at an event, by their kind of place. Whoever takes part
 * online cannot sit at a table.
 */
export const mostWaiting: Readonly<Record<TicketKind, number>> = {
  investor: 12,
  delegate: 8,
  speaker: 8,
  observer: 4,
  press: 4,
  online: 0,
};
