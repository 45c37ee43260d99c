/** Who comes and who waits, as people are shown it. */
import type { Message } from '../../core/message.js';
import type { Text } from '../../core/text.js';
import { type Refusal, room, type Wake } from '../../core/workflow.js';
import { type About, type Alarm, announced, before, type Command, event, everybody } from './header.js';
import { chosenTicket, ticketKinds } from './kinds.js';
import { waitOf } from './line.js';
import * as said from './messages/sign-up.js';
import type { Wait } from './seating.js';

/** The list in the members’ rooms is said anew a minute after it was said last, at the earliest. */
const listEveryMs = 60_000;
const listSoonMs = 5_000;

/** Has the list brought up to date soon, not in the night. */
export const relist = ({ subject: e, now, calendar }: About): Wake<Alarm> => {
  const due = Math.max(now.getTime() + listSoonMs, (e.listedAt?.getTime() ?? 0) + listEveryMs);
  return { alarm: 'listing', at: calendar.outOfQuiet(new Date(due)), unlessSet: true };
};

export const roster = event.reading({
  title: { zh: '名单', en: 'Who comes' },
  words: { zh: ['名单'], en: ['roster', 'who comes'] },
  from: announced,
  by: everybody,
  heardWith: 'signUp',
  run: async (about) => ({ reply: await listOf(about, 'all') }),
});

const longestList = 60;

/** The list as it is shown to everybody; a long one shows its end. */
export const listOf = async (
  { db, case: c, subject: e, calendar }: About,
  shown: 'all' | 'end',
): Promise<Message> => {
  const people = await db.attendee.findMany({
    where: { eventId: c.id, status: { in: ['going', 'held', 'waiting'] } },
    orderBy: [{ party: { number: 'asc' } }, { id: 'asc' }],
    select: { personId: true, name: true, status: true, parkId: true, ticket: true },
  });
  const parks = await db.park.findMany({
    where: { id: { in: [...new Set(people.flatMap((one) => one.parkId ?? []))] } },
  });
  const parkNames = new Map(parks.map((one) => [one.id, { zh: one.nameZh, en: one.nameEn }]));
  const usual = chosenTicket(e, null);
  const lines = said.listed(
    people.map((one) => ({
      personId: one.personId,
      name: one.name,
      status: one.status,
      park: one.parkId === null ? undefined : parkNames.get(one.parkId),
      ticket: one.ticket === usual ? undefined : ticketKinds[one.ticket],
    })),
  );
  const cut = shown === 'end' && lines.length > longestList ? lines.length - longestList : 0;
  return said.list(c, e, { lines: lines.slice(cut), left: cut, people, calendar });
};

/** The list in the members' rooms, as people sign up. */
export const listing = event.alarm({
  title: { zh: '名单已更新', en: 'the list was brought up to date' },
  kind: 'deadline',
  quiet: true,
  when: ['open'],
  to: ['open'],
  run: async (about) => {
    const { db, case: c, now } = about;
    await db.event.update({ where: { caseId: c.id }, data: { listedAt: now } });
    return {
      to: 'open',
      tell: [
        {
          to: room('members'),
          say: await listOf(about, 'end'),
          choices: ['signUp', 'leave'],
          living: 'list',
          anew: true,
        },
      ],
    };
  },
});

export const queue = event.reading({
  title: { zh: '候补情况', en: 'My place in the line' },
  words: { zh: ['候补'], en: ['waitlist', 'queue'] },
  from: before,
  by: everybody,
  heardWith: 'signUp',
  aside: true,
  run: async (
    about,
  ): Promise<Refusal | { readonly reply: Message; readonly choices?: readonly Command[] }> => {
    const { db, actor, case: c, subject: e } = about;
    const own = await db.attendee.findMany({
      where: {
        eventId: c.id,
        status: { not: 'out' },
        OR: [{ personId: actor.id }, { party: { byId: actor.id } }],
      },
      orderBy: { id: 'asc' },
    });
    const waiting = await db.attendee.count({ where: { eventId: c.id, status: 'waiting' } });
    if (own.length === 0) {
      return {
        reply: said.notInLine(c, e, waiting),
        ...(c.state === 'open' && { choices: ['signUp' as const] }),
      };
    }
    const waits = new Map<string, Wait>();
    const lines: Text[] = [];
    for (const one of own) {
      if (one.status !== 'waiting') {
        lines.push(said.placeOf(one, undefined, about.calendar));
        continue;
      }
      const wait = waits.get(one.partyId) ?? (await waitOf(about, one.partyId));
      waits.set(one.partyId, wait);
      lines.push(said.placeOf(one, wait, about.calendar));
    }
    return { reply: said.inTheLine(c, e, lines, waiting) };
  },
});
