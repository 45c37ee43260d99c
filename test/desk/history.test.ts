/** What was said and offered before stays where it is: a turn does not read it, however much it has become. */
import { expect, onTestFinished, test, vi } from 'vitest';
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
     from sent;
     analyze`,
  );

/** How many rows were read up to now. The database adds what a connection read when that is gone. */
const rowsRead = async (shop: Workshop): Promise<number> => {
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
    `select (select sum(seq_tup_read) from pg_stat_user_tables where relname in ('Outbox', 'Offer'))::int
       + (select sum(idx_tup_read) from pg_stat_user_indexes where relname in ('Outbox', 'Offer'))::int as read`,
  );
  return z.object({ read: z.int() }).parse(row).read;
};

test('a turn with choices, an answer by number and the delivery of all of it', async () => {
  const shop = await openWorkshop();
  onTestFinished(shop.end);
  await shop.talk(emma, 'errand 0');
  await layDownHistory(shop);
  const before = await rowsRead(shop);

  await shop.answer(says(emma, 'errand 0'));
  await shop.answer(says(emma, '1'));
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
  expect(await rowsRead(shop)).toBeLessThan(before + long / 10);
});
