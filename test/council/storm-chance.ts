/** Chance that can be had again: the same seed gives the same storm. */
export type Chance = {
  /** From 0 up to, but not, 1. */
  readonly next: () => number;
  readonly oneOf: <T>(all: readonly [T, ...T[]]) => T;
  readonly shuffled: <T>(all: readonly T[]) => readonly T[];
};

export const chanceOf = (seed: number): Chance => {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    oneOf: (all) => all[Math.floor(next() * all.length)] ?? all[0],
    shuffled: (all) =>
      all
        .map((one) => ({ one, at: next() }))
        .sort((a, b) => a.at - b.at)
        .map(({ one }) => one),
  };
};
