/** One database server for a whole run of the tests, with a migrated database that fresh ones are copied from. */
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { startThrowawayPostgres } from '../src/store/embedded-postgres.js';
import { migrate } from '../src/store/migrate.js';

declare module 'vitest' {
  export interface ProvidedContext {
    readonly databaseServer: DatabaseServer;
  }
}

export type DatabaseServer = {
  /** The server's own database, from which others are made. */
  readonly control: string;
  readonly template: string;
};

export const startDatabaseServer = async (): Promise<
  DatabaseServer & { readonly stop: () => Promise<void> }
> => {
  const server = await startThrowawayPostgres();
  try {
    await migrate(server.url);
    const control = new URL(server.url);
    const template = control.pathname.slice(1);
    control.pathname = '/postgres';
    const client = new pg.Client({ connectionString: control.href });
    await client.connect();
    // A database that somebody is connected to can't be copied.
    await client.query(`alter database ${template} allow_connections false`);
    await client.end();
    return { control: control.href, template, stop: server.stop };
  } catch (error) {
    await server.stop();
    throw error;
  }
};

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { stop, ...server } = await startDatabaseServer();
  project.provide('databaseServer', server);
  return stop;
}
