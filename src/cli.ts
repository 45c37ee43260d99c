import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { checkAllianceFile, demoAllianceFile, loadAllianceFile } from './alliance/file.js';
import { importAlliance } from './alliance/import.js';
import { auditCommand } from './audit-report.js';
import { backupCommand, restoreCommand } from './backup-file.js';
import { exportBallot, verifyBallot } from './ballot-file.js';
import { caseReport } from './case-report.js';
import { channelCommand } from './channel-state.js';
import { type Config, readConfig } from './config.js';
import { Fault } from './core/fault.js';
import { deadLettersCommand, retryCommand } from './dead-letters.js';
import { eventCommands } from './event-file.js';
import { openLog } from './log.js';
import { databaseUrl, openStore, startDesk } from './main.js';
import { minutesCommand } from './minutes-file.js';
import type { Database } from './store/database.js';
import { deskOn } from './store/single-run.js';
import { deskKey, openVault } from './vault.js';

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** Runs a command on the database of the settings, starting the embedded server for it where needed. */
const withDatabase = (config: Config, work: (database: Database) => Promise<void>): Promise<void> =>
  andClose(async (onStop) => work((await openStore(config, () => undefined, onStop)).database));

/** The same, before anything has been done to the database. */
const withServer = (config: Config, work: (url: string) => Promise<void>): Promise<void> =>
  andClose(async (onStop) => work(await databaseUrl(config, () => undefined, onStop)));

const andClose = async (
  work: (onStop: (close: () => Promise<unknown>) => void) => Promise<void>,
): Promise<void> => {
  const closing: (() => Promise<unknown>)[] = [];
  try {
    await work((close) => closing.unshift(close));
  } finally {
    for (const close of closing) await close();
  }
};

const start = async (): Promise<void> => {
  const config = readConfig(process.env);
  const log = openLog(config.logLevel);
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'unhandled rejection'));
  const stopping = new AbortController();
  const began = Date.now();
  const starting = startDesk(config, log, print);
  const stop = (signal: NodeJS.Signals) => {
    if (stopping.signal.aborted) return;
    stopping.abort();
    print(`Stopping (${signal}) …`);
    starting
      .then((running) => running.stop())
      .then(
        () => process.exit(0),
        () => process.exit(1),
      );
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  await starting;
  if (!stopping.signal.aborted)
    print(`The desk is ready after ${((Date.now() - began) / 1000).toFixed(1)} s. Stop it with Ctrl-C.`);
};

const program = new Command('desk').description(
  'The desk of an alliance of cultural industry parks, on WeChat and Slack',
);

program.command('start').description('run the desk').action(start);

program
  .command('check')
  .description('check the settings and the alliance file')
  .argument('[file]', 'the alliance file; by default that of ALLIANCE_FILE, or the demo')
  .action(async (file: string | undefined) => {
    const config = readConfig(process.env);
    const good = await checkAllianceFile(file ?? config.allianceFile ?? demoAllianceFile, print);
    if (!good) process.exitCode = 1;
  });

program
  .command('import')
  .description('bring the alliance file into the database; may be repeated')
  .argument('<file>', 'the alliance file')
  .action(async (path: string) => {
    const file = await loadAllianceFile(path);
    await withDatabase(readConfig(process.env), async (database) => {
      const { erased, ...counts } = await importAlliance(database, file, new Date());
      for (const [what, { added, changed, unchanged, removed }] of Object.entries(counts)) {
        print(`${what}: ${added} added, ${changed} changed, ${unchanged} unchanged, ${removed} removed`);
      }
      for (const key of erased)
        print(
          `${key} has asked to be deleted and was left out: take them out of the file, and give their seats to others.`,
        );
    });
  });

program
  .command('case')
  .description('print a case and its history')
  .argument('<ref>', 'its number, as in M-1')
  .option('--json', 'as JSON')
  .action(async (ref: string, options: { json?: boolean }) => {
    await withDatabase(readConfig(process.env), async (database) => {
      const report = await caseReport(database, ref.toUpperCase());
      print(options.json ? JSON.stringify(report.json, null, 2) : report.text);
    });
  });

program
  .command('ballot')
  .description('write a counted ballot to a file, to be checked by anybody')
  .argument('<ref>', 'the motion, as in P-7')
  .argument('<file>', 'the file to write')
  .action(async (ref: string, file: string) => {
    await withDatabase(readConfig(process.env), async (database) => {
      await exportBallot(database, ref.toUpperCase(), file);
      print(`Wrote ${file}. Check it with: desk verify-ballot ${file}`);
    });
  });

program
  .command('verify-ballot')
  .description('count an exported ballot again; needs no database')
  .argument('<file>', 'the file that desk ballot wrote')
  .option('--published <fingerprint>', 'the fingerprint that was posted with the result')
  .action(async (file: string, options: { published?: string }) => {
    if (!(await verifyBallot(file, options.published, print))) process.exitCode = 1;
  });

program.addCommand(
  auditCommand((work) => {
    const config = readConfig(process.env);
    return withDatabase(config, (database) => work(database, openVault(deskKey(config))));
  }, print),
);

const onDatabase = (work: (database: Database) => Promise<void>): Promise<void> =>
  withDatabase(readConfig(process.env), work);
const onServer = (work: (url: string) => Promise<void>): Promise<void> =>
  withServer(readConfig(process.env), work);
for (const command of [
  minutesCommand(onDatabase, print),
  ...eventCommands(onDatabase, print),
  deadLettersCommand(onDatabase, print),
  retryCommand(onDatabase, print),
  channelCommand(onDatabase, print),
  backupCommand(onServer, print),
  restoreCommand(onServer, print),
]) {
  program.addCommand(command);
}

program
  .command('migrate')
  .description('apply the migrations that are missing')
  .action(async () => {
    await withDatabase(readConfig(process.env), async () => print('The database is up to date.'));
  });

program
  .command('clock')
  .description('move the time of a running desk, for rehearsals')
  .argument('<by>', 'how far: +2h, +3d, or +5w for working days')
  .action(async (by: string) => {
    const { host, port } = runningDesk(readConfig(process.env));
    const response = await fetch(`http://${host}:${port}/clock`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ by }),
    });
    const answer = await response.text();
    if (response.status === 404) {
      throw new Fault(
        'clock',
        'The running desk keeps real time.',
        'Start it with CLOCK=movable, and without the real Slack.',
      );
    }
    print(answer.trim());
    if (!response.ok) process.exitCode = 1;
  });

/** Where the desk of this data folder listens. */
const runningDesk = (config: Config): { host: string; port: number } => {
  const port = deskOn(config.dataDir)?.port;
  if (port === undefined)
    throw new Fault('clock', `No desk runs on ${config.dataDir}.`, 'Start it first: npm start');
  return { host: config.host, port };
};

program
  .command('story')
  .description('play one membership through the stand-ins and print who said what')
  .action(async () => {
    const { tellStory } = await import('./playground/story.js');
    await tellStory(print);
  });

const version = async (): Promise<string> => {
  const file = new URL('../package.json', import.meta.url);
  const { version: found }: { version: string } = JSON.parse(await readFile(file, 'utf8'));
  return found;
};

try {
  program.version(await version());
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof Fault)) throw error;
  process.stderr.write(`${error.message}\n${error.remedy}\n`);
  process.exitCode = 1;
}
