/** Sign-up chains (接龙): read from what people paste, taken over by an organizer, and given back clean. */
import { normalise } from '../../core/normalise.js';
import type { Actor } from '../../core/people.js';
import { inline, text } from '../../core/questions.js';
import type { Text } from '../../core/text.js';
import { person, type Tell, type Wake } from '../../core/workflow.js';
import type { Db } from '../../database.js';
import type { Chain } from './chain/chain.js';
import { lostRows } from './chain/compare.js';
import { type Match, matchRows, type Who } from './chain/match.js';
import { isChain, readChain } from './chain/read.js';
import { writeChain } from './chain/write.js';
import { type About, type Alarm, type Command, event, everybody, organizer } from './header.js';
import { chosenTicket, type TicketKind, ticketNames } from './kinds.js';
import { leaveList } from './leave.js';
import { holdPlaces, moveUp } from './line.js';
import * as said from './messages/chain.js';
import { relist } from './roster.js';
import { addParty, onTheList } from './sign-up.js';
import { type Guest, isOrganizer } from './who.js';

/** What becomes of a row: put on the list, taken off it, there already, or asked about. */
export type Entry = {
  readonly line: number;
  readonly name: string;
  readonly does: 'joins' | 'leaves' | 'there' | 'asks' | 'repeats';
  readonly guests: readonly Guest[];
  readonly ticket: TicketKind | undefined;
};

type Read = { readonly chain: Chain; readonly entries: readonly Entry[] };

const directoryOf = async (db: Db) => {
  const people = await db.person.findMany({
    where: { guest: false },
    orderBy: { id: 'asc' },
    select: { id: true, name: true, parkId: true },
  });
  const parks = await db.park.findMany({
    where: { leftAt: null },
    select: { id: true, nameZh: true, nameEn: true },
  });
  return { people, parks: parks.map((one) => ({ id: one.id, names: [one.nameZh, one.nameEn] })) };
};
type Directory = Awaited<ReturnType<typeof directoryOf>>;

const guestOf = (who: Who, { people }: Directory): Guest | undefined => {
  if (who.kind === 'newcomer') return { personId: null, name: who.name, parkId: who.parkId };
  if (who.kind !== 'person') return undefined;
  const found = people.find((one) => one.id === who.id);
  return found && { personId: found.id, name: found.name, parkId: found.parkId ?? who.parkId };
};

/** Whom a row means, with those who come along; undefined where it has to be asked. */
const guestsOfRow = (match: Match, directory: Directory): readonly Guest[] | undefined => {
  const main = guestOf(match, directory);
  const named = match.companions.map((one) => guestOf(one, directory));
  if (!main || named.some((one) => one === undefined)) return undefined;
  const others = named.filter((one) => one !== undefined);
  const unnamed = Array.from({ length: Math.max(0, match.people - 1 - others.length) }, (_, at) => ({
    personId: null,
    name: `${main.name}+${at + 1}`,
    parkId: main.parkId,
  }));
  return [main, ...others, ...unnamed];
};

const read = async (about: About, words: string): Promise<Read> => {
  const { db, subject: e } = about;
  const chain = readChain(words);
  const directory = await directoryOf(db);
  const matches = matchRows(chain, directory);
  const entries: Entry[] = [];
  for (const [at, row] of chain.rows.entries()) {
    const match = matches[at];
    if (!match || (row.name === '' && row.parts.length === 0)) continue;
    const guests = guestsOfRow(match, directory) ?? [];
    const known = ticketNames.find((one) =>
      one.names.some((name) => normalise(name) === normalise(row.ticket ?? '')),
    );
    const ticket = chosenTicket(e, row.ticket === null ? null : (known?.key ?? row.ticket));
    const there = guests.length === 0 ? [] : await onTheList(about, guests);
    const does =
      match.kind === 'duplicate'
        ? 'repeats'
        : guests.length === 0 || ticket === undefined
          ? 'asks'
          : row.withdrawn
            ? 'leaves'
            : there.length >= guests.length
              ? 'there'
              : 'joins';
    entries.push({ line: row.line, name: guests[0]?.name ?? row.name, does, guests, ticket });
  }
  return { chain, entries };
};

const longestChain = 20_000;

