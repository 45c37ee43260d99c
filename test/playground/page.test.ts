import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config.js';
import { openLog } from '../../src/log.js';
import { type RunningDesk, startDesk } from '../../src/main.js';
import { type Database, openDatabase } from '../../src/store/database.js';
import { type FreshDatabase, freshDatabase } from '../database.js';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const found = existsSync(executablePath);
if (!found && !process.env.CI)
  console.warn(`Left out: the playground in a browser; there is no ${executablePath}.`);

const quietly = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

describe.skipIf(!found && !process.env.CI)('the playground in a browser', () => {
  let fresh: FreshDatabase;
  let database: Database;
  let dataDir: string;
  let running: RunningDesk;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    fresh = await freshDatabase();
    database = openDatabase(fresh.url, 1);
    dataDir = await mkdtemp(join(tmpdir(), 'playground-'));
    const config = readConfig({ DATA_DIR: dataDir, DATABASE_URL: fresh.url, LOG_LEVEL: 'silent' });
    running = await startDesk(
      { ...config, port: { number: 0, named: true } },
      openLog('silent'),
      () => undefined,
    );
    browser = await chromium.launch({ executablePath, args: quietly });
    page = await browser.newPage({ viewport: { width: 1440, height: 860 } });
    page.setDefaultTimeout(15_000);
    await page.goto(`http://127.0.0.1:${running.port}/playground`);
  });

  afterAll(async () => {
    await browser?.close();
    await running?.stop();
    await database?.$disconnect();
    await fresh?.drop();
    await rm(dataDir, { recursive: true, force: true });
  });

  const column = (at: number): Locator => page.locator('.column').nth(at);
  const stranger = () => column(0);
  const officer = () => column(1);
  const council = () => column(2);

  const say = async (where: Locator, text: string) => {
    await where.locator('form.send input').fill(text);
    await where.locator('form.send button').click();
  };
  const hears = (where: Locator, text: string) => where.locator('.said', { hasText: text }).last().waitFor();
  const shot = async (name: string) => {
    if (process.env.SCREENSHOTS)
      await page.screenshot({ path: join(process.env.SCREENSHOTS, `${name}.png`) });
  };

  test('a park applies, the officer asks for more in a form, and a reminder comes when time moves on', async () => {
    await say(stranger(), '你好');
    await hears(stranger(), '联盟小秘');
    await say(
      stranger(),
      '申请入会 <b>陶溪川</b>，91360200MA35F3QK8U，江西，工艺美术，陶瓷与市集，180，刘子力，李伟，13807980001，同意，同意',
    );
    await hears(stranger(), '请核对');
    await say(stranger(), '提交');
    await hears(stranger(), '编号 M-1');

    await hears(officer(), '新的入会申请');
    // What people typed stands there as they typed it, and is no markup of the page.
    expect(await officer().locator('.said b').count()).toBe(0);
    await shot('applied');
    await officer().getByRole('button', { name: '受理' }).click();
    await hears(officer(), 'M-1 由您受理');
    await expect
      .poll(() => officer().getByRole('button', { name: '受理' }).count(), { timeout: 10_000 })
      .toBe(0);

    await officer().getByRole('button', { name: '补件' }).click();
    const form = officer().locator('.sheet form');
    await form.locator('textarea').waitFor();
    await form.locator('textarea').fill('近两年的活动清单');
    await form.locator('input').fill('昨天');
    await officer().getByRole('button', { name: '提交' }).click();
    await expect
      .poll(() => form.locator('.problem').allInnerTexts(), { timeout: 10_000 })
      .toContainEqual(expect.stringContaining('已经过去'));
    await shot('form');
    await form.locator('input').fill('下周五');
    await officer().getByRole('button', { name: '提交' }).click();
    await hears(stranger(), '需要补充：近两年的活动清单');

    await page.getByRole('button', { name: '+5', exact: true }).click();
    await expect.poll(() => page.locator('#now').innerText(), { timeout: 20_000 }).not.toContain('时间在走');
    await page.getByRole('button', { name: '+5', exact: true }).click();
    await hears(stranger(), '提醒：M-1');
    await shot('reminded');
  });

  test('the council’s group votes with the number of the menu, and the turnout is seen', async () => {
    await say(stranger(), '补充 M-1 清单已附');
    await hears(officer(), '清单已附');
    await officer().getByRole('button', { name: '送审' }).last().click();
    await hears(stranger(), '现在公示');
    await page.getByRole('button', { name: '+5', exact: true }).click();
    await hears(council(), '13席中须有9席参与表决');
    await council().locator('.choices button').first().click();
    // It is on its way through the network: time moves on when it has come.
    await expect.poll(() => database.vote.count(), { timeout: 10_000 }).toBe(1);
    await page.getByRole('button', { name: '+5', exact: true }).click();
    await hears(council(), '13席中1席已表决');
    await shot('council');
  });

  test('a page that is opened later shows what was said before', async () => {
    const later = await browser.newPage({ viewport: { width: 390, height: 800 }, colorScheme: 'dark' });
    await later.goto(`http://127.0.0.1:${running.port}/playground`);
    await later.locator('.column').first().locator('.said', { hasText: '编号 M-1' }).waitFor();
    if (process.env.SCREENSHOTS) await later.screenshot({ path: join(process.env.SCREENSHOTS, 'phone.png') });
    await later.close();
  });

  test('what makes no sense is answered with a sentence', async () => {
    const url = `http://127.0.0.1:${running.port}/playground`;
    const empty = await fetch(`${url}/say`, { method: 'POST', body: '{"text":""}' });
    expect(empty.status).toBe(400);
    const gone = await fetch(`${url}/press`, {
      method: 'POST',
      body: JSON.stringify({ account: 'U01', place: 'direct', ts: '1.2', action: 'offer:1' }),
    });
    expect(gone.status).toBe(409);
    expect(await gone.json()).toMatchObject({ error: expect.stringMatching(/\S/) });
  });
});
