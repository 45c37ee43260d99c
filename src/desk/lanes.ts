/** Runs tasks of one lane one after the other, and of different lanes side by side, a few at once. */
export type Lanes = {
  readonly run: <T>(lane: string, task: () => Promise<T>) => Promise<T>;
  /** Whether tasks wait for others to end. */
  readonly areFull: () => boolean;
  /** Resolves when nothing is under way. */
  readonly idle: () => Promise<void>;
};

/** With `most` tasks under way, others wait in the order in which they came, also those that waited in their lane. */
export const openLanes = (most = Number.POSITIVE_INFINITY): Lanes => {
  const tails = new Map<string, Promise<unknown>>();
  const waiting: { readonly number: number; readonly admit: () => void }[] = [];
  let underWay = 0;
  let arrivals = 0;

  const inLine = (number: number): Promise<void> =>
    new Promise((admit) => {
      const before = waiting.findLastIndex((one) => one.number < number);
      waiting.splice(before + 1, 0, { number, admit });
    });

  const admitted = async <T>(number: number, task: () => Promise<T>): Promise<T> => {
    if (underWay >= most) await inLine(number);
    else underWay += 1;
    try {
      return await task();
    } finally {
      // The place goes to the next in line, or is free again.
      const next = waiting.shift();
      if (next) next.admit();
      else underWay -= 1;
    }
  };

  return {
    run: (lane, task) => {
      arrivals += 1;
      const number = arrivals;
      const result = (tails.get(lane) ?? Promise.resolve()).then(() => admitted(number, task));
      const tail = result.catch(() => undefined);
      tails.set(lane, tail);
      void tail.then(() => {
        if (tails.get(lane) === tail) tails.delete(lane);
      });
      return result;
    },
    areFull: () => waiting.length > 0,
    idle: async () => {
      while (tails.size > 0) await Promise.all(tails.values());
    },
  };
};
