/** An organizer prepares an event, looks at its card, and opens the sign-up. */
import { choice, moment, number, optional, span, spanInstants, text, yesNo } from '../../core/questions.js';
import { joinTexts, same } from '../../core/text.js';
import { account, person, room, type Tell, type Wake } from '../../core/workflow.js';
import type { Db } from '../../database.js';
import { type Busy, betterSpans, clashesOf } from './clash.js';
import { digestTime } from './digest.js';
import { type About, type Alarm, type Command, event, everybody, office, organizer } from './header.js';
import { admissions, eventKinds, policies } from './kinds.js';
import * as said from './messages/plan.js';
import { readQuotas, ticketsQuestion } from './questions.js';
import { reminderWakes } from './reminders.js';
import { listOf } from './sign-up.js';

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

const mostQuestions = 3;

export const configure = event.command({
  title: { zh: '报名规则', en: 'Rules of sign-up' },
  words: { zh: ['报名规则', '设置活动'], en: ['configure', 'rules of sign-up'] },
  from: ['draft'],
  to: ['draft'],
  by: organizer,
  ask: {
    policy: choice({
      label: { zh: '候补规则', en: 'Waitlist' },
      ask: {
        zh: '名额满后，候补怎样递补？（发布后不再更改）',
        en: 'Who moves up when the places are gone? (fixed once announced)',
      },
      options: policies,
    }),
    admission: choice({
      label: { zh: '审核', en: 'Approval' },
      ask: { zh: '报名要审核吗？', en: 'Does sign-up need approval?' },
      options: admissions,
    }),
    perPark: optional(
      number({
        label: { zh: '每园区名额', en: 'Places per park' },
        ask: { zh: '每个园区最多几人？', en: 'How many of one park at most?' },
        min: 1,
        max: 1000,
      }),
    ),
    poolAt: optional(
      moment({
        label: { zh: '余额开放日', en: 'Pool day' },
        ask: {
          zh: '各园区用不完的名额，哪天起向所有人开放？',
          en: 'From which day are unused places of parks open to everybody?',
        },
        need: 'day',
      }),
    ),
    cutOff: optional(
      moment({
        label: { zh: '报名截止', en: 'Sign-up ends' },
        ask: {
          zh: '报名到什么时候截止？（跳过即到活动开始）',
          en: 'When does sign-up end? (skip for the start of the event)',
        },
        need: 'time',
      }),
    ),
    holdHours: optional(
      number({
        label: { zh: '候补保留时长', en: 'Hold' },
        ask: {
          zh: '候补名额最多保留几个工作小时？（通常 8 小时，临近活动自动缩短）',
          en: 'For how many working hours is a place kept? (usually 8, fewer as the event nears)',
        },
        min: 1,
        max: 80,
      }),
    ),
    freeAfter: optional(
      number({
        label: { zh: '迟到放位', en: 'Late places' },
        ask: {
          zh: '开始后多少分钟未签到即让给现场候补？（不让请跳过）',
          en: 'After how many minutes are places of those who have not come given to who waits at the door? (skip for never)',
        },
        min: 5,
        max: 120,
      }),
    ),
    questions: optional(
      text({
        label: { zh: '报名问题', en: 'Questions' },
        ask: {
          zh: `要问报名者什么？每行一个问题，最多 ${mostQuestions} 个。`,
          en: `What do you want to ask those who sign up? One question per line, ${mostQuestions} at most.`,
        },
        max: 600,
        long: true,
      }),
    ),
    survey: yesNo({
      label: { zh: '会后评价', en: 'Survey' },
      ask: { zh: '会后请参加者评价吗？', en: 'Ask those who came what they thought of it?' },
    }),
  },
  run: async ({ db, args, case: c, subject: e, now, calendar }) => {
    const cutOffAt = args.cutOff === null ? e.startsAt : new Date(args.cutOff);
    if (cutOffAt > e.startsAt || cutOffAt <= now) return { refuse: said.cutOffOutside(e, calendar) };
    const { policy, admission, perPark, freeAfter, survey } = args;
    await db.event.update({
      where: { caseId: c.id },
      data: {
        policy,
        admission,
        perPark,
        poolAt: perPark === null || args.poolAt === null ? null : new Date(args.poolAt),
        cutOffAt,
        holdHours: args.holdHours ?? 8,
        freeAfter,
        questions: (args.questions ?? '')
          .split('\n')
          .map((line) => line.trim())
          .filter((line) => line !== '')
          .slice(0, mostQuestions),
        survey,
      },
    });
    return {
      to: 'draft',
      reply: said.configured(c, await event.load(db, c.id), calendar),
      choices: ['preview', 'announce'],
    };
  },
});

