/**
 * Kills the desk before and after every statement of a turn, starts another one that is handed the same input
 * again, as the networks do, and compares all that is stored with a desk that was left in peace.
 */
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { expect, test } from 'vitest';
import type { Desk } from '../../src/desk/desk.js';
import { PrismaClient } from '../../src/generated/prisma/client.js';
import { type Database, openDatabase } from '../../src/store/database.js';
import { freshDatabase } from '../database.js';
import { answered, at, li, offerOf, openClock, openDeskOn, presses, says, settle, wang } from './workshop.js';

type Death = { readonly statement: number; readonly when: 'before' | 'after' } | 'never';

const mortal = 'mortal';

/** A process: a database client that loses its connections for good at one statement. */
const openProcess = (url: string, death: Death) => {
  let statements = 0;
  let armed = false;
  let dead = false;
  let die = () => {};
  const died = new Promise<void>((resolve) => {
    die = resolve;
  });
  const mind = async (send: () => Promise<unknown>): Promise<unknown> => {
    if (!armed) return send();
    statements += dead ? 0 : 1;
    if (!dead && (death === 'never' || statements !== death.statement)) return send();
    if (!dead) {
      dead = true;
      if (death !== 'never' && death.when === 'after') await send();
      die();
    }
    throw new Error('the process was killed');
  };
  const pool = new pg.Pool({ connectionString: url, max: 2, application_name: mortal });
  pool.on('error', () => undefined);
  pool.on('connect', (client) => {
    // The server may say that it ended the connection while nobody waits for an answer on it.
    client.on('error', () => undefined);
    const send = client.query;
    const query = (...args: unknown[]) => {
      const callback = args.at(-1);
      if (typeof callback !== 'function') return mind(() => Reflect.apply(send, client, args));
      mind(() => Reflect.apply(send, client, args.slice(0, -1))).then(
        (found) => callback(null, found),
        (error: unknown) => callback(error),
      );
      return undefined;
    };
    Object.assign(client, { query });
  });
  return {
    database: new PrismaClient({
      adapter: new PrismaPg(pool, { disposeExternalPool: true }),
      transactionOptions: { maxWait: 2_000, timeout: 5_000 },
    }),
    arm: () => {
      armed = true;
    },
    statements: () => statements,
    died,
    isDead: () => dead,
  };
};

/** A database as a number of turns left it, which can be set back to that moment. */
const prepare = async (words: readonly string[]) => {
  const fresh = await freshDatabase();
  const database = openDatabase(fresh.url, 3);
  await settle(database, at('2026-11-23T10:00'));
  const desk = await openDeskOn(database, openClock());
  for (const text of words) await answered(desk, says(li, text));

  const client = new pg.Client({ connectionString: fresh.url });
  await client.connect();
  const { rows } = await client.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public' and tablename not like '\\_%'`,
  );
  const tables = rows.map((row) => row.name);
  const each = (sql: (table: string) => string) => client.query(tables.map(sql).join(';'));
  await client.query('create schema was');
  await each((table) => `create table was."${table}" as table public."${table}"`);
  return {
    url: fresh.url,
    database,
    setBack: async () => {
      // Foreign keys are not looked at meanwhile.
      await client.query('set session_replication_role = replica');
      await each((table) => `delete from public."${table}"`);
      await each((table) => `insert into public."${table}" select * from was."${table}"`);
    },
    /** All rows, without ids and times. */
    stored: async (): Promise<unknown> => {
      const { rows: found } = await client.query<{ name: string; row: unknown }>(
        tables
          .map((name) => `select '${name}' as name, to_jsonb(t) as row from public."${name}" t`)
          .join(' union all '),
      );
      return found.map(({ name, row }) => `${name} ${anonymous(row)}`).sort();
    },
    /** The server notices that a process is gone: what it did not commit is rolled back. */
    bury: () =>
      client.query(`select pg_terminate_backend(pid, 5000) from pg_stat_activity where application_name = '${mortal}'
        and datname = current_database()`),
    end: async () => {
      await client.end();
      await database.$disconnect();
      await fresh.drop();
    },
  };
};
type Prepared = Awaited<ReturnType<typeof prepare>>;

// An input is sealed, an entry marked, and no two seals or marks are alike.
const passing = new Set(['id', 'inboxId', 'outboxId', 'replacesId', 'number', 'input', 'mark']);

const anonymous = (row: unknown): string =>
  JSON.stringify(row, (key, value: unknown) => {
    if (passing.has(key)) return value === null ? null : '#';
    if (typeof value !== 'string') return value;
    if (/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(value)) return '@';
    return value.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '#');
  });

type Turn = (desk: Desk) => Promise<unknown>;

/** Runs the turn in a process that dies as told; then another process finishes what was left. */
const live = async (prepared: Prepared, turn: Turn, death: Death) => {
  await prepared.setBack();
  const process = openProcess(prepared.url, death);
  const clock = openClock(at('2026-11-23T10:05'));
  const desk = await openDeskOn(process.database, clock);
  process.arm();
  const ended = turn(desk).catch(() => undefined);
  await Promise.race([ended, process.died]);
  void ended.then(() => desk.idle()).then(() => process.database.$disconnect());
  if (process.isDead()) {
    await prepared.bury();
    await clock.wait(11_000);
    const next = await openDeskOn(prepared.database, clock);
    await turn(next);
    await next.recover();
  }
  return { statements: process.statements(), died: process.isDead(), rows: await prepared.stored() };
};

test.concurrent.each<{ name: string; words: readonly string[]; turn: (database: Database) => Promise<Turn> }>(
  [
    {
      name: 'a form is sent in',
      words: ['填表', '送花', '送件', '明天', '是', '3', '是'],
      turn: async () => (desk) => answered(desk, says(li, '提交', { keys: ['the-input'] })),
    },
    {
      name: 'a button is pressed',
      words: ['办事 0'],
      turn: async (database) => {
        const offer = await offerOf(database, 'errand.agree', wang.id);
        return (desk) => answered(desk, presses(wang, offer, { keys: ['the-input'] }));
      },
    },
    {
      name: 'an alarm rings',
      words: ['办事 0'],
      turn: async (database) => {
        const timer = await database.timer.findFirstOrThrow();
        return (desk) => desk.ring(timer.id, timer.version);
      },
    },
  ],
)(
  '$name: killed at any statement, the next desk ends where an undisturbed one does',
  async ({ words, turn }) => {
    const prepared = await prepare(words);
    try {
      const run = await turn(prepared.database);
      const undisturbed = await live(prepared, run, 'never');
      expect(undisturbed.statements).toBeGreaterThan(10);
      // After a statement is before the next one, except after the last: it is done, and nobody was told.
      const { statements } = undisturbed;
      const deaths: Death[] = Array.from({ length: statements }, (_, at) => ({
        statement: at + 1,
        when: 'before',
      }));
      for (const death of [...deaths, { statement: statements, when: 'after' } as const]) {
        const { died, rows } = await live(prepared, run, death);
        expect({ death, died, rows }).toEqual({ death, died: true, rows: undisturbed.rows });
      }
    } finally {
      await prepared.end();
    }
  },
);
