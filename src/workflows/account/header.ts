import { type ChannelName, channels } from '../../core/input.js';
import type { Question } from '../../core/question.js';
import { text } from '../../core/questions.js';
import type { Text } from '../../core/text.js';
import { workflow } from '../../core/workflow.js';
import type { Db } from '../../database.js';

export const account = workflow({
  id: 'account',
  prefix: 'A',
  title: { zh: '账号', en: 'Account' },
  states: {
    asked: { title: { zh: '待第二人核准', en: 'waiting for a second person' } },
    coded: { title: { zh: '待新账号绑定', en: 'waiting for the new account' } },
    done: { title: { zh: '已换绑', en: 'replaced' }, end: true },
    refused: { title: { zh: '未核准', en: 'refused' }, end: true },
    expired: { title: { zh: '已过期', en: 'expired' }, end: true },
  },
  commands: [
    'link',
    'unlink',
    'unlinkHere',
    'rebind',
    'confirm',
    'refuse',
    'away',
    'arrange',
    'back',
    'myData',
    'consents',
    'showAbroad',
    'hideAbroad',
    'enlist',
    'unlist',
    'erase',
    'eraseNow',
  ],
  alarms: ['secondIsLate', 'askedTooLong', 'codeEnds', 'linked'],
  load: async (db: Db, caseId: string) => ({
    ...(await db.rebind.findUniqueOrThrow({ where: { caseId } })),
    parkId: null,
  }),
});

export const channelNames: Readonly<Record<ChannelName, Text>> = {
  slack: { zh: 'Slack', en: 'Slack' },
  wechat: { zh: '微信', en: 'WeChat' },
};

export const otherChannel = (channel: ChannelName): ChannelName =>
  channels.find((one) => one !== channel) ?? channel;

/** Asks for somebody’s name and nothing more: a whole list of answers is no name. */
export const personName = (wording: { readonly label: Text; readonly ask: Text }): Question<string> => {
  const name = text({ ...wording, max: 60 });
  return {
    ...name,
    hear: (words, asking) =>
      /[,，;；、:：\n]/u.test(words)
        ? { kind: 'unclear', problem: { zh: '请只写姓名。', en: 'Please give the name only.' } }
        : name.hear(words, asking),
  };
};
