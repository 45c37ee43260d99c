/** What is asked after a meeting, and what is answered. */
import { type Message, say } from '../../../core/message.js';
import type { Text } from '../../../core/text.js';
import type { FollowUp } from '../../../database.js';
import type { FollowUpDay } from '../follow-up-plan.js';
import type { Named, Subject } from '../header.js';
import type { Amount, Stage } from '../outcomes.js';
import { type Face, sayFace } from '../people.js';
import { eventOf } from './common.js';

export const stages: Readonly<Record<Stage, Text>> = {
  nothing: { zh: '没有后续', en: 'nothing came of it' },
  contact: { zh: '保持联系', en: 'in contact' },
  talks: { zh: '正在洽谈', en: 'in talks' },
  intent: { zh: '达成意向', en: 'letter of intent' },
  signed: { zh: '已经签约', en: 'signed' },
};

export const amounts: Readonly<Record<Amount, Text>> = {
  upTo100: { zh: '不到 100 万元', en: 'below CNY 1 million' },
  upTo500: { zh: '100–500 万元', en: 'CNY 1–5 million' },
  upTo2000: { zh: '500–2000 万元', en: 'CNY 5–20 million' },
  more: { zh: '超过 2000 万元', en: 'above CNY 20 million' },
};

const howLong: Readonly<Record<FollowUpDay, Text>> = {
  1: { zh: '谈得怎么样', en: 'How did it go' },
  30: { zh: '一个月过去了，进展如何', en: 'A month later: how far has it come' },
  90: { zh: '三个月过去了，进展如何', en: 'Three months later: how far has it come' },
};

export const whatCame = (
  c: Named,
  a: Subject,
  day: FollowUpDay,
  other: Face,
  earlier: Pick<FollowUp, 'stage'> | undefined,
): Message => {
  const before: Text = earlier
    ? { zh: `（上次是“${stages[earlier.stage].zh}”）`, en: ` (last time: ${stages[earlier.stage].en})` }
    : { zh: '', en: '' };
  return say(
    `${c.ref}：您在${eventOf(a).zh}与${sayFace(other).zh}面谈过，${howLong[day].zh}${before.zh}？请回复“成果 ${c.ref}”，半分钟即可；只有组织者看得到明细，理事会只看汇总数字。`,
    `${c.ref}: you met ${sayFace(other).en} at ${eventOf(a).en}. ${howLong[day].en}${before.en}? Please reply “outcome ${c.ref}”; it takes half a minute. Only the organizer sees your answer; the council sees sums.`,
  );
};

export const pleaseTell = (c: Named, a: Subject, other: Face): Message =>
  say(
    `还想请您告诉我们：与${other.name}的面谈（${c.ref}，${eventOf(a).zh}）进展如何？回复“成果 ${c.ref}”即可，这次之后不再打扰。`,
    `One more time: what became of your meeting with ${other.name} (${c.ref}, ${eventOf(a).en})? Just reply “outcome ${c.ref}”; we will not ask about this again.`,
  );

export const noted = (c: Named, stage: Stage, isCorrection: boolean): Message =>
  stage === 'nothing'
    ? say(
        `${c.ref}：${isCorrection ? '已更正' : '已记下'}，“${stages.nothing.zh}”。谢谢您告诉我们。`,
        `${c.ref}: ${isCorrection ? 'corrected' : 'noted'}, ${stages.nothing.en}. Thank you for telling us.`,
      )
    : say(
        `${c.ref}：${isCorrection ? '已更正' : '已记下'}，“${stages[stage].zh}”。`,
        `${c.ref}: ${isCorrection ? 'corrected' : 'noted'}, ${stages[stage].en}.`,
      );

export const amountNoted = (c: Named, amount: Amount): Message =>
  say(`${c.ref}：金额“${amounts[amount].zh}”，已记下。`, `${c.ref}: ${amounts[amount].en}, noted.`);

export const noDealYet = (c: Named): Message =>
  say(
    `达成意向或签约之后才记金额。请先回复“成果 ${c.ref}”说明进展。`,
    `An amount belongs to an intent or a contract. Please tell how far it has come first: “outcome ${c.ref}”.`,
  );

export const tellTheStage = (c: Named): Message =>
  say(`请先回复“成果 ${c.ref}”说明进展。`, `Please tell how far it has come first: “outcome ${c.ref}”.`);

export const thanks = (c: Named): Message =>
  say(
    `谢谢！${c.ref} 的情况都记下了；有变化随时再回复“成果 ${c.ref}”。`,
    `Thank you, all of it is noted for ${c.ref}. If anything changes, reply “outcome ${c.ref}” again.`,
  );
