/** Which accounts are whose, in the tables. */
import type { ChannelName } from '../../core/input.js';
import type { Db } from '../../database.js';

export type AccountRow = { readonly id: bigint; readonly channel: ChannelName };

/** A person's accounts, the one they spoke from last first: in their own turn, the one they speak from. */
export const accountsOf = (db: Db, personId: string): Promise<readonly AccountRow[]> =>
  db.identity.findMany({
    where: { personId },
    orderBy: [{ lastSpokeAt: { sort: 'desc', nulls: 'last' } }, { id: 'asc' }],
    select: { id: true, channel: true },
  });

/** Takes accounts away from a person. They become a guest’s, who can still be told of it; returns the guest. */
export const unlinkAccounts = async (
  db: Db,
  personId: string,
  accounts: readonly AccountRow[],
  now: Date,
): Promise<string> => {
  const { name, language } = await db.person.findUniqueOrThrow({ where: { id: personId } });
  const guest = await db.person.create({ data: { name, language, guest: true, createdAt: now } });
  await db.identity.updateMany({
    where: { id: { in: accounts.map((one) => one.id) } },
    data: { personId: guest.id },
  });
  return guest.id;
};
