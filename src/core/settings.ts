/** The alliance's own rules in numbers, as workflows read them. The alliance file sets them. */
import { z } from 'zod';
import { Fault } from './fault.js';
import { usualRulebook } from './rulebook-presets.js';
import { rulebookSchema } from './rulebook-schema.js';

const workingDays = (usual: number) => z.int().min(1).max(90).default(usual);

/** Periods of the membership workflow, all in working days of the alliance's calendar. */
export const membershipPeriods = {
  /** How long an application is shown to the members, who may object. */
  publicityDays: workingDays(5),
  /** How long an application may wait for an officer before the officers are reminded. */
  officerDays: workingDays(3),
  /** How long after that reminder the deputy is called. */
  deputyDays: workingDays(2),
  /** How long an applicant may leave a question of the secretariat open before being reminded. */
  answerDays: workingDays(5),
};

const days = (usual: number) => z.int().min(1).max(3650).default(usual);

/** For how many days personal data is kept once it has served: see src/store/retention.ts. */
export const retentionDays = {
  /** What people said to the desk, from when it was answered. */
  inputs: days(30),
  /** What the desk said to them, from when it was sent, and the matter is closed. */
  posts: days(180),
  /** Names and phone numbers of an application that came to nothing, from its end. */
  applications: days(180),
  /** Guests who have nothing under way, from when they spoke last. */
  guests: days(365),
};
export const retentionSchema = z.strictObject(retentionDays);
export type Retention = Readonly<z.output<typeof retentionSchema>>;

const settings = z.object({
  ...membershipPeriods,
  retention: retentionSchema.prefault({}),
  /** The council's rules as they are in force. */
  rulebook: rulebookSchema.default(usualRulebook),
});

export type Settings = Readonly<z.output<typeof settings>>;

/** Reads what the database keeps. What is absent has its usual value; what is not a setting is left out. */
export const readSettings = (stored: unknown): Settings => {
  const read = settings.safeParse(stored);
  if (read.success) return read.data;
  throw new Fault(
    'alliance-settings',
    `The stored settings of the alliance are wrong: ${z.prettifyError(read.error)}`,
    'Import the alliance file again.',
    { cause: read.error },
  );
};
