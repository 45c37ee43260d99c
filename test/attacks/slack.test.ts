/** Slack’s address, attacked from outside and from within: against the real Bolt receiver of a running desk. */
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Parcel, sign } from '../../src/standins/slack/courier.js';
import { scale } from '../figures/report.js';
import { openChance } from './chance.js';
import { type Finding, publishFindings } from './findings.js';
import {
  chair,
  doneSoFar,
  helen,
  lina,
  liwei,
  openRunningDesk,
  type RunningDesk,
  sophie,
  wang,
} from './running-desk.js';

let running: RunningDesk;
let secret: string;
const findings: Finding[] = [];

beforeAll(async () => {
  running = await openRunningDesk();
  secret = running.slack.settings.signingSecret;
  await running.says(chair, '提案 年度影展；举办联盟影展。；紧急事项；通信表决；跳过');
  await running.says(chair, '提交');
  await running.says(
    liwei,
    '申请入会 景德镇陶溪川，91360200MA35F3QK8U，江西，工艺美术，陶瓷与夜间市集，180，刘子力，李伟，13807980001，同意，同意',
  );
  await running.says(liwei, '提交');
  await running.sends(wang, '新建活动', {
    title: '陶瓷工作坊',
    kind: '工作坊',
    when: '2099-12-16 14:00-17:00',
    place: '二楼',
  });
  await running.says(wang, '发布 W-1');
  await running.says(helen, 'help');
  await running.says(sophie, 'help');
});

afterAll(async () => {
  publishFindings(findings);
  await running?.end();
});

/** Tries all of it; whatever gets something done has got through. */
const attack = async <T>(
  name: string,
  all: readonly T[],
  attempt: (one: T) => Promise<unknown>,
  notes?: string,
): Promise<void> => {
  await running.desk.idle();
  const before = await doneSoFar(running.database);
  const through: unknown[] = [];
  for (const one of all) {
    await attempt(one);
    await running.desk.idle();
    const now = await doneSoFar(running.database);
    if (JSON.stringify(now) !== JSON.stringify(before)) {
      through.push(one, now);
      break;
    }
  }
  findings.push({ attack: name, tried: all.length, gotThrough: through.length, ...(notes && { notes }) });
  expect(through).toEqual([]);
  expect(running.logged.filter((line) => /a turn failed|could not be recorded/.test(line))).toEqual([]);
};

const seconds = (): number => Math.floor(Date.now() / 1000);
const url = () => `${running.base}/slack/events`;

const post = async (body: string, headers: Readonly<Record<string, string>>): Promise<number> =>
  (await fetch(url(), { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body }))
    .status;

const stamped = (body: string, at: number, signature = sign(secret, at, body)) => ({
  'x-slack-request-timestamp': String(at),
  'x-slack-signature': signature,
});

const mostMegabytes = 50;
let events = 0;
const eventOf = (user: string, text: string, more: Readonly<Record<string, unknown>> = {}) => {
  events += 1;
  return JSON.stringify({
    type: 'event_callback',
    token: 'unused',
    team_id: 'T01',
    event_id: `EvAttack${events}`,
    event: {
      type: 'message',
      channel: `D${user}`,
      channel_type: 'im',
      user,
      ts: `${seconds()}.${String(events).padStart(6, '0')}`,
      text,
    },
    ...more,
  });
};
/** What an officer would say to take the application over. */
const order = '受理 M-1';

