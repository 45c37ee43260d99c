/** Somebody has themselves deleted: what only they can end is ended first, their places go to the next in the line. */
import { type Actor, anyone } from '../../core/people.js';
import { yesNo } from '../../core/questions.js';
import { room, type Told, type World } from '../../core/workflow.js';
import type { Db } from '../../database.js';
import { erasePerson } from '../../people/erase.js';
import { account } from './header.js';
import * as said from './privacy-messages.js';

type Acting = World & { readonly actor: Actor };

export const erase = account.free({
  title: { zh: '删除我', en: 'Delete me' },
  words: { zh: ['删除我', '注销', '删除我的信息'], en: ['delete-me', 'delete me'] },
  by: anyone,
  aside: true,
  reads: true,
  run: async ({ db, actor, now }) => {
    const open = await toBeEnded(db, actor.id, now);
    if (open.length > 0) return { refuse: said.endTheseFirst(open) };
    return { reply: said.whatGoes(await offices(db, actor)), choices: ['eraseNow' as const] };
  },
});

export const eraseNow = account.free({
  title: { zh: '确认删除', en: 'Delete everything' },
  words: { zh: ['确认删除'], en: ['delete-everything', 'delete everything'] },
  by: anyone,
  aside: true,
  style: 'danger',
  follows: 'erase',
  namedTo: 'nobody',
  ask: {
    sure: yesNo({
      label: { zh: '确认', en: 'Sure' },
      ask: {
        zh: '确定删除您的全部信息吗？删除后无法恢复。',
        en: 'Do you really want all of it deleted? It cannot be undone.',
      },
    }),
  },
  run: async ({
    args,
    ...world
  }): Promise<Told<never> | { refuse: ReturnType<typeof said.endTheseFirst> }> => {
    const { db, actor, now } = world;
    if (!args.sure) return { refuse: said.nothingDeleted };
    const open = await toBeEnded(db, actor.id, now);
    if (open.length > 0) return { refuse: said.endTheseFirst(open) };
    const left = await offices(db, actor);
    const tasks = await openTasks(db, actor.id);
    const events = await giveUpPlaces(world);
    await erasePerson(db, actor.id, now);
    return {
      reply: said.isErased,
      tell:
        left.seats.length + left.alternateOf.length + left.roles.length + tasks.length > 0
          ? [
              {
                to: room('secretariat'),
                say: said.isVacant(
                  left,
                  tasks.map((one) => one.ref),
                ),
              },
            ]
          : [],
      ring: events.flatMap((caseId) => [
        { caseId, alarm: 'event.placeFreed' },
        { caseId, alarm: 'event.listing' },
      ]),
    };
  },
});

/** What others wait for them in, and what would hang in the air without them. */
const toBeEnded = async (db: Db, personId: string, now: Date): Promise<readonly said.Open[]> => {
  const of = async (what: said.Open['what'], where: object): Promise<readonly said.Open[]> => {
    const rows = await db.case.findMany({
      where: { closedAt: null, ...where },
      orderBy: { openedAt: 'asc' },
      select: { ref: true },
    });
    return rows.map(({ ref }) => ({ what, ref }));
  };
  return [
    ...(await of('application', {
      application: { applicantId: personId },
      state: { notIn: ['active', 'left'] },
    })),
    ...(await of('event', { event: { hostId: personId, endsAt: { gt: now } } })),
    ...(await of('appointment', {
      appointment: { OR: [{ askerId: personId }, { askedId: personId }] },
      state: { in: ['requested', 'agreed'] },
    })),
  ];
};

const offices = async (db: Db, { id, roles }: Actor): Promise<said.Offices> => {
  const held = await db.seat.findMany({
    where: { holderId: id },
    orderBy: { key: 'asc' },
    select: { key: true },
  });
  const stood = await db.alternate.findMany({
    where: { personId: id },
    select: { seat: { select: { key: true } } },
  });
  return {
    seats: held.map((one) => one.key),
    alternateOf: stood.map((one) => one.seat.key),
    roles: roles.filter((one) => one !== 'contact'),
  };
};

const openTasks = (db: Db, personId: string) =>
  db.case.findMany({
    where: { closedAt: null, task: { ownerId: personId } },
    orderBy: { openedAt: 'asc' },
    select: { ref: true },
  });

/** Leaves all lists of what has not ended; returns those events. Colleagues whom they signed up stay on them. */
const giveUpPlaces = async ({ db, actor, now }: Acting): Promise<readonly string[]> => {
  const own = await db.attendee.findMany({
    where: { personId: actor.id, status: { not: 'out' }, event: { endsAt: { gt: now } } },
    select: { id: true, eventId: true, partyId: true, name: true },
  });
  for (const { id, partyId, name } of own) {
    await db.attendee.updateMany({
      where: { OR: [{ id }, { partyId, personId: null, name: { startsWith: `${name}+` } }] },
      data: { status: 'out', changedAt: now, heldUntil: null },
    });
    const left = await db.attendee.findMany({
      where: { partyId, status: { not: 'out' } },
      orderBy: { id: 'asc' },
      select: { personId: true },
    });
    const next = left.find((one) => one.personId !== null)?.personId;
    await db.party.updateMany({
      where: { id: partyId },
      data: { atLeast: 1, ...(next && { byId: next }) },
    });
  }
  return [...new Set(own.map((one) => one.eventId))];
};
