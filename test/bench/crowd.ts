/** An alliance as large as it is wanted, made by its database within seconds. */

import { zone } from '../desk/workshop.js';
import { ask } from '../ground/ask.js';

export type Size = {
  readonly people: number;
  /** Tasks that are under way, each promised by somebody else as long as there are people. */
  readonly cases: number;
  /** Of the audit; older than everything else. */
  readonly entries: number;
};

/** Ids that follow from their number. */
const id = (kind: number, number: string): string =>
  `('00000000-0000-7000-8${kind}00-' || lpad((${number})::text, 12, '0'))::uuid`;
const person = (number: string) => id(1, number);
const task = (number: string) => id(2, number);

/** Somebody of the crowd on Slack, counted from 1. */
export const oneOfCrowd = (number: number) =>
  ({ channel: 'slack', account: 'T01', id: `U${number}`, name: `Guest ${number}` }) as const;

/** Fills a fresh database. Everybody speaks from Slack; tasks are T-1 and so on, due at `due`. */
export const fillDatabase = async (
  url: string,
  { people, cases, entries }: Size,
  due: Date,
): Promise<void> => {
  const at = `'${due.toISOString()}'::timestamptz`;
  const long = `${at} - interval '30 days'`;
  const owner = `(one - 1) % ${people} + 1`;
  await ask(
    url,
    `begin;
    insert into "Alliance" ("nameZh", "nameEn", timezone, settings, "importedAt")
      values ('联盟', 'Alliance', '${zone}', '{}', ${long});
    insert into "Person" (id, key, name, language, "createdAt")
      select ${person('one')}, 'U' || one, 'Guest ' || one, 'en', ${long} from generate_series(1, ${people}) one;
    insert into "Identity" (channel, account, "externalId", "personId")
      select 'slack', 'T01', 'U' || one, ${person('one')} from generate_series(1, ${people}) one;
    insert into "CaseCounter" (prefix, last) values ('T', ${cases});
    insert into "Case" (id, workflow, ref, state, "openedBy", "openedAt", "changedAt")
      select ${task('one')}, 'task', 'T-' || one, 'open', ${person('1')}, ${long}, ${long}
      from generate_series(1, ${cases}) one;
    insert into "Task" ("caseId", what, "ownerId", "giverId", "dueAt")
      select ${task('one')}, 'Report ' || one, ${person(owner)}, ${person('1')}, ${at}
      from generate_series(1, ${cases}) one;
    insert into "Timer" (id, alarm, "caseId", "dueAt")
      select gen_random_uuid(), 'task.onTheDay', ${task('one')}, ${at} from generate_series(1, ${cases}) one;
    ${withoutIndexes}
    insert into "Entry" ("caseId", "personId", channel, act, "fromState", "toState", said, at, mark)
      select ${task(`one % ${cases} + 1`)}, ${person(`one % ${people} + 1`)}, 'slack', 'task.postpone', 'open', 'open',
        '{}', ${long}, md5(one::text) || md5((-one)::text)
      from generate_series(1, ${entries}) one;
    ${withIndexes}
    commit;
    analyze`,
  );
};

// Ten million rows are in their indexes sooner when these are made afterwards. What a row refers to is there.
const withoutIndexes = `
  set local session_replication_role = replica;
  create temporary table index_of_entries on commit drop as
    select indexname as name, indexdef as made from pg_indexes
    where schemaname = 'public' and tablename = 'Entry' and indexname <> 'Entry_pkey';
  do $$ declare one record; begin
    for one in select * from index_of_entries loop execute format('drop index %I', one.name); end loop;
  end $$;`;
const withIndexes = `
  do $$ declare one record; begin
    for one in select * from index_of_entries loop execute one.made; end loop;
  end $$;
  set local session_replication_role = origin;`;
