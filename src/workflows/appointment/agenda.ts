/** One's own meetings, and those that wait for an answer. */
import { anyone } from '../../core/people.js';
import { appointment } from './header.js';
import * as said from './messages/agenda.js';

export const agenda = appointment.free({
  title: { zh: '我的约见', en: 'My appointments' },
  words: { zh: ['我的约见'], en: ['agenda'] },
  by: anyone,
  aside: true,
  reads: true,
  run: async ({ db, actor, now, calendar }) => {
    const rows = await db.appointment.findMany({
      where: {
        OR: [{ askerId: actor.id }, { askedId: actor.id }],
        event: { endsAt: { gt: now } },
        case: { state: { in: ['requested', 'agreed', 'met'] } },
      },
      orderBy: [{ event: { startsAt: 'asc' } }, { startsAt: 'asc' }, { answerBy: 'asc' }],
      select: { caseId: true, case: { select: { ref: true, state: true } } },
    });
    const items: said.Item[] = [];
    for (const one of rows) {
      const a = await appointment.load(db, one.caseId);
      items.push({ ...one.case, a, own: a.askerId === actor.id });
    }
    return { reply: items.length === 0 ? said.nothingAhead : said.agendaOf(items, actor.id, calendar) };
  },
});
