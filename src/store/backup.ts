/**
 * The desk's tables as one file: gzipped lines of JSON, as the database itself writes its rows. It needs no tool beside
 * the desk, as a PostgreSQL from a package brings none. Jobs are not in it: the sweep makes them anew.
 */
import { createReadStream, createWriteStream } from 'node:fs';
import { rename } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import pg from 'pg';
import { z } from 'zod';
import { Fault } from '../core/fault.js';
import { committedMigrations, migrate } from './migrate.js';

export type BackedUp = { readonly tables: number; readonly rows: number };

const heading = z.object({ desk: z.literal(1), at: z.string(), migrations: z.array(z.string()).min(1) });
const marker = z.union([
  z.object({ table: z.string() }),
  z.object({ sequences: z.record(z.string(), z.number().nullable()) }),
  z.object({ end: z.literal(true), rows: z.number() }),
]);

const batch = 500;

/** Writes everything as it is at one instant; the desk may go on meanwhile. The file appears when it is complete. */
export const backUp = async (url: string, file: string): Promise<BackedUp> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const done = { tables: 0, rows: 0 };
  try {
    const { rows } = await client.query<{ table: string | null }>(
      `SELECT to_regclass('_prisma_migrations') AS "table"`,
    );
    if (rows[0]?.table === null) {
      throw new Fault(
        'backup',
        'The database is empty.',
        'Check DATABASE_URL, or DATA_DIR: it may be another one.',
      );
    }
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const partial = `${file}.part`;
    await pipeline(
      Readable.from(linesOf(client, done)),
      createGzip(),
      createWriteStream(partial, { mode: 0o600 }),
    );
    await rename(partial, file);
    return done;
  } finally {
    await client.end();
  }
};

async function* linesOf(client: pg.Client, done: { tables: number; rows: number }): AsyncGenerator<string> {
  const { rows: applied } = await client.query<{ name: string }>(
    'SELECT migration_name AS name FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY 1',
  );
  const migrations = applied.map((one) => one.name);
  yield line({ desk: 1, at: new Date().toISOString(), migrations });
  for (const table of await tablesInOrder(client)) {
    done.tables++;
    yield line({ table });
    await client.query(`DECLARE rows NO SCROLL CURSOR FOR
      SELECT row_to_json(t)::text AS row FROM ${pg.escapeIdentifier(table)} t ORDER BY ${await keyOf(client, table)}`);
    for (;;) {
      const { rows } = await client.query<{ row: string }>(`FETCH ${batch} FROM rows`);
      if (rows.length === 0) break;
      done.rows += rows.length;
      yield rows.map(({ row }) => `${row}\n`).join('');
    }
    await client.query('CLOSE rows');
  }
  const { rows: sequences } = await client.query<{ name: string; last: string | null }>(
    `SELECT sequencename AS name, last_value AS last FROM pg_sequences WHERE schemaname = 'public'`,
  );
  yield line({
    sequences: Object.fromEntries(
      sequences.map(({ name, last }) => [name, last === null ? null : Number(last)]),
    ),
  });
  yield line({ end: true, rows: done.rows });
}

// Rows of the database begin with a name of a column; these begin with one that none has.
const line = (value: object): string => `=${JSON.stringify(value)}\n`;

