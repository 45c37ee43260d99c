/** The door of an event and what follows it: who gives way to whom, who is asked what, whom the desk cannot reach. */
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import type { Limits, Taken } from '../../src/workflows/event/seating.js';
import { givingWay } from '../../src/workflows/event/standby.js';
import { contentOf, lastPost, textsTo } from '../desk/workshop.js';
import { at, type EventAsked, type Guest, type Hall, openHall } from './hall.js';

describe('who of the absent gives way', () => {
  const noLimits: Limits = { capacity: null, tickets: {}, perPark: null };
  const absent = [
    { name: 'first', ticket: 'delegate', parkId: 'a' },
    { name: 'second', ticket: 'delegate', parkId: 'b' },
    { name: 'third', ticket: 'online', parkId: 'b' },
  ];
  const taken = (...counts: readonly [string, string, number][]): Taken =>
    counts.map(([ticket, parkId, count]) => ({ ticket, parkId, province: null, count }));
  const names = (limits: Limits, now: Taken) => givingWay(limits, now, absent).map((one) => one.name);
  const all = taken(['delegate', 'a', 2], ['delegate', 'b', 1], ['online', 'b', 1]);

  test('nobody, while there is room for all', () => {
    expect(names({ ...noLimits, capacity: 4 }, all)).toEqual([]);
  });

  test('one for one, whoever signed up last', () => {
    expect(names({ ...noLimits, capacity: 3 }, all)).toEqual(['third']);
  });

  test('of a kind of place that is short, those who have such a one', () => {
    expect(names({ ...noLimits, tickets: { delegate: 2 } }, all)).toEqual(['second']);
  });

  test('of a park that has too many, its own people', () => {
    expect(names({ ...noLimits, perPark: 1 }, all)).toEqual(['third', 'first']);
  });

  test('no more than needed, and enough where they are enough', () => {
    const person = fc.record({
      ticket: fc.constantFrom('delegate', 'online'),
      parkId: fc.constantFrom('a', 'b', null),
    });
    const within = (
      { capacity, tickets, perPark }: Limits,
      people: readonly { ticket: string; parkId: string | null }[],
    ) =>
      people.length <= (capacity ?? Number.POSITIVE_INFINITY) &&
      Object.entries(tickets).every(
        ([kind, quota]) => people.filter((one) => one.ticket === kind).length <= (quota ?? 99),
      ) &&
      ['a', 'b'].every((park) => people.filter((one) => one.parkId === park).length <= (perPark ?? 99));
    fc.assert(
      fc.property(
        fc.array(person, { maxLength: 6 }),
        fc.array(person, { maxLength: 6 }),
        fc.integer({ min: 0, max: 8 }),
        fc.integer({ min: 0, max: 5 }),
        fc.integer({ min: 0, max: 5 }),
        (there, missing, capacity, online, perPark) => {
          const limits: Limits = { capacity, tickets: { online }, perPark };
          fc.pre(within(limits, there));
          const now = [...there, ...missing].map((one) => ({ ...one, province: null, count: 1 }));
          const gone = givingWay(limits, now, missing);
          expect(within(limits, [...there, ...missing.filter((one) => !gone.includes(one))])).toBe(true);
          if (within(limits, [...there, ...missing])) expect(gone).toEqual([]);
        },
      ),
    );
  });
});

