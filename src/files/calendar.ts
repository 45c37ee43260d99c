/** Events as iCalendar files (RFC 5545): one that is handed out, and a person’s feed. */
import ical, {
  escape as escapeText,
  ICalAlarmType,
  ICalCalendarMethod,
  ICalEventBusyStatus,
  type ICalEventData,
  ICalEventStatus,
  ICalEventTransparency,
} from 'ical-generator';
import { wallClock } from './wall-clock.js';

export type CalendarEntry = {
  /** Never changes, and is the event’s name in every calendar: letters, digits and `-_.@:+` only. */
  readonly uid: string;
  /** Counts the changes: a calendar takes a file with a higher number only. */
  readonly sequence: number;
  readonly title: string;
  readonly about: string;
  readonly place: string;
  readonly link: string | null;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly changedAt: Date;
  readonly cancelled: boolean;
  /** `tentative` for whoever is on the waitlist or has a place held. */
  readonly status: 'confirmed' | 'tentative';
  /** Minutes before the start. */
  readonly reminders: readonly number[];
};

/**
 * A file with one event, to be opened once: a cancelled one takes the event out of the calendar again. The same
 * entry gives the same bytes. Throws a RangeError for an entry that no calendar could hold.
 */
export const eventFile = (
  entry: CalendarEntry,
  { organizer, timezone }: { readonly organizer: { readonly name: string }; readonly timezone: string },
): string =>
  write([entry], timezone, {
    method: entry.cancelled ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.PUBLISH,
    organizer: organizer.name,
  });

/**
 * A person’s events, to be subscribed to. Cancelled ones stay in it, or a calendar that has them would keep them.
 * The same entries give the same bytes. Throws a RangeError for an entry that no calendar could hold.
 */
export const feedFile = (
  entries: readonly CalendarEntry[],
  {
    name,
    timezone,
    refreshMinutes,
  }: { readonly name: string; readonly timezone: string; readonly refreshMinutes: number },
): string => write(entries, timezone, { method: ICalCalendarMethod.PUBLISH, name, refreshMinutes });

type Frame = {
  readonly method: ICalCalendarMethod;
  readonly name?: string;
  readonly refreshMinutes?: number;
  readonly organizer?: string;
};

/*
 * Times are written with TZID and a VTIMEZONE, which Outlook insists on; it has one rule, as China has no summer time.
 * UTC would be the same instant, but an event then belongs to no place: whoever opens it abroad is not told that it
 * is 14:00 in Shanghai, and simple previews print the digits as they are. A zone that does change its clocks would
 * need all its rules; there UTC is right without them.
 */
const write = (entries: readonly CalendarEntry[], timezone: string, frame: Frame): string => {
  const offset = steadyOffset(entries, timezone);
  // The calendar itself is given no zone: the library would write DTSTAMP in it, which has to be in UTC.
  const calendar = ical({
    prodId: { company: 'Alliance Desk', product: 'Events', language: 'ZH' },
    scale: 'GREGORIAN',
    method: frame.method,
    // The library escapes texts of events, but not this one.
    ...(frame.name !== undefined && { name: escapeText(oneLine(frame.name), false) }),
    ...(frame.refreshMinutes !== undefined && { ttl: frame.refreshMinutes * 60 }),
  });
  for (const entry of entries) {
    calendar.createEvent(eventOf(entry, offset === undefined ? 'UTC' : timezone, frame.organizer));
  }
  const rules = offset === undefined ? '' : zoneRules(timezone, offset);
  return `${alarmsLast(calendar.toString())}\r\n`.replace(
    /^(?:BEGIN:VEVENT|END:VCALENDAR)/m,
    (next) => rules + next,
  );
};

// The standard has all properties of an event before its alarms. The library goes on with properties after them.
const alarmsLast = (file: string): string =>
  file.replace(/^((?:BEGIN:VALARM\r\n[\s\S]*?^END:VALARM\r\n)+)([\s\S]*?)^(?=END:VEVENT)/gm, '$2$1');

const eventOf = (entry: CalendarEntry, timezone: string, organizer: string | undefined): ICalEventData => {
  check(entry);
  return {
    id: entry.uid,
    sequence: entry.sequence,
    stamp: entry.changedAt,
    lastModified: entry.changedAt,
    timezone,
    start: wallClock(entry.startsAt, timezone),
    end: wallClock(entry.endsAt, timezone),
    summary: plain(entry.title),
    description: plain(description(entry)) || null,
    location: plain(entry.place),
    url: webAddress(entry.link),
    ...(organizer !== undefined && { organizer: { name: quotable(organizer), email: noMailbox } }),
    ...standing(entry),
    // A reminder of what does not take place would be the only thing left of it.
    alarms: entry.cancelled ? [] : entry.reminders.map(reminder),
  };
};

