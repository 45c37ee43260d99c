/** What an entry of the audit says, as one text: its mark is made of it with a key that is in no table. */
import { createHash } from 'node:crypto';
import type { ChannelName } from './input.js';
import type { Vault } from './vault.js';

/** An entry without its number, which it gets when it is written. */
export type AuditEntry = {
  readonly caseId: string | null;
  readonly personId: string | null;
  readonly channel: ChannelName | null;
  readonly act: string;
  readonly fromState: string | null;
  readonly toState: string | null;
  /** A Text, or an empty object. */
  readonly said: unknown;
  /** Of words that were deleted, their digest: there is nothing else in their place then. */
  readonly saidHash?: string | null;
  readonly inboxId: bigint | null;
  readonly at: Date;
};

type Digest = Vault['digest'];

/** The mark of a new entry. No two are alike, so that a copied entry is found as well. */
export const markOf = (digest: Digest, entry: AuditEntry, nonce: string): string =>
  `${nonce}.${digest(textOf(entry, nonce))}`;

/** Whether an entry still says what it said when its mark was made, or nothing where its words were deleted. */
export const isMarked = (digest: Digest, entry: AuditEntry, mark: string): boolean => {
  const [nonce = ''] = mark.split('.', 1);
  const silent = entry.saidHash == null || Object.keys(entry.said ?? {}).length === 0;
  return silent && mark === markOf(digest, entry, nonce);
};

const textOf = (entry: AuditEntry, nonce: string): string =>
  JSON.stringify([
    'entry',
    nonce,
    entry.caseId,
    entry.personId,
    entry.channel,
    entry.act,
    entry.fromState,
    entry.toState,
    // By itself: what somebody said may have to be forgotten one day, and the rest shall hold.
    entry.saidHash ?? hashOfSaid(entry.said),
    entry.inboxId === null ? null : String(entry.inboxId),
    entry.at.toISOString(),
  ]);

/** What stays of an entry's words when they are deleted. */
export const hashOfSaid = (said: unknown): string =>
  createHash('sha256').update(inOrder(said)).digest('base64url');

/** The database keeps the keys of an object in an order of its own. */
const inOrder = (said: unknown): string =>
  JSON.stringify(Object.entries(said ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1)));

/** The digest of a seal: of the one before it and of the marks of its entries. */
export const sealDigest = (
  digest: Digest,
  seal: { readonly before: string; readonly after: bigint; readonly upTo: bigint },
  marks: readonly string[],
): string => {
  const hash = createHash('sha256');
  for (const mark of marks) hash.update(mark).update('\n');
  return digest(
    JSON.stringify([
      'seal',
      seal.before,
      String(seal.after),
      String(seal.upTo),
      marks.length,
      hash.digest('base64url'),
    ]),
  );
};
