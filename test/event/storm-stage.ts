/** The whole desk on both stand-ins, with an alliance of thousands and one event that has room for a quarter. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { vi } from 'vitest';
import { z } from 'zod';
import { readAllianceFile } from '../../src/alliance/file.js';
import { importAlliance } from '../../src/alliance/import.js';
import { readConfig } from '../../src/config.js';
import { type RunningDesk, startDesk } from '../../src/main.js';
import { openDatabase } from '../../src/store/database.js';
import { isDrained } from '../../src/store/outbox.js';
import { freshDatabase } from '../database.js';
import { ask } from '../ground/ask.js';
import { type Guest, parkKeys } from './storm-crowd.js';
import { type Act, openPhones, slackRoom, wechatRoom } from './storm-phones.js';
import { readTold, type Told } from './storm-told.js';

export type Stage = {
  readonly url: string;
  /** The last thing that came in before the storm. */
  readonly before: number;
  /** Everybody signs up, forty on Slack at a time and each in their order; those on WeChat all at once. */
  readonly storm: () => Promise<void>;
  /** Resolves when all that was done is answered, and all answers are delivered. */
  readonly quiet: () => Promise<void>;
  /** Asks where they stand. */
  readonly askAll: (guests: readonly Guest[]) => Promise<void>;
  /** What each person was told in private, by their account, in its order. */
  readonly told: ReadonlyMap<string, readonly Told[]>;
  /** How many things each person did, by their account. */
  readonly acts: ReadonlyMap<string, number>;
  /** What was said in the members’ group on WeChat. */
  readonly groupPosts: () => readonly string[];
  /** How often Slack saw no acknowledgement in its three seconds. */
  readonly unacknowledged: () => number;
  readonly logged: readonly Logged[];
};

const line = z.looseObject({ level: z.int(), msg: z.string() });
export type Logged = z.output<typeof line>;

const monday = new Date('2026-11-23T10:00:00+08:00');
const officer = 'wx-officer';
const atOnce = 40;
const within = { timeout: 300_000, interval: 20 };

/** Starts it all at ten on a Monday, with the event announced. */
export const openStage = async (
  guests: readonly Guest[],
  places: number,
  onEnd: (end: () => Promise<void>) => void,
): Promise<Stage> => {
  const fresh = await freshDatabase();
  onEnd(fresh.drop);
  const dataDir = await mkdtemp(join(tmpdir(), 'desk-storm-'));
  onEnd(() => rm(dataDir, { recursive: true, force: true }));
  await ask(fresh.url, `insert into "Clock" values (1, ${monday.getTime() - Date.now()})`);
  await writeAlliance(fresh.url, guests);

  const logged: Logged[] = [];
  const log = pino({ level: 'warn' }, { write: (text) => void logged.push(line.parse(JSON.parse(text))) });
  const settings = readConfig({ DATA_DIR: dataDir, DATABASE_URL: fresh.url });
  const running = await startDesk({ ...settings, port: { number: 0, named: true } }, log, () => undefined);
  onEnd(running.stop);
  const { database, slack, wechat, port } = running;
  if (!slack || !wechat) throw new Error('both stand-ins are needed');

  const groupPosts = () =>
    wechat.sent.filter((one) => one.conversation === wechatRoom).map((one) => one.text);
  const isAnnounced = () => groupPosts().length > 0 && slack.posts.some((post) => post.channel === slackRoom);
  await announce(running, places);
  await vi.waitUntil(isAnnounced, within);
  // After a login the account notes a code for each of its contacts: that is over before the storm.
  const onWeChat = guests.filter((one) => one.channel === 'wechat');
  await vi.waitUntil(() => onWeChat.every(({ id }) => wechat.noteOf(id) !== undefined), within);

  const byId = new Map(guests.map((one) => [one.id, one]));
  const told = new Map<string, Told[]>(guests.map((one) => [one.id, []]));
  const acts = new Map<string, number>(guests.map((one) => [one.id, 0]));
  const gone = new Set<string>();
  const underWay = new Set<Promise<void>>();
  const phones = openPhones(slack, wechat, port);
  const before = await database.inbox.count();
  const last = await database.inbox.findFirstOrThrow({ orderBy: { id: 'desc' } });
  let performed = 0;

  const doing = async (guest: Guest, act: Act): Promise<void> => {
    performed += 1;
    acts.set(guest.id, (acts.get(guest.id) ?? 0) + 1);
    await phones.act(guest, act);
  };
  const hear = (id: string, text: string): void => {
    const guest = byId.get(id);
    if (!guest) return;
    const heard = readTold(text);
    told.get(id)?.push(heard);
    for (const act of answersTo(guest, heard)) {
      const done = doing(guest, act).finally(() => underWay.delete(done));
      underWay.add(done);
    }
  };
  /** Whoever wants to leave does so once they have heard all about their sign-up; who is leaving takes no offer. */
  const answersTo = (guest: Guest, heard: Told): readonly Act[] => {
    if (!guest.leaves) return heard.kind === 'offer' ? [{ kind: guest.accepts ? 'accept' : 'decline' }] : [];
    const answers = told.get(guest.id)?.filter((one) => one.kind !== 'offer').length ?? 0;
    if (answers < guest.signsUp.length || gone.has(guest.id)) return [];
    gone.add(guest.id);
    return [{ kind: 'leave' }];
  };
  wechat.onSent(({ conversation, text }) => hear(conversation, text));
  slack.onPost(({ kind, user, text }) => {
    if (kind === 'post') hear(user, text);
  });

  /** Each in their order, on Slack so many people at a time. */
  const perform = async (all: readonly { readonly guest: Guest; readonly acts: readonly Act[] }[]) => {
    const waiting = all.filter(({ guest }) => guest.channel === 'slack');
    const carryOn = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        for (const act of next.acts) await doing(next.guest, act);
      }
    };
    const slackers = Array.from({ length: atOnce }, carryOn);
    for (const { guest, acts } of all) {
      if (guest.channel === 'wechat') for (const act of acts) await doing(guest, act);
    }
    await Promise.all(slackers);
  };

  return {
    url: fresh.url,
    before: Number(last.id),
    storm: () =>
      perform(
        guests.map((guest) => ({
          guest,
          acts: guest.signsUp.map((way) => ({ kind: 'signUp' as const, way })),
        })),
      ),
    askAll: (all) => perform(all.map((guest) => ({ guest, acts: [{ kind: 'ask' as const }] }))),
    quiet: async () => {
      const isOver = async () => {
        const done = await database.inbox.count({ where: { doneAt: { not: null } } });
        const drained = await isDrained(database, new Date(monday.getTime() + 86_400_000));
        return underWay.size === 0 && done === before + performed && drained;
      };
      await vi.waitUntil(isOver, { ...within, interval: 1000 });
    },
    told,
    acts,
    groupPosts,
    unacknowledged: phones.unacknowledged,
    logged,
  };
};

