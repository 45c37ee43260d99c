/** From approved to member. */
import { role } from '../../core/people.js';
import type { OpenCase } from '../../core/workflow.js';
import { everyone, person, room } from '../../core/workflow.js';
import type { Application, Db } from '../../database.js';
import { membership } from './header.js';
import * as said from './messages.js';

/** The park joins the alliance, and the applicant becomes its contact. */
const newMember = async (db: Db, c: OpenCase, a: Application, now: Date): Promise<void> => {
  const park = await db.park.create({
    data: {
      key: `case-${c.ref}`,
      nameZh: a.park,
      nameEn: a.park,
      province: a.province,
      specialties: [a.specialties],
      joinedAt: now,
    },
  });
  await db.application.update({ where: { caseId: c.id }, data: { parkId: park.id } });
  await db.person.update({ where: { id: a.applicantId }, data: { guest: false, parkId: park.id } });
  await db.grant.upsert({
    where: { personId_role: { personId: a.applicantId, role: 'contact' } },
    create: { personId: a.applicantId, role: 'contact' },
    update: {},
  });
};

export const paid = membership.command({
  title: { zh: '确认到账', en: 'Confirm the dues' },
  words: { zh: ['到账', '会费到账'], en: ['paid'] },
  from: ['approved'],
  to: ['active'],
  by: role('finance'),
  style: 'primary',
  run: async ({ db, case: c, subject: a, now, calendar }) => {
    await newMember(db, c, a, now);
    return {
      to: 'active',
      reply: said.nowActive(c),
      tell: [
        { to: person(a.applicantId), say: said.welcome(c, a) },
        { to: room('members'), say: said.welcomeInRoom(a) },
      ],
      wake: [30, 90].map((days) => ({
        alarm: 'checkIn' as const,
        at: calendar.workdaysAfter(calendar.daysAfter(now, days), 0),
        key: String(days),
      })),
    };
  },
});

export const duesAreLate = membership.alarm({
  title: { zh: '已提醒确认会费', en: 'a reminder of the dues' },
  kind: 'reminder',
  when: ['approved'],
  to: ['approved'],
  run: async ({ case: c, subject: a, now, calendar }) => ({
    to: 'approved',
    tell: [{ to: everyone('finance'), say: said.duesLate(c, a), choices: ['paid'] }],
    wake: [{ alarm: 'duesAreLate', at: calendar.workdaysAfter(now, 5) }],
  }),
});
