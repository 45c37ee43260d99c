/** A council of hundreds votes within seconds on both networks, and the ballot closes in the middle of it. */
import { expect, onTestFailed, onTestFinished, test, vi } from 'vitest';
import { type Act, isOverheard, onceEach, stormOf } from './storm-acts.js';
import { votersOf } from './storm-alliance.js';
import { chanceOf } from './storm-chance.js';
import {
  everybodyIsAnsweredOnce,
  nothingFailed,
  noVoteIsLost,
  recordIsWhatPeopleWereTold,
  theLastWordStands,
} from './storm-check.js';
import { openStage } from './storm-stage.js';
import type { Told } from './storm-told.js';

vi.mock('../../src/clock.js', { spy: true });

const timeout = 180_000;

const seeded = () => {
  const seed = Number(process.env.STORM_SEED ?? Date.now() % 1_000_000);
  onTestFailed(() => console.error(`To see it again: STORM_SEED=${seed}`));
  return chanceOf(seed);
};

test('200 seats vote and change their minds while the ballot closes', { timeout }, async () => {
  const chance = seeded();
  const voters = votersOf(200);
  const stage = await openStage(voters, onTestFinished);
  const storm = stormOf(voters, chance);
  const began = performance.now();
  const raging = stage.perform(storm);
  await stage.answered(storm.length / 4);
  // Long enough for the turnout to be told anew.
  await stage.pass(20_000);
  await stage.answered(storm.length / 2);
  await stage.timeIsUp();
  await stage.answered(stage.answers() + 10);
  await stage.close();
  await raging;
  const late = onceEach(voters.slice(0, 10), chance);
  await stage.perform(late);
  await stage.quiet();
  if (process.env.STORM_FIGURES) {
    const seconds = (performance.now() - began) / 1000;
    const told = [...stage.told.values()].flat();
    const receipts = told.filter((one) => one.kind === 'receipt').length;
    console.info(
      `${storm.length + late.length} messages, ${receipts} votes in ${seconds.toFixed(1)} s: ` +
        `${(receipts / seconds).toFixed(1)} votes a second, ${stage.unacknowledged()} not acknowledged in 3 s`,
    );
  }

  await nothingFailed(stage);
  everybodyIsAnsweredOnce(stage, [...storm, ...late]);
  await noVoteIsLost(stage, voters);
  await recordIsWhatPeopleWereTold(stage, voters);
  await theLastWordStands(stage, [...storm, ...late]);
});

test('who votes before it closes is counted, who votes afterwards is told so', { timeout }, async () => {
  const chance = seeded();
  const voters = votersOf(40);
  const stage = await openStage(voters, onTestFinished);
  const acts = (from: number, to: number) => onceEach(voters.slice(from, to), chance);
  const [before, meanwhile, due, after] = [acts(0, 32), acts(32, 46), acts(46, 60), acts(60, 80)];
  await stage.perform(before);
  await stage.quiet();
  await Promise.all([stage.perform(meanwhile), stage.timeIsUp()]);
  await stage.perform(due);
  await stage.close();
  await stage.perform(after);
  await stage.quiet();

  const heard = ({ voter }: Act, kind: Told['kind']): boolean =>
    stage.told.get(voter.id)?.some((one) => one.kind === kind) ?? false;
  expect(before.filter((act) => heard(act, 'tooLate'))).toEqual([]);
  expect(await stage.database.vote.count({ where: { supersededAt: null } })).toBeGreaterThanOrEqual(16);
  const late = [...due, ...after];
  expect(late.filter((act) => heard(act, 'receipt') || heard(act, 'already'))).toEqual([]);
  expect(late.filter((act) => !isOverheard(act) && !heard(act, 'tooLate'))).toEqual([]);

  await nothingFailed(stage);
  everybodyIsAnsweredOnce(stage, [...before, ...meanwhile, ...late]);
  await noVoteIsLost(stage, voters);
  await recordIsWhatPeopleWereTold(stage, voters);
});
