/** All that the tables say of a person, for the person. */
import type { Db } from '../database.js';

/** Whose row it is stands in the column. Left out is what only means something to the desk, such as its timers. */
const own: readonly {
  readonly table: string;
  readonly column: string;
  readonly without?: readonly string[];
}[] = [
  { table: 'Person', column: 'id', without: ['feedEpoch'] },
  { table: 'Identity', column: 'personId' },
  { table: 'Grant', column: 'personId' },
  { table: 'Seat', column: 'holderId' },
  { table: 'Alternate', column: 'personId' },
  { table: 'Consent', column: 'personId' },
  { table: 'Away', column: 'personId' },
  { table: 'Away', column: 'coverId' },
  { table: 'Rebind', column: 'personId' },
  { table: 'Case', column: 'openedBy' },
  { table: 'Entry', column: 'personId', without: ['mark', 'saidHash', 'inboxId'] },
  { table: 'Application', column: 'applicantId' },
  { table: 'Objection', column: 'personId' },
  { table: 'Motion', column: 'moverId' },
  { table: 'MotionText', column: 'personId' },
  { table: 'Second', column: 'personId' },
  { table: 'Demand', column: 'personId' },
  { table: 'Vote', column: 'personId', without: ['sealed'] },
  { table: 'Proxy', column: 'giverId' },
  { table: 'Proxy', column: 'proxyId' },
  { table: 'Meeting', column: 'callerId' },
  { table: 'Presence', column: 'personId' },
  { table: 'MinutesReply', column: 'personId' },
  { table: 'Task', column: 'ownerId' },
  { table: 'Task', column: 'giverId' },
  { table: 'Event', column: 'hostId', without: ['code', 'material'] },
  { table: 'Party', column: 'byId' },
  { table: 'Attendee', column: 'personId', without: ['nameKey'] },
  { table: 'EventReply', column: 'personId' },
  { table: 'Review', column: 'personId' },
  { table: 'Chain', column: 'personId' },
  { table: 'Invitation', column: 'personId' },
  { table: 'Acknowledgement', column: 'personId' },
  { table: 'MaterialView', column: 'personId' },
  { table: 'Profile', column: 'personId' },
  { table: 'Appointment', column: 'askerId' },
  { table: 'Appointment', column: 'askedId' },
  { table: 'FollowUp', column: 'personId' },
  { table: 'Dialogue', column: 'personId' },
];

export type OwnData = Readonly<Record<string, readonly unknown[]>>;

/** Rows by table, as the database has them; tables without any are left out. Times are UTC. */
export const dataOf = async (db: Db, personId: string): Promise<OwnData> => {
  const data: Record<string, unknown[]> = {};
  for (const { table, column, without = [] } of own) {
    const rows = await db.$queryRawUnsafe<{ row: unknown }[]>(
      `SELECT to_jsonb(own) - $2::text[] AS row FROM "${table}" own WHERE own."${column}" = $1::uuid`,
      personId,
      [...without],
    );
    if (rows.length > 0) data[table] = [...(data[table] ?? []), ...rows.map((one) => one.row)];
  }
  return data;
};
