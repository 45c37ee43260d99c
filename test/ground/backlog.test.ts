/** What waits, as the metrics tell it. */
import { expect, test, vi } from 'vitest';
import { readBacklog } from '../../src/store/backlog.js';
import { sealEntries } from '../../src/store/seals.js';
import { li, openWorkshop } from '../desk/workshop.js';
import { testVault } from '../vault.js';

test('inputs, posts, timers, dead letters and unsealed entries are counted, and how long they wait', async () => {
  const shop = await openWorkshop();
  try {
    const began = shop.clock.now();
    await shop.talk(li, '办事 0');
    const { database } = shop;
    const minutesLater = (minutes: number) => new Date(began.getTime() + minutes * 60_000);

    const posts = await database.outbox.count({ where: { channel: 'wechat' } });
    const due = await database.timer.findFirstOrThrow({ orderBy: { dueAt: 'asc' } });
    const late = new Date(due.dueAt.getTime() + 90_000);
    expect(await readBacklog(database, late)).toMatchObject({ timers: { ageSeconds: 90 } });
    expect((await readBacklog(database, late)).timers.count).toBeGreaterThan(0);

    const before = await readBacklog(database, minutesLater(2));
    expect(before.inputs.wechat).toEqual({ count: 0, ageSeconds: 0 });
    expect(before.posts.wechat.count).toBe(posts);
    expect(before.posts.wechat.ageSeconds).toBeCloseTo(120, 0);
    expect(before.unsealed).toBe(1);

    await database.inbox.updateMany({ data: { doneAt: null } });
    await database.outbox.updateMany({ where: { channel: 'wechat' }, data: { status: 'failed' } });
    // The first round notes what is to be sealed, and the seal waits for whatever else runs on the server.
    await vi.waitUntil(() => sealEntries(database, testVault(), { settle: 0 }), { timeout: 30_000 });
    const after = await readBacklog(database, minutesLater(5));
    expect(after.inputs.wechat.count).toBe(1);
    expect(after.inputs.wechat.ageSeconds).toBeCloseTo(300, 0);
    expect(after.posts.wechat.count).toBe(0);
    expect(after.deadPosts).toBe(posts);
    expect(after.unsealed).toBe(0);

    await database.inbox.updateMany({ data: { doneAt: began, attempts: 3 } });
    expect((await readBacklog(database, began)).deadInputs).toBe(1);
  } finally {
    await shop.end();
  }
});
