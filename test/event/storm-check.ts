/**
 * What has to be true after the storm. The tables are read by plain SQL, what people know from what their networks
 * showed them; nothing of the workflow is used.
 */
import { expect } from 'vitest';
import { z } from 'zod';
import { ask } from '../ground/ask.js';
import type { Guest } from './storm-crowd.js';
import type { Stage } from './storm-stage.js';
import { type Stands, standsBy } from './storm-told.js';

const places = z.array(
  z.object({
    name: z.string(),
    status: z.enum(['applied', 'waiting', 'held', 'going', 'out']),
    number: z.number(),
    /** The account of who signed them up. */
    by: z.string(),
  }),
);
type Place = z.output<typeof places>[number];

const readPlaces = async ({ url }: Stage): Promise<readonly Place[]> =>
  places.parse(
    await ask(
      url,
      `select one.name, one.status, party.number, account."externalId" as by
       from "Attendee" one join "Party" party on party.id = one."partyId"
         join "Identity" account on account."personId" = party."byId"
       order by party.number, one.id`,
    ),
  );

/** Every place is given, none of them twice, and to those who came first of all who did not give up. */
export const placesGoToTheFirst = async (stage: Stage, capacity: number): Promise<void> => {
  const all = await readPlaces(stage);
  const there = all.filter((one) => one.status !== 'out');
  const expected = there.map((_, at) => (at < capacity ? 'going' : 'waiting'));
  expect(there.length).toBeGreaterThan(capacity);
  expect(there.map((one) => one.status)).toEqual(expected);
};

/** Nobody is on the list twice, and no two parties have the same number. */
export const nobodyIsThereTwice = async ({ url }: Stage): Promise<void> => {
  expect(
    await ask(
      url,
      `select "personId" from "Attendee" where status <> 'out' and "personId" is not null
       group by "personId" having count(*) > 1`,
    ),
  ).toEqual([]);
  expect(
    await ask(
      url,
      `select "partyId", name from "Attendee" where status <> 'out' group by "partyId", name having count(*) > 1`,
    ),
  ).toEqual([]);
  expect(await ask(url, `select "byId" from "Party" group by "byId" having count(*) > 1`)).toEqual([]);
  expect(
    await ask(
      url,
      `select 1 from "Party" having count(*) <> max(number) or count(*) <> count(distinct number)`,
    ),
  ).toEqual([]);
};

const arrivals = z.array(z.object({ number: z.number(), at: z.date() }));

// Turns that are under way at the same time may end in any order: the desk has five, and some leeway for a slow moment.
const mostOvertaking = 50;

/** The line has the order in which people were heard: of those who came later, no more than a few stand before anybody. */
export const nobodyIsOvertaken = async ({ url }: Stage): Promise<void> => {
  const parties = arrivals.parse(
    await ask(
      url,
      `select party.number, min(heard."receivedAt") as at
       from "Party" party join "Entry" entry on entry."personId" = party."byId" and entry.act = 'event.signUp'
         join "Inbox" heard on heard.id = entry."inboxId"
       group by party.number order by party.number`,
    ),
  );
  const overtaking = parties.map(
    ({ at }, place) => parties.slice(0, place).filter((other) => other.at > at).length,
  );
  expect(Math.max(...overtaking)).toBeLessThanOrEqual(mostOvertaking);
};

/**
 * Everybody knows where they and those with them stand, as the networks' own records have it. Who `asked` in the end
 * knows the very place in the line; others may have come nearer since they were told.
 */
export const everybodyKnows = async (
  stage: Stage,
  guests: readonly Guest[],
  asked: readonly Guest[],
): Promise<void> => {
  const all = await readPlaces(stage);
  const waiting = all.filter((one) => one.status === 'waiting');
  const hasAsked = new Set(asked.map((one) => one.id));
  const wrong = guests.flatMap(({ id, name }) => {
    const told = stage.told.get(id) ?? [];
    const own = all.filter((one) => one.by === id);
    const known = standsBy(name, told);
    const number = own.find((one) => one.status === 'waiting')?.number;
    const ahead = number === undefined ? undefined : waiting.filter((one) => one.number < number).length;
    const truth = new Map<string, Stands | 'applied'>(own.map((one) => [one.name, one.status]));
    const agrees =
      own.length > 0 &&
      truth.size === known.of.size &&
      [...truth].every(([who, stands]) => known.of.get(who) === stands) &&
      (ahead === undefined ||
        known.ahead === ahead ||
        (!hasAsked.has(id) && known.ahead !== undefined && known.ahead > ahead));
    return agrees ? [] : [{ id, truth, ahead, known, told: told.map((one) => one.text) }];
  });
  expect(wrong.slice(0, 3), `${wrong.length} were told something else`).toEqual([]);
};

/** Whoever gave it up, and was told so, has no place and waits for none. */
export const whoLeftIsOut = async (stage: Stage, guests: readonly Guest[]): Promise<void> => {
  const there = new Set((await readPlaces(stage)).flatMap((one) => (one.status === 'out' ? [] : [one.by])));
  const leavers = guests.filter((one) => one.leaves).map((one) => one.id);
  expect(leavers.filter((id) => there.has(id))).toEqual([]);
  expect(
    leavers.filter((id) => ![...standsBy('', stage.told.get(id) ?? []).of.values()].includes('out')),
  ).toEqual([]);
};

/** Whatever anybody did was taken in once and answered once; a message brought again was not answered again. */
export const everythingIsAnsweredOnce = async (stage: Stage): Promise<void> => {
  const done = [...stage.acts.values()].reduce((sum, one) => sum + one, 0);
  expect(
    await ask(
      stage.url,
      `select count(*)::int, count("doneAt")::int as done from "Inbox" where id > ${stage.before}`,
    ),
  ).toEqual([{ count: done, done }]);
  const odd = [...stage.told].filter(
    ([id, told]) =>
      told.some((one) => one.kind === 'other') ||
      told.filter((one) => one.kind !== 'offer').length !== stage.acts.get(id),
  );
  expect(odd.map(([id, told]) => [id, stage.acts.get(id), told.map((one) => one.text)]).slice(0, 3)).toEqual(
    [],
  );
};

/** In a group, where posts can't be changed, the list is said once a minute at the most, in however many parts. */
export const theGroupIsSpared = ({ groupPosts }: Stage, seconds: number): void => {
  const lists = groupPosts().filter((text) => text.includes('已报') && !/^\((?!1\/)\d+\//.test(text));
  expect(lists.length).toBeGreaterThan(0);
  expect(lists.length).toBeLessThanOrEqual(2 + Math.floor(seconds / 60));
};

/** No post failed, no turn and no job did by the desk's log, and no two waited for each other. */
export const nothingFailed = async ({ url, logged }: Stage): Promise<void> => {
  // Bolt's own complaint when Slack has hung up meanwhile; the input was stored all the same.
  const hungUp = 'An unhandled error occurred after ack() called in a listener';
  expect(logged.filter((one) => one.level >= 50 && one.msg !== hungUp)).toEqual([]);
  expect(
    await ask(url, `select status, problem from "Outbox" where status not in ('sent', 'dropped') limit 5`),
  ).toEqual([]);
  expect(
    await ask(
      url,
      `select status, problem from "Outbox" where status = 'dropped' and "replacesId" is null limit 5`,
    ),
  ).toEqual([]);
  expect(
    await ask(url, `select deadlocks::int from pg_stat_database where datname = current_database()`),
  ).toEqual([{ deadlocks: 0 }]);
};
