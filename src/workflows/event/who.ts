/** Whom somebody means by the names they give, and who may act for others. */
import type { Message } from '../../core/message.js';
import { normalise } from '../../core/normalise.js';
import { type Actor, may } from '../../core/people.js';
import type { Refusal } from '../../core/workflow.js';
import type { Db } from '../../database.js';
import { findPerson } from '../../people/find.js';
import type { Asked } from './asked.js';
import { organizer } from './header.js';
import { severalOfThatName } from './messages/sign-up.js';

/** Somebody who is to be on the list. Without `personId` the desk knows no more than the name. */
export type Guest = {
  readonly personId: string | null;
  readonly name: string;
  readonly parkId: string | null;
};

export const isOrganizer = (actor: Actor, c: { readonly openedBy: string }): boolean =>
  may(organizer, actor, { openedBy: c.openedBy });

const refuse = (message: Message): Refusal => ({ refuse: message });

/**
 * The people of a sign-up. A name means somebody of the speaker's own park, whether the desk knows them or not; an
 * organizer's words mean anybody of that name. Several of one name are asked about, never guessed.
 */
export const guestsOf = async (
  db: Db,
  actor: Actor,
  asked: Asked,
  forAnybody: boolean,
): Promise<{ readonly guests: readonly Guest[] } | Refusal> => {
  const guests: Guest[] = [];
  if (asked.self) guests.push({ personId: actor.id, name: actor.name, parkId: actor.parkId });
  for (const name of asked.names) {
    const guest = await namedGuest(db, actor, name, forAnybody);
    if ('refuse' in guest) return guest;
    guests.push(guest);
  }
  const first = guests[0]?.name ?? actor.name;
  for (let count = 1; count <= asked.companions; count += 1) {
    guests.push({ personId: null, name: `${first}+${count}`, parkId: guests[0]?.parkId ?? actor.parkId });
  }
  return { guests };
};

const namedGuest = async (
  db: Db,
  actor: Actor,
  name: string,
  forAnybody: boolean,
): Promise<Guest | Refusal> => {
  if (forAnybody) {
    const found = await findPerson(db, name);
    if (found.kind === 'several') return refuse(severalOfThatName(name));
    if (found.kind === 'one')
      return { personId: found.person.id, name: found.person.name, parkId: found.person.parkId };
    return { personId: null, name, parkId: null };
  }
  if (normalise(name) === normalise(actor.name)) {
    return { personId: actor.id, name: actor.name, parkId: actor.parkId };
  }
  const colleagues =
    actor.parkId === null
      ? []
      : await db.person.findMany({
          where: { guest: false, parkId: actor.parkId },
          select: { id: true, name: true },
        });
  const known = colleagues.filter((one) => normalise(one.name) === normalise(name));
  const [only, ...others] = known;
  if (others.length > 0) return refuse(severalOfThatName(name));
  return { personId: only?.id ?? null, name: only?.name ?? name, parkId: actor.parkId };
};
