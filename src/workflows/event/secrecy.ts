/** Confidential material: shown after a promise to keep it, to those who are invited or come, and never in a room. */

import type { Message } from '../../core/message.js';
import type { Actor } from '../../core/people.js';
import { optional, text } from '../../core/questions.js';
import type { Refusal } from '../../core/workflow.js';
import type { Event } from '../../database.js';
import { type About, event, everybody, organizer } from './header.js';
import { isOfIt } from './invitation.js';
import * as said from './messages/secrecy.js';
import { isOrganizer } from './who.js';

const shownIn = ['open', 'shut', 'running', 'over'] as const;
const withoutPromise = /^(?:无需保密|不需要保密|不保密|无|none|not confidential|no)$/iu;

export const brief = event.command({
  title: { zh: '设置资料', en: 'Set the material' },
  words: { zh: ['设置资料'], en: ['brief', 'set-material', 'set material'] },
  from: ['draft', 'open', 'shut'],
  to: ['draft', 'open', 'shut'],
  by: organizer,
  aside: true,
  namedTo: 'insiders',
  ask: {
    teaser: optional(
      text({
        label: { zh: '公开简介', en: 'Teaser' },
        ask: {
          zh: '邀请函里可以公开的一两句介绍？（跳过则保持原样）',
          en: 'One or two sentences for the invitation that anybody may read? (skip to leave it as it is)',
        },
        max: 500,
        long: true,
      }),
    ),
    material: optional(
      text({
        label: { zh: '保密资料', en: 'Material' },
        ask: {
          zh: '资料的内容或链接？仅受邀者与参加者可看，只在私聊中显示。（跳过则保持原样）',
          en: 'The material, or a link to it? Only those invited or coming can read it, and only in direct messages. (skip to leave it as it is)',
        },
        max: 2000,
        long: true,
      }),
    ),
    promise: optional(
      text({
        label: { zh: '保密承诺', en: 'Promise' },
        ask: {
          zh: '看资料前须确认的保密承诺？（跳过则保持原样，首次设置用通行文字；不需要承诺请回复“无需保密”）',
          en: 'What has to be promised before reading it? (skip to leave it as it is, or for the usual wording the first time; “not confidential” if nothing has)',
        },
        max: 1000,
        long: true,
      }),
    ),
  },
  run: async ({ db, args, case: c, subject: e, now }) => {
    const material = args.material ?? e.material;
    if (material === null) return { refuse: said.materialMissing(c) };
    const teaser = args.teaser ?? e.teaser;
    const secrecy = promiseOf(args.promise, e);
    await db.event.update({ where: { caseId: c.id }, data: { teaser, material, secrecy } });
    const hasChanged = secrecy !== e.secrecy;
    // Nobody promises what they have not read: what was put before them is no longer the text.
    if (hasChanged) {
      await db.offer.updateMany({
        where: { caseId: c.id, command: acknowledgeId, closedAt: null },
        data: { closedAt: now },
      });
    }
    const promised = await db.acknowledgement.count({ where: { eventId: c.id } });
    const asksAnew = secrecy !== null && hasChanged && promised > 0;
    return { to: c.state, reply: said.isSet(c, secrecy, asksAnew), because: said.wasSet };
  },
});

const acknowledgeId = 'event.acknowledge';

/** The wording from now on; null for none. What was set before stays unless something else is said. */
const promiseOf = (wording: string | null, e: Pick<Event, 'material' | 'secrecy'>): string | null => {
  if (wording !== null) return withoutPromise.test(wording) ? null : wording;
  return e.material === null ? (e.secrecy ?? said.usualPromise) : e.secrecy;
};

type Reading = About & { readonly actor: Actor };

/** Whoever comes or may still say so; and who runs the event. */
const mayRead = async (about: Reading): Promise<boolean> =>
  isOrganizer(about.actor, about.case) || isOfIt(about, about.actor.id);

