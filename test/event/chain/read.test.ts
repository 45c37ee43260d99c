import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lostRows } from '../../../src/workflows/event/chain/compare.js';
import { matchRows } from '../../../src/workflows/event/chain/match.js';
import { isChain, readChain } from '../../../src/workflows/event/chain/read.js';
import { directory } from './directory.js';

describe('a text is a chain', () => {
  it.each([
    '#接龙',
    '# 接龙 周五沙龙',
    '＃接龍\n週五',
    '接龙\n1. 李娜',
    '#Group Note\nFriday',
    'Group Note\n1. Oliver Grant',
    '张三：#接龙\n周五',
    '「王芳：#接龙\n周五\n1. 李娜」\n- - - - -\n好的',
    '王芳:\n#接龙\n周五',
    '1. 李娜\n2. 沈悦',
    '周五沙龙\n1、李娜 2、沈悦',
  ])('%j', (text) => {
    expect(isChain(text)).toBe(true);
  });
});

describe('a text is no chain', () => {
  it.each([
    '',
    '报名',
    '报名 3',
    '接龙怎么发？',
    '接龙',
    '1',
    '同意',
    '1. 李娜',
    '活动时间：11月28日 14:00\n地点：云坊',
    '2026年11月28日\n14:00 签到\n15:30 路演',
    '一、时间：周五\n二、地点：云坊',
    '1. 请提前十分钟到场；\n2. 请自备水杯。',
  ])('%j', (text) => {
    expect(isChain(text)).toBe(false);
  });
});

describe('reading', () => {
  const pieces = fc.constantFrom(
    ...[
      '#接龙',
      '\n',
      '\n1. ',
      '2、',
      '李娜',
      '青窑',
      '+1',
      '候补',
      '取消',
      '（',
      '）',
      '「',
      '」',
      '张三：',
      ' - ',
      '~~',
    ],
    ...[
      '例：',
      '姓名/单位',
      '13800138000',
      '👩🏻‍🎨',
      '\u200b',
      '\u0336',
      '共3人',
      '带',
      '\ud83d',
      '…',
      '单位：',
      '〃',
      '798',
    ],
  );
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 400 }),
    fc.array(pieces, { maxLength: 120 }).map((some) => some.join('')),
  );

  it('never fails, and finds rows only on lines that are there', () => {
    fc.assert(
      fc.property(hostile, hostile, (text, other) => {
        isChain(text);
        const chain = readChain(text);
        const lines = text.split(/\r\n?|[\n\u2028\u2029\u0085]/).length;
        for (const one of chain.rows) {
          expect(one.line).toBeGreaterThanOrEqual(1);
          expect(one.line).toBeLessThanOrEqual(lines);
          expect(one.count).toBeGreaterThanOrEqual(1);
        }
        expect(matchRows(chain, directory)).toHaveLength(chain.rows.length);
        expect(lostRows(chain, chain)).toEqual([]);
        lostRows(chain, readChain(other));
      }),
      { numRuns: 1000 },
    );
  });

  const timeOf = (text: string): number => {
    const started = performance.now();
    const chain = readChain(text);
    isChain(text);
    matchRows(chain, directory);
    lostRows(chain, chain);
    return performance.now() - started;
  };
  const fastest = (text: string): number => Math.min(timeOf(text), timeOf(text), timeOf(text));

  // Four times the text takes four times as long; a reader that goes back to the start takes sixteen.
  it.each([
    ['a run of one character', (length: number) => '('.repeat(length)],
    ['digits', (length: number) => '1'.repeat(length)],
    ['blanks', (length: number) => `#接龙${' '.repeat(length)}x`],
    ['plus signs', (length: number) => `1. 李娜${'+'.repeat(length)}`],
    ['numbered blanks', (length: number) => '1. '.repeat(length / 3)],
    ['one number over and over', (length: number) => '1.李\n'.repeat(length / 4)],
    ['headers', (length: number) => '#接龙\n'.repeat(length / 4)],
    ['headers with a row', (length: number) => '#接龙\n1.李\n'.repeat(length / 8)],
    [
      'rows without a break',
      (length: number) => Array.from({ length: length / 8 }, (_, n) => `${n + 1}.李娜 `).join(''),
    ],
    ['names without numbers', (length: number) => `#接龙\n茶会\n${'李娜\n'.repeat(length / 3)}`],
    ['lines that go on', (length: number) => `#接龙\n1. 李娜\n${'单位：青窑\n'.repeat(length / 6)}`],
    ['quotes', (length: number) => '「'.repeat(length / 2) + '」'.repeat(length / 2)],
    ['dots', (length: number) => `#接龙\n1. 李娜\n${'. '.repeat(length / 2)}`],
    ['strike-outs', (length: number) => `#接龙\n1. ${'~~a'.repeat(length / 3)}`],
    [
      'ever new characters',
      (length: number) => Array.from({ length }, (_, n) => String.fromCodePoint(0x4e00 + n)).join(''),
    ],
  ])('takes no more than its share of time for 20,000 characters: %s', (_, make) => {
    expect(fastest(make(20_000))).toBeLessThan(10 * fastest(make(5_000)) + 50);
  });
});
