/** What is to go out: claimed in order per conversation, settled with what became of it. */
import type { ChannelName } from '../core/input.js';
import type { Content } from '../core/message.js';
import type { Answer } from '../core/question.js';
import type { Db } from '../database.js';
import type { Database } from './database.js';

export type NewPost = {
  readonly channel: ChannelName;
  readonly account: string;
  readonly conversation: string;
  readonly personId: string | null;
  readonly caseId: string | null;
  readonly content: Content;
  readonly reminderIn: string | null;
  readonly living: string | null;
};
export type NewOffer = {
  readonly id: string;
  /** The post that carries it, as the how manieth of them, from 1. */
  readonly post: number;
  readonly channel: ChannelName;
  readonly account: string;
  readonly conversation: string;
  readonly personId: string | null;
  readonly command: string;
  readonly caseId: string | null;
  readonly given: Readonly<Record<string, Answer>>;
  readonly number: number;
};

/** Writes posts, in their order, and the offers that they carry: one statement, since nearly every turn ends with it. */
export const writePosts = (
  db: Db,
  posts: readonly NewPost[],
  offers: readonly NewOffer[],
  now: Date,
): Promise<readonly { readonly id: bigint; readonly channel: ChannelName }[]> => db.$queryRaw`
  WITH posts AS MATERIALIZED (
    SELECT nextval(pg_get_serial_sequence('"Outbox"', 'id')) AS id, one.*
    FROM ROWS FROM (
      jsonb_to_recordset(${JSON.stringify(posts)}::jsonb)
        AS (channel "Channel", account text, conversation text, "personId" uuid, "caseId" uuid, content jsonb,
          "reminderIn" text, living text)
    ) WITH ORDINALITY
      AS one (channel, account, conversation, "personId", "caseId", content, "reminderIn", living, place)
  ), written AS (
    INSERT INTO "Outbox" (id, channel, account, conversation, "personId", "caseId", content, "reminderIn", living,
      "deliverAfter", "createdAt")
    SELECT id, channel, account, conversation, "personId", "caseId", content, "reminderIn", living, ${now}, ${now}
    FROM posts
  ), offered AS (
    INSERT INTO "Offer" (id, channel, account, conversation, "personId", command, "caseId", given, number, "outboxId",
      "offeredAt")
    SELECT one.id, one.channel, one.account, one.conversation, one."personId", one.command, one."caseId", one.given,
      one.number, posts.id, ${now}
    FROM jsonb_to_recordset(${JSON.stringify(offers)}::jsonb)
      AS one (id uuid, post bigint, channel "Channel", account text, conversation text, "personId" uuid, command text,
        "caseId" uuid, given jsonb, number int)
      JOIN posts ON posts.place = one.post
  )
  SELECT id, channel::text FROM posts ORDER BY place`;

export type Claimed = {
  readonly id: bigint;
  readonly channel: ChannelName;
  readonly account: string;
  readonly conversation: string;
  readonly content: Content;
  readonly personId: string | null;
  readonly caseId: string | null;
  readonly reminderIn: string | null;
  readonly replacesId: bigint | null;
  readonly attempts: number;
  readonly createdAt: Date;
  /** When the first attempt whose outcome is not known began. */
  readonly unsureSince: Date | null;
};

/**
 * Takes the first unsent post of the conversation that the given post belongs to: nothing while another one
 * is on its way there, or while the conversation has to wait. While it is on its way, `deliverAfter` is when
 * this attempt began; `claimedAt` is when the first one began that may have gone out. `by` is the process that takes it.
 */
export const claimNext = async (
  database: Database,
  id: bigint,
  now: Date,
  by: string | undefined,
): Promise<Claimed | undefined> => {
  const [row] = await database.$queryRaw<Claimed[]>`
    WITH head AS (
      SELECT post.id, post.status, post."claimedAt" FROM "Outbox" post, "Outbox" given
      WHERE given.id = ${id} AND post.channel = given.channel AND post.account = given.account
        AND post.conversation = given.conversation AND post.status IN ('pending', 'sending', 'unsure')
      ORDER BY post.id LIMIT 1
    )
    UPDATE "Outbox" post SET status = 'sending', attempts = post.attempts + 1, "deliverAfter" = ${now},
      "claimedAt" = CASE WHEN post.status = 'unsure' THEN post."claimedAt" ELSE ${now} END,
      "takenAt" = clock_timestamp(), "takenBy" = ${by ?? null}::uuid
    FROM head
    WHERE post.id = head.id AND post.status IN ('pending', 'unsure') AND post."deliverAfter" <= ${now}
    RETURNING post.id, post.channel, post.account, post.conversation, post.content, post."personId", post."caseId",
      post."reminderIn", post."replacesId", post.attempts, post."createdAt",
      CASE WHEN head.status = 'unsure' THEN head."claimedAt" END AS "unsureSince"`;
  return row;
};