const whyNot = async (about: Reading): Promise<Refusal | { readonly material: string }> => {
  const { case: c, subject: e } = about;
  // Nobody else learns whether there is any.
  if (!(await mayRead(about))) return { refuse: said.notForYou(c, e) };
  return e.material === null ? { refuse: said.noMaterial(c, e) } : { material: e.material };
};

export const material = event.command({
  title: { zh: '看资料', en: 'Read the material' },
  words: { zh: ['资料', '看资料'], en: ['material'] },
  from: shownIn,
  to: shownIn,
  by: everybody,
  lock: 'shared',
  aside: true,
  namedTo: 'insiders',
  run: async (about) => {
    const { db, actor, case: c, subject: e } = about;
    const found = await whyNot(about);
    if ('refuse' in found) return found;
    if (e.secrecy !== null && !isOrganizer(actor, c)) {
      const promised = await db.acknowledgement.findUnique({
        where: { eventId_personId: { eventId: c.id, personId: actor.id } },
      });
      if (promised?.text !== e.secrecy) return askToPromise(about, e.secrecy, promised !== null);
    }
    return show(about, found.material, false);
  },
});

const askToPromise = (
  { case: c }: About<(typeof shownIn)[number]>,
  secrecy: string,
  hasChanged: boolean,
) => ({
  to: c.state,
  reply: said.pleasePromise(c, secrecy, hasChanged),
  choices: ['acknowledge'] as const,
  because: said.promiseMissing,
});

const show = async (
  { db, actor, case: c, subject: e, now }: Reading & About<(typeof shownIn)[number]>,
  material: string,
  hasJustPromised: boolean,
) => {
  await db.materialView.create({ data: { eventId: c.id, personId: actor.id, at: now } });
  return {
    to: c.state,
    reply: said.here(c, e, material, hasJustPromised),
    because: hasJustPromised ? said.wasPromised : said.wasShown,
  };
};

/** Whoever promises has read the present text; it is put before them otherwise. */
export const acknowledge = event.command({
  title: { zh: '承诺保密', en: 'I promise' },
  words: { zh: ['承诺保密', '我承诺保密'], en: ['acknowledge', 'promise'] },
  from: shownIn,
  to: shownIn,
  by: everybody,
  style: 'primary',
  lock: 'shared',
  aside: true,
  namedTo: 'insiders',
  run: async (about) => {
    const { db, actor, case: c, subject: e, now } = about;
    const found = await whyNot(about);
    if ('refuse' in found) return found;
    if (e.secrecy === null) return { refuse: said.nothingToPromise(c) };
    const own = { eventId: c.id, personId: actor.id };
    const asked = await db.offer.count({
      where: { caseId: c.id, personId: actor.id, command: acknowledgeId, closedAt: null },
    });
    if (asked === 0) {
      return askToPromise(about, e.secrecy, (await db.acknowledgement.count({ where: own })) > 0);
    }
    const promise = { text: e.secrecy, at: now };
    await db.acknowledgement.upsert({
      where: { eventId_personId: own },
      create: { ...own, ...promise },
      update: promise,
    });
    return show(about, found.material, true);
  },
});

export const access = event.reading({
  title: { zh: '查阅记录', en: 'Who read the material' },
  words: { zh: ['查阅记录'], en: ['access', 'access-log', 'access log'] },
  from: ['draft', 'open', 'shut', 'running', 'over', 'done', 'cancelled'],
  by: organizer,
  aside: true,
  run: async ({ db, case: c, subject: e, calendar }): Promise<{ readonly reply: Message }> => {
    const on = { where: { eventId: c.id }, orderBy: { at: 'asc' } } as const;
    const promises = await db.acknowledgement.findMany(on);
    const views = await db.materialView.findMany(on);
    const people = await db.person.findMany({
      where: { id: { in: [...promises, ...views].map((one) => one.personId) } },
      select: { id: true, name: true },
    });
    return {
      reply: said.accessLog(
        c,
        e,
        people.map(({ id, name }) => ({
          personId: id,
          name,
          promise: promises.find((one) => one.personId === id),
          views: views.filter((one) => one.personId === id).map((one) => one.at),
        })),
        calendar,
      ),
    };
  },
});
