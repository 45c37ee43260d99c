/** Either of the two moves their meeting to another time at which both are free. */
import { DateTime } from 'luxon';
import { z } from 'zod';
import { readMoment } from '../../core/moments.js';
import { normalise } from '../../core/normalise.js';
import type { Actor } from '../../core/people.js';
import { concerned } from '../../core/people.js';
import type { Question } from '../../core/question.js';
import { inline } from '../../core/questions.js';
import { same } from '../../core/text.js';
import { person } from '../../core/workflow.js';
import { book, holdTables, placesFor, tablesOf } from './booking.js';
import { wakesOf } from './day.js';
import { type About, appointment, otherOf } from './header.js';
import * as said from './messages/agreed.js';
import * as asked from './messages/request.js';
import { type Place, slotsOf } from './slots.js';
import { isOneOfTwo, whatStandsAgainst } from './standing.js';

/** “3”, the number of a slot of the event, or all that words about a time may mean, as ISO 8601 instants. */
const timeQuestion: Question<readonly string[]> = {
  kind: 'moment',
  label: { zh: '新的时间', en: 'New time' },
  ask: {
    zh: '改到哪个时间？请回复序号，或直接写时间，如“14:40”；不改请回复“取消”。',
    en: 'Which one? Reply with its number, or with a time such as “14:40”; “cancel” leaves it as it is.',
  },
  optional: false,
  schema: z.array(z.string().min(1)).min(1).readonly(),
  hear: (words, { now, timezone }) => {
    const plain = normalise(words);
    if (/^\d{1,3}$/.test(plain)) return { kind: 'understood', value: [plain] };
    const found = readMoment(words, { now, timezone, need: 'time' });
    const options = found.kind === 'none' ? [] : found.kind === 'moment' ? [found] : found.options;
    const times = options.filter((one) => one.hasTime).map((one) => one.at.toISOString());
    return times.length > 0
      ? { kind: 'understood', value: times }
      : {
          kind: 'unclear',
          problem: {
            zh: '没有看明白是哪个时间。请回复序号，或写成“14:40”这样。',
            en: 'Sorry, I can’t tell which time that is. Please reply with a number, or write it like “14:40”.',
          },
        };
  },
  show: ([first = '']) => same(first),
};

/** Of the places, the ones that are meant. A time without its day may be one of several days. */
const meant = (
  answer: readonly string[],
  places: readonly Place[],
  slots: readonly Date[],
  timezone: string,
): readonly Place[] => {
  const [first = ''] = answer;
  if (/^\d+$/.test(first)) {
    const at = slots[Number(first) - 1];
    return places.filter((one) => one.startsAt.getTime() === at?.getTime());
  }
  const instants = answer.map((one) => new Date(one).getTime());
  const exact = places.filter((one) => instants.includes(one.startsAt.getTime()));
  if (exact.length > 0) return exact;
  const clock = (at: Date | number): string =>
    DateTime.fromMillis(Number(at), { zone: timezone }).toFormat('HH:mm');
  const clocks = instants.map(clock);
  return places.filter((one) => clocks.includes(clock(one.startsAt)));
};

type Changing = About<'agreed'> & { readonly actor: Actor };

const moveTo = async (about: Changing, answer: readonly string[] | null) => {
  const { db, actor, case: c, subject: a, now, calendar } = about;
  if (!(await isOneOfTwo(about, a, actor.id))) return { refuse: asked.notYours(c, a) };
  await holdTables(db, a.eventId);
  const refuse = await whatStandsAgainst(db, c, a);
  if (refuse) return { refuse };
  const event = await db.event.findUniqueOrThrow({ where: { caseId: a.eventId } });
  const tables = tablesOf(event);
  const slots = tables ? slotsOf(tables, calendar) : [];
  const places = await placesFor(db, a, now, calendar);
  const other = otherOf(a, actor.id);
  if (places.length === 0) return { refuse: said.noOtherTime(c, other) };
  const choices = places.map((one) => ({
    ...one,
    number: slots.findIndex((at) => at.getTime() === one.startsAt.getTime()) + 1,
  }));
  if (answer === null) {
    return {
      to: 'agreed' as const,
      reply: said.freeTimes(c, a, choices, calendar),
      next: 'pickTime' as const,
    };
  }
  const [place, ...more] = meant(answer, places, slots, calendar.timezone);
  if (!place) return { refuse: said.notFree(c, a, choices, calendar) };
  if (more.length > 0) return { refuse: said.onWhichDay(c, a, [place, ...more], calendar) };
  await book(db, a, place);
  return {
    to: 'agreed' as const,
    reply: said.isChanged(c, a, place, other, calendar),
    choices: ['change', 'cancel'] as const,
    tell: [
      {
        to: person(other.id),
        say: said.wasChanged(c, a, place, actor.name, calendar),
        choices: ['change', 'cancel'] as const,
      },
    ],
    unwake: ['morning', 'soon'] as const,
    wake: wakesOf(event, place, now, calendar),
    because: said.placeOf(a, place, calendar),
  };
};

export const change = appointment.command({
  title: { zh: '换时间', en: 'Another time' },
  words: { zh: ['换时间'], en: ['change', 'change time'] },
  from: ['agreed'],
  to: ['agreed'],
  by: concerned,
  aside: true,
  ask: { to: inline(timeQuestion) },
  run: (about) => moveTo(about, about.args.to),
});

/** Asked right after the times were shown. */
export const pickTime = appointment.command({
  title: { zh: '改到', en: 'Change to' },
  words: { zh: ['改到'], en: ['change to', 'change-to'] },
  from: ['agreed'],
  to: ['agreed'],
  by: concerned,
  aside: true,
  ask: { to: timeQuestion },
  run: (about) => moveTo(about, about.args.to),
});
