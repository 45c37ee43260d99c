import { randomUUID } from 'node:crypto';
import { type AuditEntry, markOf } from '../core/audit.js';
import type { Text } from '../core/text.js';
import type { CaseRow } from './cases.js';
import type { PersonTurn, Turn } from './parts.js';

/** Files what a command or an alarm did. An entry is never changed again; its mark shows it. */
export const fileEntry = async (
  turn: Turn,
  done: {
    readonly act: string;
    readonly because: Text | undefined;
    /** Who acts; left out, an alarm does. */
    readonly by: PersonTurn | undefined;
    /** The case as it was, and the state it is in now. */
    readonly moved?: { readonly one: CaseRow; readonly to: string };
  },
): Promise<void> => {
  const { act, because, by, moved } = done;
  const said = because ?? {};
  const entry: AuditEntry & { readonly said: object } = {
    caseId: moved?.one.id ?? null,
    personId: by?.actor.id ?? null,
    channel: by?.channel ?? null,
    act,
    fromState: moved === undefined || moved.one.state === 'new' ? null : moved.one.state,
    toState: moved?.to ?? null,
    said,
    inboxId: turn.inboxId,
    at: turn.now,
  };
  await turn.db.entry.create({
    data: { ...entry, mark: markOf(turn.vault.digest, entry, randomUUID()) },
  });
};
