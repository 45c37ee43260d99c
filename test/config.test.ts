import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../src/config.js';
import { Fault } from '../src/core/fault.js';

const faultOf = (env: NodeJS.ProcessEnv): Fault => {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
  throw new Error('The settings were accepted.');
};

const overHttp = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 'shh' };
const puppetService = {
  WECHATY_PUPPET: 'wechaty-puppet-service',
  WECHATY_PUPPET_SERVICE_ENDPOINT: '127.0.0.1:8788',
  WECHATY_PUPPET_SERVICE_TOKEN: 'insecure_abc',
};

describe('without any setting', () => {
  it('everything runs on this machine, in one process', () => {
    expect(readConfig({})).toEqual({
      port: { number: 3000, named: false },
      host: '127.0.0.1',
      dataDir: resolve('.data'),
      database: { kind: 'embedded', dir: resolve('.data') },
      queues: { kind: 'postgres' },
      roles: ['slack', 'wechat', 'worker', 'web'],
      logLevel: 'info',
      clock: 'real',
      slack: { kind: 'standIn' },
      wechat: { kind: 'standIn' },
    });
  });

  it('blank values count as absent', () => {
    expect(readConfig({ PORT: '', SLACK_BOT_TOKEN: '  ', ROLES: '' })).toEqual(readConfig({}));
  });
});

describe('what is set is used', () => {
  it('remembers that the port was named, even when it is the usual one', () => {
    expect(readConfig({ PORT: '3000' }).port).toEqual({ number: 3000, named: true });
    expect(readConfig({ PORT: '0' }).port).toEqual({ number: 0, named: true });
  });

  it('resolves paths', () => {
    const config = readConfig({ DATA_DIR: 'some/where', ALLIANCE_FILE: 'ours.yaml' });
    expect(config.dataDir).toBe(resolve('some/where'));
    expect(config.database).toEqual({ kind: 'embedded', dir: resolve('some/where') });
    expect(config.allianceFile).toBe(resolve('ours.yaml'));
  });

  it('takes the address at which people reach it, over TLS but on this machine', () => {
    expect(readConfig({ PUBLIC_URL: 'https://desk.example.org/' }).publicUrl).toBe(
      'https://desk.example.org',
    );
    expect(readConfig({ PUBLIC_URL: 'https://a.org/desk/' }).publicUrl).toBe('https://a.org/desk');
    expect(readConfig({ PUBLIC_URL: 'http://localhost:3000' }).publicUrl).toBe('http://localhost:3000');
  });

  it('takes the database and the queues from their addresses', () => {
    const config = readConfig({ DATABASE_URL: 'postgres://u:p@db/desk', REDIS_URL: 'rediss://cache:6380' });
    expect(config.database).toEqual({ kind: 'url', url: 'postgres://u:p@db/desk' });
    expect(config.queues).toEqual({ kind: 'redis', url: 'rediss://cache:6380' });
  });

  it('tells Slack over HTTP from Socket Mode', () => {
    expect(readConfig(overHttp).slack).toEqual({ kind: 'http', botToken: 'xoxb-1', signingSecret: 'shh' });
    expect(
      readConfig({ ...overHttp, SLACK_APP_TOKEN: 'xapp-1', SLACK_API_URL: 'http://127.0.0.1:1/api/' }).slack,
    ).toEqual({
      kind: 'socket',
      botToken: 'xoxb-1',
      appToken: 'xapp-1',
      apiUrl: 'http://127.0.0.1:1/api/',
    });
  });

  it('hands a puppet its options', () => {
    expect(readConfig({ WECHATY_PUPPET: 'wechaty-puppet-wechat4u' }).wechat).toEqual({
      kind: 'puppet',
      puppet: 'wechaty-puppet-wechat4u',
      options: {},
    });
    expect(
      readConfig({ ...puppetService, WECHATY_PUPPET_SERVICE_NO_TLS_INSECURE_CLIENT: 'true' }).wechat,
    ).toEqual({
      kind: 'puppet',
      puppet: 'wechaty-puppet-service',
      options: { endpoint: '127.0.0.1:8788', token: 'insecure_abc', tls: { disable: true } },
    });
  });

  it('splits roles when both networks and the database are there for all', () => {
    const shared = {
      ...overHttp,
      ...puppetService,
      DATABASE_URL: 'postgres://u:p@db/desk',
      DESK_SECRET: 'x'.repeat(43),
    };
    expect(readConfig({ ...shared, ROLES: 'worker, slack' }).roles).toEqual(['slack', 'worker']);
    expect(readConfig({ ROLES: 'all' }).roles).toHaveLength(4);
  });
});

