/** The council's rulebook in the alliance file: how a rule is written, what it means, what contradicts itself. */
import { z } from 'zod';
import { fractionSchema } from '../core/fraction.js';
import { normalise } from '../core/normalise.js';
import { bases, type Majority, type NextStep, type Rule, type Rulebook } from '../core/rulebook.js';
import { usualRule, usualRulebook } from '../core/rulebook-presets.js';
import { movers, rulebookFrom, silences } from '../core/rulebook-schema.js';
import type { Finding } from './references.js';
import type { AllianceFile, Path } from './schema.js';

const days = (fewest: number) => z.int().min(fewest).max(90).exactOptional();
const seatCount = z.int().min(0).max(999).exactOptional();
const yesNo = z.boolean().exactOptional();
const stayOrLeave = z.enum(['leave', 'stay']).exactOptional();
const share = fractionSchema.refine(({ over }) => over > 0);
// A whole number is a number of seats.
const partOfBase = fractionSchema.refine(({ under }) => under > 1);
const lessThanWhole = fractionSchema.refine(({ over, under }) => over < under);

const majority = z.union([
  z.enum(['simple', 'absolute', 'unanimous']).transform((kind): Majority => ({ kind })),
  z
    .strictObject({ atLeast: share })
    .transform(({ atLeast }): Majority => ({ kind: 'share', share: atLeast, more: false })),
  z
    .strictObject({ moreThan: lessThanWhole })
    .transform(({ moreThan }): Majority => ({ kind: 'share', share: moreThan, more: true })),
  z
    .strictObject({ objections: z.union([z.int().min(0), partOfBase]) })
    .transform(({ objections }): Majority => ({ kind: 'objections', atMost: objections })),
]);

const quorum = z.union([
  z
    .strictObject({ present: fractionSchema })
    .transform(({ present }): Rule['quorum'] => ({ share: present, by: 'present' })),
  z
    .strictObject({ takingPart: fractionSchema })
    .transform(({ takingPart }): Rule['quorum'] => ({ share: takingPart, by: 'takingPart' })),
]);

const nextStep = z.union([
  z.enum(['meet', 'circulate', 'drop']).transform((step): NextStep => ({ step })),
  z
    .strictObject({
      again: z.strictObject({ noticeDays: z.int().min(0).max(90), quorum: fractionSchema.exactOptional() }),
    })
    .transform(
      ({ again }): NextStep => ({
        step: 'again',
        noticeDays: again.noticeDays,
        quorum: again.quorum ?? null,
      }),
    ),
]);

export const abstentionShape = {
  inQuorum: yesNo,
  inBase: yesNo,
  silence: z.enum(silences).exactOptional(),
};

/** The keys of a rule. Each may be left out. */
export const ruleShape = {
  moves: z
    .array(z.enum(movers))
    .min(1)
    .transform((some): Rule['moves'] => movers.filter((one) => some.includes(one)))
    .exactOptional(),
  seconds: seatCount,
  noticeDays: days(0),
  openDays: days(1),
  challengeDays: days(0),
  quorum: quorum.exactOptional(),
  majority: majority.exactOptional(),
  base: z.enum(bases).exactOptional(),
  abstention: z.strictObject(abstentionShape).exactOptional(),
  ties: z.enum(['fail', 'chair']).exactOptional(),
  recused: stayOrLeave,
  suspended: stayOrLeave,
  secret: yesNo,
  circulation: yesNo,
  meetingOnDemand: seatCount,
  changes: yesNo,
  earlyClose: yesNo,
  openChoices: yesNo,
  proxies: seatCount,
  withoutQuorum: z
    .array(nextStep)
    .refine((steps) => new Set(steps.map((one) => one.step)).size === steps.length)
    .exactOptional(),
} satisfies Readonly<Record<keyof Rule, z.ZodType>>;

type Written = NonNullable<AllianceFile['rulebook']>;
type WrittenMatter = Written['matters'][number];

/** The rule of a matter: what it says itself, else what the file says for all, else what is usual for the form. */
const ruleOf = ({ form, defaults }: Written, matter: WrittenMatter): Rule => {
  const { id: _, title: __, important, ...own } = matter;
  const said = { ...defaults, ...own, abstention: { ...defaults.abstention, ...own.abstention } };
  const usual = usualRule(form, important);
  const base = said.base ?? usual.base;
  return {
    ...usual,
    // Where nothing is decided, the form's majority would be a rule that nobody follows.
    ...(base === 'disabled' && { majority: { kind: 'simple' } }),
    ...said,
    abstention: {
      ...usual.abstention,
      ...(base === 'YN' && { inBase: false }),
      ...(base === 'YNA' && { inBase: true }),
      ...said.abstention,
    },
  };
};

/** The rules as they are in force. A file without a rulebook has the usual one. */
export const rulebookOf = ({ rulebook }: Pick<AllianceFile, 'rulebook'>): Rulebook =>
  rulebook === undefined
    ? usualRulebook
    : rulebookFrom(
        rulebook.version,
        rulebook.matters.map((matter) => ({
          id: matter.id,
          title: matter.title,
          rule: ruleOf(rulebook, matter),
        })),
      );

