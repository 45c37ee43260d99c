import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { creditCodeCheckDigit } from '../../src/core/credit-code.js';
import { Fault } from '../../src/core/fault.js';
import type { Answer, Asking, Question } from '../../src/core/question.js';
import {
  choice,
  choices,
  creditCode,
  moment,
  number,
  optional,
  phone,
  text,
  yesNo,
} from '../../src/core/questions.js';

const asking: Asking = { now: new Date('2026-11-22T10:00:00+08:00'), timezone: 'Asia/Shanghai' };
const words = { label: { zh: '名称', en: 'Name' }, ask: { zh: '请填写。', en: 'Please answer.' } };

const heard = <T extends Answer>(question: Question<T>, said: string): T | 'unclear' => {
  const answer = question.hear(said, asking);
  return answer.kind === 'understood' ? answer.value : 'unclear';
};
const problem = <T extends Answer>(question: Question<T>, said: string) => {
  const answer = question.hear(said, asking);
  if (answer.kind === 'understood') throw new Error(`“${said}” was understood as ${String(answer.value)}`);
  expect(answer.problem.zh).toMatch(/[。？]$/u);
  expect(answer.problem.en).toMatch(/[.?]$/u);
  return answer.problem;
};

/** What was understood is fit to be stored, and said back in either language it is the same answer. */
const keepsItsWord = <T extends Answer>(
  question: Question<T>,
  said: fc.Arbitrary<string>,
  understoodAtLeast = 0,
) => {
  let understood = 0;
  fc.assert(
    fc.property(said, (typed) => {
      const answer = question.hear(typed, asking);
      if (answer.kind === 'unclear') return;
      understood += 1;
      expect(question.schema.safeParse(answer.value).success).toBe(true);
      const shown = question.show(answer.value);
      expect(question.hear(shown.zh, asking)).toEqual(answer);
      expect(question.hear(shown.en, asking)).toEqual(answer);
    }),
  );
  expect(understood).toBeGreaterThanOrEqual(understoodAtLeast);
};
const anything = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }), fc.string());

describe('text', () => {
  it('is cleaned, and a short one is one line', () => {
    expect(heard(text(words), '  陶溪川\u200b \n 文创街区 ')).toBe('陶溪川 文创街区');
    expect(heard(text({ ...words, long: true }), '第一行\r\n第二行')).toBe('第一行\n第二行');
  });

  it.each(['', '   ', '\u200b', '\n\n'])('refuses blank words: “%s”', (blank) => {
    expect(problem(text(words), blank).zh).toContain('不能为空');
  });

  it('counts what people see as characters', () => {
    const short = text({ ...words, min: 2, max: 4 });
    expect(heard(short, '𠮷野家店')).toBe('𠮷野家店');
    expect(problem(short, '店').zh).toContain('至少写 2 个字');
    expect(problem(short, '陶溪川文创').en).toContain('4 characters at most');
    expect(heard(text(words), '字'.repeat(200))).toHaveLength(200);
    expect(heard(text(words), '字'.repeat(201))).toBe('unclear');
    expect(heard(text({ ...words, long: true }), '字'.repeat(2000))).toHaveLength(2000);
    expect(heard(text({ ...words, long: true }), '字'.repeat(2001))).toBe('unclear');
  });

  it('checks what is stored by the same rules', () => {
    const { schema } = text({ ...words, max: 4 });
    for (const bad of ['', ' 店', '陶溪川文创', '店\u200b', 3, null])
      expect(schema.safeParse(bad).success).toBe(false);
  });

  it('keeps its word', () => {
    keepsItsWord(text(words), anything, 20);
    keepsItsWord(text({ ...words, long: true, min: 3 }), anything, 20);
    keepsItsWord(
      text(words),
      fc.string({ unit: fc.constantFrom(...'ae\u0301\u200b\u200d\ufe0f👩👍🏻 \n') }),
      20,
    );
  });
});

const options = {
  ceramics: { zh: '陶瓷', en: 'Ceramics' },
  fineArts: { zh: '美术', en: 'Fine arts' },
  film: { zh: '影视', en: 'Film' },
  other: { zh: '其他', en: 'Other' },
};

