import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { render, withoutCallToAll } from '../../src/bots/wechat/render.js';
import { partLength, split } from '../../src/bots/wechat/split.js';
import type { Content } from '../../src/core/message.js';
import { same } from '../../src/core/text.js';

const full: Content = {
  languages: ['zh'],
  message: {
    title: { zh: '入会申请 M-12', en: 'Application M-12' },
    text: { zh: '请您审批。', en: 'Please decide.' },
    facts: [
      { label: { zh: '园区', en: 'Park' }, value: same('陶溪川') },
      { label: { zh: '省份', en: 'Province' }, value: { zh: '江西', en: 'Jiangxi' } },
    ],
  },
  choices: [
    { offer: 'x', number: 1, label: { zh: '批准', en: 'Approve' }, style: 'primary' },
    { offer: 'y', number: 2, label: { zh: '拒绝', en: 'Decline' } },
  ],
};

describe('a message on WeChat', () => {
  test('has its title first, then text and facts, and the numbers to answer with', () => {
    expect(render(full)).toEqual([
      '入会申请 M-12\n请您审批。\n园区：陶溪川\n省份：江西\n回复 1 批准 · 2 拒绝',
    ]);
    expect(render({ ...full, languages: ['en'] })).toEqual([
      'Application M-12\nPlease decide.\nPark: 陶溪川\nProvince: Jiangxi\nReply 1 for Approve, 2 for Decline',
    ]);
  });

  test('in two languages has a blank line between them and each menu once', () => {
    const [text = ''] = render({ ...full, languages: ['zh', 'en'] });
    expect(text.split('\n\n')).toHaveLength(2);
    expect(text.match(/回复/g)).toHaveLength(1);
    expect(text.match(/Reply/g)).toHaveLength(1);
  });

  test('says how it was settled instead of offering choices', () => {
    const settled = { ...full, choices: [], settled: { zh: '已由王芳批准。', en: 'Approved by 王芳.' } };
    expect(render(settled)[0]).toMatch(/省份：江西\n已由王芳批准。$/);
  });

  test('shows no choice that has no number: its words are in the text', () => {
    const choices = full.choices.map((choice) => ({ ...choice, number: 0 }));
    expect(render({ ...full, choices })[0]).toMatch(/省份：江西$/);
  });

  test('puts a long menu on lines of its own', () => {
    const choices = [
      '北京',
      '上海',
      '天津',
      '重庆',
      '内蒙古自治区',
      '广西壮族自治区',
      '新疆维吾尔自治区',
    ].map((name, index) => ({ offer: name, number: index + 1, label: same(name.repeat(3)) }));
    expect(render({ ...full, choices })[0]).toContain('\n请回复编号：\n1 北京北京北京\n2 上海上海上海\n');
  });

  test.each(['@所有人', '@all', '@ALL hands', '@ 所有人', '@全体成员'])('%s wakes nobody', (words) => {
    const text = render({ languages: ['zh'], message: { text: same(`园区${words}`) }, choices: [] }).join('');
    expect(text).not.toContain('@');
    expect(text).toContain('＠');
  });

  test('leaves other @ alone', () => {
    expect(withoutCallToAll('a@allied.cn @王芳')).toBe('a@allied.cn @王芳');
  });
});

describe('a long text', () => {
  const bare = (text: string) => text.replace(/\s/gu, '');
  const unnumbered = (part: string) => part.replace(/^\(\d+\/\d+\) /, '');
  const writing = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 3000 }),
    fc
      .array(
        fc.constantFrom(
          '园区申请入会。',
          'One sentence. ',
          '字'.repeat(700),
          '\n',
          '👨‍👩‍👧‍👦',
          '\n\n',
          'x',
          '1.5 ',
        ),
        {
          maxLength: 300,
        },
      )
      .map((pieces) => pieces.join('')),
  );

  test('goes out in parts of at most 600 characters, and nothing is lost', () => {
    fc.assert(
      fc.property(writing, (text) => {
        const parts = split(text);
        for (const part of parts) expect(part.length).toBeLessThanOrEqual(partLength);
        const whole = parts.length === 1 ? parts[0] : parts.map(unnumbered).join('');
        expect(bare(whole ?? '')).toBe(bare(text));
      }),
    );
  });

  test('is cut at line ends and numbered', () => {
    const lines = Array.from({ length: 60 }, (_, n) => `第${n}行：${'字'.repeat(15)}`);
    const parts = split(lines.join('\n'));
    expect(parts.length).toBeGreaterThan(1);
    parts.forEach((part, index) => {
      expect(part.startsWith(`(${index + 1}/${parts.length}) 第`)).toBe(true);
    });
    expect(parts.map(unnumbered).join('\n')).toBe(lines.join('\n'));
  });

  test('of one line is cut at sentence ends', () => {
    const parts = split('联盟理事会审议通过了本次议案。'.repeat(80));
    for (const part of parts) expect(part.endsWith('。')).toBe(true);
  });

  test('without any sentence is cut between characters, not inside one', () => {
    for (const part of split('👨‍👩‍👧‍👦'.repeat(200))) expect(unnumbered(part)).toMatch(/^(?:👨‍👩‍👧‍👦)+$/u);
  });
});
