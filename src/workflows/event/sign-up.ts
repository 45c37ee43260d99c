/** People sign up, for themselves and for colleagues, and step back. */
import type { Message } from '../../core/message.js';
import { normalise } from '../../core/normalise.js';
import type { Actor } from '../../core/people.js';
import { inline } from '../../core/questions.js';
import { joinTexts, same, type Text } from '../../core/text.js';
import { person, type Refusal, type Tell, type Wake } from '../../core/workflow.js';
import { type Asked, readAsked } from './asked.js';
import { type About, type Alarm, announced, before, type Command, event, everybody } from './header.js';
import { type TicketKind, ticketKinds, ticketNames, ticketOrder } from './kinds.js';
import {
  holdPlaces,
  type Joined,
  joinLine,
  type Moved,
  moveUp,
  neverFits,
  waitOf,
  waitWhenFull,
} from './line.js';
import * as said from './messages/sign-up.js';
import { thenAsk } from './own-questions.js';
import { nameQuestion, whoQuestion } from './questions.js';
import type { Wait } from './seating.js';
import { giveAtDoor } from './standby.js';
import { type Guest, guestsOf, isOrganizer } from './who.js';

/** The list in the members’ rooms is said anew a minute after it was said last, at the earliest. */
const listEveryMs = 60_000;
const listSoonMs = 5_000;

/** Has the list brought up to date soon, not in the night. */
export const relist = ({ subject: e, now, calendar }: About): Wake<Alarm> => {
  const due = Math.max(now.getTime() + listSoonMs, (e.listedAt?.getTime() ?? 0) + listEveryMs);
  return { alarm: 'listing', at: calendar.outOfQuiet(new Date(due)), unlessSet: true };
};

const self: Asked = { self: true, names: [], companions: 0, ticket: null, take: 'any' };

const heardAs = (who: string | null): Asked => {
  const asked = who === null ? self : readAsked(who, ticketNames);
  if ('problem' in asked) throw new Error('a sign-up was stored that cannot be read');
  return asked;
};

export const chosenTicket = (e: About['subject'], wanted: string | null): TicketKind | undefined => {
  const kinds = ticketOrder.filter((kind) => e.tickets.some((one) => one.kind === kind));
  return wanted === null ? kinds[0] : kinds.find((kind) => kind === wanted);
};

export const signUp = event.command({
  title: { zh: '报名', en: 'Sign up' },
  words: { zh: ['报名', '+1'], en: ['sign-up', 'sign up', 'rsvp'] },
  from: ['open'],
  to: ['open'],
  by: everybody,
  style: 'primary',
  lock: 'shared',
  aside: true,
  namedTo: 'insiders',
  ask: { who: inline(whoQuestion) },
  run: async (about) => {
    const { args, case: c, subject: e, now, calendar } = about;
    if (now >= e.cutOffAt) return { refuse: said.isShut(c, e, calendar) };
    const asked = heardAs(args.who);
    const ticket = chosenTicket(e, asked.ticket);
    if (ticket === undefined) return { refuse: said.noSuchTicket(c, e) };
    return register(about, asked, ticket);
  },
});

type Registering = About<'open'> & { readonly actor: Actor };

/** A sign-up as the commands and the chains make it. Whoever was invited needs no approval. */
export const register = async (
  about: Registering,
  asked: Asked,
  ticket: TicketKind,
  { invited = false }: { readonly invited?: boolean } = {},
) => {
  const { db, actor, case: c, subject: e, calendar } = about;
  const found = await guestsOf(db, actor, asked, isOrganizer(actor, c));
  if ('refuse' in found) return found;
  const { guests } = found;
  await holdPlaces(db, c.id);
  const there = await onTheList(about, guests);
  if (there.length > 0) return again(about, guests, there);

  const admitted =
    invited || e.admission === 'everyone' || (e.admission === 'members' && guests.every(isOfPark));
  const parties: NewParty[] = [];
  const moves: Moved[] = [];
  for (const own of partiesOf(asked, guests)) {
    const atLeast = leastOf(asked, own.length);
    const parkId = own[0]?.parkId ?? null;
    if (asked.take !== 'any' && neverFits(about, { atLeast, ticket, parkId }))
      return { refuse: said.tooLarge(c, e) };
    const party = await addParty(about, own, { byId: actor.id, ticket, atLeast, admitted });
    parties.push(party);
    if (admitted && !party.foundFull) moves.push(await moveUp(about, said.arrival, party.id));
  }
  const people =
    moves.length === 0
      ? parties.flatMap((one) => one.people)
      : await db.attendee.findMany({
          where: { partyId: { in: parties.map((one) => one.id) } },
          orderBy: { id: 'asc' },
        });
  const going = people.filter((one) => one.status === 'going');
  const waiting = people.find((one) => one.status === 'waiting');
  const names = same(guests.map((one) => one.name).join('、'));
  const reply = admitted
    ? said.signedUp(c, e, {
        people,
        wait: waiting && (await firstWait(about, parties, waiting.partyId)),
        calendar,
        own: asked.self && guests.length === 1,
      })
    : said.applied(c, e, guests.length);
  const isOwn = guests.some((one) => one.personId === actor.id);
  return {
    to: 'open' as const,
    ...(isOwn && e.questions.length > 0 ? await thenAsk(about, actor.id, reply) : { reply }),
    choices: ['leave'] as const,
    because: joinTexts([names, said.standing(going.length, people.length, admitted)], { zh: '：', en: ': ' }),
    tell: [
      ...moves.flatMap((one) => one.tell),
      ...toldOf(about, guests),
      ...(admitted ? [] : [askOrganizer(about, guests)]),
    ],
    wake: [...moves.flatMap((one) => one.wake), relist(about)],
  };
};