describe('on the desk', () => {
  let hall: Hall | undefined;
  afterEach(async () => {
    await hall?.end();
    hall = undefined;
  });
  const open = async (people: number, asked: EventAsked): Promise<Hall> => {
    hall = await openHall(people, { inDays: 2, ...asked });
    return hall;
  };
  const hallOpen = (): Hall => {
    if (!hall) throw new Error('no hall');
    return hall;
  };
  const guest = (number: number): Guest => {
    const one = hallOpen().guests[number];
    if (!one) throw new Error(`no guest ${number}`);
    return one;
  };
  /** What somebody hears while time goes on. */
  const heard = async (who: Guest, time: string): Promise<string> => {
    const { database, passTo } = hallOpen();
    const before = await lastPost(database);
    await passTo(at(time));
    return (await textsTo(database, who.id, before)).join('\n');
  };
  const standing = async (number: number) => {
    const { status, cameAt } = await hallOpen().database.attendee.findFirstOrThrow({
      where: { personId: guest(number).personId },
    });
    return `${status}${cameAt ? ', came' : ''}`;
  };

  // The event is on Wednesday, 25 November, 14:00 to 17:00; its sign-up ends at 13:00.
  test('places of those who are late go to those at the door in the order of the waitlist', async () => {
    const { database, eventId, talk, passTo } = await open(6, { capacity: 3 });
    await database.event.update({ where: { caseId: eventId }, data: { freeAfter: 15 } });
    for (const one of [0, 1, 2, 3, 4, 5]) await talk(guest(one), '报名 W-1');
    await passTo(at('2026-11-25T13:10'));
    await talk(guest(0), '到了 W-1');
    await talk(guest(5), '到了 W-1');
    await talk(guest(4), '到了 W-1');
    await passTo(at('2026-11-25T14:14'));
    expect(await standing(4)).toBe('waiting, came');
    expect(await heard(guest(2), '2026-11-25T14:16')).toContain('让给了在门口等候的人');
    expect([await standing(1), await standing(2)]).toEqual(['waiting', 'waiting']);
    expect([await standing(4), await standing(5), await standing(3)]).toEqual([
      'going, came',
      'going, came',
      'waiting',
    ]);
    // Too late, but noted; and a place that comes free is for them.
    await talk(guest(1), '到了 W-1');
    expect(await standing(1)).toBe('waiting, came');
    await talk(guest(5), '取消报名 W-1');
    await talk(guest(1), '到了 W-1');
    expect(await standing(1)).toBe('going, came');
  });

  test('where nobody checked in, nobody loses a place and nobody is asked why', async () => {
    const { database, eventId, talk, passTo } = await open(3, { capacity: 2 });
    await database.event.update({ where: { caseId: eventId }, data: { freeAfter: 15, survey: false } });
    for (const one of [0, 1, 2]) await talk(guest(one), '报名 W-1');
    await passTo(at('2026-11-25T13:10'));
    await talk(guest(2), '到了 W-1');
    await passTo(at('2026-11-25T17:30'));
    expect([await standing(0), await standing(1), await standing(2)]).toEqual([
      'going',
      'going',
      'waiting, came',
    ]);
    expect(await heard(guest(0), '2026-11-27T12:00')).toBe('');
    expect((await talk(guest(0), '原因 W-1 忙')).join()).toContain('没有需要您说明的缺席');
  });

  test('who came and signed up somebody who did not is asked both things at once', async () => {
    const { talk, passTo } = await open(1, { capacity: null });
    await talk(guest(0), '报名 W-1 我、李小川');
    await passTo(at('2026-11-25T13:10'));
    await talk(guest(0), '到了 W-1');
    const said = await heard(guest(0), '2026-11-26T12:00');
    expect(said).toMatch(/感谢参加.*\n.*没有见到李小川/u);
    expect(said.match(/W-1《/gu)).toHaveLength(2);
  });

  test('the summary tells in plain words whom a message did not reach, until it says so no more', async () => {
    const { database, talk, officer } = await open(2, { capacity: null, inDays: 14 });
    await talk(guest(0), '报名 W-1');
    await talk(guest(1), '报名 W-1');
    await database.outbox.updateMany({ where: { personId: { not: null } }, data: { status: 'sent' } });
    await database.outbox.updateMany({
      where: { personId: guest(1).personId },
      data: { status: 'failed', problem: 'user_disabled' },
    });
    const first = await heard(officer, '2026-11-23T17:30');
    expect(first).toContain('1 人联系不上');
    const { content } = await database.outbox.findFirstOrThrow({
      where: { personId: officer.personId },
      orderBy: { id: 'desc' },
    });
    const marked = contentOf({ content }).message.people?.filter((one) => one.note.zh.includes('未送达'));
    expect(marked).toMatchObject([{ note: { zh: expect.stringContaining('账号已停用') } }]);
    await database.outbox.updateMany({ where: { status: 'pending' }, data: { status: 'sent' } });
    expect(await heard(officer, '2026-11-24T17:30')).toBe('');
  });

  test('a wrong code checks nobody in, and the right one is asked for once it was taken out', async () => {
    const { talk, passTo, officer } = await open(2, { capacity: null });
    await talk(guest(0), '报名 W-1');
    await talk(guest(1), '报名 W-1');
    await passTo(at('2026-11-25T13:10'));
    expect((await talk(guest(0), '到了 W-1 1111')).join()).toContain('签到码不对');
    expect(await standing(0)).toBe('going');
    await talk(guest(0), '到了 W-1');
    expect(await standing(0)).toBe('going, came');
    await talk(officer, '签到码 W-1');
    await talk(guest(1), '到了 W-1');
    expect(await standing(1)).toBe('going');
    await talk(guest(1), '到了 W-1 4821');
    expect(await standing(1)).toBe('going, came');
  });
});
