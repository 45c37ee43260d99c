import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { root } from './launched.js';

let prisma: string;
beforeEach(() => {
  prisma = mkdtempSync(join(tmpdir(), 'desk-prisma-'));
  cpSync(join(root, 'prisma'), prisma, { recursive: true });
  return () => rmSync(prisma, { recursive: true });
});

const schema = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'bin/schema.js'), ...args, '--prisma', prisma],
    { encoding: 'utf8' },
  );
  return { status, stdout, stderr };
};

test('a table that no migration makes fails the check with its SQL, and nothing else does', () => {
  rmSync(join(prisma, 'migrations'), { recursive: true });
  expect(schema('new', 'start')).toMatchObject({ status: 0, stdout: '' });
  appendFileSync(join(prisma, 'schema/base.prisma'), '\nmodel Planted {\n  id Int @id\n}\n');
  const { status, stdout } = schema('check');
  expect(status).toBe(1);
  expect(stdout.trim()).toMatch(/^-- CreateTable\nCREATE TABLE "Planted" \([^;]*;$/);
});
