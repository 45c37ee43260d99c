/**
 * Whoever has a copy of the whole database, while a secret ballot is open or afterwards, does not learn who chose
 * what. An honest attempt: the copy has every column of every row, the order in which rows lie and the transactions
 * that wrote them, rows that were deleted, the server's counters and sequences, the jobs and the log. What is missing
 * is the desk's key.
 *
 * First, three worlds are alike in everything but who chose what: choices go round among the voters, so that the
 * count stays the same. Where the copies of two worlds differ in anything but chance, they tell of the choices. Then
 * a classifier looks for what chance could have hidden: an order, a rank, a place among random things.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import type { Input } from '../../src/core/input.js';
import type { Vault } from '../../src/core/vault.js';
import { openPostgresBackend } from '../../src/jobs/backend.js';
import { storeInput } from '../../src/store/inbox.js';
import { freshDatabase } from '../database.js';
import { startDatabaseServer } from '../database-server.js';
import { silent } from '../desk/workshop.js';
import { rule } from './ballots.js';
import { type Chamber, openChamber, seatIdOf } from './chamber.js';
import { type Evidence, guessed, wordsIn } from './classifier.js';
import { copyOf, nextTransaction, openChance, type Row, ranksOf } from './copy.js';
import { choices, playWorld, type World, words, worlds } from './every-way.js';

/** Words of choices among bytes that may be anything: none so short that chance spells it, and none within a seal. */
const wordsInBytes = (bytes: Buffer): readonly string[] =>
  bytes
    .toString()
    .replace(/[\w-]{40,}/g, '')
    .match(/赞成|不?同意|反对|弃权|\b(?:yes|abstain)\b|council\.no\b|\bno P-\d/g) ?? [];

/** The rows as text, one a line, without chance: what is left of ids, seals and transactions is their order. */
const withoutChance = (rows: readonly Row[]): readonly string[] => {
  const plain = openChance();
  const rank = ranksOf(rows.flatMap((row) => [row.written, row.removed]));
  return rows.map(({ table, at, written, removed, step, data }) =>
    plain(`${table} ${at} ${rank(written)} ${rank(removed)} ${step} ${JSON.stringify(data)}`),
  );
};

describe('three worlds that differ in who chose what', () => {
  let first: World;
  let others: readonly World[];
  beforeAll(async () => {
    // A server of their own, on which no database is dropped meanwhile: that makes connections forget where they
    // have put rows, and the next ones lie elsewhere.
    const server = await startDatabaseServer();
    try {
      const prepared = [];
      for (const world of worlds) {
        const fresh = { ...(await freshDatabase(server)), drop: async () => undefined };
        prepared.push(() => playWorld(world, fresh));
      }
      const [one, ...more] = await Promise.all(prepared.map((play) => play()));
      if (!one) throw new Error('no world');
      first = one;
      others = more;
    } finally {
      await server.stop();
    }
  });

  test('all of it happened: twelve seats voted, six confirmed, a few never counted', () => {
    const votes = first.closed.filter((row) => row.table.includes('Vote"'));
    expect(votes.length).toBeGreaterThanOrEqual(12 + 2 + 11 + 2);
    const tallies = first.closed
      .filter((row) => row.table.includes('"Ballot"'))
      .map(({ data }) =>
        typeof data === 'object' && data !== null && 'choices' in data ? data.choices : null,
      );
    const of = (each: number) =>
      choices.toSorted().flatMap((choice) => Array.from({ length: each }, () => choice));
    expect(tallies).toEqual(expect.arrayContaining([of(4), of(2)]));
  });

  test('every row is the same but for chance, while the ballots are open', () => {
    const seen = withoutChance(first.open);
    for (const world of others) expect(withoutChance(world.open)).toEqual(seen);
  });

  test('every row is the same but for chance, when they have closed', () => {
    const seen = withoutChance(first.closed);
    for (const world of others) expect(withoutChance(world.closed)).toEqual(seen);
  });

  test('what was deleted lies in the same places at the same lengths, and has the same words in it', () => {
    const seen = (world: World) => {
      const rank = ranksOf(world.remnants.flatMap((one) => [one.written, one.removed]));
      return world.remnants.map(({ table, page, line, state, length, written, removed, step, bytes }) =>
        [table, page, line, state, length, rank(written), rank(removed), step, ...wordsInBytes(bytes)].join(
          ' ',
        ),
      );
    };
    const expected = seen(first);
    expect(first.remnants.filter((one) => one.removed > 0).length).toBeGreaterThan(500);
    for (const world of others) expect(seen(world)).toEqual(expected);
  });

  test('the server has counted the same', () => {
    for (const world of others) expect(world.counters).toEqual(first.counters);
  });

  test('jobs carry ids and are the same', () => {
    const seen = (world: World) => {
      const plain = openChance();
      return world.jobs.map((job) => plain(JSON.stringify(job)));
    };
    for (const job of first.jobs) {
      expect(job.id).toMatch(/^(?:ring-[\w-]{36}-v\d+|post-\d+-a\d+)$/);
      expect(Object.keys(job.data).toSorted().join()).toMatch(/^(?:outbox|timer,version)$/);
    }
    for (const world of others) expect(seen(world)).toEqual(seen(first));
  });

  test('the log has been written to, by a turn that failed, and is the same', () => {
    const seen = (world: World) => {
      const plain = openChance();
      return world.log.map(plain);
    };
    expect(seen(first).join()).toContain('a turn failed');
    for (const world of others) expect(seen(world)).toEqual(seen(first));
  });

  test('whoever gets the key later opens no message of a vote', () => {
    for (const { closed, vault } of [first, ...others]) {
      const messages = closed
        .filter((row) => row.table.includes('"Inbox"'))
        .flatMap((row) => stringsIn(row.data))
        .flatMap((text) => openedBy(vault, text, ['']));
      expect(messages.length).toBeGreaterThan(0);
      expect(messages.filter((text) => wordsIn(text).length > 0 || text.includes('"pressed"'))).toEqual([]);
    }
  });

  test('nor an envelope, even one that still lies in a file: what it was sealed under is gone', () => {
    for (const { open, closed, remnants, vault } of [first, ...others]) {
      const envelopes = remnants
        .filter((one) => one.table === 'Vote')
        .flatMap((one) => one.bytes.toString('latin1').match(/[\w-]{100,}/g) ?? []);
      const openedWith = (rows: readonly Row[]) => {
        const secrets = rows.flatMap((row) => stringsIn(row.data)).filter((text) => /^[\w-]{43}$/.test(text));
        return envelopes.flatMap((envelope) => openedBy(vault, envelope, ['', ...secrets]));
      };
      expect(openedWith(open).filter((text) => text === 'abstain').length).toBeGreaterThan(0);
      expect(openedWith(closed)).toEqual([]);
    }
  });
});

