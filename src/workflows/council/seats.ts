/** Seats by name, and which of them a person may vote for. */
import { normalise } from '../../core/normalise.js';
import type { Actor } from '../../core/people.js';
import type { Text } from '../../core/text.js';
import type { Db } from '../../database.js';
import { proxiesHeld } from '../proxy/held.js';

export const seatWithNames = {
  park: { select: { nameZh: true, nameEn: true } },
  holder: { select: { name: true } },
} as const;

type Named = {
  readonly key: string;
  readonly park: { readonly nameZh: string; readonly nameEn: string } | null;
  readonly holder: { readonly name: string };
};

export type SeatTitle = Text;

/** A seat as people know it: by its park, or else by who holds it. */
export const seatTitle = ({ key, park, holder }: Named): SeatTitle => ({
  zh: `${key} ${park?.nameZh ?? holder.name}`,
  en: `${key} ${park?.nameEn ?? holder.name}`,
});

// Made once: comparing with options makes one for each pair.
const byNumber = new Intl.Collator('en', { numeric: true });
/** In the order of their keys, s2 before s10. */
export const inSeatOrder = (a: { readonly key: string }, b: { readonly key: string }): number =>
  byNumber.compare(a.key, b.key);

/** Whether words name the seat: its key, its holder, its park. */
export const namesSeat = (words: string, { key, park, holder }: Named): boolean => {
  const wanted = normalise(words);
  return [key, holder.name, park?.nameZh, park?.nameEn].some(
    (one) => one !== undefined && normalise(one) === wanted,
  );
};

export type Standing = 'holder' | 'alternate' | 'proxy';
/** A seat that a person may speak for, and as what. */
export type Voice = {
  readonly seatId: string;
  readonly standing: Standing;
  readonly proxy?: { readonly caseId: string; readonly giverId: string };
};

/** The seats a person may speak for on a motion: their own, those they stand in for, those whose proxy they are. */
export const voicesOf = async (
  db: Db,
  actor: Actor,
  motion: { readonly caseId: string; readonly meetingId: string | null },
  now: Date,
): Promise<readonly Voice[]> => {
  // Suspended seats, too: whether they take part is the ballot's rule's to say.
  const seats = await db.seat.findMany({
    where: { OR: [{ holderId: actor.id }, { alternates: { some: { personId: actor.id } } }] },
    select: { id: true, holderId: true },
    orderBy: { key: 'asc' },
  });
  const proxies = await proxiesHeld(db, {
    personId: actor.id,
    motionId: motion.caseId,
    meetingId: motion.meetingId,
    now,
  });
  return [
    ...seats.map(
      ({ id, holderId }): Voice => ({
        seatId: id,
        standing: holderId === actor.id ? 'holder' : 'alternate',
      }),
    ),
    ...proxies.map(
      ({ seatId, caseId, giverId }): Voice => ({ seatId, standing: 'proxy', proxy: { caseId, giverId } }),
    ),
  ];
};

/** The seat a person speaks for where only one will do: their own, else the first they stand in for. */
export const ownSeat = async (db: Db, actor: Actor): Promise<string | undefined> => {
  const held = await db.seat.findFirst({
    where: { holderId: actor.id, id: { in: actor.seats.map((one) => one.id) } },
    select: { id: true },
  });
  return held?.id ?? actor.seats[0]?.id;
};

/** Suspends seats. On rolls that are open it is noted; what follows there is the ballot's rule's to say. */
export const suspendSeats = async (
  db: Db,
  which: { readonly id: string } | { readonly parkId: string },
  why: string,
  now: Date,
): Promise<void> => {
  const seats = await db.seat.findMany({ where: { ...which, suspendedAt: null }, select: { id: true } });
  const ids = seats.map((one) => one.id);
  await db.seat.updateMany({ where: { id: { in: ids } }, data: { suspendedAt: now, suspendedWhy: why } });
  await db.ballotSeat.updateMany({ ...onOpenBallots(ids), data: { suspendedAt: now } });
};

export const restoreSeat = async (db: Db, id: string): Promise<void> => {
  await db.seat.update({ where: { id }, data: { suspendedAt: null, suspendedWhy: null } });
  await db.ballotSeat.updateMany({ ...onOpenBallots([id]), data: { suspendedAt: null } });
};

const onOpenBallots = (seatIds: readonly string[]) => ({
  where: { seatId: { in: [...seatIds] }, ballot: { closedAt: null } },
});
