/** What is said of a meeting that is agreed: when and where, and when that changes. */
import { DateTime } from 'luxon';
import type { Calendar } from '../../../core/calendar.js';
import { type Message, say } from '../../../core/message.js';
import { joinTexts, type Text } from '../../../core/text.js';
import { moment } from '../../event/messages/common.js';
import type { Named, Subject } from '../header.js';
import { type Face, sayFace } from '../people.js';
import type { Place } from '../slots.js';
import { because, eventOf, placeOf } from './common.js';

export { placeOf } from './common.js';

export const noSlot: Text = { zh: '没有双方都有空的时段', en: 'no time that suits both' };
export const calledOff: Text = { zh: '活动取消', en: 'the event was called off' };
export const stepsBack = ({ name }: Face): Text => ({
  zh: `${name}不参加活动了`,
  en: `${name} does not come to the event any more`,
});

const howToChange = (c: Named): Text => ({
  zh: `要改请回复“换时间 ${c.ref}”，来不了请回复“取消约见 ${c.ref}”。`,
  en: `Reply “change ${c.ref}” for another time, or “cancel appointment ${c.ref}” if you can’t make it.`,
});

export const isAgreed = (c: Named, a: Subject, place: Place, other: Face, calendar: Calendar): Message => {
  const [at, whom, event] = [placeOf(a, place, calendar), sayFace(other), eventOf(a)];
  return say(
    `约好了：${c.ref}，${at.zh}，与${whom.zh}面谈。活动：${event.zh}，${a.event.place}。${howToChange(c).zh}`,
    `Agreed: ${c.ref}, ${at.en}, with ${whom.en}. It is at ${event.en}, ${a.event.place}. ${howToChange(c).en}`,
  );
};

export const wasAccepted = (c: Named, a: Subject, place: Place, calendar: Calendar): Message => {
  const [at, whom, event] = [placeOf(a, place, calendar), sayFace(a.asked), eventOf(a)];
  return say(
    `${whom.zh}接受了您的约见 ${c.ref}：${at.zh}。活动：${event.zh}，${a.event.place}。${howToChange(c).zh}`,
    `${whom.en} has accepted ${c.ref}: ${at.en}. It is at ${event.en}, ${a.event.place}. ${howToChange(c).en}`,
  );
};

/** To whoever accepts. */
export const noneFree = (c: Named, a: Subject, calendar: Calendar): Message => {
  const until = moment(a.answerBy, calendar);
  return say(
    `${c.ref}：可惜眼下没有您与${a.asker.name}都有空、又有空桌的时段，已告知对方。您可以看“我的约见”，取消某一场或换个时间；有了空档，${until.zh}前再回复“接受 ${c.ref}”即可。也可以约在休息时见。`,
    `${c.ref}: unfortunately there is no time just now that suits you and ${a.asker.name} with a table free, and ${a.asker.name} has been told. Your “agenda” shows what you could cancel or move; once there is room, reply “accept ${c.ref}” again by ${until.en}. Or meet in a break.`,
  );
};

/** To whoever asked. */
export const noneFreeForAsker = (c: Named, a: Subject, calendar: Calendar): Message => {
  const until = moment(a.answerBy, calendar);
  return say(
    `${c.ref}：${a.asked.name}愿意见面，可惜眼下没有你们都有空、又有空桌的时段。您可以看“我的约见”，取消某一场或换个时间；有了空档，${a.asked.name}可在${until.zh}前再接受。也可以约在休息时见。`,
    `${c.ref}: ${a.asked.name} would like to meet you, but just now there is no time that suits you both with a table free. Your “agenda” shows what you could cancel or move; once there is room, ${a.asked.name} can accept again by ${until.en}. Or meet in a break.`,
  );
};

export const eventIsOver = (c: Named, a: Subject): Message =>
  say(
    `${eventOf(a).zh}已经结束或取消，${c.ref} 不能再安排了。`,
    `${eventOf(a).en} is over or called off, so ${c.ref} can’t be arranged any more.`,
  );

