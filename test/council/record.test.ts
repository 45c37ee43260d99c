/** What is told of a result agrees wherever it is told, and anybody can count an exported ballot again. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exportBallot, verifyBallot } from '../../src/ballot-file.js';
import { counted, type OpenedBallot } from '../../src/workflows/council/ballot.js';
import { explain } from '../../src/workflows/council/explain.js';
import {
  type BallotRecord,
  fingerprintOf,
  recordOf,
  recordSchema,
  recount,
} from '../../src/workflows/council/record.js';
import { count } from '../../src/workflows/council/tally.js';
import { lastPost, textsTo } from '../desk/workshop.js';
import { dataFolder, runDesk } from '../system/running.js';
import { anyRule, rule, share } from './ballots.js';
import { type Chamber, chair, type Member, officer, openChamber, rooms, seatIdOf } from './chamber.js';

const usual = { moves: ['officer'], openDays: 2, proxies: 1, recused: 'leave' } as const;
const matters = {
  named: rule(usual),
  secret: rule({ ...usual, secret: true }),
  twice: rule({
    ...usual,
    quorum: { share: share(4, 5), by: 'takingPart' },
    withoutQuorum: [{ step: 'again', noticeDays: 0, quorum: share(1, 5) }],
  }),
  later: rule({
    ...usual,
    quorum: { share: share(4, 5), by: 'takingPart' },
    withoutQuorum: [{ step: 'again', noticeDays: 2, quorum: null }],
  }),
};

let chamber: Chamber;
let folder: string;
const fileOf = (ref: string): string => join(folder, `${ref}.json`);
const readRecord = (ref: string): BallotRecord =>
  recordSchema.parse(JSON.parse(readFileSync(fileOf(ref), 'utf8')));

/** What the desk answers, in Chinese, as it was before it was cut for a channel. */
const answer = async (who: Member, words: string): Promise<string> => {
  const before = await lastPost(chamber.database);
  await chamber.say(who, words);
  return (await textsTo(chamber.database, who.id, before)).join('\n');
};

/** Seats 1 and 2 confirm or change after an amendment, 3 does not, 4 leaves, 5 votes through seat 1. */
const play = async (matter: 'named' | 'secret', ref: string): Promise<void> => {
  const { holder, alternate, say } = chamber;
  await chamber.move(matter, matter);
  await say(holder(5), `委托 ${holder(1).name} ${ref}`);
  const { ref: proxy } = await chamber.database.case.findFirstOrThrow({
    where: { workflow: 'proxy' },
    orderBy: { openedAt: 'desc' },
  });
  await say(holder(1), `接受 ${proxy}`);
  await say(holder(1), `赞成 ${ref}`);
  await say(holder(2), `no ${ref}`);
  await say(alternate(3), `yes ${ref}`);
  await say(holder(4), `no ${ref}`);
  await say(holder(4), `回避 ${ref} 与本人有关`);
  await say(officer, `修正 ${ref} 改为分两期办理。`);
  await say(holder(1), `维持 ${ref}`);
  await say(holder(2), `yes ${ref}`);
  await say(holder(1), `反对 ${ref} 代 s5`);
  await chamber.closes(ref);
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'desk-ballots-'));
  chamber = await openChamber({ seats: 5, matters });
  await play('named', 'P-1');
  await play('secret', 'P-2');
  await chamber.move('twice', 'twice');
  await chamber.say(chamber.holder(1), '赞成 P-3');
  await chamber.closes('P-3');
  await chamber.say(chair, '再次表决 P-3');
  await chamber.say(chamber.holder(2), 'no P-3');
  await chamber.say(chamber.holder(3), '赞成 P-3');
  await chamber.say(chamber.holder(5), '赞成 P-3');
  await chamber.closes('P-3');
  for (const ref of ['P-1', 'P-2', 'P-3']) await exportBallot(chamber.database, ref, fileOf(ref));
});
afterAll(async () => {
  await chamber.end();
  rmSync(folder, { recursive: true, force: true });
});

