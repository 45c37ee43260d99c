/**
 * How a workflow is declared. A header names what there is (states, commands, alarms); the rules say what
 * each does. The header comes first so that an unknown state, a choice of an unknown command or a missing
 * rule is a compile error.
 */
import type { CaseFilter, Db } from '../database.js';
import type { Calendar } from './calendar.js';
import type { ChannelName } from './input.js';
import type { Links } from './links.js';
import type { ChoiceStyle, Message } from './message.js';
import type { Actor, Role, Rule, Subject as RuleSubject } from './people.js';
import type { Answer, Answers, Questions } from './question.js';
import type { Settings } from './settings.js';
import type { Text } from './text.js';
import type { Vault } from './vault.js';

/** The case as the engine keeps it; what the workflow knows of it is its `subject`. */
export type OpenCase<State extends string = string> = {
  readonly id: string;
  readonly ref: string;
  readonly state: State;
  readonly openedBy: string;
  readonly openedAt: Date;
};

export type Audience =
  | { readonly kind: 'person'; readonly id: string }
  /** One account of a person, wherever they spoke last and whoever stands in for them. */
  | { readonly kind: 'account'; readonly id: bigint }
  | { readonly kind: 'role'; readonly role: Role }
  | { readonly kind: 'room'; readonly purpose: 'council' | 'secretariat' | 'members' };

export const person = (id: string): Audience => ({ kind: 'person', id });
export const account = (id: bigint): Audience => ({ kind: 'account', id });
export const everyone = (role: Role): Audience => ({ kind: 'role', role });
export const room = (purpose: 'council' | 'secretariat' | 'members'): Audience => ({ kind: 'room', purpose });

export type Tell<Command extends string = string> = {
  readonly to: Audience;
  readonly say: Message;
  readonly choices?: readonly Command[];
  /**
   * Kept up to date under this name: a channel that can change its posts changes the one it has, another says
   * it anew, once an hour at the most.
   */
  readonly living?: string;
  /** Said anew every time where posts can’t be changed: the workflow itself sees that it is not too often. */
  readonly anew?: true;
};

export type Wake<Alarm extends string = string> = {
  readonly alarm: Alarm;
  readonly at: Date;
  /** Tells apart several timers of one alarm. Waking the same alarm and key again moves it. */
  readonly key?: string;
  /** Leaves an alarm alone that is set already. */
  readonly unlessSet?: true;
};

/** An alarm of another case that rings next, in a turn of its own. */
export type Ring = { readonly caseId: string; readonly alarm: string };

/** What else should happen: returned as data, carried out by the engine within the transaction. */
export type Effects<
  State extends string = string,
  Command extends string = string,
  Alarm extends string = string,
> = {
  /** The state afterwards; the present one where nothing changes. */
  readonly to: State;
  readonly tell?: readonly Tell<Command>[];
  readonly wake?: readonly Wake<Alarm>[];
  readonly unwake?: readonly Alarm[];
  /** Cases that are opened with it. */
  readonly start?: readonly Start[];
  readonly ring?: readonly Ring[];
  /** Kept in the audit beside who did what: the reason, the figure. */
  readonly because?: Text;
};

export type Refusal = { readonly refuse: Message };
export type Done<S extends string = string, C extends string = string, A extends string = string> = Effects<
  S,
  C,
  A
> & {
  readonly reply: Message;
  readonly choices?: readonly C[];
  /** What the person is asked for right afterwards: a command of the workflow, on the same case. */
  readonly next?: C;
};

/** What a command returns that moves no case. */
export type Told<C extends string = string> = {
  readonly reply: Message;
  readonly choices?: readonly C[];
  readonly tell?: readonly Tell<C>[];
  readonly start?: readonly Start[];
  readonly ring?: readonly Ring[];
  readonly because?: Text;
};

export type World = {
  readonly db: Db;
  readonly now: Date;
  readonly calendar: Calendar;
  readonly settings: Settings;
  readonly vault: Vault;
  readonly links: Links;
};

/** A case that another workflow opens, within the turn that asks for it. */
export type Start = {
  readonly workflow: string;
  /** `workflow.name`, as its entry is filed. */
  readonly act: string;
  readonly open: (world: World & { readonly case: Omit<OpenCase, 'state'> }) => Promise<Effects>;
};

