/** The desk as its operator runs it: a process of its own, with networks that the test holds. */
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { vi } from 'vitest';
import { type SlackStandIn, startSlackStandIn } from '../../src/standins/slack/slack-stand-in.js';
import { startWeChatStandIn, type WeChatStandIn } from '../../src/standins/wechat/stand-in.js';
import { root } from '../ground/launched.js';

export type Env = Readonly<Record<string, string>>;

/** Nothing of the shell that runs the tests gets through. */
const environment = (env: Env): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH ?? '',
  HOME: process.env.HOME ?? '',
  ...env,
});

export type Running = {
  readonly child: ChildProcess;
  readonly lines: readonly string[];
  readonly errors: () => string;
  /** Waits for a line that contains the words. Rejects when the process ends first. */
  readonly says: (words: string) => Promise<string>;
  readonly ended: Promise<{ readonly code: number | null; readonly signal: string | null }>;
};

const door = (folder: string): string => join(folder, 'bin/desk.js');

/** `folder`: where the desk was put, if not here. */
export const startDesk = (env: Env, folder = root): Running => {
  const child = spawn(process.execPath, [door(folder), 'start'], {
    cwd: folder,
    env: environment(env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  let errors = '';
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
  child.stderr.on('data', (data: Buffer) => {
    errors += data.toString();
  });
  let over = false;
  const ended = new Promise<{ code: number | null; signal: string | null }>((resolve) =>
    child.once('close', (code, signal) => {
      over = true;
      resolve({ code, signal });
    }),
  );
  return {
    child,
    lines,
    errors: () => errors,
    ended,
    says: (words) =>
      vi.waitUntil(
        () => {
          const found = lines.find((line) => line.includes(words));
          if (found === undefined && over) throw new Error(`The desk ended: ${lines.join('\n')}\n${errors}`);
          return found;
        },
        { timeout: 45_000, interval: 20 },
      ),
  };
};

/** Runs another command of the desk to its end. */
export const runDesk = (args: readonly string[], env: Env) =>
  new Promise<{ code: number | null; out: string; err: string }>((resolve) => {
    const child = spawn(process.execPath, [door(root), ...args], { cwd: root, env: environment(env) });
    let out = '';
    let err = '';
    child.stdout.on('data', (data: Buffer) => {
      out += data.toString();
    });
    child.stderr.on('data', (data: Buffer) => {
      err += data.toString();
    });
    child.once('close', (code) => resolve({ code, out, err }));
  });

export const ready = 'The desk is ready';

export const dataFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'desk-system-'));
  // PostgreSQL never runs as root: its own user has to get through.
  chmodSync(folder, 0o755);
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
};

export type Networks = { readonly slack: SlackStandIn; readonly wechat: WeChatStandIn; readonly env: Env };

/** Slack and WeChat, held by the test, so that they outlive the desk. */
export const openNetworks = async (
  slackUsers: readonly { id: string; name: string }[],
  contacts: readonly { id: string; name: string }[],
): Promise<Networks> => {
  const slack = await startSlackStandIn({
    signingSecret: 'a-secret-between-two',
    botToken: 'xoxb-desk',
    team: 'T01',
    users: slackUsers,
    channels: [{ id: 'C01', name: 'secretariat', members: slackUsers.map((one) => one.id) }],
    // For as long as a desk may need to start on a busy machine.
    retryDelaysMs: Array.from({ length: 120 }, () => 500),
  });
  const wechat = await startWeChatStandIn({
    bot: { id: 'wx-desk', name: '联盟小秘' },
    contacts,
    rooms: [],
    heartbeatMs: 500,
  });
  return {
    slack,
    wechat,
    env: {
      SLACK_BOT_TOKEN: 'xoxb-desk',
      SLACK_SIGNING_SECRET: 'a-secret-between-two',
      SLACK_API_URL: slack.apiUrl,
      WECHATY_PUPPET: 'wechaty-puppet-service',
      WECHATY_PUPPET_SERVICE_ENDPOINT: wechat.endpoint,
      WECHATY_PUPPET_SERVICE_TOKEN: wechat.token,
      WECHATY_PUPPET_SERVICE_NO_TLS_INSECURE_CLIENT: 'true',
    },
  };
};
