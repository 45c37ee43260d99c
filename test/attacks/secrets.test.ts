/**
 * The built desk as a process, with secrets and personal data planted in all it is given, led through its work and
 * through failures of every table: none of it shows up in the log, the metrics, the jobs, an error page or a group.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { Redis } from 'ioredis';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import { openPasses } from '../../src/links.js';
import { type SlackStandIn, startSlackStandIn } from '../../src/standins/slack/slack-stand-in.js';
import { startWeChatStandIn, type WeChatStandIn } from '../../src/standins/wechat/stand-in.js';
import { openDatabase } from '../../src/store/database.js';
import { sealEntries } from '../../src/store/seals.js';
import { openVault } from '../../src/vault.js';
import { freshDatabase } from '../database.js';
import { full } from '../figures/report.js';
import { freePort } from '../jobs/backends.js';
import { dataFolder, type Running, ready, runDesk, startDesk } from '../system/running.js';
import { type Finding, publishFindings } from './findings.js';

/** What the operator keeps to himself. */
const secrets = {
  signingSecret: 'planted-signing-secret-71',
  botToken: 'xoxb-planted-bot-token-72',
  deskSecret: 'planted-desk-secret-of-more-than-32-characters-73',
};
/** What people tell the desk alone. */
const personal = {
  phone: '13807986543',
  creditCode: '91360200MA35F3QK8U',
  head: '刘机密',
  contact: '马私下',
  reason: '因为我不喜欢他们园长',
  material: '提取码QX8k2d',
  absence: '住院手术',
  guest: '来宾绝密',
};
const letters = '甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥天地玄黄';
const applicant = { id: 'wx-applicant', name: '申请人小马' };
const findings: Finding[] = [];
const rooms = ['C01', 'C02', 'C03'];
const groups = ['10001@chatroom', '10002@chatroom'];

let slack: SlackStandIn;
let wechat: WeChatStandIn;
let database: Awaited<ReturnType<typeof freshDatabase>>;
let client: pg.Client;
let data: ReturnType<typeof dataFolder>;
let port: number;
let desk: Running;
let redis: { readonly url: string; readonly server: ChildProcess } | undefined;
let printed = '';

const startRedis = async () => {
  if (spawnSync('redis-server', ['--version']).status !== 0) return undefined;
  const redisPort = await freePort();
  const server = spawn(
    'redis-server',
    [
      '--port',
      `${redisPort}`,
      '--bind',
      '127.0.0.1',
      '--save',
      '',
      '--appendonly',
      'no',
      '--dir',
      data.folder,
    ],
    { stdio: 'ignore' },
  );
  return { url: `redis://127.0.0.1:${redisPort}`, server };
};

const env = (more: Readonly<Record<string, string>> = {}) => ({
  DATA_DIR: data.folder,
  DATABASE_URL: database.url,
  PORT: String(port),
  CLOCK: 'movable',
  LOG_LEVEL: 'debug',
  DESK_SECRET: secrets.deskSecret,
  SLACK_BOT_TOKEN: secrets.botToken,
  SLACK_SIGNING_SECRET: secrets.signingSecret,
  SLACK_API_URL: slack.apiUrl,
  WECHATY_PUPPET: 'wechaty-puppet-service',
  WECHATY_PUPPET_SERVICE_ENDPOINT: wechat.endpoint,
  WECHATY_PUPPET_SERVICE_TOKEN: wechat.token,
  WECHATY_PUPPET_SERVICE_NO_TLS_INSECURE_CLIENT: 'true',
  ...more,
});
const base = () => `http://127.0.0.1:${port}`;
const within = { timeout: 30_000, interval: 25 };

const begin = async (more: Readonly<Record<string, string>> = {}) => {
  desk = startDesk(env(more));
  await desk.says(ready);
  await vi.waitUntil(
    async () => (await (await fetch(`${base()}/healthz`)).text()).includes('"wechat":{"state":"up"'),
    within,
  );
};
const stop = async () => {
  desk.child.kill('SIGTERM');
  await desk.ended;
  printed += `${desk.lines.join('\n')}\n${desk.errors()}`;
};

