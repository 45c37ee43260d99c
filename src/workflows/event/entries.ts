/** Events and appointments as entries of calendars. */
import { joinTexts, type Language, same, type Text } from '../../core/text.js';
import type { Attendee, Db, Event } from '../../database.js';
import type { CalendarEntry } from '../../files/calendar.js';
import { faceOf, sayFace } from '../appointment/people.js';
import { standings } from './messages/sign-up.js';

type Named = { readonly ref: string; readonly state: string };

const uidOf = (caseId: string): string => `${caseId}@alliance`;
const isAddress = (place: string): boolean => /^https?:\/\/\S+$/.test(place);
const text = (lines: readonly (string | null)[]): string =>
  lines.filter((line) => line !== null && line !== '').join('\n\n');

const entryOf = (e: Event, c: Named): CalendarEntry => ({
  uid: uidOf(e.caseId),
  sequence: e.sequence,
  title: e.title,
  about: text([c.ref, e.about]),
  place: e.place,
  link: isAddress(e.place) ? e.place : null,
  startsAt: e.startsAt,
  endsAt: e.endsAt,
  changedAt: e.changedAt,
  cancelled: c.state === 'cancelled',
  status: 'confirmed',
  reminders: [],
});

/** An event as anybody may have it; undefined where there is none. */
export const readEntry = async (db: Db, eventId: string): Promise<CalendarEntry | undefined> => {
  const found = await db.event.findUnique({
    where: { caseId: eventId },
    include: { case: { select: { ref: true, state: true } } },
  });
  return found ? entryOf(found, found.case) : undefined;
};

/**
 * What somebody has before them and behind them: the events on whose lists they are, tentatively until their place is
 * sure, and their appointments.
 */
export const readPlans = async (
  db: Db,
  personId: string,
  language: Language,
): Promise<readonly CalendarEntry[]> => [
  ...(await readOwnEvents(db, personId, language)),
  ...(await readOwnAppointments(db, personId, language)),
];

const later = (a: Date, b: Date): Date => (a > b ? a : b);

const readOwnEvents = async (db: Db, personId: string, language: Language) => {
  const rows = await db.attendee.findMany({
    where: { personId, status: { not: 'out' } },
    orderBy: [{ event: { startsAt: 'asc' } }, { id: 'asc' }],
    include: { event: { include: { case: { select: { ref: true, state: true } } } } },
  });
  return rows.map(({ event: e, ...one }): CalendarEntry => {
    const entry = entryOf(e, e.case);
    return {
      ...entry,
      about: text([`${e.case.ref} · ${standsAs(one, e.case)[language]}`, e.about]),
      changedAt: later(e.changedAt, one.changedAt),
      status: one.status === 'going' ? 'confirmed' : 'tentative',
    };
  });
};

const standsAs = ({ status }: Pick<Attendee, 'status'>, { state }: Named): Text =>
  state === 'cancelled' ? { zh: '已取消', en: 'called off' } : standings[status];

const minuteMs = 60_000;

const readOwnAppointments = async (db: Db, personId: string, language: Language) => {
  const seats = await db.appointmentSeat.findMany({
    where: { personId },
    orderBy: { startsAt: 'asc' },
    include: {
      appointment: {
        include: {
          event: { include: { case: { select: { ref: true, state: true } } } },
          case: { select: { ref: true, openedAt: true, entries: { select: { at: true } } } },
        },
      },
    },
  });
  const entries: CalendarEntry[] = [];
  for (const { startsAt, appointment: a } of seats) {
    const other = await faceOf(db, a.askerId === personId ? a.askedId : a.askerId);
    entries.push({
      uid: uidOf(a.caseId),
      // A meeting counts no changes of its own: it moves with its event, or by an act that leaves an entry.
      sequence: a.event.sequence + a.case.entries.length,
      title: titleOf(sayFace(other))[language],
      about: text([`${a.case.ref} · ${a.event.case.ref} ${a.event.title}`, a.about]),
      place: joinTexts([same(a.event.place), tableOf(a.table)], { zh: '，', en: ', ' })[language],
      link: null,
      startsAt,
      endsAt: new Date(startsAt.getTime() + (a.event.slotMinutes ?? 0) * minuteMs),
      changedAt: a.case.entries.reduce(
        (last, { at }) => later(last, at),
        later(a.event.changedAt, a.case.openedAt),
      ),
      cancelled: a.event.case.state === 'cancelled',
      status: 'confirmed',
      reminders: [],
    });
  }
  return entries;
};

const titleOf = (whom: Text): Text => ({ zh: `约见：${whom.zh}`, en: `Meeting with ${whom.en}` });
const tableOf = (table: number | null): Text => ({ zh: `${table ?? '?'} 号桌`, en: `table ${table ?? '?'}` });
