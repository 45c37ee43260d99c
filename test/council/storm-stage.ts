/** The whole desk on both stand-ins, with a council of many seats and one motion before it. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { vi } from 'vitest';
import { z } from 'zod';
import { type MovableClock, openMovableClock } from '../../src/clock.js';
import { readConfig } from '../../src/config.js';
import { advance } from '../../src/jobs/advance.js';
import { type RunningDesk, startDesk } from '../../src/main.js';
import { isDrained } from '../../src/store/outbox.js';
import { freshDatabase } from '../database.js';
import { ask } from '../ground/ask.js';
import { type Act, byVoter } from './storm-acts.js';
import { allianceFile, officer, slackRoom, type Voter, wechatRoom } from './storm-alliance.js';
import { openPeople } from './storm-people.js';
import { readTold, type Told } from './storm-told.js';

export type Stage = {
  readonly database: RunningDesk['database'];
  readonly closesAt: Date;
  /**
   * Does all of it, forty people at a time and each in their order: as fast as the networks take it. Resolves when
   * they have handed it to the desk.
   */
  readonly perform: (acts: readonly Act[]) => Promise<void>;
  /** Lets so much time go by at once, and rings what falls due. */
  readonly pass: (ms: number) => Promise<void>;
  /** Moves time to the closing instant, in the middle of whatever goes on. No alarm has rung by then. */
  readonly timeIsUp: () => Promise<void>;
  /** Rings what is due: the alarm clock may well be late. */
  readonly close: () => Promise<void>;
  readonly answers: () => number;
  readonly answered: (count: number) => Promise<void>;
  /** Resolves when all that was done is answered, and all answers are delivered. */
  readonly quiet: () => Promise<void>;
  /** What each person was told in private, by their account, in its order. */
  readonly told: ReadonlyMap<string, readonly Told[]>;
  readonly roomPosts: () => readonly string[];
  /** How often Slack saw no acknowledgement in its three seconds. */
  readonly unacknowledged: () => number;
  readonly logged: readonly Logged[];
};

const line = z.looseObject({ level: z.int(), msg: z.string() });
export type Logged = z.output<typeof line>;

const monday = new Date('2026-11-23T10:00:00+08:00');
const atOnce = 40;
const within = { timeout: 90_000, interval: 10 };

/** Starts it all at ten on a Monday. With the spy on src/clock.js that the test file has to set. */
export const openStage = async (
  voters: readonly Voter[],
  onEnd: (end: () => Promise<void>) => void,
): Promise<Stage> => {
  const fresh = await freshDatabase();
  onEnd(fresh.drop);
  const dataDir = await mkdtemp(join(tmpdir(), 'desk-storm-'));
  onEnd(() => rm(dataDir, { recursive: true, force: true }));
  const file = join(dataDir, 'alliance.yaml');
  await writeFile(file, allianceFile(voters));
  await ask(fresh.url, `insert into "Clock" values (1, ${monday.getTime() - Date.now()})`);

  const logged: Logged[] = [];
  const log = pino({ level: 'warn' }, { write: (text) => void logged.push(line.parse(JSON.parse(text))) });
  const settings = readConfig({ DATA_DIR: dataDir, DATABASE_URL: fresh.url, ALLIANCE_FILE: file });
  const running = await startDesk({ ...settings, port: { number: 0, named: true } }, log, () => undefined);
  onEnd(running.stop);
  const { database, desk, slack, wechat, port } = running;
  if (!slack || !wechat) throw new Error('both stand-ins are needed');
  const clock: MovableClock | undefined = await vi.mocked(openMovableClock).mock.results.at(-1)?.value;
  if (!clock) throw new Error('the desk has no movable clock');

  const told = new Map<string, Told[]>(voters.map((one) => [one.id, []]));
  let answers = 0;
  const hear = (id: string, text: string) => {
    const before = told.get(id);
    if (!before) return;
    before.push(readTold(text));
    answers += 1;
  };
  wechat.onSent(({ conversation, text }) => hear(conversation, text));
  slack.onPost(({ kind, user, text }) => {
    if (kind === 'post') hear(user, text);
  });
  const roomPosts = () => [
    ...slack.posts.filter((post) => post.channel === slackRoom).map((post) => post.text),
    ...wechat.sent.filter((one) => one.conversation === wechatRoom).map((one) => one.text),
  ];

  await openMotion(running);
  const { closesAt } = await database.ballot.findFirstOrThrow();
  await vi.waitUntil(() => roomPosts().length === 2, within);
  const before = await database.inbox.count();
  const people = openPeople(slack, wechat, port);
  let performed = 0;
  const ringUntil = async (to: Date): Promise<void> => {
    await advance({ database, clock, desk }, to, async () => undefined);
  };

  return {
    database,
    closesAt,
    perform: async (acts) => {
      performed += acts.length;
      const waiting = [...byVoter(acts).values()];
      const carryOn = async () => {
        for (let own = waiting.shift(); own; own = waiting.shift()) {
          for (const act of own) await people.act(act);
        }
      };
      await Promise.all(Array.from({ length: atOnce }, carryOn));
    },
    pass: (ms) => ringUntil(new Date(clock.now().getTime() + ms)),
    timeIsUp: () => clock.moveTo(closesAt),
    close: () => ringUntil(closesAt),
    answers: () => answers,
    answered: (count) => vi.waitUntil(() => answers >= count, within).then(() => undefined),
    quiet: async () => {
      const soon = () => new Date(clock.now().getTime() + 60_000);
      await vi.waitUntil(
        async () =>
          (await database.inbox.count({ where: { doneAt: { not: null } } })) === before + performed &&
          (await isDrained(database, soon())),
        { ...within, interval: 50 },
      );
    },
    told,
    roomPosts,
    unacknowledged: people.unacknowledged,
    logged,
  };
};

/** Moves a motion by circulation, before anybody listens. */
const openMotion = async ({ desk }: RunningDesk): Promise<void> => {
  const lines = ['提案', '购置灯光设备', '支出五万元，购置灯光设备。', '跳过', '通信表决', '跳过', '提交'];
  for (const [at, text] of lines.entries()) {
    const { answered } = await desk.take({
      kind: 'said',
      channel: 'wechat',
      account: '',
      keys: [`motion-${at}`],
      sentAt: monday,
      conversation: { id: officer, kind: 'direct' },
      sender: { id: officer },
      text,
      addressed: true,
    });
    await answered;
  }
};
