/** Phrases that several messages of events share. */

import { DateTime } from 'luxon';
import type { Calendar } from '../../../core/calendar.js';
import { sayMoment } from '../../../core/moments.js';
import { saySpan } from '../../../core/questions.js';
import type { Text } from '../../../core/text.js';
import type { Event } from '../../../database.js';
import type { Named } from '../header.js';

export type Titled = Pick<Event, 'title'>;
export type Timed = Pick<Event, 'startsAt' | 'endsAt'>;

/** W-3《陶瓷工作坊》 */
export const titled = (c: Named, e: Titled): Text => ({
  zh: `${c.ref}《${e.title}》`,
  en: `${c.ref} “${e.title}”`,
});

export const moment = (at: Date, { timezone }: Calendar): Text => sayMoment(at, timezone, { time: true });

/** 2026年11月28日（周六）14:00–16:00 */
export const timeOf = (e: Timed, { timezone }: Calendar): Text => {
  const [from, until] = [e.startsAt, e.endsAt].map((at) =>
    DateTime.fromJSDate(at, { zone: timezone }).toISO(),
  );
  return saySpan(`${from}/${until}`);
};

/** Two names in full, more as a number. */
export const namesOf = (names: readonly string[]): Text =>
  names.length <= 3
    ? { zh: names.join('、'), en: names.join(', ') }
    : {
        zh: `${names.slice(0, 2).join('、')}等 ${names.length} 人`,
        en: `${names.slice(0, 2).join(', ')} and ${names.length - 2} others`,
      };

export const people = (count: number): string => (count === 1 ? '1 person' : `${count} people`);
export const places = (count: number): string => (count === 1 ? '1 place' : `${count} places`);
