/** What a desk in this process says to its database, statement by statement, to be counted or said again. */
import pg from 'pg';
import { vi } from 'vitest';

/** A statement with its values, and the numbers of rows that the database gave out in answer. */
export type Statement = { readonly query: pg.QueryConfig; readonly ids: readonly string[] };

const bigint = 20;
const isQuery = (value: unknown): value is pg.QueryConfig =>
  typeof value === 'object' && value !== null && 'text' in value && typeof value.text === 'string';
type Answer = { readonly rows: readonly unknown[]; readonly fields: readonly pg.FieldDef[] };
const isAnswer = (value: unknown): value is Answer =>
  typeof value === 'object' && value !== null && 'rows' in value && 'fields' in value;

/** In the order of rows and columns. */
const idsIn = (answer: unknown): readonly string[] => {
  if (!isAnswer(answer)) return [];
  return answer.rows.flatMap((row) => {
    const values: readonly unknown[] = typeof row === 'object' && row !== null ? Object.values(row) : [];
    return values.filter((_, at) => answer.fields[at]?.dataTypeID === bigint).map(String);
  });
};

/** Everything that `work` had the database do, over whichever connection. */
export const statementsOf = async (work: () => Promise<unknown>): Promise<readonly Statement[]> => {
  const said: Promise<Statement>[] = [];
  const ask = pg.Client.prototype.query;
  const spy = vi.spyOn(pg.Client.prototype, 'query').mockImplementation(function (
    this: pg.Client,
    ...args: unknown[]
  ) {
    const [first] = args;
    const query = typeof first === 'string' ? { text: first } : first;
    const done = args.at(-1);
    // A pool asks with a callback, everybody else waits for a promise.
    if (isQuery(query) && typeof done === 'function') {
      const kept = { ...query };
      const answered = new Promise<unknown>((resolve) => {
        args[args.length - 1] = (error: unknown, found: unknown) => {
          resolve(found);
          Reflect.apply(done, undefined, [error, found]);
        };
      });
      said.push(answered.then((found) => ({ query: kept, ids: idsIn(found) })));
      return Reflect.apply(ask, this, args);
    }
    const answer: unknown = Reflect.apply(ask, this, args);
    if (isQuery(query) && answer instanceof Promise)
      said.push(answer.then((found: unknown) => ({ query: { ...query }, ids: idsIn(found) })));
    return answer;
  });
  try {
    await work();
  } finally {
    spy.mockRestore();
  }
  return Promise.all(said);
};

const frame = /^(begin|commit|rollback)\b/i;

/** Says them all again in one transaction. A number that the database gave out then is taken for the one it gives now. */
export const sayAgain = async (client: pg.PoolClient, statements: readonly Statement[]): Promise<void> => {
  const now = new Map<string, string>();
  await client.query('BEGIN');
  for (const { query, ids } of statements) {
    if (frame.test(query.text)) continue;
    const values = query.values?.map((value: unknown) => now.get(String(value)) ?? value);
    const found = idsIn(await client.query(values ? { ...query, values } : query));
    ids.forEach((id, at) => {
      const given = found[at];
      if (given !== undefined) now.set(id, given);
    });
  }
  await client.query('COMMIT');
};
