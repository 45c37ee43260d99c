/** The organizer's summary of a day: who signed up, who waits, who gave up, and whom the desk cannot reach. */
import { DateTime } from 'luxon';
import type { Calendar } from '../../core/calendar.js';
import { person } from '../../core/workflow.js';
import { type About, event } from './header.js';
import { readInvitations } from './invitation.js';
import * as said from './messages/digest.js';

/** The next summary after that moment: 17:00 of a working day. */
export const digestTime = (now: Date, calendar: Calendar): Date => {
  const local = DateTime.fromJSDate(now, { zone: calendar.timezone });
  const at = (given: DateTime) => given.startOf('day').set({ hour: 17 });
  if (calendar.isWorkday(now) && local < at(local)) return at(local).toJSDate();
  return at(DateTime.fromJSDate(calendar.workdaysAfter(now, 1), { zone: calendar.timezone })).toJSDate();
};

export const digest = event.alarm({
  title: { zh: '已向组织者汇总报名', en: 'the organizer had a summary' },
  kind: 'deadline',
  quiet: true,
  when: ['open'],
  to: ['open'],
  run: async (about) => {
    const { db, case: c, subject: e, now, calendar } = about;
    const since = e.digestedAt ?? c.openedAt;
    const rows = await changesSince(about, since);
    await db.event.update({ where: { caseId: c.id }, data: { digestedAt: now } });
    const invited = await readInvitations(about);
    const isNews =
      rows.some((one) => one.isNew || one.hasLeft || one.reach?.isNew) ||
      invited.some((one) => one.answeredAt !== null && one.answeredAt >= since);
    return {
      to: 'open',
      tell: isNews
        ? [{ to: person(e.hostId), say: said.summary(c, e, rows, invited), choices: ['roster'] as const }]
        : [],
      wake: [{ alarm: 'digest', at: digestTime(now, calendar) }],
    };
  },
});

// “李娜+1” has no name of their own, and comes with somebody who hears of everything.
const isCompanion = /\+\d+$/u;

/** Everybody on the list, and who left it since the last summary. */
const changesSince = async (about: About, since: Date): Promise<readonly said.Change[]> => {
  const { db, case: c } = about;
  const rows = await db.attendee.findMany({
    where: { eventId: c.id, OR: [{ status: { not: 'out' } }, { changedAt: { gte: since } }] },
    orderBy: [{ party: { number: 'asc' } }, { id: 'asc' }],
    include: { party: { select: { joinedAt: true } } },
  });
  const reachOf = await troubles(
    about,
    rows.flatMap((one) => one.personId ?? []),
    since,
  );
  return rows.map(({ name, status, personId, party }) => {
    const isNew = status !== 'out' && party.joinedAt >= since;
    const hasLeft = status === 'out';
    return {
      name,
      status,
      personId,
      isNew,
      hasLeft,
      reach: hasLeft || isCompanion.test(name) ? undefined : reachOf(personId, isNew),
    };
  });
};

// A network that is merely slow gets no mention.
const stuckMs = 60 * 60 * 1000;

/** Why what was last written to somebody about the event did not arrive, as far as that is known. */
const troubles = async ({ db, case: c, now }: About, personIds: readonly string[], since: Date) => {
  const accounts = await db.identity.findMany({
    where: { personId: { in: [...personIds] } },
    select: { personId: true },
  });
  const known = new Set(accounts.map((one) => one.personId));
  const posts = await db.outbox.findMany({
    where: {
      caseId: c.id,
      personId: { in: [...personIds] },
      replacesId: null,
      status: { not: 'dropped' },
    },
    orderBy: { id: 'desc' },
    distinct: ['personId'],
    select: {
      personId: true,
      channel: true,
      status: true,
      problem: true,
      createdAt: true,
      deliverAfter: true,
    },
  });
  return (personId: string | null, isNew: boolean): said.Reach | undefined => {
    // Told through whoever signed them up.
    if (personId === null || !known.has(personId)) return { kind: 'noAccount', isNew };
    const post = posts.find((one) => one.personId === personId);
    if (!post || post.status === 'sent') return undefined;
    const { channel, problem } = post;
    // While it is given up, `deliverAfter` is when the last attempt began.
    if (post.status === 'failed')
      return { kind: 'failed', channel, problem, isNew: post.deliverAfter >= since };
    const isStuck = now.getTime() - post.createdAt.getTime() > stuckMs;
    return isStuck ? { kind: 'stuck', channel, isNew: true } : undefined;
  };
};
