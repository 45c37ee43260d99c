/** Why a proxy can't be: what is the matter, and what to do instead. */
import { type Message, say } from '../../core/message.js';
import type { Text } from '../../core/text.js';
import type { Case, Subject } from './header.js';
import type { Objection } from './rules.js';
import type { Stands } from './standing.js';

type Pair = {
  readonly giverId: string;
  readonly giver: string;
  readonly proxyId: string;
  readonly proxy: string;
};

export const onlyHolders = say(
  '表决权只能由席位代表本人委托。您是候补代表，代表不能表决时，您可以直接表决。',
  'Only the holder of a seat can give its vote away. As an alternate you may simply vote when the holder cannot.',
);

export const nobodyCalled = (name: string): Message =>
  say(
    `没有找到“${name}”。请写对方的全名，或其园区的名称，例如“委托 李娜 P-7”。`,
    `There is nobody called “${name}” here. Please give the full name, or the name of their park, as in “proxy Li Na P-7”.`,
  );

export const severalCalled = (name: string, people: readonly string[]): Message =>
  say(
    `“${name}”不止一位：${people.join('、')}。请写全名，或写席位编号（如 s3），重新发送一次。`,
    `“${name}” could be several people: ${people.join(', ')}. Please send it again with the full name or the key of the seat, such as s3.`,
  );

export const notYourself = say(
  '不能委托自己。请另选一位理事会席位的代表或候补代表，例如“委托 李娜 P-7”。',
  'You can’t be your own proxy. Please choose the holder or alternate of another council seat, as in “proxy Li Na P-7”.',
);

export const noSuchNumber = (ref: string): Message =>
  say(
    `没有找到 ${ref}。请核对编号：议案是 P-1 这样的编号，会议是 K-1 这样的编号。`,
    `There is no ${ref}. Please check the number: motions look like P-1, meetings like K-1.`,
  );

export const isOver = (what: Text): Message =>
  say(
    `${what.zh}的表决已经结束，不再需要委托，没有做任何改动。`,
    `Nobody can vote ${what.en} any more, so no proxy is needed. Nothing was changed.`,
  );

/** The name, or “you” to the person themselves. */
const named = (id: string, name: string, readerId: string): Text =>
  id === readerId ? { zh: '您', en: 'you' } : { zh: name, en: name };
const has = (id: string, name: string, readerId: string): Text =>
  id === readerId ? { zh: '您', en: 'You have' } : { zh: name, en: `${name} has` };

export const hasVoted = (p: Pair, what: Text, readerId: string): Message => {
  const whose =
    p.giverId === readerId
      ? { zh: '您的席位', en: 'Your seat' }
      : { zh: `${p.giver}的席位`, en: `${p.giver}’s seat` };
  return say(
    `${whose.zh}已经${what.zh}投过票，无需委托。如要改票，请直接重新表决。`,
    `${whose.en} has already voted ${what.en}, so no proxy is needed. To change the vote, simply vote again.`,
  );
};

export const seatIsOut = (p: Pair, readerId: string): Message =>
  p.giverId === readerId
    ? say(
        '您的席位目前不能表决（已停席、任期已满或已换代表），因此不能委托。如有疑问，请联系秘书处。',
        'Your seat has no vote at present (suspended, out of its term or held by somebody else), so there is none to give away. Please ask the secretariat if this looks wrong.',
      )
    : say(
        `${p.giver}的席位目前不能表决（已停席、任期已满或已换代表），这项委托不能再接受。如有疑问，请联系秘书处。`,
        `${p.giver}’s seat has no vote at present (suspended, out of its term or held by somebody else), so this proxy can’t be accepted. Please ask the secretariat if this looks wrong.`,
      );

export const ownAlternate = (p: Pair, readerId: string): Message =>
  p.giverId === readerId
    ? say(
        `${p.proxy}是您席位的候补代表，不用委托就可以代您表决，请直接告知对方即可。`,
        `${p.proxy} is your seat’s alternate and may vote for it without a proxy; simply let them know.`,
      )
    : say(
        `您是${p.giver}席位的候补代表，不用委托就可以表决。`,
        `You are the alternate of ${p.giver}’s seat and may vote for it without a proxy.`,
      );

