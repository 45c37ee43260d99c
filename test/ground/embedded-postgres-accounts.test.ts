import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { ask } from './ask.js';
import { asRoot, compile, copyTree, launch, openFolder, removeLinks } from './launched.js';

beforeAll(compile);

const nobody = 65534;

describe.runIf(asRoot)('started by root', () => {
  test('from a checkout that only root can enter, programs and data go to a folder of the system', async () => {
    const closed = join(openFolder(), 'closed');
    mkdirSync(closed, { mode: 0o700 });
    const tree = copyTree(join(closed, 'desk'));
    const dataDir = join(tree, '.data');
    const first = await launch({ tree, dataDir });
    const elsewhere = /The database goes to (\S+):/.exec(first.said.join('\n'))?.[1] ?? '';
    expect(elsewhere).toMatch(/^\/var\/lib\/alliance-desk\/\w+$/);
    onTestFinished(() => rmSync(elsewhere, { recursive: true }));
    expect(first.said).toHaveLength(2);
    expect(first.said[1]).toMatch(/^Copying PostgreSQL to /);
    expect(statSync(join(elsewhere, 'postgres')).uid).not.toBe(0);
    await ask(first.url, 'create table kept as select 7 as number');
    await first.stop();

    // Also once everybody may enter: the data stays where it is.
    chmodSync(closed, 0o755);
    const second = await launch({ tree, dataDir });
    expect(second.said).toEqual([`The database is in ${elsewhere}.`]);
    expect(await ask(second.url, 'select number from kept')).toEqual([{ number: 7 }]);
    await second.stop();
  });

  test('data that can no longer be reached is not replaced by an empty database', async () => {
    const dataDir = join(openFolder(), 'data');
    mkdirSync(join(dataDir, 'postgres'), { recursive: true });
    writeFileSync(join(dataDir, 'postgres', 'PG_VERSION'), '18\n');
    chmodSync(dataDir, 0o700);
    await expect(launch({ dataDir })).rejects.toThrow(/cannot enter that folder any more/);
  });
});

describe.runIf(asRoot)('started by an ordinary user', () => {
  test('everything belongs to that user, and incomplete packages that may only be read are copied', async () => {
    const folder = openFolder();
    const tree = copyTree(join(folder, 'desk'));
    const links = removeLinks(tree);
    const dataDir = join(folder, 'data');
    mkdirSync(dataDir);
    chmodSync(dataDir, 0o777);
    const server = await launch({ tree, dataDir, uid: nobody });
    expect(server.said).toHaveLength(1);
    expect(await ask(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await server.stop();
    expect(links.some(existsSync)).toBe(false);
    for (const name of readdirSync(dataDir)) expect(statSync(join(dataDir, name)).uid).toBe(nobody);

    // Root lends the server the account that the data belongs to.
    const again = await launch({ dataDir });
    expect(await ask(again.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(statSync(join(dataDir, 'postgres/postmaster.pid')).uid).toBe(nobody);
    await again.stop();
  });

  test('data of another user is left alone', async () => {
    const folder = openFolder();
    const dataDir = join(folder, 'data');
    mkdirSync(join(dataDir, 'postgres'), { recursive: true });
    chmodSync(dataDir, 0o777);
    await expect(launch({ dataDir, uid: nobody, tree: copyTree(join(folder, 'desk')) })).rejects.toThrow(
      /belongs to user 0, and the desk runs as user 65534/,
    );
  });
});
