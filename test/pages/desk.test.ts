/** The whole desk, as it is started: its links lead to its own pages. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readConfig } from '../../src/config.js';
import { openLog } from '../../src/log.js';
import { startDesk } from '../../src/main.js';
import { freshDatabase } from '../database.js';
import { answered, says, textsTo } from '../desk/workshop.js';

const start = async (env: Readonly<Record<string, string>>) => {
  const fresh = await freshDatabase();
  onTestFinished(fresh.drop);
  const dataDir = await mkdtemp(join(tmpdir(), 'pages-'));
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
  const config = readConfig({ DATA_DIR: dataDir, DATABASE_URL: fresh.url, PORT: '0', ...env });
  const running = await startDesk(config, openLog('silent'), () => undefined);
  onTestFinished(running.stop);
  const { desk, database, port } = running;
  const lina = { channel: 'wechat' as const, account: '', id: 'wx-lina', name: '李娜' };
  return {
    port,
    link: async () => {
      await answered(desk, says(lina, '我的日历'));
      const [said = ''] = await textsTo(database, lina.id);
      return /^https?:\/\/\S+$/m.exec(said)?.[0] ?? '';
    },
  };
};

test('on this machine, where nothing else is said', async () => {
  const { link, port } = await start({});
  const address = await link();
  expect(address).toMatch(new RegExp(`^http://localhost:${port}/calendar/`));
  const response = await fetch(address.replace('localhost', '127.0.0.1'));
  expect(response.status).toBe(200);
  expect(await response.text()).toContain('NAME:中国文化产业园区区域联盟：李娜');
  // In a rehearsal other paths lead to the playground, but not those of pages.
  expect((await fetch(`http://127.0.0.1:${port}/calendar/x.ics`, { redirect: 'manual' })).status).toBe(404);
  expect((await fetch(`http://127.0.0.1:${port}/door/x`, { method: 'POST' })).status).toBe(405);
});

test('where PUBLIC_URL says, behind whatever proxy stands there', async () => {
  const { link, port } = await start({ PUBLIC_URL: 'https://desk.example.org/alliance/' });
  const address = await link();
  expect(address).toMatch(/^https:\/\/desk\.example\.org\/alliance\/calendar\//);
  const behind = address.replace('https://desk.example.org/alliance', `http://127.0.0.1:${port}`);
  expect((await fetch(behind)).status).toBe(200);
});
