/** Whether the audit is whole, for the operator. */
import { Command } from 'commander';
import { Fault } from './core/fault.js';
import type { Vault } from './core/vault.js';
import type { Database } from './store/database.js';
import { type Finding, verifyAudit } from './store/seals.js';

/** Prints what was read, and each finding on a line. True when there is none. */
export const reportAudit = async (
  database: Database,
  vault: Vault,
  knownHead: string | undefined,
  print: (line: string) => void,
): Promise<boolean> => {
  const known = knownHead === undefined ? undefined : await sealOf(database, knownHead);
  const { entries, unmarked, silenced, sealed, head, findings } = await verifyAudit(database, vault);
  for (const finding of findings) print(sayFinding(finding));
  if (known === null) print(`The head ${knownHead} is none of the seals: entries after it were cut off.`);
  if (unmarked > 0) print(`${unmarked} entries are from before entries were marked: they are only counted.`);
  if (silenced > 0) print(`${silenced} entries lost their words with people who had themselves deleted.`);
  print(`${entries} entries read, ${sealed} of them sealed.`);
  if (head !== undefined) print(`Head: ${head}`);
  const whole = findings.length === 0 && known !== null;
  print(whole ? 'The audit is whole.' : 'The audit is NOT whole.');
  return whole;
};

const sealOf = (database: Database, head: string) =>
  database.seal.findUnique({ where: { digest: head }, select: { id: true } });

const sayFinding = (finding: Finding): string => {
  switch (finding.kind) {
    case 'altered':
      return `Entry ${finding.entry} of ${finding.at.toISOString()} was altered, or added by something else than the desk.`;
    case 'copied':
      return `Entry ${finding.entry} of ${finding.at.toISOString()} is a copy of an earlier one.`;
    case 'run':
      return `Entries ${finding.after + 1n} to ${finding.upTo}: ${finding.sealed} were sealed, ${finding.found} are there, and they are not the same.`;
    case 'gap':
      return `Entries ${finding.after + 1n} to ${finding.upTo}: their seals are missing.`;
    default:
      return finding satisfies never;
  }
};

/** `desk audit verify`. `onDatabase` runs a piece of work on the desk's database. */
export const auditCommand = (
  onDatabase: (work: (database: Database, vault: Vault) => Promise<void>) => Promise<void>,
  print: (line: string) => void,
): Command =>
  new Command('audit').description('the record of all that was done').addCommand(
    new Command('verify')
      .description('read the audit again: fails when an entry was altered, added or removed')
      .option('--head <seal>', 'the head that an earlier run printed: nothing may be cut off since')
      .action(({ head }: { head?: string }) =>
        onDatabase(async (database, vault) => {
          if (await reportAudit(database, vault, head, print)) return;
          throw new Fault(
            'audit',
            'The audit does not hold.',
            'Keep a copy of the database as it is, and compare it with your backups.',
          );
        }),
      ),
  );
