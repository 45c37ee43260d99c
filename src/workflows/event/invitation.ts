/** People are asked to come: each answers for themselves, and changes their mind as they like. */
import type { Calendar } from '../../core/calendar.js';
import { normalise } from '../../core/normalise.js';
import type { Actor } from '../../core/people.js';
import { choice, inline, number, optional } from '../../core/questions.js';
import { joinTexts, same } from '../../core/text.js';
import { person, type Refusal, type Tell, type Wake } from '../../core/workflow.js';
import type { Db } from '../../database.js';
import { type Found, findPerson } from '../../people/find.js';
import { comers } from '../appointment/people.js';
import { readAsked } from './asked.js';
import {
  type About,
  type Alarm,
  announced,
  before,
  type Command,
  event,
  everybody,
  organizer,
} from './header.js';
import { chosenTicket, ticketKinds, ticketNames } from './kinds.js';
import { leaveList, ownPlaces, stepBack, withCompanions } from './leave.js';
import { holdPlaces } from './line.js';
import * as said from './messages/invitation.js';
import { nameQuestion, whoQuestion } from './questions.js';
import { register } from './sign-up.js';

// Working days before sign-up ends on which those who have not made up their minds are asked again.
const nudgeDays = [3, 1] as const;
// Who has only just been asked is given a day.
const newsForMs = 24 * 3600 * 1000;

const workdaysBefore = (at: Date, count: number, calendar: Calendar): Date =>
  count === 0 ? at : workdaysBefore(calendar.lastWorkdayBefore(at), count - 1, calendar);

/** When those who have not made up their minds are asked next; nothing once it is too late for it. */
export const nudge = (now: Date, cutOffAt: Date, calendar: Calendar): readonly Wake<Alarm>[] => {
  const at = nudgeDays
    .map((days) => workdaysBefore(cutOffAt, days, calendar))
    .find((day) => day.getTime() > now.getTime() + newsForMs);
  return at === undefined ? [] : [{ alarm: 'rsvp', at, unlessSet: true }];
};

/** A park means its contact; whoever holds its seat may be somebody else. */
const findInvited = async (db: Db, words: string): Promise<Found> => {
  const contacts = await db.person.findMany({
    where: { guest: false, park: { isNot: null }, roles: { some: { role: 'contact' } } },
    orderBy: { id: 'asc' },
    select: {
      id: true,
      name: true,
      language: true,
      parkId: true,
      park: { select: { nameZh: true, nameEn: true } },
    },
  });
  const wanted = normalise(words);
  const [first, ...others] = contacts.filter(
    ({ park }) => park && [park.nameZh, park.nameEn].map(normalise).includes(wanted),
  );
  if (!first) return findPerson(db, words);
  return others.length === 0
    ? { kind: 'one', person: first }
    : { kind: 'several', people: [first, ...others] };
};

export const invite = event.command({
  title: { zh: '邀请', en: 'Invite' },
  words: { zh: ['邀请', '发邀请'], en: ['invite'] },
  from: ['open'],
  to: ['open'],
  by: organizer,
  aside: true,
  namedTo: 'insiders',
  ask: {
    whom: {
      ...nameQuestion,
      ask: {
        zh: '邀请哪几位？请写姓名或园区，几位用顿号隔开。',
        en: 'Whom do you invite? Names or parks, with commas in between.',
      },
    },
    ticket: optional(
      choice({
        label: { zh: '名额种类', en: 'Kind of place' },
        ask: {
          zh: '以什么身份参加？（不分种类请跳过）',
          en: 'In what capacity? (skip if it makes no difference)',
        },
        options: ticketKinds,
      }),
    ),
    companions: optional(
      number({
        label: { zh: '可带人数', en: 'Companions' },
        ask: {
          zh: '每位可以另带几人？（不带请跳过）',
          en: 'How many may each of them bring? (skip for nobody)',
        },
        min: 0,
        max: 9,
      }),
    ),
  },
  run: async (about) => {
    const { db, args, actor, case: c, subject: e, now, calendar } = about;
    // Of a kind that nobody can sign up for, places are by invitation alone, within the seats in all.
    const ticket = args.ticket ?? chosenTicket(e, null);
    if (ticket === undefined) return { refuse: said.noSuchTicket(c, e) };
    const invited: said.Invited[] = [];
    const tell: Tell<Command>[] = [];
    for (const name of new Set(args.whom.split('、'))) {
      const found = await findInvited(db, name);
      if (found.kind !== 'one') {
        invited.push({ name, outcome: found.kind === 'none' ? 'unknown' : 'several' });
        continue;
      }
      const { id: personId, name: fullName } = found.person;
      const { count } = await db.invitation.createMany({
        data: [
          { eventId: c.id, personId, ticket, companions: args.companions ?? 0, byId: actor.id, at: now },
        ],
        skipDuplicates: true,
      });
      if (count === 0) {
        invited.push({ name: fullName, outcome: 'already' });
        continue;
      }
      const accounts = await db.identity.count({ where: { personId } });
      invited.push({ name: fullName, outcome: accounts > 0 ? 'asked' : 'noAccount' });
      const companions = args.companions ?? 0;
      tell.push({
        to: person(personId),
        say: said.pleaseCome(c, e, { by: actor.name, ticket, companions, calendar }),
        choices: ['coming', 'notComing', 'maybe'],
      });
    }
    if (tell.length === 0) return { refuse: said.invitedNobody(invited) };
    return {
      to: 'open',
      reply: said.areInvited(c, e, invited),
      choices: ['invitations'],
      because: joinTexts(
        invited.filter(wasAsked).map((one) => same(one.name)),
        { zh: '、', en: ', ' },
      ),
      tell,
      wake: nudge(now, e.cutOffAt, calendar),
    };
  },
});

