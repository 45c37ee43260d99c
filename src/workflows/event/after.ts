/** What follows an event: those who did not come are asked why, those who came what they thought of it. */
import type { Message } from '../../core/message.js';
import type { Asking } from '../../core/question.js';
import { choice, optional, text } from '../../core/questions.js';
import { person } from '../../core/workflow.js';
import type { Db } from '../../database.js';
import { type About, type Command, event, everybody, office, organizer } from './header.js';
import * as said from './messages/after.js';
import { checkInWasUsed, hearers, missing } from './standby.js';

/** Who was there; where nobody checked in, all who had a place. */
const whoCame = ({ case: c }: About, used: boolean) => ({
  eventId: c.id,
  status: 'going' as const,
  ...(used && { cameAt: { not: null } }),
});

/** Asked together, so that nobody hears of one event twice on a morning. */
export const followsUp = event.alarm({
  title: { zh: '已回访', en: 'people were asked about it' },
  kind: 'reminder',
  when: ['over'],
  to: ['over'],
  run: async (about) => {
    const { db, case: c, subject: e } = about;
    const used = await checkInWasUsed(db, c.id);
    const asked = { select: { name: true, personId: true, party: { select: { byId: true } } } };
    const came = e.survey
      ? await db.attendee.findMany({
          where: { ...whoCame(about, used), personId: { not: null } },
          orderBy: { id: 'asc' },
          ...asked,
        })
      : [];
    const absent = used
      ? await db.attendee.findMany({
          where: { eventId: c.id, ...missing },
          orderBy: { id: 'asc' },
          ...asked,
        })
      : [];
    const reviewers = new Set(came.flatMap((one) => one.personId ?? []));
    const missed = new Map(hearers(absent.map((one) => ({ ...one, byId: one.party.byId }))));
    return {
      to: 'over',
      tell: [...new Set([...reviewers, ...missed.keys()])].map((id) => {
        const names = missed.get(id);
        const own = absent.some((one) => one.personId === id);
        return {
          to: person(id),
          say: said.pleaseTell(c, e, { review: reviewers.has(id), missed: names && { own, names } }),
          choices: [
            ...(reviewers.has(id) ? ['review' as const] : []),
            ...(names ? ['absence' as const] : []),
            ...(own ? ['checkIn' as const] : []),
          ] satisfies readonly Command[],
        };
      }),
    };
  },
});

export const absence = event.command({
  title: { zh: '未能到场的原因', en: 'Why I did not come' },
  words: { zh: ['原因', '缺席原因'], en: ['absent', 'absence'] },
  from: ['over'],
  to: ['over'],
  by: everybody,
  lock: 'shared',
  aside: true,
  namedTo: 'nobody',
  ask: {
    why: text({
      label: { zh: '原因', en: 'Reason' },
      ask: { zh: '是什么原因没能到场？', en: 'What kept you from coming?' },
      max: 200,
    }),
  },
  run: async ({ db, args, actor, case: c, subject: e }) => {
    const { count } = await db.attendee.updateMany({
      where: {
        eventId: c.id,
        AND: [missing, { OR: [{ personId: actor.id }, { personId: null, party: { byId: actor.id } }] }],
      },
      data: { absence: args.why },
    });
    return count === 0 || !(await checkInWasUsed(db, c.id))
      ? { refuse: said.wasNotMissed(c, e) }
      : { to: 'over', reply: said.reasonNoted(c, e) };
  },
});

const perParkMonths = 12;
const mostFirst = <Row extends { readonly absent: number; readonly places: number }>(rows: readonly Row[]) =>
  rows.filter((one) => one.places > 0).toSorted((a, b) => b.absent - a.absent || b.places - a.places);

/**
 * How many places of each park stayed empty, over all events of the last twelve months at which people checked in.
 * No list of persons is shown anywhere: what is asked is how many places a park needs, not who failed to come.
 */
export const absences = event.free({
  title: { zh: '缺席统计', en: 'Absences by park' },
  words: { zh: ['缺席统计'], en: ['absences'] },
  by: office,
  aside: true,
  reads: true,
  run: async ({ db, now, calendar }) => {
    const since = calendar.daysAfter(now, -365);
    const events = await db.event.findMany({
      where: {
        endsAt: { gt: since, lte: now },
        case: { state: { in: ['over', 'done'] } },
        attendees: { some: { status: 'going', cameAt: { not: null } } },
      },
      select: { caseId: true },
    });
    const counted = (absent: boolean) =>
      db.attendee.groupBy({
        by: ['parkId'],
        where: {
          eventId: { in: events.map((one) => one.caseId) },
          ...(absent ? missing : { OR: [{ status: 'going' }, missing] }),
        },
        _count: true,
      });
    const absent = await counted(true);
    const parks = await db.park.findMany({ orderBy: { key: 'asc' } });
    const all = await counted(false);
    const count = (rows: typeof all, parkId: string | null): number =>
      rows.find((one) => one.parkId === parkId)?._count ?? 0;
    const rows = [...parks, undefined].map((park) => ({
      park: park && { zh: park.nameZh, en: park.nameEn },
      absent: count(absent, park?.id ?? null),
      places: count(all, park?.id ?? null),
    }));
    return { reply: said.byPark(mostFirst(rows), events.length, perParkMonths) };
  },
});

