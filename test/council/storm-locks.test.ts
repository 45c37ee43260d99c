/** Votes beside what wants the whole case: they stand in line, and two never wait for each other. */
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import type { Db } from '../../src/database.js';
import { holdCase } from '../../src/desk/cases.js';
import { type Database, openDatabase } from '../../src/store/database.js';
import { openPlay, type Play } from '../play.js';

let play: Play;
/** Connections beside those of the play's desk. */
let database: Database;
let caseId: string;

beforeAll(async () => {
  play = await openPlay();
  const motion = ['提案', '购置灯光', '购置灯光设备。', '紧急事项', '通信表决', '跳过', '提交'];
  for (const words of motion) await play.act(`孙丽华 @slack: ${words}`);
  await play.act('沈悦 @wechat: 赞成 P-1');
  const [name] = await play.database.$queryRaw<{ is: string }[]>`SELECT current_database() AS is`;
  database = openDatabase(new URL(`/${name?.is}`, inject('databaseServer').control).href);
  caseId = (await database.case.findFirstOrThrow({ where: { ref: 'P-1', state: 'open' } })).id;
});
afterAll(async () => {
  await database.$disconnect();
  await play.end();
});

/** A vote that holds the case until `goOn` is called, and then does the rest. */
const voteUnderWay = async (rest: (db: Db) => Promise<unknown> = async () => undefined) => {
  let goOn = () => {};
  const told = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  let holds = () => {};
  const held = new Promise<void>((resolve) => {
    holds = resolve;
  });
  const done = database.$transaction(async (db) => {
    await holdCase(db, caseId, 'shared');
    holds();
    await told;
    await rest(db);
  });
  await held;
  return { goOn, done };
};

const wait = async (count: number): Promise<void> => {
  const waits = async () => {
    const [row] = await database.$queryRaw<{ count: number }[]>`
      SELECT count(*)::int FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    return row?.count === count;
  };
  await vi.waitUntil(waits, { timeout: 5_000, interval: 10 });
};

test('a vote that sets the alarm of the turnout again does not wait for one that is ringing', async () => {
  const alarm = { caseId, alarm: 'council.turnout', key: '' };
  const { id, version } = await database.timer.update({
    where: {
      id: (await database.timer.findFirstOrThrow({ where: { ...alarm, firedAt: null } })).id,
    },
    data: { dueAt: new Date(0) },
  });
  const vote = await voteUnderWay((db) =>
    db.timer.createMany({ data: [{ ...alarm, dueAt: new Date() }], skipDuplicates: true }),
  );
  const ringing = play.desk.ring(id, version);
  await wait(1);
  vote.goOn();
  await Promise.all([vote.done, ringing]);
  expect(await database.timer.findUnique({ where: { id } })).toMatchObject({
    firedAt: expect.any(Date),
  });
});

test('whoever wants the whole case comes before votes that come after', async () => {
  const order: string[] = [];
  const first = await voteUnderWay();
  const whole = database.$transaction(async (db) => {
    await holdCase(db, caseId);
    order.push('the whole case');
  });
  await wait(1);
  const second = voteUnderWay().then((vote) => {
    order.push('a later vote');
    vote.goOn();
    return vote.done;
  });
  await wait(2);
  first.goOn();
  await Promise.all([first.done, whole, second]);
  expect(order).toEqual(['the whole case', 'a later vote']);
});