const receiptsIn = ({ ballots }: BallotRecord): readonly string[] =>
  ballots.secret ? ballots.receipts : ballots.votes.map((vote) => vote.receipt);

describe.each([
  [
    'a ballot with names',
    'P-1',
    { outcome: 'carried', call: 1, cast: 4, invalid: 1, recused: 1, yes: 2, no: 1 },
  ],
  ['a secret one', 'P-2', { outcome: 'carried', call: 1, cast: 4, invalid: 1, recused: 1, yes: 2, no: 1 }],
  ['a second call', 'P-3', { outcome: 'carried', call: 2, cast: 3, invalid: 0, recused: 0, yes: 2, no: 1 }],
])('%s', (_, ref, expected) => {
  const ballotOf = () =>
    chamber.database.ballot.findFirstOrThrow({
      where: { motion: { case: { ref } } },
      orderBy: { call: 'desc' },
      include: { votes: true },
    });

  test('counts again to what was counted', async () => {
    const ballot = await ballotOf();
    const record = readRecord(ref);
    const { tally, fingerprint, problems } = recount(record);
    expect(problems).toEqual([]);
    expect({ ...tally, call: record.call }).toMatchObject(expected);
    expect(tally).toEqual(ballot.tally);
    expect({ fingerprint, outcome: tally.outcome }).toEqual({
      fingerprint: ballot.fingerprint,
      outcome: ballot.outcome,
    });
  });

  test('was posted as it is answered later, with the same reasons, receipts and fingerprint', async () => {
    const record = readRecord(ref);
    const { tally, fingerprint } = recount(record);
    const because = explain(tally, { means: record.means }).zh;
    const posted = (await textsTo(chamber.database, rooms.wechat)).filter((text) =>
      text.includes(fingerprint),
    );
    const result = await answer(chamber.holder(1), `结果 ${ref}`);
    expect(posted).toEqual([result]);
    expect(result).toContain(because);
    expect(result).toContain(
      `赞成 ${tally.yes}、反对 ${tally.no}、弃权 ${tally.abstain}、未表决 ${tally.silent}`,
    );
    expect(await answer(chamber.holder(1), `为什么 ${ref}`)).toContain(because);
    // A fingerprint of digits only would look like receipts.
    const words = result.replaceAll(fingerprintOf(record), '');
    expect(words.match(/\b[2-9A-Z]{4}-[2-9A-Z]{4}\b/g)?.toSorted()).toEqual(receiptsIn(record).toSorted());
  });

  test('knows each receipt as what became of its vote', async () => {
    const ballot = await ballotOf();
    const record = readRecord(ref);
    const { fingerprint } = recount(record);
    const said = new Map<string, string>();
    for (const { receipt } of ballot.votes)
      said.set(receipt, await answer(chamber.holder(1), `回执 ${receipt}`));
    for (const vote of ballot.votes) {
      const text = said.get(vote.receipt) ?? '';
      const counts = receiptsIn(record).includes(vote.receipt);
      expect(counts).toBe(vote.supersededAt === null);
      expect(text).toContain(counts ? `校验码 ${fingerprint}` : '不计入结果');
      expect(text.includes('没有确认')).toBe(counts && vote.version !== record.textVersion);
    }
    expect([...said.values()].filter((text) => text.includes('已计入'))).toHaveLength(
      expected.cast - expected.invalid,
    );
  });

  test('holds nothing personal beyond the names of council members', async () => {
    const record = JSON.stringify(readRecord(ref));
    const people = await chamber.database.person.findMany({
      include: { identities: true, held: true, alternates: true },
    });
    for (const { name, id, key, identities, held, alternates } of people) {
      for (const secret of [id, key ?? '—', ...identities.map((one) => one.externalId)]) {
        expect(record).not.toContain(secret);
      }
      if (held.length + alternates.length === 0) expect(record).not.toContain(name);
    }
    expect(Object.keys(readRecord(ref)).toSorted()).toEqual(
      [
        'ballots',
        'call',
        'closedAt',
        'format',
        'got',
        'matter',
        'means',
        'motion',
        'needed',
        'openedAt',
        'outcome',
      ].concat(['roll', 'rule', 'rulebook', 'text', 'textVersion', 'title']),
    );
  });
});

