/** The audit sealed and verified: which entries there were, in which order, and that each says what it said. */
import { type AuditEntry, isMarked, sealDigest } from '../core/audit.js';
import type { Vault } from '../core/vault.js';
import type { Database } from './database.js';

const mostInSeal = 20_000;
// Longer than any transaction of the desk may run.
const settleSeconds = 60;
const sealLock = 7_305_118;

export type Sealed = { readonly entries: number; readonly head: string };

/**
 * Seals the entries that were noted the last time, and notes those that have come since. An entry may be committed
 * after one with a higher number: what is sealed was noted a minute ago, and every transaction of that time is over.
 */
export const sealEntries = (
  database: Database,
  vault: Vault,
  { settle = settleSeconds }: { readonly settle?: number } = {},
): Promise<Sealed | undefined> =>
  database.$transaction(
    async (tx) => {
      const [lock] = await tx.$queryRaw<{ free: boolean }[]>`
        SELECT pg_try_advisory_xact_lock(${sealLock}) AS free`;
      if (!lock?.free) return undefined;
      const noted = await tx.seal.findFirst({ where: { digest: null } });
      if (!noted) {
        await tx.$executeRaw`
          INSERT INTO "Seal" (after, "upTo", horizon)
          SELECT last.id, new.id, pg_snapshot_xmax(pg_current_snapshot())::text::bigint
          FROM (SELECT coalesce(max("upTo"), 0) AS id FROM "Seal") last,
            LATERAL (SELECT max(entry.id) AS id FROM
              (SELECT id FROM "Entry" WHERE id > last.id ORDER BY id LIMIT ${mostInSeal}) entry) new
          WHERE new.id IS NOT NULL`;
        return undefined;
      }
      const [settled] = await tx.$queryRaw<{ over: boolean }[]>`
        SELECT ${noted.horizon} <= pg_snapshot_xmin(pg_current_snapshot())::text::bigint
          AND ${noted.notedAt}::timestamptz <= now() - ${settle} * interval '1 second' AS over`;
      if (!settled?.over) return undefined;
      const marks = (
        await tx.entry.findMany({
          where: { id: { gt: noted.after, lte: noted.upTo } },
          orderBy: { id: 'asc' },
          select: { mark: true },
        })
      ).map((one) => one.mark);
      const last = await tx.seal.findFirst({
        where: { digest: { not: null } },
        orderBy: { id: 'desc' },
        select: { digest: true },
      });
      const digest = sealDigest(vault.digest, { ...noted, before: last?.digest ?? '' }, marks);
      await tx.seal.update({ where: { id: noted.id }, data: { digest, entries: marks.length } });
      return { entries: marks.length, head: digest };
    },
    { timeout: 30_000 },
  );

/** What does not fit: an entry that its mark contradicts or that is there twice, or a run of entries. */
export type Finding =
  | { readonly kind: 'altered' | 'copied'; readonly entry: bigint; readonly at: Date }
  | {
      readonly kind: 'run';
      readonly after: bigint;
      readonly upTo: bigint;
      readonly sealed: number;
      readonly found: number;
    }
  | { readonly kind: 'gap'; readonly after: bigint; readonly upTo: bigint };

export type Verified = {
  readonly entries: number;
  /** Of those, entries from before there were marks: they are counted in the seals, but may say anything. */
  readonly unmarked: number;
  /** Entries whose words were deleted with the person who said them, or whom they named. */
  readonly silenced: number;
  readonly sealed: number;
  /** The last seal. Kept elsewhere, it shows later that nothing was cut off since. */
  readonly head: string | undefined;
  readonly findings: readonly Finding[];
};

/** Reads the whole audit again. */
export const verifyAudit = async (database: Database, vault: Vault): Promise<Verified> => {
  const findings: Finding[] = [];
  let entries = 0;
  let unmarked = 0;
  let silenced = 0;
  for await (const { id, mark, ...entry } of allEntries(database)) {
    entries++;
    if (entry.saidHash != null) silenced++;
    if (mark === '' && id > 0n && unmarked === entries - 1) unmarked++;
    else if (!isMarked(vault.digest, entry, mark))
      findings.push({ kind: 'altered', entry: id, at: entry.at });
  }
  const copies = await database.$queryRaw<{ id: bigint; at: Date }[]>`
    SELECT id, at FROM "Entry" entry WHERE EXISTS
      (SELECT FROM "Entry" first WHERE first.mark = entry.mark AND first.mark <> '' AND first.id < entry.id) ORDER BY id`;
  findings.push(...copies.map(({ id, at }) => ({ kind: 'copied' as const, entry: id, at })));
  const seals = await database.seal.findMany({ where: { digest: { not: null } }, orderBy: { id: 'asc' } });
  let before = '';
  let upTo = 0n;
  let sealed = 0;
  for (const seal of seals) {
    if (seal.after !== upTo) findings.push({ kind: 'gap', after: upTo, upTo: seal.after });
    const marks = (
      await database.entry.findMany({
        where: { id: { gt: seal.after, lte: seal.upTo } },
        orderBy: { id: 'asc' },
        select: { mark: true },
      })
    ).map((one) => one.mark);
    if (sealDigest(vault.digest, { ...seal, before }, marks) !== seal.digest) {
      const { after } = seal;
      findings.push({ kind: 'run', after, upTo: seal.upTo, sealed: seal.entries ?? 0, found: marks.length });
    }
    before = seal.digest ?? '';
    upTo = seal.upTo;
    sealed += marks.length;
  }
  return { entries, unmarked, silenced, sealed, head: seals.at(-1)?.digest ?? undefined, findings };
};

const page = 5_000;
const leastId = -(2n ** 63n);

async function* allEntries(
  database: Database,
): AsyncGenerator<AuditEntry & { readonly id: bigint; readonly mark: string }> {
  let after = leastId;
  for (;;) {
    const rows = await database.entry.findMany({
      where: { id: { gt: after } },
      orderBy: { id: 'asc' },
      take: page,
    });
    yield* rows;
    const last = rows.at(-1);
    if (!last) return;
    after = last.id;
  }
}
