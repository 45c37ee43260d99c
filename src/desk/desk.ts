/** The desk: takes inputs in, answers each in one transaction, rings alarms. */
import type { HomeItem, Reception, Taken } from '../bots/bot.js';
import type { Clock } from '../clock.js';
import { type ChannelName, type Input, traits } from '../core/input.js';
import { parse } from '../core/parse.js';
import type { Registry } from '../core/registry.js';
import { same, type Text } from '../core/text.js';
import type { Db } from '../database.js';
import type { Log } from '../log.js';
import type { Database } from '../store/database.js';
import {
  attemptsInAll,
  claimInput,
  forgetInput,
  isAnythingLeft,
  laneOf,
  leftInLane,
  openInbox,
  takeInput,
  unanswered,
} from '../store/inbox.js';
import { reportChannel, reportDead } from './alerts.js';
import { recognise } from './contacts.js';
import { ringDays } from './day.js';
import { openLanes } from './lanes.js';
import type { Parts, PersonTurn, Turn } from './parts.js';
import { here, reply, writeOutbox } from './posts.js';
import { ourFault } from './refusals.js';
import { claimTimer, ringTimer } from './ring.js';
import { takeTurn } from './turn.js';
import { whoSent } from './who.js';
import { waitingFor } from './words.js';

/** What a commit left for the alarm clock and the posts. Best effort: the sweep finds what is missed. */
export type Committed = {
  readonly outbox: readonly { id: bigint; channel: Input['channel'] }[];
  readonly timers: readonly { id: string; version: number; dueAt: Date }[];
};

export type Desk = Reception & {
  /** Rings a timer if it is due and still at this version; otherwise nothing happens. */
  readonly ring: (timerId: string, version: number) => Promise<void>;
  /** Answers inputs that were stored but never answered, and has reminders sent that rang, as after a crash. */
  readonly recover: () => Promise<number>;
  /** Tells the secretariat, once, of what could not be delivered or answered. */
  readonly reportDead: () => Promise<void>;
  /** Tells the secretariat, once, that a channel is down, or that it is back. */
  readonly reportChannel: (channel: ChannelName, state: 'up' | 'down') => Promise<void>;
  /** Resolves when no turn is under way. */
  readonly idle: () => Promise<void>;
};

type Outside = {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly onCommitted: (committed: Committed) => void;
};

// Fewer than there are connections: what comes in is stored, and what goes out is sent, however many wait for their turn.
const turnsAtOnce = 5;
const attemptsAtOnce = 3;
const pauseMs = 40;
// An input younger than this is most likely being answered right now.
const lostAfterMs = 10_000;
const togetherMs = 200;

type Answered = Awaited<Taken['answered']>;

