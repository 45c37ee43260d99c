/** Events in people’s calendars, and lists for the organizer: the desk gives out addresses, src/pages answers there. */
import type { RosterFile } from '../../core/links.js';
import { announced, event, everybody, organizer } from './header.js';
import { type ListName, listsOf } from './lists.js';
import * as said from './messages/feed.js';

export const calendar = event.reading({
  title: { zh: '日历文件', en: 'Calendar file' },
  words: { zh: ['日历'], en: ['calendar'] },
  from: [...announced, 'cancelled'],
  by: everybody,
  heardWith: 'roster',
  run: async ({ case: c, subject: e, links }) => ({
    reply: (c.state === 'cancelled' ? said.cancelledFile : said.eventFile)(c, e, links.event(c.id)),
  }),
});

export const myCalendar = event.free({
  title: { zh: '我的日历', en: 'My calendar' },
  words: { zh: ['我的日历'], en: ['my-calendar', 'my calendar'] },
  by: everybody,
  reads: true,
  aside: true,
  run: async ({ db, actor, links }) => {
    const { feedEpoch } = await db.person.findUniqueOrThrow({
      where: { id: actor.id },
      select: { feedEpoch: true },
    });
    return { reply: said.ownFeed(links.feed(actor.id, feedEpoch)) };
  },
});

export const newCalendar = event.free({
  title: { zh: '换日历地址', en: 'New calendar address' },
  words: { zh: ['换日历地址'], en: ['new-calendar-address', 'new calendar address'] },
  by: everybody,
  aside: true,
  run: async ({ db, actor, links }) => {
    const { feedEpoch } = await db.person.update({
      where: { id: actor.id },
      data: { feedEpoch: { increment: 1 } },
      select: { feedEpoch: true },
    });
    return { reply: said.newFeed(links.feed(actor.id, feedEpoch)) };
  },
});

const fileOf: Readonly<Record<ListName, RosterFile>> = {
  roster: 'csv',
  invitations: 'invitations.csv',
  outcomes: 'outcomes.csv',
};
const dayMs = 24 * 60 * 60 * 1000;

export const exportLists = event.reading({
  title: { zh: '导出名单', en: 'Export the list' },
  words: { zh: ['导出', '导出名单'], en: ['export'] },
  from: [...announced, 'cancelled'],
  by: organizer,
  aside: true,
  run: async ({ db, actor, case: c, subject: e, now, calendar, links }) => {
    const pass = { eventId: c.id, until: new Date(now.getTime() + dayMs), language: actor.language };
    const names = await listsOf(db, e);
    const files = ['xlsx' as const, ...names.map((name) => fileOf[name])];
    return {
      reply: said.exported(
        c,
        e,
        files.map((file) => ({ file, address: links.roster(pass, file) })),
        pass.until,
        calendar,
      ),
    };
  },
});
