/** The addresses of calendars, read by another program as people’s calendars read them. */
import ICAL from 'ical.js';
import { afterEach, describe, expect, test } from 'vitest';
import { at } from '../event/hall.js';
import { openScene, type Scene } from './scene.js';

type Component = InstanceType<typeof ICAL.Component>;

let scene: Scene | undefined;
afterEach(async () => {
  await scene?.end();
  scene = undefined;
});
const open = async (...asked: Parameters<typeof openScene>): Promise<Scene> => {
  scene = await openScene(...asked);
  return scene;
};

const fetchCalendar = async (link: string): Promise<Component> => {
  const response = await fetch(link);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
  expect(response.headers.get('cache-control')).toContain('private');
  return new ICAL.Component(ICAL.parse(await response.text()));
};
const value = (component: Component | undefined, name: string): string =>
  String(component?.getFirstPropertyValue(name));
const eventsOf = (calendar: Component) => calendar.getAllSubcomponents('vevent');
const timeOf = (event: Component | undefined, name: 'dtstart' | 'dtend'): Date => {
  const time = event?.getFirstPropertyValue(name);
  if (!(time instanceof ICAL.Time)) throw new Error(`no ${name}`);
  // China is eight hours ahead, all year.
  return new Date(`${time.toString()}+08:00`);
};

