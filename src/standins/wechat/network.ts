/** The WeChat network as one account sees it: people, rooms, and what is said, behind a Wechaty puppet. */
import { randomUUID } from 'node:crypto';
import { type payloads, types } from 'wechaty-puppet';
import { mock, PuppetMock } from 'wechaty-puppet-mock';

export type Contact = { readonly id: string; readonly name: string };
export type Room = {
  /** Ends in "@chatroom", as on the network. */
  readonly id: string;
  readonly topic: string;
  readonly members: readonly string[];
  /** The names that people have in this room, by contact id. */
  readonly aliases?: Readonly<Record<string, string>>;
};

export type Sent = {
  readonly conversation: string;
  readonly text: string;
  readonly mentionIds: readonly string[];
};

export type Said = {
  readonly id: string;
  readonly from: string;
  /** A room, or undefined for the bot itself. */
  readonly room?: string;
  readonly text: string;
  readonly mentions: readonly string[];
  readonly at: Date;
  /** Wechaty's number; 7 is text. */
  readonly type: number;
};

export type NetworkEvents = {
  /** Throws to refuse the message. */
  sent(message: Sent): void;
};

export class NetworkPuppet extends PuppetMock {
  readonly bot: Contact;
  readonly contacts = new Map<string, Contact>();
  readonly rooms = new Map<string, Room>();
  /** The notes that the account keeps of people, by contact id. */
  readonly notes = new Map<string, string>();
  readonly friendships = new Map<string, { readonly contactId: string; readonly hello: string }>();
  /** While true, the puppet gives no sign of life and passes nothing on. */
  mute = false;
  private readonly messages = new Map<string, payloads.Message>();
  private readonly onSent: NetworkEvents['sent'];

  constructor(bot: Contact, contacts: readonly Contact[], rooms: readonly Room[], events: NetworkEvents) {
    super({ mocker: new mock.Mocker(), timeoutSeconds: 2_000_000 });
    this.bot = bot;
    this.onSent = events.sent;
    for (const contact of [bot, ...contacts]) this.contacts.set(contact.id, contact);
    for (const room of rooms) this.rooms.set(room.id, room);
  }

  /** The account stays logged in, as a phone would, when a bot stops the puppet and starts it again. */
  override async onStart(): Promise<void> {
    await super.onStart();
    setImmediate(() => {
      if (!this.isLoggedIn) this.login(this.bot.id);
    });
  }

  beat(): void {
    if (!this.mute) this.emit('heartbeat', { data: 'stand-in' });
  }

  override ding(data?: string): void {
    if (!this.mute) this.emit('dong', { data: data ?? '' });
  }

  remember(said: Said): void {
    this.messages.set(said.id, {
      id: said.id,
      talkerId: said.from,
      text: said.text,
      timestamp: said.at.getTime(),
      type: said.type,
      ...(said.room === undefined
        ? { listenerId: this.bot.id }
        : { roomId: said.room, mentionIdList: [...said.mentions] }),
    });
  }

  announce(messageId: string): void {
    if (!this.mute) this.emit('message', { messageId });
  }

  askForFriendship(contactId: string, hello: string): string {
    const id = randomUUID();
    this.friendships.set(id, { contactId, hello });
    this.emit('friendship', { friendshipId: id });
    return id;
  }

  override async friendshipAccept(id: string): Promise<void> {
    const asked = this.friendships.get(id);
    if (!asked) throw new Error(`no such friend request: ${id}`);
    const confirmed = `${id}-confirmed`;
    this.friendships.set(confirmed, asked);
    this.emit('friendship', { friendshipId: confirmed });
  }

  override async friendshipRawPayload(id: string): Promise<payloads.Friendship> {
    const asked = this.friendships.get(id);
    if (!asked) throw new Error(`no such friend request: ${id}`);
    const base = { id, contactId: asked.contactId, hello: asked.hello, timestamp: Date.now() };
    return id.endsWith('-confirmed')
      ? { ...base, type: types.Friendship.Confirm }
      : { ...base, type: types.Friendship.Receive, ticket: id };
  }

