import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchRows } from '../../../src/workflows/event/chain/match.js';
import { readChain } from '../../../src/workflows/event/chain/read.js';
import { type WrittenRow, writeChain } from '../../../src/workflows/event/chain/write.js';

const pick = (...words: readonly string[]) => fc.constantFrom(...words);
const chinese = fc
  .tuple(
    pick(...'王李张刘陈杨赵周吴徐欧孙'),
    fc.string({ unit: pick(...'伟娜秀梅志远晓雨静宇飞文斌芳敏丽强磊'), minLength: 1, maxLength: 2 }),
  )
  .map((parts) => parts.join(''));
const english = fc
  .tuple(
    pick('Oliver', 'Anna', 'Jean-Pierre', 'May', 'Will', 'Bo'),
    pick('Grant', 'Keller', 'O’Neill', 'Li', 'Parker', 'van Dyck'),
  )
  .map((parts) => parts.join(' '));
const place = fc.oneof(
  pick('青窑陶艺文化园', '越渠戏剧小镇', '秦陌设计谷', 'Yunfang Digital Creative Park'),
  fc
    .tuple(pick('江城', '望海', '石桥', '云麓'), pick('文化园', '影视基地', '非遗小镇', '设计谷'))
    .map((parts) => parts.join('')),
);
const park = fc.oneof(place, pick('陶溪川', 'Taoxichuan', '798'));
const nickname = pick('小鱼儿', 'Kk', '阿杰', '老白');
const mark = fc.constantFrom('going' as const, 'waiting' as const, 'held' as const);
const rowOf = (name: fc.Arbitrary<string>, of: fc.Arbitrary<string>): fc.Arbitrary<WrittenRow> =>
  fc.record({ name, park: fc.option(of), companions: fc.nat({ max: 12 }), mark });
const name = fc.oneof(chinese, english, pick('阿依古丽·买买提', '欧阳明月'));
// “小鱼儿 - 陶溪川” may be either way round for who knows no park; see below for who does.
const row = fc.oneof(rowOf(name, park), rowOf(nickname, place));
const title = pick('12月5日 招商路演', '非遗工作坊', 'Investor day', '茶会（限20人）', '2026年会');
const lines = fc.subarray([
  '时间：12月5日 14:00',
  '地点：云坊数字文创园3号楼',
  '名额 20，已报 12，候补 3',
  'Time: 5 December, 14:00',
]);
const language = fc.constantFrom('zh' as const, 'en' as const);

describe('what is written', () => {
  it('is laid out as WeChat does it', () => {
    const rows: readonly WrittenRow[] = [
      { name: '李娜', park: '青窑陶艺文化园', companions: 1, mark: 'going' },
      { name: '何志远', park: null, companions: 0, mark: 'held' },
      { name: '王小明', park: '云坊', companions: 0, mark: 'waiting' },
    ];
    const head = { title: '招商路演', lines: ['时间：12月5日 14:00'] };
    expect(writeChain(head, rows, 'zh')).toBe(
      '#接龙\n招商路演\n时间：12月5日 14:00\n\n1. 李娜 - 青窑陶艺文化园 +1\n2. 何志远（名额保留中）\n3. 王小明 - 云坊（候补）',
    );
    expect(writeChain({ title: 'Investor day', lines: [] }, rows.slice(1), 'en')).toBe(
      '#Group Note\nInvestor day\n\n1. 何志远 (place held)\n2. 王小明 - 云坊 (waitlist)',
    );
  });

  it('is read as the same rows', () => {
    fc.assert(
      fc.property(title, lines, fc.array(row, { maxLength: 30 }), language, (called, head, rows, lang) => {
        const chain = readChain(writeChain({ title: called, lines: head }, rows, lang));
        expect(chain.title).toBe(called);
        expect(chain.remarks).toEqual(head);
        expect(
          chain.rows.map((one) => ({
            number: one.number,
            name: one.name,
            park: one.park,
            companions: one.count - 1,
            mark: one.held ? 'held' : one.waitlisted ? 'waiting' : 'going',
            withdrawn: one.withdrawn,
          })),
        ).toEqual(rows.map((one, index) => ({ number: index + 1, ...one, withdrawn: false })));
        expect(chain.faults.filter((fault) => fault.kind !== 'sameName')).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('is matched with the same names and parks, whichever looks like a name', () => {
    const directory = { people: [], parks: [{ id: 'taoxichuan', names: ['陶溪川'] }] };
    fc.assert(
      fc.property(rowOf(fc.oneof(name, nickname), fc.constant('陶溪川')), language, (written, lang) => {
        const chain = readChain(writeChain({ title: '茶会', lines: [] }, [written], lang));
        expect(matchRows(chain, directory)).toMatchObject([
          { kind: 'newcomer', name: written.name, parkId: written.park && 'taoxichuan' },
        ]);
      }),
    );
  });

  it('has one line for each row, whatever the names are', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), language, (names, lang) => {
        const rows = names.map(
          (name): WrittenRow => ({ name: `${name}\n9. x`, park: name, companions: 0, mark: 'going' }),
        );
        expect(writeChain({ title: 'a\nb', lines: [] }, rows, lang).split('\n')).toHaveLength(
          3 + rows.length,
        );
      }),
    );
  });
});