export const chain = event.command({
  title: { zh: '接龙', en: 'Sign-up chain' },
  words: { zh: ['接龙', '#接龙'], en: ['chain', 'group note', '#group note'] },
  from: ['open', 'shut'],
  to: ['open', 'shut'],
  by: everybody,
  lock: 'shared',
  aside: true,
  heardWith: 'signUp',
  namedTo: 'insiders',
  ask: {
    text: inline(
      text({
        label: { zh: '接龙', en: 'Chain' },
        ask: { zh: '请把接龙贴过来：', en: 'Please paste the chain:' },
        max: longestChain,
        long: true,
      }),
    ),
  },
  run: async (about) => {
    const { db, args, actor, heard, case: c, subject: e, now, calendar } = about;
    if (args.text === null) {
      if (heard.channel !== 'wechat') return { refuse: said.onWeChatOnly(c) };
      return { to: c.state, reply: { text: await written(about) } };
    }
    // The opening was read as the command; it tells a short chain from talk.
    const words = `#接龙\n${args.text}`;
    if (c.state !== 'open') return { refuse: said.isShut(c, e) };
    if (!isChain(words)) return { refuse: said.noChain(c) };
    const found = await read(about, words);
    if (found.entries.length === 0) return { refuse: said.noChain(c) };
    const lost = await lostSince(about, found.chain);
    await db.chain.updateMany({ where: { eventId: c.id, doneAt: null }, data: { doneAt: now } });
    const own = isOrganizer(actor, c);
    await db.chain.create({
      data: { eventId: c.id, personId: actor.id, text: words, at: now, shownAt: own ? now : null },
    });
    const because = said.rows(found.entries);
    return own
      ? {
          to: c.state,
          reply: said.report(c, e, { ...found, lost, by: actor.name }),
          choices: ['takeChain', 'dropChain'],
          because,
        }
      : {
          to: c.state,
          reply: said.passedOn(c, e, found.entries),
          because,
          wake: [{ alarm: 'chainWaits', at: calendar.outOfQuiet(laterThan(now)), unlessSet: true }],
        };
  },
});

/** Who stood in the chain that was pasted before, and does not stand in this one. */
const lostSince = async (
  { db, case: c }: About,
  later: Chain,
  before?: bigint,
): Promise<readonly string[]> => {
  const earlier = await db.chain.findFirst({
    where: { eventId: c.id, ...(before !== undefined && { id: { lt: before } }) },
    orderBy: { id: 'desc' },
  });
  return earlier ? lostRows(readChain(earlier.text), later).map((row) => row.name) : [];
};

// In a group everybody who joins pastes the whole chain again: the organizer hears of the last one.
const calmMs = 10 * 60 * 1000;
const laterThan = (now: Date): Date => new Date(now.getTime() + calmMs);

/** What was read from the last chain, for an organizer to look at. */
const showLast = async (
  about: About,
  last: { readonly id: bigint; readonly text: string; readonly personId: string },
) => {
  const { db, case: c, subject: e, now } = about;
  await db.chain.update({ where: { id: last.id }, data: { shownAt: now } });
  const found = await read(about, last.text);
  const { name } = await db.person.findUniqueOrThrow({
    where: { id: last.personId },
    select: { name: true },
  });
  return said.report(c, e, { ...found, lost: await lostSince(about, found.chain, last.id), by: name });
};

export const chainWaits = event.alarm({
  title: { zh: '接龙待登记', en: 'a chain waits for the organizer' },
  kind: 'deadline',
  quiet: true,
  when: ['open'],
  to: ['open'],
  run: async (about) => {
    const last = await lastChain(about);
    if (!last || last.shownAt) return { to: 'open' };
    const report = await showLast(about, last);
    return {
      to: 'open',
      tell: [{ to: person(about.subject.hostId), say: report, choices: ['takeChain', 'dropChain'] }],
    };
  },
});

const lastChain = ({ db, case: c }: About) =>
  db.chain.findFirst({ where: { eventId: c.id, doneAt: null }, orderBy: { id: 'desc' } });

