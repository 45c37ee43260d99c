/** The settings of a process, read once from its environment. `.env.example` lists them. */
import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { z } from 'zod';
import { Fault } from './core/fault.js';

export const processRoles = ['slack', 'wechat', 'worker', 'web'] as const;
export type ProcessRole = (typeof processRoles)[number];

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

export type SlackConfig =
  | { readonly kind: 'standIn' }
  | {
      readonly kind: 'http';
      readonly botToken: string;
      readonly signingSecret: string;
      readonly apiUrl?: string;
    }
  | {
      readonly kind: 'socket';
      readonly botToken: string;
      readonly appToken: string;
      readonly apiUrl?: string;
    };

/** What the puppet is built with; empty for puppets that need nothing. */
export type PuppetOptions = {
  readonly endpoint?: string;
  readonly token?: string;
  readonly tls?: { readonly disable: true };
};

export type WechatConfig =
  | { readonly kind: 'standIn' }
  | { readonly kind: 'puppet'; readonly puppet: string; readonly options: PuppetOptions };

export type Config = {
  /** `named`: the operator asked for this very port; otherwise another one will do. */
  readonly port: { readonly number: number; readonly named: boolean };
  readonly host: string;
  /** Where people reach the desk, without a slash at its end; absent: on this machine. */
  readonly publicUrl?: string;
  /** Absolute. */
  readonly dataDir: string;
  /** `dir` is the data folder; the server makes its own folder in it. */
  readonly database:
    | { readonly kind: 'embedded'; readonly dir: string }
    | { readonly kind: 'url'; readonly url: string };
  readonly queues: { readonly kind: 'postgres' } | { readonly kind: 'redis'; readonly url: string };
  /** Absolute; absent: the demo alliance. */
  readonly allianceFile?: string;
  readonly roles: readonly ProcessRole[];
  /** What is sealed in the database is sealed with it; absent: a key file in the data folder. */
  readonly secret?: string;
  readonly logLevel: (typeof logLevels)[number];
  readonly clock: 'real' | 'movable';
  readonly slack: SlackConfig;
  readonly wechat: WechatConfig;
};

const isHost = (value: string) => isIP(value) > 0 || /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(value);

/** A page of the desk may carry names, so it goes over TLS; on this machine alone it need not. */
const isPublicUrl = (value: string) => {
  if (!URL.canParse(value)) return false;
  const { protocol, hostname, username, password, search, hash } = new URL(value);
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  return (
    (protocol === 'https:' || (protocol === 'http:' && isLocal)) && username + password + search + hash === ''
  );
};
const isRole = (value: string): value is ProcessRole => processRoles.some((role) => role === value);

const rolesFrom = (value: string): readonly ProcessRole[] | undefined => {
  const words = value.split(',').map((word) => word.trim());
  if (words.length === 1 && words[0] === 'all') return processRoles;
  return words.every(isRole) ? processRoles.filter((role) => words.includes(role)) : undefined;
};

