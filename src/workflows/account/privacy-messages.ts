/** What is said of what the desk has on somebody. */
import type { ChannelName } from '../../core/input.js';
import type { Fact, Message } from '../../core/message.js';
import { type Role, roleNames } from '../../core/people.js';
import type { Retention } from '../../core/settings.js';
import { joinTexts, same, type Text } from '../../core/text.js';
import type { Purpose } from '../../people/consents.js';
import { channelNames } from './header.js';

const say = (zh: string, en: string): Message => ({ text: { zh, en } });
const list = (items: readonly Text[]): Text => joinTexts(items, { zh: '、', en: ', ' });
const dash: Text = { zh: '无', en: 'none' };

export type Consents = Readonly<Record<Purpose, boolean>>;

type Kept = {
  readonly name: string;
  readonly channels: readonly ChannelName[];
  readonly park: Text | null;
  readonly roles: readonly Role[];
  readonly seats: readonly string[];
  readonly cases: readonly string[];
  readonly events: number;
  readonly consents: Consents;
  readonly retention: Retention;
  readonly link: string;
  readonly linkHours: number;
};

/** All of it is about the reader, so none of it is masked. */
export const whatIsKept = (kept: Kept): Message => {
  const facts: readonly Fact[] = [
    { label: { zh: '姓名', en: 'Name' }, value: same(kept.name) },
    { label: { zh: '账号', en: 'Accounts' }, value: list(kept.channels.map((one) => channelNames[one])) },
    { label: { zh: '园区', en: 'Park' }, value: kept.park ?? dash },
    {
      label: { zh: '职务与席位', en: 'Offices and seats' },
      value:
        kept.roles.length + kept.seats.length === 0
          ? dash
          : list([
              ...kept.roles.map((one) => roleNames[one]),
              ...kept.seats.map((key) => ({ zh: `席位 ${key}`, en: `seat ${key}` })),
            ]),
    },
    {
      label: { zh: '您发起、尚未结束的事项', en: 'Open matters of yours' },
      value: kept.cases.length === 0 ? dash : list(kept.cases.map(same)),
    },
    {
      label: { zh: '活动报名', en: 'Sign-ups' },
      value: { zh: `${kept.events} 次`, en: String(kept.events) },
    },
    { label: { zh: '授权', en: 'Consents' }, value: consentLine(kept.consents) },
  ];
  return {
    title: { zh: '我的数据', en: 'My data' },
    text: {
      zh: `联盟为办理会务保存以下信息。您发来的原话在办结 ${kept.retention.inputs} 天后删除，发给您的消息在事项结束 ${kept.retention.posts} 天后删除；表决、到会和办理记录属于联盟档案，会一直保存。全部内容可在这里下载（${kept.linkHours} 小时内有效，请勿转发）：\n${kept.link}`,
      en: `To do its work the alliance keeps what stands below. Your own words are deleted ${kept.retention.inputs} days after they were dealt with, messages to you ${kept.retention.posts} days after their matter was closed; votes, presences and what was decided are the alliance’s record and stay. All of it as one file (the link works for ${kept.linkHours} hours; please do not pass it on):\n${kept.link}`,
    },
    facts,
  };
};

const consentLine = ({ abroad, directory }: Consents): Text => ({
  zh: `Slack（境外）显示姓名：${abroad ? '同意' : '未同意，隐去显示'}；活动名录：${directory ? '列入' : '不列入'}`,
  en: `name on Slack (abroad): ${abroad ? 'shown' : 'masked'}; directories of events: ${directory ? 'listed' : 'not listed'}`,
});

export const yourConsents = (consents: Consents): Message => ({
  title: { zh: '授权情况', en: 'What you agreed to' },
  text: joinTexts(
    [
      {
        zh: `1) 境外显示：Slack 的数据存储在境外。${consents.abroad ? '您已同意名单中在 Slack 上显示您的全名。' : '您未同意在 Slack 上显示全名，名单中只显示首字。'}`,
        en: `1) Abroad: Slack stores data outside China. ${consents.abroad ? 'You agreed that lists there show your full name.' : 'You have not agreed to that: lists there show no more than the first character of your name.'}`,
      },
      {
        zh: `2) 活动名录：${consents.directory ? '您参加的活动，与会者可在名录中看到您的姓名、园区和供需资料。' : '您参加的活动，名录中不列您。'}`,
        en: `2) Directories: ${consents.directory ? 'those who come to the same event find your name, park and profile in its directory.' : 'you are left out of the directories of events.'}`,
      },
      {
        zh: '报名、表决、通知等会务必需的信息不另行征求同意。更改立即生效；已经发出的消息无法收回。',
        en: 'What is necessary for sign-ups, votes and notices is not asked for. A change holds at once; messages that are out cannot be taken back.',
      },
    ],
    '\n',
  ),
});

export const isSet: Readonly<Record<Purpose, Readonly<Record<'given' | 'takenBack', Message>>>> = {
  abroad: {
    given: say(
      '已登记：今后名单在 Slack 上显示您的全名。您可以随时回复“撤回境外显示”。',
      'Noted: lists on Slack show your full name from now on. You can take that back at any time with “mask me abroad”.',
    ),
    takenBack: say(
      '已撤回：今后名单在 Slack 上隐去您的姓名。已经发出的消息无法收回。',
      'Taken back: from now on lists on Slack mask your name. Messages that are out cannot be taken back.',
    ),
  },
  directory: {
    given: say('已列入活动名录。', 'You are listed in the directories of events that you come to.'),
    takenBack: say(
      '今后的活动名录不再列您，别人也就不能在名录中找到您约见。',
      'You are left out of directories from now on, so others will not find you there to ask for a meeting.',
    ),
  },
};

