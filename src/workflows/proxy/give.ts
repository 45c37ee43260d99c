/** Somebody who holds a seat gives its vote away, if another accepts it. */
import type { Message } from '../../core/message.js';
import { seatHolder } from '../../core/people.js';
import { periodInstants } from '../../core/questions.js';
import { joinTexts, same } from '../../core/text.js';
import { person } from '../../core/workflow.js';
import type { Db } from '../../database.js';
import { findPerson } from '../../people/find.js';
import { seatedAt } from '../council/ballot.js';
import { type Concern, findAbout, scopeOf } from './about.js';
import { holdPeople, refusalOf } from './checks.js';
import { proxy } from './header.js';
import { isNumber, line } from './line.js';
import * as said from './messages.js';
import * as refused from './refusals.js';
import { overlap } from './rules.js';
import { nextCheck } from './running-out.js';
import { standing } from './standing.js';

/** What is wished for, as the tables know it; undefined when there is no such motion or meeting. */
const concernOf = async (db: Db, what: string, timezone: string): Promise<Concern | undefined> => {
  if (!isNumber(what)) return { scope: 'period', about: null, ...periodInstants(what, timezone) };
  const about = await findAbout(db, what);
  if (about?.motion) return { scope: 'motion', about, from: null, until: null };
  return about?.meeting ? { scope: 'meeting', about, from: null, until: null } : undefined;
};

/** The seat of the giver it is for: of several, one that has no proxy for it yet. */
const seatOf = async (db: Db, giverId: string, concern: Concern, now: Date): Promise<string | undefined> => {
  const seats = await db.seat.findMany({
    where: { ...seatedAt(now), holderId: giverId },
    orderBy: { key: 'asc' },
    select: { id: true },
  });
  if (seats.length < 2) return seats[0]?.id;
  const given = await standing(db, { giverId });
  const scope = scopeOf(concern);
  const free = seats.find(({ id }) => !given.some((one) => one.seatId === id && overlap(one.scope, scope)));
  return (free ?? seats[0])?.id;
};

const whoIs = async (db: Db, name: string): Promise<{ id: string; name: string } | { refuse: Message }> => {
  const found = await findPerson(db, name);
  switch (found.kind) {
    case 'one':
      return found.person;
    case 'none':
      return { refuse: refused.nobodyCalled(name) };
    case 'several':
      return {
        refuse: refused.severalCalled(
          name,
          found.people.map((one) => one.name),
        ),
      };
    default:
      return found satisfies never;
  }
};

export const give = proxy.opening({
  title: { zh: '委托表决', en: 'Give a proxy' },
  words: { zh: ['委托', '委托表决'], en: ['proxy'] },
  by: seatHolder,
  to: ['asked'],
  aside: true,
  ask: { line },
  run: async (world) => {
    const { db, args, actor, case: c, now, calendar } = world;
    const [who = '', what = ''] = args.line;
    const found = await whoIs(db, who);
    if ('refuse' in found) return found;
    if (found.id === actor.id) return { refuse: refused.notYourself };
    const concern = await concernOf(db, what, calendar.timezone);
    if (!concern) return { refuse: refused.noSuchNumber(what) };

    await holdPeople(db, [actor.id, found.id]);
    const seatId = await seatOf(db, actor.id, concern, now);
    if (seatId === undefined) return { refuse: refused.onlyHolders };
    const pair = { giverId: actor.id, proxyId: found.id };
    const deal = { ...concern, ...pair, caseId: c.id, seatId, giver: actor.name, proxy: found.name };
    const refuse = await refusalOf(world, deal, actor.id);
    if (refuse) return { refuse };

    const { scope, from, until, about } = concern;
    await db.proxy.create({
      data: { caseId: c.id, seatId, ...pair, scope, aboutId: about?.id ?? null, from, until },
    });
    const p = await proxy.load(db, c.id);
    const wanted = said.whatOf(concern, calendar);
    return {
      to: 'asked',
      reply: said.asked(c, p, wanted),
      choices: ['revoke'],
      tell: [{ to: person(found.id), say: said.please(c, p, wanted), choices: ['accept', 'turnDown'] }],
      wake: [
        { alarm: 'noAnswer', at: calendar.workdaysAfter(now, 1) },
        { alarm: 'check', key: 'planned', at: nextCheck(concern, now, calendar) },
      ],
      because: joinTexts([same(found.name), wanted], { zh: '，', en: ', ' }),
    };
  },
});
