/** The minutes of a meeting: drafted when it is over, confirmed or corrected by those who were there. */
import { seatHolder } from '../../core/people.js';
import { text } from '../../core/questions.js';
import { same } from '../../core/text.js';
import { person, room, type Wake, type World } from '../../core/workflow.js';
import type { Db } from '../../database.js';
import { minutesMessage } from '../minutes/message.js';
import { readMinutes } from '../minutes/read.js';
import { type About, type Alarm, type Follows, insiders, meeting, type Subject } from './header.js';
import * as said from './messages.js';
import { attendees, unanswered } from './rules.js';

const answers = ['confirm', 'correct'] as const;
const daysToAnswer = 3;

const read = async (db: Db, caseId: string) => {
  const found = await readMinutes(db, caseId);
  if (!found) throw new Error(`no minutes of ${caseId}`);
  return found;
};

/** When those who have not answered a draft are reminded of it, and when it counts as confirmed. */
const times = ({ now, calendar }: Pick<World, 'now' | 'calendar'>): readonly Wake<Alarm>[] => [
  { alarm: 'pleaseConfirm', key: '1', at: calendar.workdaysAfter(now, 1) },
  { alarm: 'pleaseConfirm', key: '2', at: calendar.workdaysAfter(now, 2) },
  { alarm: 'settles', at: calendar.workdaysAfter(now, daysToAnswer) },
];

const settle = async (
  { db, case: c, subject: k, now }: About,
  silently: number,
): Promise<Follows<'confirmed'>> => {
  await db.minutes.update({ where: { caseId: c.id }, data: { confirmedAt: now } });
  const replies = await db.minutesReply.findMany({ where: { caseId: c.id } });
  const corrections = replies.filter((one) => one.correction !== null).length;
  return {
    to: 'confirmed',
    tell: [{ to: room('council'), say: said.minutesConfirmed(c, k, silently, corrections) }],
  };
};

/** Those who were there and have not answered the draft as it is now. */
const waitingFor = async (db: Db, caseId: string, k: Subject): Promise<readonly string[]> => {
  const { draftedAt } = await db.minutes.findUniqueOrThrow({ where: { caseId } });
  return unanswered(k, await db.minutesReply.findMany({ where: { caseId } }), draftedAt);
};

const minuteMs = 60 * 1000;

export const draft = meeting.alarm({
  title: { zh: '已起草纪要', en: 'the minutes were drafted' },
  kind: 'deadline',
  when: ['ended'],
  to: ['ended', 'minutes'],
  run: async (world) => {
    const { db, case: c, subject: k, now, calendar } = world;
    const running = await db.ballot.findFirst({
      where: { motion: { meetingId: c.id }, means: 'meeting', closedAt: null },
      orderBy: { closesAt: 'desc' },
    });
    if (running) {
      const at = new Date(Math.max(running.closesAt.getTime(), now.getTime()) + minuteMs);
      return { to: 'ended', wake: [{ alarm: 'draft', at }] };
    }
    await db.minutes.create({ data: { caseId: c.id, draftedAt: now } });
    const until = calendar.workdaysAfter(now, daysToAnswer);
    const found = await read(db, c.id);
    const message = said.pleaseConfirm(c, k, minutesMessage(found), until, calendar);
    return {
      to: 'minutes',
      tell: attendees(k).map((id) => ({ to: person(id), say: message, choices: answers })),
      wake: times(world),
    };
  },
});

export const confirm = meeting.command({
  title: { zh: '确认纪要', en: 'Confirm the minutes' },
  words: { zh: ['确认纪要'], en: ['confirm-minutes', 'confirm minutes'] },
  from: ['minutes'],
  to: ['minutes', 'confirmed'],
  by: seatHolder,
  style: 'primary',
  aside: true,
  run: async (world) => {
    const { db, actor, case: c, subject: k, now } = world;
    if (!attendees(k).includes(actor.id)) return { refuse: said.wasNotThere(c) };
    // A correction made earlier stays: what is confirmed is the draft that has it.
    const key = { caseId_personId: { caseId: c.id, personId: actor.id } };
    await db.minutesReply.upsert({
      where: key,
      create: { caseId: c.id, personId: actor.id, at: now },
      update: { at: now },
    });
    const left = (await waitingFor(db, c.id, k)).length;
    const reply = said.youConfirmed(c, left);
    return left === 0 ? { ...(await settle(world, 0)), reply } : { to: 'minutes', reply };
  },
});

export const correct = meeting.command({
  title: { zh: '更正纪要', en: 'Correct the minutes' },
  words: { zh: ['更正', '更正纪要'], en: ['correct'] },
  from: ['minutes'],
  to: ['minutes', 'confirmed'],
  by: seatHolder,
  aside: true,
  ask: {
    correction: text({
      label: { zh: '更正', en: 'Correction' },
      ask: {
        zh: '哪里需要更正？我会把您的原话写进纪要。',
        en: 'What is to be corrected? Your words go into the minutes as they are.',
      },
      min: 2,
      max: 1000,
      long: true,
    }),
  },
  run: async (world) => {
    const { db, args, actor, case: c, subject: k, now, calendar } = world;
    if (!attendees(k).includes(actor.id)) return { refuse: said.wasNotThere(c) };
    const key = { caseId_personId: { caseId: c.id, personId: actor.id } };
    const before = await db.minutesReply.findUnique({ where: key });
    const correction = before?.correction ? `${before.correction}\n${args.correction}` : args.correction;
    await db.minutesReply.upsert({
      where: key,
      create: { caseId: c.id, personId: actor.id, correction, at: now },
      update: { correction, at: now },
    });
    // A new draft: what was confirmed before it was another text.
    await db.minutes.update({ where: { caseId: c.id }, data: { draftedAt: now } });
    const others = attendees(k).filter((id) => id !== actor.id);
    const reply = said.youCorrected(c, others.length);
    const because = same(args.correction);
    if (others.length === 0) return { ...(await settle(world, 0)), reply, because };
    const until = calendar.workdaysAfter(now, daysToAnswer);
    const news = said.wasCorrected(c, k, actor.name, args.correction, until, calendar);
    return {
      to: 'minutes',
      reply,
      because,
      tell: others.map((id) => ({ to: person(id), say: news, choices: answers })),
      wake: times(world),
    };
  },
});

export const pleaseConfirm = meeting.alarm({
  title: { zh: '已提醒确认纪要', en: 'a reminder to confirm the minutes' },
  kind: 'reminder',
  when: ['minutes'],
  to: ['minutes'],
  run: async ({ db, case: c, subject: k, calendar }) => {
    const { draftedAt } = await db.minutes.findUniqueOrThrow({ where: { caseId: c.id } });
    const until = calendar.workdaysAfter(draftedAt, daysToAnswer);
    return {
      to: 'minutes',
      tell: (await waitingFor(db, c.id, k)).map((id) => ({
        to: person(id),
        say: said.stillToConfirm(c, k, until, calendar),
        choices: answers,
      })),
    };
  },
});

export const settles = meeting.alarm({
  title: { zh: '纪要确认期满', en: 'the time to correct the minutes ended' },
  kind: 'deadline',
  when: ['minutes'],
  to: ['confirmed'],
  run: async (world) => settle(world, (await waitingFor(world.db, world.case.id, world.subject)).length),
});

export const minutes = meeting.reading({
  title: { zh: '会议纪要', en: 'Minutes' },
  words: { zh: ['纪要'], en: ['minutes'] },
  from: ['ended', 'minutes', 'confirmed'],
  by: insiders,
  run: async ({ db, case: c }) => ({ reply: minutesMessage(await read(db, c.id)) }),
});