export type Open = { readonly what: 'application' | 'event' | 'appointment'; readonly ref: string };

const endings: Readonly<Record<Open['what'], (ref: string) => Text>> = {
  application: (ref) => ({
    zh: `入会申请 ${ref}：回复“撤回 ${ref}”`,
    en: `application ${ref}: reply “withdraw ${ref}”`,
  }),
  event: (ref) => ({
    zh: `您组织的活动 ${ref}：请先办完或回复“取消活动 ${ref}”`,
    en: `the event ${ref} that you organize: see it through, or reply “call off ${ref}”`,
  }),
  appointment: (ref) => ({
    zh: `约见 ${ref}：回复“取消约见 ${ref}”或“撤回 ${ref}”`,
    en: `appointment ${ref}: reply “cancel appointment ${ref}” or “withdraw ${ref}”`,
  }),
};

export const endTheseFirst = (open: readonly Open[]): Message => ({
  text: joinTexts(
    [
      {
        zh: '可以办理。下列事项还有别人在等您，请先了结，再回复“删除我”：',
        en: 'That can be done. In these matters others still wait for you: please end them first, then send “delete me” again.',
      },
      ...open.map(({ what, ref }) => endings[what](ref)),
    ],
    '\n',
  ),
});

export type Offices = {
  readonly seats: readonly string[];
  readonly alternateOf: readonly string[];
  readonly roles: readonly Role[];
};

export const whatGoes = ({ seats, alternateOf, roles }: Offices): Message => {
  const held = list([
    ...seats.map((key) => ({ zh: `席位 ${key}`, en: `seat ${key}` })),
    ...alternateOf.map((key) => ({ zh: `席位 ${key} 的候补`, en: `alternate of seat ${key}` })),
    ...roles.map((one) => roleNames[one]),
  ]);
  return {
    title: { zh: '删除我的信息', en: 'Delete me' },
    text: joinTexts(
      [
        {
          zh: '将删除：您的姓名、账号、联系方式、您说过的话和发给您的消息、报名、邀请、供需资料、评价和授权。没有结束的报名会取消，名额让给下一位。',
          en: 'This deletes your name, accounts and contact details, what you said and what was said to you, your sign-ups, invitations, profiles, reviews and consents. Open sign-ups are given up, and the places go to the next in line.',
        },
        {
          zh: '会保留：席位投出的票（票属于席位，不再与您关联）、理事会通过的议案原文，以及不含姓名和原话的办理记录。已经发到群里的消息无法收回，备份按期删除。',
          en: 'What stays: votes, which are the seat’s and no longer yours; the texts that the council adopted; and the record of what was done, without names or words. Messages in rooms cannot be taken back; backups are deleted in their time.',
        },
        ...(held.zh === ''
          ? []
          : [
              {
                zh: `您现任：${held.zh}。删除后由秘书处另请他人。`,
                en: `You hold: ${held.en}. The secretariat will ask somebody else to take over.`,
              },
            ]),
        { zh: '删除后无法恢复。', en: 'It cannot be undone.' },
      ],
      '\n',
    ),
  };
};

export const nothingDeleted: Message = say('好的，什么都没有删除。', 'All right, nothing was deleted.');

export const isErased: Message = say(
  '已删除，感谢您一直以来的支持。再给我发消息，会当作新朋友重新认识。',
  'You have been deleted. Thank you for your part in the alliance. Should you write again, you are somebody new here.',
);

/** Said without the name: that is gone. */
export const isVacant = ({ seats, alternateOf, roles }: Offices, tasks: readonly string[]): Message => {
  const held = list([
    ...seats.map((key) => ({ zh: `席位 ${key} 的代表`, en: `the holder of seat ${key}` })),
    ...alternateOf.map((key) => ({ zh: `席位 ${key} 的候补`, en: `an alternate of seat ${key}` })),
    ...roles.map((one) => ({ zh: roleNames[one].zh, en: `the ${roleNames[one].en}` })),
  ]);
  const who: Text = held.zh === '' ? { zh: '一位成员', en: 'somebody' } : held;
  return {
    text: joinTexts(
      [
        {
          zh: `${who.zh}已按本人要求删除个人信息。`,
          en: `${who.en[0]?.toUpperCase()}${who.en.slice(1)} has been deleted at their own request.`,
        },
        ...(held.zh === ''
          ? []
          : [
              {
                zh: `请在联盟资料文件中删去此人，另请他人。${seats.length > 0 ? '在此之前，该席位只能由候补代表表决。' : ''}`,
                en: `Please take them out of the alliance file and name somebody else.${seats.length > 0 ? ' Until then only alternates can vote for the seat.' : ''}`,
              },
            ]),
        ...(tasks.length === 0
          ? []
          : [
              {
                zh: `请改派：${tasks.join('、')}。`,
                en: `To be given to somebody else: ${tasks.join(', ')}.`,
              },
            ]),
      ],
      '\n',
    ),
  };
};
