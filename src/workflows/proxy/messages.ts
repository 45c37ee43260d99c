/** What the desk says of a proxy on its way, to both sides. */
import type { Calendar } from '../../core/calendar.js';
import { type Message, say } from '../../core/message.js';
import { sayMoment } from '../../core/moments.js';
import type { Text } from '../../core/text.js';
import type { Concern } from './about.js';
import type { Case, Subject } from './header.js';
import { type Letter, letterOf } from './letter.js';

const dayOf = (calendar: Calendar, at: Date): Text => sayMoment(at, calendar.timezone, { time: false });

const daysOf = ({ from, until }: Concern, calendar: Calendar): Letter['days'] =>
  from && until
    ? { from: dayOf(calendar, from), until: dayOf(calendar, new Date(until.getTime() - 1)) }
    : null;

/** What a proxy is for, as it stands with a verb: to vote for you “on P-1”, “from … to …”; 就 P-1 代为表决. */
export const whatOf = (concern: Concern, calendar: Calendar): Text => {
  const { about } = concern;
  if (about?.motion) {
    return { zh: `就 ${about.ref}《${about.motion.title}》`, en: `on ${about.ref} “${about.motion.title}”` };
  }
  if (about?.meeting) {
    return {
      zh: `在会议 ${about.ref}《${about.meeting.title}》上`,
      en: `at meeting ${about.ref} “${about.meeting.title}”`,
    };
  }
  const days = daysOf(concern, calendar);
  if (!days) return { zh: '', en: '' };
  return days.from.zh === days.until.zh
    ? { zh: `在${days.from.zh}`, en: `on ${days.from.en}` }
    : { zh: `在${days.from.zh}至${days.until.zh}期间`, en: `from ${days.from.en} to ${days.until.en}` };
};

export const letter = (c: Case, p: Subject, accepted: Date, calendar: Calendar): Message =>
  letterOf({
    ref: c.ref,
    giver: p.giver,
    proxy: p.proxy,
    seat: p.seat.key,
    park: p.seat.park && { zh: p.seat.park.nameZh, en: p.seat.park.nameEn },
    about: aboutOf(p, calendar),
    days: daysOf(p, calendar),
    date: dayOf(calendar, accepted),
  });

const aboutOf = ({ about }: Concern, calendar: Calendar): Letter['about'] => {
  if (about?.motion) return { kind: 'motion', ref: about.ref, title: about.motion.title };
  if (!about?.meeting) return { kind: 'period' };
  const { title, startsAt } = about.meeting;
  return { kind: 'meeting', ref: about.ref, title, day: dayOf(calendar, startsAt) };
};

export const asked = (c: Case, p: Subject, what: Text): Message =>
  say(
    `${c.ref}：已请${p.proxy}${what.zh}代您表决。对方接受后委托才生效，届时会告诉您；在此之前，请仍准备亲自表决。要收回，请回复“收回 ${c.ref}”。`,
    `${c.ref}: ${p.proxy} has been asked to vote for you ${what.en}. The proxy holds once they accept, and you will be told; until then please plan to vote yourself. Reply “revoke ${c.ref}” to take it back.`,
  );

export const please = (c: Case, p: Subject, what: Text): Message => {
  const park = p.seat.park;
  return say(
    `${c.ref}：${p.giver}${park ? `（${park.nameZh}）` : ''}想请您${what.zh}代为表决。是否接受？`,
    `${c.ref}: ${p.giver}${park ? ` (${park.nameEn})` : ''} asks you to vote for them ${what.en}. Do you accept?`,
  );
};

export const stillWaiting = (c: Case, p: Subject, what: Text): Message =>
  say(
    `提醒：${c.ref} ${p.giver}想请您${what.zh}代为表决，还在等您答复。`,
    `A reminder: ${c.ref} – ${p.giver} asks you to vote for them ${what.en} and waits for your answer.`,
  );

export const noWordYet = (c: Case, p: Subject, what: Text): Message =>
  say(
    `提醒：${c.ref} ${p.proxy}还没有答复是否${what.zh}代您表决，委托尚未生效。您可以“收回”后另选一位，或亲自表决。`,
    `A reminder: ${c.ref} – ${p.proxy} has not said yet whether to vote for you ${what.en}. The proxy does not hold yet; you may revoke it and ask somebody else, or vote yourself.`,
  );

