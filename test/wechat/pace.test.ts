import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fastPace, gentlePace, noted, type Pace, unpaced, waitFor } from '../../src/bots/wechat/pace.js';

/** Says everything as soon as the pace allows and tells when each message went out. */
const run = (pace: Pace, wanted: readonly { conversation: string; parts: number; chance: number }[]) => {
  let now = 1_000_000;
  let paced = unpaced;
  const out: { conversation: string; at: number }[] = [];
  for (const { conversation, parts, chance } of wanted) {
    now += waitFor(pace, paced, now, conversation, parts);
    expect(waitFor(pace, paced, now, conversation, parts)).toBe(0);
    paced = noted(pace, paced, now, conversation, chance, parts);
    for (let part = 0; part < parts; part += 1) out.push({ conversation, at: now + part * pace.sameMs });
  }
  return out;
};

const wishes = fc.array(
  fc.record({
    conversation: fc.constantFrom('a', 'b', 'c'),
    parts: fc.integer({ min: 1, max: 4 }),
    chance: fc.double({ min: 0, max: 1, noNaN: true }),
  }),
  { maxLength: 60 },
);

describe('the pace of a person', () => {
  test.each([
    ['the first message', [], 0, 0],
    ['another one at once in the same conversation', ['a'], 0, 1000],
    ['another one a second later', ['a'], 1000, 0],
    ['another conversation, by chance after four seconds', ['b'], 0, 4000],
    ['another conversation four seconds later', ['b'], 4000, 0],
  ])('%s', (_, before, later, expected) => {
    const paced = before.reduce((state, one) => noted(gentlePace, state, 0, one, 0.5), unpaced);
    expect(waitFor(gentlePace, paced, later, 'a')).toBe(expected);
  });

  test('the forty-first message of a minute waits for the minute to end', () => {
    let paced = unpaced;
    for (let n = 0; n < 40; n += 1) paced = noted(gentlePace, paced, n * 1000, 'a', 0);
    expect(waitFor(gentlePace, paced, 40_000, 'a')).toBe(20_000);
    expect(waitFor(gentlePace, paced, 60_000, 'a')).toBe(0);
  });

  test('never goes too fast, whatever is wanted', () => {
    fc.assert(
      fc.property(wishes, (wanted) => {
        const out = run(gentlePace, wanted);
        out.forEach((one, index) => {
          const next = out[index + 1];
          if (next && next.conversation === one.conversation)
            expect(next.at - one.at).toBeGreaterThanOrEqual(1000 - 1e-6);
          if (next && next.conversation !== one.conversation)
            expect(next.at - one.at).toBeGreaterThanOrEqual(3000 - 1e-6);
          const afterForty = out[index + 40];
          if (afterForty) expect(afterForty.at - one.at).toBeGreaterThanOrEqual(60_000 - 1e-6);
        });
      }),
    );
  });

  test('a stand-in is never kept waiting', () => {
    fc.assert(fc.property(wishes, (wanted) => run(fastPace, wanted).every((one) => one.at === 1_000_000)));
  });
});
