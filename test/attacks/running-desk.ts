/** The whole desk in this process, on a database of its own, with both networks behind their real protocols. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { vi } from 'vitest';
import { readConfig } from '../../src/config.js';
import type { Input } from '../../src/core/input.js';
import { startDesk } from '../../src/main.js';
import type { Database } from '../../src/store/database.js';
import { freshDatabase } from '../database.js';

export type Someone = {
  readonly channel: 'slack' | 'wechat';
  readonly account: string;
  readonly id: string;
  readonly name: string;
};

/** People of the demo alliance. */
export const wang: Someone = { channel: 'slack', account: 'T01', id: 'U01', name: '王芳' };
export const helen: Someone = { channel: 'slack', account: 'T01', id: 'U11', name: 'Helen Porter' };
export const sophie: Someone = { channel: 'slack', account: 'T01', id: 'U10', name: 'Sophie Lam' };
export const chair: Someone = {
  channel: 'wechat',
  account: '',
  id: 'wx-zhoumingyuan',
  name: '周明远',
};
export const lina: Someone = { channel: 'wechat', account: '', id: 'wx-lina', name: '李娜' };
export const hezhiyuan: Someone = { channel: 'wechat', account: '', id: 'wx-hezhiyuan', name: '何志远' };
/** Of no park, and not known to the desk. */
export const liwei: Someone = { channel: 'wechat', account: '', id: 'wx-liwei', name: '李伟' };

let sequence = 0;

export type RunningDesk = Awaited<ReturnType<typeof openRunningDesk>>;

/** `end` has to be called. */
export const openRunningDesk = async () => {
  const fresh = await freshDatabase();
  const folder = mkdtempSync(join(tmpdir(), 'desk-attacks-'));
  const logged: string[] = [];
  const log = pino(
    { level: 'debug' },
    new Writable({
      write: (line, _, done) => {
        logged.push(String(line));
        done();
      },
    }),
  );
  const config = readConfig({ DATABASE_URL: fresh.url, DATA_DIR: folder, PORT: '0' });
  const running = await startDesk(config, log, () => undefined);
  const { slack, wechat, database, desk } = running;
  if (!slack || !wechat) throw new Error('no stand-ins');
  const take = async (input: Input, canShowForm = false) =>
    (await desk.take(input, { canShowForm })).answered;
  const received = (who: Someone) => {
    sequence += 1;
    const keys: [string] = [`prepared-${sequence}`];
    return {
      channel: who.channel,
      account: who.account,
      keys,
      sentAt: new Date(),
      conversation: { id: who.id, kind: 'direct' as const },
      sender: { id: who.id, name: who.name },
    };
  };
  return {
    ...running,
    slack,
    wechat,
    url: fresh.url,
    base: `http://127.0.0.1:${running.port}`,
    logged,
    /** Said straight to the desk, to bring cases about. */
    says: (who: Someone, text: string) => take({ ...received(who), kind: 'said', text, addressed: true }),
    /** A command with its form filled in, straight to the desk. */
    sends: async (who: Someone, text: string, answers: Readonly<Record<string, string>>) => {
      const { form } = await take({ ...received(who), kind: 'said', text, addressed: true }, true);
      if (!form) throw new Error(`no form for “${text}”`);
      await take({ ...received(who), kind: 'form', dialogue: form.dialogue, answers });
    },
    /** Everything has gone out. */
    settled: () =>
      vi.waitUntil(
        async () => {
          await desk.idle();
          return (await database.outbox.count({ where: { status: { in: ['pending', 'sending'] } } })) === 0;
        },
        { timeout: 30_000, interval: 25 },
      ),
    end: async () => {
      await running.stop();
      await fresh.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

/** What has been done so far: cases, and what was carried out on them and besides. */
export const doneSoFar = async (database: Database) => ({
  cases: (await database.case.findMany({ orderBy: { ref: 'asc' } })).map((one) => `${one.ref} ${one.state}`),
  entries: await database.entry.count(),
  votes: await database.vote.count(),
  seconds: await database.second.count(),
  attendees: await database.attendee.count(),
  grants: await database.grant.count(),
  accounts: await database.identity.count({ where: { person: { guest: false } } }),
});