type Clash = {
  readonly between: readonly Path[];
  readonly is: (rule: Rule, seats: number) => boolean;
  readonly message: string;
  readonly remedy: string;
};

const clashes: readonly Clash[] = [
  {
    between: [['openChoices'], ['secret']],
    is: (rule) => rule.secret && rule.openChoices,
    message: 'A secret ballot can’t show its choices as they come.',
    remedy: 'Write openChoices: false, or secret: false.',
  },
  {
    between: [['base'], ['abstention', 'inBase']],
    is: ({ base, abstention }) => base === 'YN' && abstention.inBase,
    message: 'The base YN leaves abstentions out, and abstention.inBase counts them in.',
    remedy: 'Write the base YNA, or inBase: false.',
  },
  {
    between: [['base'], ['abstention', 'inBase']],
    is: ({ base, abstention }) => base === 'YNA' && !abstention.inBase,
    message: 'The base YNA counts abstentions in, and abstention.inBase leaves them out.',
    remedy: 'Write the base YN, or inBase: true.',
  },
  {
    between: [['withoutQuorum'], ['circulation']],
    is: ({ circulation, withoutQuorum }) =>
      !circulation && withoutQuorum.some((one) => one.step === 'circulate'),
    message: 'Without a quorum the matter can’t go to circulation, since circulation is not allowed.',
    remedy: 'Leave circulate out of withoutQuorum, or write circulation: true.',
  },
  {
    between: [['majority'], ['base']],
    is: ({ base, majority: { kind } }) => base === 'disabled' && kind !== 'simple',
    message:
      'A majority can’t be taken of the base disabled: under it the figures are noted and decide nothing.',
    remedy: 'Write another base, or leave the majority out.',
  },
  {
    between: [['majority']],
    is: ({ majority: one }, seats) =>
      one.kind === 'objections' && typeof one.atMost === 'number' && one.atMost > seats,
    message: 'More objections are allowed than there are seats.',
    remedy: 'Write fewer, or a share such as { objections: 1/10 }.',
  },
  {
    between: [['seconds']],
    is: ({ seconds }, seats) => seconds + 1 > seats,
    message: 'With the mover’s, more seats have to second than there are.',
    remedy: 'Write a smaller number; 0 when nobody has to second.',
  },
  {
    between: [['meetingOnDemand']],
    is: ({ meetingOnDemand }, seats) => meetingOnDemand > seats,
    message: 'More seats have to demand a meeting than there are.',
    remedy: 'Write a smaller number; 0 when none can demand one.',
  },
];

const admissionClash: Clash = {
  between: [['circulation']],
  is: ({ circulation }) => !circulation,
  message: 'Applications for membership are put to the seats by circulation, and it is not allowed here.',
  remedy: 'Write circulation: true for the matter admission.',
};

const says = (written: unknown, path: Path): boolean =>
  path.reduce<unknown>(
    (value, step) => (typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined),
    written,
  ) !== undefined;

/** Where a clash was written: in the matter itself, or among the defaults. */
const placeOf = (rulebook: Written, at: number, between: readonly Path[]): Path => {
  const own = between.find((path) => says(rulebook.matters[at], path));
  if (own) return ['rulebook', 'matters', at, ...own];
  const shared = between.find((path) => says(rulebook.defaults, path));
  return shared ? ['rulebook', 'defaults', ...shared] : ['rulebook', 'matters', at];
};

const namesOf = ({ id, title }: WrittenMatter) => [id, title.zh, title.en].map(normalise);

/** What in a rulebook can't be meant. */
export const findingsInRulebook = ({ rulebook, council }: AllianceFile): readonly Finding[] => {
  if (rulebook === undefined) return [];
  const { matters } = rulebook;
  const found = new Map<string, Finding>();
  for (const [at, matter] of matters.entries()) {
    const rule = ruleOf(rulebook, matter);
    for (const clash of matter.id === 'admission' ? [...clashes, admissionClash] : clashes) {
      if (!clash.is(rule, council.seats.length)) continue;
      const { message, remedy } = clash;
      const path = placeOf(rulebook, at, clash.between);
      // What was said once for all matters is told once.
      found.set(`${path.join('/')} ${message}`, { path, message, remedy });
    }
  }
  const shared = matters.flatMap((matter, at): readonly Finding[] => {
    const other = matters
      .slice(0, at)
      .find((one) => one.id !== matter.id && namesOf(one).some((name) => namesOf(matter).includes(name)));
    return other
      ? [
          {
            path: ['rulebook', 'matters', at],
            message: `The matter “${matter.id}” shares a name with “${other.id}”.`,
            remedy: 'Give each its own title: people name a matter by its title or its id.',
          },
        ]
      : [];
  });
  if (matters.some((one) => one.id === 'admission')) return [...found.values(), ...shared];
  return [
    ...found.values(),
    ...shared,
    {
      path: ['rulebook', 'matters'],
      message: 'There is no matter “admission”, and applications for membership are decided by its rule.',
      remedy: 'Add { id: admission, title: { zh: 入会, en: Admission } } to the list.',
    },
  ];
};
