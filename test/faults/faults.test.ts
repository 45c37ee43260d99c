/**
 * The whole running desk, as processes, while everything that can break does; then a checker that knows nothing of it.
 * FAULT_SEED says which harm is done; FAULT_KILLS, FAULT_PEOPLE and FAULT_MINUTES change how much and for how long at most.
 */
import { setMaxListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { expect, onTestFailed, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { chanceOf } from '../council/storm-chance.js';
import { publish, scale } from '../figures/report.js';
import { runDesk } from '../system/running.js';
import { check, type Finding, type Seen, wrongs } from './check.js';
import { crowdOf } from './crowd.js';
import { type Harm, openHarm } from './harm.js';
import { openPeople, type People } from './people.js';
import { planted, plants } from './plant.js';
import { seenBy } from './seen.js';
import { askPatiently, monday, openStage, type Stage } from './stage.js';

const asked = (name: string, otherwise: number): number => Number(process.env[name] ?? otherwise);
const seed = asked('FAULT_SEED', 7);
const kills = asked('FAULT_KILLS', scale({ short: 10, full: 1000 }));
const size = asked('FAULT_PEOPLE', scale({ short: 20, full: 100 }));
const minutes = asked('FAULT_MINUTES', 45);

/** The motion is open and the event announced before anything breaks. */
const prepare = async (stage: Stage, { insist, officer }: People, places: number): Promise<void> => {
  const motion = ['提案', '购置灯光设备', '支出五万元，购置灯光设备。', '跳过', '通信表决', '跳过', '提交'];
  const event = ['新建活动', '陶瓷大会', '会议', '2026-10-12 14:00-17:00', '是', '一号厅', String(places)];
  for (const line of [...motion, ...event, '跳过', '跳过', '提交', '发布 W-1']) {
    if (!(await insist(officer, line, /./))) throw new Error(`no answer to ${line}`);
    // An answer may have a second part, which is none to the next line.
    await quiet(stage);
  }
  const open = await askPatiently(stage.url(), `select ref from "Case" where state = 'open' order by ref`);
  expect(open).toEqual([{ ref: 'P-1' }, { ref: 'W-1' }]);
};

/** The desk's time: it stands in the database, as far from the real one as it was moved. */
const timeOf = async (stage: Stage): Promise<number> => {
  const [{ offset } = { offset: '0' }] = z
    .array(z.object({ offset: z.string() }))
    .parse(await askPatiently(stage.url(), 'select "offsetMs"::text as offset from "Clock"'));
  return Date.now() + Number(offset);
};

/** Moves time on, in whole hours, until it has come so far; a process that is killed meanwhile leaves it on the way. */
const moveTowards = async (stage: Stage, hours: number): Promise<boolean> => {
  const left = Math.ceil((monday.getTime() - (await timeOf(stage))) / hourMs + hours);
  if (left <= 0) return true;
  await fetch(`http://127.0.0.1:${stage.processes.worker.port}/clock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ by: `+${left}h` }),
  }).catch(() => pause(100));
  return false;
};

const hourMs = 3_600_000;
const patienceMs = 180_000;

/**
 * Resolves when all that came in is answered and all that is to go out has gone. What was on its way when its process
 * was killed is looked for when that is up again, or after a minute.
 */
const quiet = async (stage: Stage): Promise<void> => {
  const began = Date.now();
  while (Date.now() < began + patienceMs) {
    const rows = await askPatiently(
      stage.url(),
      `select 1 from "Inbox" where "doneAt" is null
       union all select 1 from "Outbox" where status in ('pending', 'sending', 'unsure')`,
    );
    if (rows.length === 0) return;
    await pause(500);
  }
};

/** Over the holidays to the day of the event, in hours: each when so much of the harm is done, the last two after it. */
const moves = [
  { after: 0.35, to: 24 },
  { after: 0.6, to: 9 * 24 },
  { after: 0.8, to: 11 * 24 },
  { after: 1, to: 14 * 24 },
  { after: 1, to: 14 * 24 + 5 },
] as const;

const allUp = async (stage: Stage): Promise<void> => {
  for (const one of Object.values(stage.processes)) while (!(await one.up())) await pause(100);
};

const rage = async (stage: Stage, harm: Harm, people: People): Promise<void> => {
  const stopping = new AbortController();
  setMaxListeners(0, stopping.signal);
  const raging = harm.rage(stopping.signal);
  const living = people.live(stopping.signal);
  const left = [...moves];
  const began = Date.now();
  for (;;) {
    const done = Math.max(harm.kills() / kills, (Date.now() - began) / (minutes * 60_000));
    if (done >= 1) break;
    const [next] = left;
    if (next && done >= next.after && stage.processes.worker.isUp()) {
      if (await moveTowards(stage, next.to)) left.shift();
    }
    await pause(20);
  }
  stopping.abort();
  await raging;
  await living;
  await allUp(stage);
  // What WeChat held back to bring it in the wrong order comes with this.
  await people.insist(people.officer, '帮助', /./);
  await quiet(stage);
  for (const { to } of left) {
    while (!(await moveTowards(stage, to))) await quiet(stage);
  }
};

const report = (
  harm: Harm,
  seen: Seen,
  findings: readonly Finding[],
  tookMs: number,
  missed: readonly string[],
): void => {
  const times = (wrong: Finding['wrong']) => findings.filter((one) => one.wrong === wrong).length;
  const rows = [
    ...Object.entries(harm.counts)
      .sort()
      .map(([what, count]): [string, number, string] => [what, count, '']),
    ...wrongs.map((wrong): [string, number, string | number] => [
      wrong,
      times(wrong),
      wrong.startsWith('unavoidable') ? 'measured' : 0,
    ]),
  ];
  const heard = [...seen.heard.values()].flat().length;
  publish({
    name: 'faults',
    columns: ['What', 'Times', 'Goal'],
    rows,
    notes: [
      `${harm.kills()} kill points with seed ${seed}, in ${Math.round(tookMs / 1000)} seconds: ${size} people said ` +
        `${seen.utterances.length} things and were told ${heard}.`,
      `The checker found ${plants.length - missed.length} of ${plants.length} planted faults.`,
      'WeChat tells nobody what it took, and brings nothing twice: a message that is handed over and not yet stored ' +
        'when the process is killed is lost, and one that is sent but not yet noted may be sent again.',
    ],
  });
};

test('nothing is lost and nothing doubled', { timeout: 4_000_000 }, async () => {
  onTestFailed(() => console.error(`To see it again: FAULT_SEED=${seed}`));
  const crowd = crowdOf(size);
  const stage = await openStage(crowd);
  onTestFinished(stage.stop);
  for (const one of Object.values(stage.processes)) one.start();
  await allUp(stage);
  const harm = openHarm(stage, seed, () => people.recent);
  const people = openPeople(stage, crowd, chanceOf(seed), harm.weChatWorks);
  await prepare(stage, people, Math.ceil(size / 6));
  const began = Date.now();
  await rage(stage, harm, people);
  const tookMs = Date.now() - began;

  const seen = await seenBy(stage, people, harm);
  const client = new pg.Client({ connectionString: stage.url() });
  await client.connect();
  onTestFinished(() => client.end());
  const ask = async (sql: string): Promise<unknown[]> => (await client.query(sql)).rows;
  const verified = await runDesk(['audit', 'verify'], stage.env);
  const findings: readonly Finding[] = [
    ...(await check(ask, seen)),
    ...(verified.code === 0
      ? []
      : [{ wrong: 'audit entries missing' as const, what: verified.out + verified.err }]),
  ];
  const count = (all: readonly Finding[], wrong: Finding['wrong']) =>
    all.filter((one) => one.wrong === wrong).length;
  const missed: string[] = [];
  for (const plant of plants) {
    const found = await planted(ask, seen, plant, (as) => check(ask, as));
    if (count(found, plant.finds) <= count(findings, plant.finds)) missed.push(plant.what);
  }
  report(harm, seen, findings, tookMs, missed);
  expect(findings.filter((one) => !one.wrong.startsWith('unavoidable'))).toEqual([]);
  expect(missed, 'planted and not found').toEqual([]);
});