export const openDesk = (parts: Parts, outside: Outside): Desk => {
  const { database, clock, log, onCommitted } = outside;
  const lanes = openLanes(turnsAtOnce);
  const inbox = openInbox(database, parts.vault);
  const opened = clock.now();
  // Until a sweep has found nothing, and from the first failure on, each turn looks for what is left in its lane.
  let mayBeLeft = true;
  let failures = 0;
  /** What has been stored here and has its place in a lane: it may be old and is not lost. */
  const inLanes = new Set<bigint>();

  let toTell: Committed = { outbox: [], timers: [] };
  let telling: NodeJS.Timeout | undefined;
  const tellAll = (): void => {
    clearTimeout(telling);
    telling = undefined;
    const all = toTell;
    toTell = { outbox: [], timers: [] };
    if (all.outbox.length + all.timers.length > 0) onCommitted(all);
  };
  /** What a turn leaves is told at once; while others wait for their turn, what several leave is told together. */
  const tell = ({ outbox, timers }: Committed): void => {
    toTell = { outbox: [...toTell.outbox, ...outbox], timers: [...toTell.timers, ...timers] };
    if (lanes.areFull()) telling ??= setTimeout(tellAll, togetherMs);
    else tellAll();
  };

  const transaction = async <T>(inboxId: bigint | null, work: (turn: Turn) => Promise<T>): Promise<T> => {
    const committed = await database.$transaction(async (db: Db) => {
      const turn: Turn = {
        ...parts,
        db,
        now: clock.now(),
        posts: [],
        edits: [],
        timers: [],
        inboxId,
        forget: { said: false },
      };
      const result = await work(turn);
      return { result, outbox: await writeOutbox(turn), timers: turn.timers };
    });
    tell(committed);
    return committed.result;
  };

  const personTurn = async (turn: Turn, input: Input, canShowForm: boolean): Promise<PersonTurn> => ({
    ...turn,
    channel: input.channel,
    account: input.account,
    conversation: input.conversation,
    actor: await whoSent(turn.db, input, turn.now),
    senderId: input.sender.id,
    canShowForm,
    heardIn: input.conversation.kind,
    said: input.kind === 'said',
  });

  const answerOnce = (id: bigint, canShowForm: boolean): Promise<Answered> =>
    transaction(id, async (turn): Promise<Answered> => {
      const input = await takeInput(turn.db, parts.vault, id, turn.now);
      if (!input) return {};
      const result = await takeTurn(await personTurn(turn, input, canShowForm), input);
      if (turn.forget.said) await forgetInput(turn.db, id);
      return result;
    });

  /** Never rejects: what keeps failing is logged and left to the sweep, and in the end owned up to. */
  const answer = async (id: bigint, canShowForm: boolean): Promise<Answered> => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await answerOnce(id, canShowForm);
      } catch (error) {
        if (attempt < attemptsAtOnce) {
          await new Promise((resolve) => setTimeout(resolve, pauseMs * attempt));
          continue;
        }
        log.error({ err: error, inbox: String(id) }, 'a turn failed');
        await ownUp(id).catch((err: unknown) =>
          log.error({ err, inbox: String(id) }, 'a failure could not be recorded'),
        );
        failures += 1;
        mayBeLeft = true;
        return {};
      }
    }
  };

  const putDaysTogether = async (): Promise<void> =>
    tell({
      outbox: [],
      timers: await ringDays({ ...parts, db: database, now: clock.now() }),
    });

  const leftBefore = async (lane: string, id: bigint): Promise<readonly bigint[]> => {
    if (!mayBeLeft) return [];
    return leftInLane(database, lane, id, opened).catch((error: unknown) => {
      log.warn({ err: error }, 'what was left in a lane could not be read');
      return [];
    });
  };

  const ownUp = (id: bigint): Promise<void> =>
    transaction(id, async (turn) => {
      const input = await claimInput(turn.db, parts.vault, id);
      if (!input) return;
      const { attempts } = await turn.db.inbox.update({
        where: { id },
        data: { attempts: { increment: 1 } },
      });
      if (attempts < attemptsInAll) return;
      await turn.db.inbox.update({ where: { id }, data: { doneAt: turn.now } });
      const person = await personTurn(turn, input, false);
      reply(person, ourFault(String(id)), { at: here(person) });
    });

  return {
    take: async (input, options) => {
      if (isTalkAmongPeople(parts.registry, input)) return { repeat: false, answered: Promise.resolve({}) };
      const lane = laneOf(input);
      const storing = inbox.store(input, clock.now()).then((id) => {
        if (id !== undefined) inLanes.add(id);
        return id;
      });
      // The place in the lane is taken first: what comes in together may be stored in any order.
      const answering = lanes.run(lane, async (): Promise<Answered> => {
        const id = await storing.catch(() => undefined);
        if (id === undefined) return {};
        for (const left of await leftBefore(lane, id)) await answer(left, false);
        return answer(id, options?.canShowForm ?? false).finally(() => inLanes.delete(id));
      });
      return { repeat: (await storing) === undefined, answered: answering };
    },

    startsForm: (words) => startsForm(parts.registry, words),

    checkForm: (commandId, answers) => {
      const command = parts.registry.command(commandId);
      const problems: Record<string, Text> = {};
      for (const [name, question] of Object.entries(command?.ask ?? {})) {
        const words = answers[name] ?? '';
        if (question.optional && words.trim() === '') continue;
        const heard = question.hear(words, { now: clock.now(), timezone: parts.timezone });
        if (heard.kind === 'unclear') problems[name] = heard.problem;
      }
      return problems;
    },

    home: (channel, account, senderId) =>
      transaction(null, async (turn) => {
        const input: Input = {
          kind: 'said',
          channel,
          account,
          keys: ['home'],
          sentAt: turn.now,
          conversation: { id: senderId, kind: 'direct' },
          sender: { id: senderId },
          text: '',
          addressed: true,
        };
        const person = await personTurn(turn, input, true);
        return { language: person.actor.language, items: await homeItems(person) };
      }),

    openRooms: async (channel) => {
      const open = await database.offer.findMany({
        where: { channel, closedAt: null, personId: null },
        distinct: ['conversation'],
        select: { conversation: true },
      });
      return open.map((one) => one.conversation);
    },

    recognise: (channel, contacts, all) =>
      transaction(null, (turn) => recognise(turn, channel, contacts, all)),

    ring: async (timerId, version) => {
      const reminded = await transaction(null, async (turn) => {
        const timer = await claimTimer(turn.db, timerId, version);
        return timer !== undefined && (await ringTimer(turn, timer));
      });
      // After the commit: of those that ring side by side, the last one sees that none is left.
      if (reminded) await putDaysTogether();
    },

    recover: async () => {
      await putDaysTogether();
      const old = await unanswered(database, new Date(clock.now().getTime() - lostAfterMs));
      const lost = old.filter(({ id }) => !inLanes.has(id));
      await Promise.all(lost.map(({ id, lane }) => lanes.run(lane, () => answer(id, false))));
      const before = failures;
      const isLeft = await isAnythingLeft(database, opened);
      if (failures === before) mayBeLeft = isLeft;
      return lost.length;
    },

    reportDead: () => transaction(null, reportDead),

    reportChannel: (channel, state) => transaction(null, (turn) => reportChannel(turn, channel, state)),

    idle: async () => {
      await lanes.idle();
      tellAll();
    },
  };
};

