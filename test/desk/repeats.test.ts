/** One input, one answer; one button, one effect; whatever fails leaves nothing behind. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { storeInput } from '../../src/store/inbox.js';
import { ask } from '../ground/ask.js';
import { testVault } from '../vault.js';
import {
  answered,
  emma,
  li,
  offerOf,
  openDeskOn,
  openWorkshop,
  presses,
  says,
  textsTo,
  type Workshop,
  wang,
} from './workshop.js';

let shop: Workshop;
beforeEach(async () => {
  shop = await openWorkshop();
});
afterEach(() => shop.end());

const count = async () => ({
  cases: await shop.database.case.count(),
  entries: await shop.database.entry.count(),
  posts: await shop.database.outbox.count(),
});

describe('the same input again', () => {
  test('under any one of its keys it is answered once', async () => {
    const first = says(li, '办事 60', { keys: ['event-1', 'place-1'] });
    expect(await shop.answer(first)).toMatchObject({ repeat: false });
    const before = await count();
    for (const keys of [['event-1'], ['place-1'], ['event-9', 'place-1'], ['place-1', 'event-1']] as const) {
      expect(await shop.answer({ ...first, keys: [...keys] })).toMatchObject({ repeat: true });
    }
    expect(await count()).toEqual(before);
    expect(before).toMatchObject({ cases: 1 });
  });

  test('ten copies at once are answered once, also over two desks', async () => {
    const other = await openDeskOn(shop.database, shop.clock);
    const copies = Array.from({ length: 10 }, (_, at) =>
      answered(at % 2 ? other : shop.desk, says(li, '办事 60', { keys: ['event-1', `retry-${at}`] })),
    );
    expect((await Promise.all(copies)).filter((one) => !one.repeat)).toHaveLength(1);
    expect(await shop.database.case.count()).toBe(1);
    expect(await textsTo(shop.database, li.id)).toEqual(['T-1 started']);
  });

  test('what came in before is looked for by its key, and never read through', async () => {
    for (let at = 0; at < 20; at++)
      await storeInput(
        shop.database,
        testVault(),
        says(li, '?', { keys: [`event-${at}`] }),
        shop.clock.now(),
      );
    // The database counts what a connection did when that ends.
    await shop.database.$disconnect();
    const looks = await vi.waitUntil(
      async () => {
        const [row] = await ask(
          shop.url,
          `select seq_scan::int as all, idx_scan::int as "byKey" from pg_stat_user_tables where relname = 'InboxKey'`,
        );
        const found = z.object({ all: z.int(), byKey: z.int() }).parse(row);
        return found.all + found.byKey >= 20 && found;
      },
      { timeout: 30_000, interval: 50 },
    );
    expect(looks).toMatchObject({ all: 0 });
  });

  test('of many that come in together each is stored once, in their order', async () => {
    const come = (keys: string) =>
      Promise.all([...keys].map((key) => shop.answer(says(li, '?', { keys: [key] }))));
    expect((await come('abcbda')).filter((one) => one.repeat)).toHaveLength(2);
    expect((await come('eafbg')).filter((one) => one.repeat)).toHaveLength(2);
    const stored = await shop.database.inboxKey.findMany({ orderBy: { inboxId: 'asc' } });
    const digests = (keys: string) => [...keys].map((key) => testVault().digest(key));
    expect(stored.map((one) => one.key)).toEqual(digests('abcdefg'));
  });

  test('a key counts within its channel only', async () => {
    await shop.answer(says(li, '你好', { keys: ['1'] }));
    expect(await shop.answer(says(wang, '你好', { keys: ['1'] }))).toMatchObject({ repeat: false });
  });
});

test('two officers press the same button at the same moment: one effect, each gets the right answer', async () => {
  const other = await openDeskOn(shop.database, shop.clock);
  for (let round = 1; round <= 5; round++) {
    await shop.talk(li, '办事 60');
    const [hers, his] = await Promise.all([
      offerOf(shop.database, 'errand.agree', wang.id),
      offerOf(shop.database, 'errand.agree', emma.id),
    ]);
    await Promise.all([answered(shop.desk, presses(wang, hers)), answered(other, presses(emma, his))]);

    const agreed = await shop.database.entry.findMany({
      where: { act: 'errand.agree', case: { ref: `T-${round}` } },
      select: { personId: true },
    });
    expect(agreed).toHaveLength(1);
    const last = [
      (await textsTo(shop.database, wang.id)).join('\n'),
      (await textsTo(shop.database, emma.id)).join('\n'),
    ];
    const done = new RegExp(`T-${round} agreed$`, 'm');
    const refused = new RegExp(
      `T-${round} 现在是“已同意”（.*同意.*）|T-${round} is now “agreed” \\(.*Agree.*\\)`,
    );
    expect(last.filter((texts) => done.test(texts))).toHaveLength(1);
    expect(last.filter((texts) => refused.test(texts))).toHaveLength(1);
    expect(
      await shop.database.offer.count({
        where: { case: { ref: `T-${round}` }, command: 'errand.agree', closedAt: null },
      }),
    ).toBe(0);
  }
});

test('an alarm and a press at the same moment both end well', async () => {
  for (let round = 0; round < 5; round++) {
    await shop.talk(li, '办事 0');
    const timer = await shop.database.timer.findFirstOrThrow({ where: { firedAt: null, cancelledAt: null } });
    const offer = await offerOf(shop.database, 'errand.agree', wang.id);
    const began = Date.now();
    await Promise.all([shop.desk.ring(timer.id, timer.version), shop.answer(presses(wang, offer))]);
    // A deadlock would be resolved by the database after a second, and the loser would try again.
    expect(Date.now() - began).toBeLessThan(900);
    expect(await shop.database.case.findFirst({ orderBy: { openedAt: 'desc' } })).toMatchObject({
      state: 'agreed',
    });
  }
});

const breakPosts = (times: number) =>
  ask(
    shop.url,
    `create sequence failures;
     create function fail() returns trigger language plpgsql as $$
       begin if nextval('failures') <= ${times} then raise 'planted'; end if; return new; end $$;
     create trigger planted before insert on "Outbox" for each row execute function fail()`,
  );

describe('a turn that fails half way', () => {
  test('leaves nothing behind and is tried again at once', async () => {
    await breakPosts(2);
    await shop.talk(li, '办事 60');
    expect(await shop.database.case.findMany({ select: { ref: true } })).toEqual([{ ref: 'T-1' }]);
    expect(await shop.database.entry.count()).toBe(1);
    expect(await shop.database.timer.count()).toBe(1);
    expect(await textsTo(shop.database, li.id)).toEqual(['T-1 started']);
  });

  test('that goes on failing is left to the sweep, and in the end owned up to', async () => {
    // Three attempts for each of three rounds; the apology is the tenth insert.
    await breakPosts(9);
    expect(await shop.talk(li, '办事 60')).toEqual([]);
    expect(await shop.database.inbox.findMany()).toMatchObject([{ doneAt: null, attempts: 1 }]);
    expect(await shop.database.case.count()).toBe(0);
    for (const attempts of [2, 3]) {
      await shop.clock.wait(11_000);
      await shop.desk.recover();
      expect(await shop.database.inbox.findMany()).toMatchObject([{ attempts }]);
    }
    expect(await shop.database.case.count()).toBe(0);
    expect(await textsTo(shop.database, li.id)).toEqual([
      expect.stringMatching(/^抱歉，处理时出了点问题（记录号 \d+），您的消息已经保存/),
    ]);
    expect(await shop.database.inbox.count({ where: { doneAt: null } })).toBe(0);
    await shop.clock.wait(60_000);
    expect(await shop.desk.recover()).toBe(0);
  });
});

test('words whose turn failed come before the next ones of the same person', async () => {
  await breakPosts(3);
  await shop.answer(says(li, '填表'));
  expect(await shop.database.inbox.findMany()).toMatchObject([{ doneAt: null, attempts: 1 }]);
  await shop.answer(says(li, '送花'));
  const { progress } = await shop.database.dialogue.findFirstOrThrow();
  expect(progress).toMatchObject({ answers: { what: '送花' }, at: 'kind' });
});

describe('inputs that were stored but never answered', () => {
  const store = async (text: string, key: string) => {
    const input = says(li, text, { keys: [key] });
    await storeInput(shop.database, testVault(), input, shop.clock.now());
  };

  test('are answered by the sweep once they are old enough to be lost, in their order', async () => {
    await store('填表', 'a');
    await store('送花', 'b');
    expect(await shop.desk.recover()).toBe(0);
    await shop.clock.wait(11_000);
    expect(await shop.desk.recover()).toBe(2);
    expect(await textsTo(shop.database, li.id)).toEqual([
      expect.stringMatching(/^好的，办理“填表”/),
      '什么事？',
      '哪一类？',
    ]);
  });

  test('go before the next words of the same person', async () => {
    await store('填表', 'a');
    await store('送花', 'b');
    const restarted = await openDeskOn(shop.database, shop.clock);
    await answered(restarted, says(li, '取件'));
    const { progress } = await shop.database.dialogue.findFirstOrThrow();
    expect(progress).toMatchObject({ answers: { what: '送花', kind: 'fetch' }, at: 'day' });
  });

  test('do not hold up anybody else', async () => {
    await store('填表', 'a');
    expect(await shop.talk(wang, '办事 60')).toEqual(['T-1 started', 'T-1 new']);
    expect(await shop.database.inbox.count({ where: { doneAt: null } })).toBe(1);
  });
});

test('what one person says at once in one conversation is answered in its order', async () => {
  const words = ['填表', '送花', '送件', '明天', '是', '3', '是', '提交'];
  await Promise.all(words.map((text) => shop.answer(says(li, text))));
  expect((await textsTo(shop.database, li.id)).at(-1)).toBe('T-1 送花');
});
