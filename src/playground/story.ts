/** One membership from hello to the 30-day check-in, played through both stand-in networks and printed. */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { readConfig } from '../config.js';
import { Fault } from '../core/fault.js';
import { openLog } from '../log.js';
import { type RunningDesk, startDesk } from '../main.js';
import type { SlackStandIn } from '../standins/slack/slack-stand-in.js';
import type { WeChatStandIn } from '../standins/wechat/stand-in.js';
import type { Database } from '../store/database.js';

type Print = (line: string) => void;
type Heard = { readonly to: string; readonly text: string };

const patienceMs = 20_000;

/** Rejects with a Fault when something that belongs to the story does not come. Leaves nothing behind. */
export const tellStory = async (print: Print): Promise<void> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'alliance-desk-story-'));
  // Started by root, the database runs as somebody else, who has to get in; its own folder stays closed.
  await chmod(dataDir, 0o711);
  const config = {
    ...readConfig({ DATA_DIR: dataDir, LOG_LEVEL: 'error' }),
    port: { number: 0, named: true },
  };
  const starting = startDesk(config, openLog(config.logLevel), () => undefined);
  const end = async () => {
    await starting.then((running) => running.stop()).catch(() => undefined);
    await rm(dataDir, { recursive: true, force: true });
  };
  const interrupted = () => void end().finally(() => process.exit(130));
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
  try {
    await play(await starting, print);
  } finally {
    process.off('SIGINT', interrupted).off('SIGTERM', interrupted);
    await end();
  }
};

const play = async (running: RunningDesk, print: Print): Promise<void> => {
  const { slack, wechat } = running;
  if (!slack || !wechat) throw new Error('the story needs both stand-ins');
  const stage = await openStage(running, slack, wechat, print);
  const { scene, says, presses, later } = stage;

  scene('一个陌生人打招呼 · A stranger says hello');
  wechat.addContact({ id: 'wx-liwei', name: '李伟' });
  await says('李伟', '你好', /申请入会/);

  scene('申请入会，一问一答 · The application, question by question');
  const answers: readonly [string, RegExp][] = [
    ['申请入会', /园区的名称/],
    ['景德镇陶溪川', /信用代码/],
    ['91360200MA35F3QK8A', /没有通过校验/],
    ['91360200MA35F3QK8U', /哪个省/],
    ['江西', /主要类型/],
    ['4', /特色业务/],
    ['陶瓷创意与夜间市集', /多少家/],
    ['一百八十', /负责人/],
    ['刘子力', /联系人的姓名/],
    ['李伟', /联系电话/],
    ['138 0798 0001', /是否同意/],
    ['同意', /Slack/],
    ['是', /请核对/],
    ['1', /园区的名称/],
    ['景德镇陶溪川文创街区', /请核对/],
    ['提交', /编号 M-1/],
  ];
  for (const [words, expected] of answers) await says('李伟', words, expected);
  await stage.hears('王芳', /M-1 新的入会申请/);

  scene('经办人在 Slack 上受理、送审 · The officer takes it and forwards it');
  await presses('王芳', 'direct', '受理', '李伟', /已由秘书处受理/);
  await presses('王芳', 'direct', '送审', '李伟', /公示/);

  scene('公示期满，理事会审议 · The notice ends, and the council decides');
  await later('+5w', '#council WeChat', /P-1 景德镇陶溪川/);
  await stage.votesInRoom('李娜', '赞成', /已记录：P-1 赞成/);
  await stage.votesInRoom('何志远', '1', /已记录：P-1 赞成/);
  await presses('Helen Porter', 'council', '赞成', 'Helen Porter', /Your vote is recorded/);
  await later('+3w', '周明远', /提醒：P-1/);
  for (const name of ['周明远', '杨秀梅', '唐可欣', '白宇飞', '赵国强', '冯海涛']) {
    await stage.votesInRoom(name, '同意', /已记录：P-1 赞成/);
  }
  await later('+1h', '李伟', /已获理事会批准/);

  scene('会费到账，正式入会 · The dues arrive');
  await presses('陈静', 'direct', '确认到账', '李伟', /正式加入联盟/);

  scene('三十天后 · Thirty days later');
  await later('+35d', '李伟', /入会已 30 天/);
  await says('李伟', '为什么 M-1', /确认到账 → 正式会员/);
  print('\n讲完了 · The end: M-1 is a member.');
};

