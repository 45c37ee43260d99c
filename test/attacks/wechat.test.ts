/** WeChat, attacked by people who call themselves like others, by strangers in the council’s group, by codes. */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { scale } from '../figures/report.js';
import { type Finding, publishFindings } from './findings.js';
import {
  chair,
  doneSoFar,
  hezhiyuan,
  lina,
  liwei,
  openRunningDesk,
  type RunningDesk,
  wang,
} from './running-desk.js';

const council = '10001@chatroom';
let running: RunningDesk;
const findings: Finding[] = [];

beforeAll(async () => {
  running = await openRunningDesk();
  await running.says(chair, '提案 年度影展；举办联盟影展。；紧急事项；通信表决；跳过');
  await running.says(chair, '提交');
  await running.says(lina, '提案 联盟徽章；统一制作联盟徽章。；一般事项；通信表决；跳过');
  await running.says(lina, '提交');
  await running.says(
    liwei,
    '申请入会 景德镇陶溪川，91360200MA35F3QK8U，江西，工艺美术，陶瓷与夜间市集，180，刘子力，李伟，13807980001，同意，同意',
  );
  await running.says(liwei, '提交');
  await running.sends(wang, '新建活动', {
    title: '陶瓷工作坊',
    kind: '招商活动',
    when: '2099-12-16 14:00-17:00',
    place: '二楼',
  });
  await running.sends(wang, '设置资料 W-1', { teaser: '项目。', material: '项目手册，提取码 8k2d。' });
  await running.says(wang, '发布 W-1');
  await running.desk.idle();
});

afterAll(async () => {
  publishFindings(findings);
  await running?.end();
});

let sentinels = 0;
/** What was said before on the network has been answered: it comes in order. */
const allTaken = async (): Promise<void> => {
  sentinels += 1;
  const id = `wx-sentinel-${sentinels}`;
  running.wechat.addContact({ id, name: '哨兵' });
  running.wechat.say(id, 'direct', '你好');
  await vi.waitUntil(async () => (await running.database.identity.count({ where: { externalId: id } })) > 0, {
    timeout: 30_000,
    interval: 10,
  });
  await running.desk.idle();
};

const attackAll = async (name: string, tried: number, say: () => void, notes?: string): Promise<void> => {
  await allTaken();
  const before = await doneSoFar(running.database);
  say();
  await allTaken();
  const after = await doneSoFar(running.database);
  const same = JSON.stringify(after) === JSON.stringify(before);
  findings.push({ attack: name, tried, gotThrough: same ? 0 : 1, ...(notes && { notes }) });
  expect(after).toEqual(before);
};

/** Like the officer, the chair, a seat’s holder, and the desk itself; by look-alike letters and what nobody sees. */
const allNames = [
  ...[
    '王芳',
    '王 芳',
    '王\u200b芳',
    '王芳\u2060',
    '\u202e芳王',
    '⺩芳',
    '王芳（秘书处）',
    '王芳 officer',
    '【管理员】王芳',
    'Ｗang Fang',
  ],
  ...[
    '周明远',
    '周明逺',
    '李娜',
    '李挪',
    'Ｅmma Clarke',
    'Еmma Clarke',
    '联盟小秘',
    'wang-fang',
    'U01',
    'admin',
  ],
];
const names = allNames.slice(0, scale({ short: 2, full: allNames.length }));
const orders = [
  ...[
    '受理 M-1',
    '驳回 M-1',
    '赞成 P-1',
    '反对 P-1',
    '附议 P-2',
    '修正 P-2 全改',
    '撤回 P-2',
    '截止 P-1',
    '裁决 P-1',
  ],
  ...[
    '停席 s1',
    '换绑 何志远，微信，手机丢失',
    '核准 A-1',
    '取消活动 W-1',
    '邀请 W-1 李伟',
    '资料 W-1',
    '导出 W-1',
    '签到码 W-1',
  ],
  ...[
    '取消报名 W-1 何志远',
    '请假 11月24日至12月8日，由徐文斌代理',
    '委托 李娜 P-1',
    '谁赞成了 P-1',
    '1',
    '2',
    '是',
    '提交',
    '同意',
  ],
];

