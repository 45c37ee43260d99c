import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formView } from '../../src/bots/slack/form.js';
import { homeView } from '../../src/bots/slack/home.js';
import { render } from '../../src/bots/slack/render.js';
import { pieces, truncate } from '../../src/bots/slack/truncate.js';
import type { Content } from '../../src/core/message.js';
import { same, type Text } from '../../src/core/text.js';
import { allBlocksLimit, messageBlocks, view } from '../../src/standins/slack/limits.js';
import { question } from './set-up.js';

const choice = (number: number, zh: string, en: string) => ({
  offer: `offer-${number}`,
  number,
  label: { zh, en },
});

const decision: Content = {
  languages: ['zh', 'en'],
  message: {
    title: { zh: '入会申请 M-1', en: 'Application M-1' },
    text: { zh: '请审批。', en: 'Please decide.' },
    facts: [{ label: { zh: '园区', en: 'Park' }, value: same('陶溪川') }],
  },
  choices: [
    { ...choice(1, '批准', 'Approve'), style: 'primary' },
    { ...choice(2, '退回', 'Decline'), style: 'danger', form: true },
  ],
};

describe('a message', () => {
  it('in both languages: Chinese, English, then the buttons once', () => {
    const { text, blocks } = render(decision, 'post');
    expect(text).toBe(
      '入会申请 M-1\n请审批。\n园区：陶溪川\n\nApplication M-1\nPlease decide.\nPark: 陶溪川\n\n' +
        '1. 批准 Approve\n2. 退回 Decline',
    );
    expect(blocks.map((one) => one.type)).toEqual([
      'header',
      'section',
      'section',
      'header',
      'section',
      'section',
      'actions',
    ]);
    expect(blocks.at(-1)).toMatchObject({
      elements: [
        { text: { text: '批准 Approve' }, value: 'offer-1', action_id: 'offer:1', style: 'primary' },
        { text: { text: '退回 Decline' }, value: 'offer-2', action_id: 'offer:form:2', style: 'danger' },
      ],
    });
  });

  it('has no two buttons with the same action, with or without numbers', () => {
    const choices = [0, 0, 1, 2].map((number, at) => ({
      offer: `offer-${at}`,
      number,
      label: same(`choice ${at}`),
    }));
    const { blocks } = render({ languages: ['en'], message: { text: same('M-1') }, choices }, 'post');
    const [buttons] = blocks.filter((block) => block.type === 'actions');
    const actions = buttons?.elements.map((button) => ('action_id' in button ? button.action_id : undefined));
    expect(actions).toEqual(['offer:00', 'offer:01', 'offer:1', 'offer:2']);
  });

  it('that reads the same in both languages is shown once', () => {
    const { blocks } = render(
      { languages: ['zh', 'en'], message: { text: same('M-1') }, choices: [] },
      'post',
    );
    expect(blocks).toHaveLength(1);
  });

  it('loses its buttons when it is settled, and says why', () => {
    const settled = { zh: '已由王芳批准。', en: 'Approved by Wang Fang.' };
    const { text, blocks } = render({ ...decision, settled }, 'edit');
    expect(blocks.some((one) => one.type === 'actions')).toBe(false);
    expect(blocks.at(-1)).toMatchObject({
      type: 'context',
      elements: [{ text: '已由王芳批准。 Approved by Wang Fang.' }],
    });
    expect(text).toContain('已由王芳批准。');
    expect(text).not.toContain('1. 批准');
  });

  it('wakes nobody, whatever a park is called', () => {
    const name = '<!channel> *x* <@U01> &lt;';
    const { text, blocks } = render(
      { languages: ['zh'], message: { text: same(name) }, choices: [] },
      'post',
    );
    expect(text).toBe('&lt;!channel&gt; *x* &lt;@U01&gt; &amp;lt;');
    expect(blocks).toEqual([{ type: 'section', text: { type: 'plain_text', text: name, emoji: false } }]);
  });

  it('with more choices than buttons names the rest by number', () => {
    const choices = Array.from({ length: 30 }, (_, at) => choice(at + 1, `园区${at + 1}`, `Park ${at + 1}`));
    const { text, blocks } = render({ ...decision, languages: ['zh'], choices }, 'post');
    expect(JSON.stringify(blocks)).toContain('30. 园区30');
    expect(JSON.stringify(blocks)).toContain('请直接回复序号');
    expect(text).toContain('30. 园区30');
  });
});

const words = (maxLength: number) =>
  fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: Math.min(maxLength, 300) }),
    fc.string({ unit: 'binary', maxLength: Math.min(maxLength, 300) }),
    fc
      .tuple(
        fc.constantFrom('园', '👩‍👩‍👧‍👦', '&', '<!channel>', '"', '\n', 'é', '🇨🇳', '\u0001', '\ud83d'),
        fc.nat(maxLength),
      )
      .map(([unit, times]) => unit.repeat(times)),
  );