test('a secret record says who voted and what was chosen, each in an order of its own', () => {
  const { ballots } = readRecord('P-2');
  if (!ballots.secret) throw new Error('P-2 is secret');
  expect(ballots.choices).toEqual(['no', 'yes', 'yes']);
  expect(ballots.receipts).toEqual(ballots.receipts.toSorted());
  expect(Object.keys(ballots).toSorted()).toEqual(['choices', 'receipts', 'secret', 'unconfirmed']);
});

test('a ballot that found no quorum keeps its own record beside the second call', async () => {
  const ballot = await chamber.database.ballot.findFirstOrThrow({
    where: { call: 1, motion: { case: { ref: 'P-3' } } },
    include: { votes: true },
  });
  const { tally, fingerprint, problems } = recount(recordSchema.parse(ballot.record));
  expect({ outcome: tally.outcome, fingerprint, problems }).toEqual({
    outcome: 'noQuorum',
    fingerprint: ballot.fingerprint,
    problems: [],
  });
  expect(await answer(chamber.holder(1), `回执 ${ballot.votes[0]?.receipt}`)).toContain(fingerprint);
});

// Not yet: “result” and “verify” look at the text as it is now, not as it was when the ballot closed.
test('what is answered of a ballot stays the same when the text is amended before the next call', async () => {
  await chamber.move('later', 'later');
  await chamber.say(chamber.holder(1), '赞成 P-4');
  await chamber.closes('P-4');
  const result = await answer(chamber.holder(1), '结果 P-4');
  const { receipt } = await chamber.database.vote.findFirstOrThrow({
    where: { ballot: { motion: { case: { ref: 'P-4' } } } },
  });
  const counted = await answer(chamber.holder(1), `回执 ${receipt}`);
  expect(counted).toContain('已计入 P-4');
  await chamber.say(chair, '再次表决 P-4');
  await chamber.say(officer, '修正 P-4 改为下一年度办理。');
  expect(await answer(chamber.holder(1), '结果 P-4')).toBe(result);
  expect(await answer(chamber.holder(1), `回执 ${receipt}`)).toBe(counted);
});

type Tampering = readonly [what: string, ref: 'P-1' | 'P-2', tamper: (record: BallotRecord) => unknown];

const votesIn = ({ ballots }: BallotRecord) => {
  if (ballots.secret) throw new Error('a secret record has no votes by name');
  return ballots.votes;
};
const secretIn = ({ ballots }: BallotRecord) => {
  if (!ballots.secret) throw new Error('a record with names');
  return ballots;
};
const first = <T>(items: readonly T[]): T => {
  const [one] = items;
  if (one === undefined) throw new Error('nothing there');
  return one;
};
const seat = (record: BallotRecord, key: string) => first(record.roll.filter((row) => row.seat === key));

