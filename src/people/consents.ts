/** What people agreed to, and took back. The last word on a purpose holds. */
import type { ChannelName } from '../core/input.js';
import type { Consent, Db } from '../database.js';

export type Purpose = Consent['purpose'];

export const noteConsent = async (
  db: Db,
  line: {
    readonly personId: string;
    readonly purpose: Purpose;
    readonly given: boolean;
    /** Null where it came with the form of a case. */
    readonly channel: ChannelName | null;
    readonly at: Date;
  },
): Promise<void> => {
  await db.consent.create({ data: line });
};

/** Those of them who have said so, and what they said last. Who never said anything is not in it. */
export const consentsOn = async (
  db: Db,
  purpose: Purpose,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, boolean>> => {
  if (personIds.length === 0) return new Map();
  const last = await db.consent.findMany({
    where: { purpose, personId: { in: [...personIds] } },
    orderBy: { id: 'desc' },
    distinct: ['personId'],
    select: { personId: true, given: true },
  });
  return new Map(last.map((one) => [one.personId, one.given]));
};