describe('a request that Slack did not make', () => {
  const at = (offset: number) => seconds() + offset;
  const requests: readonly (readonly [string, (body: string) => Readonly<Record<string, string>>])[] = [
    ['unsigned', () => ({})],
    ['without a signature', (body) => ({ ...stamped(body, at(0)), 'x-slack-signature': '' })],
    ['without a time', (body) => ({ 'x-slack-signature': sign(secret, at(0), body) })],
    ['signed with another secret', (body) => stamped(body, at(0), sign('another secret', at(0), body))],
    ['signed with no secret', (body) => stamped(body, at(0), sign('', at(0), body))],
    ['with the signature of another body', (body) => stamped(body, at(0), sign(secret, at(0), `${body} `))],
    ['with the signature of another time', (body) => stamped(body, at(0), sign(secret, at(-1), body))],
    ['with half a signature', (body) => stamped(body, at(0), sign(secret, at(0), body).slice(0, 40))],
    ['with a longer signature', (body) => stamped(body, at(0), `${sign(secret, at(0), body)}00`)],
    [
      'with a signature of version 1',
      (body) => stamped(body, at(0), sign(secret, at(0), body).replace('v0', 'v1')),
    ],
    ['with a signature in capitals', (body) => stamped(body, at(0), sign(secret, at(0), body).toUpperCase())],
    ['301 seconds old', (body) => stamped(body, at(-301))],
    ['a day old', (body) => stamped(body, at(-86_400))],
    ['of six minutes from now', (body) => stamped(body, at(360))],
    ['of next year', (body) => stamped(body, at(31_536_000))],
    ['of no time', (body) => ({ ...stamped(body, at(0)), 'x-slack-request-timestamp': 'now' })],
    [
      'of the time NaN, signed as such',
      (body) => ({ 'x-slack-request-timestamp': 'NaN', 'x-slack-signature': sign(secret, Number.NaN, body) }),
    ],
    [
      'of an endless time',
      (body) => ({
        'x-slack-request-timestamp': '1e999',
        'x-slack-signature': sign(secret, Number.POSITIVE_INFINITY, body),
      }),
    ],
    ['of a time below zero', (body) => stamped(body, -1)],
    [
      'that pretends to check TLS',
      (body) => ({ 'content-type': 'application/x-www-form-urlencoded', 'x-check': body.slice(0, 1) }),
    ],
  ];
  test('is refused, and does nothing', async () => {
    const statuses: Record<string, number> = {};
    await attack(
      'Slack: requests unsigned, wrongly signed, too old or of the future',
      requests,
      async ([name, headers]) => {
        const body = name.includes('TLS')
          ? new URLSearchParams({ ssl_check: '1', payload: eventOf(wang.id, order) }).toString()
          : eventOf(wang.id, order);
        statuses[name] = await post(body, headers(body));
      },
    );
    const { 'that pretends to check TLS': tls, ...others } = statuses;
    expect(tls).toBe(200);
    for (const [name, status] of Object.entries(others)) expect([name, status]).toEqual([name, 401]);
  });
});