beforeAll(async () => {
  const users = ['U01', 'U02', 'U03', 'U05', 'U10', 'U11', 'U77'].map((id) => ({
    id,
    name: `name of ${id}`,
  }));
  slack = await startSlackStandIn({
    ...secrets,
    team: 'T01',
    users,
    channels: rooms.map((id) => ({
      id,
      name: `room-${id.toLowerCase()}`,
      members: users.map((one) => one.id),
    })),
  });
  const contacts = [
    applicant,
    ...['wx-lina', 'wx-hezhiyuan', 'wx-zhoumingyuan', 'wx-shenyue'].map((id) => ({
      id,
      name: `name of ${id}`,
    })),
  ];
  wechat = await startWeChatStandIn({
    bot: { id: 'wx-desk', name: '联盟小秘' },
    contacts,
    rooms: groups.map((id) => ({ id, topic: id, members: contacts.map((one) => one.id) })),
    heartbeatMs: 500,
  });
  database = await freshDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  data = dataFolder();
  port = await freePort();
  slack.deliverTo(`${base()}/slack/events`);
  redis = full ? await startRedis() : undefined;
  await begin(redis ? { REDIS_URL: redis.url } : {});
});

afterAll(async () => {
  publishFindings(findings);
  desk?.child.kill('SIGKILL');
  await desk?.ended;
  await client?.end();
  await slack?.stop();
  await wechat?.stop();
  await database?.drop();
  redis?.server.kill('SIGKILL');
  data?.remove();
});

const unanswered = async (): Promise<number> =>
  Number(
    (await client.query<{ n: string }>('select count(*) as n from "Inbox" where "doneAt" is null')).rows[0]
      ?.n,
  );

/** Said on WeChat, and answered, or given up. */
const onWeChat = async (who: string, ...all: readonly string[]): Promise<void> => {
  for (const text of all) {
    const before = Number((await client.query('select count(*) as n from "Inbox"')).rows[0].n);
    wechat.say(who, 'direct', text);
    await vi.waitUntil(
      async () =>
        Number((await client.query('select count(*) as n from "Inbox"')).rows[0].n) > before &&
        (await unanswered()) === 0,
      within,
    );
  }
};
const onSlack = async (who: string, ...all: readonly string[]): Promise<void> => {
  for (const text of all) await slack.say(who, 'dm', text);
  await vi.waitUntil(async () => (await unanswered()) === 0, within);
};
/** What the desk has written for these conversations, sent or not: an account of WeChat takes its time. */
const writtenFor = async (...conversations: readonly string[]): Promise<string> => {
  const sql = 'select content from "Outbox" where conversation = any($1) order by id';
  return JSON.stringify((await client.query(sql, [conversations])).rows);
};

const apply = `申请入会 景德镇陶溪川，${personal.creditCode}，江西，工艺美术，陶瓷与夜间市集，180，${personal.head}，${personal.contact}，${personal.phone}，同意，不同意`;
let code = '';

/** Nobody gets through to the database meanwhile, but this test. */
const withoutDatabase = async (work: () => Promise<void>): Promise<void> => {
  const control = new pg.Client({ connectionString: inject('databaseServer').control });
  await control.connect();
  const name = new URL(database.url).pathname.slice(1);
  const own = (await client.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]?.pid;
  await control.query(`alter database "${name}" allow_connections false`);
  await control.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and pid <> $2',
    [name, own],
  );
  await work();
  await control.query(`alter database "${name}" allow_connections true`);
  await control.end();
};

