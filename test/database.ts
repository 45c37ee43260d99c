import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { inject } from 'vitest';
import type { DatabaseServer } from './database-server.js';

export type FreshDatabase = {
  readonly url: string;
  /** Also ends connections that are still open. */
  drop(): Promise<void>;
};

/** A migrated, empty database of the test's own. */
export const freshDatabase = (server = inject('databaseServer')): Promise<FreshDatabase> =>
  databaseFrom(server, server.template);

/** A copy of another one, to which nobody may be connected meanwhile. */
export const copyOf = (url: string): Promise<FreshDatabase> =>
  databaseFrom(inject('databaseServer'), new URL(url).pathname.slice(1));

/** A database without any table. */
export const bareDatabase = (): Promise<FreshDatabase> => databaseFrom(inject('databaseServer'), 'template0');

const databaseFrom = async ({ control }: DatabaseServer, template: string): Promise<FreshDatabase> => {
  const name = `test_${randomBytes(8).toString('hex')}`;
  await onServer(control, `create database ${name} template ${template}`);
  const url = new URL(control);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => onServer(control, `drop database if exists ${name} with (force)`) };
};

const objectInUse = '55006';
const patienceMs = 15_000;

const onServer = async (control: string, sql: string): Promise<void> => {
  const client = new pg.Client({ connectionString: control });
  await client.connect();
  const begun = Date.now();
  try {
    for (;;) {
      try {
        await client.query(sql);
        return;
      } catch (error) {
        // The server's own housekeeping may be at the template just now.
        const busy = error instanceof Error && 'code' in error && error.code === objectInUse;
        if (!busy || Date.now() - begun > patienceMs) throw error;
        await pause(50);
      }
    }
  } finally {
    await client.end();
  }
};
