/** What a turn has to say: collected as posts, written as outbox rows with their offers before the commit. */
import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { type ChannelName, traits } from '../core/input.js';
import type { ChoiceStyle, Content, Fact, Listed, Message, OfferedChoice } from '../core/message.js';
import type { Answer } from '../core/question.js';
import type { Registry } from '../core/registry.js';
import { eachLanguage, type Language, type Text } from '../core/text.js';
import type { Command } from '../core/workflow.js';
import type { Db } from '../database.js';
import { consentsOn } from '../people/consents.js';
import { writePosts } from '../store/outbox.js';
import type { PersonTurn, Turn } from './parts.js';

export type PostChoice = {
  readonly label: Text;
  readonly command: string;
  readonly given: Readonly<Record<string, Answer>>;
  readonly style?: ChoiceStyle;
  readonly form?: boolean;
  /** The number that answers it; `button` where only its words do. Left out: the next free number. */
  readonly number?: number | 'button';
  /** The case it belongs to, where that is not the post's. */
  readonly caseId?: string;
};

export type Place = {
  readonly channel: ChannelName;
  readonly account: string;
  readonly conversation: string;
  readonly kind: 'direct' | 'room';
  readonly personId: string | null;
  readonly languages: readonly Language[];
};

export type Post = {
  readonly place: Place;
  readonly message: Message;
  readonly choices: readonly PostChoice[];
  readonly caseId?: string;
  /** A reminder: dropped unsent once the case has left this state or the person has acted. */
  readonly reminderIn?: string;
  /** The name under which it is kept up to date. */
  readonly living?: string;
  readonly anew?: true;
};

/** A change of an earlier post: its buttons are retired. Goes out after what the turn has to say. */
export type Edit = {
  readonly replacesId: bigint;
  readonly channel: ChannelName;
  readonly account: string;
  readonly conversation: string;
  readonly personId: string | null;
  readonly caseId: string | null;
  readonly content: Content;
};

/** The command that a suggestion under a question stands for. */
export const answerCommand = 'desk.answer';

export const commandChoice = (command: Command): PostChoice => ({
  label: command.title,
  command: command.id,
  given: {},
  ...(command.style && { style: command.style }),
  form: Object.keys(command.ask).length > 1,
});

/** The commands of a workflow as choices. */
export const choicesOf = (
  registry: Registry,
  workflow: string,
  names: readonly string[] = [],
): readonly PostChoice[] =>
  names.map((name) => {
    const command = registry.command(`${workflow}.${name}`);
    if (!command) throw new Error(`no command ${workflow}.${name}`);
    return commandChoice(command);
  });

// How often something that is kept up to date may be said anew where posts can't be changed.
const sayAnewMs = 3600 * 1000;

/**
 * Says something, or brings the post up to date that says it already. Where posts can't be changed and it was said
 * not long ago, nothing is said: returns when it may be.
 */
export const show = async (turn: Turn, post: Post): Promise<Date | undefined> => {
  const { place, living, caseId } = post;
  const said =
    living === undefined || caseId === undefined
      ? null
      : await turn.db.outbox.findFirst({
          where: {
            caseId,
            living,
            channel: place.channel,
            account: place.account,
            conversation: place.conversation,
            replacesId: null,
            status: { notIn: ['dropped', 'failed'] },
          },
          orderBy: { id: 'desc' },
          include: { offers: { where: { closedAt: null }, select: { id: true } } },
        });
  if (!said) {
    turn.posts.push(post);
    return undefined;
  }
  if (!traits[place.channel].edits) {
    const due = new Date(said.createdAt.getTime() + sayAnewMs);
    if (!post.anew && readsTheSame(readContent(said.content).message, masked(post.message, place, new Map())))
      return undefined;
    if (!post.anew && due > turn.now) return due;
    turn.posts.push(post);
    return undefined;
  }
  const open = new Set(said.offers.map((offer) => offer.id));
  turn.edits.push({
    replacesId: said.id,
    channel: said.channel,
    account: said.account,
    conversation: said.conversation,
    personId: said.personId,
    caseId: said.caseId,
    content: contentOf(
      post,
      readContent(said.content).choices.filter((choice) => open.has(choice.offer)),
      await agreedOf(turn.db, [post]),
    ),
  });
  return undefined;
};

/** The one comes from the database, where a key without a value is left out. */
const readsTheSame = (stored: Message, wanted: Message): boolean =>
  isDeepStrictEqual(stored, JSON.parse(JSON.stringify(wanted)));

/** An outbox row's content: written by this program alone, so its shape is taken as it is. */
export const readContent = (stored: unknown): Content => stored as Content;

/** Where the turn's words came from: where its reply goes. */
export const here = (turn: PersonTurn): Place => ({
  channel: turn.channel,
  account: turn.account,
  conversation: turn.conversation.id,
  kind: turn.conversation.kind,
  personId: turn.conversation.kind === 'direct' ? turn.actor.id : null,
  languages: [turn.actor.language],
});

/** The direct conversation with the person who acts, on the channel they act on. */
export const aside = (turn: PersonTurn): Place => ({
  ...here(turn),
  conversation: turn.senderId,
  kind: 'direct',
  personId: turn.actor.id,
});

export const reply = (
  turn: PersonTurn,
  message: Message,
  options: { choices?: readonly PostChoice[]; caseId?: string; at?: Place } = {},
): void => {
  turn.posts.push({
    place: options.at ?? here(turn),
    message,
    choices: options.choices ?? [],
    ...(options.caseId && { caseId: options.caseId }),
  });
};

// A number that was shown stays taken for a while after its item closed, so that an answer to an old menu is
// refused instead of meaning something new.
const numberRestsMs = 3 * 24 * 3600 * 1000;
const lastNumber = 99;

