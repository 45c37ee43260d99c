/** Whatever people type: an answer each time, nothing thrown, nothing of it echoed as markup. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { render as renderSlack } from '../../src/bots/slack/render.js';
import { render as renderWeChat } from '../../src/bots/wechat/render.js';
import { answer, begin, heal, type Progress, prompt, type Step } from '../../src/core/dialogue.js';
import type { Content } from '../../src/core/message.js';
import { parse, reservedWords } from '../../src/core/parse.js';
import { openRegistry } from '../../src/core/registry.js';
import { application } from '../../src/workflows/membership/form.js';
import errand, { errandForm } from './errand.js';
import { at, contentOf, openWorkshop, says, type Workshop, zone } from './workshop.js';

const planted = [
  '<!channel>',
  '<@U01>',
  '<https://evil.example|safe>',
  '&lt;!here&gt;',
  '@所有人',
  '@all',
  '*bold* `code`',
  ':smile:',
  '你好\u202e\u2066abc',
  '\u200b\u200d\ufeff',
  '\u0000',
  '\ud800',
  '👨‍👩‍👧‍👦🏳️‍🌈',
  'e\u0301'.repeat(50),
  '\r\n\r\n',
  '同意T',
  'T-',
  'T-1T-1',
  'T-99999999',
  '申请入会 吗',
  '取消取消',
  '１２',
  '１',
  '0',
  '-1',
  '\'; drop table "Case"; --',
  '{{x}}',
  '__proto__',
  'constructor',
  '继续',
  '返回',
  '跳过',
  '提交',
  '语言 xx',
  '状态 T-1',
  '为什么',
  '填表：',
  '填表 a，b，c',
  '类别：；事项：',
  '2026-02-30',
  '99999999999999999999',
];
const piece = fc.oneof(
  fc.constantFrom(...planted),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom('园', '区', '，', '：', '\n', ' ', '　'),
);
const words = fc.oneof(
  fc.constantFrom(...planted),
  fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join('')),
  fc
    .tuple(piece, fc.integer({ min: 1000, max: 20_000 }))
    .map(([one, times]) => one.repeat(times).slice(0, 20_000)),
);

/** What Slack would act on in a post's text, and WeChat in a message. */
const expectHarmless = (content: Content) => {
  const { text, blocks } = renderSlack(content, 'post');
  expect(text).not.toMatch(/<[!@#]|<https?:/);
  expect(JSON.stringify(blocks)).not.toContain('"mrkdwn"');
  const shown = renderWeChat(content);
  expect(shown.length).toBeGreaterThan(0);
  for (const one of shown) expect(one).not.toMatch(/@(所有人|all\b)/iu);
};

test('words are read without a fault, whatever they are', () => {
  const registry = openRegistry([errand], reservedWords);
  fc.assert(
    fc.property(words, (said) => void parse(said, registry)),
    { numRuns: 500 },
  );
});

const asking = { now: at('2026-11-23T10:00'), timezone: zone };

test.each([
  ['the form of the tests', errandForm],
  ['the application for membership', application],
])('%s: every question takes them, and shows what it kept as plain text', (_, form) => {
  const check = (step: Step, message: string) => {
    if (step.kind !== 'asking') return;
    const { progress } = step;
    expect(heal(form, progress), message).toEqual(progress);
    const shown = prompt(form, { zh: '表', en: 'Form' }, progress, step.problem);
    expectHarmless({ languages: ['zh', 'en'], message: shown.message, choices: [] });
  };
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(form)), words, (name, said) => {
      const progress: Progress = { answers: {}, at: name };
      check(answer(form, progress, said, asking), name);
      check(begin(form, said, asking), 'along with the command');
    }),
    { numRuns: 300 },
  );
});

let shop: Workshop;
beforeAll(async () => {
  shop = await openWorkshop();
});
afterAll(() => shop.end());

test('a stranger gets an answer each time, also in the middle of a form', async () => {
  let strangers = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(words, { minLength: 1, maxLength: 4 }),
      fc.boolean(),
      fc.string({ unit: 'binary', maxLength: 60 }),
      async (all, inForm, name) => {
        strangers += 1;
        const stranger = {
          channel: strangers % 2 ? 'wechat' : 'slack',
          account: strangers % 2 ? '' : 'T01',
          id: `stranger-${strangers}`,
          name,
        } as const;
        if (inForm) await shop.talk(stranger, '填表');
        for (const text of all) {
          const before = await shop.database.outbox.count({ where: { conversation: stranger.id } });
          await shop.answer(says(stranger, text));
          const posts = await shop.database.outbox.findMany({
            where: { conversation: stranger.id },
            orderBy: { id: 'asc' },
          });
          expect(posts.length).toBeGreaterThan(before);
          for (const post of posts.slice(before)) {
            expect(contentOf(post).message.text.zh).not.toMatch(/^抱歉，处理时出了点问题/);
            expectHarmless(contentOf(post));
          }
        }
        expect(await shop.database.inbox.count({ where: { doneAt: null } })).toBe(0);
      },
    ),
    { numRuns: 40, interruptAfterTimeLimit: 12_000, markInterruptAsFailure: false },
  );
});