describe('choice', () => {
  const question = choice({ ...words, options });

  it.each([
    ['2', 'fineArts'],
    ['２', 'fineArts'],
    ['②', 'fineArts'],
    ['2️⃣', 'fineArts'],
    ['2。', 'fineArts'],
    ['第2个', 'fineArts'],
    ['2 美术', 'fineArts'],
    ['2. Fine arts', 'fineArts'],
    ['美术', 'fineArts'],
    ['美術', 'fineArts'],
    ['FINE ARTS', 'fineArts'],
    ['fineArts', 'fineArts'],
    ['其他。', 'other'],
  ])('“%s” is %s', (said, expected) => {
    expect(heard(question, said)).toBe(expected);
  });

  it.each(['', '0', '5', '12', '美', '美术馆', '2 陶瓷', 'fine', '1 2', 'constructor', '__proto__', '1.5'])(
    '“%s” is none of them',
    (said) => {
      const { zh, en } = problem(question, said);
      expect(zh).toContain('1 陶瓷，2 美术，3 影视，4 其他');
      expect(en).toContain('1 Ceramics, 2 Fine arts, 3 Film, 4 Other');
    },
  );

  it('keeps ids only', () => {
    expect(question.schema.safeParse('film').success).toBe(true);
    for (const bad of ['影视', 'toString', 1, null])
      expect(question.schema.safeParse(bad).success).toBe(false);
    keepsItsWord(
      question,
      fc.oneof(anything, fc.constantFrom('1', '2', '3', '4', ...Object.keys(options))),
      20,
    );
  });

  it('does not allow options that can’t be told apart', () => {
    const clash = (second: { zh: string; en: string }) => () =>
      choice({ ...words, options: { first: { zh: '陶瓷', en: 'Ceramics' }, second } });
    expect(clash({ zh: '陶瓷。', en: 'China' })).toThrow(Fault);
    expect(clash({ zh: '2', en: 'Two' })).toThrow(Fault);
    expect(clash({ zh: '', en: 'Two' })).toThrow(Fault);
    expect(clash({ zh: '瓷器', en: 'First' })).toThrow(Fault);
  });
});

describe('choices', () => {
  const question = choices({ ...words, options });

  it.each([
    ['1，3', ['ceramics', 'film']],
    ['3 1', ['ceramics', 'film']],
    ['1、3、3', ['ceramics', 'film']],
    ['影视、陶瓷', ['ceramics', 'film']],
    ['影視 陶瓷', ['ceramics', 'film']],
    ['Film, fine arts', ['fineArts', 'film']],
    ['Fine arts', ['fineArts']],
    ['4', ['other']],
    ['1. 陶瓷, 3. 影视', ['ceramics', 'film']],
  ])('“%s” is %s', (said, expected) => {
    expect(heard(question, said)).toEqual(expected);
  });

  it('names the one that is unknown', () => {
    expect(problem(question, '1，茶叶').zh).toContain('“茶叶”');
    expect(problem(question, '').en).toContain('1 Ceramics');
    expect(problem(question, '，').zh).toContain('1 陶瓷');
  });

  it('keeps ids only, at least one, each once', () => {
    expect(question.schema.safeParse(['film']).success).toBe(true);
    for (const bad of [[], ['陶瓷'], ['film', 'film'], ['film', 'ceramics'], 'film', null]) {
      expect(question.schema.safeParse(bad).success).toBe(false);
    }
    const some = fc.subarray(['1', '2', '3', '影视', 'other', 'Fine arts']).map((list) => list.join('、'));
    keepsItsWord(question, some, 20);
  });
});

describe('yes or no', () => {
  const question = yesNo(words);
  it.each([
    ['是', true],
    ['1', true],
    ['１', true],
    ['好的', true],
    ['Yes', true],
    ['2', false],
    ['否', false],
    ['没有', false],
    ['不同意', false],
    ['no', false],
  ])('“%s” is %s', (said, expected) => {
    expect(heard(question, said)).toBe(expected);
  });
  it('asks again for anything else', () => {
    expect(problem(question, '也许').zh).toContain('回复“是”或“否”');
    keepsItsWord(question, fc.constantFrom('是', '否', '1', '2', 'ok'), 20);
  });
});