// What people say to each other in a room is none of the desk's business, and is not kept.
const isTalkAmongPeople = (registry: Registry, input: Input): boolean => {
  if (input.kind !== 'said' || input.addressed || input.conversation.kind === 'direct') return false;
  const { kind } = parse(input.text, registry);
  return kind !== 'number' && kind !== 'command';
};

const startsForm = (registry: Registry, words: string): boolean => {
  const meaning = parse(words, registry);
  if (meaning.kind !== 'command' || meaning.rest !== '') return false;
  const [command] = meaning.commands;
  return command !== undefined && Object.keys(command.ask).length > 1;
};

const homeItems = async (turn: PersonTurn): Promise<readonly HomeItem[]> => {
  const items = await waitingFor(turn);
  const offers = await turn.db.offer.findMany({
    where: { personId: turn.actor.id, channel: turn.channel, closedAt: null, caseId: { not: null } },
    orderBy: { offeredAt: 'desc' },
  });
  return items.map((item) => ({
    message: item.text ?? same(''),
    choices: traits[turn.channel].buttons
      ? item.choices.flatMap((choice) => {
          const offer = offers.find((one) => one.caseId === item.caseId && one.command === choice.command);
          return offer
            ? [
                {
                  offer: offer.id,
                  number: offer.number,
                  label: choice.label,
                  ...(choice.style && { style: choice.style }),
                  ...(choice.form && { form: true }),
                },
              ]
            : [];
        })
      : [],
  }));
};
