/** Minutes as data: who was there, what was decided how, what follows. Pure. */
import type { Text } from '../../core/text.js';
import { explain } from '../council/explain.js';
import { recount } from '../council/record.js';
import type { Standing } from '../council/seats.js';
import type { Choice, Outcome } from '../council/tally.js';
import type {
  BallotOnRecord,
  DraftOnRecord,
  MotionOnRecord,
  Proceedings,
  SeatOnRecord,
  TaskOnRecord,
} from './proceedings.js';

/** A seat that was there, or took part where nobody meets. `from` and `until` only of a meeting. */
export type There = {
  readonly seat: Text;
  /** Null in a secret ballot by circulation: only that the seat took part is told. */
  readonly person: string | null;
  readonly standing: Standing | null;
  readonly from: Date | null;
  readonly until: Date | null;
};

export type Absent = { readonly seat: Text; readonly holder: string; readonly excused: boolean };

export type VotesFor = {
  readonly choice: Choice;
  readonly seats: readonly { readonly seat: Text; readonly person: string; readonly standing: Standing }[];
};

export type Decision = {
  readonly outcome: Outcome;
  /** In a tie: the votes did not decide, the chair did. */
  readonly byChair: boolean;
  readonly annulled: boolean;
  readonly explained: Text;
  readonly secret: boolean;
  /** Empty for a secret ballot. */
  readonly votes: readonly VotesFor[];
  /** Cast, but never confirmed after an amendment. Empty for a secret ballot. */
  readonly invalid: readonly Text[];
  /** Seats that could have voted. Empty for a secret ballot. */
  readonly silent: readonly Text[];
  readonly suspended: readonly Text[];
  readonly recused: readonly { readonly seat: Text; readonly why: string | null }[];
  readonly reasons: readonly { readonly seat: Text; readonly reason: string }[];
};

export type Item = Pick<MotionOnRecord, 'ref' | 'title' | 'text' | 'mover' | 'seconders'> & {
  readonly decision: Decision | null;
  readonly tasks: readonly TaskOnRecord[];
};

export type Minutes = {
  readonly ref: string;
  readonly title: string;
  readonly alliance: Text;
  /** In which all times are to be said. */
  readonly timezone: string;
  readonly place: string | null;
  readonly calledBy: string | null;
  /** Of the meeting, or of the vote. */
  readonly from: Date;
  readonly until: Date | null;
  readonly there: readonly There[];
  readonly absent: readonly Absent[];
  readonly items: readonly Item[];
  /** Of a meeting that is over. */
  readonly draft: DraftOnRecord | null;
};

/** Writes the minutes of what is on record. */
export const minutesOf = (record: Proceedings): Minutes => {
  const { ref, title, alliance, timezone, meeting, motions, draft } = record;
  const items = motions.map((motion) => itemOf(motion, record.seats));
  const shared = { ref, title, alliance, timezone, items, draft };
  if (meeting) {
    const there = atMeeting(record);
    return {
      ...shared,
      place: meeting.place,
      calledBy: meeting.caller,
      from: meeting.startedAt ?? meeting.startsAt,
      until: meeting.endedAt,
      there,
      absent: absentFrom(record.seats.filter((seat) => !there.some((one) => one.seat === seat.title))),
    };
  }
  const [motion] = motions;
  if (!motion?.ballot) throw new Error(`${ref} has not been voted on`);
  const { published } = motion.ballot;
  const could = new Set(
    published.roll.filter((row) => !row.voted && !row.recused && !row.suspended).map((row) => row.seat),
  );
  return {
    ...shared,
    place: null,
    calledBy: null,
    from: new Date(published.openedAt),
    until: new Date(published.closedAt),
    there: tookPart(motion.ballot, record.seats),
    absent: absentFrom(record.seats.filter((seat) => could.has(seat.key))),
  };
};

const byKey = (a: { readonly key: string }, b: { readonly key: string }): number =>
  a.key.localeCompare(b.key, 'en', { numeric: true });

/** Who checked in before it began was there from its beginning. */
const later = (at: Date, began: Date | null | undefined): Date => (began && began > at ? began : at);