describe('number', () => {
  const question = number({ ...words, min: 1, max: 100_000, unit: { zh: '人', en: 'people' } });

  it.each([
    ['120', 120],
    ['１２０', 120],
    ['120人', 120],
    ['120 people', 120],
    ['1,200', 1200],
    ['1，200 人', 1200],
    ['十二', 12],
    ['一百二十', 120],
    ['一百二', 120],
    ['一百零二人', 102],
    ['兩千', 2000],
    ['3千', 3000],
    ['1.2万', 12_000],
    ['1.1萬', 11_000],
    ['一万二', 12_000],
    ['12.0', 12],
  ])('“%s” is %i', (said, expected) => {
    expect(heard(question, said)).toBe(expected);
  });

  it.each([
    ['', '请只写一个数字'],
    ['很多', '请只写一个数字'],
    ['100左右', '请只写一个数字'],
    ['约100', '请只写一个数字'],
    ['100-200', '请只写一个数字'],
    ['1,2', '请只写一个数字'],
    ['1万2', '请只写一个数字'],
    ['1e3', '请只写一个数字'],
    ['12.5', '请填写整数'],
    ['0', '之间的数字'],
    ['-5', '之间的数字'],
    ['十万零一', '之间的数字'],
  ])('“%s”: %s', (said, expected) => {
    expect(problem(question, said).zh).toContain(expected);
  });

  it('does not guess when the unit itself counts in 万', () => {
    const investment = number({ ...words, min: 1, max: 1_000_000, unit: { zh: '万元', en: '10k yuan' } });
    expect(heard(investment, '120万元')).toBe(120);
    expect(heard(investment, '120')).toBe(120);
    expect(problem(investment, '3千').zh).toContain('万元');
  });

  it('takes digits after the point where it may', () => {
    const area = number({ ...words, min: -10, max: 1000, unit: { zh: 'm²', en: 'm²' }, decimals: 1 });
    expect(heard(area, '12.5')).toBe(12.5);
    expect(heard(area, '120m²')).toBe(120);
    expect(heard(area, '负五')).toBe(-5);
    expect(problem(area, '12.55').en).toContain('1 digit');
    expect(area.schema.safeParse(12.55).success).toBe(false);
    keepsItsWord(
      area,
      fc.integer({ min: -200, max: 20_000 }).map((tenths) => String(tenths / 10)),
      20,
    );
  });

  it('reads every number written in Chinese', () => {
    const any = number({ ...words, min: 0, max: 99_999_999 });
    fc.assert(
      fc.property(fc.nat(99_999_999), (value) => {
        expect(heard(any, inChinese(value))).toBe(value);
      }),
    );
  });

  it('keeps its word', () => {
    for (const bad of [0, 1.5, 100_001, '12', null])
      expect(question.schema.safeParse(bad).success).toBe(false);
    keepsItsWord(
      question,
      fc.oneof(anything, fc.nat(100_000).map(String), fc.nat(100_000).map(inChinese)),
      20,
    );
  });
});

const inChinese = (value: number): string => {
  const digits = '零一二三四五六七八九';
  const section = (part: number): string =>
    [1000, 100, 10, 1]
      .reduce((said, unit, at) => {
        const digit = Math.floor(part / unit) % 10;
        if (digit > 0) return said + digits.charAt(digit) + ['千', '百', '十', ''][at];
        return said === '' || said.endsWith('零') ? said : `${said}零`;
      }, '')
      .replace(/零$/u, '');
  const [high, low] = [Math.floor(value / 10_000), value % 10_000];
  if (high === 0) return section(low) || '零';
  return `${section(high)}万${low > 0 && low < 1000 ? '零' : ''}${section(low)}`;
};

