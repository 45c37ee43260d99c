import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Bucket, isFull, paused, takeToken } from '../../src/bots/slack/pacing.js';

it('lets three through at once, then one a second', () => {
  let bucket: Bucket | undefined;
  const at = (now: number): number => {
    const taken = takeToken(bucket, now);
    bucket = taken.bucket;
    return taken.waitMs;
  };
  expect([at(0), at(0), at(0), at(0)]).toEqual([0, 0, 0, 1000]);
  expect(at(400)).toBe(600);
  expect(at(1000)).toBe(0);
  expect(at(1000)).toBe(1000);
});

it('gives nothing while Slack asks for a pause, and something right after', () => {
  const bucket = paused(1000, 30_000);
  expect(takeToken(bucket, 1000).waitMs).toBe(30_000);
  expect(takeToken(bucket, 30_500).waitMs).toBe(500);
  expect(takeToken(bucket, 31_000).waitMs).toBe(0);
  expect(isFull(bucket, 31_000)).toBe(false);
  expect(isFull(bucket, 34_000)).toBe(true);
});

it('never lets more through than the rate allows, and the wait that it names is enough', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(5000), { maxLength: 60 }), (gaps) => {
      let bucket: Bucket | undefined;
      let now = 0;
      let through = 0;
      for (const gap of gaps) {
        now += gap;
        const taken = takeToken(bucket, now);
        bucket = taken.bucket;
        if (taken.waitMs === 0) through += 1;
        else expect(takeToken(bucket, now + taken.waitMs).waitMs).toBe(0);
      }
      expect(through).toBeLessThanOrEqual(3 + now / 1000);
    }),
  );
});
