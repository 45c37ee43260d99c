/** The addresses of the desk’s pages: forged, taken for another page, another’s, withdrawn, out of date. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPasses } from '../../src/links.js';
import { openVault } from '../../src/vault.js';
import { at } from '../event/hall.js';
import { openScene, type Scene } from '../pages/scene.js';
import { openChance } from './chance.js';
import { publishFindings } from './findings.js';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene(3, { capacity: null, inDays: 5 });
});
afterAll(() => scene?.end());

test('an address that the desk did not give out, or that is over, opens nothing', async () => {
  const { base, talk, guest, officer, linkIn, linksIn, eventId, passes, passTo } = scene;
  for (const number of [0, 1]) await talk(guest(number), '报名 W-1');
  const event = await linkIn(guest(0), '日历 W-1');
  const feed = await linkIn(guest(0), '我的日历');
  const rosters = await linksIn(officer, '导出 W-1');
  const door = await linkIn(officer, '签到码 W-1');
  const good = [event, feed, ...rosters, door];
  for (const link of good) expect((await fetch(link)).status).toBe(200);

  const tokenOf = (link: string): string =>
    new URL(link).pathname.split('/')[2]?.replace(/\.(?:ics|csv|xlsx)$/, '') ?? '';
  const chance = openChance(3);
  const changed = good.flatMap((link) =>
    Array.from({ length: 40 }, () => {
      const token = tokenOf(link);
      const place = chance.below(token.length);
      const other = chance.oneOf(['A', 'b', '7', '-', '_', '.']);
      const forged = token.slice(0, place) + (token[place] === other ? 'Z' : other) + token.slice(place + 1);
      return link.replace(token, forged);
    }),
  );
  const foreign = openPasses(openVault(Buffer.from('another key of thirty-two characters, too')));
  const until = new Date('2099-01-01');
  const forged = [
    foreign,
    {
      sign: (pass: Parameters<typeof passes.sign>[0]) =>
        passes.sign(pass).replace(/\.[\w-]{32}$/, `.${'A'.repeat(32)}`),
    },
  ].flatMap((by) => [
    `${base}/calendar/${by.sign({ kind: 'feed', personId: guest(1).personId, epoch: 0 })}.ics`,
    `${base}/calendar/${by.sign({ kind: 'event', eventId })}.ics`,
    `${base}/roster/${by.sign({ kind: 'roster', eventId, until, language: 'zh' })}.csv`,
    `${base}/door/${by.sign({ kind: 'door', eventId })}`,
  ]);
  // A rightly signed one, for a page that it does not open; of nobody, of no event.
  const misused = [
    `${base}/roster/${tokenOf(event)}.csv`,
    `${base}/roster/${tokenOf(feed)}.xlsx`,
    `${base}/roster/${tokenOf(door)}.csv`,
    `${base}/door/${tokenOf(event)}`,
    `${base}/calendar/${tokenOf(door)}.ics`,
    `${base}/calendar/${passes.sign({ kind: 'feed', personId: eventId, epoch: 0 })}.ics`,
    `${base}/calendar/${passes.sign({ kind: 'feed', personId: guest(1).personId, epoch: 1 })}.ics`,
    `${base}/door/${passes.sign({ kind: 'door', eventId: guest(0).personId })}`,
    `${rosters[0]}/../../door/${tokenOf(event)}`,
    `${base}/door/..%2f..%2fetc%2fpasswd`,
    `${base}/door/${'x'.repeat(10_000)}`,
    `${base}/calendar/%00.ics`,
    `${base}/roster/.csv`,
  ];
  const wrongly = [...changed, ...forged, ...misused];
  const opened: string[] = [];
  for (const link of wrongly) {
    const answer = await fetch(link);
    if (answer.status !== 404) opened.push(`${answer.status} ${link}`);
    else expect(await answer.json()).toEqual({ error: 'There is nothing here.' });
  }

  await linkIn(guest(0), '换日历地址');
  const withdrawn = (await fetch(feed)).status;
  await passTo(at('2026-11-24T11:00'));
  const late = await Promise.all(rosters.map(async (link) => (await fetch(link)).status));
  const over = [withdrawn, ...late].filter((status) => status === 200).length;
  publishFindings([
    { attack: 'links: changed, forged, for another page', tried: wrongly.length, gotThrough: opened.length },
    { attack: 'links: withdrawn by their owner, expired', tried: 1 + late.length, gotThrough: over },
  ]);
  expect(opened).toEqual([]);
  expect(withdrawn).toBe(404);
  expect(late).toEqual(rosters.map(() => 410));
});
