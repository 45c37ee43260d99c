/** Which lists there are of an event; sheets.ts fills them. */
import type { Db, Event } from '../../database.js';
import type { sheetNames } from './messages/sheets.js';

export type ListName = keyof typeof sheetNames;

/** Who asked whom in vain stays between the two. */
export const meetingsOnRecord = { state: { in: ['agreed', 'met', 'done'] } };

/** Those of an investment event even while they are empty. */
export const listsOf = async (
  db: Db,
  { caseId: eventId, kind }: Pick<Event, 'caseId' | 'kind'>,
): Promise<readonly ListName[]> => {
  const all = kind === 'investment';
  const invites = all || (await db.invitation.count({ where: { eventId } })) > 0;
  const meets = all || (await db.appointment.count({ where: { eventId, case: meetingsOnRecord } })) > 0;
  return ['roster', ...(invites ? ['invitations' as const] : []), ...(meets ? ['outcomes' as const] : [])];
};
