/** Backups, for the operator. */
import { Command } from 'commander';
import { backUp, restore } from './store/backup.js';

type OnDatabase = (work: (url: string) => Promise<void>) => Promise<void>;
type Print = (line: string) => void;

/** `desk backup`. `onDatabase` runs a piece of work on the desk's database, whether the desk runs or not. */
export const backupCommand = (onDatabase: OnDatabase, print: Print): Command =>
  new Command('backup')
    .description('write everything the desk knows to a file; the desk may go on meanwhile')
    .argument('<file>', 'the file to write, as in desk-2026-12-01.gz')
    .action((file: string) =>
      onDatabase(async (url) => {
        const { tables, rows } = await backUp(url, file);
        print(`Wrote ${file}: ${rows} rows of ${tables} tables. It holds personal data.`);
        print('The key (DESK_SECRET, or desk.key in the data folder) is not in it: keep that apart.');
      }),
    );

/** `desk restore`. `onDatabase` runs a piece of work on a database that may still be without tables. */
export const restoreCommand = (onDatabase: OnDatabase, print: Print): Command =>
  new Command('restore')
    .description('bring a backup into an empty database')
    .argument('<file>', 'a file that desk backup wrote')
    .action((file: string) =>
      onDatabase(async (url) => {
        const { tables, rows } = await restore(url, file);
        print(`Restored ${rows} rows of ${tables} tables. Start the desk with the key of that time.`);
      }),
    );
