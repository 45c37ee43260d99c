/**
 * The port between the desk and a channel. A bot turns what its network brings into inputs, and a delivery
 * into what its network shows. It knows no workflow, and the desk knows no network.
 */
import type { ChannelName, Input } from '../core/input.js';
import type { Content, OfferedChoice } from '../core/message.js';
import type { AnyQuestion } from '../core/question.js';
import type { Language, Text } from '../core/text.js';

export type Delivery = {
  /** The outbox row's id: unique for ever, safe to show to the network. */
  readonly id: string;
  readonly account: string;
  /** A direct conversation is named by the person's id on the channel, a room by the room's. */
  readonly conversation: string;
  readonly content: Content;
  /** The platform's name of an earlier post that this delivery changes. */
  readonly replaces?: string;
  /** An earlier attempt may have gone out: look before posting again, from this instant on. */
  readonly unsureSince?: Date;
};

export type Outcome =
  | { readonly kind: 'sent'; readonly messageId?: string }
  /** Not sent; the channel or conversation asks for a pause. */
  | { readonly kind: 'later'; readonly afterMs: number; readonly reason: string }
  /** It may or may not have gone out. */
  | { readonly kind: 'unsure'; readonly reason: string }
  /** It will never go out: the room is gone, the account is closed. */
  | { readonly kind: 'refused'; readonly reason: string };

export type BotHealth = {
  readonly state: 'up' | 'starting' | 'down';
  readonly detail: string;
  readonly lastInputAt?: Date;
};

export interface Bot {
  readonly channel: ChannelName;
  start(): Promise<void>;
  deliver(delivery: Delivery): Promise<Outcome>;
  /** Stops taking inputs, then lets what is under way finish. */
  stop(): Promise<void>;
  health(): BotHealth;
}

/** A form that a channel may show instead of asking one question after the other. */
export type Form = {
  readonly dialogue: string;
  readonly command: string;
  readonly title: Text;
  readonly language: Language;
  readonly questions: readonly {
    readonly name: string;
    readonly question: AnyQuestion;
    readonly initial?: string;
  }[];
};

export type Taken = {
  readonly repeat: boolean;
  /** Settles when the input's turn has committed. Never rejects: faults are logged and retried by the desk. */
  readonly answered: Promise<{ readonly form?: Form }>;
};

export type HomeItem = { readonly message: Text; readonly choices: readonly OfferedChoice[] };

/** Somebody the account knows on the network, and the code that the account noted with them, if any. */
export type Contact = { readonly id: string; readonly code?: string };

/** What a bot may ask of the desk. */
export interface Reception {
  /** Resolves once the input is stored; only then may it be acknowledged. Rejects when it can't be stored. */
  take(input: Input, options?: { readonly canShowForm?: boolean }): Promise<Taken>;
  /** Whether these words start a command that is asked as a form. Pure; no database. */
  startsForm(words: string): boolean;
  /** The problems of a form's answers by question name; empty when they can be handed in. Pure; no database. */
  checkForm(command: string, answers: Readonly<Record<string, string>>): Readonly<Record<string, Text>>;
  /** What waits for a person, for a home page. */
  home(
    channel: ChannelName,
    account: string,
    senderId: string,
  ): Promise<{ language: Language; items: readonly HomeItem[] }>;
  /** Rooms in which something is open, for a note after an outage. */
  openRooms(channel: ChannelName): Promise<readonly string[]>;
  /**
   * For a network whose ids of people may change: finds people again by their codes when these are `all` the
   * contacts there are, and returns the codes that are to be noted with contacts of the list.
   */
  recognise(
    channel: ChannelName,
    contacts: readonly Contact[],
    all: boolean,
  ): Promise<readonly Required<Contact>[]>;
}
