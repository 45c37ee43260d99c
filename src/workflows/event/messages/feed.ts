/** What is said with the addresses of calendars and lists. */
import type { Calendar } from '../../../core/calendar.js';
import type { RosterFile } from '../../../core/links.js';
import type { Message } from '../../../core/message.js';
import { joinTexts, same, type Text } from '../../../core/text.js';
import type { Named } from '../header.js';
import { moment, type Titled, titled } from './common.js';

// Every address has a line to itself: no mark after it is taken for a part of it.
const lines = (...all: readonly Text[]): Message => ({ text: joinTexts(all, '\n') });

export const eventFile = (c: Named, e: Titled, address: string): Message =>
  lines(
    {
      zh: `${titled(c, e).zh}的日历文件，打开即可加入手机或电脑的日历（微信里打不开时，请选择“在浏览器打开”）：`,
      en: `The calendar file of ${titled(c, e).en}. Open it to add the event to your calendar:`,
    },
    same(address),
    {
      zh: '改期后请再打开一次。回复“我的日历”，可以订阅您的全部活动，以后自动更新。',
      en: 'After a change, please open it again. Or reply “my calendar” to subscribe to all your events, which then keep up by themselves.',
    },
  );

export const cancelledFile = (c: Named, e: Titled, address: string): Message =>
  lines(
    {
      zh: `${titled(c, e).zh}已取消。如果已加入日历，打开下面的文件即可去掉：`,
      en: `${titled(c, e).en} is called off. If it is in your calendar, opening this file takes it out again:`,
    },
    same(address),
  );

const howToSubscribe: Text = {
  zh: '请在日历应用里选择“通过网址订阅”，粘贴上面的地址。',
  en: 'In your calendar app, choose to subscribe by URL, and paste it.',
};

export const ownFeed = (address: string): Message =>
  lines(
    {
      zh: '您的专用日历地址，包含您已报名和候补的活动、已约定的约见，有变化自动更新：',
      en: 'The address of your private calendar: the events you are going to or waiting for and your appointments, always up to date.',
    },
    same(address),
    howToSubscribe,
    {
      zh: '这个地址就是钥匙，谁拿到都能看到您的日程，请勿转发。万一外泄，请回复“换日历地址”。',
      en: 'The address is as good as a key: whoever has it sees your plans, so please keep it to yourself. If it got out, reply “new calendar address”.',
    },
  );

export const newFeed = (address: string): Message =>
  lines(
    {
      zh: '日历地址已更换，原来的地址不再有效，订阅过的日历请改用新地址：',
      en: 'Your calendar has a new address, and the old one no longer works. Please subscribe anew where you had it:',
    },
    same(address),
    howToSubscribe,
  );

const fileNames: Readonly<Record<RosterFile, Text>> = {
  xlsx: { zh: 'Excel 表格：', en: 'As an Excel workbook:' },
  csv: { zh: '名单 CSV：', en: 'The roster as CSV:' },
  'invitations.csv': { zh: '邀请 CSV：', en: 'The invitations as CSV:' },
  'outcomes.csv': { zh: '约见与成果 CSV：', en: 'The meetings and what came of them, as CSV:' },
};

export const exported = (
  c: Named,
  e: Titled,
  files: readonly { readonly file: RosterFile; readonly address: string }[],
  until: Date,
  calendar: Calendar,
): Message =>
  lines(
    {
      zh: `${titled(c, e).zh}的名单，链接在 24 小时内有效，到${moment(until, calendar).zh}为止：`,
      en: `The list of ${titled(c, e).en}. The links work for 24 hours, until ${moment(until, calendar).en}:`,
    },
    ...files.flatMap(({ file, address }) => [fileNames[file], same(address)]),
    {
      zh: '名单含个人信息，链接无须登录即可打开，请勿转发。',
      en: 'The list holds personal data, and the links open without a login: please do not pass them on.',
    },
  );
