/**
 * Takes a person out of the tables. Their row stays without a name, since votes, entries and cases go on to belong to
 * it; whatever tells who they were goes. What the council adopted (the texts of motions, the records of ballots) stays
 * as it was adopted. docs/decisions/0011 says what goes, what stays, and why.
 */
import { createHash } from 'node:crypto';
import { hashOfSaid } from '../core/audit.js';
import { normalise } from '../core/normalise.js';
import { sayPhone } from '../core/questions/phone.js';
import type { Db } from '../database.js';

/** What stands where a name was, for readers of both languages. */
export const erasedName = '（已删除 deleted）';

/** What is left of somebody's id in the alliance file, so that the next import does not bring them back. */
export const erasedKey = (key: string): string =>
  `erased:${createHash('sha256').update(key).digest('hex').slice(0, 32)}`;

/** Where the desk or other people may have written a name down. Columns of JSON are searched as text. */
const mentions: readonly { readonly table: string; readonly columns: readonly string[] }[] = [
  { table: 'Outbox', columns: ['content', 'problem'] },
  { table: 'Reminder', columns: ['message'] },
  { table: 'Dialogue', columns: ['progress'] },
  { table: 'Offer', columns: ['given'] },
  { table: 'Application', columns: ['representative', 'contact', 'asked', 'answered', 'decisionReason'] },
  { table: 'Objection', columns: ['reason'] },
  { table: 'Motion', columns: ['challenge'] },
  { table: 'Ballot', columns: ['tally'] },
  { table: 'BallotSeat', columns: ['recusedWhy'] },
  { table: 'Vote', columns: ['reason'] },
  { table: 'Seat', columns: ['suspendedWhy'] },
  { table: 'Meeting', columns: ['title'] },
  { table: 'MinutesReply', columns: ['correction'] },
  { table: 'Task', columns: ['what', 'note'] },
  { table: 'Rebind', columns: ['reason'] },
  { table: 'Event', columns: ['title', 'about', 'teaser', 'material'] },
  { table: 'Attendee', columns: ['because', 'absence'] },
  { table: 'EventReply', columns: ['answer'] },
  { table: 'Review', columns: ['useful', 'better'] },
  { table: 'Chain', columns: ['text'] },
  { table: 'Profile', columns: ['offers', 'needs'] },
  { table: 'Appointment', columns: ['about'] },
  { table: 'FollowUp', columns: ['next'] },
];

type Account = { readonly channel: string; readonly account: string; readonly externalId: string };

/** The caller has ended what was open. Nothing of the person is left when the transaction commits. */
export const erasePerson = async (db: Db, personId: string, now: Date): Promise<void> => {
  const { name, key } = await db.person.findUniqueOrThrow({ where: { id: personId } });
  const accounts = await db.identity.findMany({ where: { personId } });
  const given = await givenInForms(db, personId);
  await eraseOwn(db, personId);
  await eraseAttendance(db, personId, name);
  for (const account of accounts) await eraseConversations(db, account);
  await erasePosts(db, personId);
  const words = [name, ...accounts.map((one) => one.externalId), ...given].filter(
    (word) => [...word].length > 1,
  );
  for (const word of words) await eraseMentions(db, word);
  await silence(db, personId, words);
  await eraseFromFile(db, key, accounts);
  await db.person.update({
    where: { id: personId },
    data: {
      name: erasedName,
      key: key === null ? null : erasedKey(key),
      guest: true,
      parkId: null,
      feedEpoch: { increment: 1 },
      erasedAt: now,
    },
  });
};

/** Names and numbers that they wrote into applications, as they are kept and as they are shown. */
const givenInForms = async (db: Db, personId: string): Promise<readonly string[]> => {
  const applications = await db.application.findMany({
    where: { applicantId: personId },
    select: { representative: true, contact: true, phone: true, parkId: true },
  });
  return [
    ...new Set(
      applications.flatMap(({ representative, contact, phone, parkId }) => [
        // Who heads a member park is the park's to say.
        ...(parkId === null ? [representative] : []),
        contact,
        phone,
        sayPhone(phone),
      ]),
    ),
  ].filter((word) => word !== erasedName);
};

const eraseOwn = async (db: Db, personId: string): Promise<void> => {
  const own = { where: { personId } };
  await db.identity.deleteMany(own);
  await db.grant.deleteMany(own);
  await db.alternate.deleteMany(own);
  await db.consent.deleteMany(own);
  await db.linkCode.deleteMany(own);
  await db.away.deleteMany({ where: { OR: [{ personId }, { coverId: personId }] } });
  await db.reminder.deleteMany(own);
  await db.timer.deleteMany(own);
  await db.dialogue.deleteMany(own);
  await db.offer.deleteMany(own);
  await db.invitation.deleteMany(own);
  await db.profile.deleteMany(own);
  await db.eventReply.deleteMany(own);
  await db.review.deleteMany(own);
  await db.chain.updateMany({ ...own, data: { text: '' } });
  await db.vote.updateMany({ ...own, data: { reason: null } });
  await db.objection.updateMany({ ...own, data: { reason: erasedName } });
  await db.minutesReply.updateMany({
    where: { personId, correction: { not: null } },
    data: { correction: erasedName },
  });
  await db.followUp.updateMany({ ...own, data: { next: null } });
  await db.appointment.updateMany({ where: { askerId: personId }, data: { about: erasedName } });
  await db.task.updateMany({ where: { ownerId: personId }, data: { note: null } });
  await db.rebind.updateMany({ ...own, data: { reason: erasedName } });
  await db.application.updateMany({
    where: { applicantId: personId },
    data: { contact: erasedName, phone: erasedName, answered: null },
  });
  await db.application.updateMany({
    where: { applicantId: personId, parkId: null },
    data: { representative: erasedName },
  });
};

