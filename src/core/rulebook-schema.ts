/** Rulebooks as they are stored: put together with their hash, and read back from JSON. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Fraction } from './fraction.js';
import {
  type Abstention,
  bases,
  type Majority,
  type Matter,
  type Mover,
  type NextStep,
  type Rule,
  type Rulebook,
} from './rulebook.js';

const count = z.int().min(0);
const share = z
  .object({ over: count, under: z.int().min(1) })
  .refine(({ over, under }) => over <= under) satisfies z.ZodType<Fraction>;

export const movers = ['seat', 'chair', 'officer', 'supervisor'] as const satisfies readonly Mover[];
export const silences = ['nothing', 'abstain', 'consent'] as const;

const majority = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('simple') }),
  z.object({ kind: z.literal('absolute') }),
  z.object({ kind: z.literal('share'), share, more: z.boolean() }),
  z.object({ kind: z.literal('unanimous') }),
  z.object({ kind: z.literal('objections'), atMost: z.union([count, share]) }),
]) satisfies z.ZodType<Majority>;

const abstention = z.object({
  inQuorum: z.boolean(),
  inBase: z.boolean(),
  silence: z.enum(silences),
}) satisfies z.ZodType<Abstention>;

const nextStep = z.discriminatedUnion('step', [
  z.object({ step: z.literal('again'), noticeDays: count, quorum: share.nullable() }),
  z.object({ step: z.literal('meet') }),
  z.object({ step: z.literal('circulate') }),
  z.object({ step: z.literal('drop') }),
]) satisfies z.ZodType<NextStep>;

/** A rule as a ballot keeps it. */
export const ruleSchema = z.object({
  moves: z.array(z.enum(movers)).readonly(),
  seconds: count,
  noticeDays: count,
  openDays: count,
  challengeDays: count,
  quorum: z.object({ share, by: z.enum(['present', 'takingPart']) }),
  majority,
  base: z.enum(bases),
  abstention,
  ties: z.enum(['fail', 'chair']),
  recused: z.enum(['leave', 'stay']),
  suspended: z.enum(['leave', 'stay']),
  secret: z.boolean(),
  circulation: z.boolean(),
  meetingOnDemand: count,
  changes: z.boolean(),
  earlyClose: z.boolean(),
  openChoices: z.boolean(),
  proxies: count,
  withoutQuorum: z.array(nextStep).readonly(),
}) satisfies z.ZodType<Rule>;

const title = z.object({ zh: z.string(), en: z.string() });

/** A rulebook as the alliance's settings keep it. */
export const rulebookSchema = z.object({
  version: z.string(),
  hash: z.string().regex(/^[0-9a-f]{12}$/),
  matters: z.array(z.object({ id: z.string(), title, rule: ruleSchema })).readonly(),
}) satisfies z.ZodType<Rulebook>;

const sortedKeys = (_: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
    : value;

/** Puts a rulebook together. Its hash is of the rules alone: titles and the order of the matters decide nothing. */
export const rulebookFrom = (version: string, matters: readonly Matter[]): Rulebook => {
  const rules = Object.fromEntries(matters.map(({ id, rule }) => [id, rule]));
  const canonical = JSON.stringify(rules, sortedKeys);
  return { version, hash: createHash('sha256').update(canonical).digest('hex').slice(0, 12), matters };
};