export const doesNotCome = (c: Named, a: Subject, missing: Face): Message =>
  say(
    `${missing.name}目前不在${eventOf(a).zh}的参加者之列，${c.ref} 无法安排。`,
    `${missing.name} is not among those who come to ${eventOf(a).en}, so ${c.ref} can’t be arranged.`,
  );

export const cancelled = (c: Named, other: Face): Message =>
  say(
    `${c.ref} 已取消，时段和桌位已让出，已告知${other.name}。`,
    `${c.ref} is cancelled; its time and table are free again, and ${other.name} has been told.`,
  );

export const wasCancelled = (
  c: Named,
  a: Subject,
  by: string,
  why: string | null,
  calendar: Calendar,
): Message => {
  const at = a.startsAt === null ? { zh: '', en: '' } : moment(a.startsAt, calendar);
  return say(
    `很抱歉，${by}来不了 ${c.ref}（${at.zh}）${because(why).zh}。这个时段您又空出来了。`,
    `We are sorry: ${by} can’t make ${c.ref} (${at.en})${because(why).en}. You are free at that time again.`,
  );
};

type Choice = Place & { readonly number: number };
const mostListed = 12;

const short = (at: Date, { timezone }: Calendar): Text => {
  const local = DateTime.fromJSDate(at, { zone: timezone });
  return { zh: local.toFormat('M月d日 HH:mm'), en: local.setLocale('en-GB').toFormat('d LLL, HH:mm') };
};

const listed = (choices: readonly Choice[], calendar: Calendar): Text =>
  joinTexts(
    [
      ...choices.slice(0, mostListed).map(({ number, startsAt }) => ({
        zh: `${number}. ${short(startsAt, calendar).zh}`,
        en: `${number}. ${short(startsAt, calendar).en}`,
      })),
      ...(choices.length > mostListed
        ? [
            {
              zh: `……另有 ${choices.length - mostListed} 个，直接写时间即可`,
              en: `… and ${choices.length - mostListed} more: just write the time`,
            },
          ]
        : []),
    ],
    '\n',
  );

export const freeTimes = (c: Named, a: Subject, choices: readonly Choice[], calendar: Calendar): Message => {
  const now = a.startsAt === null ? { zh: '—', en: '—' } : short(a.startsAt, calendar);
  return {
    text: joinTexts(
      [
        {
          zh: `${c.ref} 现在是${now.zh}。${a.asker.name}和${a.asked.name}都有空的时段：`,
          en: `${c.ref} is on ${now.en} now. ${a.asker.name} and ${a.asked.name} are both free at:`,
        },
        listed(choices, calendar),
      ],
      '\n',
    ),
  };
};

export const noOtherTime = (c: Named, other: Face): Message =>
  say(
    `您与${other.name}没有别的共同空档了，${c.ref} 的时间不变。`,
    `You and ${other.name} have no other time in common, so ${c.ref} stays where it is.`,
  );

export const notFree = (c: Named, a: Subject, choices: readonly Choice[], calendar: Calendar): Message => ({
  text: joinTexts(
    [
      {
        zh: `这个时间排不了，${c.ref} 没有改动。${a.asker.name}和${a.asked.name}都有空的时段：`,
        en: `That time can’t be had, so ${c.ref} stays where it is. ${a.asker.name} and ${a.asked.name} are both free at:`,
      },
      listed(choices, calendar),
      {
        zh: `请回复“换时间 ${c.ref} ${choices[0]?.number ?? 1}”这样。`,
        en: `Reply for example “change ${c.ref} ${choices[0]?.number ?? 1}”.`,
      },
    ],
    '\n',
  ),
});

