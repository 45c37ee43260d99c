/**
 * The rules by which the council decides, as data. The alliance's charter says them, the alliance file writes
 * them down, a ballot keeps the ones it was opened under.
 */
import type { Fraction } from './fraction.js';
import type { Role } from './people.js';
import type { Text } from './text.js';

/** Who may put a motion to the council. */
export type Mover = 'seat' | Extract<Role, 'chair' | 'officer' | 'supervisor'>;

/**
 * What the share of a majority is taken of. The nine that OpenSlides knows:
 * `Y` yes · `YN` yes and no · `YNA` yes, no and abstentions · `N` no · `valid` valid votes · `cast` all votes
 * cast · `entitled` all seats that may vote · `entitledPresent` those of them that are present · `disabled`
 * nothing: the figures are noted and decide nothing.
 */
export const bases = [
  'Y',
  'YN',
  'YNA',
  'N',
  'valid',
  'cast',
  'entitled',
  'entitledPresent',
  'disabled',
] as const;
export type Base = (typeof bases)[number];

export type Majority =
  /** More than half of the base. */
  | { readonly kind: 'simple' }
  /** More than half of all seats that may vote, whatever the base. */
  | { readonly kind: 'absolute' }
  /** At least this share of the base; with `more`, more than it. */
  | { readonly kind: 'share'; readonly share: Fraction; readonly more: boolean }
  /** The whole base. */
  | { readonly kind: 'unanimous' }
  /** Somebody says yes, and at most so many say no: a number of seats, or a share of the base. */
  | { readonly kind: 'objections'; readonly atMost: number | Fraction };

/** Three questions on which charters differ. */
export type Abstention = {
  /** An abstention takes part: it counts towards the quorum. */
  readonly inQuorum: boolean;
  /** An abstention counts in the bases `valid` and `cast`. The other bases say it themselves. */
  readonly inBase: boolean;
  /** What a seat that says nothing until closing is counted as. It never helps the quorum. */
  readonly silence: 'nothing' | 'abstain' | 'consent';
};

/** What may follow when the quorum was missed. */
export type NextStep =
  /** A second ballot after a new notice; its quorum may be another one. */
  | { readonly step: 'again'; readonly noticeDays: number; readonly quorum: Fraction | null }
  /** The matter is put to a meeting. */
  | { readonly step: 'meet' }
  /** The matter is put to the seats by circulation. */
  | { readonly step: 'circulate' }
  | { readonly step: 'drop' };

/** The rule of one matter. Days are working days. */
export type Rule = {
  readonly moves: readonly Mover[];
  /** Seats, beside the mover's, that have to second. */
  readonly seconds: number;
  readonly noticeDays: number;
  /** How long a ballot by circulation is open. */
  readonly openDays: number;
  /** How long the result may be challenged. 0: it is in force at once. */
  readonly challengeDays: number;
  /**
   * The share of the seats that has to be present, or to take part. By circulation nobody is present, and
   * taking part is what counts.
   */
  readonly quorum: { readonly share: Fraction; readonly by: 'present' | 'takingPart' };
  readonly majority: Majority;
  readonly base: Base;
  readonly abstention: Abstention;
  /** As many yes as no: the motion fails, or the chair decides. */
  readonly ties: 'fail' | 'chair';
  /** Whether a seat that recused itself still counts among the seats that the quorum is taken of. */
  readonly recused: 'leave' | 'stay';
  /** Whether a seat that is suspended leaves ballots that are open already. It never enters later ones. */
  readonly suspended: 'leave' | 'stay';
  readonly secret: boolean;
  /** May be decided by circulation, without a meeting. */
  readonly circulation: boolean;
  /** How many seats may demand a meeting instead of a circulation; 0: none can. */
  readonly meetingOnDemand: number;
  /** Votes may be changed until closing. */
  readonly changes: boolean;
  /** Closes as soon as nothing can change the outcome any more. */
  readonly earlyClose: boolean;
  /** Choices are shown as they come, instead of turnout alone. Never with a secret ballot. */
  readonly openChoices: boolean;
  /** How many seats one person may vote for as their proxy. 0: none. */
  readonly proxies: number;
  readonly withoutQuorum: readonly NextStep[];
};

export type Matter = { readonly id: string; readonly title: Text; readonly rule: Rule };

export type Rulebook = {
  readonly version: string;
  /** The first 12 hexadecimal digits of the SHA-256 of the rules as they are in force. */
  readonly hash: string;
  readonly matters: readonly Matter[];
};

export const matterOf = (rulebook: Rulebook, id: string): Matter | undefined =>
  rulebook.matters.find((one) => one.id === id);
