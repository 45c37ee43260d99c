/** What the desk has on somebody, and what they agreed to: for themselves, in private. */
import { anyone } from '../../core/people.js';
import type { Told, World } from '../../core/workflow.js';
import { consentsOn, noteConsent, type Purpose } from '../../people/consents.js';
import { account } from './header.js';
import * as said from './privacy-messages.js';

const linkHours = 24;

export const myData = account.free({
  title: { zh: '我的数据', en: 'My data' },
  words: { zh: ['我的数据', '我的信息'], en: ['my-data', 'my data'] },
  by: anyone,
  aside: true,
  reads: true,
  run: async ({ db, actor, now, links, settings }) => {
    const person = await db.person.findUniqueOrThrow({
      where: { id: actor.id },
      include: {
        park: { select: { nameZh: true, nameEn: true } },
        identities: { select: { channel: true } },
      },
    });
    const open = await db.case.findMany({
      where: { openedBy: actor.id, closedAt: null },
      orderBy: { openedAt: 'asc' },
      select: { ref: true },
    });
    const events = await db.attendee.count({ where: { personId: actor.id } });
    return {
      reply: said.whatIsKept({
        name: person.name,
        channels: person.identities.map((one) => one.channel),
        park: person.park && { zh: person.park.nameZh, en: person.park.nameEn },
        roles: actor.roles,
        seats: actor.seats.map((one) => one.key),
        cases: open.map((one) => one.ref),
        events,
        consents: await consentsOf({ db }, actor.id),
        retention: settings.retention,
        link: links.ownData(actor.id, new Date(now.getTime() + linkHours * 3_600_000)),
        linkHours,
      }),
      choices: ['consents' as const, 'erase' as const],
    };
  },
});

const consentsOf = async ({ db }: Pick<World, 'db'>, personId: string): Promise<said.Consents> => ({
  abroad: (await consentsOn(db, 'abroad', [personId])).get(personId) ?? false,
  directory: (await consentsOn(db, 'directory', [personId])).get(personId) ?? true,
});

export const consents = account.free({
  title: { zh: '授权情况', en: 'What I agreed to' },
  words: { zh: ['授权', '授权情况'], en: ['consents', 'my consents'] },
  by: anyone,
  aside: true,
  reads: true,
  run: async ({ db, actor }) => {
    const now = await consentsOf({ db }, actor.id);
    return {
      reply: said.yourConsents(now),
      choices: [
        now.abroad ? ('hideAbroad' as const) : ('showAbroad' as const),
        now.directory ? ('unlist' as const) : ('enlist' as const),
      ],
    };
  },
});

/** Gives or takes back; what is shown from now on goes by it. */
const setting = (
  purpose: Purpose,
  given: boolean,
  face: Pick<Parameters<typeof account.free>[0], 'title' | 'words'>,
) =>
  account.free({
    ...face,
    by: anyone,
    aside: true,
    follows: 'consents',
    run: async ({ db, actor, heard, now }): Promise<Told<'consents'>> => {
      await noteConsent(db, { personId: actor.id, purpose, given, channel: heard.channel, at: now });
      if (purpose === 'abroad') {
        await db.application.updateMany({
          where: { applicantId: actor.id },
          data: { consentAbroad: given },
        });
      }
      return { reply: said.isSet[purpose][given ? 'given' : 'takenBack'], choices: ['consents'] };
    },
  });

export const showAbroad = setting('abroad', true, {
  title: { zh: '同意境外显示', en: 'Show my name on Slack' },
  words: { zh: ['同意境外显示'], en: ['show-me-abroad', 'show me abroad'] },
});
export const hideAbroad = setting('abroad', false, {
  title: { zh: '撤回境外显示', en: 'Mask my name on Slack' },
  words: { zh: ['撤回境外显示'], en: ['mask-me-abroad', 'mask me abroad'] },
});
export const enlist = setting('directory', true, {
  title: { zh: '列入名录', en: 'List me in directories' },
  words: { zh: ['列入名录'], en: ['list-me', 'list me'] },
});
export const unlist = setting('directory', false, {
  title: { zh: '不列入名录', en: 'Leave me out of directories' },
  words: { zh: ['不列入名录'], en: ['unlist-me', 'unlist me'] },
});
