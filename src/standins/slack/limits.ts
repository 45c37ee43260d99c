/** What Slack refuses to show, written down apart from the bot so that its renderer is held to it. */
import { z } from 'zod';

const plain = (max: number) =>
  z.object({
    type: z.literal('plain_text'),
    text: z.string().min(1).max(max),
    emoji: z.boolean().optional(),
  });
const markdown = (max: number) =>
  z.object({ type: z.literal('mrkdwn'), text: z.string().min(1).max(max), verbatim: z.boolean().optional() });
const text = (max: number) => z.union([plain(max), markdown(max)]);

const name = z.string().min(1).max(255);
const option = z.object({ text: text(75), value: z.string().min(1).max(150) });
const options = (max: number) => z.array(option).min(1).max(max);

const button = z.object({
  type: z.literal('button'),
  action_id: name,
  text: plain(75),
  value: z.string().max(2000).optional(),
  style: z.enum(['primary', 'danger']).optional(),
});
const oneOf = <T extends 'radio_buttons' | 'static_select'>(type: T, max: number) =>
  z.object({
    type: z.literal(type),
    action_id: name,
    options: options(max),
    initial_option: option.optional(),
  });
const someOf = <T extends 'checkboxes' | 'multi_static_select'>(type: T, max: number) =>
  z.object({
    type: z.literal(type),
    action_id: name,
    options: options(max),
    initial_options: options(max).optional(),
  });
const textInput = z.object({
  type: z.literal('plain_text_input'),
  action_id: name,
  multiline: z.boolean().optional(),
  max_length: z.number().int().min(1).max(3000).optional(),
  initial_value: z.string().max(3000).optional(),
});
const inputElement = z.discriminatedUnion('type', [
  textInput,
  oneOf('radio_buttons', 10),
  oneOf('static_select', 100),
  someOf('checkboxes', 10),
  someOf('multi_static_select', 100),
]);

const distinct = (keys: readonly (string | undefined)[]): boolean => {
  const named = keys.filter((key) => key !== undefined);
  return new Set(named).size === named.length;
};

const block_id = name.optional();
const header = z.object({ type: z.literal('header'), block_id, text: plain(150) });
const section = z
  .object({
    type: z.literal('section'),
    block_id,
    text: text(3000).optional(),
    fields: z.array(text(2000)).min(1).max(10).optional(),
  })
  .refine((one) => one.text !== undefined || one.fields !== undefined);
const actions = z.object({
  type: z.literal('actions'),
  block_id,
  elements: z
    .array(button)
    .min(1)
    .max(25)
    .refine((all) => distinct(all.map((one) => one.action_id))),
});
const context = z.object({
  type: z.literal('context'),
  block_id,
  elements: z.array(text(3000)).min(1).max(10),
});
const divider = z.object({ type: z.literal('divider'), block_id });
const input = z.object({
  type: z.literal('input'),
  block_id,
  label: plain(2000),
  hint: plain(2000).optional(),
  optional: z.boolean().optional(),
  element: inputElement,
});

export const block = z.discriminatedUnion('type', [header, section, actions, context, divider, input]);
export type Block = z.infer<typeof block>;

const messageBlock = block.refine((one) => one.type !== 'input');
export const messageBlocks = z
  .array(messageBlock)
  .max(50)
  .refine((all) => distinct(all.map((one) => one.block_id)));

const viewBlocks = z
  .array(block)
  .max(100)
  .refine((all) => distinct(all.map((one) => one.block_id)));
const common = { blocks: viewBlocks, private_metadata: z.string().max(3000).default('') };
export const view = z.discriminatedUnion('type', [
  z.object({ type: z.literal('home'), callback_id: z.string().max(255).default(''), ...common }),
  z
    .object({
      type: z.literal('modal'),
      callback_id: z.string().max(255).default(''),
      title: plain(24),
      submit: plain(24).optional(),
      close: plain(24).optional(),
      ...common,
    })
    // Inputs that nobody can send.
    .refine((one) => one.submit !== undefined || one.blocks.every((part) => part.type !== 'input')),
]);
export type View = z.infer<typeof view>;

/** Slack's undocumented cap on all blocks of a message together, as JSON. */
export const allBlocksLimit = 13_200;
export const postTextLimit = 40_000;
export const editTextBytes = 4000;
