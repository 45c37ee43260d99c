/** The unified social credit code of Chinese organisations, GB 32100-2015. */

// I, O, S, V and Z are left out, being too close to digits and to U.
const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const length = 18;

export type CreditCodeProblem =
  | { readonly kind: 'length'; readonly found: number }
  | { readonly kind: 'character'; readonly character: string; readonly position: number }
  | { readonly kind: 'checkDigit' };

export type CheckedCreditCode =
  | { readonly ok: true; readonly code: string }
  | { readonly ok: false; readonly problem: CreditCodeProblem };

/** The character that completes 17 characters of the alphabet: weights 3^i, modulo 31. */
export const creditCodeCheckDigit = (first17: string): string => {
  let weight = 1;
  let sum = 0;
  for (const character of first17) {
    sum += alphabet.indexOf(character) * weight;
    weight = (weight * 3) % 31;
  }
  return alphabet.charAt((31 - (sum % 31)) % 31);
};

const label = /^(?:统一)?(?:社会)?(?:信用)?代码:?/u;

/**
 * Reads a code as people paste it: lower case, full width, blanks, hyphens, its label in front. Positions count
 * from 1. The right check digit is not told: a wrong one means a slip somewhere in the code.
 */
export const checkCreditCode = (typed: string): CheckedCreditCode => {
  const code = typed
    .normalize('NFKC')
    .replace(/[\s\p{Cf}\p{Cc}\p{Pd}]/gu, '')
    .replace(label, '')
    .toUpperCase();
  const characters = [...code];
  const wrong = characters.findIndex((character) => !alphabet.includes(character));
  if (characters.length !== length)
    return { ok: false, problem: { kind: 'length', found: characters.length } };
  if (wrong >= 0) {
    return {
      ok: false,
      problem: { kind: 'character', character: characters[wrong] ?? '', position: wrong + 1 },
    };
  }
  if (creditCodeCheckDigit(code.slice(0, -1)) !== code.at(-1))
    return { ok: false, problem: { kind: 'checkDigit' } };
  return { ok: true, code };
};