const environment = z.object({
  PORT: z.string().regex(/^\d+$/).transform(Number).pipe(z.int().max(65_535)).optional(),
  HOST: z.string().refine(isHost).default('127.0.0.1'),
  PUBLIC_URL: z
    .string()
    .refine(isPublicUrl)
    .transform((value) => new URL(value).href.replace(/\/+$/, ''))
    .optional(),
  DATA_DIR: z.string().default('.data'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
  ALLIANCE_FILE: z.string().optional(),
  ROLES: z
    .string()
    .default('all')
    .transform((value, context) => {
      const found = rolesFrom(value);
      if (found) return found;
      context.addIssue('unknown role');
      return z.NEVER;
    }),
  DESK_SECRET: z.string().min(32).optional(),
  LOG_LEVEL: z.enum(logLevels).default('info'),
  CLOCK: z.enum(['real', 'movable']).default('real'),
  SLACK_BOT_TOKEN: z.string().startsWith('xoxb-').optional(),
  SLACK_SIGNING_SECRET: z.string().optional(),
  SLACK_APP_TOKEN: z.string().startsWith('xapp-').optional(),
  SLACK_API_URL: z.url({ protocol: /^https?$/ }).optional(),
  WECHATY_PUPPET: z.string().optional(),
  WECHATY_PUPPET_SERVICE_ENDPOINT: z
    .string()
    .regex(/^[^\s/:]+:\d+$/)
    .optional(),
  // Without a prefix the client takes the token for a TLS server name and fails with an unclear error.
  WECHATY_PUPPET_SERVICE_TOKEN: z
    .string()
    .regex(/^[^\s_]+_\S+$/)
    .optional(),
  WECHATY_PUPPET_SERVICE_NO_TLS_INSECURE_CLIENT: z.enum(['true', 'false']).default('false'),
});

type Environment = z.output<typeof environment>;
type Setting = keyof Environment;

/** What a value has to be, to finish the sentence "Set … to". */
const wanted: Readonly<Record<Setting, string>> = {
  PORT: 'a port number from 0 to 65535, such as 3000',
  HOST: 'a host name or an IP address, such as 127.0.0.1',
  PUBLIC_URL: 'the https address at which people reach the desk, such as https://desk.example.org',
  DATA_DIR: 'a folder, such as .data',
  DATABASE_URL:
    'a PostgreSQL address, such as postgresql://user:password@host:5432/desk (encode special characters)',
  REDIS_URL: 'a Redis address, such as redis://host:6379',
  ALLIANCE_FILE: 'the path of the alliance file, such as alliance.yaml',
  ROLES: `all, or a list of ${processRoles.join(', ')}`,
  DESK_SECRET: 'a random text of at least 32 characters, the same for every process and for ever',
  LOG_LEVEL: `one of ${logLevels.join(', ')}`,
  CLOCK: 'real or movable',
  SLACK_BOT_TOKEN: 'the bot token of your Slack app, which starts with xoxb-',
  SLACK_SIGNING_SECRET: 'the signing secret of your Slack app',
  SLACK_APP_TOKEN: 'an app-level token of your Slack app, which starts with xapp-',
  SLACK_API_URL: 'an http or https address, such as https://slack.com/api/',
  WECHATY_PUPPET: 'the name of a Wechaty puppet, such as wechaty-puppet-service',
  WECHATY_PUPPET_SERVICE_ENDPOINT: 'the host and port of the puppet service, such as 127.0.0.1:8788',
  WECHATY_PUPPET_SERVICE_TOKEN: 'the token of the puppet service with its prefix, such as puppet_…',
  WECHATY_PUPPET_SERVICE_NO_TLS_INSECURE_CLIENT: 'true or false',
};

// Their values are never repeated in a message: addresses of databases carry passwords.
const secrets: readonly Setting[] = [
  'DATABASE_URL',
  'REDIS_URL',
  'DESK_SECRET',
  'SLACK_BOT_TOKEN',
  'SLACK_SIGNING_SECRET',
  'SLACK_APP_TOKEN',
  'WECHATY_PUPPET_SERVICE_TOKEN',
];

const isSetting = (name: PropertyKey | undefined): name is Setting =>
  typeof name === 'string' && Object.hasOwn(wanted, name);

type Mistake = { readonly problem: string; readonly remedy: string };

const missing = (setting: Setting, because: string): Mistake => ({
  problem: `${setting} is missing: ${because}.`,
  remedy: `Set ${setting} to ${wanted[setting]}.`,
});

const refuse = (mistakes: readonly Mistake[]): never => {
  const lines = (part: keyof Mistake) => [...new Set(mistakes.map((one) => one[part]))].join('\n');
  throw new Fault('settings', lines('problem'), lines('remedy'));
};

/**
 * Reads the settings. All mistakes come in one Fault, a line each. A value that is empty or blank counts as
 * absent. Paths are resolved from the working directory.
 */
export const readConfig = (env: NodeJS.ProcessEnv): Config => {
  const given = Object.fromEntries(
    Object.keys(wanted).flatMap((name) => (env[name]?.trim() ? [[name, env[name].trim()]] : [])),
  );
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    const settings = [...new Set(parsed.error.issues.map((issue) => issue.path[0]))].filter(isSetting);
    return refuse(
      settings.map((setting) => ({
        problem: secrets.includes(setting)
          ? `${setting} is not ${wanted[setting]}.`
          : `${setting} is “${given[setting]}”, which is not ${wanted[setting]}.`,
        remedy: `Set ${setting} to ${wanted[setting]}, or leave it out.`,
      })),
    );
  }
  const values = parsed.data;
  const mistakes: Mistake[] = [];
  const slack = slackFrom(values, mistakes);
  const wechat = wechatFrom(values, mistakes);
  if (mistakes.length === 0) mistakes.push(...clashesOf(values, slack, wechat));
  if (mistakes.length > 0) return refuse(mistakes);

  const dataDir = resolve(values.DATA_DIR);
  return {
    port: { number: values.PORT ?? 3000, named: values.PORT !== undefined },
    host: values.HOST,
    ...(values.PUBLIC_URL !== undefined && { publicUrl: values.PUBLIC_URL }),
    dataDir,
    database:
      values.DATABASE_URL === undefined
        ? { kind: 'embedded', dir: dataDir }
        : { kind: 'url', url: values.DATABASE_URL },
    queues: values.REDIS_URL === undefined ? { kind: 'postgres' } : { kind: 'redis', url: values.REDIS_URL },
    ...(values.ALLIANCE_FILE !== undefined && { allianceFile: resolve(values.ALLIANCE_FILE) }),
    roles: values.ROLES,
    ...(values.DESK_SECRET !== undefined && { secret: values.DESK_SECRET }),
    logLevel: values.LOG_LEVEL,
    clock: values.CLOCK,
    slack,
    wechat,
  };
};

