/** Who is there: a seat is present by its holder or an alternate, whoever of them came last. */

import type { Message } from '../../core/message.js';
import { normalise } from '../../core/normalise.js';
import { type Actor, seatHolder } from '../../core/people.js';
import { inline, text } from '../../core/questions.js';
import { joinTexts } from '../../core/text.js';
import { person, room } from '../../core/workflow.js';
import type { Db } from '../../database.js';
import { seatedAt } from '../council/ballot.js';
import { inSeatOrder, namesSeat, seatTitle, seatWithNames } from '../council/seats.js';
import { doorsOpenAt, meeting } from './header.js';
import * as said from './messages.js';

const readSeats = async (db: Db, ids: readonly string[]) => {
  const seats = await db.seat.findMany({ where: { id: { in: [...ids] } }, include: seatWithNames });
  return seats.sort(inSeatOrder);
};
type SeatRow = Awaited<ReturnType<typeof readSeats>>[number];

/**
 * The seats that somebody is present for: one they name, else the ones they hold, else the one they stand in for.
 * Nobody stands in for several at once without saying so.
 */
const seatsFor = async (
  db: Db,
  actor: Actor,
  named: string | null,
): Promise<readonly SeatRow[] | { readonly refuse: Message }> => {
  const seats = await readSeats(
    db,
    actor.seats.map((one) => one.id),
  );
  if (named !== null) {
    const found = seats.find((one) => namesSeat(named, one));
    return found ? [found] : { refuse: said.notYourSeat(named, seats.map(seatTitle)) };
  }
  const held = seats.filter((one) => one.holderId === actor.id);
  if (held.length > 0) return held;
  return seats.length > 1 ? { refuse: said.whichSeat(seats.map(seatTitle)) } : seats;
};

/** What the council's rooms see of the roll call, kept up to date. */
export const rollPost = async (db: Db, c: { id: string; ref: string }, now: Date) => {
  const k = await meeting.load(db, c.id);
  const seats = await db.seat.count({ where: seatedAt(now) });
  return { to: room('council'), say: said.roll(c, k, seats), living: 'roll' } as const;
};

export const doorsOpen = meeting.alarm({
  title: { zh: '开始签到', en: 'the roll call opened' },
  kind: 'deadline',
  when: ['called'],
  to: ['called'],
  run: async ({ db, case: c, now }) => ({
    to: 'called',
    tell: [{ ...(await rollPost(db, c, now)), choices: ['present'] }],
  }),
});

export const present = meeting.command({
  title: { zh: '到会', en: 'Present' },
  words: { zh: ['到会'], en: ['present'] },
  from: ['called', 'sitting'],
  to: ['called', 'sitting'],
  by: seatHolder,
  style: 'primary',
  lock: 'shared',
  aside: true,
  ask: {
    seat: inline(
      text({ label: { zh: '席位', en: 'Seat' }, ask: { zh: '哪个席位？', en: 'Which seat?' }, max: 60 }),
    ),
  },
  run: async ({ db, args, actor, case: c, subject: k, now, calendar }) => {
    if (now < doorsOpenAt(k)) return { refuse: said.doorsClosed(c, k, calendar) };
    const seats = await seatsFor(db, actor, args.seat === null ? null : normalise(args.seat));
    if ('refuse' in seats) return seats;
    const replaced: { readonly id: string; readonly seat: SeatRow }[] = [];
    for (const seat of seats) {
      const before = k.presences.find((one) => one.seatId === seat.id);
      if (before && before.personId !== actor.id && before.leftAt === null) {
        replaced.push({ id: before.personId, seat });
      }
      // Whoever comes back has been there since they first came.
      const at = before?.personId === actor.id ? before.at : now;
      const standing = seat.holderId === actor.id ? ('holder' as const) : ('alternate' as const);
      const row = { personId: actor.id, standing, at, leftAt: null };
      await db.presence.upsert({
        where: { meetingId_seatId: { meetingId: c.id, seatId: seat.id } },
        create: { meetingId: c.id, seatId: seat.id, ...row },
        update: row,
      });
    }
    const titles = seats.map(seatTitle);
    return {
      to: c.state,
      reply: said.isPresent(c, titles, replaced.length > 0),
      because: joinTexts(titles, { zh: '、', en: ', ' }),
      tell: [
        ...replaced.map(({ id, seat }) => ({
          to: person(id),
          say: said.replaced(c, actor.name, seatTitle(seat)),
        })),
        await rollPost(db, c, now),
      ],
    };
  },
});

export const depart = meeting.command({
  title: { zh: '离会', en: 'Leave the meeting' },
  words: { zh: ['离会'], en: ['depart'] },
  from: ['called', 'sitting'],
  to: ['called', 'sitting'],
  by: seatHolder,
  lock: 'shared',
  aside: true,
  run: async ({ db, actor, case: c, subject: k, now }) => {
    const own = k.presences.filter((one) => one.personId === actor.id && one.leftAt === null);
    if (own.length === 0) return { refuse: said.notThere(c) };
    await db.presence.updateMany({
      where: { meetingId: c.id, personId: actor.id, leftAt: null },
      data: { leftAt: now },
    });
    const titles = own.map((one) => one.title);
    return {
      to: c.state,
      reply: said.hasLeft(c, titles),
      because: joinTexts(titles, { zh: '、', en: ', ' }),
      tell: [await rollPost(db, c, now)],
    };
  },
});