export const accepted = (c: Case, p: Subject, what: Text): Message => {
  const motion = p.about?.motion ? p.about.ref : 'P-1';
  return say(
    `${c.ref}：谢谢，您已接受委托，${what.zh}代${p.giver}表决。表决时请写明代谁，例如“赞成 ${motion} 代 ${p.giver}”。委托书随后发给您。`,
    `${c.ref}: thank you; you will vote for ${p.giver} ${what.en}. When you do, please say for whom, as in “yes ${motion} for ${p.giver}”. The letter of proxy follows.`,
  );
};

export const acceptedForGiver = (c: Case, p: Subject, what: Text): Message =>
  say(
    `${c.ref}：${p.proxy}已接受委托，${what.zh}代您表决。委托书随后发给您。`,
    `${c.ref}: ${p.proxy} has accepted and will vote for you ${what.en}. The letter of proxy follows.`,
  );

export const turnedDown = (c: Case, p: Subject): Message =>
  say(`${c.ref}：已谢绝，并已告知${p.giver}。`, `${c.ref}: turned down; ${p.giver} has been told.`);

export const turnedDownForGiver = (c: Case, p: Subject, what: Text, wasAccepted: boolean): Message =>
  say(
    `${c.ref}：${p.proxy}${wasAccepted ? '退回了委托' : '谢绝了委托'}，不能${what.zh}代您表决。您可以另选一位，或亲自表决。`,
    `${c.ref}: ${p.proxy} has ${wasAccepted ? 'handed the proxy back' : 'turned the proxy down'} and will not vote for you ${what.en}. You may ask somebody else, or vote yourself.`,
  );

export const revoked = (c: Case, p: Subject, what: Text): Message => {
  const next =
    p.usedAt === null
      ? { zh: '请亲自表决。', en: 'Please vote yourself.' }
      : {
          zh: '此前已代投的票仍然有效，其余请亲自表决。',
          en: 'Votes they have cast for you stand; please cast the others yourself.',
        };
  return say(
    `${c.ref}：委托已收回，${p.proxy}不再${what.zh}代您表决，已告知对方。${next.zh}`,
    `${c.ref}: revoked. ${p.proxy} no longer votes for you ${what.en} and has been told. ${next.en}`,
  );
};

export const revokedForProxy = (c: Case, p: Subject, what: Text): Message =>
  say(
    `${c.ref}：${p.giver}已收回委托，您无需${what.zh}代为表决。`,
    `${c.ref}: ${p.giver} has revoked the proxy; you need not vote for them ${what.en}.`,
  );

export const used = (c: Case, p: Subject, motion: string, ended: boolean): Message =>
  say(
    `${c.ref}：${p.proxy}已代${p.giver}就 ${motion} 表决。${ended ? '这项委托就此完成。' : '这项委托继续有效。'}`,
    `${c.ref}: ${p.proxy} has voted for ${p.giver} on ${motion}. ${ended ? 'That completes the proxy.' : 'The proxy goes on.'}`,
  );

/** The seat has voted itself; `by` is whoever did, if not the holder. */
export const overtaken = (
  c: Case,
  p: Subject,
  motion: string,
  how: { readonly by: string | null; readonly ended: boolean; readonly toProxy: boolean },
): Message => {
  const zh = how.by ? `${how.by}已为该席位表决` : how.toProxy ? `${p.giver}已亲自表决` : '您已亲自表决';
  const en = how.by
    ? `${how.by} has voted for the seat`
    : how.toProxy
      ? `${p.giver} has voted in person`
      : 'you have voted in person';
  return say(
    `${c.ref}：${zh} ${motion}，${how.ended ? '委托就此收回。' : '这一项不再由受托人表决；委托对其他表决继续有效。'}`,
    `${c.ref}: ${en} on ${motion}. ${how.ended ? 'The proxy is revoked with that.' : 'The proxy has no vote on it, and goes on for others.'}`,
  );
};

export const lapsed = (c: Case, p: Subject, what: Text, wasAccepted: boolean): Message => {
  const ended =
    p.scope === 'period'
      ? { zh: '已到期，不再有效', en: 'is over' }
      : { zh: '已随表决结束而失效', en: 'has lapsed, as nothing is left to vote on' };
  const end = wasAccepted ? ended : { zh: '没有得到答复，现已失效', en: 'was not answered and has lapsed' };
  return say(
    `${c.ref}：${p.giver}请${p.proxy}${what.zh}代为表决的委托${end.zh}。`,
    `${c.ref}: ${p.giver}’s proxy for ${p.proxy} to vote ${what.en} ${end.en}.`,
  );
};
