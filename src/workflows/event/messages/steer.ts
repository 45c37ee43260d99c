/** What is said when an organizer changes an event, and to those whom it touches. */
import type { Calendar } from '../../../core/calendar.js';
import { type Message, say } from '../../../core/message.js';
import { joinTexts, same, type Text } from '../../../core/text.js';
import type { Attendee } from '../../../database.js';
import type { Clash } from '../clash.js';
import type { Named, Subject } from '../header.js';
import { sayTickets, type TicketKind, ticketKinds } from '../kinds.js';
import { namesOf, people, timeOf, titled } from './common.js';
import { clashNote } from './plan.js';

export { hasPassed } from './plan.js';

export const admitted: Text = { zh: '组织者同意报名', en: 'admitted by the organizer' };

export const nobodyApplied = (c: Named, e: Subject): Message =>
  say(
    `${titled(c, e).zh}没有待审核的报名，或没有您写的这位。`,
    `No sign-up for ${titled(c, e).en} waits for you, or none of that name.`,
  );

type Placed = Pick<Attendee, 'name' | 'status'>;

const standing = (rows: readonly Placed[]): Text => {
  const going = rows.filter((one) => one.status === 'going');
  const waiting = rows.filter((one) => one.status !== 'going');
  return joinTexts(
    [
      ...(going.length > 0
        ? [
            {
              zh: `${namesOf(going.map((one) => one.name)).zh}已确认`,
              en: `${namesOf(going.map((one) => one.name)).en} confirmed`,
            },
          ]
        : []),
      ...(waiting.length > 0
        ? [
            {
              zh: `${namesOf(waiting.map((one) => one.name)).zh}进入候补`,
              en: `${namesOf(waiting.map((one) => one.name)).en} on the waitlist`,
            },
          ]
        : []),
    ],
    { zh: '，', en: ', ' },
  );
};

export const isAdmitted = (c: Named, e: Subject, rows: readonly Placed[]): Message =>
  say(
    `您在${titled(c, e).zh}的报名已通过：${standing(rows).zh}。来不了请回复“取消报名 ${c.ref}”。`,
    `Your sign-up for ${titled(c, e).en} was accepted: ${standing(rows).en}. If you can’t come, please reply “leave ${c.ref}”.`,
  );

export const admittedAll = (c: Named, e: Subject, rows: readonly Placed[]): Message =>
  say(
    `${titled(c, e).zh}：${standing(rows).zh}，已通知本人。`,
    `${titled(c, e).en}: ${standing(rows).en}. They have been told.`,
  );

export const turnedDown = (c: Named, names: readonly string[]): Message =>
  say(
    `${c.ref}：已婉拒${namesOf(names).zh}，原因已转告。`,
    `${c.ref}: ${namesOf(names).en} turned down, and told why.`,
  );

export const isTurnedDown = (c: Named, e: Subject, names: readonly string[], why: string): Message =>
  say(
    `很抱歉，${namesOf(names).zh}在${titled(c, e).zh}的报名未能通过：${why}`,
    `We are sorry: the sign-up of ${namesOf(names).en} for ${titled(c, e).en} was not accepted. The reason: ${why}`,
  );

export const nobodyWaits = (c: Named, e: Subject, who: string): Message =>
  say(`${titled(c, e).zh}的候补名单上没有${who}。`, `${who} is not on the waitlist of ${titled(c, e).en}.`);

export const noneFree = (c: Named, e: Subject, free: number): Message =>
  say(
    `${titled(c, e).zh}的名额不够（余 ${Math.max(0, free)}）。请先用“名额 ${c.ref}”增加名额。`,
    `There are not enough places at ${titled(c, e).en} (${Math.max(0, free)} left). Please raise the number with “resize ${c.ref}” first.`,
  );

export const promoted = (c: Named, names: readonly string[]): Message =>
  say(
    `${c.ref}：${namesOf(names).zh}已递补，原因已记录。`,
    `${c.ref}: ${namesOf(names).en} moved up; the reason is on record.`,
  );

export const noSuchKind = (c: Named, e: Subject): Message =>
  say(
    `${c.ref} 没有这种名额。现有：${sayTickets(e.tickets).zh}。`,
    `${c.ref} has no places of that kind. There are: ${sayTickets(e.tickets).en}.`,
  );

const ofKind = (of: TicketKind | null): Text =>
  of === null
    ? { zh: '总名额', en: 'places' }
    : { zh: `${ticketKinds[of].zh}名额`, en: `${ticketKinds[of].en} places` };
const quantity = (count: number | null): Text =>
  count === null ? { zh: '不限', en: 'no limit' } : same(`${count}`);

export const fromTo = (of: TicketKind | null, earlier: number | null, count: number): Text => ({
  zh: `${ofKind(of).zh} ${quantity(earlier).zh}→${count}`,
  en: `${ofKind(of).en} ${quantity(earlier).en} → ${count}`,
});

