/** What the tables know of a meeting, or of a motion decided by circulation: all that minutes are made of. */
import type { Text } from '../../core/text.js';
import type { BallotRecord } from '../council/record.js';
import type { Standing } from '../council/seats.js';
import type { Outcome } from '../council/tally.js';

/** A seat with whoever held it then. */
export type SeatOnRecord = {
  readonly key: string;
  readonly title: Text;
  readonly holder: string;
  /** The holder had told that they would be away. */
  readonly away: boolean;
};

export type PresenceOnRecord = {
  readonly seat: string;
  readonly person: string;
  readonly standing: Standing;
  readonly at: Date;
  readonly leftAt: Date | null;
};

export type BallotOnRecord = {
  readonly published: BallotRecord;
  /** As it stands now: in a tie, what the chair made of it. */
  readonly outcome: Outcome;
  /** A challenge has undone it. */
  readonly annulled: boolean;
  readonly recusals: readonly { readonly seat: string; readonly why: string | null }[];
  /** Who voted for each seat, as they are called now. None in a secret ballot. */
  readonly voters: readonly { readonly seat: string; readonly person: string }[];
  /** What voters gave as their reasons. None in a secret ballot. */
  readonly reasons: readonly { readonly seat: string; readonly reason: string }[];
};

export type TaskOnRecord = {
  readonly ref: string;
  readonly what: string;
  readonly owner: string;
  readonly dueAt: Date;
  readonly doneAt: Date | null;
  readonly dropped: boolean;
};

export type MotionOnRecord = {
  readonly ref: string;
  readonly title: string;
  readonly text: string;
  readonly mover: string;
  readonly seconders: readonly { readonly seat: Text; readonly person: string }[];
  /** The last that was counted; null: there was none. */
  readonly ballot: BallotOnRecord | null;
  readonly tasks: readonly TaskOnRecord[];
};

export type ReplyOnRecord = {
  readonly person: string;
  readonly correction: string | null;
  readonly at: Date;
};

export type DraftOnRecord = {
  readonly draftedAt: Date;
  readonly confirmedAt: Date | null;
  readonly replies: readonly ReplyOnRecord[];
};

export type Proceedings = {
  readonly ref: string;
  readonly title: string;
  readonly alliance: Text;
  readonly timezone: string;
  /** Null: there was no meeting. */
  readonly meeting: {
    readonly place: string;
    readonly caller: string;
    readonly startsAt: Date;
    readonly startedAt: Date | null;
    readonly endedAt: Date | null;
    readonly presences: readonly PresenceOnRecord[];
    /** Who was there for a seat as its proxy. */
    readonly proxies: readonly { readonly seat: string; readonly person: string }[];
  } | null;
  readonly seats: readonly SeatOnRecord[];
  readonly motions: readonly MotionOnRecord[];
  readonly draft: DraftOnRecord | null;
};