/** What a seal opens to under any of the secrets. */
const openedBy = (vault: Vault, seal: string, secrets: readonly string[]): readonly string[] =>
  secrets.flatMap((secret) => {
    try {
      return [vault.unseal(seal, secret)];
    } catch {
      return [];
    }
  });

const stringsIn = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(stringsIn);
};

test('what waits to be answered has one length, however long the names in it are', async () => {
  const chamber = await openChamber({ seats: 1, matters: {} });
  try {
    const who = chamber.holder(2);
    const lengthOf = async (text: string, name: string): Promise<number> => {
      const input: Input = {
        kind: 'said',
        channel: who.channel,
        account: who.account,
        keys: [`event:T01:${name}:${text}`],
        sentAt: chamber.clock.now(),
        conversation: { id: who.id, kind: 'direct' },
        sender: { id: who.id, name },
        text,
        addressed: true,
      };
      const id = await storeInput(chamber.database, chamber.vault, input, chamber.clock.now());
      if (id === undefined) throw new Error('not stored');
      const row = await chamber.database.inbox.findUniqueOrThrow({ where: { id } });
      return JSON.stringify(row.input).length;
    };
    const lengths = new Set<number>();
    for (let letters = 1; letters <= 256; letters += 4) {
      const name = 'n'.repeat(letters);
      lengths.add(await lengthOf('no P-1', name)).add(await lengthOf('abstain P-1', name));
    }
    expect(lengths.size).toBe(1);
  } finally {
    await chamber.end();
  }
});

test('the queues’ own tables name no choice', async () => {
  const chamber = await openChamber({
    seats: 3,
    matters: { secret: rule({ moves: ['officer'], secret: true, openDays: 1 }) },
    backend: (url) => openPostgresBackend(url, silent),
  });
  try {
    const ref = await chamber.move('secret', '人选');
    for (const [at, choice] of choices.entries())
      await chamber.say(chamber.holder(at + 1), `${words[choice].zh} ${ref}`);
    await chamber.closes(ref);
    const jobs = (await copyOf(chamber.url)).filter((row) => row.table.startsWith('bullmq.'));
    expect(jobs.length).toBeGreaterThan(10);
    expect(jobs.filter((row) => wordsIn(JSON.stringify(row.data)).length > 0)).toEqual([]);
  } finally {
    await chamber.end();
  }
});

