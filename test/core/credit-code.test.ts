import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkCreditCode, creditCodeCheckDigit } from '../../src/core/credit-code.js';

const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const character = fc.constantFrom(...alphabet);
const validCode = fc
  .array(character, { minLength: 17, maxLength: 17 })
  .map((characters) => characters.join(''))
  .map((first) => first + creditCodeCheckDigit(first));

describe('a unified social credit code', () => {
  // Published codes of large companies.
  it.each([
    '91330100799655058B',
    '9144030071526726XG',
    '914403001922038216',
    '91110000802100433B',
    '91110108551385082Q',
    '91440300708461136T',
    '91310000132200821H',
    '91350100M000100Y43',
  ])('%s is right', (code) => {
    expect(checkCreditCode(code)).toEqual({ ok: true, code });
  });

  it.each([
    '9144030071526726xg',
    ' 9144 0300 7152 6726 XG ',
    '91440300-71526726X-G',
    '９１４４０３００７１５２６７２６ＸＧ',
    '91440300\u200b71526726XG',
    '统一社会信用代码：9144030071526726XG',
    '信用代码: 9144030071526726XG',
  ])('is read from “%s”', (typed) => {
    expect(checkCreditCode(typed)).toEqual({ ok: true, code: '9144030071526726XG' });
  });

  it('says how many characters it found', () => {
    expect(checkCreditCode('9144030071526726X')).toEqual({
      ok: false,
      problem: { kind: 'length', found: 17 },
    });
    expect(checkCreditCode('9144030071526726XGG')).toEqual({
      ok: false,
      problem: { kind: 'length', found: 19 },
    });
    expect(checkCreditCode('')).toEqual({ ok: false, problem: { kind: 'length', found: 0 } });
  });

  it.each([
    ['914403OO71526726XG', 'O', 7],
    ['91440300715Z6726XG', 'Z', 12],
    ['91440300715园6726XG', '园', 12],
  ])('names the character that never occurs: %s', (typed, wrong, position) => {
    expect(checkCreditCode(typed)).toEqual({
      ok: false,
      problem: { kind: 'character', character: wrong, position },
    });
  });

  it('finds every change of one character', () => {
    fc.assert(
      fc.property(validCode, fc.nat(17), character, (code, at, other) => {
        fc.pre(code[at] !== other);
        expect(checkCreditCode(code)).toEqual({ ok: true, code });
        expect(checkCreditCode(code.slice(0, at) + other + code.slice(at + 1))).toEqual({
          ok: false,
          problem: { kind: 'checkDigit' },
        });
      }),
    );
  });

  it('finds two neighbours that changed places', () => {
    fc.assert(
      fc.property(validCode, fc.nat(16), (code, at) => {
        fc.pre(code[at] !== code[at + 1]);
        const swapped = code.slice(0, at) + code.charAt(at + 1) + code.charAt(at) + code.slice(at + 2);
        expect(checkCreditCode(swapped).ok).toBe(false);
      }),
    );
  });
});
