/** How much waits, and for how long: read from the indexes of what is not done. */
import type { ChannelName } from '../core/input.js';
import type { Database } from './database.js';
import { attemptsInAll } from './inbox.js';

type Waiting = { readonly count: number; readonly ageSeconds: number };

export type Backlog = {
  readonly inputs: Readonly<Record<ChannelName, Waiting>>;
  readonly posts: Readonly<Record<ChannelName, Waiting>>;
  readonly timers: Waiting;
  readonly deadPosts: number;
  readonly deadInputs: number;
  readonly unsealed: number;
};

type Row = { readonly what: string; readonly count: number; readonly oldest: Date | null };

/** Posts and timers count from when they were due, inputs from when they came in. */
export const readBacklog = async (database: Database, now: Date): Promise<Backlog> => {
  const rows = await database.$queryRaw<Row[]>`
    SELECT 'input ' || channel AS what, count(*)::int AS count, min("receivedAt") AS oldest
      FROM "Inbox" WHERE "doneAt" IS NULL GROUP BY channel
    UNION ALL
    SELECT 'post ' || channel, count(*)::int, min("deliverAfter")
      FROM "Outbox" WHERE status IN ('pending', 'sending', 'unsure') AND "deliverAfter" <= ${now} GROUP BY channel
    UNION ALL
    SELECT 'timer', count(*)::int, min("dueAt")
      FROM "Timer" WHERE "firedAt" IS NULL AND "cancelledAt" IS NULL AND "dueAt" <= ${now}
    UNION ALL
    SELECT 'dead post', count(*)::int, NULL FROM "Outbox" WHERE status = 'failed'
    UNION ALL
    SELECT 'dead input', count(*)::int, NULL
      FROM "Inbox" WHERE attempts > 0 AND attempts >= ${attemptsInAll} AND "doneAt" IS NOT NULL
    UNION ALL
    SELECT 'unsealed', count(*)::int, NULL
      FROM "Entry" WHERE id > (SELECT coalesce(max("upTo"), 0) FROM "Seal" WHERE digest IS NOT NULL)`;
  const waiting = (what: string): Waiting => {
    const row = rows.find((one) => one.what === what);
    const age = row?.oldest ? (now.getTime() - row.oldest.getTime()) / 1000 : 0;
    return { count: row?.count ?? 0, ageSeconds: Math.max(0, age) };
  };
  return {
    inputs: { slack: waiting('input slack'), wechat: waiting('input wechat') },
    posts: { slack: waiting('post slack'), wechat: waiting('post wechat') },
    timers: waiting('timer'),
    deadPosts: waiting('dead post').count,
    deadInputs: waiting('dead input').count,
    unsealed: waiting('unsealed').count,
  };
};
