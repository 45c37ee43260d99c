/**
 * Every command, as every kind of person, on cases in every state: the running desk lets exactly those through whom
 * the declarations name. Short: a sample in which every command is tried; long: all of it.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import pg from 'pg';
import { expect, test } from 'vitest';
import type { ChannelName } from '../../src/core/input.js';
import { languages } from '../../src/core/text.js';
import type { Command, Workflow } from '../../src/core/workflow.js';
import { workflows } from '../../src/workflows/index.js';
import { full } from '../figures/report.js';
import { openPlay, type Play } from '../play.js';
import { openChance } from './chance.js';
import { publishFindings } from './findings.js';
import {
  type CaseFacts,
  expected,
  printRights,
  type Standing,
  standingOf,
  type Verdict,
} from './second-reading.js';
import { allScripts, coverOf, type Script, type Stop } from './stages.js';
import { openUndoneDesk, type Undone, type UndoneDesk } from './undone.js';

const seed = Number(process.env.SEED ?? 20_261_123);
const chance = openChance(seed);
const tableFile = decodeURI(new URL('../../docs/rights.md', import.meta.url).pathname);

test('docs/rights.md is what the declarations say', () => {
  const printed = printRights(workflows);
  if (process.env.REWRITE_RIGHTS) writeFileSync(tableFile, printed);
  expect(readFileSync(tableFile, 'utf8')).toBe(printed);
});

type Account = {
  readonly channel: ChannelName;
  readonly account: string;
  readonly id: string;
  readonly name: string;
};
type Someone = Account & { readonly standing: Standing };

/** Somebody who has never written before, and calls himself like the officer. */
const strangers: readonly Account[] = [
  { channel: 'wechat', account: '', id: 'wx-stranger', name: '王芳' },
  { channel: 'slack', account: 'T01', id: 'U99', name: '王芳' },
];

/** One account for each way to stand to the case, on each network. */
const everyKind = async (
  play: Play,
  client: pg.Client,
  about: CaseFacts | undefined,
): Promise<readonly Someone[]> => {
  const known = await play.database.identity.findMany({ include: { person: true }, orderBy: { id: 'asc' } });
  const accounts = known.map(({ channel, account, externalId, person }) => ({
    channel,
    account,
    id: externalId,
    name: person.name,
  }));
  const kinds = new Map<string, Someone>();
  for (const one of [...accounts, ...strangers]) {
    const { standing } = await standingOf(client, one, about, play.now());
    const isStranger = strangers.includes(one);
    const kind = [one.channel, isStranger ? 'stranger' : '', ...[...standing].sort()].join(' ');
    if (!kinds.has(kind)) kinds.set(kind, { ...one, standing });
  }
  return [...kinds.values()];
};

let sequence = 0;
const ask = (desk: UndoneDesk, who: Account, text: string, now: Date): Promise<Undone> => {
  sequence += 1;
  return desk.try({
    kind: 'said',
    channel: who.channel,
    account: who.account,
    keys: [`right-${sequence}`],
    sentAt: now,
    conversation: { id: who.id, kind: 'direct' },
    sender: { id: who.id, name: who.name },
    text,
    addressed: true,
  });
};

/** What the desk answered, by its words alone. */
const verdictOf = ({ said }: Undone, who: Account): Verdict | 'silent' => {
  const toThem = said.filter((one) => one.conversation === who.id).map((one) => one.text);
  if (toThem.length === 0) return 'silent';
  if (toThem.some((text) => /只能由.+办理，您目前没有这项权限/.test(text))) return 'noRight';
  if (toThem.some((text) => /现在是“.+现在不能“/s.test(text))) return 'wrongState';
  return 'allowed';
};

const factsOf = async (play: Play, workflow: Workflow, ref: string): Promise<CaseFacts> => {
  const one = await play.database.case.findUniqueOrThrow({ where: { ref } });
  const { parkId = null, concerns = [] } = await workflow.subject(play.database, one.id);
  return { state: one.state, openedBy: one.openedBy, parkId, concerns };
};

const reachable = new Set(
  allScripts().flatMap((one) => one.stops.map((stop) => `${stop.workflow} ${stop.state}`)),
);
const forced = new Set<string>();

const tried = { allowed: 0, noRight: 0, wrongState: 0 };
const triedCommands = new Set<string>();
const triedStates = new Set<string>();
const wrong: string[] = [];

const attempt = async (
  desk: UndoneDesk,
  command: Command,
  who: Someone,
  about: { readonly ref: string; readonly facts: CaseFacts } | undefined,
  now: Date,
): Promise<void> => {
  const want = expected(command, who.standing, about?.facts);
  const words = command.words[chance.oneOf(languages)][0] ?? '';
  const text = about ? `${words} ${about.ref}` : words;
  const answer = await ask(desk, who, text, now);
  const got = verdictOf(answer, who);
  tried[want] += 1;
  triedCommands.add(command.id);
  if (got === want && answer.faults.length === 0) return;
  const where = about ? `${about.ref} (${about.facts.state})` : 'no case';
  const standing = [...who.standing].join(', ');
  wrong.push(
    `${command.id} “${text}” on ${where} by ${who.name} @${who.channel} [${standing}]: ${want} expected, ${got}. ${answer.faults.join(' ').slice(0, 400)}${answer.said
      .map((one) => one.text)
      .join(' / ')
      .slice(0, 200)}`,
  );
};

