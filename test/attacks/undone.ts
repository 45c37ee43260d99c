/** A desk whose turns are real in all but this: each is undone when it is over. What it would have done is told. */
import { Writable } from 'node:stream';
import { pino } from 'pino';
import type { Input } from '../../src/core/input.js';
import { openDesk } from '../../src/desk/desk.js';
import { loadParts } from '../../src/desk/load.js';
import { readContent } from '../../src/desk/posts.js';
import type { Database } from '../../src/store/database.js';
import { workflows } from '../../src/workflows/index.js';
import { testLinks } from '../links.js';
import { testVault } from '../vault.js';

export type Undone = {
  /** What would have been said, in Chinese, and where. */
  readonly said: readonly { readonly conversation: string; readonly text: string }[];
  /** Turns that failed on the way, as the log has them. */
  readonly faults: readonly string[];
};

export type UndoneDesk = { readonly try: (input: Input) => Promise<Undone> };

class Undo extends Error {}

export const openUndoneDesk = async (database: Database, now: () => Date): Promise<UndoneDesk> => {
  let said: Undone['said'] = [];
  let faults: string[] = [];
  const last = (await database.outbox.findFirst({ orderBy: { id: 'desc' }, select: { id: true } }))?.id ?? 0n;
  const undoing = async (
    work: (db: Parameters<Parameters<Database['$transaction']>[0]>[0]) => Promise<unknown>,
  ) => {
    let result: unknown;
    try {
      await database.$transaction(async (db) => {
        result = await work(db);
        const posts = await db.outbox.findMany({
          where: { id: { gt: last }, replacesId: null },
          orderBy: { id: 'asc' },
        });
        said = posts.map(({ conversation, content }) => {
          const { message } = readContent(content);
          return { conversation, text: message.text.zh };
        });
        throw new Undo();
      });
    } catch (error) {
      if (!(error instanceof Undo)) throw error;
    }
    return result;
  };
  const log = pino(
    { level: 'error' },
    new Writable({
      write: (line, _, done) => {
        faults.push(String(line));
        done();
      },
    }),
  );
  const desk = openDesk(await loadParts(database, workflows, testVault(), testLinks()), {
    database: new Proxy(database, {
      get: (whole, name): unknown => (name === '$transaction' ? undoing : Reflect.get(whole, name)),
    }),
    clock: { now },
    log,
    onCommitted: () => undefined,
  });
  return {
    try: async (input) => {
      said = [];
      faults = [];
      await (await desk.take(input)).answered;
      // The input itself is stored before its turn.
      await database.inbox.deleteMany({ where: { doneAt: null } });
      return { said, faults };
    },
  };
};