describe('the check of a copy', () => {
  const check = async (record: unknown, published?: string) => {
    const file = join(folder, 'copy.json');
    writeFileSync(file, JSON.stringify(record));
    const lines: string[] = [];
    const good = await verifyBallot(file, published, (line) => void lines.push(line));
    return { good, said: lines.join('\n') };
  };

  test.each(['P-1', 'P-2', 'P-3'])('finds %s as it was published', async (ref) => {
    const record = readRecord(ref);
    expect((await check(record)).good).toBe(true);
    const { good, said } = await check(record, ` ${fingerprintOf(record).toUpperCase()} `);
    expect(good).toBe(true);
    expect(said).toContain('It is the one that was published.');
    expect(said).not.toContain('Wrong');
  });

  const byCounting: readonly Tampering[] = [
    ['a choice was changed', 'P-1', (record) => Object.assign(first(votesIn(record)), { choice: 'no' })],
    ['a secret choice was changed', 'P-2', (record) => Object.assign(secretIn(record).choices, { 0: 'yes' })],
    ['a vote was removed', 'P-1', (record) => void votesIn(record).pop()],
    ['a secret vote was removed', 'P-2', (record) => void secretIn(record).choices.pop()],
    [
      'a vote was added',
      'P-1',
      (record) => void votesIn(record).push({ ...first(votesIn(record)), receipt: 'ABCD-2345' }),
    ],
    ['a secret vote was added', 'P-2', (record) => void secretIn(record).choices.push('no')],
    ['a vote was made to count', 'P-2', (record) => Object.assign(secretIn(record), { unconfirmed: 0 })],
    ['a vote was declared void', 'P-1', (record) => Object.assign(first(votesIn(record)), { valid: false })],
    [
      'a vote was given to a seat that has one',
      'P-1',
      (record) => Object.assign(first(votesIn(record)), { seat: 's2' }),
    ],
    [
      'a vote was given to a seat that took no part',
      'P-1',
      (record) => Object.assign(first(votesIn(record)), { seat: 's4' }),
    ],
    [
      'a seat that voted was recused',
      'P-1',
      (record) => Object.assign(seat(record, 's1'), { recused: true }),
    ],
    [
      'a seat that voted was suspended',
      'P-1',
      (record) => Object.assign(seat(record, 's1'), { suspended: true }),
    ],
    [
      'a seat is said not to have voted',
      'P-2',
      (record) => Object.assign(seat(record, 's1'), { voted: false }),
    ],
    ['a seat is said to have voted', 'P-2', (record) => Object.assign(seat(record, 's4'), { voted: true })],
    [
      'the majority was changed',
      'P-1',
      (record) => Object.assign(record.rule, { majority: { kind: 'unanimous' } }),
    ],
    ['the base was changed', 'P-2', (record) => Object.assign(record.rule, { base: 'entitled' })],
    [
      'the quorum was changed',
      'P-2',
      (record) => Object.assign(record.rule, { quorum: { share: share(1, 1), by: 'takingPart' } }),
    ],
    [
      'a receipt is listed twice',
      'P-1',
      (record) => Object.assign(first(votesIn(record).slice(1)), { receipt: first(votesIn(record)).receipt }),
    ],
    [
      'a secret receipt is listed twice',
      'P-2',
      (record) => Object.assign(secretIn(record).receipts, { 1: first(secretIn(record).receipts) }),
    ],
    ['a receipt is missing', 'P-2', (record) => void secretIn(record).receipts.pop()],
    ['the outcome was changed', 'P-1', (record) => Object.assign(record, { outcome: 'lost' })],
    ['what was needed was changed', 'P-2', (record) => Object.assign(record, { needed: record.needed - 1 })],
    ['what was got was changed', 'P-2', (record) => Object.assign(record, { got: record.got + 1 })],
  ];
  test.each(byCounting)('finds by counting that %s', async (_, ref, tamper) => {
    const record = readRecord(ref);
    tamper(record);
    const { good, said } = await check(record);
    expect({ good, wrong: /^Wrong: [A-Zs]/m.test(said) }).toEqual({ good: false, wrong: true });
  });

  const consistently: readonly Tampering[] = [
    [
      'a receipt was exchanged',
      'P-1',
      (record) => Object.assign(first(votesIn(record)), { receipt: 'ABCD-2345' }),
    ],
    [
      'a secret receipt was exchanged',
      'P-2',
      (record) => Object.assign(secretIn(record).receipts, { 0: 'ABCD-2345' }),
    ],
    ['the text was changed', 'P-1', (record) => Object.assign(record, { text: '不办。' })],
    [
      'as what somebody voted for a seat was changed',
      'P-1',
      (record) => Object.assign(first(votesIn(record)), { as: 'proxy' }),
    ],
    [
      'a seat was recused that did not vote',
      'P-1',
      (record) => Object.assign(seat(record, 's4'), { recused: false }),
    ],
    [
      'two seats exchanged their votes',
      'P-1',
      (record) => {
        const [one, other] = votesIn(record).filter((vote) => vote.valid);
        if (one && other) [one.choice, other.choice] = [other.choice, one.choice];
        const third = votesIn(record).find((vote) => vote.seat === 's5');
        if (one && third) [one.choice, third.choice] = [third.choice, one.choice];
      },
    ],
    [
      'votes, figures and outcome were changed throughout',
      'P-2',
      (record) => {
        const ballots = secretIn(record);
        ballots.choices = ['no', 'no', 'no'];
        const { tally } = recount(record);
        Object.assign(record, { outcome: tally.outcome, needed: tally.needed, got: tally.got });
      },
    ],
  ];
  test.each(consistently)('finds by the published fingerprint alone that %s', async (_, ref, tamper) => {
    const record = readRecord(ref);
    const published = fingerprintOf(record);
    tamper(record);
    expect((await check(record)).good).toBe(true);
    const { good, said } = await check(record, published);
    expect(good).toBe(false);
    expect(said).toContain(`Wrong: the published one is ${published}.`);
  });

  test('tells what is no record, and what is no JSON', async () => {
    const { good, said } = await check({ ...readRecord('P-1'), outcome: 'won' });
    expect({ good, said }).toEqual({ good: false, said: expect.stringMatching(/is no ballot of the desk/) });
    writeFileSync(join(folder, 'broken.json'), '{');
    await expect(verifyBallot(join(folder, 'broken.json'), undefined, () => undefined)).rejects.toThrow(
      /JSON/,
    );
  });
});

