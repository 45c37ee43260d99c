/** Proxies at the desk: for a meeting, and where two people answer at the same moment. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Input } from '../../src/core/input.js';
import { proxiesGiven, proxiesHeld } from '../../src/workflows/proxy/held.js';
import { openPlay, type Play } from '../play.js';

let play: Play;
beforeAll(async () => {
  play = await openPlay();
}, 60_000);
afterAll(() => play.end());

const personCalled = (name: string) => play.database.person.findFirstOrThrow({ where: { name } });
const stateOf = async (ref: string) => (await play.database.case.findUniqueOrThrow({ where: { ref } })).state;

const meeting = async (ref: string, startsAt: string) => {
  const caller = await personCalled('王芳');
  const openedAt = new Date('2026-11-23T02:00:00Z');
  return play.database.case.create({
    data: {
      workflow: 'meeting',
      ref,
      state: 'called',
      openedBy: caller.id,
      openedAt,
      changedAt: openedAt,
      meeting: {
        create: { title: '年度会议', place: '上海', startsAt: new Date(startsAt), callerId: caller.id },
      },
    },
  });
};

const says = async (name: string, text: string): Promise<void> => {
  const { externalId } = await play.database.identity.findFirstOrThrow({
    where: { channel: 'wechat', person: { name } },
  });
  const input: Input = {
    kind: 'said',
    channel: 'wechat',
    account: '',
    keys: [`${name} ${text}`],
    sentAt: new Date(),
    conversation: { id: externalId, kind: 'direct' },
    sender: { id: externalId, name },
    text,
    addressed: true,
  };
  await (await play.desk.take(input, { canShowForm: false })).answered;
};

test('a proxy for a meeting holds there and nowhere else, and lapses when the meeting is over', async () => {
  const { id } = await meeting('K-1', '2026-12-04T06:00:00Z');
  await meeting('K-2', '2026-12-18T06:00:00Z');
  await play.act('李娜 @wechat: 委托 沈悦 K-1');
  const heard = await play.act('沈悦 @wechat: 接受 D-1');
  expect(heard.join('\n')).toContain('代为出席理事会会议 K-1《年度会议》（2026年12月4日（周五））');

  const [giver, proxy] = [await personCalled('李娜'), await personCalled('沈悦')];
  const now = new Date('2026-12-04T07:00:00Z');
  const there = { motionId: null, meetingId: id, now };
  const [held] = await proxiesHeld(play.database, { ...there, personId: proxy.id });
  expect(held?.giverId).toBe(giver.id);
  expect(await proxiesHeld(play.database, { ...there, meetingId: null, personId: proxy.id })).toEqual([]);
  const given = await proxiesGiven(play.database, { ...there, seatIds: [held?.seatId ?? ''] });
  expect(given.map((one) => one.caseId)).toEqual([held?.caseId]);

  // 沈悦 may give her own vote away for another meeting, but not for this one.
  expect((await play.act('沈悦 @wechat: 委托 白宇飞 K-1')).join()).toContain('委托不能转手');
  expect((await play.act('沈悦 @wechat: 委托 白宇飞 K-2')).join()).toContain('D-2');

  await play.database.meeting.update({ where: { caseId: id }, data: { endedAt: now } });
  await play.act('= 2026-12-07 15:00');
  expect(await stateOf('D-1')).toBe('lapsed');
}, 60_000);

test('of two answers that would make a chain, one is refused, also at the same moment', async () => {
  await play.act('杨秀梅 @wechat: 委托 唐可欣 12月20日至22日');
  await play.act('唐可欣 @wechat: 委托 何志远 12月21日');
  await Promise.all([says('唐可欣', '接受 D-3'), says('何志远', '接受 D-4')]);
  await play.desk.idle();
  const states = [await stateOf('D-3'), await stateOf('D-4')];
  expect(states.sort()).toEqual(['accepted', 'asked']);
}, 60_000);
