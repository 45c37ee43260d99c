/** Secret ballots in which votes come by every way there is, so that who chose what can be turned round. */
import pg from 'pg';
import { pino } from 'pino';
import { vi } from 'vitest';
import type { Choice } from '../../src/workflows/council/tally.js';
import type { FreshDatabase } from '../database.js';
import { rule } from './ballots.js';
import { type Chamber, chair, type Member, officer, openChamber, outsider, rooms } from './chamber.js';
import { connectionsTo, copyOf, countersOf, layOpen, type Remnant, type Row, remnantsOf } from './copy.js';

export const choices = ['yes', 'no', 'abstain'] as const satisfies readonly Choice[];
/** In each world the choices have gone round by one: everybody chooses otherwise, and the count is the same. */
export const worlds = [0, 1, 2] as const;
export const choiceIn = (world: number, at: number): Choice => choices[(at + world) % 3] ?? 'abstain';

export const words: Readonly<
  Record<Choice, { readonly zh: string; readonly other: string; readonly en: string }>
> = {
  yes: { zh: '赞成', other: '同意', en: 'yes' },
  no: { zh: '反对', other: '不同意', en: 'no' },
  abstain: { zh: '弃权', other: '弃权', en: 'abstain' },
};

export type World = {
  readonly open: readonly Row[];
  readonly closed: readonly Row[];
  readonly remnants: readonly Remnant[];
  readonly counters: readonly unknown[];
  readonly jobs: Chamber['jobs'];
  readonly log: readonly string[];
  readonly vault: Chamber['vault'];
};

const secret = rule({ moves: ['officer'], secret: true, openDays: 3, proxies: 1 });

const change = async (url: string, sql: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(sql);
  await client.end();
};

/** Plays everything in one of the worlds, and copies the database while ballots are open and when all have closed. */
export const playWorld = async (world: number, fresh: FreshDatabase): Promise<World> => {
  const log: string[] = [];
  const chamber = await openChamber({
    fresh,
    seats: 12,
    matters: { secret },
    // One: where a row is put depends on the connection that writes it, and which of several is free, on chance.
    connections: 1,
    log: pino(
      { level: 'trace', base: null, timestamp: false },
      { write: (line: string) => void log.push(line) },
    ),
  });
  const attack = await layOpen(chamber.url);
  try {
    await everyWay(chamber, (at) => choiceIn(world, at));
    await amended(chamber, (at) => choiceIn(world, at));
    await leftUncounted(chamber, (at) => choiceIn(world, at));
    await chamber.deliverAll();
    const open = await copyOf(chamber.url);
    await chamber.closes('P-1');
    await chamber.closes('P-3');
    for (const at of [1, 2]) await chamber.say(chamber.holder(at), `${words[choiceIn(world, at)].zh} P-1`);
    await chamber.press(
      chamber.holder(4),
      await chamber.offered(chamber.holder(4), `council.${choiceIn(world, 4)}`, 'P-3'),
    );
    await chamber.leave();
    await vi.waitUntil(async () => (await connectionsTo(chamber.url)) === 0);
    return {
      open,
      closed: await copyOf(chamber.url),
      remnants: await remnantsOf(chamber.url),
      counters: await countersOf(chamber.url),
      jobs: chamber.jobs,
      log,
      vault: chamber.vault,
    };
  } finally {
    await attack.release();
    await chamber.end();
  }
};

type Chosen = (at: number) => Choice;