/** How a command came in. */
export type Heard = {
  readonly channel: ChannelName;
  /** Before others, in a room. */
  readonly room: boolean;
  /** In words, rather than by a button or a form. */
  readonly said: boolean;
};
type About<State extends string, Subject> = World & {
  readonly case: OpenCase<State>;
  readonly subject: Subject;
};
type Acting<Q extends Questions> = {
  readonly actor: Actor;
  readonly args: Answers<Q>;
  readonly heard: Heard;
};

type CommandFace<Q extends Questions, C extends string> = {
  readonly title: Text;
  readonly words: {
    readonly zh: readonly [string, ...string[]];
    readonly en: readonly [string, ...string[]];
  };
  readonly by: Rule;
  readonly ask?: Q;
  readonly style?: ChoiceStyle;
  /**
   * Who may read in the case's history who did it and why: everybody who may read the case, only the council
   * and the secretariat, or nobody.
   */
  readonly namedTo?: NamedTo;
  /** Answered in the direct conversation, wherever it was given. */
  readonly aside?: boolean;
  /**
   * Filed under another command of the workflow, where its own name would tell a secret. What the person typed
   * or pressed is forgotten once it was answered, and no reply of the desk repeats it.
   */
  readonly filedAs?: C;
  /** In a room it is also heard where this other command is offered. */
  readonly heardWith?: C;
  /** Offered by this other command: the overview of all words leaves it out. */
  readonly follows?: C;
};

export type NamedTo = 'all' | 'insiders' | 'nobody';

/** A command with its types closed over: what the engine holds. */
export type Command = {
  readonly workflow: string;
  readonly name: string;
  /** `workflow.name`: stored with dialogues, offers and entries, so it may never change its meaning. */
  readonly id: string;
  readonly title: Text;
  readonly words: { readonly zh: readonly string[]; readonly en: readonly string[] };
  /** `new` opens a case, `none` is about no case. */
  readonly from: 'new' | 'none' | readonly string[];
  readonly by: Rule;
  readonly ask: Questions;
  readonly style: ChoiceStyle | undefined;
  readonly namedTo: NamedTo;
  readonly aside: boolean;
  readonly filedAs: string | undefined;
  readonly heardWith: string | undefined;
  readonly follows: string | undefined;
  /** Changes nothing: takes no lock and leaves no entry. */
  readonly reads: boolean;
  /** `shared`: several may run on a case at once, but not beside one that moves it. */
  readonly lock: 'whole' | 'shared';
  /** Answers are checked by the questions' schemas before `run` sees them. */
  readonly perform: (
    world: World & {
      case: OpenCase | undefined;
      actor: Actor;
      answers: Readonly<Record<string, Answer>>;
      heard: Heard;
    },
  ) => Promise<Refusal | Done | Told>;
};

export type Alarm = {
  readonly workflow: string;
  readonly name: string;
  readonly id: string;
  /** What happened when it rang, for the case's history. */
  readonly title: Text;
  readonly when: readonly string[];
  readonly kind: 'reminder' | 'deadline';
  /** Leaves no entry as long as it moves nothing. */
  readonly quiet: boolean;
  readonly ring: (world: World & { case: OpenCase; key: string }) => Promise<Effects>;
};

/** A state's name as people read it, and whether the case ends there. */
export type StateFace = {
  readonly title: Text;
  readonly end?: true /** Settled: a case may rest here with nobody reminded. */;
  readonly rest?: true;
};

/** What rules of who may do what look at, beside who opened the case. */
type SubjectOfRules = Omit<RuleSubject, 'openedBy'>;

export type Workflow = {
  readonly id: string;
  readonly prefix: string;
  readonly title: Text;
  /** What other workflows may open a case with, for the case's history. */
  readonly starts: Readonly<Record<string, { readonly title: Text; readonly to: readonly string[] }>>;
  /** Anybody may ask where a case stands. */
  readonly open: boolean;
  readonly states: Readonly<Record<string, StateFace>>;
  readonly commands: readonly Command[];
  readonly alarms: readonly Alarm[];
  /** What a rule of who may do what looks at. */
  readonly subject: (db: Db, caseId: string) => Promise<SubjectOfRules>;
  readonly concerning: Concerning | undefined;
  /** The states that each command or alarm may lead to, for the registry's checks and the diagram. */
  readonly leads: Readonly<Record<string, readonly string[]>>;
};

