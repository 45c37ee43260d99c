import { onTestFinished, test, vi } from 'vitest';
import { openMovableClock } from '../src/clock.js';
import { openDatabase } from '../src/store/database.js';
import { freshDatabase } from './database.js';

test('a clock that one process moves is moved in the others', async () => {
  const fresh = await freshDatabase();
  onTestFinished(fresh.drop);
  const [first, second] = [openDatabase(fresh.url, 1), openDatabase(fresh.url, 1)];
  const [one, other] = [await openMovableClock(first), await openMovableClock(second)];
  onTestFinished(async () => {
    await one.close();
    await other.close();
    await first.$disconnect();
    await second.$disconnect();
  });
  const later = new Date('2030-01-01T00:00:00Z');
  await one.moveTo(later);
  await vi.waitUntil(() => other.now() >= later, { timeout: 10_000 });
  await other.moveTo(new Date('2031-01-01T00:00:00Z'));
  await vi.waitUntil(() => one.now().getUTCFullYear() === 2031, { timeout: 10_000 });
});