type Written = readonly { readonly id: bigint; readonly channel: ChannelName }[];

/** Writes what the turn has to say, and then its edits, in this order per conversation. */
export const writeOutbox = async (turn: Turn): Promise<Written> => {
  const posts = await writeAll(turn);
  if (turn.edits.length === 0) return posts;
  const edits = await turn.db.outbox.createManyAndReturn({
    select: { id: true, channel: true },
    data: turn.edits.map((edit) => ({ ...edit, deliverAfter: turn.now, createdAt: turn.now })),
  });
  return [...posts, ...edits];
};

const writeAll = async (turn: Turn): Promise<Written> => {
  if (turn.posts.length === 0) return [];
  const numbers = await numbersIn(turn.db, turn.posts, turn.now);
  const offers: (OfferedChoice & { choice: PostChoice })[][] = turn.posts.map((post) => {
    return post.choices.map((choice) => {
      const number = choice.number ?? numbers.next(post, choice);
      return {
        offer: randomUUID(),
        number: number === 'button' ? 0 : number,
        label: choice.label,
        ...(choice.style && { style: choice.style }),
        ...(choice.form && { form: true }),
        choice,
      };
    });
  });
  const agreed = await agreedOf(turn.db, turn.posts);
  return writePosts(
    turn.db,
    turn.posts.map((post, at) => ({
      ...addressOf(post.place),
      personId: post.place.personId,
      caseId: post.caseId ?? null,
      content: contentOf(
        post,
        (offers[at] ?? []).map(({ choice: _, ...offered }) => offered),
        agreed,
      ),
      reminderIn: post.reminderIn ?? null,
      living: post.living ?? null,
    })),
    turn.posts.flatMap(({ place, caseId }, at) =>
      (offers[at] ?? [])
        .filter(({ choice }) => choice.command !== answerCommand || traits[place.channel].buttons)
        .map(({ offer, number, choice }) => ({
          ...addressOf(place),
          id: offer,
          post: at + 1,
          personId: place.kind === 'direct' ? place.personId : null,
          command: choice.command,
          caseId: choice.caseId ?? caseId ?? null,
          given: choice.given,
          number,
        })),
    ),
    turn.now,
  );
};

const addressOf = ({ channel, account, conversation }: Place) => ({ channel, account, conversation });

const placeKey = (place: Pick<Place, 'channel' | 'account' | 'conversation'>): string =>
  JSON.stringify([place.channel, place.account, place.conversation]);

type Numbers = { readonly next: (post: Post, choice: PostChoice) => number };

/** Free numbers by conversation. A choice that is offered again keeps the number it has there. */
const numbersIn = async (db: Db, posts: readonly Post[], now: Date): Promise<Numbers> => {
  const places = posts.filter((post) => post.choices.some((choice) => choice.number === undefined));
  const found =
    places.length === 0
      ? []
      : await db.offer.findMany({
          where: {
            OR: places.map(({ place }) => ({
              channel: place.channel,
              account: place.account,
              conversation: place.conversation,
            })),
            AND: {
              OR: [{ closedAt: null }, { offeredAt: { gt: new Date(now.getTime() - numberRestsMs) } }],
              command: { not: answerCommand },
            },
          },
          orderBy: [{ offeredAt: 'asc' }, { number: 'asc' }],
        });
  const last = new Map(found.map((one) => [placeKey(one), one.number]));
  const same = (place: Place | (typeof found)[number], caseId: string | null, command: string) =>
    `${placeKey(place)} ${caseId} ${command}`;
  const open = new Map(
    found
      .filter((one) => one.closedAt === null)
      .map((one) => [same(one, one.caseId, one.command), one.number]),
  );
  return {
    next: ({ place, caseId }, choice) => {
      const known = open.get(same(place, choice.caseId ?? caseId ?? null, choice.command));
      if (known !== undefined) return known;
      const number = ((last.get(placeKey(place)) ?? 0) % lastNumber) + 1;
      last.set(placeKey(place), number);
      return number;
    },
  };
};

const contentOf = (post: Post, choices: readonly OfferedChoice[], agreed: Agreed): Content => ({
  languages: post.place.languages,
  message: masked(post.message, post.place, agreed),
  choices,
});

/** Those of the people listed who agreed to be named on channels that store data outside China. */
type Agreed = ReadonlyMap<string, boolean>;

const agreedOf = (db: Db, posts: readonly Post[]): Promise<Agreed> =>
  consentsOn(db, 'abroad', [
    ...new Set(
      posts
        .filter(({ place }) => traits[place.channel].abroad)
        .flatMap(({ message }) => message.people ?? [])
        .flatMap((one) => one.personId ?? []),
    ),
  ]);

const masked = (message: Message, place: Place, agreed: Agreed): Message => {
  const { abroad } = traits[place.channel];
  const isNamed = (one: Listed): boolean =>
    !abroad || (one.personId != null && agreed.get(one.personId) === true);
  const hide = place.kind === 'room' || abroad;
  return {
    ...message,
    ...(message.facts && {
      facts: message.facts.map((fact) => (hide && fact.personal ? maskFact(fact) : fact)),
    }),
    ...(message.people && {
      people: message.people.map((one) => {
        const { personId: _, ...line } = one;
        return isNamed(one) ? line : { ...line, name: mask(line.name) };
      }),
    }),
  };
};

const maskFact = (fact: Fact): Fact => ({
  ...fact,
  value: eachLanguage((language) => mask(fact.value[language])),
});

/** Keeps the first character, and the last two of longer values: 李*, 138*****00. */
export const mask = (value: string): string => {
  const characters = [...value];
  const keepEnd = characters.length > 5 ? 2 : 0;
  return characters.map((one, at) => (at === 0 || at >= characters.length - keepEnd ? one : '*')).join('');
};