/**
 * Where to look for the cases whose `concerns` name a person: may find too many, never too few. A workflow of which few
 * cases are open at a time needs none.
 */
type Concerning = (db: Db, personId: string) => Promise<CaseFilter>;

type Header<S extends string, C extends string, A extends string, N extends string, Subject> = {
  readonly id: string;
  /** The letter before the number: `M` makes M-1, M-2, … */
  readonly prefix: string;
  readonly title: Text;
  readonly states: Readonly<Record<S, StateFace>>;
  readonly commands: readonly C[];
  readonly alarms: readonly A[];
  /** How other workflows open a case of this one. */
  readonly starts?: Readonly<Record<N, { readonly title: Text; readonly to: readonly NoInfer<S>[] }>>;
  readonly load: (db: Db, caseId: string) => Promise<Subject>;
  readonly concerning?: Concerning;
  /** Anybody may ask where a case stands. */
  readonly open?: true;
};

type PendingCommand = {
  readonly to: readonly string[];
  readonly bind: (workflow: string, name: string) => Command;
};
type PendingAlarm = {
  readonly to: readonly string[];
  readonly bind: (workflow: string, name: string) => Alarm;
};

/** Thrown when stored answers do not fit the command any more; the engine then asks again. */
export class AnswersOutdated extends Error {
  override readonly name = 'AnswersOutdated';
}

const checked = <Q extends Questions>(ask: Q, answers: Readonly<Record<string, Answer>>): Answers<Q> => {
  const entries = Object.entries(ask).map(([name, question]) => {
    const result = question.schema.safeParse(answers[name] ?? null);
    if (!result.success) throw new AnswersOutdated(name);
    return [name, result.data] as const;
  });
  // Each value has just been checked by its own question's schema, which the compiler cannot follow by name.
  return Object.fromEntries(entries) as Answers<Q>;
};

const none = {};

/** Starts a workflow. `load` fetches what the workflow itself knows of a case. */
export const workflow = <
  const S extends string,
  const C extends string,
  const A extends string,
  Subject extends SubjectOfRules,
  const N extends string = never,
