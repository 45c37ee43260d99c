import { describe, expect, it } from 'vitest';
import { lostRows } from '../../../src/workflows/event/chain/compare.js';
import { readChain, readChains } from '../../../src/workflows/event/chain/read.js';

const chain = (...rows: readonly string[]) => readChain(['#接龙', '茶会', '', ...rows].join('\n'));
const lost = (earlier: readonly string[], later: readonly string[]) =>
  lostRows(chain(...earlier), chain(...later)).map((row) => `${row.number} ${row.name}`);

describe('a row is lost', () => {
  it('when two people answered at once and the second kept only their own', () => {
    expect(lost(['1. 李娜 青窑', '2. 沈悦 云坊'], ['1. 李娜 青窑', '2. 罗健 锦川'])).toEqual(['2 沈悦']);
  });

  it('when of two people of one name only the other is left', () => {
    expect(lost(['1. 王伟 青窑', '2. 王伟 云坊'], ['1. 王伟 云坊'])).toEqual(['1 王伟']);
    expect(lost(['1. 王伟', '2. 王伟'], ['1. 王伟'])).toEqual(['2 王伟']);
  });

  it('when all of them are', () => {
    expect(lost(['1. 李娜', '2. 沈悦'], [])).toEqual(['1 李娜', '2 沈悦']);
  });

  it('between the versions that were forwarded together', () => {
    const [, second, third] = readChains(
      '#接龙\n茶会\n1. 李娜\n\n#接龙\n茶会\n1. 李娜\n2. 沈悦\n\n#接龙\n茶会\n1. 李娜\n2. 罗健',
    );
    expect(second && third && lostRows(second, third).map((row) => row.name)).toEqual(['沈悦']);
  });
});

describe('a row is not lost', () => {
  it.each([
    ['when it has moved', ['1. 李娜 青窑', '2. 沈悦 云坊'], ['1. 沈悦 云坊', '2. 李娜 青窑']],
    ['when it is written the other way round', ['1. 李娜 青窑'], ['1. 青窑 李娜']],
    ['when its park was added', ['1. 李娜'], ['3. 李娜 青窑']],
    ['when its park was left out', ['1. 李娜 青窑'], ['1. 李娜']],
    ['when its park was corrected in its place', ['1. 李娜 云坊'], ['1. 李娜 青窑']],
    ['when its marks and punctuation changed', ['1、李娜，青窑'], ['1. 李娜（青窑）+1 候补']],
    ['when it had withdrawn before', ['1. 李娜（取消）', '2. 沈悦'], ['1. 沈悦']],
    ['when it withdrew afterwards', ['1. 李娜', '2. 沈悦'], ['1. 李娜 不去了', '2. 沈悦']],
    ['when it could not be read', ['1. 报名', '2. 沈悦'], ['1. 沈悦']],
    ['when it is spelt in traditional characters', ['1. 陳靜 青窯'], ['1. 陈静 青窯']],
  ])('%s', (_, earlier, later) => {
    expect(lost(earlier, later)).toEqual([]);
  });
});
