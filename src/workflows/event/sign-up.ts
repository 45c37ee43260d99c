/** People sign up, for themselves and for colleagues. */
import { normalise } from '../../core/normalise.js';
import type { Actor } from '../../core/people.js';
import { inline } from '../../core/questions.js';
import { joinTexts, same } from '../../core/text.js';
import { person, type Tell } from '../../core/workflow.js';
import { type Asked, readAsked } from './asked.js';
import { type About, type Command, event, everybody } from './header.js';
import { chosenTicket, type TicketKind, ticketNames } from './kinds.js';
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
import { whoQuestion } from './questions.js';
import { relist } from './roster.js';
import type { Wait } from './seating.js';
import { type Guest, guestsOf, isOrganizer } from './who.js';

const self: Asked = { self: true, names: [], companions: 0, ticket: null, take: 'any' };

const heardAs = (who: string | null): Asked => {
  const asked = who === null ? self : readAsked(who, ticketNames);
  if ('problem' in asked) throw new Error('a sign-up was stored that cannot be read');
  return asked;
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