>(
  header: Header<S, C, A, N, Subject>,
) => {
  const given = (one: OpenCase | undefined): OpenCase => {
    if (!one) throw new Error(`a command of ${header.id} needs a case`);
    return one;
  };
  const inOneOf = <From extends S>(one: OpenCase, states: readonly From[]): OpenCase<From> => {
    const state = states.find((known) => known === one.state);
    if (state === undefined) throw new Error(`${one.ref} is ${one.state}, not ${states.join(' or ')}`);
    return { ...one, state };
  };
  const face = <Q extends Questions>(workflowId: string, name: string, command: CommandFace<Q, C>) => ({
    workflow: workflowId,
    name,
    id: `${workflowId}.${name}`,
    title: command.title,
    words: command.words,
    by: command.by,
    ask: command.ask ?? none,
    style: command.style,
    namedTo: command.namedTo ?? 'all',
    aside: command.aside ?? false,
    filedAs: command.filedAs,
    heardWith: command.heardWith,
    follows: command.follows,
    reads: false,
    lock: 'whole' as const,
  });

  return {
    load: header.load,

    /** A command that opens a case. */
    opening: <const To extends S, Q extends Questions = Readonly<Record<never, never>>>(
      command: CommandFace<Q, C> & {
        readonly to: readonly To[];
        readonly run: (
          world: World & Acting<Q> & { readonly case: Omit<OpenCase, 'state'> },
        ) => Promise<Refusal | Done<NoInfer<To>, C, A>>;
      },
    ): PendingCommand => ({
      to: command.to,
      bind: (workflowId, name) => ({
        ...face(workflowId, name, command),
        from: 'new',
        perform: async ({ answers, case: one, ...world }) =>
          command.run({ ...world, case: given(one), args: checked(command.ask ?? (none as Q), answers) }),
      }),
    }),

    /** A command that is about no case. With `reads` it changes nothing and leaves no entry. */
    free: <Q extends Questions = Readonly<Record<never, never>>>(
      command: CommandFace<Q, C> & {
        readonly reads?: true;
        readonly run: (world: World & Acting<Q>) => Promise<Refusal | Told<C>>;
      },
    ): PendingCommand => ({
      to: [],
      bind: (workflowId, name) => ({
        ...face(workflowId, name, command),
        from: 'none',
        reads: command.reads ?? false,
        perform: async ({ answers, case: _, ...world }) =>
          command.run({ ...world, args: checked(command.ask ?? (none as Q), answers) }),
      }),
    }),

    /** A command that tells of a case and changes nothing. */
    reading: <const From extends S, Q extends Questions = Readonly<Record<never, never>>>(
      command: CommandFace<Q, C> & {
        readonly from: readonly From[];
        readonly run: (world: About<NoInfer<From>, Subject> & Acting<Q>) => Promise<Refusal | Told<C>>;
      },
    ): PendingCommand => ({
      to: [],
      bind: (workflowId, name) => ({
        ...face(workflowId, name, command),
        from: command.from,
        reads: true,
        perform: async ({ answers, ...world }) => {
          const one = given(world.case);
          return command.run({
            ...world,
            case: inOneOf(one, command.from),
            subject: await header.load(world.db, one.id),
            args: checked(command.ask ?? (none as Q), answers),
          });
        },
      }),
    }),

    /** A command on a case that is in one of the states `from`. */
    command: <const From extends S, const To extends S, Q extends Questions = Readonly<Record<never, never>>>(
      command: CommandFace<Q, C> & {
        readonly from: readonly From[];
        readonly to: readonly To[];
        /** Runs beside others of its kind on the same case. It may not move the case then. */
        readonly lock?: 'shared';
        readonly run: (
          world: About<NoInfer<From>, Subject> & Acting<Q>,
        ) => Promise<Refusal | Done<NoInfer<To>, C, A>>;
      },
    ): PendingCommand => ({
      to: command.to,
      bind: (workflowId, name) => ({
        ...face(workflowId, name, command),
        from: command.from,
        lock: command.lock ?? 'whole',
        perform: async ({ answers, ...world }) => {
          const one = given(world.case);
          return command.run({
            ...world,
            case: inOneOf(one, command.from),
            subject: await header.load(world.db, one.id),
            args: checked(command.ask ?? (none as Q), answers),
          });
        },
      }),
    }),

    /** Opens a case of this workflow from another one. */
    start: (
      name: N,
      open: (world: World & { readonly case: Omit<OpenCase, 'state'> }) => Promise<Effects<S, C, A>>,
    ): Start => ({ workflow: header.id, act: `${header.id}.${name}`, open }),

    /**
     * Something that rings while the case is in one of the states `when`; leaving them silences it. A
     * `reminder` waits for the end of the quiet hours, a `deadline` does not.
     */
    alarm: <const When extends S, const To extends S>(alarm: {
      readonly title: Text;
      readonly when: readonly When[];
      readonly to: readonly To[];
      readonly kind: 'reminder' | 'deadline';
      /** Leaves an entry only when it moves the case. */
      readonly quiet?: true;
      readonly run: (
        world: About<NoInfer<When>, Subject> & { readonly key: string },
      ) => Promise<Effects<NoInfer<To>, C, A>>;
    }): PendingAlarm => ({
      to: alarm.to,
      bind: (workflowId, name) => ({
        workflow: workflowId,
        name,
        id: `${workflowId}.${name}`,
        title: alarm.title,
        when: alarm.when,
        kind: alarm.kind,
        quiet: alarm.quiet ?? false,
        ring: async (world) =>
          alarm.run({
            ...world,
            case: inOneOf(world.case, alarm.when),
            subject: await header.load(world.db, world.case.id),
          }),
      }),
    }),

    /** Completes the workflow. */
    rules: (rules: {
      readonly commands: Readonly<Record<C, PendingCommand>>;
      readonly alarms: Readonly<Record<A, PendingAlarm>>;
    }): Workflow => ({
      id: header.id,
      prefix: header.prefix,
      title: header.title,
      starts: header.starts ?? {},
      open: header.open ?? false,
      states: header.states,
      commands: header.commands.map((name) => rules.commands[name].bind(header.id, name)),
      alarms: header.alarms.map((name) => rules.alarms[name].bind(header.id, name)),
      subject: header.load,
      concerning: header.concerning,
      leads: Object.fromEntries([
        ...header.commands.map((name) => [name, rules.commands[name].to] as const),
        ...header.alarms.map((name) => [name, rules.alarms[name].to] as const),
      ]),
    }),
  };
};
