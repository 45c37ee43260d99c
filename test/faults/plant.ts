/** Faults planted after the run, each in a transaction that is taken back: the checker has to find every one. */
import type { Ask, Posted, Seen, Wrong } from './check.js';

export type Plant = {
  readonly what: string;
  readonly finds: Wrong;
  readonly sql?: readonly string[];
  readonly seen?: (seen: Seen) => Seen;
};

/** A post that nothing but its conversation's reader can miss: the first one that is long enough to be itself. */
const firstOf = (posted: readonly Posted[], channel: Posted['channel']): number =>
  posted.findIndex(
    (one) =>
      one.channel === channel &&
      (channel === 'slack' ? one.outbox !== undefined : /^(?:已记录|已报名)：/.test(one.text)),
  );
const without = (channel: Posted['channel']) => (seen: Seen) => ({
  ...seen,
  posted: seen.posted.toSpliced(firstOf(seen.posted, channel), 1),
});
const doubled = (channel: Posted['channel'], times: number) => (seen: Seen) => {
  const post = seen.posted[firstOf(seen.posted, channel)];
  return {
    ...seen,
    posted: [...seen.posted, ...Array.from({ length: times }, () => post).filter((one) => one !== undefined)],
  };
};

const aVote = `(select id from "Vote" where "supersededAt" is null order by id limit 1)`;
const copyOfEntry = (id: string) =>
  `insert into "Entry" ("caseId", "personId", channel, act, "fromState", "toState", said, "inboxId", at, mark)
   select "caseId", "personId", channel, act, "fromState", "toState", said, "inboxId", at, mark from "Entry" where id = ${id}`;

export const plants: readonly Plant[] = [
  {
    what: 'an input on Slack that was acknowledged and not stored',
    finds: 'inputs lost',
    sql: [`delete from "Inbox" where id = (select min(id) from "Inbox" where channel = 'slack')`],
  },
  {
    what: 'an input that nobody answered',
    finds: 'inputs without an answer',
    sql: [`update "Inbox" set "doneAt" = null where id = (select max(id) from "Inbox")`],
  },
  {
    what: 'an input answered without a word',
    finds: 'inputs without an answer',
    sql: [
      `update "Inbox" set "doneAt" = "doneAt" + interval '1 year' where id = (select max(id) from "Inbox")`,
    ],
  },
  {
    what: 'an act that took effect twice',
    finds: 'effects doubled',
    sql: [copyOfEntry(`(select min(id) from "Entry" where "inboxId" is not null)`)],
  },
  {
    what: 'an input stored twice',
    finds: 'effects doubled',
    sql: [
      `insert into "Inbox" (channel, conversation, input, "sentAt", "receivedAt", "doneAt")
       select channel, conversation, input, "sentAt", "receivedAt", "doneAt" from "Inbox"
       where id = (select min(id) from "Inbox" where channel = 'slack')`,
    ],
  },
  { what: 'a reply that never came out on Slack', finds: 'replies lost', seen: without('slack') },
  { what: 'a reply that never came out on WeChat', finds: 'replies lost', seen: without('wechat') },
  { what: 'a reply that came out twice on Slack', finds: 'replies doubled', seen: doubled('slack', 1) },
  // More often than it was tried at all.
  { what: 'a reply that came out again on WeChat', finds: 'replies doubled', seen: doubled('wechat', 40) },
  {
    what: 'a timer that never rang',
    finds: 'reminders missing',
    sql: [
      `update "Timer" set "firedAt" = null where id =
         (select id from "Timer" where "firedAt" is not null order by "dueAt" limit 1)`,
    ],
  },
  {
    what: 'a reminder that nobody was told',
    finds: 'reminders missing',
    seen: (seen) => ({
      ...seen,
      heard: new Map(
        [...seen.heard].map(([id, all]) => [id, all.filter((one) => !/马上就到：|Soon: /u.test(one.text))]),
      ),
    }),
  },
  {
    what: 'an alarm that rang an hour late',
    finds: 'reminders late',
    sql: [
      `update "Timer" set "firedAt" = "dueAt" + interval '1 hour' where id =
         (select id from "Timer" where "firedAt" is not null order by "firedAt" - "dueAt" limit 1)`,
    ],
  },
  {
    what: 'a reminder of an event that had begun',
    finds: 'reminders after the fact',
    sql: [
      `update "Outbox" post set "reminderIn" = 'open', "caseId" = event."caseId", "sentAt" = event."startsAt" + interval '1 hour'
       from "Event" event where post.id = (select min(id) from "Outbox" where status = 'sent')`,
    ],
  },
  {
    what: 'more attendees than places',
    finds: 'seats oversold',
    sql: [
      `insert into "Attendee" ("eventId", "partyId", name, "nameKey", ticket, status, because, "changedAt")
       select one."eventId", one."partyId", one.name || step, one."nameKey" || step, one.ticket, 'going', one.because, one."changedAt"
       from (select * from "Attendee" order by id limit 1) one, generate_series(1, 1000) step`,
    ],
  },
  { what: 'a vote that was deleted', finds: 'votes lost', sql: [`delete from "Vote" where id = ${aVote}`] },
  {
    what: 'a vote that was set aside',
    finds: 'votes lost',
    sql: [`update "Vote" set "supersededAt" = "castAt" where id = ${aVote}`],
  },
  {
    what: 'a place that was taken away without a word',
    finds: 'told otherwise than it is',
    sql: [`update "Attendee" set status = 'out' where status = 'going'`],
  },
  {
    what: 'an application that was deleted',
    finds: 'effects lost',
    sql: [`delete from "Application"`, `delete from "Case" where workflow = 'membership'`],
  },
  {
    what: 'the audit entry of a vote removed',
    finds: 'audit entries missing',
    sql: [
      `delete from "Entry" entry using "Vote" vote
       where vote.id = ${aVote} and entry."personId" = vote."personId" and entry.at = vote."castAt"`,
    ],
  },
];

/** Plants one, looks with `find`, and takes it back. */
export const planted = async <T>(
  ask: Ask,
  seen: Seen,
  plant: Plant,
  find: (seen: Seen) => Promise<T>,
): Promise<T> => {
  await ask('begin');
  try {
    // Without the rules that would not let it happen.
    await ask('set local session_replication_role = replica');
    for (const sql of plant.sql ?? []) await ask(sql);
    return await find(plant.seen?.(seen) ?? seen);
  } finally {
    await ask('rollback');
  }
};
