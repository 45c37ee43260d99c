/** What was said and offered before stays where it is: a turn does not read it, however much it has become. */
import { beforeEach, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { claimNext, markSent, waitingPosts } from '../../src/store/outbox.js';
import { ask } from '../ground/ask.js';
import { emma, openWorkshop, says, secretariat, type Workshop } from './workshop.js';

const long = 3000;

/** In Emma's conversation and in the secretariat's room: all sent, all closed, a year ago. */
const layDownHistory = (shop: Workshop) =>
  ask(
    shop.url,
    `with sent as (
       insert into "Outbox" (channel, account, conversation, content, status, "deliverAfter", "createdAt", "sentAt")
       select 'slack', 'T01', place, '{}', 'sent', long_ago, long_ago, long_ago
       from unnest(array['${emma.id}', '${secretariat}']) place, generate_series(1, ${long}),
         (select now() - interval '1 year') as year (long_ago)
       returning id, conversation, "sentAt")
     insert into "Offer" (id, channel, account, conversation, command, given, number, "outboxId", "offeredAt", "closedAt")
     select gen_random_uuid(), 'slack', 'T01', conversation, 'errand.done', '{}', id % 99 + 1, id, "sentAt", "sentAt"
     from sent`,
  );

/** How many rows of a table were read up to now. The database adds what a connection read when that is gone. */
const rowsRead = async (shop: Workshop, table: 'Outbox' | 'Offer'): Promise<number> => {
  await shop.database.$disconnect();
  await vi.waitUntil(async () => {
    const others = await ask(
      shop.url,
      `select from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`,
    );
    return others.length === 0;
  });
  const [row] = await ask(
    shop.url,
    `select (select seq_tup_read from pg_stat_user_tables where relname = '${table}')::int
       + (select sum(idx_tup_read) from pg_stat_user_indexes where relname = '${table}')::int as read`,
  );
  return z.object({ read: z.int() }).parse(row).read;
};

let shop: Workshop;
beforeEach(async () => {
  shop = await openWorkshop();
  await shop.talk(emma, 'errand 0');
  await layDownHistory(shop);
  return shop.end;
});

test('choices are given their numbers, and one is answered', async () => {
  await ask(shop.url, 'analyze');
  const before = await rowsRead(shop, 'Offer');
  await shop.answer(says(emma, 'errand 0'));
  await shop.answer(says(emma, '1'));
  expect(await rowsRead(shop, 'Offer')).toBeLessThan(before + long / 10);
});

// Not analysed: so it is when a new desk has its first busy hour.
test('what waits is delivered', async () => {
  await shop.answer(says(emma, 'errand 0'));
  const before = await rowsRead(shop, 'Outbox');
  const { database, clock } = shop;
  let sent = 0;
  for (const { id } of await waitingPosts(database, clock.now())) {
    for (;;) {
      const post = await claimNext(database, id, clock.now(), undefined);
      if (!post) break;
      await markSent(database, post.id, `post-${post.id}`, clock.now());
      sent += 1;
    }
  }
  expect(sent).toBeGreaterThan(2);
  expect(await rowsRead(shop, 'Outbox')).toBeLessThan(before + long / 10);
});
