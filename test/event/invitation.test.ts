/** What transcripts of invitations cannot show: somebody out of reach, what is stored, what was never read. */
import { afterEach, describe, expect, test } from 'vitest';
import { openPlay, type Play } from '../play.js';

const plays: Play[] = [];
afterEach(async () => {
  for (const play of plays.splice(0)) await play.end();
});

type Asked = {
  readonly when?: string;
  readonly capacity?: string;
  readonly invite?: string;
};

/** An announced investment event, W-1, and its invitations; `say` returns what the desk says. */
const opened = async ({ when = '12月18日14:00-17:00', capacity = '', invite }: Asked = {}) => {
  const play = await openPlay();
  plays.push(play);
  const say = async (line: string): Promise<string> => (await play.act(line)).join('\n');
  await say('王芳 @slack form: 新建活动');
  await say(
    `王芳 @slack sends: title=对接会; kind=招商活动; when=${when}; place=云坊; capacity=${capacity}; tickets=; about=`,
  );
  await say('王芳 @slack: 发布 W-1');
  const invites = async (names: string, ticket = ''): Promise<string> => {
    await say('王芳 @slack form: 邀请 W-1');
    return say(`王芳 @slack sends: whom=${names}; ticket=${ticket}; companions=`);
  };
  const briefs = async (given: { teaser?: string; material?: string; promise?: string }): Promise<string> => {
    await say('王芳 @slack form: 设置资料 W-1');
    const { teaser = '', material = '', promise = '' } = given;
    return say(`王芳 @slack sends: teaser=${teaser}; material=${material}; promise=${promise}`);
  };
  if (invite !== undefined) await invites(invite);
  return { database: play.database, say, invites, briefs };
};

describe('who is invited', () => {
  test('somebody without an account is on the list, and the organizer is told to reach them', async () => {
    const { database, say, invites } = await opened();
    await database.identity.deleteMany({ where: { person: { name: '冯海涛' } } });
    expect(await invites('冯海涛')).toContain('冯海涛：没有可用的账号');
    expect(await say('王芳 @slack: 邀请名单 W-1')).toContain('未答复 1');
  });

  test('a park means its contact, not whoever holds its seat', async () => {
    const { invites } = await opened();
    expect(await invites('浦光影视产业园')).toMatch(/顾安琪 @wechat < 邀请函/u);
  });

  test('a kind that nobody can sign up for is by invitation', async () => {
    const { say, invites } = await opened();
    expect(await invites('沈悦', '投资人')).toContain('以投资人身份');
    expect(await say('沈悦 @wechat: 应邀 W-1')).toContain('已报名');
    expect(await say('李娜 @wechat: 报名 W-1 投资人')).toContain('没有这种名额');
  });
});

describe('an answer', () => {
  test('to a place that is kept is asked for as such, and not taken for one that is sure', async () => {
    const { say } = await opened({ capacity: '1', invite: '沈悦、何志远' });
    await say('沈悦 @wechat: 应邀 W-1');
    expect(await say('何志远 @wechat: 应邀 W-1')).toContain('候补');
    expect(await say('何志远 @wechat: 应邀 W-1')).toContain('候补名单');
    await say('沈悦 @wechat: 不能参加 W-1');
    expect(await say('何志远 @wechat: 应邀 W-1')).toContain('接受 W-1');
    expect(await say('何志远 @wechat: 接受 W-1')).toContain('云坊');
  });

  test('of somebody who never was invited takes them off the list as well', async () => {
    const { database, say } = await opened();
    await say('白宇飞 @wechat: 报名 W-1');
    await say('白宇飞 @wechat: 不参加 W-1');
    expect(await database.attendee.count({ where: { status: { not: 'out' } } })).toBe(0);
  });

  test('takes along whom one brings, whenever they were added', async () => {
    const { database, say } = await opened({ invite: '沈悦' });
    await database.invitation.updateMany({ data: { companions: 1 } });
    await say('沈悦 @wechat: 应邀 W-1');
    await say('沈悦 @wechat: 应邀 W-1 +1');
    expect(await database.attendee.count({ where: { status: 'going' } })).toBe(2);
    await say('沈悦 @wechat: 待定 W-1');
    expect(await database.attendee.count({ where: { status: 'going' } })).toBe(0);
  });
});

