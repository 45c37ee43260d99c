/** What is said of a motion before and after its ballot. */
import type { Calendar } from '../../../core/calendar.js';
import { type Message, say } from '../../../core/message.js';
import { sayMoment } from '../../../core/moments.js';
import type { Matter, Rule } from '../../../core/rulebook.js';
import type { Text } from '../../../core/text.js';

export type Named = { readonly ref: string };
export type Titled = { readonly title: string; readonly text: string };

export const when = (at: Date, calendar: Calendar): Text => sayMoment(at, calendar.timezone, { time: true });
const list = (matters: readonly Matter[]): Text => ({
  zh: matters.map((one) => `“${one.title.zh}”`).join('、'),
  en: matters.map((one) => `“${one.title.en}”`).join(', '),
});

export const noSuchMatter = (words: string, matters: readonly Matter[]): Message =>
  say(
    `章程里没有“${words}”这类事项。可选：${list(matters).zh}。`,
    `The rulebook knows no matter “${words}”. It knows ${list(matters).en}.`,
  );

export const mayNotMove = ({ title }: Matter): Message =>
  say(
    `按章程，“${title.zh}”不由您的身份提出。请由有权提案的席位或秘书处提出。`,
    `Under the rulebook somebody in your position can’t move a matter of the kind “${title.en}”. Please ask a seat or the secretariat to move it.`,
  );

export const notByCirculation = ({ title }: Matter): Message =>
  say(
    `按章程，“${title.zh}”须在会议上表决，不能通信表决。请改选“会议表决”。`,
    `Under the rulebook, “${title.en}” is decided at a meeting and not by circulation. Please choose “At a meeting”.`,
  );

export const moved = (c: Named, m: Titled, { title, rule }: Matter): Message =>
  say(
    `议案 ${c.ref}《${m.title}》已提出（${title.zh}）。${rule.seconds > 0 ? `须 ${rule.seconds} 席附议，达到后我会告诉您。` : ''}回复“撤回 ${c.ref}”可撤回，“修正 ${c.ref}”可修改正文。`,
    `Your motion is ${c.ref}, “${m.title}” (${title.en}). ${rule.seconds > 0 ? `It needs ${rule.seconds} ${rule.seconds === 1 ? 'second' : 'seconds'}; I will tell you when it has ${rule.seconds === 1 ? 'it' : 'them'}. ` : ''}Reply “withdraw ${c.ref}” to withdraw it or “amend ${c.ref}” to change its text.`,
  );

export const secondsWanted = (c: Named, m: Titled, rule: Rule): Message => ({
  title: { zh: `${c.ref} ${m.title}`, en: `${c.ref} ${m.title}` },
  text: {
    zh: `${m.text}\n须 ${rule.seconds} 席附议后进入公告。附议请回复“附议 ${c.ref}”。`,
    en: `${m.text}\nIt goes on notice with ${rule.seconds} ${rule.seconds === 1 ? 'second' : 'seconds'}. To second it, reply “second ${c.ref}”.`,
  },
});

export const stillUnseconded = (c: Named, count: number, rule: Rule): Message =>
  say(
    `${c.ref} 目前 ${count} 席附议，须 ${rule.seconds} 席，已再次提醒理事会。如不再提出，请回复“撤回 ${c.ref}”。`,
    `${c.ref} has ${count} of the ${rule.seconds} seconds it needs; the council has been reminded. Reply “withdraw ${c.ref}” if you no longer want it.`,
  );

export const ownMotion = (c: Named): Message =>
  say(
    `${c.ref} 是您的席位提出的，须由其他席位附议。`,
    `${c.ref} was moved by your own seat; another seat has to second it.`,
  );
export const secondedAlready = (c: Named): Message =>
  say(`您的席位已经附议过 ${c.ref}。`, `Your seat has seconded ${c.ref} already.`);
export const seconded = (c: Named, count: number, rule: Rule): Message =>
  say(`已附议 ${c.ref}（${count}/${rule.seconds}）。`, `${c.ref} is seconded (${count} of ${rule.seconds}).`);
export const secondedForMover = (c: Named): Message =>
  say(`${c.ref} 附议已足。`, `${c.ref} has all the seconds it needs.`);