const wasAsked = ({ outcome }: said.Invited): boolean => outcome === 'asked' || outcome === 'noAccount';

type Answering = About & { readonly actor: Actor };

const invitationOf = ({ db, case: c, actor }: Answering) =>
  db.invitation.findUnique({ where: { eventId_personId: { eventId: c.id, personId: actor.id } } });

const answered = ({ db, case: c, actor, now }: Answering, answer: 'yes' | 'no' | 'maybe'): Promise<unknown> =>
  db.invitation.update({
    where: { eventId_personId: { eventId: c.id, personId: actor.id } },
    data: { answer, answeredAt: now },
  });

/** Takes the way of every sign-up; whoever is invited needs no approval. */
export const coming = event.command({
  title: { zh: '应邀参加', en: 'I am coming' },
  words: { zh: ['应邀', '应邀参加', '参加'], en: ['coming'] },
  from: ['open'],
  to: ['open'],
  by: everybody,
  style: 'primary',
  lock: 'shared',
  aside: true,
  namedTo: 'insiders',
  ask: { who: inline(whoQuestion) },
  run: async (about) => {
    const { db, args, actor, case: c, subject: e, now, calendar } = about;
    const invitation = await invitationOf(about);
    if (!invitation) return { refuse: said.notInvited(c, e) };
    if (now >= e.cutOffAt) return { refuse: said.isShut(c, e, calendar) };
    const asked = readAsked(args.who ?? '', ticketNames);
    if ('problem' in asked) throw new Error('an answer was stored that cannot be read');
    const others = asked.names.length + asked.companions;
    if (!asked.self || others > invitation.companions) {
      return { refuse: said.tooManyCompanions(c, invitation.companions) };
    }
    await answered(about, 'yes');
    await holdPlaces(db, c.id);
    const own = withCompanions(await ownPlaces(about, actor), actor);
    const mine = own.find((one) => one.personId === actor.id);
    if (mine?.status === 'held') {
      return {
        to: 'open',
        reply: said.isKeptForYou(c, e, mine.heldUntil, calendar),
        choices: ['accept', 'decline'],
      };
    }
    // What they asked the organizer for has been granted by the invitation.
    if (mine?.status === 'applied') await leaveList(about, own, said.invitedSince);
    if (mine?.status === 'going') {
      if (others === 0)
        return { to: 'open', reply: said.comesAlready(c, e, calendar), choices: ['notComing'] };
      if (own.length > 1) return { refuse: said.bringsAlready(c, own.slice(1)) };
      return register(about, { ...asked, self: false }, invitation.ticket, { invited: true });
    }
    const registered = await register(about, asked, invitation.ticket, { invited: true });
    if ('refuse' in registered || e.kind !== 'investment') return registered;
    const { reply } = registered;
    return {
      ...registered,
      // A question of the event’s own comes last.
      reply: 'next' in registered && registered.next !== undefined ? reply : said.withProfileHint(c, reply),
      choices: ['leave', 'profile', 'directory'],
    };
  },
});

export const notComing = event.command({
  title: { zh: '不能参加', en: 'I can’t come' },
  words: { zh: ['不能参加', '不参加', '婉谢'], en: ['not-coming', 'not coming'] },
  from: before,
  to: before,
  by: everybody,
  lock: 'shared',
  aside: true,
  namedTo: 'insiders',
  run: async (about) => {
    const { db, actor, case: c, subject: e } = about;
    const invitation = await invitationOf(about);
    await holdPlaces(db, c.id);
    const own = withCompanions(await ownPlaces(about, actor), actor);
    if (!invitation && own.length === 0) return { refuse: said.notInvited(c, e) };
    if (invitation) await answered(about, 'no');
    const reply = said.pity(c, e, invitation !== null);
    if (own.length === 0) return { to: c.state, reply, because: said.answers.no };
    const { names: _, ...stepped } = await stepBack(about, own);
    return { ...stepped, reply };
  },
});