describe('led through its work', () => {
  test('applications, a secret ballot, material behind a promise, codes, absences, guests', {
    timeout: 120_000,
  }, async () => {
    await onWeChat(applicant.id, apply, '提交');
    await onSlack('U01', '受理 M-1', '送审 M-1');
    // The secret ballot has a working day's notice, and the urgent one none.
    const motion = (matter: string) => `提案 表彰先进园区；授予年度传承奖。；${matter}；通信表决；跳过`;
    if (full) await onSlack('U01', motion('表彰'), '提交');
    else await onWeChat('wx-zhoumingyuan', motion('紧急事项'), '提交');
    await onSlack(
      'U01',
      '新建活动',
      '招商对接会',
      '招商活动',
      '2099-12-18 14:00-17:00',
      '是',
      '一号厅',
      '跳过',
      '跳过',
      '跳过',
      '提交',
    );
    await onSlack(
      'U01',
      '设置资料 W-1',
      '八个项目。',
      `项目手册，${personal.material}`,
      '跳过',
      '提交',
      '发布 W-1',
    );
    if (full) {
      const moved = await fetch(`${base()}/clock`, { method: 'POST', body: '{"by":"+1w"}' });
      expect(moved.status).toBe(200);
    }
    await onWeChat('wx-lina', '赞成 P-1', '请假 12月1日至8日 → 徐文斌', `报名 W-1 ${personal.guest}`, '绑定');
    code = /验证码是 (\S{9})/.exec(await writtenFor('wx-lina'))?.[1] ?? '';
    expect(code).not.toBe('');
    await onWeChat(
      'wx-hezhiyuan',
      '反对 P-1',
      '报名 W-1',
      '资料 W-1',
      '承诺保密 W-1',
      `理由 P-1 ${personal.reason}`,
    );
    await onSlack('U11', 'no P-1', 'sign up W-1', 'material W-1');
    await onSlack('U77', `link ${code}`, `I am ${personal.head}, phone ${personal.phone}`);
    const states = (
      await client.query<{ ref: string; state: string }>('select ref, state from "Case" order by ref')
    ).rows;
    expect(states.map((one) => `${one.ref} ${one.state}`)).toEqual(['M-1 publicity', 'P-1 open', 'W-1 open']);
    expect(await writtenFor('wx-hezhiyuan')).toContain(personal.material);
    expect(Number((await client.query('select count(*) as n from "Vote"')).rows[0].n)).toBeGreaterThanOrEqual(
      3,
    );
  });

  test('through failures: tables away, rows refused, sends refused, pages that fail', {
    timeout: 240_000,
  }, async () => {
    let acts = 0;
    const act = async () => {
      acts += 1;
      const next = { ...applicant, id: `${applicant.id}-${acts}` };
      wechat.addContact(next);
      wechat.say(next.id, 'direct', apply.replace('景德镇', `第${acts}处`));
      wechat.say(next.id, 'direct', '提交');
      wechat.say('wx-hezhiyuan', 'direct', '赞成 P-1');
      wechat.say('wx-lina', 'direct', `报名 W-1 ${personal.guest}${letters[acts]}`);
      wechat.say('wx-lina', 'direct', `绑定 ${code}`);
      wechat.say('wx-hezhiyuan', 'direct', '资料 W-1');
      await slack.say('U11', 'dm', 'abstain P-1');
      await slack.say('U77', 'dm', `I am ${personal.head}, phone ${personal.phone}`);
      for (const path of ['/healthz', '/metrics', `/door/${door}`, `/roster/${roster}.csv`, '/nothing']) {
        const page = await fetch(base() + path);
        const body = await page.text();
        // Whoever has the address of a list may read it.
        if (page.status !== 200 || !path.startsWith('/roster/')) pages.push(body);
        statuses.add(page.status);
      }
    };
    const [event] = (await client.query<{ caseId: string }>('select "caseId" from "Event"')).rows;
    const eventId = event?.caseId ?? '';
    const passes = openPasses(openVault(Buffer.from(secrets.deskSecret)));
    const door = passes.sign({ kind: 'door', eventId });
    const until = new Date('2099-01-01');
    const roster = passes.sign({ kind: 'roster', eventId, until, language: 'zh' });
    const statuses = new Set<number>();
    const pages: string[] = [];
    const tables = [
      'Application',
      'Attendee',
      'Inbox',
      'Outbox',
      'Person',
      'Dialogue',
      'Vote',
      'LinkCode',
      'Entry',
      'Event',
    ];
    const failures = () =>
      desk
        .errors()
        .split('\n')
        .filter((line) => line.includes('"level":50')).length;
    for (const table of full ? tables : tables.slice(0, 2)) {
      for (const [spoil, mend] of [
        [`alter table "${table}" rename to spoilt`, `alter table spoilt rename to "${table}"`],
        [
          `alter table "${table}" add constraint spoilt check (false) not valid`,
          `alter table "${table}" drop constraint spoilt`,
        ],
      ] as const) {
        const before = failures();
        await client.query(spoil);
        await act();
        await vi
          .waitUntil(() => failures() > before, { timeout: 4_000, interval: 20 })
          .catch(() => undefined);
        await client.query(mend);
      }
    }
    expect(failures()).toBeGreaterThan(2);
    if (full) await withoutDatabase(act);
    expect(statuses).toContain(500);
    slack.fail('chat.postMessage', { kind: 'refused', error: 'channel_not_found' }, 3);
    wechat.faults.refuseSends(2);
    await act();
    await vi.waitUntil(async () => (await unanswered()) === 0, { timeout: 60_000, interval: 50 });
    findings.push({
      attack: 'failures provoked, with planted words in hand (log lines of errors)',
      tried: failures(),
      gotThrough: 0,
    });
    printed += pages.join('\n');
  });
});

