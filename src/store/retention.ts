/** Personal data goes when it has served. How long that is, the alliance says: see src/core/settings.ts. */
import type { Retention } from '../core/settings.js';
import { erasedName, erasePerson } from '../people/erase.js';
import type { Database } from './database.js';

export type Forgotten = {
  readonly inputs: number;
  readonly posts: number;
  readonly applications: number;
  readonly guests: number;
};

// Each look takes a piece, so that no statement is long and nothing waits for it.
const atOnce = { inputs: 5_000, posts: 1_000, applications: 100, guests: 20 };

/** Deletes what has been kept for long enough, a piece of each kind; the numbers tell whether there may be more. */
export const forget = async (database: Database, kept: Retention, now: Date): Promise<Forgotten> => {
  const before = (days: number): Date => new Date(now.getTime() - days * 86_400_000);
  const inputs = await database.$executeRaw`
    DELETE FROM "Inbox" WHERE id IN (SELECT id FROM "Inbox"
      WHERE "receivedAt" < ${before(kept.inputs)} AND "doneAt" < ${before(kept.inputs)}
      ORDER BY id LIMIT ${atOnce.inputs})`;
  const posts = await forgetPosts(database, before(kept.posts));
  const applications = await database.$executeRaw`
    UPDATE "Application" SET representative = ${erasedName}, contact = ${erasedName}, phone = ${erasedName}
    WHERE "caseId" IN (SELECT application."caseId" FROM "Application" application
      JOIN "Case" one ON one.id = application."caseId"
      WHERE one."closedAt" < ${before(kept.applications)} AND phone <> ${erasedName} LIMIT ${atOnce.applications})`;
  const guests = await database.$queryRaw<{ id: string }[]>`
    SELECT person.id::text FROM "Person" person
    WHERE person.guest AND person.key IS NULL AND person."erasedAt" IS NULL
      AND person."createdAt" < ${before(kept.guests)}
      AND NOT EXISTS (SELECT FROM "Identity" one WHERE one."personId" = person.id
        AND one."lastSpokeAt" >= ${before(kept.guests)})
      AND NOT EXISTS (SELECT FROM "Case" one WHERE one."openedBy" = person.id AND one."closedAt" IS NULL)
      AND NOT EXISTS (SELECT FROM "Attendee" one JOIN "Event" event ON event."caseId" = one."eventId"
        WHERE one."personId" = person.id AND event."endsAt" >= ${before(kept.guests)})
    LIMIT ${atOnce.guests}`;
  for (const { id } of guests) await database.$transaction((tx) => erasePerson(tx, id, now));
  return { inputs, posts, applications, guests: guests.length };
};

/** Posts of open matters stay: they may still be changed, answered or said anew. */
const forgetPosts = (database: Database, before: Date): Promise<number> =>
  database.$transaction(async (tx) => {
    const old = await tx.$queryRaw<{ id: bigint }[]>`
      SELECT post.id FROM "Outbox" post LEFT JOIN "Case" one ON one.id = post."caseId"
      WHERE post."createdAt" < ${before} AND post.status IN ('sent', 'dropped', 'failed')
        AND (post."caseId" IS NULL OR one."closedAt" < ${before})
        AND NOT EXISTS (SELECT FROM "Offer" offer WHERE offer."outboxId" = post.id AND offer."closedAt" IS NULL)
        AND NOT EXISTS (SELECT FROM "Outbox" edit WHERE edit."replacesId" = post.id)
      ORDER BY post.id LIMIT ${atOnce.posts}`;
    const ids = old.map((one) => one.id);
    await tx.$executeRaw`DELETE FROM "Offer" WHERE "outboxId" = ANY(${ids}::bigint[])`;
    return tx.$executeRaw`DELETE FROM "Outbox" WHERE id = ANY(${ids}::bigint[])`;
  });
