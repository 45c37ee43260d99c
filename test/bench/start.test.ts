/** How soon the desk is ready when it has run before, against its database alone. */
import { onTestFinished, test } from 'vitest';
import { scale } from '../figures/report.js';
import { launch } from '../ground/launched.js';
import { dataFolder, ready, startDesk } from '../system/running.js';
import { alternate, median, milliseconds, report } from './figure.js';

const timeout = 300_000;

test('the second start', { timeout }, async () => {
  const rounds = scale({ short: 1, full: 5 });
  const data = dataFolder();
  onTestFinished(data.remove);
  const byDesk = async () => {
    const desk = startDesk({ DATA_DIR: data.folder, PORT: '0', LOG_LEVEL: 'error' });
    try {
      return await milliseconds(() => desk.says(ready));
    } finally {
      desk.child.kill('SIGTERM');
      await desk.ended;
    }
  };
  const databaseAlone = async () => {
    const began = performance.now();
    const database = await launch({ dataDir: data.folder });
    const took = performance.now() - began;
    await database.stop();
    return took;
  };
  // The first start makes the database, and the demo alliance in it.
  await byDesk();
  const found = await alternate(rounds, byDesk, databaseAlone);
  report([
    {
      figure: 'Ready after npm start, the second time, against the embedded database alone',
      size: 'on stand-ins, with the demo alliance',
      unit: 's',
      desk: median(found.desk) / 1000,
      against: median(found.against) / 1000,
      goal: { kind: 'at most more', by: 1.5 },
    },
  ]);
});
