/** The public notice: an application is shown to the members, who may object in confidence. */
import { member } from '../../core/people.js';
import { same } from '../../core/text.js';
import type { OpenCase } from '../../core/workflow.js';
import { everyone, person, room } from '../../core/workflow.js';
import type { Application } from '../../database.js';
import { toCouncil } from './council.js';
import { dayOf, membership, officer, reason } from './header.js';
import * as said from './messages.js';

const objectionsToSettle = (c: OpenCase, a: Application & { readonly objections: readonly unknown[] }) => ({
  to: a.officerId ? person(a.officerId) : everyone('officer'),
  say: said.objectionsOpen(c, a, a.objections.length),
  choices: ['forward', 'reject'] as const,
});

export const forward = membership.command({
  title: { zh: '送审', en: 'Forward' },
  words: { zh: ['送审'], en: ['forward'] },
  from: ['checking', 'publicity'],
  to: ['publicity', 'council'],
  by: officer,
  style: 'primary',
  run: async (world) => {
    const { db, case: c, subject: a, now, calendar, settings } = world;
    if (c.state === 'publicity') {
      const over = a.publicityEndsAt !== null && a.publicityEndsAt <= now;
      if (!over) return { refuse: said.stillInPublicity(c, dayOf(calendar, a.publicityEndsAt ?? now)) };
      const before = await toCouncil(world);
      return { ...before, reply: said.councilForApplicant(c) };
    }
    const ends = calendar.workdaysAfter(now, settings.publicityDays);
    await db.application.update({ where: { caseId: c.id }, data: { publicityEndsAt: ends } });
    const until = dayOf(calendar, ends);
    return {
      to: 'publicity',
      reply: said.forwarded(c, until),
      tell: [
        { to: person(a.applicantId), say: said.publicityForApplicant(c, until) },
        { to: room('members'), say: said.inPublicity(c, a, until) },
      ],
      wake: [{ alarm: 'publicityEnds', at: ends }],
    };
  },
});

export const object = membership.command({
  title: { zh: '提出异议', en: 'Object' },
  words: { zh: ['异议'], en: ['object'] },
  from: ['publicity'],
  to: ['publicity'],
  by: member,
  namedTo: 'nobody',
  aside: true,
  ask: { reason },
  run: async ({ db, args, actor, case: c, subject: a, now }) => {
    await db.objection.upsert({
      where: { caseId_personId: { caseId: c.id, personId: actor.id } },
      create: { caseId: c.id, personId: actor.id, reason: args.reason, madeAt: now },
      update: { reason: args.reason, madeAt: now },
    });
    return {
      to: 'publicity',
      reply: said.objected(c),
      tell: [
        {
          to: a.officerId ? person(a.officerId) : everyone('officer'),
          say: said.newObjection(c, a, args.reason),
        },
      ],
      because: same(args.reason),
    };
  },
});

export const publicityEnds = membership.alarm({
  title: { zh: '公示期满', en: 'the public notice ended' },
  kind: 'deadline',
  when: ['publicity'],
  to: ['publicity', 'council'],
  run: async (world) => {
    const { case: c, subject: a, now, calendar, settings } = world;
    if (a.objections.length === 0) return toCouncil(world);
    return {
      to: 'publicity',
      tell: [objectionsToSettle(c, a)],
      wake: [{ alarm: 'objectionsWait', at: calendar.workdaysAfter(now, settings.officerDays) }],
      because: { zh: `${a.objections.length} 条异议`, en: `${a.objections.length} objections` },
    };
  },
});

export const objectionsWait = membership.alarm({
  title: { zh: '已提醒处理异议', en: 'a reminder of the objections' },
  kind: 'reminder',
  when: ['publicity'],
  to: ['publicity'],
  run: async ({ case: c, subject: a, now, calendar, settings }) => ({
    to: 'publicity',
    tell: [objectionsToSettle(c, a), { ...objectionsToSettle(c, a), to: everyone('deputy') }],
    wake: [{ alarm: 'objectionsWait', at: calendar.workdaysAfter(now, settings.officerDays) }],
  }),
});
