/** How the server treats those who knock with the wrong key, in the wrong way, or at the wrong time. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { openWeb, type Routes } from '../../src/web.js';
import { openScene, type Scene } from './scene.js';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene(1, { capacity: null });
});
afterEach(() => scene.end());

const everyLink = async () => {
  const { linkIn, linksIn, guest, officer } = scene;
  return [
    await linkIn(guest(0), '日历 W-1'),
    await linkIn(guest(0), '我的日历'),
    ...(await linksIn(officer, '导出 W-1')),
    await linkIn(officer, '签到码 W-1'),
  ];
};

test('a wrong key opens nothing and tells nothing, wherever it is tried', async () => {
  const { base, eventId } = scene;
  const nothing = await (await fetch(`${base}/nothing`)).text();
  const wrong = [
    `${base}/calendar/`,
    `${base}/calendar/${eventId}.ics`,
    `${base}/calendar/${'x'.repeat(5000)}.ics`,
    `${base}/calendar/%2e%2e%2f%00.ics`,
    `${base}/roster/W-1.csv`,
    `${base}/door/W-1`,
  ];
  const links = await everyLink();
  expect(links).toHaveLength(5);
  for (const link of links) {
    // Another signature, and the right one at another door.
    wrong.push(link.replace(/.(?=\.\w+$|$)/, (last) => (last === 'A' ? 'B' : 'A')));
    const token = /\/([\w-]+\.[\w.-]*?[\w-]{32})(?:\.|$)/.exec(new URL(link).pathname)?.[1];
    const kind = new URL(link).pathname.split('/')[1];
    if (kind !== 'calendar') wrong.push(`${base}/calendar/${token}.ics`);
    if (kind !== 'roster') wrong.push(`${base}/roster/${token}.csv`);
    if (kind !== 'door') wrong.push(`${base}/door/${token}`);
  }
  for (const link of wrong) {
    const response = await fetch(link);
    expect([link, response.status, await response.text()]).toEqual([link, 404, nothing]);
  }
});

test('pages are read, and nothing else', async () => {
  for (const link of await everyLink()) {
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
      const response = await fetch(link, { method });
      expect(response.status).toBe(405);
      expect(response.headers.get('allow')).toBe('GET, HEAD');
    }
    const [whole, head] = [await fetch(link), await fetch(link, { method: 'HEAD' })];
    expect(head.status).toBe(200);
    expect(await head.text()).toBe('');
    for (const name of ['content-type', 'cache-control', 'etag'])
      expect(head.headers.get(name)).toBe(whole.headers.get(name));
    expect(Number(head.headers.get('content-length'))).toBeGreaterThan(0);
  }
});

test('no page may be framed, guessed at, searched or told of elsewhere', async () => {
  for (const link of await everyLink()) {
    const { headers } = await fetch(link);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-robots-tag')).toContain('noindex');
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  }
});

const serve = async (routes: Routes) => {
  const lines: string[] = [];
  const stream = new Writable({
    write: (chunk, _, done) => {
      lines.push(String(chunk));
      done();
    },
  });
  const web = await openWeb('127.0.0.1', { number: 0, named: true }, routes, pino({}, stream));
  onTestFinished(web.close);
  return { port: web.port, lines };
};

test('a page that fails is logged by its route: the address is a key, and stays out of the log', async () => {
  const fails = () => {
    throw new Error('the database is away');
  };
  const { port, lines } = await serve(new Map([['GET /door/', fails]]));
  const response = await fetch(`http://127.0.0.1:${port}/door/a-key`);
  expect(response.status).toBe(500);
  expect(lines.join('')).toContain('the database is away');
  expect(lines.join('')).toContain('GET /door/');
  expect(lines.join('')).not.toContain('a-key');
});

test('an address that is none is answered like any other that leads nowhere', async () => {
  const { port } = await serve(new Map());
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write('GET // HTTP/1.1\r\nHost: desk\r\nConnection: close\r\n\r\n');
  const [first] = await once(socket, 'data');
  socket.destroy();
  expect(String(first)).toMatch(/^HTTP\/1\.1 404 /);
});