const slackFrom = (values: Environment, mistakes: Mistake[]): SlackConfig => {
  const {
    SLACK_BOT_TOKEN: botToken,
    SLACK_SIGNING_SECRET: signingSecret,
    SLACK_APP_TOKEN: appToken,
  } = values;
  const apiUrl = values.SLACK_API_URL === undefined ? {} : { apiUrl: values.SLACK_API_URL };
  if (botToken === undefined) {
    const others = (['SLACK_SIGNING_SECRET', 'SLACK_APP_TOKEN', 'SLACK_API_URL'] as const).filter(
      (name) => values[name] !== undefined,
    );
    if (others.length > 0)
      mistakes.push(missing('SLACK_BOT_TOKEN', `${others.join(' and ')} given without it`));
    return { kind: 'standIn' };
  }
  // An app token decides for Socket Mode, in which nothing is signed: the secret may then stay in the file.
  if (appToken !== undefined) return { kind: 'socket', botToken, appToken, ...apiUrl };
  if (signingSecret !== undefined) return { kind: 'http', botToken, signingSecret, ...apiUrl };
  mistakes.push({
    problem: 'SLACK_SIGNING_SECRET or SLACK_APP_TOKEN is missing: SLACK_BOT_TOKEN given without either.',
    remedy: `Set SLACK_SIGNING_SECRET to ${wanted.SLACK_SIGNING_SECRET} (HTTP), or SLACK_APP_TOKEN to ${wanted.SLACK_APP_TOKEN} (Socket Mode).`,
  });
  return { kind: 'standIn' };
};

const servicePuppet = 'wechaty-puppet-service';

const wechatFrom = (values: Environment, mistakes: Mistake[]): WechatConfig => {
  const puppet = values.WECHATY_PUPPET;
  const endpoint = values.WECHATY_PUPPET_SERVICE_ENDPOINT;
  const token = values.WECHATY_PUPPET_SERVICE_TOKEN;
  const disable = values.WECHATY_PUPPET_SERVICE_NO_TLS_INSECURE_CLIENT === 'true';
  const ofService = endpoint !== undefined || token !== undefined || disable;
  if (puppet === undefined) {
    if (ofService)
      mistakes.push(missing('WECHATY_PUPPET', 'settings of a puppet service are given without it'));
    return { kind: 'standIn' };
  }
  if (puppet !== servicePuppet) {
    if (ofService) {
      mistakes.push({
        problem: `The WECHATY_PUPPET_SERVICE_… settings have no use with the puppet ${puppet}.`,
        remedy: `Leave them out, or set WECHATY_PUPPET to ${servicePuppet}.`,
      });
    }
    return { kind: 'puppet', puppet, options: {} };
  }
  // Without an endpoint the client would dial a directory on the internet that nobody here chose.
  if (endpoint === undefined)
    mistakes.push(missing('WECHATY_PUPPET_SERVICE_ENDPOINT', `${servicePuppet} needs it`));
  if (token === undefined)
    mistakes.push(missing('WECHATY_PUPPET_SERVICE_TOKEN', `${servicePuppet} needs it`));
  if (endpoint === undefined || token === undefined) return { kind: 'standIn' };
  return { kind: 'puppet', puppet, options: { endpoint, token, ...(disable && { tls: { disable } }) } };
};

const isSlackItself = (apiUrl: string | undefined): boolean =>
  apiUrl === undefined || /(^|\.)slack\.com$/.test(new URL(apiUrl).hostname);

const clashesOf = (values: Environment, slack: SlackConfig, wechat: WechatConfig): readonly Mistake[] => {
  const clashes: Mistake[] = [];
  if (values.CLOCK === 'movable' && slack.kind !== 'standIn' && isSlackItself(slack.apiUrl)) {
    clashes.push({
      problem:
        'CLOCK is movable while SLACK_BOT_TOKEN leads to a real workspace: reminders would go out early.',
      remedy: 'Set CLOCK to real, or leave the SLACK_… settings out.',
    });
  }
  const split = values.ROLES.length < processRoles.length;
  if (split && values.DATABASE_URL === undefined) {
    clashes.push({
      problem: 'ROLES is split, but the database is the embedded one, which belongs to one process.',
      remedy: 'Set DATABASE_URL to a PostgreSQL that all processes reach, or leave ROLES out.',
    });
  }
  if (split && values.DESK_SECRET === undefined) {
    clashes.push({
      problem: 'ROLES is split, but DESK_SECRET is missing: each process would seal with a key of its own.',
      remedy: `Set DESK_SECRET to ${wanted.DESK_SECRET}.`,
    });
  }
  if (split && slack.kind === 'standIn') {
    clashes.push({
      problem: 'ROLES is split, but Slack has only its stand-in, which lives within one process.',
      remedy: 'Set SLACK_BOT_TOKEN and SLACK_SIGNING_SECRET or SLACK_APP_TOKEN, or leave ROLES out.',
    });
  }
  // A desk on Slack alone has no process with the role wechat.
  if (split && values.ROLES.includes('wechat') && wechat.kind === 'standIn') {
    clashes.push({
      problem: 'ROLES is split, but WeChat has only its stand-in, which lives within one process.',
      remedy: 'Set WECHATY_PUPPET and what it needs, or leave the role wechat or all of ROLES out.',
    });
  }
  return clashes;
};
