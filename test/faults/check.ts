/**
 * What has to be true after the harm: read from the networks' record and from the tables by plain SQL. Shares nothing
 * with the desk.
 */
import { z } from 'zod';
import type { Heard, Utterance } from './people.js';

export type Ask = (sql: string) => Promise<unknown[]>;
export type Posted = {
  readonly channel: 'slack' | 'wechat';
  readonly conversation: string;
  readonly text: string;
  /** Slack's posts carry the number of what was to go out. */
  readonly outbox?: string;
};
/** What the networks know. */
export type Seen = {
  readonly utterances: readonly (Utterance & {
    /** On WeChat: the process that it was handed to lived on for long enough to store it. */
    readonly livedOn: boolean;
  })[];
  readonly posted: readonly Posted[];
  readonly heard: ReadonlyMap<string, readonly Heard[]>;
  /** The desk's time at the end. */
  readonly now: Date;
};

export const wrongs = [
  'inputs lost',
  'inputs without an answer',
  'effects lost',
  'effects doubled',
  'replies lost',
  'replies doubled',
  'reminders missing',
  'reminders late',
  'reminders after the fact',
  'seats oversold',
  'votes lost',
  'told otherwise than it is',
  'audit entries missing',
  'unavoidable: handed over when killed',
  'unavoidable: WeChat sends repeated',
] as const;
export type Wrong = (typeof wrongs)[number];
export type Finding = { readonly wrong: Wrong; readonly what: string };

export const check = async (ask: Ask, seen: Seen): Promise<readonly Finding[]> => [
  ...(await inputs(ask, seen)),
  ...(await effects(ask, seen)),
  ...(await replies(ask, seen)),
  ...(await reminders(ask, seen)),
  ...(await places(ask, seen)),
  ...(await votes(ask, seen)),
  ...(await audit(ask)),
];

const rowsOf = async <T extends z.ZodType>(ask: Ask, shape: T, sql: string): Promise<z.output<T>[]> =>
  z.array(shape).parse(await ask(sql));

const lane = z.tuple([z.string(), z.string(), z.string(), z.string()]);
const inboxRow = z.object({
  id: z.string(),
  lane: z.string(),
  sent: z.string(),
  done: z.boolean(),
  answers: z.number(),
});

const inputs = async (ask: Ask, { utterances }: Seen): Promise<readonly Finding[]> => {
  const rows = await rowsOf(
    ask,
    inboxRow,
    `select id::text, conversation as lane, floor(extract(epoch from "sentAt") * 1000)::bigint::text as sent,
       "doneAt" is not null as done,
       (select count(*)::int from "Outbox" post where post."createdAt" = heard."doneAt") as answers
     from "Inbox" heard where conversation like '[%'`,
  );
  const stored = new Map<string, number>();
  for (const row of rows) {
    const key = `${lane.parse(JSON.parse(row.lane))[3]} ${row.sent}`;
    stored.set(key, (stored.get(key) ?? 0) + 1);
  }
  const unanswered = rows
    .filter((row) => !row.done || row.answers === 0)
    .map((row): Finding => ({ wrong: 'inputs without an answer', what: `input ${row.id}` }));
  return unanswered.concat(
    utterances.flatMap((said): Finding[] => {
      const count = stored.get(`${said.by} ${said.sentAt}`) ?? 0;
      const what = `“${said.text}” of ${said.by} at ${new Date(said.sentAt).toISOString()}`;
      if (count > 1) return [{ wrong: 'effects doubled', what: `stored twice: ${what}` }];
      if (count === 1 || said.lostOnTheWay) return [];
      if (said.channel === 'slack') return said.acknowledged ? [{ wrong: 'inputs lost', what }] : [];
      return [{ wrong: said.livedOn ? 'inputs lost' : 'unavoidable: handed over when killed', what }];
    }),
  );
};

const named = z.object({ what: z.string() });
const all = async (ask: Ask, wrong: Wrong, sql: string): Promise<Finding[]> =>
  (await rowsOf(ask, named, sql)).map(({ what }) => ({ wrong, what }));

const application = /(?:编号 |Its number is )(M-\d+)/u;