describe('a request with Slack’s signature', () => {
  const signed = (body: string, headers: Readonly<Record<string, string>> = {}) =>
    post(body, { ...stamped(body, seconds()), ...headers });

  test('of another workspace is of nobody the desk knows', async () => {
    await attack(
      'Slack: an officer’s id under another workspace’s',
      [
        { team_id: 'T99' },
        { team_id: 'T01', context_team_id: 'T99' },
        { team_id: 't01' },
        { team_id: 'T01 ' },
      ],
      (more) => signed(eventOf(wang.id, order, more)),
    );
  });

  test('and another verification token does no more than its sender may', async () => {
    await attack(
      'Slack: another app’s verification token, from somebody without the right',
      ['x', ''],
      (token) => signed(eventOf(helen.id, order, { token })),
    );
  });

  const formed = (payload: unknown) => new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  const pressed = (user: string, offer: string, more: Readonly<Record<string, unknown>> = {}) => {
    events += 1;
    return formed({
      type: 'block_actions',
      team: { id: 'T01' },
      user: { id: user, team_id: 'T01', name: 'x' },
      trigger_id: `trigger-${events}`,
      channel: { id: `D${user}` },
      actions: [
        {
          type: 'button',
          action_id: 'offer:1',
          block_id: 'b',
          value: offer,
          action_ts: `${seconds()}.${events}`,
        },
      ],
      ...more,
    });
  };
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const offers = () => running.database.offer.findMany({ include: { case: true } });

  test('presses nobody else’s button, from wherever', async () => {
    const personal = (await offers()).filter((one) => one.personId !== null);
    const presses = personal.flatMap((offer) =>
      [helen.id, sophie.id, 'U99'].flatMap((user) =>
        [`D${user}`, offer.conversation, 'C01', 'C02'].map((channel) => ({ offer, user, channel })),
      ),
    );
    const owner = new Map(
      (await running.database.identity.findMany()).map((one) => [one.externalId, one.personId]),
    );
    const others = presses.filter((one) => owner.get(one.user) !== one.offer.personId);
    expect(others.length).toBeGreaterThan(30);
    await attack(
      'Slack: buttons of somebody else',
      openChance(1).some(others, scale({ short: 30, full: others.length })),
      ({ offer, user, channel }) => signed(pressed(user, offer.id, { channel: { id: channel } }), form),
    );
  });

  test('presses no button of a room that it has no right to, nor one from another room', async () => {
    const inRooms = (await offers()).filter((one) => one.personId === null && one.channel === 'slack');
    expect(inRooms.length).toBeGreaterThan(0);
    const council = inRooms.filter((one) => one.case?.ref === 'P-1');
    await attack('Slack: a room’s buttons without the right', council, ({ id, conversation }) =>
      signed(pressed(wang.id, id, { channel: { id: conversation } }), form),
    );
    await attack('Slack: a room’s buttons from another conversation', inRooms, ({ id }) =>
      signed(pressed(helen.id, id, { channel: { id: 'C09' } }), form),
    );
  });

  test('presses nothing that was never offered', async () => {
    const never = [
      '00000000-0000-4000-8000-000000000000',
      '',
      'x',
      '1',
      'membership.take',
      '{"command":"membership.take"}',
      '__proto__',
      "' or 1=1",
      'a'.repeat(2000),
    ];
    const actions = [
      'offer:1',
      'offer:form:1',
      'offer:',
      'offer:1:2',
      'membership.take',
      'offer:99999999999999999999',
    ];
    await attack(
      'Slack: offers and actions that nobody made',
      never.flatMap((value) => actions.map((action) => ({ value, action }))),
      ({ value, action }) =>
        signed(
          pressed(wang.id, value, {
            actions: [{ action_id: action, block_id: 'b', value, action_ts: '1.2' }],
          }),
          form,
        ),
    );
  });

  test('sends in nobody else’s form, nor one that is no form', async () => {
    const { form: open } = await running.desk
      .take(
        {
          kind: 'said',
          channel: 'slack',
          account: 'T01',
          keys: ['own form'],
          sentAt: new Date(),
          conversation: { id: wang.id, kind: 'direct' },
          sender: { id: wang.id },
          text: '新建活动',
          addressed: true,
        },
        { canShowForm: true },
      )
      .then((taken) => taken.answered);
    const dialogue = open?.dialogue ?? '';
    expect(dialogue).not.toBe('');
    const view = (user: string, metadata: unknown, state: unknown = { values: {} }) => {
      events += 1;
      return formed({
        type: 'view_submission',
        team: { id: 'T01' },
        user: { id: user, team_id: 'T01' },
        view: {
          id: `V${events}`,
          hash: `h${events}`,
          callback_id: 'form',
          private_metadata: JSON.stringify(metadata),
          state,
        },
      });
    };
    const memory = {
      dialogue,
      command: 'event.plan',
      language: 'zh',
      conversation: { id: helen.id, kind: 'direct' },
    };
    const values = (text: string) => ({ type: 'plain_text_input', value: text });
    const filled = {
      values: Object.fromEntries(
        Object.entries({ title: '活动', kind: '工作坊', when: '2099-12-20 14:00-17:00', place: '一楼' }).map(
          ([name, text]) => [name, { answer: values(text), [name]: values(text) }],
        ),
      ),
    };
    await attack(
      'Slack: forms of somebody else, of no dialogue, of no shape',
      [
        view(helen.id, memory, filled),
        view('U99', memory, filled),
        view(wang.id, { ...memory, dialogue: 'x' }, filled),
        view(wang.id, { ...memory, dialogue: '00000000-0000-4000-8000-000000000000' }, filled),
        view(wang.id, { ...memory, command: 'membership.take' }, { values: {} }),
        view(wang.id, {}, filled),
        view(wang.id, 'x', filled),
        view(wang.id, memory, { values: { __proto__: { x: values('1') } } }),
        view(wang.id, memory, {}),
      ],
      (body) => signed(body, form),
    );
  });

  // Bolt itself fails on the body `null`, which Slack never sends: nobody else can sign one.
  test('that is no JSON, or not what it seems, is answered, and the desk goes on', async () => {
    const bodies = [
      '',
      '{',
      '[]',
      '1',
      '"x"',
      '{}',
      '[[[[',
      `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
      '{"type":"event_callback"}',
      '{"type":"event_callback","team_id":{},"event":[]}',
      '{"__proto__":{"x":1}}',
      '\ufeff{}',
      '{"a":"\\ud800"}',
      'payload=',
      'payload=%7B',
      'payload=%FF%FE',
      'ssl_check=1&payload=%7B%7D',
      `{"type":"url_verification","challenge":${JSON.stringify('x'.repeat(10_000))}}`,
    ];
    await attack(
      'Slack: broken bodies, rightly signed',
      bodies.flatMap((body) => [form, {}].map((headers) => ({ body, headers }))),
      async ({ body, headers }) => {
        expect(await signed(body, headers)).toBeLessThan(600);
      },
    );
    expect((await fetch(`${running.base}/healthz`)).status).toBe(200);
  });

  test('is answered once, however often it comes', async () => {
    const asked = eventOf(helen.id, 'sign up W-1');
    const before = await doneSoFar(running.database);
    const times = 10;
    for (let time = 0; time < times; time += 1) expect(await signed(asked)).toBe(200);
    await running.desk.idle();
    const signedUp = await doneSoFar(running.database);
    expect(signedUp).toMatchObject({ entries: before.entries + 1, attendees: before.attendees + 1 });

    const motion = { conversation: 'C02', command: 'council.yes', case: { ref: 'P-1' } };
    const yes = await running.database.offer.findFirstOrThrow({ where: motion });
    const press = pressed(helen.id, yes.id, { channel: { id: 'C02' } });
    await Promise.all(Array.from({ length: times }, () => signed(press, form)));
    await running.desk.idle();
    const voted = await doneSoFar(running.database);
    expect(voted).toMatchObject({ entries: signedUp.entries + 1, votes: signedUp.votes + 1 });
    findings.push({
      attack: 'Slack: the same event, and the same button, again',
      tried: 2 * times,
      gotThrough: voted.entries - before.entries - 2,
    });
  });

  test('of many megabytes is refused before it is read to its end', async () => {
    const flood = (signedToo: boolean) =>
      new Promise<{ status: number; sent: number }>((resolve) => {
        const chunk = Buffer.alloc(1_000_000, 'x');
        let sent = 0;
        let status = 0;
        const asking = request(
          url(),
          {
            method: 'POST',
            headers: { 'content-type': 'application/json', ...(signedToo && stamped('', seconds())) },
          },
          (response) => {
            status = response.statusCode ?? 0;
            response.resume();
          },
        );
        const over = () => resolve({ status, sent });
        asking.on('error', over).on('close', over);
        const go = (): void => {
          if (asking.destroyed || status > 0 || sent >= mostMegabytes) {
            asking.end();
            return;
          }
          sent += 1;
          asking.write(chunk, () => setImmediate(go));
        };
        go();
      });
    const results = await Promise.all([flood(false), flood(true)]);
    findings.push({
      attack: 'Slack: bodies without an end (megabytes taken)',
      tried: results.length,
      gotThrough: results.filter((one) => one.sent >= mostMegabytes || one.status === 200).length,
      notes: `${results.map((one) => one.sent).join(' and ')} MB before the refusal`,
    });
    for (const { status, sent } of results) {
      expect([0, 401, 413]).toContain(status);
      expect(sent).toBeLessThan(mostMegabytes);
    }
    expect((await fetch(`${running.base}/healthz`)).status).toBe(200);
  });
});

test('the prepared people still get what they ask for', async () => {
  const before = await doneSoFar(running.database);
  const parcel: Parcel = { kind: 'event', body: JSON.parse(eventOf(wang.id, order)) };
  await running.slack.deliver(parcel);
  await running.desk.idle();
  const after = await doneSoFar(running.database);
  expect(before.cases).toContain('M-1 submitted');
  expect(after.cases).toContain('M-1 checking');
  await running.says(lina, '赞成 P-1');
  expect((await doneSoFar(running.database)).votes).toBe(before.votes + 1);
});