describe('as commands', () => {
  const data = dataFolder();
  afterAll(data.remove);

  test('desk ballot writes what desk verify-ballot finds in order, without a database', async () => {
    const file = join(folder, 'written.json');
    const written = await runDesk(['ballot', 'p-2', file], {
      DATA_DIR: data.folder,
      DATABASE_URL: chamber.url,
    });
    expect(written).toMatchObject({ code: 0, out: expect.stringContaining(`Wrote ${file}.`) });
    expect(readFileSync(file, 'utf8')).toBe(readFileSync(fileOf('P-2'), 'utf8'));

    const env = {
      DATA_DIR: join(data.folder, 'nothing'),
      DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing',
    };
    const published = fingerprintOf(readRecord('P-2'));
    const checked = await runDesk(['verify-ballot', file, '--published', published], env);
    expect(checked).toMatchObject({ code: 0, err: '' });
    expect(checked.out).toMatch(/P-2 “secret”\n.+passed\.[\s\S]+3 choices, 4 receipts\.\n.*It is the one/s);
    expect(existsSync(env.DATA_DIR)).toBe(false);
  });

  test('a copy that was changed ends with 1 and says why in a sentence', async () => {
    const record = readRecord('P-1');
    first(votesIn(record)).choice = 'no';
    const file = join(folder, 'changed.json');
    writeFileSync(file, JSON.stringify(record));
    const { code, out, err } = await runDesk(['verify-ballot', file], {});
    expect({ code, err }).toEqual({ code: 1, err: '' });
    expect(out).toMatch(/^Wrong: The outcome is given as “carried”, but the votes come to “lost”\.$/m);
    const missing = await runDesk(['verify-ballot', join(folder, 'none.json')], {});
    expect(missing).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringMatching(/can’t be read as JSON\.\nGive the file/),
    });
  });

  test('a motion without a count can’t be exported', async () => {
    const { code, err } = await runDesk(['ballot', 'P-99', join(folder, 'never.json')], {
      DATA_DIR: data.folder,
      DATABASE_URL: chamber.url,
    });
    expect({ code, err }).toEqual({
      code: 1,
      err: expect.stringMatching(/No ballot on P-99 has been counted\./),
    });
  });
});