describe('moment', () => {
  const time = moment({ ...words, need: 'time' });
  const day = moment({ ...words, need: 'day' });

  it('is kept with its offset, and said back', () => {
    expect(time.hear('28号下午2点', asking)).toEqual({
      kind: 'understood',
      value: '2026-11-28T14:00:00+08:00',
      echo: true,
    });
    expect(time.show('2026-11-28T14:00:00+08:00')).toEqual({
      zh: '2026年11月28日（周六）14:00',
      en: 'Sat 28 Nov 2026, 14:00',
    });
    expect(heard(day, '下周三')).toBe('2026-11-25T00:00:00+08:00');
    expect(day.show('2026-11-25T00:00:00+08:00')).toEqual({
      zh: '2026年11月25日（周三）',
      en: 'Wed 25 Nov 2026',
    });
  });

  it('says how to write what was not understood', () => {
    expect(problem(time, '改天').zh).toBe('没有看明白“改天”是哪个时间。请写成“11月28日 14:00”这样。');
    expect(problem(day, 'soon').en).toBe(
      'Sorry, I can’t tell which day “soon” is. Please write it like “28 Nov”.',
    );
  });

  it('asks for the time that is missing', () => {
    expect(problem(time, '11月28日').zh).toContain('还差几点几分');
    expect(problem(time, '周三晚上').en).toContain('Wed 25 Nov 2026, but at what time?');
  });

  it('names the readings of what has several', () => {
    const { zh, en } = problem(time, '明天3点');
    expect(zh).toContain('“2026年11月23日（周一）03:00”或“2026年11月23日（周一）15:00”');
    expect(en).toContain('“Mon 23 Nov 2026, 03:00” or “Mon 23 Nov 2026, 15:00”');
  });

  it('refuses what has passed, but not today', () => {
    expect(problem(time, '今天9:30').zh).toContain('已经过去了');
    expect(problem(day, '2026年11月21日').en).toContain('Sat 21 Nov 2026 has already passed');
    expect(heard(day, '今天')).toBe('2026-11-22T00:00:00+08:00');
  });

  it('keeps its word', () => {
    expect(time.schema.safeParse('2026-11-28T14:00:00+08:00').success).toBe(true);
    expect(day.schema.safeParse('2026-11-28T14:00:00+08:00').success).toBe(false);
    for (const bad of [
      '2026-11-28',
      '2026-11-28T14:00',
      '2026-11-28T14:00:30+08:00',
      '2026-02-30T14:00:00+08:00',
      '',
      5,
    ]) {
      expect(time.schema.safeParse(bad).success).toBe(false);
    }
    const day1 = fc.integer({ min: 1, max: 28 });
    const clock = fc
      .tuple(fc.nat(23), fc.nat(59))
      .map(([h, m]) => `${`${h}`.padStart(2, '0')}:${`${m}`.padStart(2, '0')}`);
    const said = fc
      .tuple(fc.integer({ min: 1, max: 12 }), day1, clock)
      .map(([m, d, at]) => `${m}月${d}日${at}`);
    keepsItsWord(time, fc.oneof(said, anything), 20);
    keepsItsWord(day, said, 20);
    keepsItsWord(
      moment({ ...words, need: 'time' }),
      fc.constantFrom('明天14:00', '2小时后', 'tomorrow 3pm', '除夕下午3点'),
      20,
    );
  });

  it('is shown in the zone in which it was asked', () => {
    const london: Asking = { now: asking.now, timezone: 'Europe/London' };
    const answer = time.hear('tomorrow 14:00', london);
    expect(answer).toEqual({ kind: 'understood', value: '2026-11-23T14:00:00+00:00', echo: true });
    expect(time.show('2026-11-23T14:00:00+00:00').en).toBe('Mon 23 Nov 2026, 14:00');
    expect(time.schema.safeParse('2026-11-23T14:00:00Z').success).toBe(true);
  });
});

