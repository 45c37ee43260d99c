/** The letter of proxy, as it is filed: who gives whose vote to whom, for exactly what, from when until when. */
import type { Message } from '../../core/message.js';
import type { Text } from '../../core/text.js';

export type Letter = {
  readonly ref: string;
  readonly giver: string;
  readonly proxy: string;
  readonly seat: string;
  /** The park that the seat speaks for. */
  readonly park: Text | null;
  readonly about:
    | { readonly kind: 'motion'; readonly ref: string; readonly title: string }
    | { readonly kind: 'meeting'; readonly ref: string; readonly title: string; readonly day: Text }
    | { readonly kind: 'period' };
  /** First and last day; a letter for a motion or a meeting without days holds until that is over. */
  readonly days: { readonly from: Text; readonly until: Text } | null;
  /** The day on which it was accepted. */
  readonly date: Text;
};

export const letterOf = (letter: Letter): Message => {
  const { ref, giver, proxy, seat, park, date } = letter;
  const [matter, term] = [matterOf(letter), termOf(letter)];
  return {
    title: { zh: `委托书（${ref}）`, en: `Letter of proxy (${ref})` },
    text: {
      zh: [
        `委托人：${giver}，理事会席位 ${seat}${park ? `（${park.zh}）` : ''}`,
        `受托人：${proxy}`,
        `委托事项：${matter.zh}`,
        `有效期：${term.zh}`,
        '本委托不得转委托。受托人表决之前，委托人可以随时收回，也可以改为亲自表决。',
        `委托人和受托人均已在线确认。${date.zh}`,
      ].join('\n'),
      en: [
        `Given by: ${giver}, council seat ${seat}${park ? ` (${park.en})` : ''}`,
        `Given to: ${proxy}`,
        `For: ${matter.en}`,
        `Valid: ${term.en}`,
        'This proxy is not transferable. Until the proxy has voted, the giver may revoke it or vote in person instead.',
        `Confirmed online by both. ${date.en}`,
      ].join('\n'),
    },
  };
};

const matterOf = ({ about }: Letter): Text => {
  switch (about.kind) {
    case 'motion':
      return {
        zh: `代为就理事会议案 ${about.ref}《${about.title}》行使表决权（赞成、反对或弃权）`,
        en: `to cast the seat’s vote – yes, no or abstention – on council motion ${about.ref} “${about.title}”`,
      };
    case 'meeting':
      return {
        zh: `代为出席理事会会议 ${about.ref}《${about.title}》（${about.day.zh}），并就会上各项议案行使表决权；规则不允许委托的事项除外`,
        en: `to represent the seat at council meeting ${about.ref} “${about.title}” (${about.day.en}) and to cast its vote on the motions put there, except where the rules allow no proxy`,
      };
    case 'period':
      return {
        zh: '在有效期内，代为就理事会付诸表决的各项议案行使表决权；规则不允许委托的事项除外',
        en: 'to cast the seat’s vote on all motions put to the council while this letter is valid, except where the rules allow no proxy',
      };
    default:
      return about satisfies never;
  }
};

const termOf = ({ about, days, date }: Letter): Text => {
  if (days && days.from.zh === days.until.zh) return days.from;
  if (days)
    return { zh: `${days.from.zh}至${days.until.zh}`, en: `from ${days.from.en} to ${days.until.en}` };
  return about.kind === 'meeting'
    ? { zh: `自${date.zh}起，至该次会议结束`, en: `from ${date.en} until that meeting is over` }
    : { zh: `自${date.zh}起，至该议案表决结束`, en: `from ${date.en} until the vote on that motion is over` };
};
