/** A meeting is called, and called off. */
import { moment, text } from '../../core/questions.js';
import { joinTexts, same } from '../../core/text.js';
import { person, room } from '../../core/workflow.js';
import type { Db } from '../../database.js';
import { seatedAt } from '../council/ballot.js';
import { doorsOpenAt, insiders, isLateAt, meeting, office } from './header.js';
import * as said from './messages.js';

/** Whoever holds a seat now, each once. */
export const holders = async (db: Db, now: Date): Promise<readonly string[]> => {
  const seats = await db.seat.findMany({
    where: seatedAt(now),
    orderBy: { key: 'asc' },
    select: { holderId: true },
  });
  return [...new Set(seats.map((one) => one.holderId))];
};

const halfADayMs = 12 * 60 * 60 * 1000;

export const convene = meeting.opening({
  title: { zh: '召集会议', en: 'Call a meeting' },
  words: { zh: ['召集', '召集会议'], en: ['convene'] },
  by: office,
  to: ['called'],
  ask: {
    title: text({
      label: { zh: '会议名称', en: 'Title' },
      ask: { zh: '会议名称是什么？', en: 'What is the meeting called?' },
      max: 100,
    }),
    at: moment({
      label: { zh: '时间', en: 'Time' },
      ask: { zh: '哪天几点开始？', en: 'On which day, and at what time?' },
      need: 'time',
    }),
    place: text({
      label: { zh: '地点', en: 'Place' },
      ask: {
        zh: '在哪里开？（地址，或线上会议的号码）',
        en: 'Where? (an address, or the number of an online meeting)',
      },
      max: 200,
    }),
  },
  run: async ({ db, args, actor, case: c, now, calendar }) => {
    const startsAt = new Date(args.at);
    if (startsAt <= now) return { refuse: said.hasPassed(startsAt, calendar) };
    const { title, place } = args;
    await db.meeting.create({ data: { caseId: c.id, title, place, startsAt, callerId: actor.id } });
    const k = await meeting.load(db, c.id);
    const notice = said.notice(c, k, actor.name, calendar);
    const told = (await holders(db, now)).filter((id) => id !== actor.id);
    const before = calendar.lastWorkdayBefore(startsAt);
    return {
      to: 'called',
      reply: said.called(c, k, told.length, calendar),
      choices: ['cancel'],
      tell: [{ to: room('council'), say: notice }, ...told.map((id) => ({ to: person(id), say: notice }))],
      wake: [
        // Called for tomorrow, the notice is reminder enough.
        ...(before.getTime() - now.getTime() > halfADayMs
          ? [{ alarm: 'dayBefore' as const, at: before }]
          : []),
        { alarm: 'doorsOpen', at: doorsOpenAt(k) },
        { alarm: 'notBegun', at: isLateAt(k) },
      ],
      because: joinTexts([same(title), said.timeOf(k, calendar), same(place)], { zh: '，', en: ', ' }),
    };
  },
});

export const dayBefore = meeting.alarm({
  title: { zh: '已提醒开会', en: 'a reminder of the meeting' },
  kind: 'reminder',
  when: ['called'],
  to: ['called'],
  run: async ({ db, case: c, subject: k, now, calendar }) => ({
    to: 'called',
    tell: (await holders(db, now)).map((id) => ({ to: person(id), say: said.isSoon(c, k, calendar) })),
  }),
});

export const cancel = meeting.command({
  title: { zh: '取消会议', en: 'Call the meeting off' },
  words: { zh: ['取消会议'], en: ['cancel-meeting', 'cancel meeting'] },
  from: ['called'],
  to: ['cancelled'],
  by: office,
  style: 'danger',
  ask: {
    why: text({
      label: { zh: '原因', en: 'Reason' },
      ask: { zh: '请说明取消的原因：', en: 'Why is it called off?' },
      min: 2,
      max: 300,
    }),
  },
  run: async ({ db, args, actor, case: c, subject: k, now, calendar }) => {
    const news = said.calledOff(c, k, args.why, calendar);
    // What was to be decided there needs another meeting: whoever sees to that is reminded.
    await db.motion.updateMany({ where: { meetingId: c.id }, data: { meetingId: null } });
    const told = (await holders(db, now)).filter((id) => id !== actor.id);
    return {
      to: 'cancelled',
      reply: said.isCancelled(c, k),
      because: same(args.why),
      tell: [{ to: room('council'), say: news }, ...told.map((id) => ({ to: person(id), say: news }))],
      ring: k.motions.map((one) => ({ caseId: one.caseId, alarm: 'council.meetingIsLate' })),
    };
  },
});

const listed = 10;

export const meetings = meeting.free({
  title: { zh: '近期会议', en: 'Meetings' },
  words: { zh: ['会议', '近期会议'], en: ['meetings'] },
  by: insiders,
  reads: true,
  run: async ({ db, calendar }) => {
    const rows = await db.case.findMany({
      where: { workflow: 'meeting', state: { in: ['called', 'sitting'] } },
      orderBy: { meeting: { startsAt: 'asc' } },
      take: listed,
      select: { id: true, ref: true, state: true },
    });
    const lines: said.Listed[] = [];
    for (const one of rows) {
      lines.push({ ref: one.ref, sitting: one.state === 'sitting', meeting: await meeting.load(db, one.id) });
    }
    return { reply: lines.length === 0 ? said.noMeetings : said.list(lines, calendar) };
  },
});
