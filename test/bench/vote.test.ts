/** A vote, from the message to the committed reply, against the same statements without a desk. */
import pg from 'pg';
import { onTestFinished, test } from 'vitest';
import { rule } from '../council/ballots.js';
import { type Chamber, openChamber } from '../council/chamber.js';
import { copyOf } from '../database.js';
import { scale } from '../figures/report.js';
import { alternate, inFlight, median, perSecond, report } from './figure.js';
import { type Statement, sayAgain, statementsOf } from './statements.js';

const atOnce = 8;
const timeout = 300_000;

/** The motion is open, and nobody has voted. */
const openMotion = async (seats: number) => {
  const chamber = await openChamber({
    seats,
    matters: { work: rule({ moves: ['officer'] }) },
    deliver: false,
    connections: 10,
  });
  onTestFinished(chamber.end);
  const ref = await chamber.move('work', '年度工作计划');
  return { chamber, vote: (seat: number) => chamber.say(chamber.holder(seat), `赞成 ${ref}`) };
};

/** The chamber's database as it stands. Its desk connects again by itself. */
const openCopy = async (chamber: Chamber): Promise<pg.Pool> => {
  await chamber.desk.idle();
  await chamber.database.$disconnect();
  const copy = await copyOf(chamber.url);
  const pool = new pg.Pool({ connectionString: copy.url, max: atOnce });
  onTestFinished(async () => {
    await pool.end();
    await copy.drop();
  });
  return pool;
};

test.each(scale({ short: [4], full: [10, 60] }))('%i votes', { timeout }, async (votes) => {
  const rounds = scale({ short: 1, full: 5 });
  // In each round some vote by the desk, others by statements; one round before all others warms up.
  const { chamber, vote } = await openMotion(2 * votes * (rounds + 1));
  const pool = await openCopy(chamber);
  await chamber.desk.recover();
  const seats = (part: number) => Array.from({ length: votes }, (_, at) => part * votes + at + 1);

  const turns: Statement[][][] = [];
  for (let round = 0; round <= rounds; round++) {
    const some: Statement[][] = [];
    for (const seat of seats(2 * round)) some.push([...(await statementsOf(() => vote(seat)))]);
    turns.push(some);
  }
  const byDesk = (round: number) => perSecond(votes, () => inFlight(atOnce, seats(2 * round + 1), vote));
  const byHand = (round: number) =>
    perSecond(votes, () =>
      inFlight(atOnce, turns[round] ?? [], async (statements) => {
        const client = await pool.connect();
        try {
          await sayAgain(client, statements);
        } finally {
          client.release();
        }
      }),
    );
  await byDesk(rounds);
  await byHand(rounds);
  const found = await alternate(rounds, byDesk, byHand);
  report([
    {
      figure: 'Votes from the message to the committed reply, against their statements by hand',
      size: `${votes} votes, ${atOnce} at once`,
      unit: '/s',
      desk: median(found.desk),
      against: median(found.against),
      goal: { kind: 'at least', ratio: 0.6 },
    },
  ]);
});
