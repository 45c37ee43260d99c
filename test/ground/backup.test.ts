/** A desk's tables go into a file and come back from it, row for row. */
import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { backUp, restore } from '../../src/store/backup.js';
import { openDatabase } from '../../src/store/database.js';
import { bareDatabase, type FreshDatabase } from '../database.js';
import { li, openDeskOn, openWorkshop, says, type Workshop, wang } from '../desk/workshop.js';

let shop: Workshop;
let folder: string;
let file: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'backup-'));
  file = join(folder, 'desk.gz');
  shop = await openWorkshop();
  // What a line, a quote or another world might break.
  for (const words of ['办事 0', '办事 1\u2028“”\\n{"table":"x"}', '=\n办事 2', '你好 🏮']) {
    await shop.talk(li, words);
  }
  await backUp(shop.url, file);
});

afterAll(async () => {
  await shop?.end();
  await rm(folder, { recursive: true, force: true });
});

/** A digest of every table, and where every sequence is. */
const contents = async (url: string) => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'`,
    );
    const digests: Record<string, unknown> = {};
    for (const { name } of tables) {
      const table = pg.escapeIdentifier(name);
      const { rows } = await client.query(
        `SELECT count(*) AS rows, md5(string_agg(t::text, '|' ORDER BY t::text)) AS digest FROM ${table} t`,
      );
      digests[name] = rows[0];
    }
    const { rows: sequences } = await client.query(
      'SELECT sequencename, last_value FROM pg_sequences ORDER BY 1',
    );
    return { digests, sequences };
  } finally {
    await client.end();
  }
};

const restoredFrom = async (from: string, work: (fresh: FreshDatabase) => Promise<void>) => {
  const fresh = await bareDatabase();
  try {
    await restore(fresh.url, from);
    await work(fresh);
  } finally {
    await fresh.drop();
  }
};

test('what comes back is what was there, and the desk goes on with it', async () => {
  const before = await contents(shop.url);
  await restoredFrom(file, async (fresh) => {
    expect(await contents(fresh.url)).toEqual(before);
    const database = openDatabase(fresh.url, 3);
    try {
      const cases = await database.case.count();
      const desk = await openDeskOn(database, shop.clock);
      const taken = await desk.take(says(wang, '办事 0'));
      await taken.answered;
      expect(await database.case.count()).toBe(cases + 1);
    } finally {
      await database.$disconnect();
    }
  });
});

test('a backup is of one instant, whatever people say meanwhile', async () => {
  const other = join(folder, 'meanwhile.gz');
  let talking = true;
  const talk = (async () => {
    while (talking) await shop.talk(wang, '办事 0');
  })();
  await backUp(shop.url, other);
  talking = false;
  await talk;
  await restoredFrom(other, async (fresh) => {
    const client = new pg.Client({ connectionString: fresh.url });
    await client.connect();
    const { rows } = await client.query(
      `SELECT FROM "Case" c WHERE NOT EXISTS (SELECT FROM "Entry" e WHERE e."caseId" = c.id)`,
    );
    await client.end();
    expect(rows).toEqual([]);
  });
});

test('a database that holds something is left alone', async () => {
  const before = await contents(shop.url);
  await expect(restore(shop.url, file)).rejects.toThrow('holds something already');
  expect(await contents(shop.url)).toEqual(before);
});

test.each<[string, (path: string) => Promise<void>]>([
  ['cut short', async (path) => truncate(path, Math.floor((await readFile(path)).length / 2))],
  ['no gzip', (path) => writeFile(path, 'hello')],
  ['of something else', (path) => writeFile(path, gzipSync('{"rows":[]}\n'))],
  [
    'without a row',
    async (path) => {
      const lines = gunzipSync(await readFile(path))
        .toString()
        .split('\n');
      const at = lines.findIndex((one) => one.startsWith('{"id"'));
      await writeFile(path, gzipSync(lines.toSpliced(at, 1).join('\n')));
    },
  ],
])('a file that is %s is refused, and the database stays empty', async (_, spoil) => {
  const spoilt = join(folder, 'spoilt.gz');
  await writeFile(spoilt, await readFile(file));
  await spoil(spoilt);
  const fresh = await bareDatabase();
  try {
    await expect(restore(fresh.url, spoilt)).rejects.toThrow();
    await restore(fresh.url, file);
  } finally {
    await fresh.drop();
  }
});