export const onWhichDay = (c: Named, a: Subject, places: readonly Place[], calendar: Calendar): Message => {
  const days = joinTexts(
    places.map((one) => short(one.startsAt, calendar)),
    { zh: '、', en: '; ' },
  );
  return say(
    `${eventOf(a).zh}有几天都有这个钟点：${days.zh}。请连日期一起写，如“换时间 ${c.ref} ${days.zh.split('、')[0] ?? ''}”。`,
    `There is such an hour on several days of ${eventOf(a).en}: ${days.en}. Please write the day, too, as in “change ${c.ref} ${days.en.split('; ')[0] ?? ''}”.`,
  );
};

export const isChanged = (c: Named, a: Subject, place: Place, other: Face, calendar: Calendar): Message => {
  const at = placeOf(a, place, calendar);
  return say(
    `${c.ref} 改到${at.zh}，与${sayFace(other).zh}面谈，已告知对方。`,
    `${c.ref} is now on ${at.en}, with ${sayFace(other).en}, who has been told.`,
  );
};

export const wasChanged = (c: Named, a: Subject, place: Place, by: string, calendar: Calendar): Message => {
  const at = placeOf(a, place, calendar);
  return say(
    `${by}把与您的面谈 ${c.ref} 改到了${at.zh}。${howToChange(c).zh}`,
    `${by} has moved your meeting ${c.ref} to ${at.en}. ${howToChange(c).en}`,
  );
};

export const isToday = (c: Named, a: Subject, place: Place, other: Face, calendar: Calendar): Message => {
  const at = placeOf(a, place, calendar);
  return say(
    `今天的面谈：${c.ref}，${at.zh}，与${sayFace(other).zh}，谈“${a.about}”。`,
    `Today’s meeting: ${c.ref}, ${at.en}, with ${sayFace(other).en}, about “${a.about}”.`,
  );
};

export const isSoon = (c: Named, a: Subject, place: Place, other: Face, calendar: Calendar): Message => {
  const at = DateTime.fromJSDate(place.startsAt, { zone: calendar.timezone }).toFormat('HH:mm');
  return say(
    `${at} 请到 ${place.table} 号桌，${sayFace(other).zh}等您面谈（${c.ref}，“${a.about}”）。`,
    `At ${at}, table ${place.table}: ${sayFace(other).en} expects you (${c.ref}, “${a.about}”).`,
  );
};

export const eventIsOff = (c: Named, a: Subject, other: Face): Message =>
  say(
    `${eventOf(a).zh}取消了，您与${other.name}的约见 ${c.ref} 也随之取消。`,
    `${eventOf(a).en} is called off, and with it ${c.ref} with ${other.name}.`,
  );

export const otherLeft = (c: Named, a: Subject, other: Face): Message =>
  say(
    `很抱歉，${other.name}不来${eventOf(a).zh}了，您与对方的约见 ${c.ref} 已取消。`,
    `We are sorry: ${other.name} does not come to ${eventOf(a).en} after all, so ${c.ref} is cancelled.`,
  );

export const hasMoved = (c: Named, a: Subject, place: Place, other: Face, calendar: Calendar): Message => {
  const at = placeOf(a, place, calendar);
  return say(
    `${eventOf(a).zh}的时间或桌位有变，您与${other.name}的面谈 ${c.ref} 现在是${at.zh}。${howToChange(c).zh}`,
    `The time or the tables of ${eventOf(a).en} have changed: ${c.ref} with ${other.name} is now on ${at.en}. ${howToChange(c).en}`,
  );
};

export const noRoomLeft = (c: Named, a: Subject, other: Face): Message =>
  say(
    `${eventOf(a).zh}改期后已排不下您与${other.name}的面谈，${c.ref} 只好取消。如有空档，可再回复“约见 ${a.event.case.ref} ${other.name}”。`,
    `After ${eventOf(a).en} was moved, there was no room left for your meeting with ${other.name}, so ${c.ref} is cancelled. If there is time after all, reply “meet ${a.event.case.ref} ${other.name}”.`,
  );
