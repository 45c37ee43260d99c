/** All that the desk has on somebody, behind a link that only they were given. */
import { afterEach, expect, test } from 'vitest';
import { openScene, type Scene } from './scene.js';

let scene: Scene | undefined;
afterEach(async () => {
  await scene?.end();
  scene = undefined;
});

const open = async (): Promise<Scene> => {
  scene = await openScene(2, { capacity: null });
  return scene;
};

test('as one file, theirs and nobody else’s', async () => {
  const { linkIn, guest, talk } = await open();
  await talk(guest(0), '报名 W-1');
  await talk(guest(1), '报名 W-1');
  const response = await fetch(await linkIn(guest(0), '我的数据'));
  expect(response.status).toBe(200);
  expect(response.headers.get('content-disposition')).toContain('my-data.json');
  expect(response.headers.get('cache-control')).toBe('no-store');
  const text = await response.text();
  const data: unknown = JSON.parse(text);
  expect(data).toMatchObject({
    Person: [{ name: guest(0).name }],
    Identity: [{ externalId: guest(0).id }],
    Attendee: [{ status: 'going' }],
  });
  expect(text).not.toContain(guest(1).name);
  expect(text).not.toContain(guest(1).id);
});

test('for a day, and not any more once they have been deleted', async () => {
  const { linkIn, guest, talk, passTo, now } = await open();
  const link = await linkIn(guest(0), '我的数据');
  const later = await linkIn(guest(1), '我的数据');
  await talk(guest(0), '确认删除');
  await talk(guest(0), '是');
  expect((await fetch(link)).status).toBe(404);
  await passTo(new Date(now().getTime() + 25 * 3_600_000));
  expect((await fetch(later)).status).toBe(410);
});
