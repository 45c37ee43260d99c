/** What is said of the waitlist: why somebody moved up, and the places that are kept for them. */
import type { Calendar } from '../../../core/calendar.js';
import { type Message, say } from '../../../core/message.js';
import { joinTexts, type Text } from '../../../core/text.js';
import type { Named, Subject } from '../header.js';
import type { Policy, Reason } from '../seating.js';
import { moment, namesOf, people, timeOf, titled } from './common.js';

// What freed a place.
export const arrival: Text = { zh: '新报名', en: 'a sign-up' };
export const somebodyLeft: Text = { zh: '有人取消报名', en: 'somebody gave up a place' };
export const declined: Text = { zh: '有人放弃候补名额', en: 'somebody let a kept place go' };
export const lapsed: Text = { zh: '有候补名额逾期未答复', en: 'a kept place lapsed' };
export const resized: Text = { zh: '名额调整', en: 'the number of places changed' };
export const inTheMorning: Text = { zh: '夜间空出名额', en: 'a place came free in the night' };
export const poolOpened: Text = {
  zh: '园区余额归入公共名额',
  en: 'unused places of parks returned to the pool',
};

export const thereWasRoom: Text = { zh: '报名时有名额', en: 'there was room' };

export const byOrganizer = (why: string): Text => ({
  zh: `组织者递补：${why}`,
  en: `moved up by the organizer: ${why}`,
});

/** Why it was their turn. */
export const because = (why: Reason, policy: Policy): Text => {
  switch (why.kind) {
    case 'first':
      return policy === 'queue' || policy === 'bestFit'
        ? { zh: '报名最早', en: 'first in the line' }
        : { zh: '轮到且报名最早', en: 'next by turn and first in the line' };
    case 'firstWithPlaces':
      return {
        zh: '前面各位的名额种类或园区名额已满',
        en: 'none is left of the kind, or for the park, of those ahead',
      };
    case 'firstThatFits':
      return {
        zh: `前面 ${why.passed.length} 组人数较多，空位坐不下`,
        en: `${why.passed.length === 1 ? 'the group ahead is' : `${why.passed.length} groups ahead are`} too large for the places left`,
      };
    case 'turn':
      if (why.has === 0) {
        return why.of === 'park'
          ? { zh: '所在园区还没有人参加', en: 'nobody of their park has a place yet' }
          : { zh: '所在省份还没有人参加', en: 'nobody of their province has a place yet' };
      }
      return why.of === 'park'
        ? { zh: `所在园区目前人数最少（${why.has} 人）`, en: `their park has the fewest places (${why.has})` }
        : {
            zh: `所在省份目前人数最少（${why.has} 人）`,
            en: `their province has the fewest places (${why.has})`,
          };
    default:
      return why satisfies never;
  }
};

export const movedUp = (cause: Text, why: Reason, policy: Policy): Text =>
  joinTexts([cause, because(why, policy)], { zh: '，', en: '; ' });

const passedOn = ({ next, behind }: { readonly next: Text | undefined; readonly behind: number }): Text => {
  if (next !== undefined) {
    return {
      zh: `逾期未复，名额将转给下一位（${next.zh}，候补共 ${behind} 人）。`,
      en: `If we don’t hear from you, it goes to the next in the line (${next.en}; ${people(behind)} waiting).`,
    };
  }
  return behind === 0
    ? { zh: '逾期未复，名额归入公共名额。', en: 'If we don’t hear from you, it goes back to everybody.' }
    : {
        zh: `逾期未复，名额将转给候补的下一位（候补共 ${behind} 人）。`,
        en: `If we don’t hear from you, it goes to the next in the line (${people(behind)} waiting).`,
      };
};

export const offered = (
  c: Named,
  e: Subject,
  offer: {
    readonly names: readonly string[];
    readonly why: Text;
    readonly until: Date;
    readonly next: Text | undefined;
    readonly behind: number;
    readonly calendar: Calendar;
  },
): Message => {
  const names = namesOf(offer.names);
  const until = moment(offer.until, offer.calendar);
  return {
    text: joinTexts(
      [
        {
          zh: `好消息：${titled(c, e).zh}有名额了，为${names.zh}保留到${until.zh}（${offer.why.zh}）。`,
          en: `Good news: there is room at ${titled(c, e).en} now. It is kept for ${names.en} until ${until.en} (${offer.why.en}).`,
        },
        {
          zh: `参加请回复“接受 ${c.ref}”，来不了请回复“放弃 ${c.ref}”。`,
          en: `Reply “accept ${c.ref}” to take it, or “pass ${c.ref}” if you can’t come.`,
        },
        passedOn(offer),
      ],
      '\n',
    ),
  };
};

export const doorIsOpen = (c: Named, e: Subject, calendar: Calendar): Message =>
  say(
    `${titled(c, e).zh}（${timeOf(e, calendar).zh}）有空位了。时间已近，不再逐一保留，先回复“报名 ${c.ref}”的先得。`,
    `A place has come free at ${titled(c, e).en} (${timeOf(e, calendar).en}). There is no time left to keep it for anybody: the first to reply “sign up ${c.ref}” has it.`,
  );

export const nothingKept = (c: Named, e: Subject): Message =>
  say(
    `${titled(c, e).zh}目前没有为您保留的名额。回复“候补 ${c.ref}”可查看您的情况。`,
    `No place is kept for you at ${titled(c, e).en} at the moment. Reply “queue ${c.ref}” to see where you stand.`,
  );

export const taken = (c: Named, e: Subject, names: readonly string[], calendar: Calendar): Message =>
  say(
    `名额已确认：${titled(c, e).zh}，${namesOf(names).zh}。${timeOf(e, calendar).zh}，${e.place}。来不了请回复“取消报名 ${c.ref}”。`,
    `Confirmed: ${namesOf(names).en} at ${titled(c, e).en}, ${timeOf(e, calendar).en}, ${e.place}. If you can’t come, please reply “leave ${c.ref}”.`,
  );

export const letGo = (c: Named, e: Subject): Message =>
  say(
    `好的，${titled(c, e).zh}的名额已转给下一位。谢谢告知！`,
    `All right, the place at ${titled(c, e).en} goes to the next in the line. Thank you for telling us!`,
  );

export const hasLapsed = (c: Named, e: Subject, names: readonly string[]): Message =>
  say(
    `为${namesOf(names).zh}保留的${titled(c, e).zh}名额已到期，转给了下一位。仍想参加请回复“报名 ${c.ref}”，会重新排队。`,
    `The place that was kept for ${namesOf(names).en} at ${titled(c, e).en} has lapsed and goes to the next in the line. If you still want to come, reply “sign up ${c.ref}” to join the line again.`,
  );
