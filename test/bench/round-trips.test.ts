/** How often a turn goes to the database and back, the storing of what came in and BEGIN and COMMIT included. */
import { expect, onTestFinished, test } from 'vitest';
import type { Desk } from '../../src/desk/desk.js';
import { workflows } from '../../src/workflows/index.js';
import { rule } from '../council/ballots.js';
import { openChamber } from '../council/chamber.js';
import { answered, openDeskOn, openWorkshop, says } from '../desk/workshop.js';
import { openHall } from '../event/hall.js';
import { type Figure, report } from './figure.js';
import { statementsOf } from './statements.js';

/** What a turn of each kind takes at present: whoever makes it more has a reason, and changes it here. */
const pinned = { word: 8, vote: 27, signUp: 23, alarm: 20 } as const;

/** The second of its kind, after a sweep: what is looked for or read only once has been. */
const secondOf = async (desk: Desk, act: (time: 1 | 2) => Promise<unknown>): Promise<number> => {
  await desk.recover();
  await act(1);
  return (await statementsOf(() => act(2))).length;
};

const measured = (turn: string, statements: number, most: number): void => {
  const figure: Figure = {
    figure: `Statements of a turn: ${turn}`,
    size: 'one turn',
    unit: 'statements',
    desk: statements,
    against: most,
    goal: { kind: 'at most', ratio: 1 },
  };
  report([figure]);
  expect(statements).toBeLessThanOrEqual(most);
};

test('a guest’s word', async () => {
  const shop = await openWorkshop();
  onTestFinished(shop.end);
  const desk = await openDeskOn(shop.database, shop.clock, { workflows });
  const guest = { channel: 'slack', account: 'T01', id: 'U77', name: 'Helen' } as const;
  measured('a guest’s word', await secondOf(desk, () => answered(desk, says(guest, 'hello'))), pinned.word);
});

test('a vote', async () => {
  const chamber = await openChamber({
    seats: 5,
    matters: { work: rule({ moves: ['officer'] }) },
    deliver: false,
  });
  onTestFinished(chamber.end);
  const ref = await chamber.move('work', '年度工作计划');
  measured(
    'a vote',
    await secondOf(chamber.desk, (time) => chamber.say(chamber.holder(time), `赞成 ${ref}`)),
    pinned.vote,
  );
});

test('a sign-up', async () => {
  const hall = await openHall(3, { capacity: 3 });
  onTestFinished(hall.end);
  const [first, second] = hall.guests;
  if (!first || !second) throw new Error('no guests');
  const signUp = (time: 1 | 2) => answered(hall.desk, says(time === 1 ? first : second, '报名 W-1'));
  measured('a sign-up', await secondOf(hall.desk, signUp), pinned.signUp);
});

test('an alarm', async () => {
  const shop = await openWorkshop();
  onTestFinished(shop.end);
  const guest = { channel: 'slack', account: 'T01', id: 'U77', name: 'Helen' } as const;
  for (const _ of [1, 2]) await answered(shop.desk, says(guest, 'errand 0'));
  const timers = await shop.database.timer.findMany({ where: { alarm: 'errand.nudge' } });
  const ring = async (time: 1 | 2) => {
    const timer = timers[time - 1];
    if (timer) await shop.desk.ring(timer.id, timer.version);
  };
  measured('an alarm that reminds two people and a room', await secondOf(shop.desk, ring), pinned.alarm);
});
