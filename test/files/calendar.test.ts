import fc from 'fast-check';
import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import { type CalendarEntry, eventFile, feedFile } from '../../src/files/calendar.js';

const entry: CalendarEntry = {
  uid: 'E-12@desk.example.cn',
  sequence: 3,
  title: '文化园区招商路演；第二场，上海',
  about: '请提前十分钟到场。\n\n议程：\t1) 签到, 2) 路演; 3) 交流 🎋',
  place: '上海市静安区西康路 118 号, 2 号楼',
  link: 'https://example.cn/e/12?a=1,2;b=3',
  startsAt: new Date('2026-11-28T06:00:00Z'),
  endsAt: new Date('2026-11-28T08:30:00Z'),
  changedAt: new Date('2026-11-01T01:02:03Z'),
  cancelled: false,
  status: 'confirmed',
  reminders: [7 * 24 * 60, 24 * 60, 120, 0],
};
const china = { organizer: { name: '文化园区联盟' }, timezone: 'Asia/Shanghai' };
const feed = { name: '李伟的活动', timezone: 'Asia/Shanghai', refreshMinutes: 90 };

const read = (file: string) => new ICAL.Component(ICAL.parse(file));
const eventsOf = (file: string) => read(file).getAllSubcomponents('vevent');
const onlyEvent = (file: string) => {
  const [event, ...more] = eventsOf(file);
  if (!event || more.length > 0) throw new Error('not exactly one event');
  return event;
};
const value = (component: InstanceType<typeof ICAL.Component>, name: string): string =>
  String(component.getFirstPropertyValue(name));
const instant = (component: InstanceType<typeof ICAL.Component>, name: string): Date => {
  const time = component.getFirstPropertyValue(name);
  if (!(time instanceof ICAL.Time)) throw new Error(`${name} is no time`);
  return time.toJSDate();
};
const withZones = <T>(file: string, look: () => T): T => {
  for (const zone of read(file).getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone);
  try {
    return look();
  } finally {
    ICAL.TimezoneService.reset();
  }
};

