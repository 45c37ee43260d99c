/** `/door/<pass>`: a page for a screen or a print at the entrance, with the code that people check in with. */
import { openCalendar } from '../core/calendar.js';
import { sayMoment } from '../core/moments.js';
import type { Text } from '../core/text.js';
import type { Handler } from '../web.js';
import { nothingHere } from '../web.js';
import { doorsOpenAt } from '../workflows/event/door.js';
import { timeOf } from '../workflows/event/messages/common.js';
import { restOf, sendPage, styleSource, type Tools } from './answer.js';
import { doorHtml, doorStyles } from './door-html.js';

export const doorPath = '/door/';

export const doorPage =
  ({ database, clock, passes }: Tools): Handler =>
  async (request, response) => {
    const pass = passes.read(restOf(request, doorPath));
    if (pass?.kind !== 'door') return nothingHere(response);
    const e = await database.event.findUnique({
      where: { caseId: pass.eventId },
      include: { case: { select: { ref: true, state: true } } },
    });
    if (!e) return nothingHere(response);
    const { nameZh, nameEn, timezone } = await database.alliance.findUniqueOrThrow({ where: { id: 1 } });
    const came = await database.attendee.count({
      where: { eventId: e.caseId, status: 'going', cameAt: { not: null } },
    });
    const calendar = openCalendar(timezone);
    const opensAt = doorsOpenAt(e);
    const note = noteFor(
      e.case.state,
      clock.now() < opensAt ? sayMoment(opensAt, timezone, { time: true }) : undefined,
    );
    const body = doorHtml({
      alliance: { zh: nameZh, en: nameEn },
      title: e.title,
      time: timeOf(e, calendar),
      place: e.place,
      came,
      note: note.words,
      checkIn: note.isOver ? undefined : { ref: e.case.ref, code: e.code },
    });
    sendPage(request, response, {
      type: 'text/html; charset=utf-8',
      body,
      secret: true,
      styles: styleSource(doorStyles),
    });
  };

type Note = { readonly isOver: boolean; readonly words: Text | undefined };

const noteFor = (state: string, opens: Text | undefined): Note => {
  switch (state) {
    case 'open':
    case 'shut':
    case 'running':
      return {
        isOver: false,
        words: opens && { zh: `签到从${opens.zh}开始`, en: `Check-in opens on ${opens.en}` },
      };
    case 'cancelled':
      return { isOver: true, words: { zh: '活动已取消', en: 'This event is called off' } };
    default:
      return { isOver: true, words: { zh: '签到已结束', en: 'Check-in is over' } };
  }
};
