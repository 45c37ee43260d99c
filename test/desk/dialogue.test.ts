/** A form being filled in, step by step, without a desk. */
import { describe, expect, test } from 'vitest';
import {
  answer,
  back,
  begin,
  heal,
  type Progress,
  prompt,
  type Step,
  skip,
  summary,
} from '../../src/core/dialogue.js';
import { optional, text } from '../../src/core/questions.js';
import { errandForm as form } from './errand.js';
import { at, zone } from './workshop.js';

const asking = { now: at('2026-11-23T10:00'), timezone: zone };
const title = { zh: '填表', en: 'Fill in' };

const progressOf = (step: Step): Progress => {
  if (step.kind === 'complete') throw new Error('the form is complete');
  return step.progress;
};
/** Where one is after saying these one after the other. */
const say = (start: Step, ...words: readonly string[]): Step =>
  words.reduce((step, said) => answer(form, progressOf(step), said, asking), start);
const start = () => begin(form, '', asking);
const problem = (step: Step) => (step.kind === 'asking' ? step.problem?.zh : undefined);
const filled = () => say(start(), '送花', '送件', '12月1日', '是', '3', '是');

test('one question after the other, then the summary, then done', () => {
  expect(progressOf(start())).toMatchObject({ at: 'what', answers: {} });
  const done = filled();
  expect(progressOf(done)).toMatchObject({
    at: summary,
    answers: { what: '送花', kind: 'bring', pieces: 3, heavy: true },
  });
  expect(prompt(form, title, progressOf(done)).message.text.zh).toMatch(
    /1 事项：送花\n2 类别：送件\n3 日期：2026年12月1日/,
  );
  expect(say(done, '提交')).toMatchObject({ kind: 'complete', answers: { what: '送花' } });
});

describe('several answers at once', () => {
  test('with the command, in the order of the questions', () => {
    expect(progressOf(begin(form, '送花，送件', asking))).toMatchObject({
      at: 'day',
      answers: { what: '送花', kind: 'bring' },
    });
  });
  test('by their labels, in any order', () => {
    expect(progressOf(say(start(), '类别：取件；事项：送花；件数：5'))).toMatchObject({
      at: 'day',
      answers: { what: '送花', kind: 'fetch', pieces: 5 },
    });
    expect(progressOf(say(start(), 'Errand: flowers\nKind: bring'))).toMatchObject({
      answers: { what: 'flowers', kind: 'bring' },
    });
  });
  test('commas in a text are commas, unless all parts fit and one is more than text', () => {
    expect(progressOf(say(start(), '送花，很多花'))).toMatchObject({
      at: 'kind',
      answers: { what: '送花，很多花' },
    });
    expect(progressOf(say(start(), '送花、草、树、石、沙、水'))).toMatchObject({ at: 'kind' });
  });
  test('one that is wrong is asked for again with what is the matter, and keeps the others', () => {
    const step = say(start(), '送花', '寄件');
    expect(problem(step)).toMatch(/选项里没有“寄件”/);
    expect(progressOf(step)).toMatchObject({ at: 'kind', answers: { what: '送花' } });
  });
});

describe('an answer that is said back', () => {
  const echoed = () => say(start(), '送花', '送件', '12月1日');
  test('waits for a yes', () => {
    expect(prompt(form, title, progressOf(echoed())).message.text).toMatchObject({
      zh: expect.stringMatching(/^2026年12月1日.*，对吗？$/),
    });
    for (const yes of ['是', '1', '对的', 'yes', '👌'])
      expect(progressOf(say(echoed(), yes))).toMatchObject({ at: 'pieces' });
  });
  test('a no asks again, another answer replaces it', () => {
    for (const no of ['否', '2', 'no', '不对']) {
      const step = say(echoed(), no);
      expect(progressOf(step)).toMatchObject({ at: 'day' });
      expect(progressOf(step).echoed).toBeUndefined();
    }
    expect(progressOf(say(echoed(), '12月2日')).echoed).toMatch(/^2026-12-0[12]/);
    expect(progressOf(say(echoed(), '12月2日')).echoed).not.toBe(progressOf(echoed()).echoed);
  });
  test('back takes it away', () => {
    expect(back(form, progressOf(echoed()))).toEqual({ answers: progressOf(echoed()).answers, at: 'day' });
  });
});

test('back goes one question back and stays at the first; the answer given before is kept until it is replaced', () => {
  const third = progressOf(say(start(), '送花', '送件'));
  const second = back(form, third);
  expect(second.at).toBe('kind');
  expect(back(form, back(form, second)).at).toBe('what');
  expect(progressOf(answer(form, second, '取件', asking))).toMatchObject({
    at: 'day',
    answers: { kind: 'fetch' },
  });
  expect(back(form, progressOf(filled())).at).toBe('heavy');
});

test('only what is optional can be skipped', () => {
  expect(problem(skip(form, progressOf(start())))).toBe('这一项不能跳过。');
  const pieces = say(start(), '送花', '送件', '12月1日', '是');
  expect(progressOf(skip(form, progressOf(pieces)))).toMatchObject({
    at: 'heavy',
    answers: { pieces: null },
  });
});

describe('from the summary', () => {
  test('one answer is corrected, and the summary comes again', () => {
    const correcting = say(filled(), '1');
    expect(progressOf(correcting)).toMatchObject({ at: 'what', correcting: true });
    // What looks like several answers is one here.
    expect(progressOf(say(correcting, '送花，送件'))).toMatchObject({
      at: summary,
      answers: { what: '送花，送件', kind: 'bring' },
    });
    expect(progressOf(say(filled(), '3', '12月5日', '是'))).toMatchObject({ at: summary });
  });
  test.each(['提交', '确认', '好的', 'SUBMIT', '是'])('%s hands it in', (word) => {
    expect(say(filled(), word).kind).toBe('complete');
  });
  test.each(['0', '6', '99', '再想想', '不', '', '提交吗？', '1.'])(
    '“%s” changes nothing or corrects',
    (word) => {
      const step = say(filled(), word);
      expect(step.kind).toBe('asking');
      expect(problem(step) !== undefined || progressOf(step).at === 'what').toBe(true);
    },
  );
});

describe('a form that changed while it was open', () => {
  const stored = progressOf(filled());
  test('drops what is gone, and asks for what is new', () => {
    const { pieces: _, ...without } = form;
    const place = text({ label: { zh: '地点', en: 'Place' }, ask: { zh: '哪里？', en: 'Where?' } });
    const healed = heal({ ...without, place }, stored);
    expect(healed.at).toBe('place');
    expect(Object.keys(healed.answers).sort()).toEqual(['day', 'heavy', 'kind', 'what']);
  });
  test('asks again for an answer that does not fit any more', () => {
    const what = text({ label: form.what.label, ask: form.what.ask, min: 10 });
    expect(heal({ ...form, what }, stored)).toMatchObject({ at: 'what' });
    expect(
      heal(form, { answers: { ...stored.answers, kind: 'carry', heavy: 'very' }, at: summary }),
    ).toMatchObject({
      at: 'kind',
    });
  });
  test('goes on where the open question is gone, and stays as it is where nothing changed', () => {
    expect(heal(form, { answers: { what: '送花' }, at: 'colour' })).toMatchObject({ at: 'kind' });
    expect(heal(form, stored)).toBe(stored);
  });
  test('a question that became optional keeps its answer', () => {
    expect(heal({ ...form, what: optional(form.what) }, stored)).toBe(stored);
  });
});
