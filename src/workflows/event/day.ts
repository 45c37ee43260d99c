/** The day of the event: it begins, late places are given away, it ends. */
import { DateTime } from 'luxon';
import type { Calendar } from '../../core/calendar.js';
import { person, type Tell } from '../../core/workflow.js';
import { type About, before, type Command, event, organizer } from './header.js';
import { holdPlaces } from './line.js';
import * as said from './messages/day.js';
import { checkInWasUsed, freesAt, giveAtDoor } from './standby.js';

/** Leaves an entry: from then on the code is asked for at check-in. */
export const code = event.command({
  title: { zh: '签到码', en: 'Door code' },
  words: { zh: ['签到码'], en: ['code', 'door code'] },
  from: ['open', 'shut', 'running'],
  to: ['open', 'shut', 'running'],
  by: organizer,
  lock: 'shared',
  aside: true,
  run: async ({ db, case: c, subject: e, links }) => {
    const on = { eventId: c.id, status: 'going' as const };
    const came = await db.attendee.count({ where: { ...on, cameAt: { not: null } } });
    const going = await db.attendee.count({ where: on });
    return { to: c.state, reply: said.codeIs(c, e, { came, going, page: links.door(c.id) }) };
  },
});

export const begins = event.alarm({
  title: { zh: '活动开始', en: 'it began' },
  kind: 'deadline',
  when: before,
  to: ['running'],
  run: async (about) => {
    const { db, case: c, subject: e, now } = about;
    await holdPlaces(db, c.id);
    // Nothing is kept beyond the start.
    await db.attendee.updateMany({
      where: { eventId: c.id, status: 'held' },
      data: { status: 'waiting', because: said.lapsedAtStart, changedAt: now, heldUntil: null },
    });
    const atDoor = await giveAtDoor(about);
    const frees = freesAt(e);
    return {
      to: 'running',
      tell: [...atDoor, ...(c.state === 'open' ? await tellWhoWaits(about) : [])],
      wake: [
        { alarm: 'ends', at: e.endsAt },
        ...(frees !== null && frees < e.endsAt ? [{ alarm: 'frees' as const, at: frees }] : []),
      ],
    };
  },
});

/** Where sign-up was open to the last, those who are not at the door hear now that it was not their turn. */
const tellWhoWaits = async ({ db, case: c, subject: e }: About): Promise<readonly Tell<Command>[]> => {
  const parties = await db.party.findMany({
    where: { eventId: c.id, attendees: { some: { status: { in: ['waiting', 'applied'] }, cameAt: null } } },
    select: { byId: true },
  });
  return [...new Set(parties.map((one) => one.byId))].map((id) => ({
    to: person(id),
    say: said.didNotMoveUp(c, e),
  }));
};

/** Places of those who have not come go to those at the door; who comes to the door later is served by `checkIn`. */
export const frees = event.alarm({
  title: { zh: '未到场者的名额可让给现场候补', en: 'places of those who had not come were open at the door' },
  kind: 'deadline',
  when: ['running'],
  to: ['running'],
  run: async (about) => {
    await holdPlaces(about.db, about.case.id);
    return { to: 'running', tell: await giveAtDoor(about) };
  },
});

/** Ten in the morning of that day. */
const atTen = (day: Date, { timezone }: Calendar): Date =>
  DateTime.fromJSDate(day, { zone: timezone }).startOf('day').set({ hour: 10 }).toJSDate();

const resultsAfter = 2;
const settledAfter = 5;

export const ends = event.alarm({
  title: { zh: '活动结束', en: 'it ended' },
  kind: 'deadline',
  when: ['running'],
  to: ['over'],
  run: async ({ db, case: c, subject: e, now, calendar }) => {
    const asked = atTen(calendar.workdaysAfter(now, 1), calendar);
    const summed = atTen(calendar.workdaysAfter(asked, resultsAfter), calendar);
    const asks = e.survey || (await checkInWasUsed(db, c.id));
    return {
      to: 'over',
      wake: [
        ...(asks ? [{ alarm: 'followsUp' as const, at: asked }] : []),
        ...(e.survey ? [{ alarm: 'sumsUp' as const, at: summed }] : []),
        { alarm: 'settles', at: calendar.workdaysAfter(now, settledAfter) },
      ],
    };
  },
});

export const settles = event.alarm({
  title: { zh: '活动办结', en: 'it was settled' },
  kind: 'deadline',
  when: ['over'],
  to: ['done'],
  run: async () => ({ to: 'done' }),
});