const asked = { zh: '本人已要求删除个人信息', en: 'asked to have their data deleted' };

/** Their places at events, those of who came along under their name, and where somebody put only the name down. */
const eraseAttendance = async (db: Db, personId: string, name: string): Promise<void> => {
  const key = normalise(name);
  await db.$executeRaw`
    UPDATE "Attendee" one
    SET name = ${erasedName}, "nameKey" = 'erased ' || one.id, because = ${JSON.stringify(asked)}::jsonb, absence = NULL
    FROM "Party" party
    WHERE party.id = one."partyId" AND (
      one."personId" = ${personId}::uuid
      OR (one."personId" IS NULL AND (one."nameKey" = ${key}
        OR (party."byId" = ${personId}::uuid AND starts_with(one."nameKey", ${`${key}+`})))))`;
};

/** What they said, and what they were told, wherever that was a conversation of their own. */
const eraseConversations = async (db: Db, { channel, account, externalId }: Account): Promise<void> => {
  await db.$executeRaw`
    UPDATE "Inbox" SET input = '{}', conversation = '[]', "doneAt" = coalesce("doneAt", "receivedAt")
    WHERE channel = ${channel}::"Channel" AND conversation::jsonb ->> 1 = ${account}
      AND conversation::jsonb ->> 3 = ${externalId}`;
  await db.offer.deleteMany({
    where: { channel: channel === 'slack' ? 'slack' : 'wechat', account, conversation: externalId },
  });
  await db.$executeRaw`
    UPDATE "Outbox" SET content = ${silentContent}::jsonb, conversation = 'erased', "messageId" = NULL, problem = NULL,
      status = CASE WHEN status IN ('sent', 'failed') THEN status ELSE 'dropped' END
    WHERE channel = ${channel}::"Channel" AND account = ${account} AND conversation = ${externalId}`;
};

const silentContent = JSON.stringify({ languages: [], message: { text: { zh: '', en: '' } }, choices: [] });

/** The same at accounts that they had once. */
const erasePosts = async (db: Db, personId: string): Promise<void> => {
  await db.$executeRaw`
    UPDATE "Outbox" SET content = ${silentContent}::jsonb, conversation = 'erased', "messageId" = NULL, problem = NULL,
      status = CASE WHEN status IN ('sent', 'failed') THEN status ELSE 'dropped' END
    WHERE "personId" = ${personId}::uuid AND conversation <> 'erased'`;
};

const eraseMentions = async (db: Db, word: string): Promise<void> => {
  // As it stands within JSON.
  const written = JSON.stringify(word).slice(1, -1);
  for (const { table, columns } of mentions) {
    for (const column of columns) {
      await db.$executeRawUnsafe(
        `UPDATE "${table}" SET "${column}" = replace("${column}"::text, $1, $2)::${await typeOf(db, table, column)}
         WHERE strpos("${column}"::text, $1) > 0`,
        written,
        erasedName,
      );
    }
  }
};

const typeOf = async (db: Db, table: string, column: string): Promise<'jsonb' | 'text'> => {
  const [found] = await db.$queryRaw<{ type: string }[]>`
    SELECT data_type AS type FROM information_schema.columns
    WHERE table_schema = current_schema() AND table_name = ${table} AND column_name = ${column}`;
  return found?.type === 'jsonb' ? 'jsonb' : 'text';
};

/** Their words, and those that name them, go from the audit; that there was an entry, and of what, stays provable. */
const silence = async (db: Db, personId: string, words: readonly string[]): Promise<void> => {
  const found = await db.$queryRaw<{ id: bigint; said: unknown }[]>`
    SELECT id, said FROM "Entry"
    WHERE said <> '{}'::jsonb AND "saidHash" IS NULL AND ("personId" = ${personId}::uuid
      OR EXISTS (SELECT FROM unnest(${[...words]}::text[]) AS word WHERE strpos(said::text, word) > 0))`;
  await db.$executeRaw`
    UPDATE "Entry" SET said = '{}', "saidHash" = silent.hash
    FROM unnest(${found.map((one) => one.id)}::bigint[], ${found.map((one) => hashOfSaid(one.said))}::text[])
      AS silent (id, hash)
    WHERE "Entry".id = silent.id`;
};

/** The import keeps what the alliance file stated last, people's accounts among it. */
const eraseFromFile = async (db: Db, key: string | null, accounts: readonly Account[]): Promise<void> => {
  const gone = [...(key === null ? [] : [key]), ...accounts.map((one) => one.externalId)];
  await db.$executeRaw`
    UPDATE "Alliance" SET settings = jsonb_set(settings, '{fromFile}', (
      SELECT coalesce(jsonb_agg(line), '[]') FROM jsonb_array_elements_text(settings -> 'fromFile') AS line
      WHERE NOT string_to_array(line, ' ') && ${gone}::text[]))
    WHERE settings ? 'fromFile'`;
};
