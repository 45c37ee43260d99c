import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Asked, readAsked, sayAsked, type Take } from '../../src/workflows/event/asked.js';

const tickets = [
  { key: 'delegate', names: ['代表', '正式代表', 'delegate', 'delegates'] },
  { key: 'speaker', names: ['嘉宾', '演讲嘉宾', 'speaker', 'speakers'] },
  { key: 'online', names: ['线上', 'online'] },
];

const read = (words: string): Asked => {
  const asked = readAsked(words, tickets);
  if ('problem' in asked) throw new Error(`${words}: ${asked.problem.zh}`);
  return asked;
};
const problemOf = (words: string) => {
  const asked = readAsked(words, tickets);
  return 'problem' in asked ? asked.problem : undefined;
};

const me: Asked = { self: true, names: [], companions: 0, ticket: null, take: 1 };
const mine = (companions: number, take: Take = 'any'): Asked => ({ ...me, companions, take });
const meWith = (...names: readonly string[]): Asked => ({ ...me, names, take: 'any' });
const only = (...names: readonly string[]): Asked => ({
  ...me,
  self: false,
  names,
  take: names.length === 1 ? 1 : 'any',
});

const understood: readonly [string, Asked][] = [
  ['', me],
  ['  ', me],
  ['谢谢', me],
  ['我', me],
  ['就我', me],
  ['我本人', me],
  ['本人参加', me],
  ['我要参加', me],
  ['我去', me],
  ['1人', me],
  ['我一个人', me],
  ['me', me],
  ['just me, please', me],
  ['one person', me],
  ['张三', only('张三')],
  ['张三。', only('张三')],
  ['@张三 ', only('张三')],
  ['为张三报名', only('张三')],
  ['为民', only('为民')],
  ['帮张三报名', only('张三')],
  ['我同事张三', only('张三')],
  ['张三、李四', only('张三', '李四')],
  ['张三，李四', only('张三', '李四')],
  ['张三 李四', only('张三', '李四')],
  ['张三和李四', only('张三', '李四')],
  ['张三和李和平', only('张三', '李和平')],
  ['李和平', only('李和平')],
  ['和珅', only('和珅')],
  ['和晓梅、', only('和晓梅')],
  ['张三\n李四\n王五', only('张三', '李四', '王五')],
  ['张三、李四、王五三人', only('张三', '李四', '王五')],
  ['张三、李四两人', only('张三', '李四')],
  ['阿里木·买买提', only('阿里木·买买提')],
  ['張三', only('張三')],
  ['David张', only('David张')],
  ['Zhang San', only('Zhang San')],
  ['zhang san', only('zhang san')],
  ['Zhang San, Li Si', only('Zhang San', 'Li Si')],
  ['Zhang San and Li Si', only('Zhang San', 'Li Si')],
  ['Zhang San，李四', only('Zhang San', '李四')],
  ["Mary Jane O'Brien", only("Mary Jane O'Brien")],
  ['Dr. Anna de la Cruz', only('Dr. Anna de la Cruz')],
  ['Bob', only('Bob')],
  ['for Zhang San', only('Zhang San')],
  ['May Chen, Will Smith', only('May Chen', 'Will Smith')],
  ['He Jie, you li, An Ran, Li Can, du bin', only('He Jie', 'you li', 'An Ran', 'Li Can', 'du bin')],
  ['Park Min-ho', only('Park Min-ho')],
  ['我和张三', meWith('张三')],
  ['我和和平', meWith('和平')],
  ['张三和我', meWith('张三')],
  ['我、张三', meWith('张三')],
  ['我，张三，李四', meWith('张三', '李四')],
  ['我跟张三', meWith('张三')],
  ['我+张三', meWith('张三')],
  ['我 和 张三', meWith('张三')],
  ['带张三', meWith('张三')],
  ['跟张三', meWith('张三')],
  ['我和张三都去', meWith('张三')],
  ['张三也参加', only('张三')],
  ['me and Zhang San', meWith('Zhang San')],
  ['Zhang San and me', meWith('Zhang San')],
  ['Zhang San and I', meWith('Zhang San')],
  ['me, Zhang San & Li Si', meWith('Zhang San', 'Li Si')],
  ['with Zhang San', meWith('Zhang San')],
  ['+1', mine(1)],
  ['+2', mine(2)],
  ['＋２', mine(2)],
  ['+ 2 人', mine(2)],
  ['我+2', mine(2)],
  ['带2人', mine(2)],
  ['带两个人', mine(2)],
  ['带2位同事', mine(2)],
  ['帶兩個人', mine(2)],
  ['另带十二人', mine(12)],
  ['我和2个同事', mine(2)],
  ['plus 2', mine(2)],
  ['plus one', mine(1)],
  ['me plus two', mine(2)],
  ['+2 guests', mine(2)],
  ['with 2 colleagues', mine(2)],
  ['+1 张三', meWith('张三')],
  ['带2人：张三、李四', meWith('张三', '李四')],
  ['张三 +1', { ...only('张三'), companions: 1, take: 'any' }],
  ['张三等3人', { ...only('张三'), companions: 2, take: 'any' }],
  ['我和张三等5人', { ...meWith('张三'), companions: 3 }],
  ['我和张三 +1', { ...meWith('张三'), companions: 1 }],
  ['3人', mine(2)],
  ['三个人', mine(2)],
  ['三個人', mine(2)],
  ['一共3位', mine(2)],
  ['我们3人', mine(2)],
  ['我们两个', mine(1)],
  ['我俩', mine(1)],
  ['我和张三两人', meWith('张三')],
  ['我们三个：张三、李四', meWith('张三', '李四')],
  ['3 people', mine(2)],
  ['three of us', mine(2)],
  ['party of 4', mine(3)],
  ['嘉宾', { ...me, ticket: 'speaker' }],
  ['嘉宾票', { ...me, ticket: 'speaker' }],
  ['嘉賓票', { ...me, ticket: 'speaker' }],
  ['演讲嘉宾', { ...me, ticket: 'speaker' }],
  ['票种：嘉宾', { ...me, ticket: 'speaker' }],
  ['以嘉宾身份', { ...me, ticket: 'speaker' }],
  ['Speaker', { ...me, ticket: 'speaker' }],
  ['as a speaker', { ...me, ticket: 'speaker' }],
  ['ticket: online', { ...me, ticket: 'online' }],
  ['张三（线上）', { ...only('张三'), ticket: 'online' }],
  ['线上2人', { ...mine(1), ticket: 'online' }],
  ['张三 嘉宾', { ...only('张三'), ticket: 'speaker' }],
  ['me and Zhang San, speakers, all together', { ...meWith('Zhang San'), ticket: 'speaker', take: 'all' }],
  ['3人一起', mine(2, 'all')],
  ['我们一共3人，一起', mine(2, 'all')],
  ['我和张三一起', { ...meWith('张三'), take: 'all' }],
  ['和张三一起', { ...meWith('张三'), take: 'all' }],
  ['张三、李四，都要有', { ...only('张三', '李四'), take: 'all' }],
  ['+2 全部', mine(2, 'all')],
  ['+2，要么都去', mine(2, 'all')],
  ['+2，要么都去，要么都不去', mine(2, 'all')],
  ['+2 all or none', mine(2, 'all')],
  ['all three of us', mine(2, 'all')],
  ['3人，至少2个', mine(2, 2)],
  ['张三、李四、王五，至少两人', { ...only('张三', '李四', '王五'), take: 2 }],
  ['+3, at least 2', mine(3, 2)],
  ['at least two of us, 4 people', mine(3, 2)],
  ['3人，能去几个去几个', mine(2)],
  ['3人，能去多少去多少', mine(2)],
  ['+2 任意', mine(2)],
  ['+2, any', mine(2)],
  ['20人', mine(19)],
];