const effects = async (ask: Ask, { heard }: Seen): Promise<readonly Finding[]> => [
  ...(await missingApplications(ask, heard)),
  ...(await all(
    ask,
    'effects doubled',
    `select 'input ' || "inboxId" || ': ' || act as what from "Entry" where "inboxId" is not null
     group by "inboxId", act, "caseId" having count(*) > 1`,
  )),
  ...(await all(
    ask,
    'effects doubled',
    `select 'application of ' || park as what from "Application" group by park, "creditCode" having count(*) > 1`,
  )),
  ...(await all(
    ask,
    'effects doubled',
    `select 'attendee ' || name as what from "Attendee" where status <> 'out' group by "eventId", name having count(*) > 1`,
  )),
];

const missingApplications = async (ask: Ask, heard: Seen['heard']): Promise<readonly Finding[]> => {
  const filed = z.object({ ref: z.string(), account: z.string() });
  const rows = await rowsOf(
    ask,
    filed,
    `select one.ref, account."externalId" as account from "Case" one
       join "Application" application on application."caseId" = one.id
       join "Identity" account on account."personId" = application."applicantId"`,
  );
  return [...heard].flatMap(([account, list]) =>
    list
      .flatMap((one) => application.exec(one.text)?.[1] ?? [])
      .filter((ref) => !rows.some((row) => row.ref === ref && row.account === account))
      .map((ref): Finding => ({ wrong: 'effects lost', what: `${ref}, of which ${account} was told` })),
  );
};

const text = z.object({ zh: z.string(), en: z.string() });
const outboxRow = z.object({
  id: z.string(),
  channel: z.enum(['slack', 'wechat']),
  conversation: z.string(),
  status: z.string(),
  attempts: z.number(),
  content: z.object({
    languages: z.array(z.enum(['zh', 'en'])),
    message: z.object({ title: text.optional(), text }),
  }),
});

const replies = async (ask: Ask, { posted }: Seen): Promise<readonly Finding[]> => {
  const rows = await rowsOf(
    ask,
    outboxRow,
    `select id::text, channel::text, conversation, status::text, attempts, content
     from "Outbox" where "replacesId" is null and status <> 'dropped'`,
  );
  const findings: Finding[] = [];
  const describe = (row: (typeof rows)[number]) =>
    `post ${row.id} (${row.status}) in ${row.conversation}: ${row.content.message.text.en.slice(0, 60)}`;
  const bySlack = new Map<string, number>();
  for (const one of posted) if (one.outbox) bySlack.set(one.outbox, (bySlack.get(one.outbox) ?? 0) + 1);
  const onWeChat = new Map<string, typeof rows>();
  for (const row of rows) {
    if (row.channel === 'slack') {
      const times = bySlack.get(row.id) ?? 0;
      if (times === 0 || row.status !== 'sent') findings.push({ wrong: 'replies lost', what: describe(row) });
      if (times > 1) findings.push({ wrong: 'replies doubled', what: `${times} times ${describe(row)}` });
      continue;
    }
    onWeChat.set(row.conversation, [...(onWeChat.get(row.conversation) ?? []), row]);
  }
  for (const [conversation, own] of onWeChat) {
    const came = posted.filter((one) => one.channel === 'wechat' && one.conversation === conversation);
    findings.push(...wechatReplies(own, came, describe));
  }
  return findings;
};

type OutboxRow = z.output<typeof outboxRow>;