export const noSeat = (p: Pair, readerId: string): Message =>
  p.giverId === readerId
    ? say(
        `${p.proxy}目前不代表任何理事会席位，不能受托表决。请另选一位席位的代表或候补代表；回复“席位”可查看名单。`,
        `${p.proxy} speaks for no council seat at present and can’t vote for you. Please choose the holder or alternate of another seat; reply “seats” for the list.`,
      )
    : say(
        '您目前不代表任何理事会席位，不能受托表决。如有疑问，请联系秘书处。',
        'You speak for no council seat at present and can’t vote for others. Please ask the secretariat if this looks wrong.',
      );

export const objected = (p: Pair, what: Text, objection: Objection<Stands>, readerId: string): Message => {
  switch (objection.kind) {
    case 'notAllowed':
      return say(
        `按议事规则，不得委托他人${what.zh}表决。请亲自表决，或由本席位的候补代表表决。`,
        `By the rules nobody can vote for another seat ${what.en}. Please vote yourself, or let your seat’s alternate do so.`,
      );
    case 'twice': {
      const { ref, standing } = objection.other;
      const whose =
        p.giverId === readerId ? { zh: '您', en: 'You have' } : { zh: p.giver, en: `${p.giver} has` };
      return say(
        `${whose.zh}已有一项时间或事项重叠的委托 ${ref}（${standing === 'asked' ? '待答复' : '已接受'}），同一项表决只能委托一位。${p.giverId === readerId ? `如要换人，请先回复“收回 ${ref}”。` : `请与${p.giver}联系。`}`,
        `${whose.en} already given a proxy that overlaps with this: ${ref} (${standing === 'asked' ? 'not answered yet' : 'accepted'}). A vote can only have one. ${p.giverId === readerId ? `To choose somebody else, reply “revoke ${ref}” first.` : `Please talk to ${p.giver}.`}`,
      );
    }
    case 'proxyGaveAway': {
      const { ref } = objection.other;
      const who = has(p.proxyId, p.proxy, readerId);
      return p.proxyId === readerId
        ? say(
            `您已把自己同一时间或事项的表决权委托出去（${ref}），不能再接受别人的委托。如仍想接受，请先回复“收回 ${ref}”。`,
            `${who.en} given your own vote away for something that overlaps (${ref}), so you can’t vote for others there. To accept all the same, reply “revoke ${ref}” first.`,
          )
        : say(
            `${p.proxy}已把自己同一时间或事项的表决权委托出去（${ref}），不能再受您委托：委托不能转手。请另选一位。`,
            `${who.en} given their own vote away for something that overlaps (${ref}) and can’t take yours: a proxy can’t be passed on. Please choose somebody else.`,
          );
    }
    case 'giverHolds': {
      const { ref } = objection.other;
      return p.giverId === readerId
        ? say(
            `您已接受别人同一时间或事项的委托（${ref}），不能再把自己的表决权委托出去：委托不能转手。如确实不能表决，请先回复“谢绝 ${ref}”退回那项委托。`,
            `You hold somebody’s proxy for something that overlaps (${ref}), so you can’t give your own vote away: a proxy can’t be passed on. If you really can’t vote, hand that one back first with “turn-down ${ref}”.`,
          )
        : say(
            `${p.giver}已接受别人同一时间或事项的委托（${ref}），不能再把表决权委托出去：委托不能转手。请与${p.giver}联系。`,
            `${p.giver} holds somebody’s proxy for something that overlaps (${ref}) and can’t give their own vote away: a proxy can’t be passed on. Please talk to ${p.giver}.`,
          );
    }
    case 'full': {
      const who = named(p.proxyId, p.proxy, readerId);
      return say(
        `按议事规则，一人最多受托 ${objection.limit} 个席位，${who.zh}已经满额。${p.proxyId === readerId ? `请“谢绝”这项委托，以便${p.giver}另选他人。` : '请另选一位。'}`,
        `By the rules one person may hold ${count(objection.limit)}, and ${who.en} already ${p.proxyId === readerId ? 'do' : 'does'}. ${p.proxyId === readerId ? `Please turn this one down, so that ${p.giver} can choose somebody else.` : 'Please choose somebody else.'}`,
      );
    }
    default:
      return objection satisfies never;
  }
};

const count = (limit: number): string => (limit === 1 ? 'one proxy at most' : `${limit} proxies at most`);

export const isSpent = (c: Case, p: Subject): Message =>
  say(
    `${c.ref} 已经用过：${p.proxy}已代为表决，不能再改。`,
    `${c.ref} has been used: ${p.proxy} has voted, and that can’t be undone.`,
  );
