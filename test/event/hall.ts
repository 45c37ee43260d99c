/** An event with a real desk on a real database, without networks: people of several parks sign up for it. */
import { DateTime } from 'luxon';
import type { Links } from '../../src/core/links.js';
import { type Desk, openDesk } from '../../src/desk/desk.js';
import { loadParts } from '../../src/desk/load.js';
import { advance } from '../../src/jobs/advance.js';
import { type Database, openDatabase } from '../../src/store/database.js';
import event from '../../src/workflows/event/workflow.js';
import { workflows } from '../../src/workflows/index.js';
import { freshDatabase } from '../database.js';
import { answered, lastPost, type Someone, says, silent, textsTo, zone } from '../desk/workshop.js';
import { testLinks } from '../links.js';
import { testVault } from '../vault.js';

export type Guest = Someone & { readonly personId: string; readonly parkId: string | null };

export type EventAsked = {
  readonly capacity: number | null;
  readonly policy?: 'queue' | 'bestFit' | 'parkTurns' | 'provinceTurns';
  readonly perPark?: number;
  readonly tickets?: readonly {
    readonly kind: 'delegate' | 'speaker' | 'online';
    readonly quota: number | null;
  }[];
  /** Days from now to the start; sign-up ends an hour before. */
  readonly inDays?: number;
};

const provinces = ['江西', '浙江', '浙江', '四川'];
export const at = (local: string): Date => DateTime.fromISO(local, { zone }).toJSDate();
const fixed = (kind: number, number: number): string =>
  `00000000-0000-7000-8${kind}00-${String(number).padStart(12, '0')}`;

export type Hall = {
  readonly database: Database;
  readonly desk: Desk;
  readonly officer: Guest;
  readonly guests: readonly Guest[];
  readonly eventId: string;
  readonly now: () => Date;
  /** Says something in a direct conversation and returns what is answered there. */
  readonly talk: (who: Someone, text: string) => Promise<readonly string[]>;
  /** Lets time go on to that moment, and rings what falls due. */
  readonly passTo: (time: Date) => Promise<void>;
  readonly end: () => Promise<void>;
};

/** Opens the sign-up for W-1 at 10:00 on Monday, 23 November 2026. Every fifth guest is of no park. */
export const openHall = async (
  people: number,
  asked: EventAsked,
  links: Links = testLinks(),
): Promise<Hall> => {
  const fresh = await freshDatabase();
  const database = openDatabase(fresh.url, 8);
  let now = at('2026-11-23T10:00');
  const clock = {
    now: () => now,
    moveTo: async (time: Date) => {
      now = time;
    },
  };
  await database.alliance.create({
    data: { nameZh: '联盟', nameEn: 'Alliance', timezone: zone, settings: {}, importedAt: now },
  });
  await database.park.createMany({
    data: provinces.map((province, number) => ({
      id: fixed(1, number),
      key: `park-${number}`,
      nameZh: `园区${number + 1}`,
      nameEn: `Park ${number + 1}`,
      province,
      specialties: [],
      joinedAt: now,
    })),
  });
  const guestAt = (number: number): Guest => ({
    channel: number % 2 === 0 ? 'wechat' : 'slack',
    account: number % 2 === 0 ? '' : 'T01',
    id: number % 2 === 0 ? `wx-${number}` : `U${number}`,
    name: `宾客${number}`,
    personId: fixed(2, number),
    parkId: number % 5 === 4 ? null : fixed(1, number % 5),
  });
  const officer: Guest = { ...guestAt(1), id: 'U0', name: '秘书', personId: fixed(3, 0), parkId: null };
  const guests = Array.from({ length: people }, (_, number) => guestAt(number + 2));
  const all = [officer, ...guests];
  await database.person.createMany({
    data: all.map((one) => ({
      id: one.personId,
      key: one.id,
      name: one.name,
      language: 'zh' as const,
      parkId: one.parkId,
      createdAt: now,
    })),
  });
  await database.identity.createMany({
    data: all.map(({ channel, account, id, personId }) => ({ channel, account, externalId: id, personId })),
  });
  await database.grant.create({ data: { personId: officer.personId, role: 'officer' } });

  const startsAt = DateTime.fromJSDate(now, { zone })
    .plus({ days: asked.inDays ?? 21, hours: 4 })
    .toJSDate();
  const desk = openDesk(await loadParts(database, workflows, testVault(), links), {
    database,
    clock,
    log: silent,
    onCommitted: () => undefined,
  });
  await database.caseCounter.create({ data: { prefix: event.prefix, last: 1 } });
  const { id: eventId } = await database.case.create({
    data: {
      workflow: event.id,
      ref: 'W-1',
      state: 'draft',
      openedBy: officer.personId,
      openedAt: now,
      changedAt: now,
      event: {
        create: {
          title: '陶瓷工作坊',
          kind: 'workshop',
          place: '一号厅',
          startsAt,
          endsAt: new Date(startsAt.getTime() + 3 * 3_600_000),
          cutOffAt: new Date(startsAt.getTime() - 3_600_000),
          hostId: officer.personId,
          capacity: asked.capacity,
          policy: asked.policy ?? 'queue',
          perPark: asked.perPark ?? null,
          questions: [],
          code: '4821',
          changedAt: now,
          tickets: { create: [...(asked.tickets ?? [{ kind: 'delegate' as const, quota: null }])] },
        },
      },
    },
  });
  const talk = async (who: Someone, text: string) => {
    const before = await lastPost(database);
    await answered(desk, says(who, text));
    return textsTo(database, who.id, before);
  };
  await talk(officer, '发布 W-1');
  return {
    database,
    desk,
    officer,
    guests,
    eventId,
    now: () => now,
    talk,
    passTo: async (time) => {
      await advance({ database, clock, desk }, time, async () => undefined);
    },
    end: async () => {
      await desk.idle();
      await database.$disconnect();
      await fresh.drop();
    },
  };
};
