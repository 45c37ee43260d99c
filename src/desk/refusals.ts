/** The sentences with which the desk says no: what is the matter, and what to do instead. */

import { type Message, say } from '../core/message.js';
import { whoMay } from '../core/people.js';
import type { Text } from '../core/text.js';
import type { Command } from '../core/workflow.js';

export const noSuchCase = (ref: string): Message =>
  say(
    `没有找到 ${ref}。请核对编号；回复“我的”可以看到与您有关的事项。`,
    `There is no ${ref}. Please check the number, or reply “mine” to see what concerns you.`,
  );

export const noRight = (command: Command, ref?: string): Message => {
  const who = whoMay(command.by);
  return say(
    `${ref ? `${ref}：` : ''}“${command.title.zh}”只能由${who.zh}办理，您目前没有这项权限。如有疑问，请联系秘书处。`,
    `${ref ? `${ref}: ` : ''}“${command.title.en}” can only be done by ${who.en}, and you do not have that right. Please ask the secretariat if this looks wrong.`,
  );
};

export const wrongState = (command: Command, ref: string, state: Text, last: Text | undefined): Message =>
  say(
    `${ref} 现在是“${state.zh}”${last ? `（${last.zh}）` : ''}，现在不能“${command.title.zh}”。回复“状态 ${ref}”可查看详情。`,
    `${ref} is now “${state.en}”${last ? ` (${last.en})` : ''}, so “${command.title.en}” is not possible. Reply “status ${ref}” for details.`,
  );

export const nothingToDo = (command: Command, prefix: string): Message =>
  say(
    `目前没有您可以“${command.title.zh}”的事项。如果知道编号，请写明，例如“${command.words.zh[0]} ${prefix}-1”；回复“我的”查看待办。`,
    `There is nothing for you to “${command.title.en}” at the moment. If you know the number, please add it, as in “${command.words.en[0]} ${prefix}-1”, or reply “mine” to see what waits for you.`,
  );

export const goneChoice: Message = say(
  '这个选项已经失效，没有做任何改动。回复“我的”可以看到现在等您处理的事项。',
  'That choice is no longer open, and nothing was changed. Reply “mine” to see what waits for you now.',
);

export const notYours: Message = say(
  '这个选项不是提供给您的，没有做任何改动。',
  'That choice was offered to somebody else, and nothing was changed.',
);

export const noSuchNumber = (number: number): Message =>
  say(
    `这里没有编号为 ${number} 的选项。回复“我的”查看待办，或回复“帮助”看看我能做什么。`,
    `There is no choice ${number} here. Reply “mine” to see what waits for you, or “help” to see what I can do.`,
  );

export const ourFault = (ref: string): Message =>
  say(
    `抱歉，处理时出了点问题（记录号 ${ref}），您的消息已经保存，秘书处会查看。请稍后再试。`,
    `Sorry, something went wrong on our side (record ${ref}). Your message has been kept and the secretariat will look at it. Please try again later.`,
  );

export const formOutdated: Message = say(
  '这份表格已经结束或更新，请重新发起。',
  'This form has ended or changed in the meantime; please start again.',
);
