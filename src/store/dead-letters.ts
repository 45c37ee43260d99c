/** What the desk gave up: posts that could not be delivered, and inputs whose turns kept failing. */
import type { ChannelName } from '../core/input.js';
import type { Db } from '../database.js';
import { attemptsInAll } from './inbox.js';

export type DeadPost = {
  readonly kind: 'post';
  readonly id: bigint;
  readonly channel: ChannelName;
  readonly conversation: string;
  readonly at: Date;
  readonly personId: string | null;
  readonly ref: string | null;
  readonly problem: string;
};
export type DeadInput = {
  readonly kind: 'input';
  readonly id: bigint;
  readonly channel: ChannelName;
  readonly at: Date;
};
export type DeadLetter = DeadPost | DeadInput;

/** How it is named to operators: `post:59`, `input:12`. */
export const nameOf = ({ kind, id }: Pick<DeadLetter, 'kind' | 'id'>): string => `${kind}:${id}`;

/** Oldest first, the first thousand of each kind. With `unreported`, only those the secretariat was not told of. */
export const deadLetters = async (
  db: Db,
  { unreported = false }: { readonly unreported?: boolean } = {},
): Promise<readonly DeadLetter[]> => {
  const posts = await db.$queryRaw<DeadPost[]>`
    SELECT 'post' AS kind, post.id, post.channel, post.conversation, post."createdAt" AS at, post."personId",
      one.ref, coalesce(post.problem, '') AS problem
    FROM "Outbox" post LEFT JOIN "Case" one ON one.id = post."caseId"
    WHERE post.status = 'failed'
      AND NOT (${unreported} AND EXISTS (SELECT FROM "Alert" WHERE key = 'post:' || post.id))
    ORDER BY post.id LIMIT 1000`;
  const inputs = await db.$queryRaw<DeadInput[]>`
    SELECT 'input' AS kind, id, channel, "receivedAt" AS at FROM "Inbox" input
    WHERE attempts > 0 AND attempts >= ${attemptsInAll} AND "doneAt" IS NOT NULL
      AND NOT (${unreported} AND EXISTS (SELECT FROM "Alert" WHERE key = 'input:' || input.id))
    ORDER BY id LIMIT 1000`;
  return [...posts, ...inputs];
};

/** Notes what the secretariat is told of; returns those that nobody noted before. */
export const noteAlerts = async (db: Db, keys: readonly string[], now: Date): Promise<readonly string[]> => {
  const noted = await db.alert.createManyAndReturn({
    data: keys.map((key) => ({ key, at: now })),
    skipDuplicates: true,
    select: { key: true },
  });
  return noted.map((one) => one.key);
};

/** Tries it again with the next sweep: a post goes out, an input has its turn. False when it is not dead. */
export const revive = async (db: Db, { kind, id }: Pick<DeadLetter, 'kind' | 'id'>): Promise<boolean> => {
  const { count } =
    kind === 'post'
      ? await db.outbox.updateMany({
          where: { id, status: 'failed' },
          data: { status: 'pending', attempts: 0, problem: null },
        })
      : await db.inbox.updateMany({
          where: { id, attempts: { gte: attemptsInAll }, doneAt: { not: null } },
          data: { attempts: 0, doneAt: null },
        });
  // Should it fail again, the secretariat hears of it again.
  await db.alert.deleteMany({ where: { key: nameOf({ kind, id }) } });
  return count > 0;
};
