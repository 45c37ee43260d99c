import { expect, test } from 'vitest';
import { errorFacts } from '../src/log.js';
import { openDatabase } from '../src/store/database.js';
import { freshDatabase } from './database.js';
import { ask } from './ground/ask.js';

test('the log tells what an error is and where, and nothing of the row that the database refused', async () => {
  const fresh = await freshDatabase();
  const database = openDatabase(fresh.url, 1);
  await ask(fresh.url, 'alter table "Park" add constraint refused check (false)');
  const park = { key: 'park', nameZh: '机密园区', nameEn: 'Confidential Park', province: '江西' };
  const error = await database.park.create({ data: park }).catch((reason: unknown) => reason);
  const raw = await database.$executeRaw`
    INSERT INTO "Park" (id, key, "nameZh", "nameEn", province, specialties)
    VALUES (gen_random_uuid(), 'x', '机密园区', 'Confidential Park', '江西', '{}')`.catch(
    (reason: unknown) => reason,
  );
  await database.$disconnect();
  await fresh.drop();
  for (const one of [error, raw]) {
    expect(errorFacts(one)).toMatchObject({
      type: expect.stringMatching(/Error$/),
      message: expect.stringContaining('refused'),
      stack: expect.stringContaining('at '),
    });
    expect(JSON.stringify(errorFacts(one))).not.toMatch(/机密|Confidential/);
  }
});

test('what is no error is named by its type alone', () => {
  expect(errorFacts('13800138000')).toEqual({ type: 'string' });
});
