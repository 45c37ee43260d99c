/**
 * Who may do what, read a second time: slowly, from the declarations and the tables, without a line of the desk's own
 * code. What somebody is to a case becomes a set of words, what a rule asks for another one, and the two must meet.
 */
import type pg from 'pg';
import { type Role, type Rule, roles } from '../../src/core/people.js';
import type { Command, Workflow } from '../../src/core/workflow.js';

/** What somebody is: `anyone`, `role officer`, `seat`, `member`, and to one case `opener`, `concerned`, `parkContact`. */
export type Standing = ReadonlySet<string>;
export type Verdict = 'allowed' | 'noRight' | 'wrongState';

export type CaseFacts = {
  readonly state: string;
  readonly openedBy: string;
  readonly parkId: string | null;
  readonly concerns: readonly string[];
};

/** The words of which a rule wants one. */
export const wantedBy = (rule: Rule): readonly string[] => {
  if (rule.kind === 'oneOf') return rule.rules.flatMap(wantedBy);
  if (rule.kind === 'role') return rule.roles.map((role) => `role ${role}`);
  return [rule.kind];
};

export const permits = (rule: Rule, standing: Standing): boolean =>
  wantedBy(rule).some((wanted) => standing.has(wanted));

/** What the desk ought to say to a command: the right is looked at first, then the state. */
export const expected = (command: Command, standing: Standing, about: CaseFacts | undefined): Verdict => {
  if (!permits(command.by, standing)) return 'noRight';
  if (command.from === 'new' || command.from === 'none' || about === undefined) return 'allowed';
  return command.from.includes(about.state) ? 'allowed' : 'wrongState';
};

const isRole = (word: string): word is Role => roles.some((role) => role === word);

/** What an account is by itself: of nobody the desk knows, it is `anyone`. */
export const standingOf = async (
  client: pg.Client,
  account: { readonly channel: string; readonly account: string; readonly id: string },
  about: CaseFacts | undefined,
  now: Date,
): Promise<{ readonly personId: string | undefined; readonly standing: Standing }> => {
  const rowsOf = async (sql: string, values: readonly unknown[]): Promise<Record<string, unknown>[]> =>
    (await client.query<Record<string, unknown>>(sql, [...values])).rows;
  const standing = new Set(['anyone']);
  const [owner] = await rowsOf(
    'select "personId" from "Identity" where channel::text = $1 and account = $2 and "externalId" = $3',
    [account.channel, account.account, account.id],
  );
  if (!owner) return { personId: undefined, standing };
  const personId = String(owner.personId);
  const [person] = await rowsOf('select guest, "parkId" from "Person" where id = $1', [personId]);
  const parkId = person?.parkId ?? null;

  const granted = await rowsOf('select role::text as role from "Grant" where "personId" = $1', [personId]);
  for (const { role } of granted) if (isRole(String(role))) standing.add(`role ${String(role)}`);

  const seats = await rowsOf('select * from "Seat"', []);
  const alternates = await rowsOf('select * from "Alternate" where "personId" = $1', [personId]);
  const speaksFor = seats
    .filter((seat) => seat.holderId === personId || alternates.some((one) => one.seatId === seat.id))
    .filter((seat) => seat.suspendedAt === null)
    .filter((seat) => !(seat.termFrom instanceof Date && seat.termFrom > now))
    .filter((seat) => !(seat.termUntil instanceof Date && seat.termUntil <= now));
  if (speaksFor.length > 0) standing.add('seat');
  if (speaksFor.length > 0 || (person?.guest === false && parkId !== null)) standing.add('member');

  if (about) {
    if (about.openedBy === personId) standing.add('opener');
    if (about.concerns.includes(personId)) standing.add('concerned');
    const ofThatPark = about.parkId !== null && about.parkId === parkId;
    if (ofThatPark && standing.has('role contact')) standing.add('parkContact');
  }
  return { personId, standing };
};

/** Kinds of people for the printed table, each with what they are. */
export const kindsOfPeople: readonly { readonly name: string; readonly standing: Standing }[] = [
  { name: 'guest', standing: new Set(['anyone']) },
  { name: 'of a member park', standing: new Set(['anyone', 'member']) },
  { name: 'park contact', standing: new Set(['anyone', 'member', 'role contact']) },
  { name: 'seat', standing: new Set(['anyone', 'member', 'seat']) },
  { name: 'officer', standing: new Set(['anyone', 'role officer']) },
  { name: 'deputy', standing: new Set(['anyone', 'role deputy']) },
  { name: 'finance', standing: new Set(['anyone', 'role finance']) },
  { name: 'chair', standing: new Set(['anyone', 'role chair']) },
  { name: 'supervisor', standing: new Set(['anyone', 'role supervisor']) },
  { name: 'admin', standing: new Set(['anyone', 'role admin']) },
  { name: 'opened it', standing: new Set(['anyone', 'opener']) },
  { name: 'concerned', standing: new Set(['anyone', 'concerned']) },
  { name: 'that park’s contact', standing: new Set(['anyone', 'member', 'role contact', 'parkContact']) },
];

const when = (workflow: Workflow, command: Command): string => {
  if (command.from === 'new') return 'opens one';
  if (command.from === 'none') return 'any time';
  const states = Object.keys(workflow.states);
  const { from } = command;
  return states.every((state) => from.includes(state)) ? 'every state' : from.join(', ');
};

const tableOf = (workflow: Workflow): readonly string[] => {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const heads = ['command', 'words', ...kindsOfPeople.map((one) => one.name), 'while it is'];
  return [
    `## ${workflow.prefix} – ${workflow.title.en} (${workflow.title.zh})`,
    '',
    `States: ${Object.entries(workflow.states)
      .map(([name, face]) => `${name} (${face.title.zh}, ${face.title.en})`)
      .join('; ')}.`,
    '',
    line(heads),
    line(heads.map(() => '---')),
    ...workflow.commands.map((command) =>
      line([
        command.name,
        `${command.words.zh[0]} / ${command.words.en[0]}`,
        ...kindsOfPeople.map((kind) => (permits(command.by, kind.standing) ? '●' : '')),
        when(workflow, command),
      ]),
    ),
    '',
  ];
};

/** docs/rights.md. */
export const printRights = (workflows: readonly Workflow[]): string =>
  [
    '# Who may do what',
    '',
    'Printed from the declarations in `src/workflows` by `test/attacks/rights.test.ts`, which also tries every command',
    'as every kind of person in every state against the running desk. Not to be changed by hand: run',
    '`REWRITE_RIGHTS=1 npm test -- test/attacks/rights.test.ts`.',
    '',
    '● may give the command in the states of the last column; everybody else is refused, whatever they pressed or typed.',
    'Somebody with several standings may do what any of them may. A seat is held or stood in for, and neither suspended',
    'nor out of its term. An account that is not linked is a guest, whatever name it bears. What a command itself goes on',
    'to check, such as whose event it is or whether a seat has a vote in this ballot, stands in its workflow.',
    '',
    ...workflows.flatMap(tableOf),
  ]
    .join('\n')
    .trimEnd()
    .concat('\n');
