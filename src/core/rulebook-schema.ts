/** Rulebooks as they are stored: read back from JSON, and the usual one for where none is stored. */
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

/** The legal forms of an alliance: 社会团体, 基金会, 民办非企业单位. */
export const forms = ['association', 'foundation', 'privateNonEnterprise'] as const;
export type Form = (typeof forms)[number];

const half: Fraction = { over: 1, under: 2 };
const twoThirds: Fraction = { over: 2, under: 3 };

type Threshold = Pick<Rule, 'quorum' | 'majority' | 'base'>;
const atLeastTwoThirds: Majority = { kind: 'share', share: twoThirds, more: false };
const present = (quorum: Fraction, majority: Majority): Threshold => ({
  quorum: { share: quorum, by: 'present' },
  majority,
  base: 'entitledPresent',
});

/** What each form asks for, see docs/rulebook.md for the sources. An association makes no difference. */
const thresholds: Readonly<Record<Form, Readonly<Record<'usual' | 'important', Threshold>>>> = {
  association: {
    usual: present(twoThirds, atLeastTwoThirds),
    important: present(twoThirds, atLeastTwoThirds),
  },
  foundation: {
    usual: present(twoThirds, { kind: 'simple' }),
    important: present(twoThirds, atLeastTwoThirds),
  },
  privateNonEnterprise: {
    usual: { ...present(half, { kind: 'absolute' }), base: 'entitled' },
    important: { ...present(half, atLeastTwoThirds), base: 'entitled' },
  },
};

/** The rule of a matter on which the alliance has written nothing down but its form. */
export const usualRule = (form: Form, important: boolean): Rule => ({
  moves: ['seat', 'chair', 'officer'],
  seconds: 0,
  noticeDays: 3,
  openDays: 5,
  challengeDays: 3,
  ...thresholds[form][important ? 'important' : 'usual'],
  abstention: { inQuorum: true, inBase: true, silence: 'nothing' },
  ties: 'fail',
  recused: 'leave',
  suspended: 'leave',
  secret: false,
  circulation: true,
  meetingOnDemand: 1,
  changes: true,
  earlyClose: false,
  openChoices: false,
  proxies: 1,
  withoutQuorum: [{ step: 'again', noticeDays: 3, quorum: null }, { step: 'meet' }, { step: 'drop' }],
});

/** The rulebook of an alliance that has written none down. */
export const usualRulebook: Rulebook = rulebookFrom('usual', [
  {
    id: 'ordinary',
    title: { zh: '一般事项', en: 'Ordinary business' },
    rule: usualRule('association', false),
  },
  {
    id: 'admission',
    title: { zh: '入会', en: 'Admission' },
    rule: {
      ...usualRule('association', false),
      moves: ['officer'],
      noticeDays: 0,
      openDays: 7,
      challengeDays: 0,
      meetingOnDemand: 0,
      earlyClose: true,
    },
  },
]);
