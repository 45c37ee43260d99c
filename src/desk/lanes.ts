/** Runs tasks of one lane one after the other, and of different lanes side by side, a few at once. */
export type Lanes = {
  readonly run: <T>(lane: string, task: () => Promise<T>) => Promise<T>;
  /** Resolves when nothing is under way. */
  readonly idle: () => Promise<void>;
};

/** With `most` tasks under way, others wait in the order in which their turn came. */
export const openLanes = (most = Number.POSITIVE_INFINITY): Lanes => {
  const tails = new Map<string, Promise<unknown>>();
  const waiting: (() => void)[] = [];
  let underWay = 0;

  const admitted = async <T>(task: () => Promise<T>): Promise<T> => {
    if (underWay >= most) await new Promise<void>((admit) => waiting.push(admit));
    else underWay += 1;
    try {
      return await task();
    } finally {
      // The place goes to the next in line, or is free again.
      const next = waiting.shift();
      if (next) next();
      else underWay -= 1;
    }
  };

  return {
    run: (lane, task) => {
      const result = (tails.get(lane) ?? Promise.resolve()).then(() => admitted(task));
      const tail = result.catch(() => undefined);
      tails.set(lane, tail);
      void tail.then(() => {
        if (tails.get(lane) === tail) tails.delete(lane);
      });
      return result;
    },
    idle: async () => {
      while (tails.size > 0) await Promise.all(tails.values());
    },
  };
};