describe('somebody who calls himself like somebody else', () => {
  test('may no more than anybody, in private and in the council’s group', async () => {
    for (const [at, name] of names.entries()) running.wechat.addContact({ id: `wx-like-${at}`, name });
    let tried = 0;
    await attackAll(
      'WeChat: look-alike names of the officer, the chair, a seat, the desk',
      names.length * orders.length,
      () => {
        names.forEach((_, at) => {
          for (const [number, order] of orders.entries()) {
            tried += 1;
            const place = number % 3 === 0 ? council : 'direct';
            running.wechat.say(`wx-like-${at}`, place, order, {
              mention: place === council && number % 2 === 0,
            });
          }
        });
      },
    );
    expect(tried).toBe(names.length * orders.length);
    const strangers = await running.database.identity.findMany({
      where: { externalId: { startsWith: 'wx-like-' } },
      include: { person: { include: { roles: true, held: true } } },
    });
    expect(strangers.length).toBe(names.length);
    for (const { person } of strangers)
      expect(person).toMatchObject({ guest: true, parkId: null, roles: [], held: [] });
  });

  test('is told nothing that is kept from strangers', () => {
    const told = running.wechat.sent
      .filter((one) => one.conversation.startsWith('wx-like-'))
      .map((one) => one.text);
    expect(told.length).toBeGreaterThan(0);
    expect(told.filter((text) => /8k2d|91360200MA35F3QK8U|13807980001/.test(text))).toEqual([]);
  });

  test('is not found by that name: neither invited nor made a proxy or a cover', async () => {
    await running.says(wang, '邀请 W-1 沈悦');
    running.wechat.addContact({ id: 'wx-other-shen', name: '沈悦' });
    running.wechat.say('wx-other-shen', 'direct', '你好');
    await allTaken();
    await running.sends(wang, '邀请 W-1', { whom: '沈悦、钱晓雨', ticket: '', companions: '' });
    await running.says(hezhiyuan, '委托 沈悦 P-1');
    const guests = await running.database.person.findMany({ where: { guest: true }, select: { id: true } });
    const ids = guests.map((one) => one.id);
    const invited = await running.database.invitation.count({ where: { personId: { in: ids } } });
    const proxies = await running.database.proxy.count({ where: { proxyId: { in: ids } } });
    const covers = await running.database.away.count({ where: { coverId: { in: ids } } });
    expect(await running.database.invitation.count()).toBeGreaterThan(0);
    expect([invited, proxies, covers]).toEqual([0, 0, 0]);
    findings.push({
      attack: 'WeChat: a look-alike found by name (invited, proxy, cover)',
      tried: 3,
      gotThrough: invited + proxies + covers,
    });
  });
});

test('a stranger in the council’s group neither votes nor seconds, in words, by number, quoting', async () => {
  const said = [
    '赞成',
    '赞成 P-1',
    '反对 P-1',
    '同意',
    'yes P-1',
    '附议',
    '附议 P-2',
    '1',
    '2',
    '3',
    '１',
    '「王芳：赞成 P-1」\n- - - - - - - - - - - - - - -\n赞成 P-1',
    '@联盟小秘 赞成 P-1',
    '延期 P-1',
    '开会表决 P-1',
  ];
  running.wechat.addContact({ id: 'wx-passer-by', name: '路人' });
  await attackAll('WeChat: a stranger votes or seconds in the council’s group', 2 * said.length, () => {
    for (const words of said) {
      running.wechat.say('wx-passer-by', council, words);
      running.wechat.say('wx-passer-by', council, words, { mention: true });
    }
  });
  running.wechat.say(lina.id, council, '赞成 P-1');
  await vi.waitUntil(async () => (await running.database.vote.count()) === 1, {
    timeout: 15_000,
    interval: 20,
  });
});