type NewParty = Joined & {
  /** As they joined. */
  readonly people: readonly {
    readonly name: string;
    readonly partyId: string;
    readonly status: 'going' | 'waiting' | 'applied';
  }[];
};

/** Who finds the event full waits behind all who wait. */
const firstWait = async (about: About, parties: readonly NewParty[], partyId: string): Promise<Wait> => {
  const party = parties.find((one) => one.id === partyId);
  return party?.foundFull && about.subject.policy === 'queue'
    ? { kind: 'full', ahead: party.foundWaiting }
    : waitOf(about, partyId);
};

/** Those who come one by one count against their own parks; a group stays together. */
const partiesOf = ({ take }: Asked, guests: readonly Guest[]): readonly (readonly Guest[])[] => {
  if (take !== 'any') return [guests];
  const parks = [...new Set(guests.map((one) => one.parkId))];
  return parks.map((parkId) => guests.filter((one) => one.parkId === parkId));
};

/** Puts people on the list who are signed up together, at the end of the line. The caller holds the places. */
export const addParty = async (
  about: About,
  guests: readonly Guest[],
  {
    byId,
    ticket,
    atLeast,
    admitted,
  }: {
    readonly byId: string;
    readonly ticket: TicketKind;
    readonly atLeast: number;
    readonly admitted: boolean;
  },
): Promise<NewParty> => {
  const status = admitted ? ('waiting' as const) : ('applied' as const);
  const joined = await joinLine(about, {
    byId,
    parkId: guests[0]?.parkId ?? null,
    ticket,
    atLeast,
    status,
    because: admitted ? said.inLine : said.toBeApproved,
    people: guests,
  });
  return { ...joined, people: guests.map(({ name }) => ({ name, partyId: joined.id, status })) };
};

const isOfPark = (guest: Guest): boolean => guest.parkId !== null;

const leastOf = ({ take }: Asked, size: number): number =>
  take === 'all' ? size : take === 'any' ? 1 : Math.min(take, size);

/** Colleagues who have an account hear that they were signed up. */
const toldOf = ({ actor, case: c, subject: e, calendar }: Registering, guests: readonly Guest[]) =>
  guests.flatMap((guest): Tell<Command>[] =>
    guest.personId === null || guest.personId === actor.id
      ? []
      : [
          {
            to: person(guest.personId),
            say: said.wasSignedUp(c, e, actor.name, calendar),
            choices: ['leave'],
          },
        ],
  );

const askOrganizer = (
  { actor, case: c, subject: e }: Registering,
  guests: readonly Guest[],
): Tell<Command> => ({
  to: person(e.hostId),
  say: said.pleaseDecide(
    c,
    e,
    actor.name,
    guests.map((one) => one.name),
  ),
  choices: ['admit', 'turnDown'],
});

/** Those of them who are on the list already. */
export const onTheList = ({ db, case: c }: About, guests: readonly Guest[]) =>
  db.attendee.findMany({
    where: {
      eventId: c.id,
      status: { not: 'out' },
      OR: guests.map(({ personId, name, parkId }) =>
        personId === null ? { nameKey: normalise(name), parkId, personId: null } : { personId },
      ),
    },
    orderBy: { id: 'asc' },
  });
type There = Awaited<ReturnType<typeof onTheList>>[number];

/** Who signs up once more is told where they stand; when places go to who asks first, they are asking. */
const again = async (about: Registering, guests: readonly Guest[], there: readonly There[]) => {
  const { db, case: c, subject: e, calendar } = about;
  const [first] = there;
  if (!first || guests.length > 1 || first.status !== 'waiting') {
    return { refuse: said.onTheListAlready(c, e, there, calendar) };
  }
  const full = await waitWhenFull(about, first.partyId);
  if (full) return { refuse: said.stillWaits(c, e, first, full) };
  const moved = await moveUp(about, said.arrival, first.partyId);
  const now = await db.attendee.findUniqueOrThrow({ where: { id: first.id } });
  if (now.status !== 'going') {
    return { refuse: said.stillWaits(c, e, now, await waitOf(about, first.partyId)) };
  }
  return {
    to: 'open' as const,
    reply: said.signedUp(c, e, { people: [now], wait: undefined, calendar, own: true }),
    because: said.arrival,
    tell: moved.tell,
    wake: [...moved.wake, relist(about)],
  };
};

