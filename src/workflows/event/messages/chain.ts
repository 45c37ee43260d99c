/** What is said of sign-up chains. */
import type { Calendar } from '../../../core/calendar.js';
import { type Message, say } from '../../../core/message.js';
import { joinTexts, same, type Text } from '../../../core/text.js';
import type { Attendee } from '../../../database.js';
import type { Chain, ChainFault } from '../chain/chain.js';
import type { Entry } from '../chain.js';
import type { Named, Subject } from '../header.js';
import { people as countOf, timeOf, titled } from './common.js';

export const fromChain: Text = { zh: '按接龙登记', en: 'taken from a chain' };
export const leftByChain: Text = { zh: '接龙中注明取消', en: 'withdrawn in the chain' };

export const onWeChatOnly = (c: Named): Message =>
  say(
    `接龙是贴回微信群用的，姓名在 Slack 上不完整显示。请在微信里对我说“接龙 ${c.ref}”。`,
    `A chain goes back into a WeChat group, and names are not shown in full on Slack. Please ask me on WeChat: “chain ${c.ref}”.`,
  );

export const isShut = (c: Named, e: Subject): Message =>
  say(
    `${titled(c, e).zh}报名已截止，接龙不再登记。`,
    `Sign-up for ${titled(c, e).en} has closed; chains are not taken over any more.`,
  );

export const noChain = (c: Named): Message =>
  say(
    `没有读到接龙的名单。请把整条接龙贴过来，每行一位，如“1. 李伟 陶溪川”；要取回整理好的接龙，请只回复“接龙 ${c.ref}”。`,
    `I could not find a list in that. Please paste the whole chain, one person a line, such as “1. Li Wei – Taoxichuan”; “chain ${c.ref}” alone gives you the clean one.`,
  );

const lines = (of: readonly number[]): Text => ({
  zh: `原文第 ${of.join('、')} 行`,
  en: `${of.length === 1 ? 'line' : 'lines'} ${of.join(', ')} of the text`,
});

const sayFault = (fault: ChainFault): Text => {
  switch (fault.kind) {
    case 'repeatedNumber':
      return {
        zh: `${lines(fault.lines).zh}：序号 ${fault.number} 重复，可能有两位同时接龙，请看看有没有漏掉谁`,
        en: `${lines(fault.lines).en}: number ${fault.number} stands twice; two may have answered at once, so somebody may be missing`,
      };
    case 'skippedNumber': {
      const which = fault.from === fault.to ? `${fault.from}` : `${fault.from}–${fault.to}`;
      return {
        zh: `${lines([fault.line]).zh}之前缺序号 ${which}，可能丢了人`,
        en: `before ${lines([fault.line]).en}: number ${which} is missing; somebody may be lost`,
      };
    }
    case 'sameName':
      return {
        zh: `${lines(fault.lines).zh}：“${fault.name}”出现两次`,
        en: `${lines(fault.lines).en}: “${fault.name}” stands twice`,
      };
    case 'emptyRow':
      return {
        zh: `${lines([fault.line]).zh}（${fault.number}）没有姓名`,
        en: `${lines([fault.line]).en} (${fault.number}): no name`,
      };
    case 'unreadableName':
      return {
        zh: `${lines([fault.line]).zh}看不出姓名：“${fault.text}”`,
        en: `${lines([fault.line]).en}: no name in “${fault.text}”`,
      };
    case 'unclearCount':
      return {
        zh: `${lines([fault.line]).zh}人数不明确：“${fault.words}”`,
        en: `${lines([fault.line]).en}: how many come is not clear in “${fault.words}”`,
      };
    case 'unsure':
      return {
        zh: `${lines([fault.line]).zh}还不确定：“${fault.words}”`,
        en: `${lines([fault.line]).en}: not sure yet, “${fault.words}”`,
      };
    case 'severalChains':
      return {
        zh: '一次贴了几条接龙，只读了最后一条',
        en: 'several chains were pasted; only the last one was read',
      };
    case 'severalLists':
      return { zh: '接龙里有几份名单，已全部读入', en: 'the chain has several lists; all of them were read' };
    case 'cutOff':
      return { zh: '接龙末尾被截断，可能缺人', en: 'the chain is cut off at the end; people may be missing' };
    default:
      return fault satisfies never;
  }
};

const of = (entries: readonly Entry[], does: Entry['does']) => entries.filter((one) => one.does === does);
const heads = (entries: readonly Entry[]): number => entries.reduce((sum, one) => sum + one.guests.length, 0);

/** A chain in figures. */
export const rows = (entries: readonly Entry[]): Text => ({
  zh: `${entries.length} 行，新增 ${heads(of(entries, 'joins'))} 人`,
  en: `${entries.length} rows, ${heads(of(entries, 'joins'))} new`,
});

const mostShown = 12;

