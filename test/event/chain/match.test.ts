import { describe, expect, it } from 'vitest';
import { matchRows } from '../../../src/workflows/event/chain/match.js';
import { readChain } from '../../../src/workflows/event/chain/read.js';
import { directory } from './directory.js';

const match = (...rows: readonly string[]) =>
  matchRows(readChain(['#接龙', '茶会', '', ...rows].join('\n')), directory);
const first = (row: string) => match(row)[0];

describe('a row means', () => {
  it('somebody of exactly that name', () => {
    expect(first('1. 李娜')).toMatchObject({ kind: 'person', id: 'li-na', parkId: 'qingyao' });
    expect(first('1. 李 娜，青窑')).toMatchObject({ kind: 'person', id: 'li-na' });
    expect(first('1. 陳靜')).toMatchObject({ kind: 'person', id: 'chen-jing', parkId: null });
  });

  it('nobody known by a name that only resembles one', () => {
    expect(first('1. 李娜娜 青窑')).toMatchObject({ kind: 'newcomer', name: '李娜娜', parkId: 'qingyao' });
    expect(first('1. 娜娜')).toMatchObject({ kind: 'newcomer', name: '娜娜', parkId: null, park: null });
    expect(first('1. Oliver Grand, Yunfang')).toMatchObject({ kind: 'newcomer', name: 'Oliver Grand' });
  });

  it('no park by a name that only resembles one', () => {
    expect(first('1. 高远 青窑陶艺')).toMatchObject({ kind: 'newcomer', parkId: null, park: '青窑陶艺' });
  });

  it('the one of two people whose park is named, and both where it is not', () => {
    expect(first('1. 王伟 云坊')).toMatchObject({ kind: 'person', id: 'wang-wei-2' });
    expect(first('1. 王伟')).toMatchObject({ kind: 'several', ids: ['wang-wei-1', 'wang-wei-2'] });
    expect(first('1. 王伟 锦川')).toMatchObject({ kind: 'several', ids: ['wang-wei-1', 'wang-wei-2'] });
  });

  it('somebody to ask about when the park is another one', () => {
    expect(first('1. 李娜 云坊')).toMatchObject({
      kind: 'otherPark',
      parkId: 'qingyao',
      namedParkId: 'yunfang',
    });
  });

  it('the same park and person whichever comes first', () => {
    for (const row of [
      '1. 陶溪川 李伟',
      '1. 李伟 陶溪川',
      '1. 李伟（陶溪川）',
      '1. 陶溪川李伟',
      '1. 陶溪川-李伟',
    ]) {
      expect(first(row)).toMatchObject({ kind: 'person', id: 'li-wei', parkId: 'taoxichuan' });
    }
  });

  it('the same as an earlier one of the same person, or of the same newcomer and park', () => {
    expect(match('1. 李娜', '2. 沈悦', '3. 青窑 李娜').map((one) => one.kind)).toEqual([
      'person',
      'person',
      'duplicate',
    ]);
    expect(match('1. 高远 青窑', '2. 高远 Qingyao', '3. 高远 云坊')).toMatchObject([
      { kind: 'newcomer' },
      { kind: 'duplicate', of: 4 },
      { kind: 'newcomer', parkId: 'yunfang' },
    ]);
  });

  it('no duplicate of a row that was withdrawn', () => {
    expect(match('1. 李娜（取消）', '2. 李娜').map((one) => one.kind)).toEqual(['person', 'person']);
  });
});
