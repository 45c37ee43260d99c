/** One-time codes: what they look like, how they are kept, what a code that somebody says is worth. */
import { z } from 'zod';
import type { ChannelName } from '../../core/input.js';
import { normalise } from '../../core/normalise.js';
import type { Actor } from '../../core/people.js';
import type { Question } from '../../core/question.js';
import { same } from '../../core/text.js';
import type { Vault } from '../../core/vault.js';
import type { World } from '../../core/workflow.js';
import type { Db } from '../../database.js';

const typed = /^([a-z0-9]{4})[\s-]*([a-z0-9]{4})$/;
const shape = /^[A-Z0-9]{4}-[A-Z0-9]{4}$/;

/** A code as people type it: in either case, with or without its hyphen, in full width or not. */
export const code: Question<string> = {
  kind: 'text',
  label: { zh: '验证码', en: 'Code' },
  ask: { zh: '请输入验证码：', en: 'Please type the code:' },
  optional: false,
  schema: z.string().regex(shape),
  hear: (words) => {
    const [, first, second] = typed.exec(normalise(words)) ?? [];
    if (first && second) return { kind: 'understood', value: `${first}-${second}`.toUpperCase() };
    return {
      kind: 'unclear',
      problem: {
        zh: '这不像是验证码。验证码共八位，如“绑定 ABCD-EFGH”。要取得验证码，请只回复“绑定”。',
        en: 'That does not look like a code. A code has eight characters, as in “link ABCD-EFGH”. To get one, reply with “link” alone.',
      },
    };
  },
  show: same,
};

const digestOf = (vault: Vault, said: string): string => vault.digest(`link ${said}`);

// “A234-…” would be read as the number of a case.
const looksLikeRef = /^[A-Z]{1,3}\d+-/;

type Issued = { readonly personId: string; readonly expiresAt: Date } & (
  | { readonly channel: ChannelName }
  | { readonly caseId: string }
);

/** A new code. Only its digest is kept; an earlier one of the same kind is worth nothing any more. */
export const issueCode = async ({ db, vault, now }: World, issued: Issued): Promise<string> => {
  let made = vault.newCode();
  while (looksLikeRef.test(made)) made = vault.newCode();
  await db.linkCode.updateMany({
    where: {
      personId: issued.personId,
      caseId: 'caseId' in issued ? issued.caseId : null,
      usedAt: null,
      expiresAt: { gt: now },
    },
    data: { expiresAt: now },
  });
  await db.linkCode.create({ data: { ...issued, hash: digestOf(vault, made) } });
  return made;
};

export type Judged =
  | { readonly kind: 'good' | 'own' | 'elsewhere'; readonly code: CodeRow; readonly channel: ChannelName }
  | { readonly kind: 'foreign'; readonly code: CodeRow }
  | { readonly kind: 'unknown' | 'used' | 'expired' };

export type CodeRow = {
  readonly id: string;
  readonly personId: string;
  readonly channel: ChannelName | null;
  readonly caseId: string | null;
};

/** What a code is worth when this account says it on this channel; `channel` is the one it is meant for. */
export const judgeCode = async (
  { db, vault, now }: World,
  said: string,
  actor: Actor,
  heardOn: ChannelName,
): Promise<Judged> => {
  const found = await findCode(db, vault, said);
  if (!found) return { kind: 'unknown' };
  if (found.usedAt) return { kind: 'used' };
  if (found.expiresAt <= now) return { kind: 'expired' };
  const channel = await meantFor(db, found, heardOn);
  if (found.personId === actor.id) return { kind: 'own', code: found, channel };
  if (!actor.guest) return { kind: 'foreign', code: found };
  return { kind: channel === heardOn ? 'good' : 'elsewhere', code: found, channel };
};

const findCode = (db: Db, vault: Vault, said: string) =>
  db.linkCode.findUnique({ where: { hash: digestOf(vault, said) } });

const meantFor = async (db: Db, found: CodeRow, heardOn: ChannelName): Promise<ChannelName> => {
  if (found.caseId !== null) {
    return (await db.rebind.findUniqueOrThrow({ where: { caseId: found.caseId } })).channel;
  }
  // A code is shown on one channel and used on another.
  return found.channel === heardOn ? (heardOn === 'slack' ? 'wechat' : 'slack') : heardOn;
};

/** Takes a code's one use. False when somebody was faster. */
export const useCode = async ({ db, now }: World, { id }: CodeRow): Promise<boolean> => {
  const used = await db.linkCode.updateMany({ where: { id, usedAt: null }, data: { usedAt: now } });
  return used.count === 1;
};

/** Makes a code worthless: others may have read it. */
export const voidCode = async ({ db, vault, now }: World, said: string): Promise<void> => {
  await db.linkCode.updateMany({
    where: { hash: digestOf(vault, said), usedAt: null, expiresAt: { gt: now } },
    data: { expiresAt: now },
  });
};

const mostWrong = 5;
/** How a wrong code is filed in the audit, where they are counted. */
export const wrongCode = { zh: '验证码有误', en: 'wrong code' };

/** How many wrong codes the account may still say within the hour. */
export const triesLeft = async ({ db, now }: World, actor: Actor, channel: ChannelName): Promise<number> => {
  const wrong = await db.entry.count({
    where: {
      personId: actor.id,
      channel,
      act: 'account.link',
      at: { gt: new Date(now.getTime() - 3600 * 1000) },
      said: { path: ['en'], equals: wrongCode.en },
    },
  });
  return Math.max(0, mostWrong - wrong);
};