describe('a reminder', () => {
  test('comes twice, on working days, and to nobody who has signed up without a word', async () => {
    const { say } = await opened({ when: '12月21日14:00-17:00', invite: '沈悦、李娜' });
    await say('李娜 @wechat: 报名 W-1');
    const days: string[] = [];
    for (let day = 10; day <= 20; day += 1) {
      await say(`= 2026-12-${day} 08:00`);
      const said = await say('+1d');
      if (said.includes('等您答复')) days.push(`${day} ${said.includes('李娜 @wechat < W-1')}`);
    }
    // The 16th is a Wednesday, the 18th a Friday.
    expect(days).toEqual(['16 false', '18 false']);
  });

  test('moves with the event', async () => {
    const { database, say } = await opened({ when: '12月21日14:00-17:00', invite: '沈悦' });
    await say('王芳 @slack form: 改期 W-1');
    await say('王芳 @slack sends: when=12月9日15:00-18:00; place=');
    const [timer] = await database.timer.findMany({
      where: { alarm: 'event.rsvp', firedAt: null, cancelledAt: null },
    });
    expect(timer?.dueAt.toISOString().slice(0, 10)).toBe('2026-12-04');
  });
});

describe('the material', () => {
  test('is promised for by nobody who has not read the present text', async () => {
    const { database, say, briefs } = await opened({ invite: '沈悦、何志远' });
    await briefs({ material: '手册', promise: '第一版承诺' });
    await say('沈悦 @wechat: 资料 W-1');
    await briefs({ promise: '第二版承诺' });
    expect(await say('沈悦 @wechat: 承诺保密 W-1')).toContain('第二版承诺');
    expect(await say('何志远 @wechat: 承诺保密 W-1')).toContain('第二版承诺');
    expect(await database.acknowledgement.count()).toBe(0);
    expect(await say('沈悦 @wechat: 承诺保密 W-1')).toContain('手册');
    expect(await database.acknowledgement.findMany({ select: { text: true } })).toEqual([
      { text: '第二版承诺' },
    ]);
  });

  test('stays as it is where only another part is changed', async () => {
    const { database, briefs } = await opened();
    await briefs({ teaser: '公开的话', material: '手册', promise: '第一版承诺' });
    await briefs({ promise: '第二版承诺' });
    const event = await database.event.findFirstOrThrow();
    expect(event).toMatchObject({ teaser: '公开的话', material: '手册', secrecy: '第二版承诺' });
  });

  test('is in no entry, and in no room', async () => {
    const { database, say, briefs } = await opened({ invite: '沈悦' });
    await briefs({ material: 'SECRET-8k2d', promise: '无需保密' });
    const answer = await say('沈悦 @wechat #members: 资料 W-1');
    expect(answer).toContain('沈悦 @wechat < W-1');
    expect(answer).toContain('SECRET-8k2d');
    const rooms = await database.room.findMany({ select: { externalId: true } });
    const posts = await database.outbox.findMany({
      where: { conversation: { in: rooms.map((one) => one.externalId) } },
    });
    expect(JSON.stringify(posts.map((one) => one.content))).not.toContain('SECRET-8k2d');
    expect(JSON.stringify((await database.entry.findMany()).map((one) => one.said))).not.toContain('SECRET');
  });

  test('is shown no more to somebody who has stepped back', async () => {
    const { say, briefs } = await opened({ invite: '沈悦' });
    await briefs({ material: '手册', promise: '无需保密' });
    await say('沈悦 @wechat: 应邀 W-1');
    expect(await say('沈悦 @wechat: 资料 W-1')).toContain('手册');
    await say('沈悦 @wechat: 取消报名 W-1');
    expect(await say('沈悦 @wechat: 资料 W-1')).not.toContain('手册');
  });
});