/** Twelve seats vote on P-1, each in a way of its own. */
const everyWay = async (chamber: Chamber, of: Chosen): Promise<void> => {
  const { holder, alternate, say, press, offered, deliverAll } = chamber;
  const button = async (who: Member, choice: Choice, ref = 'P-1') =>
    press(who, await offered(who, `council.${choice}`, ref));
  const number = async (who: Member, choice: Choice, ref = 'P-1') =>
    say(who, String((await offered(who, `council.${choice}`, ref)).number));

  const ref = await chamber.move('secret', '选址');
  if (ref !== 'P-1') throw new Error(`${ref} is not the first motion`);
  await deliverAll();
  await say(outsider, words[of(0)].zh);
  await say(outsider, `${words[of(0)].zh} P-1`);
  await say(chair, `${words[of(1)].zh} P-1`);
  await button(holder(2), of(2));
  await number(holder(3), of(3));
  // Changed twice, by different ways.
  await say(holder(4), words[of(5)].en);
  await button(holder(4), of(6));
  await say(holder(4), `${words[of(4)].en} P-1`);
  // Nearly right, or too much, before it is right.
  await say(holder(5), `${words[of(5)].zh}，谢谢`);
  await say(holder(5), `我${words[of(5)].zh} P-1`);
  await say(holder(5), `我${words[of(5)].other}`);
  await say(holder(5), `P-1 ${words[of(5)].zh}！因为大家都${words[of(5)].zh}`);
  await say(holder(5), `${words[of(5)].zh} P-1 代 ${words[of(5)].zh}的人`);
  await say(holder(5), `${words[of(5)].zh} P-99`);
  await say(holder(5), `${words[of(5)].zh} P-1 代 s4`);
  await say(holder(5), `理由 P-1 我${words[of(5)].zh}，因为合适`);
  await say(holder(5), `${words[of(5)].zh}。`);
  // In the room: with a mention, without, by a number, by a button.
  await say(holder(6), `${words[of(6)].en} P-1`, { room: true, addressed: true });
  await say(holder(7), words[of(7)].zh, { room: true });
  await say(holder(7), `${words[of(7)].other} P-1`, { room: true });
  await say(holder(6), '结果 P-1', { room: true, addressed: true });
  await say(holder(7), '结果 P-1', { room: true, addressed: true });
  await deliverAll();
  const inRoom = await chamber.database.offer.findFirst({
    where: { conversation: rooms.wechat, command: `council.${of(7)}`, case: { ref } },
    orderBy: { outboxId: 'desc' },
  });
  await say(holder(7), String(inRoom?.number ?? 1), { room: true });
  await say(holder(6), words[of(6)].en);
  await say(alternate(7), `${words[of(7)].en} P-1`);
  // By proxy, the proxy's own vote first.
  await say(holder(8), `委托 ${holder(9).name} P-1`);
  await say(holder(9), '接受');
  await say(holder(9), `${words[of(9)].zh} P-1`);
  await say(holder(9), `${words[of(8)].zh} P-1 代 s8`);
  // Pressed by somebody to whom it was not offered.
  await press(holder(6), await offered(holder(2), `council.${of(6)}`, 'P-1'));
  // A turn that fails is tried again.
  await change(
    chamber.url,
    `alter table "Vote" add constraint broken check ("castAt" < '2000-01-01') not valid`,
  );
  await say(holder(10), `${words[of(10)].en} P-1`);
  await change(chamber.url, 'alter table "Vote" drop constraint broken');
  await chamber.clock.moveTo(new Date(chamber.clock.now().getTime() + 11_000));
  await chamber.desk.recover();
  // With a second ballot open, the bare word is asked back.
  await chamber.move('secret', '预算');
  await deliverAll();
  await say(holder(11), words[of(11)].zh);
  await say(holder(11), `${words[of(11)].other} P-1`);
  await button(holder(12), of(12));
  await say(holder(1), `${words[of(1)].zh} P-1`);
  // The turnout is brought up to date.
  await chamber.goOn(new Date(chamber.clock.now().getTime() + 20_000));
};

/** P-3 is amended while it is open: six votes stand, one is not confirmed, one leaves with its seat. */
const amended = async (chamber: Chamber, of: Chosen): Promise<void> => {
  const { holder, say } = chamber;
  await chamber.move('secret', '人选');
  for (const at of [1, 2, 3, 4, 5, 6, 7, 8]) await say(holder(at), `${words[of(at)].zh} P-3`);
  await say(holder(8), '回避 P-3 与本人有关');
  await say(officer, '修正 P-3 人选改为两位。');
  await chamber.deliverAll();
  for (const at of [1, 2, 3]) await say(holder(at), '维持 P-3');
  for (const at of [4, 5]) await say(holder(at), `${words[of(at)].zh} P-3`);
  await chamber.press(holder(6), await chamber.offered(holder(6), `council.${of(6)}`, 'P-3'));
};

/** P-2 is withdrawn: its votes are never opened. */
const leftUncounted = async (chamber: Chamber, of: Chosen): Promise<void> => {
  for (const at of [1, 2]) await chamber.say(chamber.holder(at), `${words[of(at)].zh} P-2`);
  await chamber.say(officer, '撤回 P-2');
};