describe('an event as a file', () => {
  it('gives every field back to another reader', () => {
    const file = eventFile(entry, china);
    const event = onlyEvent(file);
    expect(value(read(file), 'version')).toBe('2.0');
    expect(value(read(file), 'method')).toBe('PUBLISH');
    expect(value(event, 'uid')).toBe(entry.uid);
    expect(value(event, 'sequence')).toBe('3');
    expect(value(event, 'summary')).toBe(entry.title);
    expect(value(event, 'description')).toBe(`${entry.about}\n\n${entry.link}`);
    expect(value(event, 'location')).toBe(entry.place);
    expect(value(event, 'url')).toBe('https://example.cn/e/12?a=1%2C2%3Bb=3');
    expect(value(event, 'status')).toBe('CONFIRMED');
    expect(value(event, 'transp')).toBe('OPAQUE');
    expect(event.getFirstProperty('organizer')?.getParameter('cn')).toBe('文化园区联盟');
    expect(instant(event, 'dtstamp')).toEqual(entry.changedAt);
    expect(instant(event, 'last-modified')).toEqual(entry.changedAt);
    withZones(file, () => {
      expect(instant(event, 'dtstart')).toEqual(entry.startsAt);
      expect(instant(event, 'dtend')).toEqual(entry.endsAt);
    });
  });

  it('is in the time of Shanghai, with its rules', () => {
    const file = eventFile(entry, china);
    expect(file).toContain('\r\nDTSTART;TZID=Asia/Shanghai:20261128T140000\r\n');
    expect(file).toContain('\r\nDTSTAMP:20261101T010203Z\r\n');
    const [zone, ...more] = read(file).getAllSubcomponents('vtimezone');
    expect(more).toEqual([]);
    expect(zone && value(zone, 'tzid')).toBe('Asia/Shanghai');
  });

  it('has the properties of each part before the parts within, as strict readers want it', () => {
    const lines = feedFile([entry, { ...entry, uid: 'E-14' }], feed).split(/\r\n(?! )/);
    const late = lines.filter(
      (line, index) => lines[index - 1]?.startsWith('END:') && line !== '' && !/^(BEGIN|END):/.test(line),
    );
    expect(late).toEqual([]);
    expect(lines.filter((line) => line.startsWith('BEGIN:VALARM'))).toHaveLength(8);
    expect(lines.filter((line) => line === 'STATUS:CONFIRMED')).toHaveLength(2);
  });

  it('is in UTC for a zone that changes its clocks', () => {
    const file = eventFile(entry, { ...china, timezone: 'Europe/Berlin' });
    expect(file).toContain('\r\nDTSTART:20261128T060000Z\r\n');
    expect(file).not.toContain('VTIMEZONE');
    expect(instant(onlyEvent(file), 'dtend')).toEqual(entry.endsAt);
  });

  it('reminds at the given times before the start', () => {
    const alarms = onlyEvent(eventFile(entry, china)).getAllSubcomponents('valarm');
    expect(alarms.map((alarm) => value(alarm, 'trigger'))).toEqual(['-P7D', '-P1D', '-PT2H', 'PT0S']);
    expect(alarms.map((alarm) => value(alarm, 'action'))).toEqual(Array(4).fill('DISPLAY'));
    expect(alarms.every((alarm) => value(alarm, 'description') === entry.title)).toBe(true);
  });

  it('takes a cancelled event back, under the same uid and from the same organizer', () => {
    const before = onlyEvent(eventFile(entry, china));
    const file = eventFile({ ...entry, cancelled: true, sequence: 4 }, china);
    const event = onlyEvent(file);
    expect(value(read(file), 'method')).toBe('CANCEL');
    expect(value(event, 'status')).toBe('CANCELLED');
    expect(value(event, 'sequence')).toBe('4');
    expect(value(event, 'uid')).toBe(value(before, 'uid'));
    expect(value(event, 'organizer')).toBe(value(before, 'organizer'));
    expect(event.getAllSubcomponents('valarm')).toEqual([]);
  });

  it('tells a place that is not certain', () => {
    const event = onlyEvent(eventFile({ ...entry, status: 'tentative' }, china));
    expect(value(event, 'status')).toBe('TENTATIVE');
    expect(value(event, 'x-microsoft-cdo-busystatus')).toBe('TENTATIVE');
  });

  it('leaves out what there is not', () => {
    const event = onlyEvent(eventFile({ ...entry, about: '', place: '', link: null, reminders: [] }, china));
    for (const name of ['description', 'location', 'url']) expect(event.getFirstProperty(name)).toBeNull();
    expect(event.getAllSubcomponents()).toEqual([]);
  });

  it.each(['javascript:alert(1)', '腾讯会议 123-456-789', 'file:///etc/passwd'])(
    'keeps “%s” as text only, as it is no web address',
    (link) => {
      const event = onlyEvent(eventFile({ ...entry, link }, china));
      expect(event.getFirstProperty('url')).toBeNull();
      expect(value(event, 'description')).toContain(link);
    },
  );

  it('says a link once', () => {
    const about = `报名：${entry.link}`;
    expect(value(onlyEvent(eventFile({ ...entry, about }, china)), 'description')).toBe(about);
  });

  it.each([
    ['an injected uid', { uid: 'x\r\nBEGIN:VEVENT' }],
    ['no uid', { uid: '' }],
    ['half a sequence', { sequence: 1.5 }],
    ['an end before the start', { endsAt: new Date('2026-11-28T05:59:00Z') }],
    ['no such start', { startsAt: new Date(Number.NaN) }],
    ['no such date of change', { changedAt: new Date(Number.NaN) }],
    ['a reminder afterwards', { reminders: [-5] }],
  ])('refuses %s', (_, wrong) => {
    expect(() => eventFile({ ...entry, ...wrong }, china)).toThrow(RangeError);
  });

  it('refuses a zone that does not exist', () => {
    expect(() => eventFile(entry, { ...china, timezone: 'Asia/Atlantis' })).toThrow(RangeError);
  });
});