const words = (zh: string, en: string) =>
  optional(text({ label: { zh, en }, ask: { zh: `${zh}？`, en: `${en}?` }, max: 300 }));

const rating = choice({
  label: { zh: '评分', en: 'Rating' },
  ask: { zh: '总体几分？（5 分最好）', en: 'How was it, from 1 to 5? (5 is best)' },
  options: said.ratings,
});
const pointsOf = (id: string): number => Object.keys(said.ratings).indexOf(id) + 1;
/** 5, 5分 or 非常满意. */
const ratingQuestion = {
  ...rating,
  hear: (words: string, asking: Asking) => rating.hear(words.replace(/\s*[分星]\s*$/u, ''), asking),
};

export const review = event.command({
  title: { zh: '评价', en: 'Review' },
  words: { zh: ['评价'], en: ['review', 'rate'] },
  from: ['over'],
  to: ['over'],
  by: everybody,
  style: 'primary',
  lock: 'shared',
  aside: true,
  namedTo: 'nobody',
  ask: {
    rating: ratingQuestion,
    useful: words('哪些内容最有用', 'What was most useful'),
    better: words('哪些地方可以做得更好', 'What could be better'),
  },
  run: async (about) => {
    const { db, args, actor, case: c, subject: e, now } = about;
    if (!e.survey) return { refuse: said.noSurvey(c, e) };
    const used = await checkInWasUsed(db, c.id);
    const there = { ...whoCame(about, used), personId: actor.id };
    if ((await db.attendee.count({ where: there })) === 0) return { refuse: said.wasNotThere(c, e, used) };
    const own = { eventId: c.id, personId: actor.id };
    const given = { ...args, rating: pointsOf(args.rating), at: now };
    const again = (await db.review.count({ where: own })) > 0;
    await db.review.upsert({
      where: { eventId_personId: own },
      create: { ...own, ...given },
      update: given,
    });
    return { to: 'over', reply: said.thanks(c, e, again) };
  },
});

/** What people thought of it. Too few answers tell who said what, so they are not shown. */
const resultsOf = async (about: About): Promise<Message> => {
  const { db, case: c, subject: e } = about;
  const used = await checkInWasUsed(db, c.id);
  const reviews = await db.review.findMany({ where: { eventId: c.id } });
  const asked = await db.attendee.count({ where: { ...whoCame(about, used), personId: { not: null } } });
  return said.results(c, e, {
    ratings: reviews.map((one) => one.rating),
    useful: unordered(reviews.map((one) => one.useful)),
    better: unordered(reviews.map((one) => one.better)),
    asked,
    absent: used ? await absentOf(db, c.id) : undefined,
  });
};

const absentOf = async (db: Db, eventId: string) => {
  const rows = await db.attendee.findMany({ where: { eventId, ...missing }, select: { absence: true } });
  return { count: rows.length, reasons: unordered(rows.map((one) => one.absence)) };
};

/** Neither in the order of time nor of the list. */
const unordered = (all: readonly (string | null)[]): readonly string[] =>
  all.filter((one) => one !== null).toSorted((a, b) => a.localeCompare(b, 'zh'));

export const results = event.reading({
  title: { zh: '评价结果', en: 'Results of the survey' },
  words: { zh: ['评价结果'], en: ['results'] },
  from: ['over', 'done'],
  by: organizer,
  aside: true,
  run: async (about) =>
    about.subject.survey
      ? { reply: await resultsOf(about) }
      : { refuse: said.noSurvey(about.case, about.subject) },
});

/** A report rather than a nudge: it stands by itself. */
export const sumsUp = event.alarm({
  title: { zh: '评价结果已报组织者', en: 'the organizer had the results' },
  kind: 'deadline',
  when: ['over'],
  to: ['over'],
  run: async (about) => ({
    to: 'over',
    tell: [{ to: person(about.subject.hostId), say: await resultsOf(about) }],
  }),
});