/** How many of the people are tried for a command on a case, in the short run. */
const fewPeople = 2;

const tryStop = async (play: Play, desk: UndoneDesk, client: pg.Client, workflow: Workflow, stop: Stop) => {
  const facts = await factsOf(play, workflow, stop.ref);
  expect(facts.state).toBe(stop.state);
  triedStates.add(`${workflow.id}.${stop.state}`);
  const people = await everyKind(play, client, facts);
  for (const command of workflow.commands) {
    if (command.from === 'new' || command.from === 'none') continue;
    for (const who of full ? people : chance.some(people, fewPeople)) {
      await attempt(desk, command, who, { ref: stop.ref, facts }, play.now());
    }
  }
};

const tryWithoutCase = async (play: Play, desk: UndoneDesk, client: pg.Client) => {
  const people = await everyKind(play, client, undefined);
  for (const command of workflows.flatMap((one) => one.commands)) {
    if (command.from !== 'new' && command.from !== 'none') continue;
    for (const who of full ? people : chance.some(people, 2 * fewPeople)) {
      await attempt(desk, command, who, undefined, play.now());
    }
  }
};

const playThrough = async (script: Script, withoutCase: boolean): Promise<void> => {
  const play = await openPlay();
  const client = new pg.Client({ connectionString: play.url });
  await client.connect();
  try {
    if (withoutCase) await tryWithoutCase(play, await openUndoneDesk(play.database, play.now), client);
    let played = 0;
    for (const stop of script.stops) {
      for (; played < stop.after; played += 1) await play.act(script.lines[played] ?? '');
      const workflow = workflows.find((one) => one.prefix === stop.workflow);
      if (!workflow) throw new Error(`no workflow ${stop.workflow}`);
      // A form that is open would be asked for again after each attempt.
      await tryStop(play, await openUndoneDesk(play.database, play.now), client, workflow, stop);
    }
    if (full) await forceStates(play, client);
  } finally {
    await client.end();
    await play.end();
  }
};

/** States that no transcript comes to: a case at hand is put there by the table, for who may do what in it. */
const forceStates = async (play: Play, client: pg.Client): Promise<void> => {
  for (const workflow of workflows) {
    const one = await play.database.case.findFirst({
      where: { workflow: workflow.id },
      orderBy: { ref: 'asc' },
    });
    for (const state of Object.keys(workflow.states)) {
      if (!one || reachable.has(`${workflow.prefix} ${state}`) || forced.has(`${workflow.id}.${state}`))
        continue;
      await play.database.case.update({ where: { id: one.id }, data: { state } });
      const stop = { workflow: workflow.prefix, state, ref: one.ref, after: 0 };
      await tryStop(play, await openUndoneDesk(play.database, play.now), client, workflow, stop);
      forced.add(`${workflow.id}.${state}`);
    }
  }
};

const soon = 8;
/** For each workflow a stop that chance chooses among those that are soon reached. */
const sample = (scripts: readonly Script[]): readonly Script[] =>
  workflows.flatMap(({ prefix }) => {
    const stops = scripts.flatMap((script) =>
      script.stops.filter((stop) => stop.workflow === prefix).map((stop) => ({ ...script, stops: [stop] })),
    );
    const after = (one: Script): number => one.stops[0]?.after ?? 0;
    const near = stops.filter((one) => after(one) <= Math.max(soon, Math.min(...stops.map(after))));
    return chance.some(near, 1);
  });

test('the desk lets through whom the declarations name, and nobody else', {
  timeout: 1_800_000,
}, async () => {
  const scripts = full ? coverOf(allScripts()) : sample(coverOf(allScripts()));
  for (const [at, script] of scripts.entries()) await playThrough(script, at === 0);

  const all = workflows.flatMap((one) => one.commands).map((one) => one.id);
  const states = workflows.flatMap((one) => Object.keys(one.states).map((state) => `${one.id}.${state}`));
  const unreached = states.filter((one) => !triedStates.has(one));
  publishFindings(
    [
      {
        attack: 'commands without the right',
        tried: tried.noRight,
        gotThrough: wrong.filter((one) => one.includes(': noRight expected, allowed')).length,
      },
      {
        attack: 'commands in the wrong state',
        tried: tried.wrongState,
        gotThrough: wrong.filter((one) => one.includes(': wrongState expected, allowed')).length,
      },
      {
        attack: 'commands with right and state',
        tried: tried.allowed,
        gotThrough: tried.allowed - wrong.filter((one) => one.includes(': allowed expected')).length,
        notes: 'these are to get through',
      },
    ],
    [
      `Rights: ${triedCommands.size} of ${all.length} commands, ${triedStates.size} of ${states.length} states, seed ${seed}. Not reached by any transcript, and put there by hand: ${[...forced].join(', ') || 'none'}; not tried: ${unreached.join(', ') || 'none'}.`,
    ],
  );
  expect(wrong).toEqual([]);
  expect(all.filter((id) => !triedCommands.has(id))).toEqual([]);
});