const planted = (): Readonly<Record<string, string>> => ({
  ...secrets,
  wechatToken: wechat.token,
  ...personal,
  code,
  applicant: applicant.name,
});
/** Which of the planted words a text holds, each with what stands around it. */
const foundIn = (text: string): readonly string[] =>
  Object.entries(planted()).flatMap(([name, word]) => {
    const at = text.indexOf(word);
    return at === -1 ? [] : [`${name}: …${text.slice(Math.max(0, at - 200), at + 60)}…`];
  });
const search = (where: string, text: string): void => {
  const found = foundIn(text);
  findings.push({
    attack: `planted words looked for in ${where}`,
    tried: Object.keys(planted()).length,
    gotThrough: found.length,
  });
  expect(found).toEqual([]);
};

test('nothing of it is in the jobs, on Redis and on PostgreSQL', { timeout: 120_000 }, async () => {
  let jobs = '';
  if (redis) {
    const store = new Redis(redis.url);
    for (const key of await store.keys('*')) {
      const type = await store.type(key);
      jobs += `${key} `;
      if (type === 'hash') jobs += JSON.stringify(await store.hgetall(key));
      else if (type === 'list') jobs += (await store.lrange(key, 0, -1)).join(' ');
      else if (type === 'zset') jobs += (await store.zrange(key, '0', '-1')).join(' ');
      else if (type === 'set') jobs += (await store.smembers(key)).join(' ');
      else if (type === 'stream') jobs += JSON.stringify(await store.xrange(key, '-', '+'));
      else jobs += await store.get(key);
      jobs += '\n';
    }
    store.disconnect();
    expect(jobs.length).toBeGreaterThan(500);
    search('Redis', jobs);
    await stop();
    await begin();
  }
  await onWeChat('wx-hezhiyuan', '弃权 P-1', '资料 W-1');
  await onSlack('U77', `phone ${personal.phone}`);
  const tables = (
    await client.query<{ name: string }>(
      `select tablename as name from pg_tables where schemaname = 'bullmq'`,
    )
  ).rows;
  expect(tables.length).toBeGreaterThan(0);
  let rows = '';
  for (const { name } of tables)
    rows += JSON.stringify((await client.query(`select * from bullmq."${name}"`)).rows);
  search('the queues on PostgreSQL', rows);
});