test('the same message again is taken once', async () => {
  const before = await doneSoFar(running.database);
  const id = running.wechat.say(hezhiyuan.id, 'direct', '赞成 P-1');
  for (let time = 0; time < 10; time += 1) running.wechat.faults.redeliver(id);
  await allTaken();
  const after = await doneSoFar(running.database);
  expect(after.votes).toBe(before.votes + 1);
  findings.push({
    attack: 'WeChat: the same vote delivered again',
    tried: 10,
    gotThrough: after.votes - before.votes - 1,
  });
});

describe('a code that links accounts', () => {
  const codeIn = (who: string): string => {
    const text = running.wechat.sent.findLast((one) => one.conversation === who)?.text ?? '';
    const code = /验证码是 ([A-Z0-9]{4}-[A-Z0-9]{4})/.exec(text)?.[1];
    if (code === undefined) throw new Error(`no code in ${text}`);
    return code;
  };
  const newCode = async (): Promise<string> => {
    const before = running.wechat.sent.length;
    running.wechat.say(lina.id, 'direct', '绑定');
    await vi.waitUntil(
      () =>
        running.wechat.sent
          .slice(before)
          .some((one) => one.conversation === lina.id && /验证码是/.test(one.text)),
      { timeout: 15_000, interval: 20 },
    );
    return codeIn(lina.id);
  };
  const onSlack = (id: string) => ({ channel: 'slack', account: 'T01', id, name: 'x' }) as const;
  const linked = () =>
    running.database.identity.count({ where: { person: { name: lina.name, guest: false } } });
  const guesses = scale({ short: 10, full: 40 });

  test('is guessed five times an hour and account, and then not even the right one counts', async () => {
    const accounts = await linked();
    const thief = onSlack('U90');
    for (let guess = 0; guess < guesses; guess += 1)
      await running.says(thief, `link A${String(2 + (guess % 8))}BC-D${String(2 + (guess % 7))}EF`);
    const judged = await running.database.entry.count({ where: { act: 'account.link' } });
    await running.says(thief, `link ${await newCode()}`);
    expect(await linked()).toBe(accounts);
    expect(judged).toBe(5);
    findings.push({
      attack: 'codes: guessed from one account',
      tried: guesses,
      gotThrough: 0,
      notes: `${judged} guesses an hour are looked at, of 31⁸ codes; each is good for ten minutes`,
    });
  });

  test('is worth nothing when it is old, used, said on the wrong network or before others', async () => {
    const accounts = await linked();
    const old = await newCode();
    await running.database.linkCode.updateMany({ where: { usedAt: null }, data: { expiresAt: new Date() } });
    await running.says(onSlack('U91'), `link ${old}`);
    const wrongNetwork = await newCode();
    running.wechat.addContact({ id: 'wx-thief', name: '李娜' });
    running.wechat.say('wx-thief', 'direct', `绑定 ${wrongNetwork}`);
    await allTaken();
    const inGroup = await newCode();
    running.wechat.say(lina.id, council, `绑定 ${inGroup}`, { mention: true });
    await allTaken();
    await running.says(onSlack('U91'), `link ${inGroup}`);
    expect(await linked()).toBe(accounts);
    const good = await newCode();
    await running.says(onSlack('U92'), `link ${good}`);
    expect(await linked()).toBe(accounts + 1);
    await running.says(onSlack('U93'), `link ${good}`);
    expect(await linked()).toBe(accounts + 1);
    findings.push({
      attack: 'codes: expired, on the wrong network, said in a group, used before',
      tried: 4,
      gotThrough: 0,
    });
  });

  test('is good for one of many who say it at once', async () => {
    const accounts = await linked();
    await running.says(lina, '解绑 slack');
    expect(await linked()).toBe(accounts - 1);
    const code = await newCode();
    await Promise.all(
      Array.from({ length: 20 }, (_, at) => running.says(onSlack(`U8${at}`), `link ${code}`)),
    );
    expect(await linked()).toBe(accounts);
    findings.push({
      attack: 'codes: one code from twenty accounts at once',
      tried: 20,
      gotThrough: (await linked()) - accounts,
    });
  });
});

test('no turn failed on the way', () => {
  expect(running.logged.filter((line) => /a turn failed|could not be recorded/.test(line))).toEqual([]);
});
