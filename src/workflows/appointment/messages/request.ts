/** What is said of a request: to whoever makes it, to whoever is asked. */
import type { Calendar } from '../../../core/calendar.js';
import { type Message, say } from '../../../core/message.js';
import { joinTexts, type Text } from '../../../core/text.js';
import type { Appointment, Event } from '../../../database.js';
import { type TicketKind, ticketKinds } from '../../event/kinds.js';
import { moment, titled } from '../../event/messages/common.js';
import type { Named, Subject } from '../header.js';
import { sayFace } from '../people.js';
import { because, eventOf } from './common.js';

type Titled = Pick<Event, 'title'>;

export const noTables = (c: Named, e: Titled): Message =>
  say(`${titled(c, e).zh}没有安排一对一面谈。`, `No meetings of two are arranged at ${titled(c, e).en}.`);

export const notComing = (c: Named, e: Titled, mayJoin: boolean): Message =>
  say(
    `约人面谈，须先确认参加${titled(c, e).zh}，您目前不在参加者之列。${mayJoin ? `要参加请回复“报名 ${c.ref}”。` : '如有疑问，请联系组织者。'}`,
    `Only those who are going to ${titled(c, e).en} can ask for meetings there, and you are not among them yet. ${mayJoin ? `Reply “sign up ${c.ref}” if you want to come.` : 'Please ask the organizer if this looks wrong.'}`,
  );

export const onlyOnline = (c: Named, e: Titled): Message =>
  say(
    `您是线上参加${titled(c, e).zh}，而面谈都在现场桌边进行，所以无法预约。`,
    `You take part in ${titled(c, e).en} online, and the meetings are held at tables there, so none can be arranged for you.`,
  );

export const otherOnline = (whom: string): Message =>
  say(
    `${whom}是线上参加，无法在现场面谈。请另行联系。`,
    `${whom} takes part online and can’t be met at a table. Please get in touch another way.`,
  );

export const otherNotComing = (c: Named, e: Titled, whom: string): Message =>
  say(
    `确认参加${titled(c, e).zh}的人里没有“${whom}”。请核对姓名；“名单 ${c.ref}”可以看到谁来。`,
    `Nobody called “${whom}” is going to ${titled(c, e).en}. Please check the name; “roster ${c.ref}” shows who comes.`,
  );

export const severalCalled = (whom: string): Message =>
  say(
    `参加者里有几位“${whom}”，不知道您指的是哪一位。请联系组织者代为转达。`,
    `Several of those who come are called “${whom}”, so I can’t tell whom you mean. Please ask the organizer to put you in touch.`,
  );

export const notYourself: Message = say(
  '不能约自己面谈。请写对方的姓名。',
  'You can’t arrange a meeting with yourself. Please name somebody else.',
);

export const noSlotLeft = (c: Named, e: Titled): Message =>
  say(
    `${titled(c, e).zh}的面谈时段已全部过去。`,
    `All the time for meetings at ${titled(c, e).en} has passed.`,
  );

type Open = Pick<Appointment, 'startsAt' | 'table'>;

/** The two have something before them already. */
export const thereIsOne = (
  c: Named,
  open: Open,
  isOwn: boolean,
  whom: string,
  calendar: Calendar,
): Message => {
  if (open.startsAt !== null) {
    const at = moment(open.startsAt, calendar);
    return say(
      `您与${whom}已经约好：${c.ref}，${at.zh}，${open.table ?? ''} 号桌。要改时间请回复“换时间 ${c.ref}”。`,
      `You and ${whom} have a meeting already: ${c.ref}, ${at.en}, table ${open.table ?? ''}. Reply “change ${c.ref}” for another time.`,
    );
  }
  return isOwn
    ? say(
        `您已约过${whom}（${c.ref}），正在等对方答复，不必再约。`,
        `You have asked ${whom} already (${c.ref}), and the answer is still to come.`,
      )
    : say(
        `${whom}已经约了您（${c.ref}），直接回复“接受 ${c.ref}”就约好了。`,
        `${whom} has asked you already (${c.ref}): just reply “accept ${c.ref}”.`,
      );
};

export const tooManyWait = (c: Named, e: Titled, ticket: TicketKind, waiting: number): Message =>
  say(
    `您在${titled(c, e).zh}已有 ${waiting} 个约见在等答复，“${ticketKinds[ticket].zh}”最多同时 ${waiting} 个。有了答复，或“撤回”其中一个之后，即可再约。`,
    `${waiting} of your requests at ${titled(c, e).en} wait for an answer, and that is the most for ${ticketKinds[ticket].en}s. Once one is answered, or you “withdraw” one, you can ask again.`,
  );

