import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forecastQuorum, type SilentSeat } from '../../src/workflows/council/forecast.js';

const seat = (id: string, took: number, of: number, away = false): SilentSeat => ({
  id,
  habit: { took, of },
  away,
});

/** The whole of the ballot's time is still to come. */
const all = { over: 1, under: 1 };

describe('the forecast of a quorum', () => {
  it('expects less of silent seats the later it is', () => {
    const silent = ['a', 'b', 'c', 'd'].map((id) => seat(id, 0, 0));
    const late = { over: 1, under: 5 };
    expect(forecastQuorum({ needed: 8, voted: 6, left: all, silent })).toMatchObject({
      expected: 3,
      likely: true,
    });
    expect(forecastQuorum({ needed: 8, voted: 6, left: late, silent })).toMatchObject({
      expected: 0.6,
      likely: false,
    });
  });

  it('expects three of four seats that nothing is known of', () => {
    const silent = ['a', 'b', 'c', 'd'].map((id) => seat(id, 0, 0));
    expect(forecastQuorum({ needed: 9, voted: 6, left: all, silent })).toMatchObject({
      expected: 3,
      likely: true,
    });
    expect(forecastQuorum({ needed: 10, voted: 6, left: all, silent })).toMatchObject({
      expected: 3,
      likely: false,
    });
  });

  it('is exact where shares add up just to what is needed', () => {
    // Three times a third is one; in floating point or rounded down it would fall short.
    const thirds = ['a', 'b', 'c'].map((id) => seat(id, 0, 5));
    expect(forecastQuorum({ needed: 7, voted: 6, left: all, silent: thirds })).toMatchObject({
      expected: 1,
      likely: true,
    });
    // Ten times 8/10 less one part in a thousand: rounded it looks like 8, and it is not.
    const nearly = Array.from({ length: 10 }, (_, at) => seat(`s${at}`, 796, 996));
    expect(forecastQuorum({ needed: 8, voted: 0, left: all, silent: nearly })).toMatchObject({
      expected: 8,
      likely: false,
    });
  });

  it('calls the most promising first, those away last, and equals in the order given', () => {
    const silent = [
      seat('never', 0, 10),
      seat('always away', 10, 10, true),
      seat('new', 0, 0),
      seat('always', 10, 10),
      seat('new too', 0, 0),
    ];
    expect(forecastQuorum({ needed: 9, voted: 5, left: all, silent }).call).toEqual([
      'always',
      'new',
      'new too',
      'never',
      'always away',
    ]);
  });

  it('needs nobody where the quorum is reached', () => {
    expect(forecastQuorum({ needed: 9, voted: 9, left: all, silent: [] })).toEqual({
      expected: 0,
      likely: true,
      call: [],
    });
    expect(forecastQuorum({ needed: 9, voted: 8, left: all, silent: [] }).likely).toBe(false);
  });

  it('agrees with the sum over one common denominator, for 200 seats too', () => {
    const habit = fc
      .integer({ min: 0, max: 30 })
      .chain((of) => fc.record({ took: fc.integer({ min: 0, max: of }), of: fc.constant(of) }));
    const silentSeats = fc.array(fc.record({ id: fc.string(), habit, away: fc.boolean() }), {
      maxLength: 200,
    });
    fc.assert(
      fc.property(fc.nat(100), fc.nat(100), silentSeats, (needed, voted, silent) => {
        const common = Array.from({ length: 34 }, (_, at) => BigInt(at + 1)).reduce((a, b) => a * b) * 5n;
        const parts = silent.map(
          ({ habit: { took, of }, away }) => (common / BigInt(of + 4) / (away ? 5n : 1n)) * BigInt(took + 3),
        );
        const sum = parts.reduce((a, b) => a + b, 0n);
        const forecast = forecastQuorum({ needed, voted, left: all, silent });
        expect(forecast.likely).toBe(BigInt(voted) * common + sum >= BigInt(needed) * common);
        expect(forecast.expected).toBeCloseTo(Number((sum * 1000n) / common) / 1000, 0);
        expect(forecast.expected).toBeLessThanOrEqual(silent.length);
        expect(forecast.call.toSorted()).toEqual(silent.map(({ id }) => id).toSorted());
      }),
      { numRuns: 300 },
    );
  });
});
