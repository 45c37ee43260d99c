/**
 * Two thousand people sign up for one event within seconds, on both networks, and some step back meanwhile. It takes
 * about two minutes; STORM_PEOPLE=200 gives a quick one, STORM_SEED the same one again.
 */
import { onTestFailed, onTestFinished, test } from 'vitest';
import { chanceOf } from '../council/storm-chance.js';
import {
  everybodyKnows,
  everythingIsAnsweredOnce,
  nobodyIsOvertaken,
  nobodyIsThereTwice,
  nothingFailed,
  placesGoToTheFirst,
  theGroupIsSpared,
  whoLeftIsOut,
} from './storm-check.js';
import { crowdOf } from './storm-crowd.js';
import { openStage } from './storm-stage.js';
import { standsBy } from './storm-told.js';

const people = Number(process.env.STORM_PEOPLE ?? 2000);
const places = people / 4;
const timeout = 600_000;

test(`${people} people sign up for ${places} places`, { timeout }, async () => {
  const seed = Number(process.env.STORM_SEED ?? Date.now() % 1_000_000);
  onTestFailed(() => console.error(`To see it again: STORM_SEED=${seed}`));
  const guests = crowdOf(people, chanceOf(seed));
  const times = [performance.now()];
  const secondsSince = (from: number) => ((times.at(-1) ?? 0) - (times[from] ?? 0)) / 1000;
  const past = () => times.push(performance.now());
  const stage = await openStage(guests, places, onTestFinished);
  past();
  const ready = secondsSince(0);

  await stage.storm();
  past();
  const said = secondsSince(1);
  await stage.quiet();
  past();
  const settled = secondsSince(1);
  const turns = [...stage.acts.values()].reduce((sum, one) => sum + one, 0);

  // Those who wait have come nearer meanwhile; every third asks how near.
  const waiting = guests.filter(({ id, name }) =>
    [...standsBy(name, stage.told.get(id) ?? []).of.values()].includes('waiting'),
  );
  const asking = waiting.filter((_, at) => at % 3 === 0);
  await stage.askAll(asking);
  await stage.quiet();
  past();
  console.info(
    `${people} people, ready in ${ready.toFixed(0)} s, said all within ${said.toFixed(0)} s; ` +
      `${turns} turns in ${settled.toFixed(0)} s: ${(turns / settled).toFixed(1)} a second; ` +
      `${waiting.length} parties wait, ${asking.length} asked in ${secondsSince(3).toFixed(0)} s; ` +
      `${stage.unacknowledged()} not acknowledged in 3 s`,
  );

  await nothingFailed(stage);
  await everythingIsAnsweredOnce(stage);
  await placesGoToTheFirst(stage, places);
  await nobodyIsThereTwice(stage);
  await nobodyIsOvertaken(stage);
  await whoLeftIsOut(stage, guests);
  await everybodyKnows(stage, guests, asking);
  theGroupIsSpared(stage, secondsSince(1));
});