describe('text of people in a calendar', () => {
  const injection = 'x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:evil\r\nATTACH:file:///etc/passwd';
  const hostile: CalendarEntry = { ...entry, title: injection, about: injection, place: injection };

  it.each([injection, injection.replaceAll('\r\n', '\r'), injection.replaceAll('\r\n', '\u2028')])(
    'is text and nothing else, also with line breaks (%#)',
    (text) => {
      const file = eventFile(
        { ...hostile, title: text, link: text },
        { ...china, organizer: { name: text } },
      );
      expect(value(onlyEvent(file), 'uid')).toBe(entry.uid);
      // Readers that take every line break of Unicode for one must not see it either.
      const lines = file.split(/[\n\r\v\f\u0085\u2028\u2029]+/).filter((line) => !line.startsWith(' '));
      expect(lines.filter((line) => /^(UID|ATTACH)/.test(line))).toEqual([`UID:${entry.uid}`]);
    },
  );

  it('is text in the name of a feed, too', () => {
    const file = feedFile([entry], { ...feed, name: injection });
    expect(eventsOf(file)).toHaveLength(1);
    expect(value(read(file), 'name')).toBe(injection.replaceAll('\r\n', ' '));
  });

  it('does not end the quotation of the organizer', () => {
    const file = eventFile(entry, { ...china, organizer: { name: '"联盟";X="\\' } });
    expect(onlyEvent(file).getFirstProperty('organizer')?.getParameter('cn')).toBe('”联盟”;X=”/');
  });

  it('comes back as it was', () => {
    const text = fc.string({
      unit: fc.oneof(
        fc.constantFrom(...',;:\\"\n\t '),
        fc.constantFrom('\\n', 'BEGIN:VEVENT', '招', '👩‍👩‍👧', '\\,'),
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
      ),
      maxLength: 200,
    });
    const printable = text.map((typed) =>
      typed.replace(/[\u2028\u2029]/g, '\n').replace(/(?![\t\n])\p{Cc}/gu, ''),
    );
    fc.assert(
      fc.property(printable, printable, printable, (title, about, place) => {
        const event = onlyEvent(eventFile({ ...entry, title, about, place, link: null }, china));
        expect(value(event, 'summary')).toBe(title);
        expect(event.getFirstPropertyValue('description') ?? '').toBe(about);
        expect(event.getFirstPropertyValue('location') ?? '').toBe(place);
      }),
      { numRuns: 300 },
    );
  });

  it('never breaks a file, whatever it is', () => {
    const anything = fc.string({ unit: 'binary', maxLength: 100 });
    fc.assert(
      fc.property(anything, anything, anything, (title, link, name) => {
        const file = eventFile({ ...entry, title, link }, { ...china, organizer: { name: `${name}.` } });
        expect(value(onlyEvent(file), 'uid')).toBe(entry.uid);
        expect(file).not.toMatch(/(?![\r\n\t])\p{Cc}|\p{Cs}/u);
      }),
    );
  });

  it('is folded to lines of at most 75 octets, between characters', () => {
    const file = eventFile({ ...entry, title: '一'.repeat(300), about: 'a🎋'.repeat(200) }, china);
    const lines = file.split('\r\n');
    expect(lines.at(-1)).toBe('');
    expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75);
    expect(lines.every((line) => line.isWellFormed() && !line.includes('\n'))).toBe(true);
    expect(value(onlyEvent(file), 'summary')).toBe('一'.repeat(300));
    expect(value(onlyEvent(file), 'description')).toContain('a🎋'.repeat(200));
  });
});

describe('a feed', () => {
  const gone: CalendarEntry = { ...entry, uid: 'E-13@desk.example.cn', cancelled: true, sequence: 9 };

  it('has the name of the feed and how often to look', () => {
    const calendar = read(feedFile([entry], feed));
    expect(value(calendar, 'method')).toBe('PUBLISH');
    expect(value(calendar, 'x-wr-calname')).toBe('李伟的活动');
    expect(value(calendar, 'name')).toBe('李伟的活动');
    expect(value(calendar, 'refresh-interval')).toBe('PT1H30M');
    expect(value(calendar, 'x-published-ttl')).toBe('PT1H30M');
  });

  it('keeps cancelled events, as cancelled', () => {
    const file = feedFile([entry, gone], feed);
    expect(eventsOf(file).map((event) => [value(event, 'uid'), value(event, 'status')])).toEqual([
      [entry.uid, 'CONFIRMED'],
      [gone.uid, 'CANCELLED'],
    ]);
    expect(value(read(file), 'method')).toBe('PUBLISH');
    expect(eventsOf(file).map((event) => value(event, 'transp'))).toEqual(['OPAQUE', 'TRANSPARENT']);
    expect(read(file).getAllSubcomponents('vtimezone')).toHaveLength(1);
  });

  it('is a legal file without events', () => {
    const calendar = read(feedFile([], feed));
    expect(calendar.getAllSubcomponents().map(({ name }) => name)).toEqual(['vtimezone']);
  });

  it('is the same bytes for the same entries', () => {
    const copy = { ...entry, startsAt: new Date(entry.startsAt), reminders: [...entry.reminders] };
    expect(feedFile([copy, gone], feed)).toBe(feedFile([entry, gone], feed));
  });
});