export const maybe = event.command({
  title: { zh: '待定', en: 'Perhaps' },
  words: { zh: ['待定', '暂不确定'], en: ['maybe'] },
  from: before,
  to: before,
  by: everybody,
  lock: 'shared',
  aside: true,
  namedTo: 'insiders',
  run: async (about) => {
    const { db, actor, case: c, subject: e, now, calendar } = about;
    const invitation = await invitationOf(about);
    if (!invitation) return { refuse: said.notInvited(c, e) };
    await holdPlaces(db, c.id);
    const own = withCompanions(await ownPlaces(about, actor), actor);
    // After the cut-off nobody could take the place again, neither they nor somebody else.
    if (own.length > 0 && c.state !== 'open') return { refuse: said.hasPlace(c, e) };
    await answered(about, 'maybe');
    const stepped = own.length > 0 ? await stepBack(about, own) : { tell: [], wake: [] };
    return {
      to: c.state,
      reply: said.perhaps(c, e, own.length > 0, calendar),
      choices: c.state === 'open' ? (['coming', 'notComing'] as const) : [],
      because: said.answers.maybe,
      tell: stepped.tell,
      wake: [...stepped.wake, ...(c.state === 'open' ? nudge(now, e.cutOffAt, calendar) : [])],
    };
  },
});

const undecided = { OR: [{ answer: null }, { answer: 'maybe' as const }] };

/** Those who have said nothing, or “perhaps”, are asked again: twice at the most. */
export const rsvp = event.alarm({
  title: { zh: '已提醒受邀者答复', en: 'those invited were asked again' },
  kind: 'reminder',
  quiet: true,
  when: ['open'],
  to: ['open'],
  run: async ({ db, case: c, subject: e, now, calendar }) => {
    // Who has signed up without a word to the invitation has answered it, too.
    const there = await db.attendee.findMany({
      where: { eventId: c.id, status: { not: 'out' }, personId: { not: null } },
      select: { personId: true },
    });
    const asked = await db.invitation.findMany({
      where: {
        eventId: c.id,
        nudges: { lt: nudgeDays.length },
        at: { lt: new Date(now.getTime() - newsForMs / 2) },
        personId: { notIn: there.flatMap((one) => one.personId ?? []) },
        ...undecided,
      },
      orderBy: { at: 'asc' },
      select: { personId: true, answer: true },
    });
    const ids = asked.map((one) => one.personId);
    await db.invitation.updateMany({
      where: { eventId: c.id, personId: { in: ids } },
      data: { nudges: { increment: 1 } },
    });
    return {
      to: 'open',
      tell: asked.map(({ personId, answer }) => ({
        to: person(personId),
        say: said.pleaseAnswer(c, e, answer === 'maybe', calendar),
        choices: ['coming', 'notComing', 'maybe'],
      })),
      wake: nudge(now, e.cutOffAt, calendar),
    };
  },
});

/** Those who were invited and may still come. Who said yes is on the list, or has left it again. */
export const stillInvited = async ({ db, case: c }: About): Promise<readonly string[]> => {
  const rows = await db.invitation.findMany({
    where: { eventId: c.id, ...undecided },
    orderBy: { at: 'asc' },
    select: { personId: true },
  });
  return rows.map((one) => one.personId);
};

/** Whether somebody comes, or was asked to and may still say yes. */
export const isOfIt = async ({ db, case: c }: About, personId: string): Promise<boolean> =>
  (await comers(db, c.id, [personId])).has(personId) ||
  (await db.invitation.count({ where: { eventId: c.id, personId, ...undecided } })) > 0;

/** Everybody who was invited, and how they stand. */
export const readInvitations = async ({ db, case: c }: About): Promise<readonly said.InvitedRow[]> => {
  const rows = await db.invitation.findMany({ where: { eventId: c.id }, orderBy: { at: 'asc' } });
  const ids = rows.map((one) => one.personId);
  const people = await db.person.findMany({
    where: { id: { in: ids } },
    select: { id: true, name: true, park: { select: { nameZh: true, nameEn: true } } },
  });
  const places = await db.attendee.findMany({
    where: { eventId: c.id, personId: { in: ids }, status: { not: 'out' } },
    select: { personId: true, status: true },
  });
  return rows.flatMap(({ personId, ticket, answer, answeredAt }): said.InvitedRow[] => {
    const who = people.find((each) => each.id === personId);
    const place = places.find((each) => each.personId === personId)?.status;
    return who ? [{ who, ticket, standing: standingOf(answer, place), answeredAt }] : [];
  });
};

export const invitations = event.reading({
  title: { zh: '邀请名单', en: 'Invitations' },
  words: { zh: ['邀请名单'], en: ['invitations'] },
  from: announced,
  by: organizer,
  aside: true,
  run: async (about): Promise<Refusal | { readonly reply: said.Reply }> => {
    const { case: c, subject: e } = about;
    const rows = await readInvitations(about);
    if (rows.length === 0) return { refuse: said.nobodyInvited(c, e) };
    return { reply: said.listOfInvitations(c, e, rows) };
  },
});

/** Who said yes and has given the place up since does not come. */
const standingOf = (
  answer: 'yes' | 'no' | 'maybe' | null,
  place: 'applied' | 'waiting' | 'held' | 'going' | 'out' | undefined,
): said.Standing => {
  if (place === 'going') return 'yes';
  if (place !== undefined) return 'waits';
  if (answer === 'yes') return 'no';
  return answer ?? 'silent';
};