/** Whose place somebody may give up: their own, those they signed up, and an organizer anybody’s. */
export const ownPlaces = ({ db, case: c }: About, actor: Actor) =>
  db.attendee.findMany({
    where: {
      eventId: c.id,
      status: { not: 'out' },
      ...(!isOrganizer(actor, c) && { OR: [{ personId: actor.id }, { party: { byId: actor.id } }] }),
    },
    orderBy: { id: 'asc' },
    include: { party: true },
  });
type OwnPlace = Awaited<ReturnType<typeof ownPlaces>>[number];

/** One’s own place, with those who only come along. */
export const withCompanions = (places: readonly OwnPlace[], actor: Actor): readonly OwnPlace[] => {
  const own = places.filter((one) => one.personId === actor.id);
  const isAlong = (one: OwnPlace) =>
    one.personId === null &&
    own.some(
      (me) =>
        (me.partyId === one.partyId || one.party.byId === actor.id) && one.name.startsWith(`${me.name}+`),
    );
  return [...own, ...places.filter(isAlong)];
};

export const leave = event.command({
  title: { zh: '取消报名', en: 'Give up my place' },
  words: { zh: ['取消报名', '退出报名'], en: ['leave', 'cancel sign-up', 'cancel sign up'] },
  from: ['open', 'shut', 'running'],
  to: ['open', 'shut', 'running'],
  by: everybody,
  lock: 'shared',
  aside: true,
  heardWith: 'signUp',
  namedTo: 'insiders',
  ask: { who: inline(nameQuestion) },
  run: async (about) => {
    const { db, args, actor, case: c, subject: e } = about;
    const names = args.who === null ? [] : args.who.split('、').map(normalise);
    await holdPlaces(db, c.id);
    const places = await ownPlaces(about, actor);
    const own =
      names.length > 0 ? places.filter((one) => names.includes(one.nameKey)) : withCompanions(places, actor);
    if (own.length === 0) {
      const mine = places.filter((one) => one.party.byId === actor.id || one.personId === actor.id);
      return {
        refuse: said.notOnTheList(
          c,
          e,
          mine.map((one) => one.name),
        ),
      };
    }
    const { names: left, ...stepped } = await stepBack(about, own);
    return { ...stepped, reply: said.hasLeft(c, e, left) };
  },
});

/** Gives places up that somebody may give up, and lets others have them. The caller holds the places. */
export const stepBack = async <S extends 'open' | 'shut' | 'running'>(
  about: About<S> & { readonly actor: Actor },
  own: readonly OwnPlace[],
) => {
  const { actor, case: c, subject: e, now } = about;
  const names = own.map((one) => one.name);
  await leaveList(about, own, { zh: `${actor.name}取消报名`, en: `${actor.name} gave it up` });
  const moved =
    c.state === 'open' ? await moveUp(about, said.somebodyLeft) : { tell: await giveAtDoor(about), wake: [] };
  return {
    to: c.state,
    names,
    because: same(names.join('、')),
    tell: [
      ...moved.tell,
      ...own.flatMap((one): Tell<Command>[] =>
        one.personId === null || one.personId === actor.id
          ? []
          : [{ to: person(one.personId), say: said.wasTakenOff(c, e, actor.name) }],
      ),
    ],
    wake: [...moved.wake, ...(c.state === 'open' && now < e.cutOffAt ? [relist(about)] : [])],
  };
};

/** Takes people off the list. What is left of a group that comes as a whole still comes. */
export const leaveList = async (
  { db, now }: About,
  people: readonly { readonly id: bigint; readonly partyId: string }[],
  because: Text,
): Promise<void> => {
  await db.attendee.updateMany({
    where: { id: { in: people.map((one) => one.id) } },
    data: { status: 'out', because, changedAt: now, heldUntil: null },
  });
  for (const partyId of new Set(people.map((one) => one.partyId))) {
    const left = await db.attendee.count({ where: { partyId, status: { not: 'out' } } });
    await db.party.updateMany({
      where: { id: partyId, atLeast: { gt: Math.max(1, left) } },
      data: { atLeast: Math.max(1, left) },
    });
  }
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
    select: { name: true, status: true, parkId: true, ticket: true },
  });
  const parks = await db.park.findMany({
    where: { id: { in: [...new Set(people.flatMap((one) => one.parkId ?? []))] } },
  });
  const parkNames = new Map(parks.map((one) => [one.id, { zh: one.nameZh, en: one.nameEn }]));
  const usual = chosenTicket(e, null);
  const lines = said.listed(
    people.map((one) => ({
      name: one.name,
      status: one.status,
      park: one.parkId === null ? undefined : parkNames.get(one.parkId),
      ticket: one.ticket === usual ? undefined : ticketKinds[one.ticket],
    })),
  );
  const cut = shown === 'end' && lines.length > longestList ? lines.length - longestList : 0;
  return said.list(c, e, { lines: lines.slice(cut), left: cut, people, calendar });
};

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
