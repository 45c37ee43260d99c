/** The names and contents of jobs. Ids only: what is to be done stands in the database. */
import { z } from 'zod';
import type { ChannelName } from '../core/input.js';
import type { Due } from '../store/timers.js';
import type { JobOf, QueueName } from './backend.js';

export const ringData = z.object({ timer: z.uuid(), version: z.int() });
export const deliverData = z.object({ outbox: z.coerce.bigint() });

export const deliverQueue = (channel: ChannelName): QueueName => `deliver-${channel}`;

// A timer that was moved has another version and so another job; the old one finds nothing to do. `late` jobs
// come from the sweep: they may stand beside a punctual one that is lost or still waiting for real time to pass.
export const ringJob = (timer: Due, now: Date, late = false): JobOf => ({
  id: `ring-${timer.id}-v${timer.version}${late ? '-late' : ''}`,
  data: { timer: timer.id, version: timer.version },
  delayMs: late ? 0 : Math.max(0, timer.dueAt.getTime() - now.getTime()),
});

// `round` makes the job of a later attempt another one than that of the attempt that is still running.
export const deliverJob = (outbox: bigint, round = 0, delayMs = 0): JobOf => ({
  id: `post-${outbox}-a${round}`,
  data: { outbox: String(outbox) },
  delayMs,
});

export const lateDeliverJob = (outbox: bigint, attempts: number): JobOf => ({
  ...deliverJob(outbox, attempts),
  id: `post-${outbox}-a${attempts}-late`,
});
