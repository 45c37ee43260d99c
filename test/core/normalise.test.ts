import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalise, readYesNo } from '../../src/core/normalise.js';

describe('words are compared as', () => {
  it.each([
    ['２', '2'],
    ['2️⃣', '2'],
    ['①', '1'],
    ['＋１', '+1'],
    ['👍🏻', '👍'],
    ['✔️', '✔'],
    ['贊成', '赞成'],
    ['報名', '报名'],
    ['週五', '周五'],
    ['棄權', '弃权'],
    ['Ａｐｐｌｙ', 'apply'],
    ['  Apply   Now ', 'apply now'],
    ['同意。', '同意'],
    ['同意！！！', '同意'],
    ['同意…', '同意'],
    ['同意～', '同意'],
    ['1、', '1'],
    ['陶瓷、丝绸，茶', '陶瓷,丝绸,茶'],
    ['同\u200b意\ufeff', '同意'],
    ['投票\u2005赞成', '投票 赞成'],
    ['第一行\n第二行', '第一行 第二行'],
    ['？', '?'],
    ['11月28日（周六）', '11月28日(周六)'],
    ['', ''],
  ])('“%s” is “%s”', (typed, expected) => {
    expect(normalise(typed)).toBe(expected);
  });

  it('a second time changes nothing', () => {
    const typed = fc.string({
      unit: fc.constantFrom(...'ａＢ 2️⃣。、，贊後週！?～…👍🏻\u200b\u3000\n@.,:赞成不同意'),
    });
    fc.assert(
      fc.property(typed, (words) => {
        expect(normalise(normalise(words))).toBe(normalise(words));
      }),
    );
  });
});

describe('yes and no', () => {
  const yes = `是 对 好 行 可以 确认 同意 贊成 支持 没问题 沒問題 嗯 嗯嗯 好好好 是的 好的 可以的 对的。 是啊 好，谢谢 要 有
    OK okay Yes yes. y yep sure correct 👍 👍🏻 ✅ ✔️ 👌 [强] [OK] /:ok tongyi`;
  const no = `否 不 不是 不对 不行 不可以 不同意 不贊成 反对 反對 没有 沒有 不用 不用了 不用谢谢 错了 不不不 不是的
    No no! n nope disagree wrong 👎 👎🏿 ❌ [弱]`;
  it.each(yes.trim().split(/\s+/))('%s is a yes', (words) => {
    expect(readYesNo(words)).toBe(true);
  });
  it.each(no.trim().split(/\s+/))('%s is a no', (words) => {
    expect(readYesNo(words)).toBe(false);
  });
  it.each([
    ['yes please', true],
    ['no, thanks', false],
    ['no problem', true],
    ["that's right", true],
    ['No no no', false],
    ['No, no!', false],
    ['ok ok', true],
  ])('%s is %s', (words, expected) => {
    expect(readYesNo(words)).toBe(expected);
  });

  it.each([
    '',
    '1',
    '2',
    '可以吗',
    '不确定',
    '不知道',
    '我同意',
    '同意不同意',
    '不太好',
    '好像不是',
    '同',
    '是不是',
    'maybe',
    'y es',
    ',,,,,,,,,,,,,,,,,,,,,,,,,,,,,,x',
    'yes or no',
    'not sure',
    '谢谢',
    '的',
    '报名',
  ])('“%s” is neither', (words) => {
    expect(readYesNo(words)).toBeUndefined();
  });
});
