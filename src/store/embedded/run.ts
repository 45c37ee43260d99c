import { execFile } from 'node:child_process';
import { type Account, asAccount } from './account.js';

export type Finished = { readonly ok: boolean; readonly output: string };

/** Runs one of PostgreSQL's tools to its end. Never rejects: `output` has what it said. */
export const run = (file: string, args: readonly string[], account: Account | undefined): Promise<Finished> =>
  new Promise((resolve) => {
    const options = {
      ...asAccount(account),
      cwd: process.platform === 'win32' ? process.cwd() : '/',
      env: cleanEnvironment(),
    };
    execFile(file, args, options, (error, stdout, stderr) => {
      resolve({ ok: error === null, output: `${stdout}${stderr}`.trim() || (error?.message ?? '') });
    });
  });

/**
 * Our environment without what would turn PostgreSQL's head: PG* (another server's port, a password) and the
 * language, which may name a locale that isn't installed.
 */
export const cleanEnvironment = (): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG)/.test(name))),
  LC_ALL: 'C',
});
