/** Minutes as files, for whoever keeps the records. */
import { writeFile } from 'node:fs/promises';
import { Command, Option } from 'commander';
import { Fault } from './core/fault.js';
import type { Language } from './core/text.js';
import type { Database } from './store/database.js';
import { toMarkdown } from './workflows/minutes/markdown.js';
import type { Minutes } from './workflows/minutes/minutes.js';
import { readMinutes } from './workflows/minutes/read.js';

type Wanted = { readonly docx?: string; readonly md?: string; readonly language: Language };

/** Writes the minutes of a meeting or of a motion to the wanted files. Returns their names. */
export const writeMinutes = async (
  database: Database,
  ref: string,
  { docx, md, language }: Wanted,
): Promise<readonly string[]> => {
  if (docx === undefined && md === undefined) {
    throw new Fault('minutes', 'No file was named.', 'Say where to write: --docx FILE, --md FILE, or both.');
  }
  const minutes = await minutesOfCase(database, ref);
  if (docx !== undefined) {
    const { toDocx } = await import('./minutes-docx.js');
    await writeFile(docx, await toDocx(minutes, language));
  }
  if (md !== undefined) await writeFile(md, toMarkdown(minutes, language));
  return [docx, md].filter((file) => file !== undefined);
};

const minutesOfCase = async (database: Database, ref: string): Promise<Minutes> => {
  const one = await database.case.findUnique({ where: { ref }, select: { id: true } });
  const minutes = one && (await readMinutes(database, one.id));
  if (minutes) return minutes;
  throw new Fault(
    'minutes',
    `There are no minutes of ${ref}.`,
    'Give the number of a meeting that is over, as in K-1, or of a motion that was voted on, as in P-7.',
  );
};

/** `desk minutes`. `onDatabase` runs a piece of work on the desk's database. */
export const minutesCommand = (
  onDatabase: (work: (database: Database) => Promise<void>) => Promise<void>,
  print: (line: string) => void,
): Command =>
  new Command('minutes')
    .description('write the minutes of a meeting or of a motion to a file')
    .argument('<ref>', 'its number, as in K-1 or P-7')
    .option('--docx <file>', 'as a Word file')
    .option('--md <file>', 'as Markdown')
    .addOption(new Option('--language <language>', 'the language').choices(['zh', 'en']).default('zh'))
    .action((ref: string, wanted: Wanted) =>
      onDatabase(async (database) => {
        for (const file of await writeMinutes(database, ref.toUpperCase(), wanted)) print(`Wrote ${file}.`);
      }),
    );