const atMeeting = ({ meeting, seats }: Proceedings): readonly There[] =>
  [...seats].sort(byKey).flatMap((seat): There[] => {
    const presence = meeting?.presences.find((one) => one.seat === seat.key);
    const from = presence && later(presence.at, meeting?.startedAt);
    if (presence && from && (presence.leftAt === null || presence.leftAt > from)) {
      const { person, standing, leftAt } = presence;
      return [{ seat: seat.title, person, standing, from, until: leftAt ?? meeting?.endedAt ?? null }];
    }
    const proxy = meeting?.proxies.find((one) => one.seat === seat.key);
    return proxy
      ? [{ seat: seat.title, person: proxy.person, standing: 'proxy', from: null, until: null }]
      : [];
  });

const absentFrom = (seats: readonly SeatOnRecord[]): readonly Absent[] =>
  [...seats].sort(byKey).map(({ title, holder, away }) => ({ seat: title, holder, excused: away }));

const tookPart = ({ published, voters }: BallotOnRecord, seats: readonly SeatOnRecord[]): readonly There[] =>
  published.roll
    .filter((row) => row.voted)
    .map((row): There => {
      const { ballots } = published;
      const vote = ballots.secret ? undefined : ballots.votes.find((one) => one.seat === row.seat);
      return {
        seat: titleOf(seats, row),
        person: voters.find((one) => one.seat === row.seat)?.person ?? null,
        standing: vote?.as ?? null,
        from: null,
        until: null,
      };
    });

type RollRow = BallotOnRecord['published']['roll'][number];

/** The record names nobody: a seat that is known by its holder has its title from the tables. */
const titleOf = (seats: readonly SeatOnRecord[], { seat, title }: Pick<RollRow, 'seat' | 'title'>): Text =>
  seats.find((one) => one.key === seat)?.title ?? title;

const itemOf = (
  { ref, title, text, mover, seconders, ballot, tasks }: MotionOnRecord,
  seats: readonly SeatOnRecord[],
): Item => ({
  ref,
  // What was voted on, whatever has become of the motion since.
  title: ballot?.published.title ?? title,
  text: ballot?.published.text ?? text,
  mover,
  seconders,
  decision: ballot && decisionOf(ballot, seats),
  tasks,
});

const choices = ['yes', 'no', 'abstain'] as const;

const decisionOf = (
  { published, outcome, annulled, recusals, reasons, voters }: BallotOnRecord,
  seats: readonly SeatOnRecord[],
): Decision => {
  const { ballots, means } = published;
  const roll = published.roll.map((row) => ({ ...row, title: titleOf(seats, row) }));
  const { tally } = recount(published);
  const title = (key: string): Text => roll.find((row) => row.seat === key)?.title ?? { zh: key, en: key };
  const cast = ballots.secret ? [] : ballots.votes;
  // In the order of the roll, which is that of the seats.
  const votes = roll.flatMap((row) => cast.filter((vote) => vote.seat === row.seat));
  return {
    outcome,
    byChair: tally.outcome === 'tied' && outcome !== 'tied',
    annulled,
    explained: explain(tally, { means }),
    secret: ballots.secret,
    votes: choices
      .map((choice) => ({
        choice,
        seats: votes
          .filter((vote) => vote.valid && vote.choice === choice)
          .map((vote) => ({
            seat: title(vote.seat),
            person: voters.find((one) => one.seat === vote.seat)?.person ?? '—',
            standing: vote.as,
          })),
      }))
      .filter((one) => one.seats.length > 0),
    invalid: votes.filter((vote) => !vote.valid).map((vote) => title(vote.seat)),
    silent: ballots.secret
      ? []
      : roll.filter((row) => !row.voted && !row.recused && !row.suspended).map((row) => row.title),
    suspended: roll.filter((row) => row.suspended).map((row) => row.title),
    recused: roll
      .filter((row) => row.recused)
      .map((row) => ({ seat: row.title, why: recusals.find((one) => one.seat === row.seat)?.why ?? null })),
    reasons: ballots.secret ? [] : reasons.map(({ seat, reason }) => ({ seat: title(seat), reason })),
  };
};
