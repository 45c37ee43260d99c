/** The database as somebody has it who copied everything, deleted rows included, but has not the desk's key. */
import pg from 'pg';
import { z } from 'zod';
import { isFixed } from './chamber.js';

/** A row as it stands, with where it lies and which transaction wrote it. */
export type Row = {
  readonly table: string;
  readonly at: string;
  readonly written: number;
  readonly removed: number;
  readonly step: number;
  readonly data: unknown;
};

const row = z.object({
  table: z.string(),
  at: z.string(),
  written: z.number(),
  removed: z.number(),
  step: z.number(),
  data: z.unknown(),
});

const query = async (
  url: string,
  sql: string,
  values: readonly unknown[] = [],
): Promise<readonly unknown[]> => {
  const client = new pg.Client({ connectionString: url, application_name: 'attack' });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql, [...values])).rows;
  } finally {
    await client.end();
  }
};

const named = z.array(z.object({ name: z.string() }));
const tablesOf = async (url: string): Promise<readonly string[]> =>
  named
    .parse(
      await query(
        url,
        `select format('%I.%I', schemaname, tablename) as name from pg_tables
         where schemaname in ('public', 'bullmq') and tablename !~ 'migration' order by 1`,
      ),
    )
    .map((one) => one.name);

/**
 * Lets nothing that is deleted be cleared away, and every value be written as it is, so that the attack finds all
 * there may be: a snapshot is held until `release`, and no vacuum moves what is compared. Needs no more than an administrator's rights.
 */
export const layOpen = async (url: string): Promise<{ readonly release: () => Promise<void> }> => {
  const holding = new pg.Client({ connectionString: url, application_name: 'attack' });
  await holding.connect();
  await holding.query(
    `create extension if not exists pageinspect;
     do $$ declare one record; begin
       for one in select a.attrelid::regclass as name, a.attname from pg_attribute a
         where a.attstorage = 'x' and a.attnum > 0 and not a.attisdropped
           and a.attrelid in (select oid from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace)
       loop
         execute format('alter table %s alter column %I set storage external', one.name, one.attname);
       end loop;
       for one in select oid::regclass as name from pg_class
         where relkind = 'r' and relnamespace = 'public'::regnamespace
       loop
         execute format('alter table %s set (autovacuum_enabled = false)', one.name);
       end loop;
     end $$`,
  );
  await holding.query('begin isolation level repeatable read');
  await holding.query('select pg_current_snapshot()');
  return { release: () => holding.end() };
};

/** All rows of all tables in the order in which they lie, those left out that transactions before `from` wrote. */
export const copyOf = async (url: string, from = 0): Promise<readonly Row[]> => {
  const parts = (await tablesOf(url)).map(
    (table) =>
      `select '${table}' as "table", ctid::text as at, xmin::text::float8 as written,
         xmax::text::float8 as removed, cmin::text::float8 as step, to_jsonb(one) as data, ctid as lies
       from ${table} one where xmin::text::float8 >= $1`,
  );
  return z.array(row).parse(await query(url, `${parts.join(' union all ')} order by "table", lies`, [from]));
};

/** The number that the next transaction will have. */
export const nextTransaction = async (url: string): Promise<number> =>
  z
    .tuple([z.object({ next: z.number() })])
    .parse(await query(url, 'select pg_snapshot_xmax(pg_current_snapshot())::text::float8 as next'))[0].next;

/** A version of a row as it lies in the file of its table, dead ones too. */
export type Remnant = {
  readonly table: string;
  readonly page: number;
  readonly line: number;
  readonly state: number;
  readonly length: number;
  readonly written: number;
  readonly removed: number;
  readonly step: number;
  readonly bytes: Buffer;
};
const remnant = z.object({
  table: z.string(),
  page: z.number(),
  line: z.number(),
  state: z.number(),
  length: z.number(),
  written: z.number(),
  removed: z.number(),
  step: z.number(),
  bytes: z.instanceof(Buffer),
});

/** Everything that lies in the files of the tables, and in those of their long values. */
export const remnantsOf = async (url: string): Promise<readonly Remnant[]> =>
  z.array(remnant).parse(
    await query(
      url,
      `select coalesce(owner.relname || ' (long)', c.relname) as "table", page::float8, item.lp::float8 as line,
         item.lp_flags::float8 as state, item.lp_len::float8 as length,
         coalesce(item.t_xmin::text::float8, 0) as written, coalesce(item.t_xmax::text::float8, 0) as removed,
         coalesce(item.t_field3::float8, 0) as step, coalesce(item.t_data, ''::bytea) as bytes
       from pg_class c left join pg_class owner on owner.reltoastrelid = c.oid,
         generate_series(0, pg_relation_size(c.oid) / 8192 - 1) page,
         heap_page_items(get_raw_page(c.oid::regclass::text, page)) item
       where c.relkind in ('r', 't') and coalesce(owner.relnamespace, c.relnamespace) = 'public'::regnamespace
         and coalesce(owner.relname, c.relname) !~ 'migration'
       order by 1, 2, 3`,
    ),
  );

/** What the server counts of each table, and how far its sequences have come. Nobody else may be connected. */
export const countersOf = async (url: string): Promise<readonly unknown[]> => [
  ...(await query(
    url,
    `select relname, n_tup_ins::text, n_tup_upd::text, n_tup_del::text from pg_stat_user_tables
     where schemaname = 'public' order by relname`,
  )),
  ...(await query(
    url,
    `select sequencename, last_value::text from pg_sequences where schemaname = 'public' order by 1`,
  )),
];

export const connectionsTo = async (url: string): Promise<number> =>
  z.tuple([z.object({ others: z.number() })]).parse(
    await query(
      url,
      `select count(*)::float8 as others from pg_stat_activity
         where datname = current_database() and application_name <> 'attack' and backend_type = 'client backend'`,
    ),
  )[0].others;

const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const fingerprint = /\b[0-9a-f]{4}(?:-[0-9a-f]{4}){3}\b/g;
const receipt = /\b[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}\b/g;
const sealed = /[\w-]{40,}/g;

/**
 * Takes chance out of a text, and nothing else: ids become the order in which they first occur, seals their length.
 * Two copies that are the same but for chance are the same afterwards.
 */
export const openChance = () => {
  const ids = new Map<string, number>();
  const idOf = (id: string): string => {
    if (isFixed(id)) return id;
    const known = ids.get(id) ?? ids.size;
    ids.set(id, known);
    return `id ${known}`;
  };
  return (text: string): string =>
    text
      .replace(uuid, idOf)
      .replace(fingerprint, 'fingerprint')
      .replace(receipt, 'receipt')
      .replace(sealed, (seal) => `seal of ${seal.length}`);
};

/** The rank of each number among all that there are: transactions are numbered for the whole server. */
export const ranksOf = (numbers: readonly number[]): ((one: number) => number) => {
  const sorted = [...new Set(numbers)].sort((a, b) => a - b);
  const ranks = new Map(sorted.map((one, at) => [one, at]));
  return (one) => ranks.get(one) ?? -1;
};
