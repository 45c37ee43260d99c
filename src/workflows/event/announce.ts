/** The sign-up is announced, and ends. */
import { joinTexts, same } from '../../core/text.js';
import { account, person, room, type Tell } from '../../core/workflow.js';
import { digestTime } from './digest.js';
import { type About, type Command, event, everybody, organizer } from './header.js';
import * as said from './messages/plan.js';
import { reminderWakes } from './reminders.js';

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