const refused: readonly string[] = [
  '3',
  '３',
  '123',
  '3、4',
  '张三2',
  '可以吗？',
  '可以吗',
  '报名吗',
  '还有名额吗',
  '几点开始',
  'Can I bring my wife',
  'is it free',
  '我明天可能来不了',
  '我不去',
  '不参加',
  '下雨的话就取消',
  '周末愉快',
  '大家',
  '都去',
  '都参加',
  '我们',
  '我张三',
  '我代表张三',
  '我 张三',
  '带一下张三',
  '带嘉宾',
  '+张三',
  '张三+',
  'me Zhang San',
  'see you there',
  'lunch',
  "I'm coming with Bob",
  'my boss',
  'Zhang San Li Si',
  '张三 Zhang San',
  '张 三',
  '和晓梅',
  '张三，和李四',
  '2个同事',
  '2-3人',
  '2.5人',
  '两三个人',
  '三四人',
  '-2人',
  '0人',
  '+0',
  '+1 +2',
  '+2 张三',
  '+1 张三、李四',
  '张三 3人',
  '我和张三3人',
  '张三、李四等1人',
  '21人',
  '+20',
  '嘉宾和线上',
  '票种：贵宾',
  'ticket: VIP',
  '一起',
  '张三一起',
  '任意',
  '3人，一起，至少2个',
  '2人，至少3个',
  '张三、张三',
  '除了张三',
  '张三等',
  '张三去',
  'A, B',
  'Zhang San. Li Si',
  '👍',
  '。。。',
  'A',
  `${'长'.repeat(41)}`,
  `${'Anna'.repeat(11)} Bell`,
  '好'.repeat(1200),
];