  override async messageSendText(
    conversation: string,
    text: string,
    mentionIds: string[] = [],
  ): Promise<void> {
    if (!this.isLoggedIn) throw new Error('not logged in');
    this.onSent({ conversation, text, mentionIds });
    // As on the network, the account hears what it says itself.
    const id = randomUUID();
    this.messages.set(id, {
      id,
      talkerId: this.bot.id,
      text,
      timestamp: Date.now(),
      type: types.Message.Text,
      ...(this.rooms.has(conversation)
        ? { roomId: conversation, mentionIdList: [...mentionIds] }
        : { listenerId: conversation }),
    });
    this.announce(id);
  }

  override async messageRawPayload(id: string): Promise<payloads.Message> {
    const message = this.messages.get(id);
    if (!message) throw new Error(`no such message: ${id}`);
    return message;
  }

  override async contactRawPayload(id: string): Promise<payloads.Contact> {
    // Wechaty looks a room up as a contact when its members change, and reports an error if there is none.
    const contact = this.contacts.get(id) ?? (this.rooms.has(id) ? { id, name: '' } : undefined);
    if (!contact) throw new Error(`no such contact: ${id}`);
    const alias = this.notes.get(id);
    return {
      ...contact,
      ...(alias === undefined ? {} : { alias }),
      avatar: '',
      gender: types.ContactGender.Unknown,
      phone: [],
      type: types.Contact.Individual,
      friend: true,
    };
  }

  override contactAlias(id: string): Promise<string>;
  override contactAlias(id: string, alias: string | null): Promise<void>;
  override contactAlias(id: string, alias?: string | null): Promise<string> | Promise<void> {
    return alias === undefined ? Promise.resolve(this.notes.get(id) ?? '') : this.writeNote(id, alias);
  }

  private async writeNote(id: string, note: string | null): Promise<void> {
    if (note === null) this.notes.delete(id);
    else this.notes.set(id, note);
  }

  /** As a web login does: everybody has a new id, and is who they were. Returns the new ids by the old ones. */
  renewIds(): ReadonlyMap<string, string> {
    const renewed = new Map<string, string>();
    const people = [...this.contacts.values()].filter((one) => one.id !== this.bot.id);
    for (const { id, name } of people) {
      const next = randomUUID();
      renewed.set(id, next);
      this.contacts.delete(id);
      this.contacts.set(next, { id: next, name });
      const note = this.notes.get(id);
      this.notes.delete(id);
      if (note !== undefined) this.notes.set(next, note);
    }
    const nextOf = (id: string) => renewed.get(id) ?? id;
    for (const room of [...this.rooms.values()]) {
      const aliases = Object.entries(room.aliases ?? {}).map(([id, alias]) => [nextOf(id), alias] as const);
      this.rooms.set(room.id, {
        ...room,
        members: room.members.map(nextOf),
        aliases: Object.fromEntries(aliases),
      });
    }
    return renewed;
  }

  override async contactList(): Promise<string[]> {
    return [...this.contacts.keys()];
  }

  override async roomList(): Promise<string[]> {
    return [...this.rooms.keys()];
  }

  private room(id: string): Room {
    const room = this.rooms.get(id);
    if (!room) throw new Error(`no such room: ${id}`);
    return room;
  }

  override async roomRawPayload(id: string): Promise<payloads.Room> {
    const room = this.room(id);
    return { id, topic: room.topic, memberIdList: await this.roomMemberList(id), adminIdList: [] };
  }

  override async roomMemberList(id: string): Promise<string[]> {
    return [this.bot.id, ...this.room(id).members];
  }

  override async roomMemberRawPayload(roomId: string, contactId: string): Promise<payloads.RoomMember> {
    const { name, avatar } = await this.contactRawPayload(contactId);
    const roomAlias = this.room(roomId).aliases?.[contactId];
    return { id: contactId, name, avatar, ...(roomAlias === undefined ? {} : { roomAlias }) };
  }
}
