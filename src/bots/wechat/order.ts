/**
 * Wechaty doesn't keep the order of messages. Each conversation gets a queue in which a message settles for a
 * moment, so that an earlier one can still overtake it; then they are handled one at a time.
 */
import { setTimeout as pause } from 'node:timers/promises';

export type Arrival<T> = {
  readonly conversation: string;
  /** When it was sent, in milliseconds. Often only whole seconds: `arrival` decides among equals. */
  readonly at: number;
  readonly arrival: number;
  readonly item: T;
};

export type Order<T> = {
  add(arrival: Arrival<T>): void;
  /** Resolves once everything that was added has been handled. */
  idle(): Promise<void>;
};

type Waiting<T> = Arrival<T> & { readonly settledAt: number };

const earlier = <T>(a: Arrival<T>, b: Arrival<T>): number => a.at - b.at || a.arrival - b.arrival;

/** `handle` must not reject. */
export const openOrder = <T>(settleMs: number, handle: (item: T) => Promise<void>): Order<T> => {
  const queues = new Map<string, Waiting<T>[]>();
  const running = new Set<Promise<void>>();

  const run = async (conversation: string, queue: Waiting<T>[]): Promise<void> => {
    for (;;) {
      const settledAt = Math.min(...queue.map((one) => one.settledAt));
      await pause(Math.max(0, settledAt - performance.now()));
      queue.sort(earlier);
      const next = queue.shift();
      if (!next) break;
      await handle(next.item);
      if (queue.length === 0) break;
    }
    queues.delete(conversation);
  };

  return {
    add: (arrival) => {
      const waiting = { ...arrival, settledAt: performance.now() + settleMs };
      const queue = queues.get(arrival.conversation);
      if (queue) {
        queue.push(waiting);
        return;
      }
      const fresh = [waiting];
      queues.set(arrival.conversation, fresh);
      const done = run(arrival.conversation, fresh).finally(() => running.delete(done));
      running.add(done);
    },
    idle: async () => {
      while (running.size > 0) await Promise.all(running);
    },
  };
};