const underWayNoMore = { takenAt: null, takenBy: null } as const;

// Of what was sent to somebody who has been deleted, the last farewell, no address stays.
const erasedContent = JSON.stringify({ languages: [], message: { text: { zh: '', en: '' } }, choices: [] });

export const markSent = async (
  database: Database,
  id: bigint,
  messageId: string | undefined,
  now: Date,
): Promise<void> => {
  await database.$executeRaw`
    UPDATE "Outbox" SET status = 'sent', "sentAt" = ${now}, problem = NULL, "takenAt" = NULL, "takenBy" = NULL,
      "messageId" = CASE WHEN person.gone THEN NULL ELSE coalesce(${messageId ?? null}, "messageId") END,
      content = CASE WHEN person.gone THEN ${erasedContent}::jsonb ELSE content END,
      conversation = CASE WHEN person.gone THEN 'erased' ELSE conversation END
    FROM (SELECT EXISTS (SELECT FROM "Person" person JOIN "Outbox" post ON post."personId" = person.id
      WHERE post.id = ${id} AND person."erasedAt" IS NOT NULL) AS gone) person
    WHERE id = ${id}`;
};

export const settle = async (
  database: Database,
  id: bigint,
  to:
    | { readonly status: 'dropped' | 'failed'; readonly problem: string }
    | { readonly status: 'pending' | 'unsure'; readonly problem: string; readonly deliverAfter: Date },
): Promise<void> => {
  const { personId } = await database.outbox.update({
    where: { id },
    data: { ...to, ...underWayNoMore },
    select: { personId: true },
  });
  if (personId === null || (to.status !== 'dropped' && to.status !== 'failed')) return;
  const gone = await database.person.findFirst({
    where: { id: personId, erasedAt: { not: null } },
    select: { id: true },
  });
  if (gone) {
    await database.outbox.update({
      where: { id },
      data: { content: JSON.parse(erasedContent), conversation: 'erased', problem: null },
    });
  }
};

/** Puts a post off that was not tried at all: it keeps the status it had, and the attempt is not counted. */
export const putOff = async (
  database: Database,
  post: Claimed,
  problem: string,
  deliverAfter: Date,
): Promise<void> => {
  const status = post.unsureSince ? 'unsure' : 'pending';
  await database.outbox.update({
    where: { id: post.id },
    data: { status, problem, deliverAfter, attempts: { decrement: 1 }, ...underWayNoMore },
  });
};

/** A reminder is stale once its case has moved on, or the person it is for has acted on the case since. */
export const isStale = async (database: Database, post: Claimed): Promise<boolean> => {
  if (post.reminderIn === null || post.caseId === null) return false;
  const one = await database.case.findUnique({ where: { id: post.caseId }, select: { state: true } });
  if (one?.state !== post.reminderIn) return true;
  if (post.personId === null) return false;
  const acted = await database.entry.findFirst({
    where: { caseId: post.caseId, personId: post.personId, at: { gt: post.createdAt } },
    select: { id: true },
  });
  return acted !== null;
};

/** The platform's name of an earlier post, for an edit of it. */
export const messageIdOf = async (database: Database, id: bigint): Promise<string | null> =>
  (await database.outbox.findUnique({ where: { id }, select: { messageId: true } }))?.messageId ?? null;

/** Posts that are due although nobody delivers them: one for each conversation. */
export const waitingPosts = async (
  database: Database,
  now: Date,
): Promise<readonly { id: bigint; channel: ChannelName; attempts: number }[]> =>
  database.$queryRaw`
    SELECT DISTINCT ON (channel, account, conversation) id, channel, attempts FROM "Outbox"
    WHERE status IN ('pending', 'unsure') AND "deliverAfter" <= ${now}
    ORDER BY channel, account, conversation, id
    LIMIT 5000`;

/**
 * Posts whose delivery has not reported back for a minute of real time, whatever the desk's clock says: what became of
 * them is not known.
 */
export const orphanPosts = (database: Database): Promise<number> => database.$executeRaw`
  UPDATE "Outbox" SET status = 'unsure', "takenAt" = NULL, "takenBy" = NULL
  WHERE status = 'sending' AND ("takenAt" IS NULL OR "takenAt" < clock_timestamp() - interval '1 minute')`;

/** The same of all that a process had on its way when it ended: known at once when it is started again. */
export const orphanPostsOf = (database: Database, processId: string): Promise<number> => database.$executeRaw`
  UPDATE "Outbox" SET status = 'unsure', "takenAt" = NULL, "takenBy" = NULL
  WHERE status = 'sending' AND "takenBy" = ${processId}::uuid`;

/** Whether anything is still to go out now. */
export const isDrained = async (database: Database, now: Date): Promise<boolean> =>
  (await database.outbox.count({
    where: {
      OR: [{ status: 'sending' }, { status: { in: ['pending', 'unsure'] }, deliverAfter: { lte: now } }],
    },
  })) === 0;