export const resized = (
  c: Named,
  e: Subject,
  change: {
    readonly of: TicketKind | null;
    readonly earlier: number | null;
    readonly count: number;
    readonly taken: number;
  },
): Message => {
  const over = change.taken - change.count;
  const note: Text =
    over > 0
      ? {
          zh: `已确认的人数比名额多 ${over}，不会取消任何人；在空出之前不再递补。`,
          en: `${over} more have a place than there are now: nobody loses theirs, and nobody moves up until some come free.`,
        }
      : { zh: `已占用 ${change.taken}。`, en: `${change.taken} of them are taken.` };
  return say(
    `${titled(c, e).zh}：${fromTo(change.of, change.earlier, change.count).zh}。${note.zh}`,
    `${titled(c, e).en}: ${fromTo(change.of, change.earlier, change.count).en}. ${note.en}`,
  );
};

export const nothingChanged = (c: Named): Message =>
  say(`${c.ref} 的时间和地点没有变化。`, `The time and place of ${c.ref} are what they were.`);

/** What changed, in one line. */
export const change = (earlier: Subject, later: Subject, calendar: Calendar): Text => {
  const times =
    earlier.startsAt.getTime() === later.startsAt.getTime() &&
    earlier.endsAt.getTime() === later.endsAt.getTime()
      ? []
      : [
          {
            zh: `时间 ${timeOf(earlier, calendar).zh} → ${timeOf(later, calendar).zh}`,
            en: `time ${timeOf(earlier, calendar).en} → ${timeOf(later, calendar).en}`,
          },
        ];
  const places =
    earlier.place === later.place
      ? []
      : [{ zh: `地点 ${earlier.place} → ${later.place}`, en: `place ${earlier.place} → ${later.place}` }];
  return joinTexts([...times, ...places], { zh: '；', en: '; ' });
};

type Times = { readonly from: Date; readonly until: Date };

export const moved = (
  c: Named,
  changed: Text,
  told: number,
  clashes: readonly Clash[],
  better: readonly Times[],
  calendar: Calendar,
): Message => ({
  text: joinTexts(
    [
      told > 0
        ? {
            zh: `${c.ref} 已更改：${changed.zh}。已通知 ${told} 人，并请他们确认是否照常参加。`,
            en: `${c.ref} is changed: ${changed.en}. ${people(told)} told, and asked whether they still come.`,
          }
        : { zh: `${c.ref} 已更改：${changed.zh}。`, en: `${c.ref} is changed: ${changed.en}.` },
      ...clashNote(clashes, better, calendar),
    ],
    '\n',
  ),
});

export const hasMoved = (c: Named, e: Subject, changed: Text): Message =>
  say(`${titled(c, e).zh}有变：${changed.zh}。`, `${titled(c, e).en} has changed: ${changed.en}.`);

export const stillComing = (c: Named, e: Subject, changed: Text): Message =>
  say(
    `${titled(c, e).zh}有变：${changed.zh}。您还能来吗？能来请回复“照常参加 ${c.ref}”，来不了请回复“取消报名 ${c.ref}”。`,
    `${titled(c, e).en} has changed: ${changed.en}. Are you still coming? Reply “still coming ${c.ref}”, or “leave ${c.ref}” if you can’t.`,
  );

export const notComing = (c: Named, e: Subject): Message =>
  say(
    `您不在${titled(c, e).zh}的名单上。要参加请回复“报名 ${c.ref}”。`,
    `You are not on the list of ${titled(c, e).en}. Reply “sign up ${c.ref}” if you want to come.`,
  );

export const seeYou = (c: Named, e: Subject, calendar: Calendar): Message =>
  say(
    `好的，${timeOf(e, calendar).zh}，${e.place}，${titled(c, e).zh}见！`,
    `Good: see you at ${titled(c, e).en}, ${timeOf(e, calendar).en}, ${e.place}.`,
  );

export const draftDropped = (c: Named): Message =>
  say(`${c.ref} 已取消，没有通知任何人。`, `${c.ref} is dropped; nobody was told.`);

export const isCalledOff = (c: Named, e: Subject, why: string, calendar: Calendar): Message =>
  say(
    `很抱歉，原定${timeOf(e, calendar).zh}的${titled(c, e).zh}取消了。原因：${why}`,
    `We are sorry: ${titled(c, e).en}, planned for ${timeOf(e, calendar).en}, is called off. The reason: ${why}`,
  );

export const calledOff = (c: Named, e: Subject, told: number): Message =>
  say(
    `${titled(c, e).zh}已取消，已告知会员群，并逐一通知 ${told} 人。`,
    `${titled(c, e).en} is called off. The members’ rooms and ${people(told)} have been told.`,
  );