/** Every table after those it refers to. */
const tablesInOrder = async (client: pg.Client): Promise<readonly string[]> => {
  const { rows: tables } = await client.query<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables
     WHERE schemaname = 'public' AND tablename <> '_prisma_migrations' ORDER BY 1`,
  );
  const { rows: references } = await client.query<{ from: string; to: string }>(
    `SELECT a.relname AS "from", b.relname AS "to" FROM pg_constraint
     JOIN pg_class a ON a.oid = conrelid JOIN pg_class b ON b.oid = confrelid
     WHERE contype = 'f' AND conrelid <> confrelid AND connamespace = 'public'::regnamespace`,
  );
  const ordered: string[] = [];
  let left = tables.map((one) => one.name);
  while (left.length > 0) {
    const ready = left.filter((name) =>
      references.every((one) => one.from !== name || ordered.includes(one.to)),
    );
    if (ready.length === 0)
      throw new Error(`these tables refer to each other in a circle: ${left.join(', ')}`);
    ordered.push(...ready);
    left = left.filter((name) => !ready.includes(name));
  }
  return ordered;
};

/** The columns of the primary key: a row may refer to an earlier one of its own table. */
const keyOf = async (client: pg.Client, table: string): Promise<string> => {
  const { rows } = await client.query<{ name: string }>(
    `SELECT a.attname AS name FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
     WHERE i.indrelid = $1::regclass AND i.indisprimary ORDER BY array_position(i.indkey, a.attnum)`,
    [pg.escapeIdentifier(table)],
  );
  return rows.map((one) => pg.escapeIdentifier(one.name)).join(', ');
};

/**
 * Brings a backup into an empty database, and that up to the present release. All or nothing: throws a Fault when the
 * file is not a whole backup, comes from a newer release, or the database holds something already.
 */
export const restore = async (url: string, file: string): Promise<BackedUp> => {
  const lines = linesIn(file);
  const first = await lines.next();
  const { migrations } = readHeading(first.done ? '' : first.value, file);
  const last = migrations.at(-1) ?? '';
  if (!committedMigrations().includes(last)) {
    throw new Fault(
      'restore',
      `${file} was made by a newer release of the desk (${last}).`,
      'Restore it with that release, or a later one.',
    );
  }
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await refuseUnlessEmpty(client);
    try {
      await migrate(url, { upTo: last });
      await client.query('BEGIN');
      const done = await fill(client, lines, file);
      await client.query('COMMIT');
      await migrate(url);
      return done;
    } catch (error) {
      // What was made for the backup goes again, so that the next attempt finds the database empty.
      await client.query('ROLLBACK');
      await client.query('DROP SCHEMA public CASCADE');
      await client.query('CREATE SCHEMA public');
      throw error;
    }
  } finally {
    await client.end();
  }
};

const refuseUnlessEmpty = async (client: pg.Client): Promise<void> => {
  const { rows } = await client.query(`SELECT FROM pg_tables WHERE schemaname = 'public' LIMIT 1`);
  if (rows.length === 0) return;
  throw new Fault(
    'restore',
    'The database holds something already.',
    'Restore into a new one: name another DATABASE_URL, or another DATA_DIR that is empty.',
  );
};

// Not by readline, to which U+2028 within a text is the end of a line, too.
async function* linesIn(file: string): AsyncGenerator<string> {
  const reading = createReadStream(file);
  const text = reading.pipe(createGunzip());
  reading.on('error', (error) => text.destroy(error));
  let rest = '';
  try {
    for await (const chunk of text.setEncoding('utf8')) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } catch (error) {
    throw notWhole(file, error);
  }
}

const notWhole = (file: string, cause?: unknown): Fault =>
  new Fault('restore', `${file} is not a whole backup of the desk.`, 'Take another file.', { cause });

const parse = (text: string, file: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw notWhole(file, error);
  }
};

const readHeading = (text: string, file: string) => {
  const read = heading.safeParse(text.startsWith('=') ? parse(text.slice(1), file) : undefined);
  if (!read.success) throw notWhole(file);
  return read.data;
};

const fill = async (client: pg.Client, lines: AsyncGenerator<string>, file: string): Promise<BackedUp> => {
  const done = { tables: 0, rows: 0 };
  let table: string | undefined;
  let waiting: string[] = [];
  const flush = async (): Promise<void> => {
    if (table === undefined || waiting.length === 0) return;
    const name = pg.escapeIdentifier(table);
    await client.query(`INSERT INTO ${name} SELECT * FROM json_populate_recordset(null::${name}, $1)`, [
      `[${waiting.join(',')}]`,
    ]);
    done.rows += waiting.length;
    waiting = [];
  };
  for await (const text of lines) {
    if (!text.startsWith('=')) {
      waiting.push(text);
      if (waiting.length >= batch) await flush();
      continue;
    }
    await flush();
    const read = marker.safeParse(parse(text.slice(1), file));
    if (!read.success) throw notWhole(file);
    if ('table' in read.data) {
      table = read.data.table;
      done.tables++;
    } else if ('sequences' in read.data) {
      for (const [name, last] of Object.entries(read.data.sequences)) {
        if (last !== null)
          await client.query('SELECT setval($1::regclass, $2)', [pg.escapeIdentifier(name), last]);
      }
    } else if (read.data.rows === done.rows) return done;
  }
  throw notWhole(file);
};
