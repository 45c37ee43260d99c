/** One's own meetings, as one reads them oneself. */
import { DateTime } from 'luxon';
import type { Calendar } from '../../../core/calendar.js';
import { type Message, say } from '../../../core/message.js';
import { joinTexts, type Text } from '../../../core/text.js';
import { moment } from '../../event/messages/common.js';
import { type Named, otherOf, type Subject } from '../header.js';
import { sayFace } from '../people.js';
import { eventOf } from './common.js';

export type Item = Named & { readonly state: string; readonly a: Subject; readonly own: boolean };

export const nothingAhead: Message = say(
  '您目前没有约见。要约参加同一活动的人面谈，请回复“约见 W-1 姓名”（活动编号以实际为准）。',
  'You have no appointments. To ask somebody who goes to the same event, reply “meet W-1” with their name (and the number of your event).',
);

const slot = (a: Subject, startsAt: Date, { timezone }: Calendar): Text => {
  const from = DateTime.fromJSDate(startsAt, { zone: timezone });
  const until = from.plus({ minutes: a.event.slotMinutes ?? 0 }).toFormat('HH:mm');
  return {
    zh: `${from.toFormat('M月d日 HH:mm')}–${until}`,
    en: `${from.setLocale('en-GB').toFormat('d LLL, HH:mm')}–${until}`,
  };
};

const lineOf = ({ ref, a, own }: Item, readerId: string, calendar: Calendar): Text => {
  const other = sayFace(otherOf(a, readerId));
  if (a.startsAt !== null && a.table !== null) {
    const at = slot(a, a.startsAt, calendar);
    return {
      zh: `${at.zh}　${a.table} 号桌　${other.zh}　${ref}`,
      en: `${at.en}, table ${a.table}: ${other.en}, ${ref}`,
    };
  }
  const until = moment(a.answerBy, calendar);
  return own
    ? {
        zh: `待对方答复　${other.zh}　${ref}（${until.zh}前）`,
        en: `${other.en} is still to answer by ${until.en}, ${ref}`,
      }
    : {
        zh: `待您答复　${other.zh}　${ref}（${until.zh}前）`,
        en: `${other.en} waits for your answer by ${until.en}, ${ref}`,
      };
};

export const agendaOf = (items: readonly Item[], readerId: string, calendar: Calendar): Message => {
  // What has lost its time and is about to be told so is no longer a meeting.
  const shown = items.filter(({ state, a }) => state === 'requested' || a.startsAt !== null);
  const events = [...new Set(shown.map(({ a }) => a.eventId))];
  if (shown.length === 0) return nothingAhead;
  return {
    title: { zh: '我的约见', en: 'My appointments' },
    text: joinTexts(
      events.flatMap((id) => {
        const own = shown.filter(({ a }) => a.eventId === id);
        const booked = own.filter(({ a }) => a.startsAt !== null);
        const waiting = own.filter(({ a }) => a.startsAt === null);
        const [first] = own;
        return [
          ...(first ? [eventOf(first.a)] : []),
          ...[...booked, ...waiting].map((one) => lineOf(one, readerId, calendar)),
        ];
      }),
      '\n',
    ),
  };
};
