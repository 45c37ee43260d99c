/** Meetings of two at an event: an organizer sets up the tables, those who come ask each other. */
import { number, text } from '../../core/questions.js';
import { readBookings, tablesOf } from '../appointment/booking.js';
import { faceOf } from '../appointment/people.js';
import { request } from '../appointment/request.js';
import { changed, reseat, slotsOf } from '../appointment/slots.js';
import { event, everybody, organizer } from './header.js';
import { holdPlaces } from './line.js';
import * as said from './messages/tables.js';
import { rollUpWakes } from './outcomes.js';

/** Meetings that are agreed follow, each to the nearest that can be had; if one had nowhere to go, all stays. */
export const tables = event.command({
  title: { zh: '设置桌位', en: 'Set up tables' },
  words: { zh: ['桌位', '设置桌位'], en: ['tables'] },
  from: ['draft', 'open', 'shut'],
  to: ['draft', 'open', 'shut'],
  by: organizer,
  ask: {
    count: number({
      label: { zh: '桌数', en: 'Tables' },
      ask: { zh: '有多少张洽谈桌？', en: 'How many tables are there?' },
      min: 1,
      max: 500,
      unit: { zh: '张', en: 'tables' },
    }),
    minutes: number({
      label: { zh: '每场时长', en: 'Length' },
      ask: { zh: '每场面谈多少分钟？', en: 'How many minutes does a meeting last?' },
      min: 5,
      max: 240,
      unit: { zh: '分钟', en: 'minutes' },
    }),
  },
  run: async ({ db, args, case: c, subject: e, now, calendar }) => {
    await holdPlaces(db, c.id);
    const { count, minutes } = args;
    const after = { startsAt: e.startsAt, endsAt: e.endsAt, slotMinutes: minutes, tables: count };
    const slots = slotsOf(after, calendar);
    if (slots.length === 0) return { refuse: said.noSlotFits(c, e, minutes) };
    const bookings = await readBookings(db, c.id);
    const seated = reseat(e, after, slots, bookings, now);
    const left = seated.filter((one) => one.place === null).length;
    if (left > 0) return { refuse: said.someHaveNowhere(c, left) };
    const moved = changed(tablesOf(e) ?? after, after, bookings, seated);
    await db.event.update({ where: { caseId: c.id }, data: { tables: count, slotMinutes: minutes } });
    return {
      to: c.state,
      reply: said.areSetUp(c, e, { tables: count, minutes, slots: slots.length, moved: moved.length }),
      because: said.tablesAre(count, minutes),
      wake: rollUpWakes(e.endsAt, calendar),
    };
  },
});

export const meet = event.command({
  title: { zh: '约人面谈', en: 'Ask somebody for a meeting' },
  words: { zh: ['约见'], en: ['meet'] },
  from: ['open', 'shut', 'running'],
  to: ['open', 'shut', 'running'],
  by: everybody,
  lock: 'shared',
  aside: true,
  namedTo: 'nobody',
  ask: {
    whom: said.whomQuestion,
    about: text({
      label: { zh: '事由', en: 'About' },
      ask: {
        zh: '想谈什么？请用一句话说明，会转告对方。',
        en: 'What about? One sentence, which they will read.',
      },
      min: 2,
      max: 150,
    }),
  },
  run: async (about) => {
    const { args, actor, case: c } = about;
    const asked = await request(about, actor, { whom: args.whom, words: args.about });
    if ('refuse' in asked) return asked;
    return { to: c.state, reply: said.isPassedOn(c, asked.name), start: [asked.start] };
  },
});

export const tablePlan = event.reading({
  title: { zh: '约见表', en: 'Table plan' },
  words: { zh: ['约见表'], en: ['appointments', 'table plan'] },
  from: ['open', 'shut', 'running', 'over', 'done'],
  by: organizer,
  aside: true,
  run: async ({ db, case: c, subject: e, calendar }) => {
    const set = tablesOf(e);
    if (!set) return { refuse: said.noTablesYet(c, e) };
    const bookings = await readBookings(db, c.id);
    const rows: said.Row[] = [];
    for (const one of bookings) {
      const { ref } = await db.case.findUniqueOrThrow({ where: { id: one.id }, select: { ref: true } });
      for (const id of one.people) rows.push({ ...one, ref, person: await faceOf(db, id) });
    }
    const waiting = await db.appointment.count({ where: { eventId: c.id, case: { state: 'requested' } } });
    return {
      reply: said.plan(c, e, {
        rows,
        waiting,
        set,
        slots: slotsOf(set, calendar).length,
        calendar,
      }),
    };
  },
});
