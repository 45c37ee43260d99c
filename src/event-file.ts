/** An event as files: its list for whoever is at the entrance without a phone, and its entry for a calendar. */
import { writeFile } from 'node:fs/promises';
import { Command, Option } from 'commander';
import { Fault } from './core/fault.js';
import type { Language } from './core/text.js';
import { readEventFile } from './pages/calendar.js';
import { listCsv, listsWorkbook } from './pages/roster.js';
import type { Database } from './store/database.js';
import { readLists } from './workflows/event/sheets.js';

type Wanted = { readonly xlsx?: string; readonly csv?: string; readonly language: Language };

/** Writes who comes to an event; the workbook has its invitations and meetings, too. Returns the files’ names. */
export const writeRoster = async (
  database: Database,
  ref: string,
  { xlsx, csv, language }: Wanted,
): Promise<readonly string[]> => {
  if (xlsx === undefined && csv === undefined) {
    throw new Fault('roster', 'No file was named.', 'Say where to write: --xlsx FILE, --csv FILE, or both.');
  }
  const event = await eventOf(database, ref);
  const { timezone } = await database.alliance.findUniqueOrThrow({ where: { id: 1 } });
  const lists = await readLists(database, event, language);
  if (xlsx !== undefined) await writeFile(xlsx, await listsWorkbook(lists, timezone));
  if (csv !== undefined) await writeFile(csv, listCsv(lists.roster, timezone));
  return [xlsx, csv].filter((file) => file !== undefined);
};

/** Writes an event as an iCalendar file. */
export const writeCalendar = async (database: Database, ref: string, file: string): Promise<void> => {
  const { caseId } = await eventOf(database, ref);
  const calendar = await readEventFile(database, caseId);
  if (calendar === undefined) throw noEvent(ref);
  await writeFile(file, calendar);
};

const eventOf = async (database: Database, ref: string) => {
  const found = await database.event.findFirst({ where: { case: { ref } } });
  if (!found) throw noEvent(ref);
  return found;
};

const noEvent = (ref: string): Fault =>
  new Fault('event', `There is no event ${ref}.`, 'Give the number of an event, as in W-3.');

/** `desk roster` and `desk calendar`. `onDatabase` runs a piece of work on the desk’s database. */
export const eventCommands = (
  onDatabase: (work: (database: Database) => Promise<void>) => Promise<void>,
  print: (line: string) => void,
): readonly Command[] => [
  new Command('roster')
    .description('write who comes to an event to a file')
    .argument('<ref>', 'its number, as in W-3')
    .option('--xlsx <file>', 'as a workbook, with its invitations and meetings')
    .option('--csv <file>', 'as CSV')
    .addOption(new Option('--language <language>', 'the language').choices(['zh', 'en']).default('zh'))
    .action((ref: string, wanted: Wanted) =>
      onDatabase(async (database) => {
        for (const file of await writeRoster(database, ref.toUpperCase(), wanted)) print(`Wrote ${file}.`);
      }),
    ),
  new Command('calendar')
    .description('write an event to an iCalendar file')
    .argument('<ref>', 'its number, as in W-3')
    .argument('<file>', 'the file to write')
    .action((ref: string, file: string) =>
      onDatabase(async (database) => {
        await writeCalendar(database, ref.toUpperCase(), file);
        print(`Wrote ${file}.`);
      }),
    ),
];