const text = (maxLength: number): fc.Arbitrary<Text> =>
  fc.record({ zh: words(maxLength), en: words(maxLength) });
const contents: fc.Arbitrary<Content> = fc.record(
  {
    languages: fc.constantFrom<Content['languages']>(['zh'], ['en'], ['zh', 'en']),
    message: fc.record(
      {
        title: text(400),
        text: text(12_000),
        facts: fc.array(fc.record({ label: text(300), value: text(2500) }), { maxLength: 24 }),
      },
      { requiredKeys: ['text'] },
    ),
    choices: fc
      .array(fc.record({ label: text(200), style: fc.constantFrom('primary' as const, 'danger' as const) }), {
        maxLength: 40,
      })
      .map((all) => all.map((one, at) => ({ ...one, number: at + 1, offer: crypto.randomUUID() }))),
    settled: text(4000),
  },
  { requiredKeys: ['languages', 'message', 'choices'] },
);

describe('any message', () => {
  it('keeps every limit of Slack, as a post and as an edit', () => {
    fc.assert(
      fc.property(contents, fc.constantFrom('post' as const, 'edit' as const), (content, use) => {
        const rendered = render(content, use);
        expect(messageBlocks.safeParse(rendered.blocks).error).toBeUndefined();
        expect(JSON.stringify(rendered.blocks).length).toBeLessThan(allBlocksLimit);
        expect(rendered.text).not.toBe('');
        expect(rendered.text).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/);
        expect(rendered.text.isWellFormed()).toBe(true);
        if (use === 'edit') expect(Buffer.byteLength(rendered.text)).toBeLessThanOrEqual(4000);
        else expect(rendered.text.length).toBeLessThanOrEqual(40_000);
      }),
      { numRuns: 80 },
    );
  });

  it('has everything in its text as long as there is room', () => {
    fc.assert(
      fc.property(contents, (content) => {
        const { text: whole } = render(content, 'post');
        if (whole.endsWith('…')) return;
        for (const one of content.settled ? [] : content.choices) expect(whole).toContain(`${one.number}. `);
      }),
      { numRuns: 50 },
    );
  });
});

describe('shortening', () => {
  it('never cuts a character as a reader sees it', () => {
    expect(truncate('陶溪川👩‍👩‍👧‍👦好', 10)).toBe('陶溪川…');
    expect(truncate('陶溪川', 3)).toBe('陶溪川');
    expect(truncate('e\u0301e\u0301e\u0301', 5)).toBe('e\u0301e\u0301…');
  });
  it('loses nothing but blanks when it only divides', () => {
    fc.assert(
      fc.property(words(3000), fc.integer({ min: 20, max: 500 }), (long, limit) => {
        const parts = pieces(long.toWellFormed(), limit);
        expect(parts.every((part) => part.length <= limit)).toBe(true);
        expect(parts.join('').replace(/\s/g, '')).toBe(long.toWellFormed().replace(/\s/g, ''));
      }),
    );
  });
});

describe('any form and home page', () => {
  const kinds = ['text', 'choice', 'choices', 'yesNo', 'number', 'moment', 'phone', 'creditCode'] as const;
  const someText = text(4000).map(({ zh, en }) => ({ zh: `问${zh}`, en: `Q${en}` }));
  const questions = fc.record({
    kind: fc.constantFrom(...kinds),
    label: someText,
    hint: someText,
    optional: fc.boolean(),
    options: fc
      .array(someText, { maxLength: 120 })
      .map((labels) => labels.map((label, at) => ({ id: `o${at}`, label }))),
  });

  it('keep the limits of views', () => {
    const forms = fc.array(fc.tuple(questions, words(4000)), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(forms, someText, (all, title) => {
        const form = {
          dialogue: crypto.randomUUID(),
          command: 'membership.apply',
          title,
          language: 'zh' as const,
          questions: all.map(([one, initial], at) => ({
            name: `q${at}`,
            question: question(one.kind, one),
            initial,
          })),
        };
        expect(view.safeParse(formView(form, { id: 'C1', kind: 'room' })).error).toBeUndefined();
      }),
      { numRuns: 40 },
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(text(5000), fc.nat(30)), { maxLength: 60 }), (all) => {
        const items = all.map(([message, count]) => ({
          message,
          choices: Array.from({ length: count }, (_, at) => choice(at + 1, '好', 'OK')),
        }));
        expect(view.safeParse(homeView('zh', items)).error).toBeUndefined();
      }),
      { numRuns: 20 },
    );
  });
});