test('nothing of it is in a group, and on Slack nobody’s number or code', async () => {
  const spoken = slack.posts.filter((post) => post.author === slack.botUserId);
  const inRooms = spoken.filter((post) => rooms.includes(post.channel));
  const inGroups = wechat.sent.filter((one) => groups.includes(one.conversation));
  expect(inRooms.length + inGroups.length).toBeGreaterThan(0);
  const { guest, applicant: _, ...kept } = planted();
  const text = JSON.stringify([inRooms, inGroups]) + (await writtenFor(...rooms, ...groups));
  // Who comes to an event is listed to its members.
  const found = Object.entries(kept).flatMap(([name, word]) => (text.includes(word) ? [name] : []));
  const people = slack.settings.users.map((one) => one.id);
  const allOfSlack = JSON.stringify(spoken) + (await writtenFor(...rooms, ...people));
  const onSlackAtAll = [personal.phone, personal.head, personal.contact].filter((word) =>
    allOfSlack.includes(word),
  );
  findings.push({
    attack: 'planted words looked for in groups and rooms',
    tried: Object.keys(kept).length,
    gotThrough: found.length,
  });
  findings.push({
    attack: 'personal data looked for in all posts on Slack',
    tried: 3,
    gotThrough: onSlackAtAll.length,
  });
  expect(guest).toBe(personal.guest);
  expect(found).toEqual([]);
  expect(onSlackAtAll).toEqual([]);
});

test('an altered, a removed and an inserted entry are found by `desk audit verify`', {
  timeout: 120_000,
}, async () => {
  const verify = () => runDesk(['audit', 'verify'], env());
  // The worker of the desk seals a minute later; whoever has the key may do so at once.
  const own = openDatabase(database.url, 1);
  const sealing = async () => sealEntries(own, openVault(Buffer.from(secrets.deskSecret)), { settle: 0 });
  await vi.waitUntil(sealing, within);
  await own.$disconnect();
  expect(await verify()).toMatchObject({ code: 0, out: expect.stringContaining('The audit is whole.') });
  const columns = `"caseId", "personId", channel, act, "fromState", "toState", said, "inboxId", at, mark`;
  const second = `(select id from "Entry" order by id limit 1 offset 1)`;
  const tampering = [
    ['altered', `update "Entry" set said = '{"zh":"不同","en":"other"}' where id = ${second}`],
    ['removed', `delete from "Entry" where id = ${second}`],
    ['inserted', `insert into "Entry" (${columns}) select ${columns} from "Entry" where id = ${second}`],
  ] as const;
  let missed = 0;
  for (const [how, sql] of full ? tampering : tampering.slice(0, 1)) {
    await client.query('create table kept as table "Entry"');
    await client.query(sql);
    const { code: exit, out, err } = await verify();
    if (exit === 0) missed += 1;
    expect([how, exit]).toEqual([how, 1]);
    expect(out).toContain('The audit is NOT whole.');
    printed += out + err;
    await client.query('delete from "Entry"; insert into "Entry" table kept; drop table kept');
  }
  expect(await verify()).toMatchObject({ code: 0 });
  findings.push({
    attack: 'audit: entries altered, removed, inserted in the running desk’s database',
    tried: full ? tampering.length : 1,
    gotThrough: missed,
  });
});

test('nothing of it is in what the process printed, or in its pages', async () => {
  printed += await (await fetch(`${base()}/metrics`)).text();
  printed += await (await fetch(`${base()}/healthz`)).text();
  await stop();
  expect(printed).toMatch(/a turn failed/);
  search('the log at level debug, /metrics, /healthz and error pages', printed);
  const words = printed.split('\n').filter((line) => /赞成|反对|弃权|abstain|"(?:yes|no)"/.test(line));
  findings.push({
    attack: 'words of a secret ballot looked for in the log',
    tried: 1,
    gotThrough: words.length,
  });
  expect(words).toEqual([]);
});
