/** An organizer prepares an event. */
import { choice, number, optional, span, spanInstants, text } from '../../core/questions.js';
import { same } from '../../core/text.js';
import { person } from '../../core/workflow.js';
import type { Db } from '../../database.js';
import { type Busy, betterSpans, clashesOf } from './clash.js';
import { event, office } from './header.js';
import { eventKinds } from './kinds.js';
import * as said from './messages/plan.js';
import { readQuotas, ticketsQuestion } from './questions.js';

/** What else happens in the alliance: its events and its meetings, this one left out. */
export const readBusy = async (db: Db, now: Date, self?: string): Promise<readonly Busy[]> => {
  const events = await db.event.findMany({
    where: { endsAt: { gt: now }, case: { closedAt: null }, ...(self && { caseId: { not: self } }) },
    select: { title: true, startsAt: true, endsAt: true, case: { select: { ref: true } } },
  });
  const meetings = await db.meeting.findMany({
    where: { startsAt: { gt: now }, case: { state: 'called' } },
    select: { title: true, startsAt: true, case: { select: { ref: true } } },
  });
  return [
    ...events.map((one) => ({
      what: same(one.title),
      ref: one.case.ref,
      from: one.startsAt,
      until: one.endsAt,
    })),
    ...meetings.map((one) => ({
      what: same(one.title),
      ref: one.case.ref,
      from: one.startsAt,
      until: new Date(one.startsAt.getTime() + meetingMs),
    })),
  ];
};
// A meeting is called without an end.
const meetingMs = 2 * 60 * 60 * 1000;

const draftDays = 3;

export const titleQuestion = text({
  label: { zh: '名称', en: 'Title' },
  ask: { zh: '活动叫什么名称？', en: 'What is the event called?' },
  max: 100,
});
export const whenQuestion = span({
  label: { zh: '时间', en: 'Time' },
  ask: { zh: '从几时到几时？', en: 'From when until when?' },
});
export const placeQuestion = text({
  label: { zh: '地点', en: 'Place' },
  ask: {
    zh: '在哪里？（地址，或线上会议的链接）',
    en: 'Where? (an address, or the link of an online meeting)',
  },
  max: 200,
});

export const plan = event.opening({
  title: { zh: '新建活动', en: 'New event' },
  words: { zh: ['新建活动', '发起活动'], en: ['new-event', 'new event'] },
  by: office,
  to: ['draft'],
  ask: {
    title: titleQuestion,
    kind: choice({
      label: { zh: '类型', en: 'Kind' },
      ask: { zh: '属于哪一类？', en: 'What kind of event is it?' },
      options: eventKinds,
    }),
    when: whenQuestion,
    place: placeQuestion,
    capacity: optional(
      number({
        label: { zh: '总名额', en: 'Capacity' },
        ask: {
          zh: '总共多少名额？（不限请回复“跳过”）',
          en: 'How many places are there? (skip for no limit)',
        },
        min: 1,
        max: 100_000,
      }),
    ),
    tickets: optional(ticketsQuestion),
    about: optional(
      text({
        label: { zh: '简介', en: 'About' },
        ask: { zh: '请用几句话介绍：', en: 'Please describe it in a few sentences:' },
        max: 600,
        long: true,
      }),
    ),
  },
  run: async ({ db, args, actor, case: c, now, calendar, vault }) => {
    const { from, until } = spanInstants(args.when, calendar.timezone);
    if (from <= now) return { refuse: said.hasPassed(from, calendar) };
    const { title, kind, place, capacity, about } = args;
    const tickets = args.tickets === null ? [] : readQuotas(args.tickets);
    await db.event.create({
      data: {
        caseId: c.id,
        title,
        kind,
        place,
        about,
        capacity,
        startsAt: from,
        endsAt: until,
        cutOffAt: from,
        hostId: actor.id,
        questions: [],
        code: digits(vault.newCode()),
        changedAt: now,
        tickets: { create: tickets.length > 0 ? [...tickets] : [{ kind: 'delegate' as const, quota: null }] },
      },
    });
    const e = await event.load(db, c.id);
    const busy = await readBusy(db, now, c.id);
    const clashes = clashesOf({ from, until }, busy, calendar);
    return {
      to: 'draft',
      reply: said.planned(
        c,
        e,
        clashes,
        clashes.length > 0 ? betterSpans({ from, until }, busy, calendar, now) : [],
        calendar,
      ),
      choices: ['configure', 'preview', 'announce', 'callOff'],
      because: same(title),
      wake: [{ alarm: 'draftWaits', at: calendar.workdaysAfter(now, draftDays) }],
    };
  },
});

/** Four digits, to be said at the door. */
const digits = (code: string): string =>
  [...code.replace(/[^A-Z0-9]/giu, '')]
    .slice(0, 4)
    .map((one) => one.charCodeAt(0) % 10)
    .join('');

export const draftWaits = event.alarm({
  title: { zh: '已提醒发布', en: 'a reminder to announce it' },
  kind: 'reminder',
  when: ['draft'],
  to: ['draft', 'cancelled'],
  run: async ({ case: c, subject: e, now, calendar }) =>
    e.startsAt <= now
      ? { to: 'cancelled', because: said.neverAnnounced }
      : {
          to: 'draft',
          tell: [
            {
              to: person(e.hostId),
              say: said.pleaseAnnounce(c, e),
              choices: ['preview', 'announce', 'callOff'],
            },
          ],
          wake: [{ alarm: 'draftWaits', at: calendar.workdaysAfter(now, draftDays) }],
        },
});
