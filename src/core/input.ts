/** What a channel hands in. Times are instants; ids are the platform's own. */
export const channels = ['slack', 'wechat'] as const;
export type ChannelName = (typeof channels)[number];

/**
 * What the engine has to know of a channel.
 * - `edits`: a post can be changed after it was sent.
 * - `abroad`: what is posted is stored outside China.
 */
export const traits: Readonly<Record<ChannelName, { readonly edits: boolean; readonly abroad: boolean }>> = {
  slack: { edits: true, abroad: true },
  wechat: { edits: false, abroad: false },
};

export type Conversation = {
  readonly id: string;
  readonly kind: 'direct' | 'room';
};

type Received = {
  readonly channel: ChannelName;
  /** The Slack team; empty on WeChat. */
  readonly account: string;
  /** Every name the platform has for this input. One known name makes it a repeat. */
  readonly keys: readonly [string, ...string[]];
  readonly sentAt: Date;
  readonly conversation: Conversation;
  readonly sender: { readonly id: string; readonly name?: string };
};

export type Said = Received & {
  readonly kind: 'said';
  readonly text: string;
  /** The desk was addressed: a direct message, a mention, a slash command. */
  readonly addressed: boolean;
};

export type Pressed = Received & { readonly kind: 'pressed'; readonly offer: string };

export type FormSent = Received & {
  readonly kind: 'form';
  readonly dialogue: string;
  readonly answers: Readonly<Record<string, string>>;
};

export type Input = Said | Pressed | FormSent;
