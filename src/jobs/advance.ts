import type { MovableClock } from '../clock.js';
import type { Desk } from '../desk/desk.js';
import type { Database } from '../store/database.js';
import { dueTimers } from '../store/timers.js';

/**
 * Moves the desk's time, ringing on the way everything that falls due, each at its own time. `settled` is
 * awaited first and after every ring, so that what was said has been answered before time goes on.
 */
export const advance = async (
  tools: { readonly database: Database; readonly clock: MovableClock; readonly desk: Desk },
  to: Date,
  settled: () => Promise<void>,
): Promise<number> => {
  const { database, clock, desk } = tools;
  await settled();
  let rung = 0;
  for (;;) {
    const [next] = await dueTimers(database, to, 1);
    if (!next) break;
    if (next.dueAt > clock.now()) await clock.moveTo(next.dueAt);
    await desk.ring(next.id, next.version);
    await settled();
    rung++;
  }
  if (to > clock.now()) await clock.moveTo(to);
  await settled();
  return rung;
};
