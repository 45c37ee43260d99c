/** An exact share, such as 2/3. No floating point comes near it: 2/3 of 13 is 9, and never 8.67. */
import { z } from 'zod';

export type Fraction = { readonly over: number; readonly under: number };

const written = /^(\d{1,4})(?:\/(\d{1,4}))?$/;

/** Reads `2/3`, `0` or `1`; undefined for anything else, and for more than the whole. */
export const readFraction = (words: string): Fraction | undefined => {
  const [, over, under = '1'] = written.exec(words.trim()) ?? [];
  if (over === undefined) return undefined;
  const fraction = { over: Number(over), under: Number(under) };
  return fraction.under > 0 && fraction.over <= fraction.under ? fraction : undefined;
};

/** The smallest whole number that is at least this share of `whole`. */
export const atLeast = ({ over, under }: Fraction, whole: number): number =>
  Math.floor((over * whole + under - 1) / under);

/** The smallest whole number that is more than this share of `whole`. */
export const moreThan = ({ over, under }: Fraction, whole: number): number =>
  Math.floor((over * whole) / under) + 1;

export const sayFraction = ({ over, under }: Fraction): string =>
  under === 1 ? `${over}` : `${over}/${under}`;

/** As the alliance file writes it: `2/3`, in quotes or not. */
export const fractionSchema = z
  .union([z.string(), z.literal(0).transform(String), z.literal(1).transform(String)])
  .transform((value, context) => {
    const fraction = readFraction(value);
    if (fraction) return fraction;
    context.addIssue('not a share');
    return z.NEVER;
  });
