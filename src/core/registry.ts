import { Fault } from './fault.js';
import { normalise } from './normalise.js';
import type { Text } from './text.js';
import type { Alarm, Command, Workflow } from './workflow.js';

export type Registry = {
  readonly workflows: readonly Workflow[];
  readonly command: (id: string) => Command | undefined;
  readonly alarm: (id: string) => Alarm | undefined;
  readonly workflow: (id: string) => Workflow | undefined;
  /** What an entry's act is called. */
  readonly titleOf: (act: string) => Text | undefined;
  /** The commands that a normalised word may mean. */
  readonly meaning: (word: string) => readonly Command[];
  /** Every word of every command, normalised, longest first. */
  readonly words: readonly string[];
};

/** What is wrong with a set of workflows, as sentences for whoever wrote them. */
export const mistakesIn = (
  workflows: readonly Workflow[],
  reserved: readonly string[],
): readonly string[] => [
  ...repeated(workflows.map((one) => one.id)).map((id) => `Two workflows are called ${id}.`),
  ...repeated(workflows.map((one) => one.prefix)).map(
    (prefix) => `Two workflows number their cases ${prefix}-1.`,
  ),
  ...clashes(workflows, reserved.map(normalise)),
  ...workflows.flatMap((one) => [...unreachable(one), ...deadEnds(one), ...silent(one)]),
];

/** Refuses to start on workflows that clash, lose a case or let one wait in silence. */
export const openRegistry = (workflows: readonly Workflow[], reserved: readonly string[]): Registry => {
  const mistakes = mistakesIn(workflows, reserved);
  if (mistakes.length > 0) {
    throw new Fault('workflows', mistakes.join('\n'), 'Correct the declarations in src/workflows.');
  }
  const commands = new Map(workflows.flatMap((one) => one.commands).map((one) => [one.id, one]));
  const alarms = new Map(workflows.flatMap((one) => one.alarms).map((one) => [one.id, one]));
  const starts = new Map<string, { readonly title: Text }>(
    workflows.flatMap((one) =>
      Object.entries(one.starts).map(([name, start]) => [`${one.id}.${name}`, start] as const),
    ),
  );
  const byId = new Map(workflows.map((one) => [one.id, one]));
  const meanings = new Map<string, Command[]>();
  for (const command of commands.values()) {
    for (const word of wordsOf(command)) meanings.set(word, [...(meanings.get(word) ?? []), command]);
  }
  return {
    workflows,
    command: (id) => commands.get(id),
    alarm: (id) => alarms.get(id),
    workflow: (id) => byId.get(id),
    titleOf: (act) => commands.get(act)?.title ?? alarms.get(act)?.title ?? starts.get(act)?.title,
    meaning: (word) => meanings.get(word) ?? [],
    words: [...meanings.keys()].sort((a, b) => b.length - a.length),
  };
};

const wordsOf = (command: Command): readonly string[] => [
  ...new Set([...command.words.zh, ...command.words.en].map(normalise)),
];

const repeated = (names: readonly string[]): readonly string[] => [
  ...new Set(names.filter((name, at) => names.indexOf(name) !== at)),
];

// Two commands may share a word only when both are about a case: its number then tells them apart.
const clashes = (workflows: readonly Workflow[], reserved: readonly string[]): readonly string[] => {
  const owners = new Map<string, Command[]>();
  for (const command of workflows.flatMap((one) => one.commands)) {
    for (const word of wordsOf(command)) owners.set(word, [...(owners.get(word) ?? []), command]);
  }
  return [...owners].flatMap(([word, commands]) => {
    const names = commands.map((one) => one.id).join(' and ');
    if (reserved.includes(word)) return [`“${word}” of ${names} is a word of the desk itself.`];
    const within = repeated(commands.map((one) => one.workflow)).length > 0;
    const opening = commands.length > 1 && commands.some((one) => typeof one.from === 'string');
    return within || opening ? [`“${word}” could mean ${names}.`] : [];
  });
};

const states = (workflow: Workflow): readonly string[] => Object.keys(workflow.states);

const next = (workflow: Workflow, state: string): readonly string[] => [
  ...workflow.commands
    .filter((one) => typeof one.from !== 'string' && one.from.includes(state))
    .flatMap((one) => workflow.leads[one.name] ?? []),
  ...workflow.alarms
    .filter((one) => one.when.includes(state))
    .flatMap((one) => workflow.leads[one.name] ?? []),
];

const reachedFrom = (workflow: Workflow, start: readonly string[]): ReadonlySet<string> => {
  const reached = new Set(start);
  // A set's iteration also visits what is added on the way.
  for (const state of reached) for (const one of next(workflow, state)) reached.add(one);
  return reached;
};

const unreachable = (workflow: Workflow): readonly string[] => {
  const openings = workflow.commands.filter((one) => one.from === 'new');
  const starts = Object.values(workflow.starts);
  if (openings.length + starts.length === 0) return [`No command opens a case of ${workflow.id}.`];
  const reached = reachedFrom(workflow, [
    ...openings.flatMap((one) => workflow.leads[one.name] ?? []),
    ...starts.flatMap((one) => one.to),
  ]);
  return states(workflow)
    .filter((state) => !reached.has(state))
    .map((state) => `No way leads to the state ${workflow.id}.${state}.`);
};

const deadEnds = (workflow: Workflow): readonly string[] =>
  states(workflow).flatMap((state) => {
    const face = workflow.states[state];
    if (face?.end || face?.rest) return [];
    const leadsToEnd = [...reachedFrom(workflow, [state])].some((one) => {
      const reached = workflow.states[one];
      return reached?.end || reached?.rest;
    });
    return leadsToEnd ? [] : [`A case in ${workflow.id}.${state} can never end.`];
  });

const silent = (workflow: Workflow): readonly string[] =>
  states(workflow)
    .filter((state) => !workflow.states[state]?.end && !workflow.states[state]?.rest)
    .filter((state) => !workflow.alarms.some((one) => one.when.includes(state)))
    .map((state) => `Nobody is ever reminded of a case in ${workflow.id}.${state}: give it an alarm.`);
