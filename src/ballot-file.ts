/** A closed ballot as a file, and the check of such a file. The check needs neither the desk nor its database. */
import { readFile, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { Fault } from './core/fault.js';
import type { Database } from './store/database.js';
import { explain } from './workflows/council/explain.js';
import { recordSchema, recount } from './workflows/council/record.js';

/** Writes the last ballot on a motion, as it was counted. */
export const exportBallot = async (database: Database, ref: string, file: string): Promise<void> => {
  const ballot = await database.ballot.findFirst({
    where: { motion: { case: { ref } }, fingerprint: { not: null } },
    orderBy: { call: 'desc' },
    select: { record: true },
  });
  if (!ballot) {
    throw new Fault(
      'ballot',
      `No ballot on ${ref} has been counted.`,
      'Give the number of a motion, as in P-7, and wait until its vote has closed.',
    );
  }
  const record = recordSchema.parse(ballot.record);
  await writeFile(file, `${JSON.stringify(record, null, 2)}\n`);
};

/**
 * Counts an exported ballot again and prints what came of it. `published` is the fingerprint that was posted with
 * the result. Resolves to whether everything agrees.
 */
export const verifyBallot = async (
  file: string,
  published: string | undefined,
  print: (line: string) => void,
): Promise<boolean> => {
  const record = recordSchema.safeParse(await readJson(file));
  if (!record.success) {
    print(`${file} is no ballot of the desk, or was changed: ${z.prettifyError(record.error)}`);
    return false;
  }
  const { tally, fingerprint, problems } = recount(record.data);
  const { motion, title, means, ballots } = record.data;
  print(`${motion} “${title}”`);
  print(explain(tally, { means }).en);
  print(explain(tally, { means }).zh);
  print(
    ballots.secret
      ? `A secret ballot: ${ballots.choices.length} choices, ${ballots.receipts.length} receipts.`
      : `${ballots.votes.length} votes, each with its seat and its receipt.`,
  );
  for (const problem of problems) print(`Wrong: ${problem}`);
  print(`Fingerprint: ${fingerprint}`);
  if (published === undefined) {
    print(
      'Compare it with the one that was posted with the result; only that tells a copy that was changed throughout.',
    );
    return problems.length === 0;
  }
  const same = published.trim().toLowerCase() === fingerprint;
  print(same ? 'It is the one that was published.' : `Wrong: the published one is ${published}.`);
  return same && problems.length === 0;
};

const readJson = async (file: string): Promise<unknown> => {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new Fault('ballot', `${file} can’t be read as JSON.`, 'Give the file that desk ballot wrote.', {
      cause: error,
    });
  }
};
