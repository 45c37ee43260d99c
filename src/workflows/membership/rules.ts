/** Decisions of the membership workflow that are worth a proof. Pure. */
import type { Calendar } from '../../core/calendar.js';

export type Verdict = 'approve' | 'decline';
export type Answered = { readonly seatId: string; readonly verdict: Verdict };
export type Tally = {
  readonly approvals: number;
  readonly declines: number;
  readonly seats: number;
  readonly needed: number;
  readonly outcome: 'open' | 'approved' | 'declined';
};

/**
 * An application is approved as soon as `needed` seats approve, and declined as soon as those left could not
 * make up the number any more. More approvals than there are seats are never asked for.
 */
export const tally = (answers: readonly Answered[], seats: readonly string[], approvals: number): Tally => {
  const counted = answers.filter((one) => seats.includes(one.seatId));
  const approving = counted.filter((one) => one.verdict === 'approve').length;
  const declining = counted.length - approving;
  const needed = Math.max(1, Math.min(approvals, seats.length));
  const reachable = seats.length - declining;
  const outcome = approving >= needed ? 'approved' : reachable < needed ? 'declined' : 'open';
  return { approvals: approving, declines: declining, seats: seats.length, needed, outcome };
};

/** When the council is reminded and when its time is over, all on working days. */
export const councilTimes = (calendar: Calendar, now: Date, days: number) => {
  const ends = calendar.workdaysAfter(now, days);
  return { half: calendar.halfway(now, ends), lastDay: calendar.lastWorkdayBefore(ends), ends };
};

/** The seat a person answers for: their own, else the first they stand in for that has not answered. */
export const seatFor = (
  own: readonly string[],
  asAlternate: readonly string[],
  answered: readonly string[],
): string | undefined => own[0] ?? asAlternate.find((seat) => !answered.includes(seat)) ?? asAlternate[0];
