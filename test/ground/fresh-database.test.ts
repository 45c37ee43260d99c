import { expect, test } from 'vitest';
import { freshDatabase } from '../database.js';
import { ask } from './ask.js';

test('eight tests at once each get a migrated database of their own', async () => {
  const databases = await Promise.all(Array.from({ length: 8 }, freshDatabase));
  const add = (url: string) => ask(url, `insert into "CaseCounter" (prefix, last) values ('M', 1)`);
  await Promise.all(databases.map(({ url }) => add(url)));
  expect(
    await Promise.all(databases.map(({ url }) => ask(url, 'select count(*)::int from "CaseCounter"'))),
  ).toEqual(databases.map(() => [{ count: 1 }]));
  await Promise.all(databases.map((one) => one.drop()));
});
