/** What the desk gave up, for the operator: listed, and tried again. */
import { Command } from 'commander';
import { z } from 'zod';
import { Fault } from './core/fault.js';
import type { Database } from './store/database.js';
import { type DeadLetter, deadLetters, nameOf, revive } from './store/dead-letters.js';

type OnDatabase = (work: (database: Database) => Promise<void>) => Promise<void>;
type Print = (line: string) => void;

const letter = z
  .string()
  .regex(/^(post|input):\d{1,18}$/)
  .transform((name) => {
    const [kind, id] = name.split(':');
    return { kind: kind === 'post' ? 'post' : 'input', id: BigInt(id ?? '') } as const;
  });

/** `desk dead-letters`. `onDatabase` runs a piece of work on the desk's database. */
export const deadLettersCommand = (onDatabase: OnDatabase, print: Print): Command =>
  new Command('dead-letters').description('list what could not be delivered or answered').action(() =>
    onDatabase(async (database) => {
      const dead = await deadLetters(database);
      for (const one of dead) print(sayLetter(one));
      if (dead.length === 0) print('There is nothing.');
    }),
  );

const sayLetter = (one: DeadLetter): string => {
  const about = [nameOf(one), one.at.toISOString(), one.channel];
  return one.kind === 'post'
    ? [...about, one.conversation, one.ref ?? '-', one.problem].join('  ')
    : [...about, 'its turns failed: see the log'].join('  ');
};

/** `desk retry`. `onDatabase` runs a piece of work on the desk's database. */
export const retryCommand = (onDatabase: OnDatabase, print: Print): Command =>
  new Command('retry')
    .description('try again what was given up: a running desk does so within seconds')
    .argument('[names...]', 'as desk dead-letters names them, post:59 or input:12')
    .option('--all', 'everything')
    .action((names: readonly string[], { all }: { all?: boolean }) =>
      onDatabase(async (database) => {
        const wanted = all ? await deadLetters(database) : names.map(readName);
        if (wanted.length === 0 && !all)
          throw new Fault('retry', 'Nothing was named.', 'Name post:59 or input:12, or say --all.');
        for (const one of wanted) {
          const revived = await revive(database, one);
          print(`${nameOf(one)}: ${revived ? 'will be tried again' : 'is none of the dead letters'}`);
        }
      }),
    );

const readName = (name: string) => {
  const read = letter.safeParse(name);
  if (read.success) return read.data;
  throw new Fault(
    'retry',
    `“${name}” names nothing.`,
    'Write post:59 or input:12, as desk dead-letters does.',
  );
};
