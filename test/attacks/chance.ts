/** Chance that can be had again: a seed gives the same choices on every machine. */
export type Chance = {
  /** From 0 up to, but without, that number. */
  readonly below: (limit: number) => number;
  readonly oneOf: <T>(all: readonly [T, ...T[]]) => T;
  readonly some: <T>(all: readonly T[], most: number) => readonly T[];
};

export const openChance = (seed: number): Chance => {
  let state = seed >>> 0;
  // Mulberry32: short, and even enough for choosing.
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    below,
    oneOf: (all) => all[below(all.length)] ?? all[0],
    some: (all, most) => {
      const left = [...all];
      const taken = [];
      while (left.length > 0 && taken.length < most) taken.push(...left.splice(below(left.length), 1));
      return taken;
    },
  };
};
