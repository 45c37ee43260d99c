import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { migrate } from '../../src/store/migrate.js';
import { bareDatabase } from '../database.js';
import { freePort } from '../jobs/backends.js';
import { ask } from './ask.js';
import { root } from './launched.js';

let url: string;
beforeEach(async () => {
  const database = await bareDatabase();
  url = database.url;
  return database.drop;
});

const folderWith = (migrations: Readonly<Record<string, string>>): string => {
  const folder = mkdtempSync(join(tmpdir(), 'desk-migrations-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, sql] of Object.entries(migrations)) write(folder, name, sql);
  return folder;
};

const write = (folder: string, name: string, sql: string): void => {
  mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, name, 'migration.sql'), sql);
};

const tables = async (): Promise<unknown[]> =>
  ask(
    url,
    `select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by 1`,
  );

test('the committed migrations are applied once, in order', async () => {
  const names = readdirSync(join(root, 'prisma/migrations')).filter((name) => /^\d/.test(name));
  expect(await migrate(url)).toEqual({ applied: names.sort() });
  expect(await migrate(url)).toEqual({ applied: [] });
  expect(await tables()).toContainEqual({ relname: 'Outbox' });
});

test('five desks that start at once apply each migration once', async () => {
  const folder = folderWith({ '1_one': 'create table one (id int);', '2_two': 'create table two (id int);' });
  const outcomes = await Promise.all(Array.from({ length: 5 }, () => migrate(url, { folder })));
  expect(outcomes.flatMap(({ applied }) => applied)).toEqual(['1_one', '2_two']);
});

test('a migration that fails changes nothing; those before it stay', async () => {
  const folder = folderWith({
    '1_one': 'create table one (id int);',
    '2_two': 'create table two (id int); select 1 / 0;',
  });
  await expect(migrate(url, { folder })).rejects.toThrow(
    /2_two failed and changed nothing: division by zero/,
  );
  expect(await tables()).toEqual([{ relname: '_prisma_migrations' }, { relname: 'one' }]);
  write(folder, '2_two', 'create table two (id int);');
  expect(await migrate(url, { folder })).toEqual({ applied: ['2_two'] });
});

test('a migration that was changed after it was applied is refused', async () => {
  const folder = folderWith({ '1_one': 'create table one (id int);' });
  await migrate(url, { folder });
  write(folder, '1_one', 'create table one (id bigint);');
  await expect(migrate(url, { folder })).rejects.toThrow(/1_one was changed after it was applied/);
});

test('a migration of a newer release is left alone', async () => {
  const newer = folderWith({ '1_one': 'create table one (id int);', '2_two': 'create table two (id int);' });
  await migrate(url, { folder: newer });
  const older = mkdtempSync(join(tmpdir(), 'desk-migrations-'));
  onTestFinished(() => rmSync(older, { recursive: true }));
  cpSync(join(newer, '1_one'), join(older, '1_one'), { recursive: true });
  expect(await migrate(url, { folder: older })).toEqual({ applied: [] });
});

test('the database itself keeps to one live timer per alarm and key, and one open dialogue', async () => {
  await migrate(url);
  const id = 'gen_random_uuid()';
  const person = "'00000000-0000-0000-0000-000000000001'";
  await ask(url, `insert into "Case" values (${person}, 'w', 'M-1', 's', ${person}, now(), now())`);
  const timer = (fired: string) =>
    ask(
      url,
      `insert into "Timer" (id, alarm, "caseId", "dueAt", "firedAt") values (${id}, 'w.late', ${person}, now(), ${fired})`,
    );
  await timer('now()');
  await timer('null');
  await expect(timer('null')).rejects.toThrow(/Timer_one_live_of_case/);
  const dialogue = (status: string) =>
    ask(
      url,
      `insert into "Dialogue" (id, "personId", channel, conversation, command, progress, status, "createdAt", "touchedAt")
       values (${id}, ${person}, 'wechat', 'room', 'w.open', '{}', '${status}', now(), now())`,
    );
  await dialogue('parked');
  await dialogue('open');
  await expect(dialogue('open')).rejects.toThrow(/Dialogue_one_open/);
});

test('a database that cannot be reached is named, without its password', async () => {
  const url = `postgresql://desk:planted-password@127.0.0.1:${await freePort()}/desk`;
  const fault = await migrate(url).catch((error: unknown) => error);
  expect(fault).toMatchObject({ code: 'database-unreachable' });
  expect(String(fault)).toContain('ECONNREFUSED');
  expect(String(fault)).not.toContain('planted-password');
});
