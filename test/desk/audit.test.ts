/** The audit of a desk that somebody with the database, but without the desk's key, has been at. */
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { reportAudit } from '../../src/audit-report.js';
import { sealEntries, verifyAudit } from '../../src/store/seals.js';
import { testVault } from '../vault.js';
import { li, openWorkshop, type Workshop } from './workshop.js';

const vault = testVault();
let shop: Workshop;
let intruder: pg.Client;
let earlierHead: string;

const seal = () => sealEntries(shop.database, vault, { settle: 0 });
/** A transaction of any other test on the same server may be one that a seal has to wait for. */
const sealed = () => vi.waitUntil(seal, { timeout: 30_000, interval: 20 });
const sealAll = async () => {
  await seal();
  return sealed();
};

beforeAll(async () => {
  shop = await openWorkshop();
  intruder = new pg.Client({ connectionString: shop.url });
  await intruder.connect();
  for (let count = 0; count < 4; count += 1) await shop.talk(li, `办事 ${count}`);
  earlierHead = (await sealAll()).head;
  for (let count = 0; count < 4; count += 1) await shop.talk(li, `办事 ${count}`);
  await sealAll();
});

afterAll(async () => {
  await intruder?.end();
  await shop?.end();
});

const report = async (head?: string) => {
  const lines: string[] = [];
  const whole = await reportAudit(shop.database, vault, head, (line) => lines.push(line));
  return { whole, lines };
};

test('untouched it is whole, and an earlier head is among its seals', async () => {
  const { whole, lines } = await report(earlierHead);
  expect(whole).toBe(true);
  expect(lines).toContain('8 entries read, 8 of them sealed.');
});

describe('it is found out when', () => {
  /** Does something to the tables, reads the audit, and undoes it. */
  const tampered = async (...sql: readonly string[]) => {
    await intruder.query('CREATE TABLE kept_entry AS TABLE "Entry"; CREATE TABLE kept_seal AS TABLE "Seal"');
    try {
      for (const one of sql) await intruder.query(one);
      return { ...(await report()), findings: (await verifyAudit(shop.database, vault)).findings };
    } finally {
      await intruder.query(
        'DELETE FROM "Entry"; INSERT INTO "Entry" TABLE kept_entry; DROP TABLE kept_entry',
      );
      await intruder.query('DELETE FROM "Seal"; INSERT INTO "Seal" TABLE kept_seal; DROP TABLE kept_seal');
    }
  };
  const third = `(SELECT id FROM "Entry" ORDER BY id LIMIT 1 OFFSET 2)`;
  const columns = `"caseId", "personId", channel, act, "fromState", "toState", said, "inboxId", at`;

  test.each([
    ['who did it', `"personId" = (SELECT id FROM "Person" WHERE id <> "personId" LIMIT 1)`],
    ['what was done', `act = 'errand.other'`],
    ['when', `at = at + interval '1 day'`],
    ['to which state', `"toState" = 'done'`],
    ['what was said of it', `said = '{"zh": "同意", "en": "agreed"}'`],
    ['on which channel', `channel = 'slack'`],
  ])('an entry is altered: %s', async (_, change) => {
    const { whole, findings } = await tampered(`UPDATE "Entry" SET ${change} WHERE id = ${third}`);
    expect(whole).toBe(false);
    expect(findings).toEqual([expect.objectContaining({ kind: 'altered' })]);
  });

  test('an entry is removed', async () => {
    const { whole, findings } = await tampered(`DELETE FROM "Entry" WHERE id = ${third}`);
    expect(whole).toBe(false);
    expect(findings).toEqual([expect.objectContaining({ kind: 'run', sealed: 4, found: 3 })]);
  });

  test('an entry is inserted, even at the end, where nothing is sealed yet', async () => {
    const { findings } = await tampered(
      `INSERT INTO "Entry" (${columns}, mark) SELECT ${columns}, mark || 'x' FROM "Entry" WHERE id = ${third}`,
    );
    expect(findings).toEqual([expect.objectContaining({ kind: 'altered' })]);
  });

  test('an entry without a mark is inserted, as if from before there were any', async () => {
    const { findings } = await tampered(
      `INSERT INTO "Entry" (id, ${columns}, mark) SELECT -id, ${columns}, '' FROM "Entry" WHERE id = ${third}`,
    );
    expect(findings).toEqual([expect.objectContaining({ kind: 'altered' })]);
  });

  test('an entry is copied with its mark', async () => {
    const { findings } = await tampered(
      `INSERT INTO "Entry" (${columns}, mark) SELECT ${columns}, mark FROM "Entry" WHERE id = ${third}`,
    );
    expect(findings).toEqual([expect.objectContaining({ kind: 'copied' })]);
  });

  test('two entries change places', async () => {
    const { findings } = await tampered(
      `UPDATE "Entry" SET id = -id WHERE id IN (${third}, ${third} + 1)`,
      `UPDATE "Entry" SET id = 2 * (SELECT min(e.id) FROM "Entry" e WHERE e.id > 0) + 5 + id WHERE id < 0`,
    );
    expect(findings).toEqual([expect.objectContaining({ kind: 'run', sealed: 4, found: 4 })]);
  });

  test('a seal is removed with its entries', async () => {
    const { findings } = await tampered(
      `DELETE FROM "Entry" WHERE id <= (SELECT min("upTo") FROM "Seal")`,
      `DELETE FROM "Seal" WHERE id = (SELECT min(id) FROM "Seal")`,
    );
    expect(findings.map((one) => one.kind)).toEqual(['gap', 'run']);
  });

  test('the end is cut off with its seals, by a head that was kept elsewhere', async () => {
    const head = (await verifyAudit(shop.database, vault)).head;
    await intruder.query('CREATE TABLE kept_entry AS TABLE "Entry"; CREATE TABLE kept_seal AS TABLE "Seal"');
    await intruder.query(`DELETE FROM "Entry" WHERE id > (SELECT min("upTo") FROM "Seal")`);
    await intruder.query(`DELETE FROM "Seal" WHERE id > (SELECT min(id) FROM "Seal")`);
    expect(await report()).toMatchObject({ whole: true });
    const { whole, lines } = await report(head);
    expect(whole).toBe(false);
    expect(lines).toContainEqual(expect.stringContaining('were cut off'));
    await intruder.query('DELETE FROM "Entry"; INSERT INTO "Entry" TABLE kept_entry; DROP TABLE kept_entry');
    await intruder.query('DELETE FROM "Seal"; INSERT INTO "Seal" TABLE kept_seal; DROP TABLE kept_seal');
  });
});

test('an entry that is committed late holds its seal up', async () => {
  await intruder.query('BEGIN');
  await intruder.query(`UPDATE "Alliance" SET timezone = timezone`);
  const { rows } = await intruder.query<{ id: string }>(`SELECT nextval('"Entry_id_seq"') AS id`);
  await shop.talk(li, '办事 0');
  expect(await seal()).toBeUndefined();
  // The one with the lower number is still on its way.
  expect(await seal()).toBeUndefined();
  await intruder.query('COMMIT');
  expect(Number(rows[0]?.id)).toBeLessThan(
    Number((await shop.database.entry.findFirst({ orderBy: { id: 'desc' } }))?.id),
  );
  expect(await sealed()).toMatchObject({ entries: 1 });
  expect(await report()).toMatchObject({ whole: true });
});