describe('phone', () => {
  const question = phone(words);
  it.each([
    ['13812345678', '13812345678'],
    ['138 1234 5678', '13812345678'],
    ['138-1234-5678', '13812345678'],
    ['１３８１２３４５６７８', '13812345678'],
    ['+86 138 1234 5678', '13812345678'],
    ['008613812345678', '13812345678'],
    ['8613812345678', '13812345678'],
    ['0798-8441234', '0798-8441234'],
    ['07988441234', '0798-8441234'],
    ['（0798）8441234', '0798-8441234'],
    ['010-82345678', '010-82345678'],
    ['01082345678', '010-82345678'],
    ['021 6234 5678', '021-62345678'],
    ['+86 10 8234 5678', '010-82345678'],
    ['0755-88881234转801', '0755-88881234-801'],
    ['0755-88881234-801', '0755-88881234-801'],
    ['0755-88881234 ext. 801', '0755-88881234-801'],
    ['+852 2123 4567', '+85221234567'],
    ['00852 2123 4567', '+85221234567'],
    ['+44 (20) 7123-4567', '+442071234567'],
  ])('%s is kept as %s', (said, expected) => {
    expect(heard(question, said)).toBe(expected);
  });

  it.each([
    '',
    '12345',
    '1381234567',
    '138123456789',
    '12812345678',
    '8441234',
    '0798-844123',
    '+86 123',
    '张三',
    '电话',
  ])('“%s” is none', (said) => {
    expect(problem(question, said).zh).toContain('11 位手机号');
  });

  it('is personal, shown in groups, and keeps its word', () => {
    expect(question.personal).toBe(true);
    expect(question.show('13812345678').zh).toBe('138 1234 5678');
    expect(question.schema.safeParse('138 1234 5678').success).toBe(false);
    const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 7, maxLength: 12 });
    keepsItsWord(
      question,
      fc.oneof(
        digits.map((tail) => `+${tail}`),
        digits.map((tail) => `0${tail}`),
        digits,
      ),
      20,
    );
  });
});

describe('credit code', () => {
  const question = creditCode(words);
  it('is heard as it is pasted', () => {
    expect(heard(question, ' 9144 0300 7152 6726 xg ')).toBe('9144030071526726XG');
  });
  it('says what is wrong', () => {
    expect(problem(question, '9144030071526726').zh).toContain('您填写的是 16 位');
    expect(problem(question, '914403OO71526726XG').en).toContain('perhaps “0” is meant');
    expect(problem(question, '9144030071526725XG').zh).toContain('逐位核对');
  });
  it('keeps its word', () => {
    expect(question.schema.safeParse('9144030071526726xg').success).toBe(false);
    const code = fc
      .string({ unit: fc.constantFrom(...'0123456789ABCDEFGHJKLMNPQRTUWXY'), minLength: 17, maxLength: 17 })
      .map((first) => (first + creditCodeCheckDigit(first)).toLowerCase());
    keepsItsWord(question, code, 100);
  });
});

describe('optional', () => {
  it.each(['跳过', '跳過', 'skip', '-', '', '无', '没有', '暂无', 'None', 'n/a'])(
    '“%s” leaves text out',
    (said) => {
      expect(heard(optional(text(words)), said)).toBeNull();
    },
  );

  it('leaves “没有” to a question that knows it', () => {
    expect(heard(optional(yesNo(words)), '没有')).toBe(false);
    expect(heard(optional(yesNo(words)), '跳过')).toBeNull();
    expect(heard(optional(number({ ...words, min: 1, max: 9 })), '无')).toBeNull();
    expect(heard(optional(number({ ...words, min: 1, max: 9 })), '10')).toBe('unclear');
  });

  it('says and keeps that nothing was given', () => {
    const question = optional(phone(words));
    expect(question.optional).toBe(true);
    expect(question.personal).toBe(true);
    expect(question.show(null)).toEqual({ zh: '（未填）', en: '(left out)' });
    expect(question.schema.safeParse(null).success).toBe(true);
    expect(question.schema.safeParse('1').success).toBe(false);
    expect(phone(words).schema.safeParse(null).success).toBe(false);
    keepsItsWord(question, fc.constantFrom('无', '跳过', '13812345678'), 20);
    keepsItsWord(optional(moment({ ...words, need: 'day' })), fc.constantFrom('暂无', '明天'), 20);
  });
});