describe('what is said along with a sign-up', () => {
  it.each(understood)('“%s”', (words, expected) => {
    expect(read(words)).toEqual(expected);
  });

  it.each(refused.map((words) => [words]))('is not guessed at in “%s”', (words) => {
    const problem = problemOf(words);
    expect(problem, JSON.stringify(readAsked(words, tickets))).toBeDefined();
    expect(problem?.zh).toContain('我和张三');
    expect(problem?.zh).toContain('代表');
    expect(problem?.en).toContain('me and Zhang San');
    expect(problem?.en).toContain('delegate');
  });

  it('takes the key of a kind of place for its name', () => {
    const vip = [{ key: 'vip', names: ['贵宾'] }];
    expect(readAsked('vip', vip)).toEqual({ ...me, ticket: 'vip' });
    expect(readAsked('贵宾', [])).toEqual(only('贵宾'));
  });

  it('says which figure is meant', () => {
    expect(problemOf('3')?.zh).toMatch(/“3人”.*“\+3”/);
    expect(problemOf('3')?.en).toMatch(/“3 people”.*“\+3”/);
  });

  it('says how somebody of the surname 和 is named', () => {
    expect(problemOf('和晓梅')?.zh).toContain('“和晓梅、”');
  });

  it('takes the twentieth of a party and not the next', () => {
    const names = Array.from({ length: 21 }, (_, i) => `王${String.fromCharCode(0x4e00 + 7 * i + 40)}`);
    expect(problemOf(names.slice(0, 20).join('、'))).toBeUndefined();
    expect(problemOf(names.join('、'))?.zh).toContain('20');
  });

  it('keeps names to 40 characters', () => {
    const name = `Anna ${'B'.repeat(35)}`;
    expect(read(name).names).toEqual([name]);
    expect(problemOf(`${name}b`)?.zh).toContain('40');
  });
});

const names = [
  '张三',
  '李四',
  '李和平',
  '陈景和',
  '和珅',
  '和晓梅',
  '阿里木·买买提',
  '張瑞',
  'Zhang San',
  'Li Can',
  "Mary Jane O'Brien",
  'Dr. Anna de la Cruz',
  'John R.',
  'Bob',
  'David张',
] as const;

const takeOf = (size: number): fc.Arbitrary<Take> =>
  size === 1
    ? fc.constant(1)
    : fc.oneof(fc.constantFrom<Take>('all', 'any'), fc.integer({ min: 1, max: size }));

const anyAsked = fc
  .record({
    self: fc.boolean(),
    names: fc.subarray([...names]).chain((some) => fc.shuffledSubarray(some, { minLength: some.length })),
    companions: fc.integer({ min: 0, max: 4 }),
    ticket: fc.option(fc.constantFrom(...tickets.map((one) => one.key))),
  })
  .filter((one) => one.self || one.names.length > 0)
  .chain((one) =>
    takeOf((one.self ? 1 : 0) + one.names.length + one.companions).map((take) => ({ ...one, take })),
  );

describe('what is stored of it', () => {
  it('is read back as it was', () => {
    fc.assert(
      fc.property(anyAsked, (asked) => {
        expect(read(sayAsked(asked))).toEqual(asked);
      }),
    );
  });

  it.each(understood)('“%s”', (words) => {
    const asked = read(words);
    expect(read(sayAsked(asked))).toEqual(asked);
  });

  const parts = [
    ...understood.flatMap(([words]) => words.split(/(?<=[\s，、])/u)),
    ...[...'我和张三李四带等人两个位一十起跟与为去来的+2 3.,，、；:@&?'],
    ...[
      'me',
      ' and ',
      ' with ',
      ' plus ',
      ' i ',
      'Zhang ',
      'San',
      ' of us',
      '\n',
      '\u200d',
      '\ufdfa',
      '\ud800',
    ],
  ];
  it('is read back whatever was typed', () => {
    const typed = fc.oneof(
      fc.array(fc.constantFrom(...parts), { maxLength: 7 }).map((some) => some.join('')),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(typed, (words) => {
        const asked = readAsked(words, tickets);
        if ('problem' in asked) return;
        const size = (asked.self ? 1 : 0) + asked.names.length + asked.companions;
        expect(size).toBeGreaterThanOrEqual(1);
        expect(size).toBeLessThanOrEqual(20);
        expect(asked.companions).toBeGreaterThanOrEqual(0);
        expect(new Set(asked.names).size).toBe(asked.names.length);
        for (const name of asked.names) expect([...name].length).toBeLessThanOrEqual(40);
        if (typeof asked.take === 'number') expect(asked.take).toBeLessThanOrEqual(size);
        expect(read(sayAsked(asked))).toEqual(asked);
      }),
      { numRuns: 1000 },
    );
  });
});