export const report = (
  c: Named,
  e: Subject,
  {
    chain,
    entries,
    lost,
    by,
  }: {
    readonly chain: Chain;
    readonly entries: readonly Entry[];
    readonly lost: readonly string[];
    readonly by: string;
  },
): Message => {
  const asks = of(entries, 'asks');
  const questions: readonly Text[] = [
    ...chain.faults.map(sayFault),
    ...asks.map((one) => ({
      zh: `${lines([one.line]).zh}“${one.name}”：同名或与登记的园区不符，请核实后另行报名`,
      en: `${lines([one.line]).en}, “${one.name}”: several of that name, or of another park than is on record; please check and sign them up by name`,
    })),
    ...(lost.length > 0
      ? [
          {
            zh: `上一版接龙里有、这一版没有：${lost.join('、')}`,
            en: `in the chain before but not in this one: ${lost.join(', ')}`,
          },
        ]
      : []),
  ];
  const more = questions.length - mostShown;
  const there = of(entries, 'there');
  const leaves = of(entries, 'leaves');
  const repeats = of(entries, 'repeats');
  return {
    text: joinTexts(
      [
        {
          zh: `${titled(c, e).zh}：${by}贴的接龙共 ${entries.length} 行，可新登记 ${heads(of(entries, 'joins'))} 人${there.length > 0 ? `，${there.length} 行已在名单上` : ''}${leaves.length > 0 ? `，${leaves.length} 行注明取消` : ''}${repeats.length > 0 ? `，${repeats.length} 行重复` : ''}。`,
          en: `${titled(c, e).en}: the chain that ${by} pasted has ${entries.length} rows; ${countOf(heads(of(entries, 'joins')))} new${there.length > 0 ? `, ${there.length} on the list already` : ''}${leaves.length > 0 ? `, ${leaves.length} withdrawn` : ''}${repeats.length > 0 ? `, ${repeats.length} repeated` : ''}.`,
        },
        ...(questions.length > 0 ? [{ zh: '请留意：', en: 'Please look at:' }] : []),
        ...questions.slice(0, mostShown),
        ...(more > 0 ? [{ zh: `另有 ${more} 处`, en: `and ${more} more` }] : []),
        {
          zh: `登记请回复“登记接龙 ${c.ref}”，超出名额的自动进入候补。`,
          en: `Reply “take chain ${c.ref}” to put them on the list; those beyond the places join the waitlist.`,
        },
      ],
      '\n',
    ),
    ...(of(entries, 'joins').length > 0 && {
      people: of(entries, 'joins')
        .flatMap((one) => one.guests)
        .map((guest, at) => ({ number: at + 1, name: guest.name, note: same('') })),
    }),
  };
};

export const passedOn = (c: Named, e: Subject, entries: readonly Entry[]): Message =>
  say(
    `收到${titled(c, e).zh}的接龙（${entries.length} 行），已转给组织者核对。您本人也可以直接回复“报名 ${c.ref}”。`,
    `Thank you: the chain for ${titled(c, e).en} (${entries.length} rows) has gone to the organizer. You can also simply reply “sign up ${c.ref}”.`,
  );

export const nothingToTake = (c: Named): Message =>
  say(
    `${c.ref} 没有待登记的接龙。请先把接龙贴给我。`,
    `No chain of ${c.ref} waits to be taken over. Please paste one first.`,
  );

export const wasTakenOver = (c: Named, e: Subject, calendar: Calendar): Message =>
  say(
    `您在接龙里报名的${titled(c, e).zh}已登记：${timeOf(e, calendar).zh}，${e.place}。回复“候补 ${c.ref}”可查看名额情况，来不了请回复“取消报名 ${c.ref}”。`,
    `You signed up for ${titled(c, e).en} in a chain, and are on the list now: ${timeOf(e, calendar).en}, ${e.place}. “queue ${c.ref}” shows where you stand; if you can’t come, please reply “leave ${c.ref}”.`,
  );

export const taken = (
  c: Named,
  e: Subject,
  people: readonly Pick<Attendee, 'name' | 'status'>[],
  entries: readonly Entry[],
): Message => {
  const going = people.filter((one) => one.status === 'going').length;
  const waiting = people.length - going;
  const asks = of(entries, 'asks').map((one) => one.name);
  return say(
    `${titled(c, e).zh}已按接龙登记：确认 ${going} 人${waiting > 0 ? `，候补 ${waiting} 人` : ''}。${asks.length > 0 ? `未登记、待核实：${asks.join('、')}。` : ''}在微信回复“接龙 ${c.ref}”可取回整理好的接龙。`,
    `The chain is taken over for ${titled(c, e).en}: ${going} confirmed${waiting > 0 ? `, ${waiting} on the waitlist` : ''}. ${asks.length > 0 ? `Not taken over, to be checked: ${asks.join(', ')}. ` : ''}“chain ${c.ref}” on WeChat gives you the clean one.`,
  );
};

export const dropped = (c: Named): Message =>
  say(`${c.ref} 的接龙不登记。`, `The chain of ${c.ref} is dropped.`);

export const heading = (
  c: Named,
  e: Subject,
  calendar: Calendar,
): { readonly title: string; readonly time: Text } => ({
  title: `${c.ref} ${e.title}`,
  time: joinTexts([timeOf(e, calendar), same(e.place)], { zh: '，', en: ', ' }),
});