/** WeChat's messages have no name in common with what was to be said: they are told by the line that it begins with. */
const wechatReplies = (
  rows: readonly OutboxRow[],
  came: readonly Posted[],
  describe: (row: OutboxRow) => string,
): readonly Finding[] => {
  const linesOf = ({ content: { languages, message } }: OutboxRow): readonly string[] => {
    const language = languages[0] ?? 'zh';
    return message.text[language].split('\n');
  };
  const findings: Finding[] = rows
    .filter((row) => row.status !== 'sent')
    .map((row) => ({ wrong: 'replies lost', what: describe(row) }));
  for (const words of new Set(rows.map((row) => linesOf(row)[0] ?? ''))) {
    // What has the line in its middle counts on both sides.
    const due = rows.filter((row) => linesOf(row).includes(words));
    const times = came.filter((one) => one.text.split('\n').includes(words)).length;
    const [row] = due;
    if (!row) continue;
    if (times < due.length && came.filter((one) => one.text.includes(words)).length < due.length) {
      findings.push({ wrong: 'replies lost', what: `${times} of ${due.length}: ${describe(row)}` });
    }
    const again = due.reduce((sum, one) => sum + one.attempts - 1, 0);
    for (let extra = due.length; extra < times; extra += 1) {
      findings.push({
        wrong: extra - due.length < again ? 'unavoidable: WeChat sends repeated' : 'replies doubled',
        what: `${times} for ${due.length}: ${describe(row)}`,
      });
    }
  }
  return findings;
};

const timerRow = z.object({
  id: z.string(),
  alarm: z.string(),
  due: z.date(),
  fired: z.date().nullable(),
});
const lateMs = 120_000;

const reminders = async (ask: Ask, { heard, now }: Seen): Promise<readonly Finding[]> => {
  const timers = await rowsOf(
    ask,
    timerRow,
    `select id::text, alarm, "dueAt" as due, "firedAt" as fired from "Timer" where "cancelledAt" is null`,
  );
  const missing = timers
    .filter((one) => one.fired === null && now.getTime() - one.due.getTime() > lateMs)
    .map((one): Finding => ({ wrong: 'reminders missing', what: `${one.alarm} ${one.id} never rang` }));
  const late = timers
    .filter((one) => one.fired && one.fired.getTime() - one.due.getTime() > lateMs)
    .map(
      (one): Finding => ({
        wrong: 'reminders late',
        what: `${one.alarm} due ${one.due.toISOString()} rang ${one.fired?.toISOString()}`,
      }),
    );
  const soon = z.object({ account: z.string(), name: z.string() });
  // Who had a place all along when the last reminder rang knows of it.
  const going = await rowsOf(
    ask,
    soon,
    `select account."externalId" as account, one.name from "Attendee" one
       join "Identity" account on account."personId" = one."personId"
       join "Timer" timer on timer."caseId" = one."eventId" and timer."firedAt" is not null
     where one.status = 'going' and one.reminders = 'all' and timer.alarm = 'event.hours'
       and one."changedAt" < timer."dueAt" - interval '1 hour'`,
  );
  const untold = going
    .filter(({ account }) => !heard.get(account)?.some((one) => /^(?:马上就到：|Soon: )/mu.test(one.text)))
    .map(
      ({ account }): Finding => ({
        wrong: 'reminders missing',
        what: `${account} was not told of the event`,
      }),
    );
  const after = await all(
    ask,
    'reminders after the fact',
    `select 'post ' || post.id || ' on a vote that was cast' as what from "Outbox" post
       join "Ballot" ballot on ballot."motionId" = post."caseId"
       join "Vote" vote on vote."ballotId" = ballot.id and vote."personId" = post."personId"
     where post."reminderIn" is not null and post.status = 'sent' and vote."castAt" < post."createdAt"
     union all
     select 'post ' || post.id || ' after the event began' from "Outbox" post join "Event" event on event."caseId" = post."caseId"
     where post."reminderIn" is not null and post.status = 'sent' and post."createdAt" < event."startsAt" and post."sentAt" > event."startsAt"`,
  );
  return [...missing, ...late, ...untold, ...after];
};

const places = async (ask: Ask, { heard }: Seen): Promise<readonly Finding[]> => {
  const oversold = await all(
    ask,
    'seats oversold',
    `select count(*) || ' for ' || event.capacity as what from "Event" event
       join "Attendee" one on one."eventId" = event."caseId" and one.status in ('going', 'held')
     group by event."caseId", event.capacity having count(*) > event.capacity`,
  );
  const standing = z.object({ account: z.string(), status: z.string().nullable() });
  const rows = await rowsOf(
    ask,
    standing,
    `select account."externalId" as account, (select one.status::text from "Attendee" one
       where one."personId" = account."personId" order by one.status = 'out', one.id desc limit 1) as status
     from "Identity" account`,
  );
  const otherwise = rows.flatMap(({ account, status }): Finding[] => {
    const told = (heard.get(account) ?? [])
      .map((one) => toldOfPlace(one.text))
      .findLast((one) => one !== undefined);
    const wrong =
      (told === 'going' && status !== 'going') ||
      (told === 'out' && status !== 'out' && status !== null) ||
      (told === undefined && status === 'going');
    return wrong
      ? [{ wrong: 'told otherwise than it is', what: `${account} was told “${told}” and is ${status}` }]
      : [];
  });
  return [...oversold, ...otherwise];
};

