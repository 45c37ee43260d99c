/** What people do in Slack, as the payloads that the app gets for it. */
import { z } from 'zod';
import type { Parcel } from './courier.js';
import type { Block, View } from './limits.js';
import { bot, type OpenView, type World } from './world.js';

export type Values = Readonly<Record<string, string | readonly string[]>>;

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
/** What Slack makes of what a person types. */
export const typed = (words: string): string => words.replace(/[&<>]/g, (one) => escapes[one] ?? one);

const eventOf = (world: World, event: Readonly<Record<string, unknown>>): Parcel => ({
  kind: 'event',
  body: {
    type: 'event_callback',
    token: 'unused',
    team_id: world.team,
    context_team_id: world.team,
    api_app_id: bot.appId,
    event_id: world.nextId('Ev'),
    event_time: Math.floor(world.now().getTime() / 1000),
    authorizations: [{ team_id: world.team, user_id: bot.userId, is_bot: true, enterprise_id: null }],
    event,
  },
});

/** A message, and the events that reach the app: a direct one, or the mention in a room. */
export const sayIt = (
  world: World,
  user: string,
  channel: string,
  slackText: string,
  more: Readonly<Record<string, unknown>> = {},
): readonly Parcel[] => {
  const post = world.addPost({ channel, author: user, text: slackText, blocks: [] });
  const message = {
    user,
    channel,
    text: slackText,
    ts: post.ts,
    event_ts: post.ts,
    team: world.team,
    client_msg_id: crypto.randomUUID(),
    ...more,
  };
  if (channel.startsWith('D')) return [eventOf(world, { type: 'message', channel_type: 'im', ...message })];
  return slackText.includes(`<@${bot.userId}>`) ? [eventOf(world, { type: 'app_mention', ...message })] : [];
};

export const openHomeIt = (world: World, user: string, tab: 'home' | 'messages'): Parcel =>
  eventOf(world, {
    type: 'app_home_opened',
    user,
    channel: world.directOf(user),
    tab,
    event_ts: world.nextTs(),
  });

export const removeAppIt = (world: World): Parcel => eventOf(world, { type: 'app_uninstalled' });

export const slashIt = (world: World, user: string, channel: string, words: string): Parcel => ({
  kind: 'command',
  body: {
    command: '/alliance',
    text: typed(words),
    team_id: world.team,
    team_domain: 'alliance',
    channel_id: channel,
    channel_name: world.channels.find((one) => one.id === channel)?.name ?? 'directmessage',
    user_id: user,
    user_name: user.toLowerCase(),
    api_app_id: bot.appId,
    response_url: 'https://hooks.slack.com/commands/unused',
    trigger_id: world.giveTrigger(user),
  },
});

const person = (world: World, user: string) => ({
  id: user,
  username: user.toLowerCase(),
  name: user.toLowerCase(),
  team_id: world.team,
});

/** Finds the button by its action or, failing that, by the words on it. */
const findButton = (blocks: readonly Block[], wanted: string) => {
  const buttons = blocks.flatMap((block) => (block.type === 'actions' ? block.elements : []));
  const found =
    buttons.find((button) => button.action_id === wanted) ??
    buttons.find((button) => button.text.text.includes(wanted));
  if (!found)
    throw new Error(`no button “${wanted}” among ${buttons.map((one) => one.text.text).join(', ')}`);
  return found;
};

/** A button under a post or on the person's home page. */
export const pressIt = (
  world: World,
  user: string,
  place: { readonly channel: string; readonly ts: string } | 'home',
  wanted: string,
): Parcel => {
  const home = place === 'home' ? world.homes.get(user) : undefined;
  const post =
    place === 'home'
      ? undefined
      : world.posts.find((one) => one.channel === place.channel && one.ts === place.ts);
  const button = findButton(home?.view.blocks ?? post?.blocks ?? [], wanted);
  return {
    kind: 'interaction',
    body: {
      type: 'block_actions',
      team: { id: world.team, domain: 'alliance' },
      user: person(world, user),
      api_app_id: bot.appId,
      trigger_id: world.giveTrigger(user),
      ...(post && {
        channel: { id: post.channel, name: 'unused' },
        message: { ts: post.ts, text: post.text },
        container: { type: 'message', message_ts: post.ts, channel_id: post.channel },
      }),
      ...(home && {
        view: { id: home.id, hash: home.hash, type: 'home' },
        container: { type: 'view', view_id: home.id },
      }),
      actions: [
        {
          type: 'button',
          block_id: 'b',
          action_id: button.action_id,
          value: button.value,
          action_ts: world.nextTs(),
        },
      ],
    },
  };
};

/** What a filled-in modal sends. Throws where Slack's own client would not let the person send it. */
export const submitIt = (world: World, open: OpenView, values: Values): Parcel => ({
  kind: 'interaction',
  body: {
    type: 'view_submission',
    team: { id: world.team, domain: 'alliance' },
    user: person(world, open.user),
    api_app_id: bot.appId,
    trigger_id: world.giveTrigger(open.user),
    view: { ...open.view, id: open.id, hash: open.hash, state: { values: stateOf(open.view, values) } },
    response_urls: [],
  },
});

const stateOf = (view: View, values: Values) => {
  const inputs = view.blocks.filter((block) => block.type === 'input');
  const unknown = Object.keys(values).filter((name) => !inputs.some((block) => block.block_id === name));
  if (unknown.length > 0) throw new Error(`the form has no ${unknown.join(', ')}`);
  return Object.fromEntries(
    inputs.map((block) => {
      const { element } = block;
      const given = values[block.block_id ?? ''];
      const missing = given === undefined || given.length === 0;
      if (missing && !block.optional) throw new Error(`“${block.label.text}” has to be filled in`);
      return [block.block_id, { [element.action_id]: { type: element.type, ...answer(element, given) } }];
    }),
  );
};

type Element = Extract<Block, { type: 'input' }>['element'];

const answer = (element: Element, given: string | readonly string[] | undefined) => {
  switch (element.type) {
    case 'plain_text_input':
      return { value: given === undefined || given === '' ? null : z.string().parse(given) };
    case 'radio_buttons':
    case 'static_select':
      return {
        selected_option: given === undefined ? null : optionOf(element.options, z.string().parse(given)),
      };
    case 'checkboxes':
    case 'multi_static_select':
      return { selected_options: [given ?? []].flat().map((one) => optionOf(element.options, one)) };
    default:
      return element satisfies never;
  }
};

type Option = Extract<Element, { type: 'radio_buttons' }>['options'][number];

/** An option by its value or by the words it shows. */
const optionOf = (options: readonly Option[], wanted: string): Option => {
  const found = options.find((one) => one.value === wanted || one.text.text === wanted);
  if (!found) throw new Error(`no option “${wanted}”`);
  return found;
};
