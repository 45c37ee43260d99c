/** One person says more than a desk can answer at once: the others are answered in between, and in their order. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { scale } from '../figures/report.js';
import { publishFindings } from './findings.js';
import { lina, openRunningDesk, type RunningDesk, type Someone, wang } from './running-desk.js';

let running: RunningDesk;
beforeAll(async () => {
  running = await openRunningDesk();
});
afterAll(() => running?.end());

const flooding = scale({ short: 100, full: 500 });
const others = 10;
const rounds = scale({ short: 2, full: 5 });

const other = (number: number): Someone => ({
  channel: number % 2 === 0 ? 'wechat' : 'slack',
  account: number % 2 === 0 ? '' : 'T01',
  id: `other-${number}`,
  name: `旁人${number}`,
});

const timed = async (work: Promise<unknown>): Promise<number> => {
  const begun = performance.now();
  await work;
  return performance.now() - begun;
};
const median = (all: readonly number[]): number =>
  all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0;

/** Each of the others says something and waits for the answer, as people do, some times over. */
const othersTalk = async (): Promise<readonly number[]> =>
  (
    await Promise.all(
      Array.from({ length: others }, async (_, number) => {
        const times = [];
        for (let round = 0; round < rounds; round += 1)
          times.push(await timed(running.says(other(number), '帮助')));
        return times;
      }),
    )
  ).flat();

test('a flood from one is answered in its order, and everybody else before its end', {
  timeout: 600_000,
}, async () => {
  await othersTalk();
  const calm = median(await othersTalk());

  const order: number[] = [];
  const begun = performance.now();
  const flood = Promise.all(
    Array.from({ length: flooding }, (_, number) =>
      running.says(wang, '帮助').then(() => order.push(number)),
    ),
  );
  const during = await othersTalk();
  const answeredByThen = order.length;
  await flood;
  const lasted = performance.now() - begun;

  expect(answeredByThen).toBeLessThan(flooding);
  expect(order).toEqual(Array.from({ length: flooding }, (_, number) => number));
  expect(Math.max(...during)).toBeLessThan(lasted);
  // Somebody else who comes last of all is not put behind what still waits of one person.
  const again = Promise.all(Array.from({ length: flooding / 2 }, () => running.says(wang, '我的')));
  let ended = false;
  again.then(() => {
    ended = true;
  });
  await running.says(lina, '我的');
  expect(ended).toBe(false);
  await again;

  const ratio = median(during) / calm;
  publishFindings([
    {
      attack: `floods: ${flooding} messages from one person; others who waited for its end`,
      tried: during.length,
      gotThrough: 0,
      notes: `others’ median ${Math.round(calm)} ms without it, ${Math.round(median(during))} ms with it: × ${ratio.toFixed(1)}; worst ${Math.round(Math.max(...during))} ms; the flood took ${(lasted / 1000).toFixed(1)} s`,
    },
  ]);
  process.stderr.write(
    `others × ${ratio.toFixed(1)} (${Math.round(calm)} → ${Math.round(median(during))} ms), flood ${Math.round(lasted)} ms, ${answeredByThen} of ${flooding} answered by then\n`,
  );
});