/** A ballot as it is read from the tables: some seats recused or suspended, some votes outdated. */
const anyOpened: fc.Arbitrary<{
  readonly opened: OpenedBallot;
  readonly choices: ReadonlyMap<string, 'yes' | 'no' | 'abstain'>;
}> = fc
  .record({
    rule: anyRule,
    secret: fc.boolean(),
    suspended: fc.constantFrom('leave' as const, 'stay' as const),
    means: fc.constantFrom('meeting' as const, 'circulation' as const),
    version: fc.integer({ min: 1, max: 3 }),
    seats: fc.array(
      fc.record({
        recused: fc.integer({ min: 0, max: 6 }).map((drawn) => drawn === 0),
        suspended: fc.integer({ min: 0, max: 6 }).map((drawn) => drawn === 0),
        present: fc.boolean(),
        vote: fc.option(
          fc.record({
            choice: fc.constantFrom('yes' as const, 'no' as const, 'abstain' as const),
            late: fc.integer({ min: 0, max: 6 }).map((drawn) => drawn === 0),
            standing: fc.constantFrom('holder' as const, 'alternate' as const, 'proxy' as const),
          }),
          { freq: 3 },
        ),
      }),
      { maxLength: 13 },
    ),
  })
  .map(({ rule: drawn, secret, suspended, means, version, seats }) => {
    const at = new Date('2026-11-23T02:00:00Z');
    const by = { ...drawn, secret, suspended };
    const votes = seats.flatMap(({ vote }, index) => (vote ? [{ ...vote, index: index + 1 }] : []));
    return {
      choices: new Map(votes.map((vote) => [seatIdOf(vote.index), vote.choice])),
      opened: {
        rule: by,
        version,
        names: new Map([['person', '委员']]),
        ballot: {
          ...{
            id: 'ballot',
            motionId: 'motion',
            call: 1,
            means,
            rule: null,
            rulebookVersion: '1',
            rulebookHash: 'aaaa',
          },
          ...{
            secret,
            sealedUnder: null,
            openedAt: at,
            closesAt: at,
            extendedAt: null,
            closedAt: at,
            textVersion: version,
          },
          choices: secret
            ? votes
                .filter(({ index, late }) => {
                  const row = seats[index - 1];
                  return !late && row && !row.recused && !(row.suspended && suspended === 'leave');
                })
                .map((vote) => vote.choice)
            : [],
          ...{ tally: null, outcome: null, record: null, fingerprint: null },
        },
        roll: seats.map((row, index) => ({
          ...{
            ballotId: 'ballot',
            seatId: seatIdOf(index + 1),
            holderId: 'person',
            votedAt: null,
            recusedWhy: null,
          },
          recusedAt: row.recused ? at : null,
          suspendedAt: row.suspended ? at : null,
          present: means === 'meeting' && row.present,
          title: { zh: `s${index + 1}`, en: `s${index + 1}` },
          seat: {
            ...{
              id: seatIdOf(index + 1),
              key: `s${index + 1}`,
              class: 'expert' as const,
              parkId: null,
              holderId: 'person',
            },
            ...{ termFrom: null, termUntil: null, suspendedAt: null, suspendedWhy: null, park: null },
            holder: { name: '委员' },
          },
        })),
        votes: votes.map((vote) => ({
          ...{
            id: `vote-${vote.index}`,
            ballotId: 'ballot',
            seatId: seatIdOf(vote.index),
            personId: 'person',
          },
          ...{
            standing: vote.standing,
            channel: 'wechat' as const,
            choice: secret ? null : vote.choice,
            sealed: null,
          },
          ...{ version: vote.late ? version - 1 : version, reason: null, receipt: `ABCD-23${vote.index}` },
          ...{ castAt: at, supersededAt: null },
        })),
      },
    };
  });

test('any ballot, written down as JSON and read again, counts to the same', () => {
  fc.assert(
    fc.property(anyOpened, ({ opened, choices }) => {
      const tally = count(counted(opened, (vote) => choices.get(vote.seatId) ?? 'abstain'));
      const motion = { title: '事项', text: '正文', version: opened.version, matter: 'ordinary' };
      const written = recordOf('P-1', motion, opened, tally);
      const read = recordSchema.parse(JSON.parse(JSON.stringify(written)));
      expect(recount(read)).toEqual({ tally, fingerprint: fingerprintOf(written), problems: [] });
    }),
    { numRuns: 300, seed: 20261123 },
  );
});