/** What the last words on their place were; undefined for everything else. */
const toldOfPlace = (said: string): 'going' | 'waiting' | 'held' | 'out' | undefined => {
  if (/^(?:已报名：W-1|You are signed up: W-1|名额已确认：W-1|Confirmed: )/u.test(said)) return 'going';
  if (/^(?:W-1《[^》]*》名额已满|W-1 “[^”]*”: all places are taken)/u.test(said)) return 'waiting';
  if (/^(?:好消息：W-1|Good news: there is room at W-1)/u.test(said)) return 'held';
  if (/^(?:已取消W-1|Taken off the list of W-1)/u.test(said)) return 'out';
  if (/W-1/.test(said) && /保留|转给下一位|passed on|lapsed|kept|goes to/u.test(said)) return 'held';
  return undefined;
};

const receipt = /(?:回执|Receipt) ([2-9A-Z]{4}-[2-9A-Z]{4})(?:，结果|: reply)/u;

const votes = async (ask: Ask, { heard }: Seen): Promise<readonly Finding[]> => {
  const vote = z.object({ receipt: z.string(), stands: z.boolean(), account: z.string() });
  const rows = await rowsOf(
    ask,
    vote,
    `select vote.receipt, vote."supersededAt" is null as stands, account."externalId" as account
     from "Vote" vote join "Identity" account on account."personId" = vote."personId"`,
  );
  const findings: Finding[] = [];
  const known = new Map(rows.map((row) => [row.receipt, row]));
  for (const [account, list] of heard) {
    const told = list.flatMap((one) => receipt.exec(one.text)?.[1] ?? []);
    for (const one of told)
      if (!known.has(one))
        findings.push({ wrong: 'votes lost', what: `${one}, of which ${account} was told` });
    const last = told.at(-1);
    if (last && known.get(last)?.stands === false)
      findings.push({
        wrong: 'told otherwise than it is',
        what: `${account} was told ${last} last, and another vote stands`,
      });
  }
  for (const row of rows)
    if (!heard.get(row.account)?.some((one) => one.text.includes(row.receipt)))
      findings.push({
        wrong: 'told otherwise than it is',
        what: `${row.account} was not told of the vote ${row.receipt}`,
      });
  return findings.concat(
    await all(
      ask,
      'votes lost',
      `select 'seat ' || "seatId" || ' has ' || count(*) filter (where "supersededAt" is null) || ' votes that stand' as what
       from "Vote" group by "seatId", "ballotId" having count(*) filter (where "supersededAt" is null) <> 1`,
    ),
  );
};

const audit = async (ask: Ask): Promise<readonly Finding[]> => [
  ...(await all(
    ask,
    'audit entries missing',
    `select 'vote ' || vote.receipt as what from "Vote" vote join "Ballot" ballot on ballot.id = vote."ballotId"
     where not exists (select 1 from "Entry" entry where entry."personId" = vote."personId" and entry.at = vote."castAt")`,
  )),
  ...(await all(
    ask,
    'audit entries missing',
    `select 'application ' || one.ref as what from "Case" one where one.workflow = 'membership'
       and not exists (select 1 from "Entry" entry where entry."caseId" = one.id)`,
  )),
  ...(await all(
    ask,
    'audit entries missing',
    `select 'party ' || party.number as what from "Party" party
     where not exists (select 1 from "Entry" entry where entry."caseId" = party."eventId" and entry."personId" = party."byId"
       and entry.at = party."joinedAt")`,
  )),
];
