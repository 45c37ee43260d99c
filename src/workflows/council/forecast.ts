/** Whether the quorum will come about, from who has taken part before. */
import type { Fraction } from '../../core/fraction.js';

/** A seat that has not voted yet. */
export type SilentSeat = {
  readonly id: string;
  /** Of the last `of` ballots that the seat could vote in, it took part in `took`. */
  readonly habit: { readonly took: number; readonly of: number };
  /** Away, with nobody standing in. */
  readonly away: boolean;
};

export type Forecast = {
  /** How many of the silent seats will still vote, rounded to a tenth. */
  readonly expected: number;
  /** The quorum is reached if the silent seats do as expected. Reckoned exactly, before any rounding. */
  readonly likely: boolean;
  /** The silent seats, the most promising first; among equals in the order given. */
  readonly call: readonly string[];
};

type Ratio = { readonly over: bigint; readonly under: bigint };

/**
 * `needed` and `voted` count seats towards the quorum; 0 `needed` is always likely. `left` is the share of the
 * ballot's time that is still to come: votes come evenly over it, so a seat that is silent late is likely to stay so.
 */
export const forecastQuorum = ({
  needed,
  voted,
  left,
  silent,
}: {
  readonly needed: number;
  readonly voted: number;
  readonly left: Fraction;
  readonly silent: readonly SilentSeat[];
}): Forecast => {
  const seats = silent.map((seat) => ({ id: seat.id, chance: times(chanceOf(seat), left) }));
  const expected = seats.reduce((sum, { chance }) => plus(sum, chance), { over: 0n, under: 1n });
  return {
    expected: roundedToTenths(expected),
    likely: BigInt(voted - needed) * expected.under + expected.over >= 0n,
    call: seats.toSorted((a, b) => compare(b.chance, a.chance)).map(({ id }) => id),
  };
};

/**
 * A seat without a history counts three in four, and its own habit soon outweighs that. Whoever is away and
 * has nobody standing in may still vote from afar: one in five of what they would else.
 */
const chanceOf = ({ habit, away }: SilentSeat): Ratio => ({
  over: BigInt(habit.took + 3),
  under: BigInt(habit.of + 4) * (away ? 5n : 1n),
});

const times = (a: Ratio, { over, under }: Fraction): Ratio => ({
  over: a.over * BigInt(over),
  under: a.under * BigInt(under),
});

const plus = (a: Ratio, b: Ratio): Ratio => {
  const [over, under] = [a.over * b.under + b.over * a.under, a.under * b.under];
  const divisor = commonDivisor(over, under);
  return { over: over / divisor, under: under / divisor };
};

const commonDivisor = (a: bigint, b: bigint): bigint => (b === 0n ? a : commonDivisor(b, a % b));

const compare = (a: Ratio, b: Ratio): number => {
  const difference = a.over * b.under - b.over * a.under;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
};

const roundedToTenths = ({ over, under }: Ratio): number => Number((over * 20n + under) / (under * 2n)) / 10;
