/** A turn of an alliance that has grown for years, against the same one of a small alliance. */
import { onTestFinished, test } from 'vitest';
import { openDatabase } from '../../src/store/database.js';
import { workflows } from '../../src/workflows/index.js';
import { freshDatabase } from '../database.js';
import { answered, openClock, openDeskOn, says } from '../desk/workshop.js';
import { scale } from '../figures/report.js';
import { fillDatabase, oneOfCrowd, type Size } from './crowd.js';
import { alternate, median, milliseconds, report } from './figure.js';

const timeout = 600_000;
const day = 86_400_000;
const large = {
  people: scale({ short: 2000, full: 1_000_000 }),
  cases: scale({ short: 200, full: 20_000 }),
  entries: scale({ short: 2000, full: 10_000_000 }),
};
const small = { people: 1000, cases: scale({ short: 100, full: 1000 }), entries: 1000 };

const openAlliance = async (size: Size) => {
  const fresh = await freshDatabase();
  onTestFinished(fresh.drop);
  const clock = openClock();
  await fillDatabase(fresh.url, size, new Date(clock.now().getTime() + day));
  const database = openDatabase(fresh.url);
  onTestFinished(() => database.$disconnect());
  const desk = await openDeskOn(database, clock, { workflows });
  // Everybody on the way has a task, and says that it is done; then somebody asks what is waiting for them.
  return async (number: number) => {
    await answered(desk, says(oneOfCrowd(number), `done T-${number}`));
    await answered(desk, says(oneOfCrowd(number), 'help'));
  };
};

test('a turn', { timeout }, async () => {
  const rounds = scale({ short: 2, full: 300 });
  const inLarge = await openAlliance(large);
  const inSmall = await openAlliance(small);
  const warmUp = scale({ short: 1, full: 50 });
  for (let number = 1; number <= warmUp; number++) {
    await inLarge(number);
    await inSmall(number);
  }
  const found = await alternate(
    rounds,
    (round) => milliseconds(() => inLarge(warmUp + round + 1)),
    (round) => milliseconds(() => inSmall(warmUp + round + 1)),
  );
  const { people, cases, entries } = large;
  report([
    {
      figure: 'Two turns of a large alliance, against the same of one with 1,000 people',
      size: `${people} people, ${cases} open cases, ${entries} entries`,
      unit: 'ms',
      desk: median(found.desk),
      against: median(found.against),
      goal: { kind: 'at most', ratio: 1.3 },
    },
  ]);
});
