import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoAllianceFile, loadAllianceFile } from '../../src/alliance/file.js';
import { importAlliance } from '../../src/alliance/import.js';
import { findPerson } from '../../src/people/find.js';
import { type Database, openDatabase } from '../../src/store/database.js';
import { freshDatabase } from '../database.js';

const now = new Date('2026-11-23T02:00:00Z');
let database: Database;
let drop: () => Promise<void>;

beforeAll(async () => {
  const fresh = await freshDatabase();
  drop = fresh.drop;
  database = openDatabase(fresh.url, 2);
  await importAlliance(database, await loadAllianceFile(demoAllianceFile), now);
  await database.person.createMany({
    data: [
      { name: '赵国强', language: 'zh', guest: true, createdAt: now },
      { name: '路人', language: 'zh', guest: true, createdAt: now },
      { key: 'to-ly', name: 'To Ly', language: 'en', createdAt: now },
      { key: 'zhang-1', name: '张伟', language: 'zh', createdAt: now },
      { key: 'zhang-2', name: '张伟', language: 'zh', createdAt: now },
    ],
  });
});
afterAll(async () => {
  await database.$disconnect();
  await drop();
});

describe('a person is found', () => {
  test.each([
    ['徐文斌', '徐文斌'],
    [' 徐文斌。', '徐文斌'],
    ['→ 徐文斌', '徐文斌'],
    ['→徐文斌', '徐文斌'],
    ['-> 徐文斌', '徐文斌'],
    ['@徐文斌', '徐文斌'],
    ['给徐文斌', '徐文斌'],
    ['由徐文斌代', '徐文斌'],
    ['由徐文斌代理', '徐文斌'],
    ['→ 由徐文斌代为投票', '徐文斌'],
    ['徐文斌代投票', '徐文斌'],
    ['helen porter', 'Helen Porter'],
    ['to Helen Porter', 'Helen Porter'],
    ['by Helen Porter', 'Helen Porter'],
    ['To Ly', 'To Ly'],
    ['s3', '何志远'],
    ['Ｓ３', '何志远'],
    ['席位 s3', '何志远'],
    ['to seat s3', '何志远'],
    ['越渠戏剧小镇', '何志远'],
    ['Yuequ Theatre Town', '何志远'],
    // A guest may call themselves what they like.
    ['赵国强', '赵国强'],
    ['路人', undefined],
    ['徐文', undefined],
    ['s99', undefined],
    ['由', undefined],
    ['', undefined],
  ])('by “%s”: %s', async (words, name) => {
    const found = await findPerson(database, words);
    expect(found.kind === 'one' ? found.person.name : undefined).toBe(name);
  });

  test('only where there is one of that name', async () => {
    const found = await findPerson(database, '张伟');
    expect(found).toMatchObject({ kind: 'several', people: [{ name: '张伟' }, { name: '张伟' }] });
  });

  test('only among those that were given', async () => {
    const { id } = await database.person.findUniqueOrThrow({ where: { key: 'xu-wenbin' } });
    expect(await findPerson(database, '李娜', { among: [id] })).toEqual({ kind: 'none' });
    expect(await findPerson(database, '徐文斌', { among: [id] })).toMatchObject({ kind: 'one' });
  });
});