describe('an event', () => {
  test('comes as a file, with its place and time in the zone of the alliance', async () => {
    const { linkIn, guest, eventId } = await open(1, { capacity: null });
    const calendar = await fetchCalendar(await linkIn(guest(0), '日历 W-1'));
    expect(value(calendar, 'method')).toBe('PUBLISH');
    const [event, ...more] = eventsOf(calendar);
    expect(more).toEqual([]);
    expect(value(event, 'uid')).toBe(`${eventId}@alliance`);
    expect(value(event, 'summary')).toBe('陶瓷工作坊');
    expect(value(event, 'location')).toBe('一号厅');
    expect(value(event, 'status')).toBe('CONFIRMED');
    expect(event?.getFirstProperty('dtstart')?.getParameter('tzid')).toBe('Asia/Shanghai');
    expect(timeOf(event, 'dtstart')).toEqual(at('2026-12-14T14:00'));
  });

  test('keeps its name when it is moved, and is a later version of itself', async () => {
    const { linkIn, talk, guest, officer } = await open(1, { capacity: null });
    const link = await linkIn(guest(0), '日历 W-1');
    const [before] = eventsOf(await fetchCalendar(link));
    await talk(officer, '改期 W-1');
    await talk(officer, '12月15日9:00-11:00');
    await talk(officer, '是');
    await talk(officer, '跳过');
    const [after] = eventsOf(await fetchCalendar(link));
    expect(value(after, 'uid')).toBe(value(before, 'uid'));
    expect(Number(value(after, 'sequence'))).toBeGreaterThan(Number(value(before, 'sequence')));
    expect(timeOf(after, 'dtstart')).toEqual(at('2026-12-15T09:00'));
  });

  test('takes itself out of the calendar once it is called off, and is kept in feeds as such', async () => {
    const { linkIn, talk, guest, officer } = await open(1, { capacity: null });
    await talk(guest(0), '报名 W-1');
    const link = await linkIn(guest(0), '日历 W-1');
    const feed = await linkIn(guest(0), '我的日历');
    await talk(officer, '取消活动 W-1 停电了');
    const file = await fetchCalendar(link);
    expect(value(file, 'method')).toBe('CANCEL');
    expect(value(eventsOf(file)[0], 'status')).toBe('CANCELLED');
    expect(value(eventsOf(file)[0], 'sequence')).toBe('1');
    const own = await fetchCalendar(feed);
    expect(value(own, 'method')).toBe('PUBLISH');
    expect(eventsOf(own).map((one) => value(one, 'status'))).toEqual(['CANCELLED']);
    expect(await linkIn(guest(0), '日历 W-1')).toBe(link);
  });

  test('with a long Chinese text is folded within 75 bytes, and none of it is lost', async () => {
    const { linkIn, database, eventId, guest } = await open(1, { capacity: null });
    const about = '青花瓷与数字化展陈的结合，逗号, 分号; 反斜线\\ 与🎋。'.repeat(12);
    await database.event.update({ where: { caseId: eventId }, data: { about } });
    const text = await (await fetch(await linkIn(guest(0), '日历 W-1'))).text();
    expect(Math.max(...text.split('\r\n').map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75);
    const [event] = eventsOf(new ICAL.Component(ICAL.parse(text)));
    expect(value(event, 'description')).toContain(about);
  });
});

describe('one’s own calendar', () => {
  test('has what one goes to for certain, and what one waits for or is kept a place at as tentative', async () => {
    const { linkIn, talk, guest } = await open(4, { capacity: 1 });
    const standings = async () =>
      Promise.all(
        [0, 1, 2].map(async (number) => {
          const own = await fetchCalendar(await linkIn(guest(number), '我的日历'));
          return eventsOf(own).map(
            (one) => `${value(one, 'status')} ${value(one, 'description').split('\n')[0]}`,
          );
        }),
      );
    for (const number of [0, 1]) await talk(guest(number), '报名 W-1');
    expect(await standings()).toEqual([['CONFIRMED W-1 · 已报名'], ['TENTATIVE W-1 · 候补中'], []]);
    await talk(guest(0), '取消报名 W-1');
    expect(await standings()).toEqual([[], ['TENTATIVE W-1 · 名额保留中，待答复'], []]);
    await talk(guest(1), '接受 W-1');
    expect(await standings()).toEqual([[], ['CONFIRMED W-1 · 已报名'], []]);
  });

  test('has the meetings of two, with the table and whom one meets', async () => {
    const { linkIn, database, guest, eventId, now } = await open(2, { capacity: null });
    await database.event.update({ where: { caseId: eventId }, data: { slotMinutes: 20, tables: 5 } });
    const startsAt = at('2026-12-14T14:40');
    const one = await database.case.create({
      data: {
        workflow: 'appointment',
        ref: 'R-1',
        state: 'agreed',
        openedBy: guest(0).personId,
        openedAt: now(),
        changedAt: now(),
        appointment: {
          create: {
            eventId,
            askerId: guest(0).personId,
            askedId: guest(1).personId,
            about: '联合办展',
            answerBy: startsAt,
            startsAt,
            table: 3,
            attendances: {
              create: [guest(0), guest(1)].map(({ personId }) => ({ eventId, personId, startsAt })),
            },
          },
        },
      },
    });
    for (const [who, whom] of [
      [guest(0), '宾客3（园区4）'],
      [guest(1), '宾客2（园区3）'],
    ] as const) {
      const [meeting, ...more] = eventsOf(await fetchCalendar(await linkIn(who, '我的日历')));
      expect(more).toEqual([]);
      expect(value(meeting, 'uid')).toBe(`${one.id}@alliance`);
      expect(value(meeting, 'summary')).toBe(`约见：${whom}`);
      expect(value(meeting, 'location')).toBe('一号厅，3 号桌');
      expect(value(meeting, 'description')).toContain('联合办展');
      expect(timeOf(meeting, 'dtstart')).toEqual(startsAt);
      expect(timeOf(meeting, 'dtend')).toEqual(at('2026-12-14T15:00'));
    }
  });

  test('is gone from its old address as soon as there is a new one', async () => {
    const { linkIn, talk, guest } = await open(2, { capacity: null });
    await talk(guest(0), '报名 W-1');
    const old = await linkIn(guest(0), '我的日历');
    const other = await linkIn(guest(1), '我的日历');
    expect(await linkIn(guest(0), '我的日历')).toBe(old);
    const next = await linkIn(guest(0), '换日历地址');
    expect((await fetch(old)).status).toBe(404);
    expect(eventsOf(await fetchCalendar(next))).toHaveLength(1);
    expect(await linkIn(guest(0), '我的日历')).toBe(next);
    await fetchCalendar(other);
  });

  test('is sent once: who has it already is told so, until it changes', async () => {
    const { linkIn, talk, guest } = await open(1, { capacity: null });
    const link = await linkIn(guest(0), '我的日历');
    const etag = (await fetch(link)).headers.get('etag') ?? '';
    const again = (tag: string) => fetch(link, { headers: { 'if-none-match': tag } });
    for (const tag of [etag, `W/${etag}`, `"other", ${etag}`]) {
      const same = await again(tag);
      expect([same.status, await same.text(), same.headers.get('etag')]).toEqual([304, '', etag]);
    }
    expect((await again('"other"')).status).toBe(200);
    await talk(guest(0), '报名 W-1');
    expect((await again(etag)).status).toBe(200);
  });
});
