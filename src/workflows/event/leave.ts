/** People step back: their own places, and those that are theirs to give up. */
import { normalise } from '../../core/normalise.js';
import type { Actor } from '../../core/people.js';
import { inline } from '../../core/questions.js';
import { same, type Text } from '../../core/text.js';
import { person, type Tell } from '../../core/workflow.js';
import { type About, type Command, event, everybody } from './header.js';
import { holdPlaces, moveUp } from './line.js';
import * as said from './messages/sign-up.js';
import { nameQuestion } from './questions.js';
import { relist } from './roster.js';
import { giveAtDoor } from './standby.js';
import { isOrganizer } from './who.js';

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