export const takeChain = event.command({
  title: { zh: '登记接龙', en: 'Take the chain over' },
  words: { zh: ['登记接龙', '确认接龙'], en: ['take-chain', 'take chain'] },
  from: ['open'],
  to: ['open'],
  by: organizer,
  style: 'primary',
  aside: true,
  run: async (about) => {
    const { db, actor, case: c, subject: e, now } = about;
    const last = await lastChain(about);
    if (!last) return { refuse: said.nothingToTake(c) };
    // Nobody takes over what they have not seen.
    if (!last.shownAt) {
      return { to: 'open', reply: await showLast(about, last), choices: ['takeChain', 'dropChain'] };
    }
    await holdPlaces(db, c.id);
    const { entries } = await read(about, last.text);
    const tell: Tell<Command>[] = [];
    const wake: Wake<Alarm>[] = [];
    const parties: string[] = [];
    for (const entry of entries) {
      if (entry.does === 'leaves') await withdraw(about, entry);
      if (entry.does !== 'joins' || entry.ticket === undefined) continue;
      const { guests, partyId } = await enlist(about, actor, entry, entry.ticket);
      if (partyId === undefined) continue;
      parties.push(partyId);
      const moved = await moveUp(about, said.fromChain, partyId);
      wake.push(...moved.wake);
      tell.push(...moved.tell, ...toldOf(about, actor, guests));
    }
    const moved = await moveUp(about, said.fromChain);
    await db.chain.update({ where: { id: last.id }, data: { doneAt: now } });
    const people = await db.attendee.findMany({
      where: { partyId: { in: parties } },
      orderBy: { id: 'asc' },
    });
    return {
      to: 'open',
      reply: said.taken(c, e, people, entries),
      because: said.rows(entries),
      tell: [...tell, ...moved.tell],
      wake: [...wake, ...moved.wake, relist(about)],
    };
  },
});

/** Puts those of a row on the list who are not there yet; the first of them answers for the others. */
const enlist = async (about: About, actor: Actor, entry: Entry, ticket: TicketKind) => {
  const there = await onTheList(about, entry.guests);
  const isThere = (guest: Guest) =>
    there.some((one) =>
      guest.personId === null
        ? one.nameKey === normalise(guest.name) && one.parkId === guest.parkId
        : one.personId === guest.personId,
    );
  const guests = entry.guests.filter((guest) => !isThere(guest));
  if (guests.length === 0) return { guests, partyId: undefined };
  const byId = entry.guests[0]?.personId ?? actor.id;
  const party = await addParty(about, guests, { byId, ticket, atLeast: 1, admitted: true });
  return { guests, partyId: party.id };
};

const withdraw = async (about: About, { guests }: Entry): Promise<void> => {
  const there = await onTheList(about, guests);
  if (there.length > 0) await leaveList(about, there, said.leftByChain);
};

const toldOf = ({ case: c, subject: e, calendar }: About, actor: Actor, guests: readonly Guest[]) =>
  guests.flatMap((guest): Tell<Command>[] =>
    guest.personId === null || guest.personId === actor.id
      ? []
      : [{ to: person(guest.personId), say: said.wasTakenOver(c, e, calendar), choices: ['leave', 'queue'] }],
  );

export const dropChain = event.command({
  title: { zh: '不登记', en: 'Drop the chain' },
  words: { zh: ['不登记接龙'], en: ['drop-chain', 'drop chain'] },
  from: ['open', 'shut'],
  to: ['open', 'shut'],
  by: organizer,
  aside: true,
  run: async (about) => {
    const last = await lastChain(about);
    if (!last) return { refuse: said.nothingToTake(about.case) };
    await about.db.chain.update({ where: { id: last.id }, data: { doneAt: about.now } });
    return { to: about.case.state, reply: said.dropped(about.case) };
  },
});

/** The list as a chain to be pasted into a group. */
const written = async ({ db, case: c, subject: e, calendar }: About): Promise<Text> => {
  const parties = await db.party.findMany({
    where: { eventId: c.id, attendees: { some: { status: { in: ['going', 'held', 'waiting'] } } } },
    orderBy: { number: 'asc' },
    include: {
      attendees: { where: { status: { in: ['going', 'held', 'waiting'] } }, orderBy: { id: 'asc' } },
    },
  });
  const parks = new Map((await db.park.findMany()).map((one) => [one.id, one]));
  const rows = (language: 'zh' | 'en') =>
    parties
      .flatMap((one) => one.attendees)
      .toSorted((a, b) => Number(a.status === 'waiting') - Number(b.status === 'waiting'))
      .map(({ name, parkId, status }) => {
        const park = parkId === null ? undefined : parks.get(parkId);
        return {
          name,
          park: park ? (language === 'zh' ? park.nameZh : park.nameEn) : null,
          companions: 0,
          mark: status === 'waiting' || status === 'held' ? status : ('going' as const),
        };
      });
  const head = said.heading(c, e, calendar);
  return {
    zh: writeChain({ title: head.title, lines: [head.time.zh] }, rows('zh'), 'zh'),
    en: writeChain({ title: head.title, lines: [head.time.en] }, rows('en'), 'en'),
  };
};
