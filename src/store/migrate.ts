/** Applies the committed migrations, in the way and into the table of `prisma migrate deploy`. */
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { Fault } from '../core/fault.js';

// The same from src/store and from dist/store.
const committed = fileURLToPath(new URL('../../prisma/migrations', import.meta.url));

/** The lock that Prisma's own tool takes, too: whoever comes second waits, then finds nothing left to do. */
const migrationLock = 72707369;

type Migration = { readonly name: string; readonly sql: string; readonly checksum: string };
type AppliedRow = { migration_name: string; checksum: string; finished_at: Date | null };

/** The names of the migrations of this release, in their order. */
export const committedMigrations = (): readonly string[] => readMigrations(committed).map((one) => one.name);

/**
 * Brings the database up to date, or up to a migration of an earlier release, each in a transaction of its own, and
 * names those that were missing. Migrations of a newer release are left alone. Throws a Fault when an applied one was
 * changed.
 */
export const migrate = async (
  url: string,
  { folder = committed, upTo }: { readonly folder?: string; readonly upTo?: string } = {},
): Promise<{ applied: readonly string[] }> => {
  const migrations = readMigrations(folder).filter((one) => upTo === undefined || one.name <= upTo);
  const client = await connect(url);
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
    await client.query(table);
    const done = await readApplied(client);
    const missing = migrations.filter((one) => !isApplied(one, done.get(one.name)));
    for (const one of missing) await apply(client, one);
    return { applied: missing.map((one) => one.name) };
  } finally {
    // The lock goes with the connection.
    await client.end();
  }
};

const connect = async (url: string): Promise<pg.Client> => {
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
    return client;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Fault(
      'database-unreachable',
      `The database ${client.database} at ${client.host}:${client.port} can't be reached: ${reason}`,
      'Check that PostgreSQL runs there and that DATABASE_URL is right, then start again.',
      { cause },
    );
  }
};

const readMigrations = (folder: string): readonly Migration[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, 'migration.sql')))
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const bytes = readFileSync(join(folder, name, 'migration.sql'));
      return {
        name,
        sql: bytes.toString('utf8'),
        checksum: createHash('sha256').update(bytes).digest('hex'),
      };
    });

const readApplied = async (client: pg.Client): Promise<ReadonlyMap<string, AppliedRow>> => {
  const { rows } = await client.query<AppliedRow>(
    'select migration_name, checksum, finished_at from _prisma_migrations where rolled_back_at is null',
  );
  return new Map(rows.map((row) => [row.migration_name, row]));
};

const isApplied = (migration: Migration, row: AppliedRow | undefined): boolean => {
  if (row === undefined) return false;
  if (row.finished_at === null) {
    throw new Fault(
      'migration-failed',
      `The migration ${migration.name} was begun on this database by another tool and did not finish.`,
      'Put the database right by hand, then: npx prisma migrate resolve',
    );
  }
  if (row.checksum !== migration.checksum) {
    throw new Fault(
      'migration-changed',
      `The migration ${migration.name} was changed after it was applied to this database.`,
      `Restore prisma/migrations/${migration.name}/migration.sql and put the change into a new migration (npm run db:new).`,
    );
  }
  return true;
};

const apply = async (client: pg.Client, { name, sql, checksum }: Migration): Promise<void> => {
  const startedAt = new Date();
  await client.query('begin');
  try {
    await client.query(sql);
    await client.query(
      `insert into _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       values ($1, $2, $3, $4, clock_timestamp(), 1)`,
      [randomUUID(), checksum, name, startedAt],
    );
    await client.query('commit');
  } catch (cause) {
    await client.query('rollback').catch(() => {
      // The connection is gone, and the transaction with it; `cause` tells why.
    });
    throw new Fault(
      'migration',
      `The migration ${name} failed and changed nothing: ${cause instanceof Error ? cause.message : String(cause)}`,
      `Correct what it stumbles over (see prisma/migrations/${name}/migration.sql), then start again.`,
      { cause },
    );
  }
};

const table = `create table if not exists _prisma_migrations (
  id varchar(36) primary key not null,
  checksum varchar(64) not null,
  finished_at timestamptz,
  migration_name varchar(255) not null,
  logs text,
  rolled_back_at timestamptz,
  started_at timestamptz not null default now(),
  applied_steps_count integer not null default 0
)`;
