/** The whole running desk, while everything that can break does. */
import { setMaxListeners } from 'node:events';
import { writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { onTestFinished, test } from 'vitest';
import { chanceOf } from '../council/storm-chance.js';
import { scale } from '../figures/report.js';
import { runDesk } from '../system/running.js';
import { check, wrongs } from './check.js';
import { crowdOf } from './crowd.js';
import { openHarm } from './harm.js';
import { openPeople, type People } from './people.js';
import { seenBy } from './seen.js';
import { askPatiently, openStage, type Stage } from './stage.js';

const seed = Number(process.env.FAULT_SEED ?? 7);
const kills = Number(process.env.FAULT_KILLS ?? scale({ short: 10, full: 1000 }));
const size = scale({ short: 20, full: 100 });

const prepare = async ({ insist, officer }: People, places: number): Promise<void> => {
  const motion = ['提案', '购置灯光设备', '支出五万元，购置灯光设备。', '跳过', '通信表决', '跳过', '提交'];
  const event = ['新建活动', '陶瓷大会', '会议', '2026-10-12 14:00-17:00', '是', '一号厅', String(places), '跳过', '跳过'];
  for (const line of [...motion, ...event, '提交', '发布 W-1']) {
    if (!(await insist(officer, line, /./))) throw new Error(`no answer to ${line}`);
    await pause(150);
  }
};

/** Resolves when all that came in is answered and all that is to go out has gone; time is moved on to get there. */
const quiet = async (stage: Stage): Promise<void> => {
  for (const until = Date.now() + 120_000; Date.now() < until; ) {
    const [row] = await askPatiently(
      stage.url(),
      `select (select count(*)::int from "Inbox" where "doneAt" is null) as inputs,
        (select count(*)::int from "Outbox" where status in ('pending', 'sending', 'unsure')) as posts`,
    );
    if (JSON.stringify(row) === '{"inputs":0,"posts":0}') return;
    if (Date.now() > until - 100_000) await move(stage, '+1h');
    await pause(500);
  }
  console.warn('it does not come to rest');
};

const move = async (stage: Stage, by: string): Promise<string> => {
  const address = `http://127.0.0.1:${stage.processes.worker.port}/clock`;
  const body = JSON.stringify({ by });
  const headers = { 'content-type': 'application/json' };
  return fetch(address, { method: 'POST', headers, body }).then(
    (answer) => answer.text(),
    (error: Error) => error.message,
  );
};

test('nothing is lost and nothing doubled', { timeout: 3_000_000 }, async () => {
  const people = crowdOf(size);
  const began = Date.now();
  const said = (what: string) => console.info(((Date.now() - began) / 1000).toFixed(1), what);
  const stage = await openStage(people);
  onTestFinished(stage.stop);
  said(stage.folder);
  for (const one of Object.values(stage.processes)) one.start();
  for (const one of Object.values(stage.processes)) await one.up();
  said('up');
  let recent: readonly string[] = [];
  const harm = openHarm(stage, seed, () => recent);
  const crowd = openPeople(stage, people, chanceOf(seed), harm.weChatWorks);
  recent = crowd.recent;
  await prepare(crowd, Math.ceil(size / 6));
  said('prepared');
  const stopping = new AbortController();
  setMaxListeners(0, stopping.signal);
  const raging = harm.rage(stopping.signal);
  const living = crowd.live(stopping.signal);
  const jumps = [
    [0.35, '+1d'],
    [0.6, '+8d'],
    [0.8, '+2d'],
  ] as const;
  let jumped = 0;
  while (harm.kills() < kills) {
    await pause(20);
    const jump = jumps[jumped];
    if (jump && harm.kills() >= jump[0] * kills && stage.processes.worker.isUp()) {
      jumped += 1;
      said(`${harm.kills()} kills, ${jump[1]}: ${await move(stage, jump[1])}`);
    }
  }
  stopping.abort();
  await raging;
  said('mended');
  await living;
  for (const one of Object.values(stage.processes)) await one.up();
  await crowd.insist(crowd.officer, '帮助', /./);
  await quiet(stage);
  said('quiet');
  for (const by of [...jumps.slice(jumped).map((jump) => jump[1]), '+3d', '+5h']) said(`${by}: ${await move(stage, by)}`);
  await quiet(stage);
  said('over');
  const seen = await seenBy(stage, crowd, harm);
  const client = new pg.Client({ connectionString: stage.url() });
  await client.connect();
  onTestFinished(() => client.end());
  const ask = async (sql: string) => (await client.query(sql)).rows;
  const findings = await check(ask, seen);
  const verified = await runDesk(['audit', 'verify'], stage.env);
  console.info(verified.code, verified.out, verified.err);
  console.info(harm.counts, crowd.utterances.length, [...crowd.heard.values()].flat().length);
  console.info(Object.fromEntries(wrongs.map((wrong) => [wrong, findings.filter((one) => one.wrong === wrong).length])));
  writeFileSync('/tmp/hf-findings.json', JSON.stringify({ findings, counts: harm.counts, refused: stage.slack.calls.filter((one) => one.answer && 'error' in one.answer && one.answer.error === 'invalid_blocks') }, null, 1));
});
