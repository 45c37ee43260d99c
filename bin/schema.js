#!/usr/bin/env node
// The tables are said twice: in prisma/schema, as they are, and in prisma/migrations, as they came to be.
//
//   npm run db:new -- add_events    writes the migration that is missing between the two
//   npm run db:check                fails, with the SQL, when one is missing
//
// Read a new migration before committing it; what it can't know (moving data over, say) is added by hand.
// A migration that may have been applied anywhere never changes again. Before the first release the start may
// be written anew: delete the folders in prisma/migrations, then npm run db:new -- start.
//
// Both work offline, on a database of their own that is gone afterwards. `--prisma <folder>` names another
// folder with schema/ and migrations/ in it.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { fail, prepare, root, say } from './prepare.js';

const { values, positionals } = parseArgs({
  options: { prisma: { type: 'string' } },
  allowPositionals: true,
});
const [task, name = ''] = positionals;
const schema = join(values.prisma ?? join(root, 'prisma'), 'schema');
const migrations = join(values.prisma ?? join(root, 'prisma'), 'migrations');

if (task !== 'check' && task !== 'new') fail('Usage: node bin/schema.js check | new <name>');
if (task === 'new' && !/^[a-z][a-z0-9_]*$/.test(name)) {
  fail('Give the migration a name of small letters, digits and _, such as: npm run db:new -- add_events');
}

// A new table has to get its migration while the code that uses it is still being written.
prepare({ typesMayFail: true });
const { startThrowawayPostgres } = await import('../dist/store/embedded-postgres.js');
const { migrate } = await import('../dist/store/migrate.js');
const { differenceTo } = await import('./schema-engine.js');

let server;
try {
  server = await startThrowawayPostgres();
  mkdirSync(migrations, { recursive: true });
  await migrate(server.url, { folder: migrations });
  const missing = await differenceTo(schema, server.url);
  if (missing === undefined) say('The migrations and the schema agree.');
  else if (task === 'new') await write(missing, server.url);
  else {
    console.log(missing);
    say('The migrations lack the SQL above. Write it with: npm run db:new -- <name>');
    process.exitCode = 1;
  }
} catch (error) {
  say(error.remedy ? `${error.message}\n${error.remedy}` : error.stack);
  process.exitCode = 1;
} finally {
  await server?.stop();
}

async function write(sql, url) {
  const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  const target = join(migrations, `${stamp}_${name}`);
  mkdirSync(target);
  writeFileSync(join(target, 'migration.sql'), `${sql.trim()}\n`);
  writeFileSync(
    join(migrations, 'migration_lock.toml'),
    '# For Prisma’s own tool: the kind of database that the migrations are written for.\nprovider = "postgresql"\n',
  );
  await migrate(url, { folder: migrations });
  const rest = await differenceTo(schema, url);
  say(`Wrote ${relative(process.cwd(), join(target, 'migration.sql'))}. Read it before you commit it.`);
  if (rest === undefined) return;
  console.log(rest);
  say(
    'The database still differs by the SQL above after applying it. A raw `where` in the schema has to be ' +
      'written as PostgreSQL prints it (select indexdef from pg_indexes).',
  );
  process.exitCode = 1;
}