describe('a wrong value is named with its remedy', () => {
  it.each([
    ['PORT', '70000'],
    ['PORT', '30o0'],
    ['HOST', 'http://here'],
    ['PUBLIC_URL', 'desk.example.org'],
    ['PUBLIC_URL', 'http://desk.example.org'],
    ['PUBLIC_URL', 'https://user@desk.example.org'],
    ['PUBLIC_URL', 'https://desk.example.org/?a=1'],
    ['ROLES', 'slack,wechta'],
    ['LOG_LEVEL', 'loud'],
    ['CLOCK', 'fast'],
    ['SLACK_API_URL', 'slack.com'],
    ['WECHATY_PUPPET_SERVICE_ENDPOINT', '127.0.0.1'],
    ['WECHATY_PUPPET_SERVICE_NO_TLS_INSECURE_CLIENT', 'yes'],
  ])('%s=%s', (setting, value) => {
    const fault = faultOf({ [setting]: value });
    expect(fault.message).toContain(`${setting} is “${value}”, which is not `);
    expect(fault.remedy).toContain(`Set ${setting} to `);
  });

  it.each([
    ['DATABASE_URL', 'mysql://root:hunter2@db/desk'],
    ['REDIS_URL', 'hunter2@cache'],
    ['SLACK_BOT_TOKEN', 'xapp-hunter2'],
    ['SLACK_APP_TOKEN', 'xoxb-hunter2'],
    ['WECHATY_PUPPET_SERVICE_TOKEN', 'hunter2'],
  ])('%s, whose value is not repeated', (setting, value) => {
    const fault = faultOf({ [setting]: value });
    expect(fault.message).toContain(`${setting} is not `);
    expect(`${fault.message}${fault.remedy}`).not.toContain('hunter2');
  });

  it('all of them at once, a line each', () => {
    const fault = faultOf({ PORT: 'x', CLOCK: 'y', DATABASE_URL: 'z' });
    expect(fault.message.split('\n')).toHaveLength(3);
    expect(fault.remedy.split('\n')).toHaveLength(3);
  });
});

describe('half a network is refused, naming the other half', () => {
  it.each([
    [{ SLACK_BOT_TOKEN: 'xoxb-1' }, 'SLACK_SIGNING_SECRET or SLACK_APP_TOKEN is missing'],
    [{ SLACK_SIGNING_SECRET: 'shh' }, 'SLACK_BOT_TOKEN is missing'],
    [{ SLACK_APP_TOKEN: 'xapp-1' }, 'SLACK_BOT_TOKEN is missing'],
    [{ SLACK_API_URL: 'http://127.0.0.1:1/' }, 'SLACK_BOT_TOKEN is missing'],
    [{ WECHATY_PUPPET: 'wechaty-puppet-service' }, 'WECHATY_PUPPET_SERVICE_ENDPOINT is missing'],
    [{ ...puppetService, WECHATY_PUPPET_SERVICE_TOKEN: '' }, 'WECHATY_PUPPET_SERVICE_TOKEN is missing'],
    [{ ...puppetService, WECHATY_PUPPET: '' }, 'WECHATY_PUPPET is missing'],
    [{ ...puppetService, WECHATY_PUPPET: 'wechaty-puppet-wechat4u' }, 'have no use with the puppet'],
  ])('%j', (env, problem) => {
    expect(faultOf(env).message).toContain(problem);
  });
});

describe('settings that do not go together', () => {
  it('time is not moved under a real workspace', () => {
    expect(faultOf({ ...overHttp, CLOCK: 'movable' }).message).toContain('CLOCK is movable');
    const slackItself = { ...overHttp, SLACK_API_URL: 'https://slack.com/api/', CLOCK: 'movable' };
    expect(faultOf(slackItself).message).toContain('CLOCK is movable');
    expect(readConfig({ ...slackItself, SLACK_API_URL: 'http://127.0.0.1:1/api/' }).clock).toBe('movable');
    expect(readConfig({ CLOCK: 'movable' }).clock).toBe('movable');
  });

  it('roles are not split around the embedded database', () => {
    const fault = faultOf({ ...overHttp, ...puppetService, ROLES: 'worker' });
    expect(fault.message).toContain('embedded');
    expect(fault.remedy).toContain('DATABASE_URL');
  });

  it('split roles share one secret', () => {
    const shared = { ...overHttp, ...puppetService, DATABASE_URL: 'postgres://u:p@db/desk' };
    const fault = faultOf({ ...shared, ROLES: 'worker' });
    expect(fault.message).toContain('DESK_SECRET is missing');
    expect(fault.remedy).toContain('at least 32 characters');
  });

  it('roles are not split around a stand-in', () => {
    const fault = faultOf({ ROLES: 'wechat,worker' });
    expect(fault.message).toContain('Slack has only its stand-in');
    expect(fault.message).toContain('WeChat has only its stand-in');
    expect(fault.remedy).toContain('SLACK_BOT_TOKEN');
    expect(faultOf({ ...puppetService, ROLES: 'wechat' }).message).not.toContain('WeChat');
    // A desk on Slack alone has no process with the role wechat.
    expect(faultOf({ ROLES: 'worker' }).message).not.toContain('WeChat');
  });
});

describe('.env.example', () => {
  const lines = readFileSync(new URL('../.env.example', import.meta.url), 'utf8').split('\n');
  const settings = lines.flatMap((line, at) => {
    const name = /^#([A-Z_]+)=/.exec(line)?.[1];
    return name ? [{ name, comment: lines[at - 1] ?? '' }] : [];
  });

  it('lists every setting with a comment of one line', () => {
    // Read through a proxy, so that a setting the code asks for cannot be left out of the list.
    const asked = new Set<string>();
    readConfig(
      new Proxy(
        {},
        {
          get: (_, name) => {
            asked.add(String(name));
            return undefined;
          },
        },
      ),
    );
    expect(settings.map((one) => one.name).sort()).toEqual([...asked].sort());
    for (const { comment } of settings) expect(comment).toMatch(/^# .+[.]$/);
  });
});
