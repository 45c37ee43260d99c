/** What has to be true after any storm: in the tables, in the published record, and in what people were told. */
import { expect } from 'vitest';
import { recordSchema, recount } from '../../src/workflows/council/record.js';
import type { Choice } from '../../src/workflows/council/tally.js';
import { type Act, byVoter, isOverheard } from './storm-acts.js';
import type { Voter } from './storm-alliance.js';
import type { Stage } from './storm-stage.js';
import type { Told } from './storm-told.js';

type Receipt = Extract<Told, { kind: 'receipt' }> & { readonly by: Voter };

const receiptsIn = ({ told }: Stage, voters: readonly Voter[]): readonly Receipt[] =>
  voters.flatMap((by) =>
    (told.get(by.id) ?? []).flatMap((one) => (one.kind === 'receipt' ? [{ ...one, by }] : [])),
  );

const sorted = (codes: readonly string[]): readonly string[] => [...codes].sort();

/** Every message has its one answer; only what was overheard after the closing may have none. */
export const everybodyIsAnsweredOnce = (stage: Stage, acts: readonly Act[]): void => {
  for (const [id, told] of stage.told) {
    const own = byVoter(acts).get(id) ?? [];
    const addressed = own.filter((act) => !isOverheard(act)).length;
    const said = `${id} did ${own.map((act) => `${act.way} ${act.choice}`)}, told ${JSON.stringify(told)}`;
    expect(told.length, said).toBeGreaterThanOrEqual(addressed);
    expect(told.length, said).toBeLessThanOrEqual(own.length);
    expect(
      told.filter((one) => one.kind === 'other'),
      said,
    ).toEqual([]);
  }
};

/** What was acknowledged is in the tables, and nothing else is; of each seat the last one stands. */
export const noVoteIsLost = async (stage: Stage, voters: readonly Voter[]): Promise<void> => {
  const { database, closesAt } = stage;
  const receipts = receiptsIn(stage, voters);
  const votes = await database.vote.findMany({ include: { seat: true }, orderBy: { id: 'asc' } });
  expect(sorted(votes.map((vote) => vote.receipt))).toEqual(sorted(receipts.map((one) => one.receipt)));
  for (const { receipt, seat, choice, changed, by } of receipts) {
    const own = votes.filter((vote) => vote.seat.key === seat);
    const at = own.findIndex((vote) => vote.receipt === receipt);
    expect({ seat: by.seat, choice, changed }).toEqual({ seat, choice: own[at]?.choice, changed: at > 0 });
  }
  for (const key of new Set(votes.map((vote) => vote.seat.key))) {
    const own = votes.filter((vote) => vote.seat.key === key);
    for (const [at, vote] of own.entries()) {
      const next = own[at + 1];
      expect(vote.castAt.getTime()).toBeLessThan(closesAt.getTime());
      expect(vote.supersededAt, `${key}, vote ${at + 1} of ${own.length}`).toEqual(next?.castAt ?? null);
      if (next) expect(next.castAt.getTime()).toBeGreaterThanOrEqual(vote.castAt.getTime());
    }
  }
  const entries = await database.entry.findMany({ where: { act: 'council.vote' } });
  expect(entries).toHaveLength(votes.length);
  expect(new Set(entries.map((entry) => entry.inboxId)).size).toBe(votes.length);
};

/** The record that is published is what people were told, counted. */
export const recordIsWhatPeopleWereTold = async (stage: Stage, voters: readonly Voter[]): Promise<void> => {
  const ballot = await stage.database.ballot.findFirstOrThrow();
  const record = recordSchema.parse(ballot.record);
  const { tally, problems, fingerprint } = recount(record);
  expect(problems).toEqual([]);
  if (record.ballots.secret) throw new Error('the ballot names its voters');
  const published = new Map(record.ballots.votes.map((vote) => [vote.receipt, vote]));
  const standing = await stage.database.vote.findMany({ where: { supersededAt: null } });
  expect(sorted([...published.keys()])).toEqual(sorted(standing.map((vote) => vote.receipt)));
  expect(published.size).toBe(tally.yes + tally.no + tally.abstain);

  const told = receiptsIn(stage, voters).filter((one) => published.has(one.receipt));
  const said = (choice: Choice) => told.filter((one) => one.choice === choice).length;
  expect({ yes: said('yes'), no: said('no'), abstain: said('abstain') }).toEqual({
    yes: tally.yes,
    no: tally.no,
    abstain: tally.abstain,
  });
  expect(new Set(told.map((one) => one.seat)).size).toBe(told.length);
  const people = await stage.database.person.findMany({
    where: { id: { in: standing.map((vote) => vote.personId) } },
  });
  for (const { receipt, by } of told) {
    expect(published.get(receipt)).toMatchObject({ seat: by.seat, as: by.standing });
    const castBy = standing.find((vote) => vote.receipt === receipt)?.personId;
    expect(people.find((person) => person.id === castBy)?.name).toBe(by.name);
  }
  const inRooms = stage.roomPosts().join('\n');
  expect(inRooms).toContain(`赞成 ${tally.yes}、反对 ${tally.no}、弃权 ${tally.abstain}`);
  expect(inRooms).toContain(fingerprint);
};

/** Whoever alone spoke for a seat, and in one place, has it as they said last before they were too late. */
export const theLastWordStands = async (stage: Stage, acts: readonly Act[]): Promise<void> => {
  const standing = await stage.database.vote.findMany({
    where: { supersededAt: null },
    include: { seat: true },
  });
  const place = ({ way }: Act) => way === 'say' || way === 'bareWord' || way === 'slash';
  for (const own of byVoter(acts).values()) {
    const [{ voter } = { voter: undefined }] = own;
    const alone = acts.every((act) => act.voter.seat !== voter?.seat || act.voter.id === voter.id);
    if (!voter || !alone || new Set(own.map(place)).size > 1) continue;
    const last = (stage.told.get(voter.id) ?? []).findLast((one) => one.kind === 'receipt');
    const vote = standing.find((one) => one.seat.key === voter.seat);
    expect(vote?.receipt, voter.name).toBe(last?.kind === 'receipt' ? last.receipt : undefined);
  }
};

/** Neither a turn nor a job failed, by the desk's log; nor did two wait for each other, which a turn gets over. */
export const nothingFailed = async ({ logged, database }: Stage): Promise<void> => {
  // Bolt's own complaint when Slack has hung up meanwhile; the input was stored all the same.
  const hungUp = 'An unhandled error occurred after ack() called in a listener';
  expect(logged.filter((one) => one.level >= 50 && one.msg !== hungUp)).toEqual([]);
  const [row] = await database.$queryRaw<{ deadlocks: number }[]>`
    SELECT deadlocks::int FROM pg_stat_database WHERE datname = current_database()`;
  expect(row).toEqual({ deadlocks: 0 });
};
