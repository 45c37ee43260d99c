/** The page for the entrance: what is on it, what a camera reads, and how it looks in a browser. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import jsQR from 'jsqr';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { at } from '../event/hall.js';
import { openScene, type Scene } from './scene.js';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene(2, { capacity: null, inDays: 2 });
});
afterEach(() => scene.end());

const doorLink = async (): Promise<string> => scene.linkIn(scene.officer, '签到码 W-1');
const page = async (link: string): Promise<string> => {
  const response = await fetch(link);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(response.headers.get('cache-control')).toBe('no-store');
  return response.text();
};

/** What a camera reads from the picture on the page, each of its modules four pixels wide. */
const scan = (html: string): string | undefined => {
  const modules = Number(/<svg[^>]* viewBox="0 0 (\d+) \1"/.exec(html)?.[1]);
  const [width, scale] = [modules * 4, 4];
  const pixels = new Uint8ClampedArray(width * width * 4).fill(255);
  for (const [, x = '', y = ''] of html.matchAll(/M(\d+) (\d+)h1v1h-1z/g)) {
    for (let row = 0; row < scale; row += 1) {
      const from = ((Number(y) * scale + row) * width + Number(x) * scale) * 4;
      for (let pixel = from; pixel < from + scale * 4; pixel += 4) pixels.fill(0, pixel, pixel + 3);
    }
  }
  return jsQR(pixels, width, width, { inversionAttempts: 'dontInvert' })?.data;
};

test('tells what, when and where, and how many have come', async () => {
  const { talk, guest, passTo } = scene;
  for (const number of [0, 1]) await talk(guest(number), '报名 W-1');
  const link = await doorLink();
  const early = await page(link);
  for (const words of [
    '陶瓷工作坊',
    '2026年11月25日（周三）14:00–17:00',
    'Wed 25 Nov 2026',
    '一号厅',
    '4821',
  ])
    expect(early).toContain(words);
  expect(early).toContain('签到从2026年11月25日（周三）13:00开始');
  expect(early).toContain('<strong>0</strong>');
  await passTo(at('2026-11-25T13:10'));
  await talk(guest(0), '到了 W-1 4821');
  const later = await page(link);
  expect(later).not.toContain('Check-in opens');
  expect(later).toContain('<strong>1</strong>');
  expect(later).not.toContain(guest(0).name);
});

test('the QR code holds the very words that check somebody in', async () => {
  const { talk, guest, passTo, database } = scene;
  await talk(guest(0), '报名 W-1');
  const words = scan(await page(await doorLink()));
  expect(words).toBe('到了 W-1 4821');
  await passTo(at('2026-11-25T13:10'));
  expect((await talk(guest(0), words ?? '')).join()).toContain('已签到');
  const { cameAt } = await database.attendee.findFirstOrThrow({ where: { personId: guest(0).personId } });
  expect(cameAt).not.toBeNull();
});

test('says no code any more once the event is over or called off', async () => {
  const { passTo, talk, officer } = scene;
  const link = await doorLink();
  await talk(officer, '取消活动 W-1 停电了');
  const off = await page(link);
  expect(off).toContain('活动已取消');
  expect(off).not.toContain('4821');
  await scene.database.case.updateMany({ where: { ref: 'W-1' }, data: { state: 'over' } });
  await passTo(at('2026-11-25T18:00'));
  const over = await page(link);
  expect(over).toContain('签到已结束');
  expect(over).not.toContain('4821');
});

test('shows what people typed as text, and runs nothing', async () => {
  const { database, eventId } = scene;
  const title = `<script>alert(1)</script><img src=x onerror="alert('2')"> & 工作坊`;
  await database.event.update({ where: { caseId: eventId }, data: { title, place: '"><b>一号厅</b>' } });
  const link = await doorLink();
  const html = await page(link);
  expect(html).not.toMatch(/<script|<img|<b>/);
  expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  const policy = (await fetch(link)).headers.get('content-security-policy');
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain('script-src');
  expect(policy).not.toContain('unsafe-inline');
});

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const found = existsSync(executablePath);
if (!found && !process.env.CI)
  console.warn(`Left out: the door in a browser; there is no ${executablePath}.`);

describe.skipIf(!found && !process.env.CI)('in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    const args = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'];
    browser = await chromium.launch({ executablePath, args });
  });
  afterAll(() => browser?.close());

  test.each([
    ['screen', 1280, 720],
    ['tall screen', 1080, 1920],
    ['phone', 390, 844],
  ])(
    'on a %s it has its styles, a code to be seen, and nothing beyond the edges',
    async (name, width, height) => {
      const title = '长三角与西南园区陶瓷数字化、非遗展陈与文旅融合工作坊（第三期）';
      await scene.database.event.update({ where: { caseId: scene.eventId }, data: { title } });
      const link = await doorLink();
      const seen = await browser.newPage({ viewport: { width, height } });
      const refused: string[] = [];
      seen.on('console', (message) => refused.push(message.text()));
      await seen.goto(link);
      expect(refused).toEqual([]);
      const code = await seen.locator('.code').boundingBox();
      expect(code?.height).toBeGreaterThan(50);
      const qr = await seen.locator('svg').boundingBox();
      expect(qr?.width).toBeGreaterThan(150);
      expect(qr?.y).toBeLessThan(height);
      expect(await seen.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      expect(await seen.evaluate('document.documentElement.scrollHeight')).toBeLessThanOrEqual(height);
      if (process.env.SCREENSHOTS)
        await seen.screenshot({ path: join(process.env.SCREENSHOTS, `door-${name}.png`), fullPage: true });
      await seen.close();
    },
  );
});
