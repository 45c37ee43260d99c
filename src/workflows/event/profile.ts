/** What people bring to an event and look for there, so that the right ones find each other. */

import type { Message } from '../../core/message.js';
import { text } from '../../core/questions.js';
import type { Refusal } from '../../core/workflow.js';
import { consentsOn } from '../../people/consents.js';
import { comers } from '../appointment/people.js';
import { event, everybody } from './header.js';
import { isOfIt } from './invitation.js';
import * as said from './messages/profile.js';
import { isOrganizer } from './who.js';

const ahead = ['open', 'shut', 'running'] as const;

export const profile = event.command({
  title: { zh: '供需资料', en: 'What I offer and look for' },
  words: { zh: ['供需', '供需资料'], en: ['profile'] },
  from: ahead,
  to: ahead,
  by: everybody,
  lock: 'shared',
  aside: true,
  namedTo: 'insiders',
  ask: {
    offers: text({
      label: { zh: '能提供', en: 'Offers' },
      ask: {
        zh: '您能提供什么？（资金、场地、项目、渠道等，会列入与会者名录）',
        en: 'What do you bring? (capital, space, a project, a channel; those who come can read it)',
      },
      max: 300,
    }),
    needs: text({
      label: { zh: '在寻找', en: 'Needs' },
      ask: { zh: '您在寻找什么？', en: 'What are you looking for?' },
      max: 300,
    }),
  },
  run: async (about) => {
    const { db, args, actor, case: c, subject: e, now } = about;
    if (!(await isOfIt(about, actor.id))) return { refuse: said.onlyForComers(c, e) };
    const own = { offers: args.offers, needs: args.needs, at: now };
    await db.profile.upsert({
      where: { eventId_personId: { eventId: c.id, personId: actor.id } },
      create: { eventId: c.id, personId: actor.id, ...own },
      update: own,
    });
    return { to: c.state, reply: said.isKept(c), choices: ['directory'] };
  },
});

export const directory = event.reading({
  title: { zh: '名录', en: 'Directory' },
  words: { zh: ['名录', '与会者名录'], en: ['directory'] },
  from: ahead,
  by: everybody,
  aside: true,
  run: async (about): Promise<Refusal | { readonly reply: Message }> => {
    const { db, actor, case: c, subject: e } = about;
    if (!isOrganizer(actor, c) && !(await isOfIt(about, actor.id))) {
      return { refuse: said.onlyForComers(c, e) };
    }
    const all = [...(await comers(db, c.id)).keys()];
    // Whoever comes is in it, unless they took that back.
    const consents = await consentsOn(db, 'directory', all);
    const coming = all.filter((id) => consents.get(id) !== false);
    const people = await db.person.findMany({
      where: { id: { in: coming } },
      orderBy: [{ key: 'asc' }, { id: 'asc' }],
      select: { id: true, name: true, park: { select: { nameZh: true, nameEn: true } } },
    });
    const profiles = await db.profile.findMany({ where: { eventId: c.id, personId: { in: coming } } });
    return {
      reply: said.listOfComers(
        c,
        e,
        people.map((one) => ({ ...one, profile: profiles.find((own) => own.personId === one.id) })),
        e.tables !== null,
      ),
    };
  },
});
