import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  atLeast,
  type Fraction,
  fractionSchema,
  moreThan,
  readFraction,
  sayFraction,
} from '../../src/core/fraction.js';

const anyShare = fc
  .tuple(fc.integer({ min: 0, max: 9999 }), fc.integer({ min: 1, max: 9999 }))
  .filter(([over, under]) => over <= under)
  .map(([over, under]): Fraction => ({ over, under }));
const anyWhole = fc.integer({ min: 0, max: 100_000 });

/** Below 0: fewer than the share of the whole. 0: just the share. Above: more. */
const against = (part: number, { over, under }: Fraction, whole: number): bigint =>
  BigInt(part) * BigInt(under) - BigInt(over) * BigInt(whole);

describe('a share of a council', () => {
  it.each([
    ['2/3', 13, 9, 9],
    ['2/3', 12, 8, 9],
    ['1/2', 13, 7, 7],
    ['1/2', 12, 6, 7],
    ['3/4', 13, 10, 10],
    ['1/10', 13, 2, 2],
    ['1', 13, 13, 14],
    ['0', 13, 0, 1],
    ['1/3', 0, 0, 1],
  ])('%s of %i: at least %i, more than that %i', (words, whole, least, more) => {
    const share = readFraction(words) ?? { over: 0, under: 0 };
    expect([atLeast(share, whole), moreThan(share, whole)]).toEqual([least, more]);
  });

  it('of any size is exact, and the smallest number that will do', () => {
    fc.assert(
      fc.property(anyShare, anyWhole, (share, whole) => {
        const least = atLeast(share, whole);
        expect(against(least, share, whole) >= 0n).toBe(true);
        expect(against(least - 1, share, whole) < 0n).toBe(true);
        const more = moreThan(share, whole);
        expect(against(more, share, whole) > 0n).toBe(true);
        expect(against(more - 1, share, whole) <= 0n).toBe(true);
      }),
    );
  });
});

describe('a share in words', () => {
  it('is read back as what was said', () => {
    fc.assert(
      fc.property(anyShare, (share) => {
        expect(readFraction(sayFraction(share))).toEqual(share);
      }),
    );
  });

  it.each([['2/3'], [' 2/3 '], ['4/6']])('“%s” is two thirds', (words) => {
    const share = readFraction(words) ?? { over: 0, under: 1 };
    expect(share.over * 3).toBe(share.under * 2);
  });

  it.each([
    ['3/2'],
    ['1/0'],
    ['0/0'],
    ['-1/2'],
    ['0.5'],
    ['50%'],
    ['1/'],
    ['/2'],
    [''],
    ['1/2/3'],
    ['二分之一'],
    ['2'],
  ])('“%s” is none', (words) => {
    expect(readFraction(words)).toBeUndefined();
    expect(fractionSchema.safeParse(words).success).toBe(false);
  });

  it('may stand in a file as a whole number, nothing or all', () => {
    expect(fractionSchema.parse(0)).toEqual({ over: 0, under: 1 });
    expect(fractionSchema.parse(1)).toEqual({ over: 1, under: 1 });
    expect(fractionSchema.safeParse(0.5).success).toBe(false);
  });
});