/** Numbers that look random and are the same in each run. */
const openDice = (seed: number) => {
  let state = seed;
  return (sides: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
};

describe('a classifier', () => {
  const ballots = 24;
  const seats = 6;
  const open: Evidence[] = [];
  const closed: Evidence[] = [];
  beforeAll(async () => {
    const dice = openDice(20261123);
    const matters = { secret: rule({ moves: ['officer'], secret: true, openDays: 1 }) };
    const chamber = await openChamber({ seats, matters, deliver: false });
    try {
      for (let ballot = 0; ballot < ballots; ballot += 1) {
        const evidence = await oneBallot(chamber, ballot, dice);
        open.push(evidence.open);
        closed.push(evidence.closed);
      }
    } finally {
      await chamber.end();
    }
  });

  /** Half of the voters say yes and half no, drawn anew for each ballot, and each in a way that is drawn. */
  const oneBallot = async (chamber: Chamber, ballot: number, dice: (sides: number) => number) => {
    const { holder, say, press, offered, url, database } = chamber;
    const from = await nextTransaction(url);
    const ref = await chamber.move('secret', `事项${ballot}`);
    const numbers = Array.from({ length: seats }, (_, at) => at + 1);
    const drawn = new Map(
      shuffled(numbers, dice).map((at, place) => [at, place % 2 === 0 ? 'yes' : 'no'] as const),
    );
    const cast = async (at: number, choice: 'yes' | 'no') => {
      const who = holder(at);
      const offer = await offered(who, `council.${choice}`, ref);
      const ways = [
        () => press(who, offer),
        () => say(who, String(offer.number)),
        () => say(who, `${words[choice].en} ${ref}`),
        () => say(who, words[choice].zh),
      ];
      await ways[dice(ways.length)]?.();
    };
    for (const at of shuffled(numbers, dice)) {
      if (dice(5) === 0) await cast(at, dice(2) === 0 ? 'yes' : 'no');
      await cast(at, drawn.get(at) ?? 'yes');
    }
    const votes = await database.vote.findMany({ where: { ballot: { motion: { case: { ref } } } } });
    const voters = numbers.map((at) => ({
      choice: drawn.get(at) ?? '',
      names: [
        holder(at).personId,
        seatIdOf(at),
        `"${holder(at).id}"`,
        ...votes.filter((one) => one.seatId === seatIdOf(at)).flatMap((one) => [one.id, one.receipt]),
      ],
    }));
    const whileOpen = await copyOf(url, from);
    await chamber.closes(ref);
    return { open: { rows: whileOpen, voters }, closed: { rows: await copyOf(url, from), voters } };
  };

  // By chance 50 in a hundred of the 144 choices are guessed, give or take 4.4. That any of some thousand features
  // comes to 75 by chance is to be expected once in more than ten thousand runs.
  const tooMany = 75;
  const telling = (evidence: readonly Evidence[]) => {
    const found = guessed(evidence);
    expect(found.size).toBeGreaterThan(1000);
    return [...found].filter(([, right]) => right >= tooMany);
  };

  test('learns nothing from a copy that was taken while the ballot was open', () => {
    expect(telling(open)).toEqual([]);
  });

  test('learns nothing from a copy that was taken afterwards', () => {
    expect(telling(closed)).toEqual([]);
  });

  test.each<readonly [string, (row: Row, choice: string | undefined) => unknown]>([
    ['a length', (row, choice) => ({ ...fields(row), account: choice === 'yes' ? 'abcd' : 'dcb' })],
    ['a value', (row, choice) => ({ ...fields(row), state: choice })],
  ])('would learn from %s', (_, plant) => {
    const planted = closed.slice(0, 12).map((ballot) => ({
      ...ballot,
      rows: ballot.rows.map((row) => {
        const text = JSON.stringify(row.data);
        const voter = ballot.voters.find(({ names }) => names.some((name) => text.includes(name)));
        return row.table.includes('Vote"') ? { ...row, data: plant(row, voter?.choice) } : row;
      }),
    }));
    expect(telling(planted)).not.toEqual([]);
  });

  test('would learn from choices that are listed in the order in which seats voted', () => {
    const planted = closed.slice(0, 12).map((ballot) => {
      const order = ballot.rows
        .filter((row) => row.table.includes('Entry"') && JSON.stringify(row.data).includes('council.vote'))
        .flatMap(
          (row) =>
            ballot.voters.find(({ names }) =>
              names.some((name) => JSON.stringify(row.data).includes(name)),
            ) ?? [],
        );
      const inOrder = [...new Set(order.toReversed())].toReversed().map((voter) => voter.choice);
      return {
        ...ballot,
        rows: ballot.rows.map((row) =>
          row.table.includes('"Ballot"') ? { ...row, data: { ...fields(row), choices: inOrder } } : row,
        ),
      };
    });
    expect(telling(planted)).not.toEqual([]);
  });
});

const fields = (row: Row): object => (typeof row.data === 'object' && row.data !== null ? row.data : {});

const shuffled = <T>(items: readonly T[], dice: (sides: number) => number): readonly T[] => {
  const left = [...items];
  return items.flatMap(() => left.splice(dice(left.length), 1));
};
