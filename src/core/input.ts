/** What a channel hands in. Times are instants; ids are the platform's own. */
import { z } from 'zod';

export const channels = ['slack', 'wechat'] as const;
export type ChannelName = (typeof channels)[number];

/**
 * What the engine has to know of a channel.
 * - `buttons`: a choice can be pressed; elsewhere it is answered with its number.
 * - `edits`: a post can be changed after it was sent.
 * - `abroad`: what is posted is stored outside China.
 */
export const traits: Readonly<
  Record<ChannelName, { readonly buttons: boolean; readonly edits: boolean; readonly abroad: boolean }>
> = {
  slack: { buttons: true, edits: true, abroad: true },
  wechat: { buttons: false, edits: false, abroad: false },
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

const received = {
  channel: z.enum(channels),
  account: z.string(),
  keys: z.tuple([z.string()], z.string()),
  sentAt: z.coerce.date(),
  conversation: z.object({ id: z.string(), kind: z.enum(['direct', 'room']) }),
  sender: z.object({ id: z.string(), name: z.string().exactOptional() }),
};

/** Reads an input back from where it was stored as JSON. */
export const inputSchema = z.discriminatedUnion('kind', [
  z.object({ ...received, kind: z.literal('said'), text: z.string(), addressed: z.boolean() }),
  z.object({ ...received, kind: z.literal('pressed'), offer: z.string() }),
  z.object({
    ...received,
    kind: z.literal('form'),
    dialogue: z.string(),
    answers: z.record(z.string(), z.string()),
  }),
]) satisfies z.ZodType<Input>;