/** The alliance's file with its parks, and then its people at one stroke. */
const writeAlliance = async (url: string, guests: readonly Guest[]): Promise<void> => {
  const database = openDatabase(url, 1);
  // JSON is YAML.
  const read = readAllianceFile(
    JSON.stringify({
      alliance: { name: { zh: '风暴联盟', en: 'Storm Alliance' }, timezone: 'Asia/Shanghai' },
      parks: parkKeys.map((id, at) => ({
        id,
        name: { zh: `园区${at + 1}`, en: `Park ${at + 1}` },
        province: '江西',
        specialties: [],
      })),
      people: [
        {
          id: officer,
          name: '秘书',
          language: 'zh',
          roles: ['officer'],
          identities: [{ channel: 'wechat', id: officer }],
        },
      ],
      council: { seats: [{ id: 's1', class: 'expert', holder: officer }] },
      rooms: [
        { channel: 'slack', team: 'T01', id: slackRoom, purpose: 'members', language: 'en' },
        { channel: 'wechat', id: wechatRoom, purpose: 'members', language: 'zh' },
      ],
    }),
    'storm.yaml',
  );
  if (!('ok' in read)) throw new Error(JSON.stringify(read.mistakes));
  await importAlliance(database, read.ok, monday);
  const parks = new Map((await database.park.findMany()).map((park) => [park.key, park.id]));
  const people = await database.person.createManyAndReturn({
    data: guests.map(({ id, name, channel, park }) => ({
      key: id,
      name,
      language: channel === 'slack' ? ('en' as const) : ('zh' as const),
      parkId: parks.get(park) ?? null,
      createdAt: monday,
    })),
  });
  const channels = new Map(guests.map((one) => [one.id, one.channel]));
  await database.identity.createMany({
    data: people.flatMap(({ id, key }) => {
      const channel = channels.get(key ?? '');
      return key && channel
        ? [{ channel, account: channel === 'slack' ? 'T01' : '', externalId: key, personId: id }]
        : [];
    }),
  });
  await database.$disconnect();
};

/** The event is planned and announced before anybody listens. */
const announce = async ({ desk }: RunningDesk, places: number): Promise<void> => {
  const lines = [
    '新建活动',
    '陶瓷大会',
    '会议',
    '2026-12-14 14:00-17:00',
    '是',
    '一号厅',
    String(places),
    '跳过',
    '跳过',
    '提交',
    '发布 W-1',
  ];
  for (const [at, text] of lines.entries()) {
    const { answered } = await desk.take({
      kind: 'said',
      channel: 'wechat',
      account: '',
      keys: [`plan-${at}`],
      sentAt: monday,
      conversation: { id: officer, kind: 'direct' },
      sender: { id: officer },
      text,
      addressed: true,
    });
    await answered;
  }
};