/** To somebody who stands in for them on other days. */
export const notYours = (c: Named, a: Subject): Message =>
  say(
    `${c.ref} 约的是${a.asked.name}，请由其本人答复。`,
    `${c.ref} asks ${a.asked.name}, who has to answer it.`,
  );

const untilOf = (a: Subject, calendar: Calendar): Text => moment(a.answerBy, calendar);

export const isAsked = (c: Named, a: Subject, calendar: Calendar): Message => {
  const [whom, event, until] = [sayFace(a.asked), eventOf(a), untilOf(a, calendar)];
  return say(
    `${c.ref}：约${whom.zh}在${event.zh}期间面谈，事由“${a.about}”。对方最迟${until.zh}答复，逾期自动失效。不约了请回复“撤回 ${c.ref}”。`,
    `${c.ref}: a meeting with ${whom.en} at ${event.en}, about “${a.about}”. An answer is due by ${until.en}; after that the request lapses. Reply “withdraw ${c.ref}” to take it back.`,
  );
};

type Profile = { readonly offers: string; readonly needs: string };

const profileLine = (profile: Profile | null): readonly Text[] =>
  profile
    ? [
        {
          zh: `对方可提供：${profile.offers}；在寻找：${profile.needs}。`,
          en: `Offers: ${profile.offers}. Looks for: ${profile.needs}.`,
        },
      ]
    : [];

export const wantsToMeet = (c: Named, a: Subject, profile: Profile | null, calendar: Calendar): Message => {
  const [who, event, until] = [sayFace(a.asker), eventOf(a), untilOf(a, calendar)];
  const minutes = a.event.slotMinutes ?? 0;
  return {
    text: joinTexts(
      [
        {
          zh: `${c.ref}：${who.zh}想在${event.zh}期间与您面谈 ${minutes} 分钟，事由“${a.about}”。`,
          en: `${c.ref}: ${who.en} would like to meet you for ${minutes} minutes at ${event.en}, about “${a.about}”.`,
        },
        ...profileLine(profile),
        {
          zh: `方便请回复“接受 ${c.ref}”，我来排双方都有空的最早时段；不便请回复“谢绝 ${c.ref}”，可附一句原因。请于${until.zh}前答复。`,
          en: `Reply “accept ${c.ref}”, and I will find the first time that suits you both, or “decline ${c.ref}”, with a reason if you like. Please answer by ${until.en}.`,
        },
      ],
      '\n',
    ),
  };
};

export const stillWaits = (c: Named, a: Subject, calendar: Calendar): Message => {
  const [who, until] = [sayFace(a.asker), untilOf(a, calendar)];
  return say(
    `提醒：${c.ref} ${who.zh}约您在${eventOf(a).zh}期间面谈（“${a.about}”），等您答复，${until.zh}前有效。`,
    `A reminder: ${c.ref}, ${who.en} would like to meet you at ${eventOf(a).en} (“${a.about}”) and waits for your answer until ${until.en}.`,
  );
};

export const hasExpired = (c: Named, a: Subject): Message =>
  say(
    `${c.ref}：${a.asked.name}未能及时答复，这次约见已失效。您可以再约一次，或到现场当面打个招呼。`,
    `${c.ref}: ${a.asked.name} did not get round to answering, so this request has lapsed. You are welcome to ask again, or to say hello at ${eventOf(a).en}.`,
  );

export const hasExpiredForAsked = (c: Named, a: Subject): Message =>
  say(
    `${c.ref}：${a.asker.name}的约见已过答复期限，自动失效，您不用再处理。如仍想见面，请回复“约见 ${a.event.case.ref} ${a.asker.name}”。`,
    `${c.ref}: the request of ${a.asker.name} has lapsed, and there is nothing left for you to do. If you would like to meet after all, reply “meet ${a.event.case.ref} ${a.asker.name}”.`,
  );

export const declined = (c: Named, a: Subject): Message =>
  say(
    `${c.ref}：已替您婉言谢绝${a.asker.name}。`,
    `${c.ref}: your regrets are on their way to ${a.asker.name}.`,
  );

export const wasDeclined = (c: Named, a: Subject, why: string | null): Message =>
  say(
    `${c.ref}：${a.asked.name}感谢您的邀约，这次不便面谈${because(why).zh}。`,
    `${c.ref}: ${a.asked.name} thanks you for asking but can’t meet you this time${because(why).en}.`,
  );

export const withdrawn = (c: Named, a: Subject): Message =>
  say(
    `${c.ref} 已撤回，已告知${a.asked.name}。`,
    `${c.ref} is withdrawn, and ${a.asked.name} has been told.`,
  );

export const wasWithdrawn = (c: Named, a: Subject): Message =>
  say(
    `${c.ref}：${a.asker.name}撤回了约见，您不用再答复。`,
    `${c.ref}: ${a.asker.name} has withdrawn the request; no answer is needed any more.`,
  );
