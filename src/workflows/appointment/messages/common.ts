/** Phrases that several messages of appointments share. */
import type { Calendar } from '../../../core/calendar.js';
import type { Text } from '../../../core/text.js';
import { timeOf, titled } from '../../event/messages/common.js';
import type { Subject } from '../header.js';
import type { Place } from '../slots.js';

/** W-3《招商对接会》 */
export const eventOf = (a: Subject): Text => titled(a.event.case, a.event);

const minuteMs = 60_000;

/** 2026年12月4日（周五）14:00–14:20 */
export const slotOf = (a: Subject, startsAt: Date, calendar: Calendar): Text => {
  const endsAt = new Date(startsAt.getTime() + (a.event.slotMinutes ?? 0) * minuteMs);
  return timeOf({ startsAt, endsAt }, calendar);
};

/** 2026年12月4日（周五）14:00–14:20，3 号桌 */
export const placeOf = (a: Subject, { startsAt, table }: Place, calendar: Calendar): Text => {
  const slot = slotOf(a, startsAt, calendar);
  return { zh: `${slot.zh}，${table} 号桌`, en: `${slot.en}, table ${table}` };
};

/** A reason as somebody typed it, to be put into a sentence. */
export const because = (why: string | null): Text =>
  why === null
    ? { zh: '', en: '' }
    : {
        zh: `：${why.replace(/[。.！!，,；;\s]+$/u, '')}`,
        en: `: ${why.replace(/[。.！!，,；;\s]+$/u, '')}`,
      };