export const preview = event.reading({
  title: { zh: '预览', en: 'Preview' },
  words: { zh: ['预览'], en: ['preview'] },
  from: ['draft', 'open', 'shut'],
  by: organizer,
  run: async ({ db, actor, heard, case: c, subject: e, calendar }) => {
    const card = said.card(c, e, calendar);
    // As it will look on the other channel, too.
    const elsewhere = await db.identity.findMany({
      where: { personId: actor.id, channel: { not: heard.channel } },
      orderBy: { id: 'asc' },
      take: 1,
    });
    return {
      reply: said.previewOf(card),
      ...(c.state === 'draft' && {
        choices: ['announce' as const, 'configure' as const, 'callOff' as const],
      }),
      tell: elsewhere.map((one) => ({ to: account(one.id), say: said.previewOf(card) })),
    };
  },
});

export const announce = event.command({
  title: { zh: '发布报名', en: 'Announce' },
  words: { zh: ['发布', '发布报名'], en: ['announce'] },
  from: ['draft'],
  to: ['open'],
  by: organizer,
  style: 'primary',
  run: async (about) => {
    const { db, case: c, subject: e, now, calendar } = about;
    if (e.startsAt <= now || e.cutOffAt <= now) return { refuse: said.hasPassed(e.cutOffAt, calendar) };
    await db.event.update({ where: { caseId: c.id }, data: { changedAt: now, digestedAt: now } });
    const card = said.card(c, e, calendar);
    return {
      to: 'open',
      reply: said.announced(c, e),
      choices: ['roster', 'preview'],
      because: joinTexts([same(e.title), said.policyOf(e)], { zh: '；', en: '; ' }),
      tell: [{ to: room('members'), say: card, choices: ['signUp', 'leave', 'roster'], living: 'card' }],
      wake: [
        ...(e.cutOffAt < e.startsAt ? [{ alarm: 'cutOff' as const, at: e.cutOffAt }] : []),
        ...(e.poolAt !== null && e.poolAt > now
          ? [{ alarm: 'poolOpens' as const, at: calendar.outOfQuiet(e.poolAt) }]
          : []),
        ...reminderWakes(e, now, calendar),
        { alarm: 'digest', at: digestTime(now, calendar) },
        { alarm: 'begins', at: e.startsAt },
      ],
    };
  },
});

/** The list in the members' rooms, as people sign up. */
export const listing = event.alarm({
  title: { zh: '名单已更新', en: 'the list was brought up to date' },
  kind: 'deadline',
  quiet: true,
  when: ['open'],
  to: ['open'],
  run: async (about) => {
    const { db, case: c, now } = about;
    await db.event.update({ where: { caseId: c.id }, data: { listedAt: now } });
    return {
      to: 'open',
      tell: [
        {
          to: room('members'),
          say: await listOf(about, 'end'),
          choices: ['signUp', 'leave'],
          living: 'list',
          anew: true,
        },
      ],
    };
  },
});

export const cutOff = event.alarm({
  title: { zh: '报名截止', en: 'sign-up closed' },
  kind: 'deadline',
  when: ['open'],
  to: ['shut'],
  run: async (about) => shut(about),
});

/** Sign-up is over: who still waits is told so. */
export const shut = async (about: About<'open'>) => {
  const { db, case: c, subject: e } = about;
  const parties = await db.party.findMany({
    where: { eventId: c.id, attendees: { some: { status: { in: ['waiting', 'applied'] } } } },
    select: { byId: true },
  });
  const counts = await db.attendee.groupBy({ by: ['status'], where: { eventId: c.id }, _count: true });
  const tell: Tell<Command>[] = [
    ...[...new Set(parties.map((one) => one.byId))].map((id) => ({
      to: person(id),
      say: said.didNotMoveUp(c, e),
    })),
    {
      to: person(e.hostId),
      say: said.isShutWith(
        c,
        e,
        counts.map((one) => ({ status: one.status, count: one._count })),
      ),
    },
  ];
  return { to: 'shut' as const, tell };
};

const listed = 10;

export const events = event.free({
  title: { zh: '近期活动', en: 'Events' },
  words: { zh: ['活动', '近期活动'], en: ['events'] },
  by: everybody,
  reads: true,
  run: async ({ db, now, calendar }) => {
    const rows = await db.case.findMany({
      where: {
        workflow: 'event',
        state: { in: ['open', 'shut', 'running'] },
        event: { endsAt: { gt: now } },
      },
      orderBy: { event: { startsAt: 'asc' } },
      take: listed,
      select: { ref: true, state: true, event: { select: { title: true, startsAt: true, place: true } } },
    });
    const found = rows.flatMap((one) =>
      one.event ? [{ ref: one.ref, state: one.state, ...one.event }] : [],
    );
    return { reply: found.length === 0 ? said.noEvents : said.listOfEvents(found, calendar) };
  },
});

export type EventWake = Wake<Alarm>;
