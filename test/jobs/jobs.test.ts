/** The alarm clock and the postman, on both kinds of queues. */
import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, type TestContext, test, vi } from 'vitest';
import type { Bot, Delivery, Outcome } from '../../src/bots/bot.js';
import type { ChannelName } from '../../src/core/input.js';
import { say } from '../../src/core/message.js';
import { type Backend, openRedisBackend } from '../../src/jobs/backend.js';
import { nudge, sweep, workDeliveries, workRings } from '../../src/jobs/worker.js';
import { orphanPosts, orphanPostsOf } from '../../src/store/outbox.js';
import {
  at,
  contentOf,
  li,
  offerOf,
  openWorkshop,
  presses,
  secretariat,
  silent,
  textsTo,
  wang,
} from '../desk/workshop.js';
import { testVault } from '../vault.js';
import { freePort, type Ground, postgres, startRedis } from './backends.js';

const redis = await startRedis();
if (!redis && process.env.CI === 'true')
  throw new Error('CI needs a Redis: install redis-server or set REDIS_URL.');
if (!redis)
  process.stderr.write('No Redis here: the jobs on Redis are left out. Install redis-server to run them.\n');
afterAll(() => redis?.stop());
const grounds: readonly Ground[] = redis ? [postgres, redis] : [postgres];

const eventually = (check: () => Promise<void> | void): Promise<void> =>
  vi.waitFor(check, { timeout: 20_000, interval: 25 });

/** A bot that keeps what it is given, and answers as it is told. */
const openPostbox = (
  channel: ChannelName,
  answer: (delivery: Delivery, attempt: number) => Outcome | Promise<Outcome> = () => ({ kind: 'sent' }),
) => {
  const got: Delivery[] = [];
  const bot: Bot = {
    channel,
    start: async () => undefined,
    stop: async () => undefined,
    health: () => ({ state: 'up', detail: '' }),
    deliver: async (delivery) => {
      got.push(delivery);
      return answer(delivery, got.filter((one) => one.id === delivery.id).length);
    },
  };
  return { bot, got, texts: () => got.map((one) => one.content.message.text.zh) };
};

/** A desk with queues. Nothing works on them until the test says so. */
const openPlant = async (
  { onTestFinished }: Pick<TestContext, 'onTestFinished'>,
  ground: Ground,
  options: { readonly backend?: Backend } = {},
) => {
  let tools: Parameters<typeof sweep>[0] | undefined;
  const shop = await openWorkshop({ onCommitted: (committed) => tools && nudge(tools, committed) });
  const backend = options.backend ?? (await ground.open(shop.url));
  tools = { database: shop.database, clock: shop.clock, backend, log: silent, vault: testVault() };
  onTestFinished(async () => {
    await backend.close();
    await shop.end();
  });
  const kept = tools;
  return {
    ...shop,
    backend,
    ring: () => workRings(kept, shop.desk),
    deliver: (bot: Bot, concurrency = 4) => workDeliveries(kept, bot, concurrency),
    sweep: () => sweep(kept, shop.desk),
    /** Puts posts in the outbox, as a turn does, and tells the queues unless they are not to know. */
    post: async (conversation: string, texts: readonly string[], told = true) => {
      const rows = await shop.database.outbox.createManyAndReturn({
        data: texts.map((text) => ({
          channel: 'slack' as const,
          account: 'T01',
          conversation,
          content: { languages: ['zh'], message: say(text, text), choices: [] },
          deliverAfter: shop.clock.now(),
          createdAt: shop.clock.now(),
        })),
        select: { id: true, channel: true },
      });
      if (told) nudge(kept, { outbox: rows, timers: [] });
      return rows.map((row) => row.id);
    },
  };
};
type Plant = Awaited<ReturnType<typeof openPlant>>;

const rings = (plant: Plant) => plant.database.entry.count({ where: { act: 'errand.nudge' } });
/** Of what was posted here; what is told in the secretariat's room about it may come at any time. */
const statuses = async (plant: Plant) =>
  (
    await plant.database.outbox.findMany({
      where: { conversation: { in: ['U01', 'U02'] } },
      orderBy: { id: 'asc' },
    })
  ).map((post) => ({
    text: contentOf(post).message.text.zh,
    status: post.status,
    problem: post.problem,
  }));