/** Who is on stage, what they hear, and what they do. Every act waits for what it should bring about. */
const openStage = async (running: RunningDesk, slack: SlackStandIn, wechat: WeChatStandIn, print: Print) => {
  const names = await accountNames(running.database);
  const heard: Heard[] = [];
  let since = 0;
  const note = (to: string, text: string) => {
    heard.push({ to, text });
    const [first = '', ...rest] = text.split('\n').filter((line) => line.trim() !== '');
    print(`        ${to} ← ${first}`);
    for (const line of rest) print(`            ${line}`);
  };
  wechat.onSent(({ conversation, text }) => note(names.get(`wechat ${conversation}`) ?? '李伟', text));
  slack.onPost((shown) => {
    if (shown.kind !== 'post') return;
    note(
      names.get(`slack ${shown.user}`) ?? names.get(`slack ${shown.conversation}`) ?? shown.conversation,
      shown.text,
    );
  });

  const comes = async (what: string, isThere: () => boolean): Promise<void> => {
    const until = Date.now() + patienceMs;
    while (!isThere()) {
      if (Date.now() > until)
        throw new Fault('story', `${what}: it did not come.`, 'See what was said above.');
      await pause(15);
    }
  };
  const hears = (to: string, expected: RegExp): Promise<void> =>
    comes(`${to} ← ${expected}`, () =>
      heard.slice(since).some((one) => one.to === to && expected.test(one.text)),
    );
  const hasButton = (channel: string, label: string): boolean =>
    slack.posts.some(
      (post) =>
        post.channel === channel &&
        post.blocks.some(
          (block) =>
            block.type === 'actions' && block.elements.some((button) => button.text.text.includes(label)),
        ),
    );
  const act = (line: string) => {
    since = heard.length;
    print(line);
  };
  const accountOf = (channel: string, name: string): string => {
    const key = [...names].find(([place, one]) => one === name && place.startsWith(`${channel} `))?.[0];
    return key?.slice(channel.length + 1) ?? 'wx-liwei';
  };

  return {
    hears,
    scene: (title: string) => print(`\n— ${title} —`),

    says: async (name: string, words: string, expected: RegExp): Promise<void> => {
      act(`${name}（微信）：${words}`);
      wechat.say(accountOf('wechat', name), 'direct', words);
      await hears(name, expected);
    },

    /** A vote in the room is answered in private. */
    votesInRoom: async (name: string, words: string, expected: RegExp): Promise<void> => {
      act(`${name}（微信理事会群）：${words}`);
      wechat.say(accountOf('wechat', name), accountOf('wechat', '#council WeChat'), words);
      await hears(name, expected);
    },

    presses: async (
      name: string,
      where: 'direct' | 'council',
      button: string,
      to: string,
      expected: RegExp,
    ): Promise<void> => {
      act(`${name}（Slack）：[${button}]`);
      const user = accountOf('slack', name);
      const place = where === 'direct' ? slack.directChannel(user) : accountOf('slack', '#council Slack');
      await comes(`[${button}]`, () => hasButton(place, button));
      await slack.press(user, place, button);
      await hears(to, expected);
    },

    /** Time goes on: hours (h), days (d), working days (w). */
    later: async (by: string, to: string, expected: RegExp): Promise<void> => {
      act(`${by}`);
      const response = await fetch(`http://127.0.0.1:${running.port}/clock`, {
        method: 'POST',
        body: JSON.stringify({ by }),
      });
      if (!response.ok)
        throw new Fault('story', `Time did not go on: ${await response.text()}`, 'See the log.');
      await hears(to, expected);
    },
  };
};

/** What each account and room is called in the story, by channel and id. */
const accountNames = async (database: Database): Promise<Map<string, string>> => {
  const identities = await database.identity.findMany({ include: { person: true } });
  const rooms = await database.room.findMany();
  return new Map([
    ...identities.map((one) => [`${one.channel} ${one.externalId}`, one.person.name] as const),
    ...rooms.map(
      (room) =>
        [
          `${room.channel} ${room.externalId}`,
          `#${room.purpose} ${room.channel === 'slack' ? 'Slack' : 'WeChat'}`,
        ] as const,
    ),
  ]);
};
