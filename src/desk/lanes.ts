/** Runs tasks of one lane one after the other, and of different lanes side by side. */
export type Lanes = {
  readonly run: <T>(lane: string, task: () => Promise<T>) => Promise<T>;
  /** Resolves when nothing is under way. */
  readonly idle: () => Promise<void>;
};

export const openLanes = (): Lanes => {
  const tails = new Map<string, Promise<unknown>>();
  return {
    run: (lane, task) => {
      const result = (tails.get(lane) ?? Promise.resolve()).then(task);
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