for (const ground of grounds) {
  describe(`jobs on ${ground.name}`, () => {
    describe.concurrent('timers', () => {
      test('a timer set by a turn rings at its time', async (context) => {
        const plant = await openPlant(context, ground);
        plant.ring();
        await plant.talk(li, '办事 1');
        const { dueAt } = await plant.database.timer.findFirstOrThrow();
        await eventually(async () => expect(await rings(plant)).toBe(1));
        const { firedAt } = await plant.database.timer.findFirstOrThrow();
        expect((firedAt?.getTime() ?? 0) - dueAt.getTime()).toBeGreaterThanOrEqual(0);
      });

      test('one whose job hangs is rung by the sweep itself', async (context) => {
        const plant = await openPlant(context, ground);
        // Nobody works on the queues: the jobs stay where they are, as those of a killed worker do for a while.
        await plant.talk(li, '办事 0');
        await plant.clock.wait(20_000);
        await plant.sweep();
        expect(await rings(plant)).toBe(0);
        await plant.clock.wait(20_000);
        await plant.sweep();
        expect(await rings(plant)).toBe(1);
        await plant.sweep();
        expect(await rings(plant)).toBe(1);
      });

      test('a moved timer rings once, at its new time', async (context) => {
        const plant = await openPlant(context, ground);
        plant.ring();
        await plant.talk(li, '办事 1');
        await plant.talk(li, '改期 T-1 2');
        const { dueAt, version } = await plant.database.timer.findFirstOrThrow();
        expect(version).toBe(2);
        await eventually(async () => expect(await rings(plant)).toBe(1));
        const timer = await plant.database.timer.findFirstOrThrow();
        expect(timer.firedAt?.getTime()).toBeGreaterThanOrEqual(dueAt.getTime());
        await plant.sweep();
        await eventuallyIdle(plant);
        expect(await rings(plant)).toBe(1);
      });

      test('a cancelled one never rings, nor one whose case has moved on', async (context) => {
        const plant = await openPlant(context, ground);
        await plant.talk(li, '办事 0');
        await plant.talk(li, '免提醒 T-1');
        await plant.talk(li, '办事 0');
        await plant.talk(wang, '同意 T-2');
        plant.ring();
        await plant.talk(li, '办事 0');
        await plant.sweep();
        await eventually(async () => expect(await rings(plant)).toBe(1));
        expect(await textsTo(plant.database, secretariat)).toEqual(['T-3 waits']);
        expect(await plant.database.timer.count({ where: { cancelledAt: { not: null } } })).toBe(2);
      });

      test('one that rings twice at once has one effect', async (context) => {
        const plant = await openPlant(context, ground);
        await plant.talk(li, '办事 0');
        const timer = await plant.database.timer.findFirstOrThrow();
        await Promise.all(Array.from({ length: 4 }, () => plant.desk.ring(timer.id, timer.version)));
        expect(await rings(plant)).toBe(1);
      });

      test('a reminder that falls due at night waits until 08:00; a deadline does not', async (context) => {
        const plant = await openPlant(context, ground);
        plant.ring();
        await plant.talk(li, '办事 50000');
        expect(await plant.database.timer.findFirstOrThrow()).toMatchObject({
          dueAt: at('2026-11-24T08:00'),
        });
        // Due by day, but nobody was there to ring it before the night.
        await plant.talk(li, '改期 T-1 36000');
        await plant.clock.moveTo(at('2026-11-23T23:00'));
        await plant.sweep();
        await eventually(async () =>
          expect(await plant.database.timer.findFirst({ where: { firedAt: null } })).toMatchObject({
            dueAt: at('2026-11-24T08:00'),
          }),
        );
        expect(await rings(plant)).toBe(0);
        await plant.clock.moveTo(at('2026-11-24T08:00'));
        await plant.sweep();
        await eventually(async () => expect(await rings(plant)).toBe(1));

        for (const words of ['填表', '送花', '1', '明天', '是', '跳过', '否', '提交'])
          await plant.talk(li, words);
        await plant.clock.moveTo(at('2026-11-24T23:00'));
        await plant.sweep();
        await eventually(async () =>
          expect(await plant.database.case.findUnique({ where: { ref: 'T-2' } })).toMatchObject({
            state: 'over',
          }),
        );
      });

      test('one whose turn fails is tried again', async (context) => {
        const plant = await openPlant(context, ground);
        let failures = 0;
        plant.backend.work('ring', 1, async () => {
          failures += 1;
          if (failures < 3) throw new Error('planted');
        });
        await plant.backend.add('ring', [{ id: `try-${randomUUID()}`, data: {}, delayMs: 0 }]);
        await eventually(() => expect(failures).toBe(3));
      });
    });

    describe.concurrent('posts', () => {
      test('go in order within a conversation, and side by side across conversations', async (context) => {
        const plant = await openPlant(context, ground);
        const underWay = new Set<string>();
        let most = 0;
        const doubled: string[] = [];
        const box = openPostbox('slack', async ({ conversation }) => {
          if (underWay.has(conversation)) doubled.push(conversation);
          underWay.add(conversation);
          most = Math.max(most, underWay.size);
          await new Promise((resolve) => setTimeout(resolve, 15));
          underWay.delete(conversation);
          return { kind: 'sent' };
        });
        plant.deliver(box.bot);
        const conversations = ['U01', 'U02', 'C01'];
        const texts = Array.from({ length: 8 }, (_, one) => String(one));
        await Promise.all(conversations.map((one) => plant.post(one, texts)));
        await eventually(() => expect(box.got).toHaveLength(24));
        for (const conversation of conversations) {
          const got = box.got.filter((one) => one.conversation === conversation);
          expect(got.map((one) => one.content.message.text.zh)).toEqual(texts);
        }
        expect(doubled).toEqual([]);
        expect(most).toBeGreaterThan(1);
        expect(new Set(box.got.map((one) => one.id)).size).toBe(24);
      });

      test('each outcome ends as it should, and none holds up what comes after it for ever', async (context) => {
        const plant = await openPlant(context, ground);
        const box = openPostbox('slack', (delivery, attempt): Outcome => {
          const text = delivery.content.message.text.zh;
          if (text === 'later' && attempt === 1) return { kind: 'later', afterMs: 300, reason: 'busy' };
          if (text === 'refused') return { kind: 'refused', reason: 'the room is gone' };
          if (text === 'throws' && attempt === 1) throw new Error('planted');
          return { kind: 'sent', messageId: `message-${delivery.id}` };
        });
        plant.deliver(box.bot);
        await plant.post('U01', ['sent', 'later', 'refused', 'last']);
        await plant.post('U02', ['throws']);
        await eventually(async () =>
          expect(await statuses(plant)).toEqual([
            { text: 'sent', status: 'sent', problem: null },
            { text: 'later', status: 'sent', problem: null },
            { text: 'refused', status: 'failed', problem: 'the room is gone' },
            { text: 'last', status: 'sent', problem: null },
            { text: 'throws', status: 'sent', problem: null },
          ]),
        );
        const toWang = box.got.filter((one) => one.conversation === 'U01');
        expect(toWang.map((one) => one.content.message.text.zh)).toEqual([
          'sent',
          'later',
          'later',
          'refused',
          'last',
        ]);
        const thrown = box.got.filter((one) => one.content.message.text.zh === 'throws');
        expect(thrown.map((one) => one.unsureSince !== undefined)).toEqual([false, true]);
      });

      test('one that may have gone out is looked for from its first attempt on, and not doubled', async (context) => {
        const plant = await openPlant(context, ground);
        const shown: string[] = [];
        const began = plant.clock.now().getTime();
        const box = openPostbox('slack', ({ id, unsureSince }, attempt): Outcome => {
          if (attempt === 1) {
            shown.push(id);
            return { kind: 'unsure', reason: 'no answer' };
          }
          if (attempt === 2) return { kind: 'unsure', reason: 'could not look' };
          if (attempt === 3) return { kind: 'later', afterMs: 60_000, reason: 'busy' };
          // As a network looks: only at what was said since then.
          const seen = unsureSince && unsureSince.getTime() < began + 30_000;
          if (!seen) shown.push(id);
          return { kind: 'sent', messageId: 'found' };
        });
        plant.deliver(box.bot);
        await plant.post('U01', ['once']);
        for (const tries of [1, 2, 3]) {
          await eventually(async () => {
            expect(box.got).toHaveLength(tries);
            expect(await plant.database.outbox.findFirst()).toMatchObject({ status: 'unsure' });
          });
          await plant.clock.wait(120_000);
          await plant.sweep();
        }
        await eventually(async () =>
          expect(await plant.database.outbox.findFirst()).toMatchObject({
            status: 'sent',
            messageId: 'found',
          }),
        );
        expect(box.got[0]?.unsureSince).toBeUndefined();
        expect(shown).toHaveLength(1);
      });

      test('one that waited its turn many times is still looked for when it may have gone out', async (context) => {
        const plant = await openPlant(context, ground);
        const box = openPostbox('slack', (_, attempt): Outcome => {
          if (attempt <= 7) return { kind: 'later', afterMs: 10, reason: 'one message a second' };
          return attempt === 8 ? { kind: 'unsure', reason: 'no answer' } : { kind: 'sent' };
        });
        plant.deliver(box.bot);
        await plant.post('U01', ['patient']);
        await eventually(async () => {
          await plant.sweep();
          expect(box.got).toHaveLength(8);
        });
        await plant.clock.wait(120_000);
        await plant.sweep();
        await eventually(async () =>
          expect(await plant.database.outbox.findFirst()).toMatchObject({ status: 'sent' }),
        );
      });

      test('one that can never be made sure of is given up after a while, and the next goes', async (context) => {
        const plant = await openPlant(context, ground);
        const box = openPostbox(
          'slack',
          ({ content }): Outcome =>
            content.message.text.zh === 'lost' ? { kind: 'unsure', reason: 'no answer' } : { kind: 'sent' },
        );
        plant.deliver(box.bot);
        await plant.post('U01', ['lost', 'next']);
        await eventually(async () => {
          await plant.clock.wait(120_000);
          await plant.sweep();
          expect(await statuses(plant)).toEqual([
            { text: 'lost', status: 'failed', problem: 'no answer' },
            { text: 'next', status: 'sent', problem: null },
          ]);
        });
      });

      test('one on its way when its process was killed is looked for; a slow one is not', async (context) => {
        const plant = await openPlant(context, ground);
        const [lost] = await plant.post('U01', ['lost'], false);
        const takenAgo = (seconds: number) =>
          plant.database.outbox.update({
            where: { id: lost ?? 0n },
            data: {
              status: 'sending',
              claimedAt: plant.clock.now(),
              takenAt: new Date(Date.now() - seconds * 1000),
              attempts: 1,
            },
          });
        await takenAgo(40);
        // Time that leaps meanwhile, as in a rehearsal, makes it no older.
        await plant.clock.wait(3_600_000);
        expect(await orphanPosts(plant.database)).toBe(0);
        const box = openPostbox('slack');
        plant.deliver(box.bot);
        await takenAgo(80);
        await plant.sweep();
        await eventually(() => expect(box.got).toHaveLength(1));
        expect(box.got[0]?.unsureSince).toBeInstanceOf(Date);
      });

      test('what a process had on its way is looked for as soon as it is started again', async (context) => {
        const plant = await openPlant(context, ground);
        const [lost] = await plant.post('U01', ['lost'], false);
        const [own, other] = [randomUUID(), randomUUID()];
        await plant.database.outbox.update({
          where: { id: lost ?? 0n },
          data: {
            status: 'sending',
            claimedAt: plant.clock.now(),
            takenAt: new Date(),
            takenBy: own,
            attempts: 1,
          },
        });
        expect(await orphanPostsOf(plant.database, other)).toBe(0);
        expect(await orphanPostsOf(plant.database, own)).toBe(1);
        const box = openPostbox('slack');
        plant.deliver(box.bot);
        await plant.sweep();
        await eventually(() => expect(box.got).toHaveLength(1));
        expect(box.got[0]?.unsureSince).toBeInstanceOf(Date);
      });

      test('reminders are dropped once they are no longer true, or the person has acted', async (context) => {
        const plant = await openPlant(context, ground);
        for (const ref of ['T-1', 'T-2', 'T-3']) {
          await plant.talk(li, '办事 0');
          const timer = await plant.database.timer.findFirstOrThrow({ where: { case: { ref } } });
          await plant.desk.ring(timer.id, timer.version);
          const days = await plant.database.timer.findMany({
            where: { personId: { not: null }, firedAt: null },
          });
          for (const day of days) await plant.desk.ring(day.id, day.version);
        }
        await plant.talk(wang, '同意 T-1');
        await plant.talk(wang, '改期 T-2 9000');
        const box = openPostbox('slack');
        plant.deliver(box.bot);
        await plant.sweep();
        await eventually(async () =>
          expect(await plant.database.outbox.count({ where: { channel: 'slack', status: 'pending' } })).toBe(
            0,
          ),
        );
        const heard = (conversation: string) =>
          box.got
            .filter((one) => one.conversation === conversation)
            .map((one) => one.content.message.text.zh)
            .filter((text) => text.endsWith('waits'));
        expect(heard(wang.id)).toEqual(['T-3 waits']);
        expect(heard('U02')).toEqual(['T-2 waits', 'T-3 waits']);
        expect(heard(secretariat)).toEqual(['T-2 waits', 'T-3 waits']);
      });

      test('an edit waits for what it changes, and is dropped with it', async (context) => {
        const plant = await openPlant(context, ground);
        await plant.talk(li, '办事 60');
        const box = openPostbox('slack', ({ id, conversation }) =>
          conversation === 'U02'
            ? { kind: 'refused', reason: 'gone' }
            : { kind: 'sent', messageId: `m-${id}` },
        );
        await plant.answer(presses(wang, await offerOf(plant.database, 'errand.agree', wang.id)));
        plant.deliver(box.bot);
        await plant.sweep();
        await eventually(() => expect(box.got.find((one) => one.replaces)?.replaces).toMatch(/^m-\d+$/));
        await eventually(async () =>
          expect(
            await plant.database.outbox.findMany({
              where: { replacesId: { not: null } },
              orderBy: { id: 'asc' },
            }),
          ).toMatchObject([{ status: 'sent' }, { status: 'dropped' }]),
        );
      });
    });

    describe('without the queues', () => {
      test('when every job is lost, the sweep still rings and delivers', async (context) => {
        const plant = await openPlant(context, ground);
        await plant.talk(li, '办事 3600');
        await ground.loseAllJobs(plant.url);
        const box = openPostbox('slack');
        plant.deliver(box.bot);
        plant.ring();
        await plant.clock.wait(3_700_000);
        await plant.sweep();
        await eventually(async () => expect(await rings(plant)).toBe(1));
        await plant.sweep();
        await eventually(() => expect(box.texts()).toContain('T-1 waits'));
        expect(box.texts()).toContain('T-1 new');
        await ground.loseAllJobs(plant.url);
        await plant.talk(li, '办事 0');
        await plant.sweep();
        await eventually(async () => expect(await rings(plant)).toBe(2));
      });
    });
  });
}

const eventuallyIdle = async (plant: Plant): Promise<void> => {
  await plant.desk.idle();
  await eventually(async () =>
    expect(
      await plant.database.timer.count({
        where: { dueAt: { lte: plant.clock.now() }, firedAt: null, cancelledAt: null },
      }),
    ).toBe(0),
  );
};

test('queues that are away when a turn commits cost nothing but time', async (context) => {
  const away = await openRedisBackend(`redis://127.0.0.1:${await freePort()}`, silent);
  const plant = await openPlant(context, postgres, { backend: away });
  expect(await plant.talk(li, '办事 0')).toEqual(['T-1 started']);
  await expect(away.ping()).rejects.toThrow();
  await expect(plant.sweep()).rejects.toThrow();
  const back = await postgres.open(plant.url);
  context.onTestFinished(() => back.close());
  const tools = {
    database: plant.database,
    clock: plant.clock,
    backend: back,
    log: silent,
    vault: testVault(),
  };
  const box = openPostbox('slack');
  workDeliveries(tools, box.bot, 2);
  workRings(tools, plant.desk);
  await sweep(tools, plant.desk);
  await eventually(() => expect(box.texts()).toContain('T-1 new'));
  await eventually(async () => expect(await rings(plant)).toBe(1));
});
