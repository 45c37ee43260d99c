import { setTimeout as pause } from 'node:timers/promises';
import { DateTime } from 'luxon';
import { z } from 'zod';
import type { MovableClock } from './clock.js';
import { openCalendar } from './core/calendar.js';
import type { Desk } from './desk/desk.js';
import { advance } from './jobs/advance.js';
import type { Sweeping } from './jobs/worker.js';
import type { Database } from './store/database.js';
import { isDrained } from './store/outbox.js';
import { type Handler, readJson, sendJson } from './web.js';

const wanted = z.object({ by: z.string().regex(/^\+\d{1,4}(h|d|w)$/) });
const settleMs = 10_000;

/**
 * Moves the desk's time on: `{"by": "+3d"}` in hours (h), days (d) or working days (w). What falls due on the
 * way rings in its order, and has been delivered before time goes on.
 */
export const clockRoute = (tools: {
  readonly database: Database;
  readonly clock: MovableClock;
  readonly desk: Desk;
  readonly sweeping: Sweeping | undefined;
}): Handler => {
  const { database, clock, desk, sweeping } = tools;
  // Posts that wait their turn in a busy conversation are due within seconds.
  const soon = () => new Date(clock.now().getTime() + 5_000);
  let moving: Promise<unknown> = Promise.resolve();
  const settled = async (): Promise<void> => {
    await desk.idle();
    await sweeping?.now();
    const until = Date.now() + settleMs;
    while (Date.now() < until && !(await isDrained(database, soon()))) await pause(20);
  };
  return async (request, response) => {
    const body = wanted.safeParse(await readJson(request));
    if (!body.success) {
      return sendJson(response, 400, {
        error: 'Say how far, as in {"by": "+3d"}: hours (h), days (d) or working days (w).',
      });
    }
    const run = moving.then(async () => {
      const { timezone } = await database.alliance.findUniqueOrThrow({
        where: { id: 1 },
        select: { timezone: true },
      });
      const rung = await advance(
        { database, clock, desk },
        target(clock.now(), body.data.by, timezone),
        settled,
      );
      sendJson(response, 200, { time: clock.now(), rung });
    });
    moving = run.catch(() => undefined);
    await run;
  };
};

const target = (now: Date, by: string, timezone: string): Date => {
  const count = Number(by.slice(1, -1));
  const local = DateTime.fromJSDate(now, { zone: timezone });
  switch (by.at(-1)) {
    case 'h':
      return local.plus({ hours: count }).toJSDate();
    case 'w':
      return openCalendar(timezone).workdaysAfter(now, count);
    default:
      return local.plus({ days: count }).toJSDate();
  }
};
