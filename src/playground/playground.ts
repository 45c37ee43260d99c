/**
 * The playground: people of both stand-in networks, side by side in a browser. What they do goes through the
 * stand-ins' own doors, so the bots behind it get signed requests and gRPC as they would from the real networks.
 */
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Clock } from '../clock.js';
import { deskContact, roomTopics } from '../standins/networks.js';
import type { SlackStandIn } from '../standins/slack/slack-stand-in.js';
import type { WeChatStandIn } from '../standins/wechat/stand-in.js';
import type { Database } from '../store/database.js';
import { type Handler, type Routes, readJson, sendJson } from '../web.js';
import { openStream } from './stream.js';

export type Playground = { readonly routes: Routes; readonly close: () => Promise<void> };

type Networks = {
  readonly database: Database;
  readonly slack: SlackStandIn;
  readonly wechat: WeChatStandIn;
  readonly clock: Clock;
};

const page = fileURLToPath(new URL('../../playground/index.html', import.meta.url));

const channel = z.enum(['slack', 'wechat']);
const id = z.string().min(1).max(100);
/** `direct`, or a room's id. */
const place = z.string().min(1).max(100);
const text = z.string().trim().min(1).max(20_000);
const acts = {
  say: z.object({ channel, account: id, place, text }),
  press: z.object({ account: id, place, ts: z.string().max(40), action: z.string().max(255) }),
  submit: z.object({
    account: id,
    view: id,
    values: z.record(z.string(), z.union([z.string().max(3000), z.array(z.string())])),
  }),
  home: z.object({ account: id }),
  stranger: z.object({ name: z.string().trim().min(1).max(20) }),
};

export const openPlayground = (networks: Networks): Playground => {
  const { slack, wechat } = networks;
  const stream = openStream();
  const forget = [
    wechat.onSent(({ conversation, text: said }) =>
      stream.show({
        channel: 'wechat',
        kind: 'message',
        place: conversation.endsWith('@chatroom') ? conversation : `direct ${conversation}`,
        from: 'desk',
        text: said,
      }),
    ),
    slack.onPost((shown) =>
      stream.show({
        channel: 'slack',
        kind: shown.kind === 'post' || shown.kind === 'said' ? 'message' : shown.kind,
        place: shown.conversation.startsWith('C') ? shown.conversation : `direct ${shown.user}`,
        from: shown.kind === 'said' ? authorOf(slack, shown.ts) : 'desk',
        user: shown.user,
        ts: shown.ts,
        view: shown.viewId,
        text: shown.text,
        blocks: shown.blocks,
      }),
    ),
  ];

  const act =
    <T>(schema: z.ZodType<T>, run: (wanted: T) => Promise<unknown>): Handler =>
    async (request, response) => {
      const wanted = schema.safeParse(await readJson(request));
      if (!wanted.success) return sendJson(response, 400, { error: z.prettifyError(wanted.error) });
      try {
        sendJson(response, 200, (await run(wanted.data)) ?? { ok: true });
      } catch (error) {
        // The stand-ins refuse what could not be done on the network either: a button that is gone.
        sendJson(response, 409, { error: error instanceof Error ? error.message : String(error) });
      }
    };

  const routes: Routes = new Map<string, Handler>([
    ['GET /playground', sendPage],
    ['GET /playground/people', async (_, response) => sendJson(response, 200, await people(networks))],
    ['GET /playground/events', (request, response) => stream.open(request, response)],
    ['POST /playground/say', act(acts.say, (wanted) => say(networks, stream.show, wanted))],
    [
      'POST /playground/press',
      act(acts.press, ({ account, place: where, ts, action }) =>
        slack.press(
          account,
          where === 'home' ? 'home' : { channel: slackPlace(slack, account, where), ts },
          action,
        ),
      ),
    ],
    [
      'POST /playground/submit',
      act(acts.submit, async ({ account, view, values }) => ({
        answer: (await slack.submitView(account, view, values)).body,
      })),
    ],
    ['POST /playground/home', act(acts.home, ({ account }) => slack.openHome(account))],
    [
      'POST /playground/stranger',
      act(acts.stranger, async ({ name }) => {
        const account = `wx-${encodeURIComponent(name).replaceAll('%', '').toLowerCase()}`;
        wechat.addContact({ id: account, name });
        return { account, name };
      }),
    ],
  ]);
  return {
    routes,
    close: async () => {
      for (const one of forget) one();
      stream.close();
    },
  };
};

const sendPage = async (_: IncomingMessage, response: ServerResponse): Promise<void> => {
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-cache',
    'content-security-policy':
      "default-src 'none'; connect-src 'self'; script-src 'unsafe-inline'; style-src 'unsafe-inline'",
  });
  response.end(await readFile(page));
};

const slackPlace = (slack: SlackStandIn, account: string, where: string): string =>
  where === 'direct' ? slack.directChannel(account) : where;

const authorOf = (slack: SlackStandIn, ts: string): string =>
  slack.posts.find((post) => post.ts === ts)?.author ?? 'desk';

type Show = ReturnType<typeof openStream>['show'];

const say = async (
  { slack, wechat }: Networks,
  show: Show,
  { channel: network, account, place: where, text: words }: z.output<typeof acts.say>,
): Promise<void> => {
  if (network === 'slack') {
    const there = slackPlace(slack, account, where);
    const slash = /^\/alliance\s+(.+)$/s.exec(words)?.[1];
    if (slash) await slack.slash(account, there, slash);
    else if (where !== 'direct' && /^@desk\s/i.test(words))
      await slack.mention(account, there, words.slice(6));
    else await slack.say(account, there, words);
    return;
  }
  const mention = where !== 'direct' && words.startsWith(`@${deskContact.name}`);
  show({
    channel: 'wechat',
    kind: 'message',
    place: where === 'direct' ? `direct ${account}` : where,
    from: account,
    text: words,
  });
  const plain = mention ? words.slice(deskContact.name.length + 1).trim() : words;
  wechat.say(account, where, plain, mention ? { mention } : {});
};

const people = async ({ database, clock }: Networks): Promise<unknown> => {
  const found = await database.person.findMany({
    include: {
      identities: { orderBy: { id: 'asc' } },
      roles: true,
      held: true,
      alternates: true,
      park: true,
    },
    orderBy: [{ guest: 'asc' }, { createdAt: 'asc' }, { key: 'asc' }],
  });
  const rooms = await database.room.findMany({ orderBy: [{ channel: 'asc' }, { externalId: 'asc' }] });
  return {
    time: clock.now(),
    people: found.flatMap((person) =>
      person.identities.map((identity) => ({
        channel: identity.channel,
        account: identity.externalId,
        name: person.name,
        park: person.park?.nameZh ?? null,
        roles: [
          ...person.roles.map((one) => one.role),
          ...(person.held.length > 0 ? ['seat'] : person.alternates.length > 0 ? ['alternate'] : []),
        ],
      })),
    ),
    rooms: rooms.map((room) => ({
      channel: room.channel,
      place: room.externalId,
      name: room.channel === 'slack' ? `#${room.purpose}` : roomTopics[room.purpose],
    })),
  };
};