export const onNotice = (c: Named, m: Titled, rule: Rule, opensAt: Date, calendar: Calendar): Message => ({
  title: { zh: `${c.ref} 公告：${m.title}`, en: `${c.ref} On notice: ${m.title}` },
  text: {
    zh: `${m.text}\n公告 ${rule.noticeDays} 个工作日，${when(opensAt, calendar).zh}起可表决。`,
    en: `${m.text}\nNotice of ${rule.noticeDays} working ${rule.noticeDays === 1 ? 'day' : 'days'}; it can be voted on from ${when(opensAt, calendar).en}.`,
  },
});
export const noticeRuns = (c: Named, opensAt: Date, calendar: Calendar): Message =>
  say(
    `${c.ref} 公告期至${when(opensAt, calendar).zh}，期满才能表决。`,
    `The notice of ${c.ref} runs until ${when(opensAt, calendar).en}; it can’t be voted on before.`,
  );
export const readyForMeeting = (c: Named, m: Titled): Message =>
  say(
    `${c.ref}《${m.title}》公告期满，须在会议上表决。请回复“列入 ${c.ref} K-1”排入某次会议，会上回复“开票 ${c.ref}”开始表决。`,
    `The notice of ${c.ref}, “${m.title}”, is over and it has to be decided at a meeting. Reply “schedule ${c.ref} K-1” to put it on an agenda, and “open ${c.ref}” at the meeting.`,
  );
export const noSuchMeeting = (words: string): Message =>
  say(
    `没有找到可用的会议“${words}”。请写会议编号，如 K-1；回复“会议”可查看已召集的会议。`,
    `There is no meeting “${words}” to put it on. Please give its number, as in K-1; reply “meetings” to see those that are called.`,
  );
export const meetingTooSoon = (c: Named, meeting: string, opensAt: Date, calendar: Calendar): Message =>
  say(
    `${meeting} 早于 ${c.ref} 公告期满（${when(opensAt, calendar).zh}），请选更晚的会议。`,
    `${meeting} comes before the notice of ${c.ref} ends (${when(opensAt, calendar).en}). Please choose a later one.`,
  );
export const scheduled = (c: Named, m: Titled, meeting: string, at: Date, calendar: Calendar): Message =>
  say(
    `${c.ref}《${m.title}》已列入 ${meeting}（${when(at, calendar).zh}）。`,
    `${c.ref}, “${m.title}”, is on the agenda of ${meeting} (${when(at, calendar).en}).`,
  );
export const noMeetingYet = (c: Named): Message =>
  say(
    `${c.ref} 还没有列入会议。请先回复“列入 ${c.ref} K-1”。`,
    `${c.ref} is on no agenda yet. Please reply “schedule ${c.ref} K-1” first.`,
  );
export const meetingNotSitting = (c: Named, meeting: string): Message =>
  say(
    `${meeting} 还没有开会，${c.ref} 不能开始表决。主持人请先回复“开会 ${meeting}”。`,
    `${meeting} has not begun, so ${c.ref} can’t be voted on. Please reply “begin ${meeting}” first.`,
  );

export const referred = (c: Named): Message =>
  say(
    `${c.ref} 由另一事项提请，请在原事项上撤回。`,
    `${c.ref} was put to the council by another case; please withdraw that one.`,
  );
export const withdrawn = (c: Named, m: Titled): Message =>
  say(`议案 ${c.ref}《${m.title}》已撤回。`, `The motion ${c.ref}, “${m.title}”, has been withdrawn.`);

export const nothingAmended = (c: Named): Message =>
  say(`正文没有变化，${c.ref} 未作修正。`, `The text is the same as before, so ${c.ref} was not amended.`);
export const amendedForMover = (c: Named, version: number): Message =>
  say(`${c.ref} 已修正为第 ${version} 版。`, `${c.ref} is amended; this is version ${version}.`);
const change = (before: string, after: string): Text => ({
  zh: `原文：${before}\n现文：${after}`,
  en: `Before: ${before}\nNow: ${after}`,
});
export const amended = (c: Named, before: string, after: string, version: number): Message => ({
  title: { zh: `${c.ref} 修正（第 ${version} 版）`, en: `${c.ref} amended (version ${version})` },
  text: change(before, after),
});
export const pleaseConfirm = (
  c: Named,
  before: string,
  after: string,
  version: number,
  closesAt: Date,
  calendar: Calendar,
): Message => ({
  title: {
    zh: `${c.ref} 表决后有修正（第 ${version} 版），请确认`,
    en: `${c.ref} was amended after you voted (version ${version})`,
  },
  text: {
    zh: `${change(before, after).zh}\n您席位的表决是针对旧文本的。维持请回复“维持 ${c.ref}”，或重新表决，截至${when(closesAt, calendar).zh}；不确认的表决不计入结果。`,
    en: `${change(before, after).en}\nYour seat voted on the earlier text. Reply “keep ${c.ref}” to let the vote stand, or vote anew, by ${when(closesAt, calendar).en}; a vote that is not confirmed does not count.`,
  },
});
