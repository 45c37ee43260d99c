import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sentAtOf } from '../../src/bots/wechat/intake.js';
import { readMention, withoutQuote } from '../../src/bots/wechat/words.js';

const names = ['联盟小秘', '秘书处(小秘)'];

describe('a mention', () => {
  test.each([
    ['@联盟小秘\u2005赞成', '赞成'],
    ['@联盟小秘 赞成', '赞成'],
    ['＠联盟小秘　赞成', '赞成'],
    ['@联盟小秘，赞成', '赞成'],
    ['@联盟小秘：赞成', '赞成'],
    ['我赞成 @联盟小秘', '我赞成'],
    ['@联盟小秘', ''],
    ['@秘书处(小秘)\u2005赞成', '赞成'],
    ['@联盟小秘 @秘书处(小秘) 赞成', '赞成'],
  ])('is heard in %j', (words, text) => {
    expect(readMention(words, names, false)).toEqual({ mentioned: true, text });
  });

  test.each(['联盟小秘 赞成', '@联盟小秘书 赞成', '@王芳 赞成', '赞成'])('is not heard in %j', (words) => {
    expect(readMention(words, names, false)).toEqual({ mentioned: false, text: words });
  });

  test.each([
    ['@新名字\u2005赞成', '赞成'],
    ['@New Name\u2005赞成', '赞成'],
    ['@新名字 赞成', '赞成'],
  ])('that the network lists is heard under a name nobody knows yet: %j', (words, text) => {
    expect(readMention(words, names, true)).toEqual({ mentioned: true, text });
  });

  test('never fails, whatever the names and the words are', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string()), fc.boolean(), (words, some, listed) => {
        expect(readMention(words, some, listed).text.length).toBeLessThanOrEqual(words.length);
      }),
    );
  });
});

describe('a quote', () => {
  test.each([
    ['「王芳：不同意」\n- - - - - - - - - - - - - - -\n同意', '同意'],
    ['「王芳：第一行\n第二行」\n- - - - - - -\n同意', '同意'],
    ['「联盟」很好', '「联盟」很好'],
    ['同意\n- - - - -\n签名', '同意\n- - - - -\n签名'],
    [
      '<?xml version="1.0"?><msg><appmsg><title>1 &lt; 2 &#x1F44D;</title><type>57</type><refermsg><type>1</type><content>&lt;title&gt;假&lt;/title&gt;</content></refermsg></appmsg></msg>',
      '1 < 2 👍',
    ],
    ['<msg><appmsg><title><![CDATA[同意]]></title><type>57</type></appmsg></msg>', '同意'],
    [
      '<msg><appmsg><title>链接</title><type>5</type></appmsg></msg>',
      '<msg><appmsg><title>链接</title><type>5</type></appmsg></msg>',
    ],
  ])('%j says %j', (words, own) => {
    expect(withoutQuote(words)).toBe(own);
  });
});

test('a time is read in seconds and in milliseconds', () => {
  const now = new Date('2026-11-28T06:00:00Z');
  expect(sentAtOf(1_795_845_600, now)).toEqual(new Date(1_795_845_600_000));
  expect(sentAtOf(1_795_845_600_123, now)).toEqual(new Date(1_795_845_600_123));
  expect(sentAtOf(0, now)).toBe(now);
  expect(sentAtOf(Number.NaN, now)).toBe(now);
});