const standing = ({ cancelled, status }: CalendarEntry) => {
  if (cancelled) {
    return {
      status: ICalEventStatus.CANCELLED,
      busystatus: ICalEventBusyStatus.FREE,
      transparency: ICalEventTransparency.TRANSPARENT,
    };
  }
  const transparency = ICalEventTransparency.OPAQUE;
  switch (status) {
    case 'confirmed':
      return { status: ICalEventStatus.CONFIRMED, busystatus: ICalEventBusyStatus.BUSY, transparency };
    case 'tentative':
      return { status: ICalEventStatus.TENTATIVE, busystatus: ICalEventBusyStatus.TENTATIVE, transparency };
    default:
      return status satisfies never;
  }
};

const reminder = (minutes: number) => ({ type: ICalAlarmType.display, triggerBefore: minutes * 60 });

// RFC 5546 wants an organizer in a published event, and the organizer needs an address. The desk reads no mail, so
// this is one that can’t exist (RFC 2606). It never changes: a cancellation is believed from the same one only.
const noMailbox = 'noreply@alliance-desk.invalid';

const check = ({ uid, sequence, startsAt, endsAt, changedAt, reminders }: CalendarEntry): void => {
  const wrong = (what: string): never => {
    throw new RangeError(`The calendar entry “${uid}” has ${what}.`);
  };
  // It stands in the file as it is.
  if (!/^[\w.@:+-]+$/.test(uid)) wrong('an unfit uid');
  if (!Number.isInteger(sequence) || sequence < 0) wrong('an unfit sequence');
  if (Number.isNaN(changedAt.getTime())) wrong('no date of its last change');
  // The library would swap them.
  if (endsAt < startsAt) wrong('its end before its start');
  if (reminders.some((minutes) => !Number.isInteger(minutes) || minutes < 0)) wrong('an unfit reminder');
};

/**
 * The offset of a zone whose clocks stand still in all years of the entries, as in +0800. A file without entries has
 * the rules of its zone, too: it must not be empty.
 */
const steadyOffset = (entries: readonly CalendarEntry[], timezone: string): string | undefined => {
  const moments = entries.flatMap(({ startsAt, endsAt }) => [startsAt, endsAt]);
  const years = new Set(
    (moments.length > 0 ? moments : [new Date(0)]).map((at) => wallClock(at, timezone).year),
  );
  const offsets = new Set(
    [...years].flatMap((year) =>
      [0, 3, 6, 9].map((month) => wallClock(new Date(Date.UTC(year, month)), timezone).toFormat('ZZZ')),
    ),
  );
  const [offset] = offsets;
  return offsets.size === 1 ? offset : undefined;
};

const zoneRules = (timezone: string, offset: string): string =>
  [
    'BEGIN:VTIMEZONE',
    `TZID:${timezone}`,
    'BEGIN:STANDARD',
    'DTSTART:19700101T000000',
    `TZOFFSETFROM:${offset}`,
    `TZOFFSETTO:${offset}`,
    'END:STANDARD',
    'END:VTIMEZONE',
    '',
  ].join('\r\n');

// Google and Outlook do not show an event’s URL, so it is said in the text, too.
const description = ({ about, link }: CalendarEntry): string =>
  link === null || link === '' || about.includes(link) ? about : [about, link].filter(Boolean).join('\n\n');

// An address is not escaped in a file, but the library does escape these three. What is no web address stays in
// the description, where it is text.
const webAddress = (link: string | null): string | null =>
  link !== null && URL.canParse(link) && /^https?:$/.test(new URL(link).protocol)
    ? new URL(link).href.replace(/[\\;,]/g, encodeURIComponent)
    : null;

// Control characters are illegal in a file, and some readers take every Unicode line break for the end of a line.
const plain = (text: string): string =>
  text
    .toWellFormed()
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(/(?![\t\n])\p{Cc}/gu, '');

// A name in quotation marks can neither hold them nor escape them.
const quotable = (name: string): string => oneLine(name).replaceAll('"', '”').replaceAll('\\', '/');

const oneLine = (text: string): string => plain(text).replace(/\s+/g, ' ');
