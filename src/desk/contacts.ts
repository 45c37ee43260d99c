/** Finds people again on a network whose ids have changed, by the codes noted with them. */
import type { Contact } from '../bots/bot.js';
import type { ChannelName } from '../core/input.js';
import type { Vault } from '../core/vault.js';
import type { Db } from '../database.js';
import { joinTo } from '../people/join.js';
import type { Turn } from './parts.js';

type IdentityRow = {
  readonly id: bigint;
  readonly externalId: string;
  readonly personId: string;
  readonly person: { readonly guest: boolean };
};

/** Made from the account's row, so that no table has to keep it. */
const codeOf = (vault: Vault, { id }: IdentityRow): string =>
  vault
    .digest(`contact ${id}`)
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
    .slice(0, 8);

/**
 * Gives people whose id is gone the id of the one contact that carries their code, if these are `all` contacts.
 * Returns the codes of those contacts of the list that are known; guests have none.
 */
export const recognise = async (
  { db, vault }: Turn,
  channel: ChannelName,
  contacts: readonly Contact[],
  all: boolean,
): Promise<readonly Required<Contact>[]> => {
  if (all) await findAgain(db, vault, channel, contacts);
  const known = await db.identity.findMany({
    where: { channel, externalId: { in: contacts.map((one) => one.id) }, person: { guest: false } },
    include: { person: { select: { guest: true } } },
  });
  return known.map((one) => ({ id: one.externalId, code: codeOf(vault, one) }));
};

const findAgain = async (
  db: Db,
  vault: Vault,
  channel: ChannelName,
  contacts: readonly Contact[],
): Promise<void> => {
  const identities: readonly IdentityRow[] = await db.identity.findMany({
    where: { channel },
    include: { person: { select: { guest: true } } },
  });
  const there = new Set(contacts.map((one) => one.id));
  for (const one of identities) {
    if (one.person.guest || there.has(one.externalId)) continue;
    const code = codeOf(vault, one);
    const [carrier, ...others] = contacts.filter((contact) => contact.code === code);
    // Nobody or several carry it: they are asked for a code instead.
    if (!carrier || others.length > 0) continue;
    const taken = identities.find((other) => other.externalId === carrier.id);
    if (taken && !taken.person.guest) continue;
    if (taken) {
      // They wrote before they were found again, as a guest.
      await joinTo(db, taken.personId, one.personId);
      await db.identity.delete({ where: { id: taken.id } });
    }
    await move(db, channel, one, carrier.id);
  }
};

/** The account goes on under its new id, and with it what is open and what is still to be said there. */
const move = async (db: Db, channel: ChannelName, one: IdentityRow, to: string): Promise<void> => {
  await db.identity.update({ where: { id: one.id }, data: { externalId: to } });
  await db.dialogue.updateMany({
    where: { personId: one.personId, channel, conversation: to, status: 'open' },
    data: { status: 'parked' },
  });
  const there = { where: { channel, conversation: one.externalId }, data: { conversation: to } };
  await db.dialogue.updateMany(there);
  await db.offer.updateMany(there);
  await db.outbox.updateMany({ ...there, where: { ...there.where, status: 'pending' } });
};
