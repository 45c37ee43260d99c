/** A place that is kept for somebody of the waitlist: taken, declined or lapsed. */
import { joinTexts, same } from '../../core/text.js';
import { person } from '../../core/workflow.js';
import { type About, event, everybody } from './header.js';
import { leaveList } from './leave.js';
import { holdPlaces, moveUp } from './line.js';
import * as said from './messages/line.js';
import { thenAsk } from './own-questions.js';
import { relist } from './roster.js';

/** What is kept for a person: for themselves, or for those they signed up. */
const keptFor = ({ db, case: c }: About, personId: string) =>
  db.attendee.findMany({
    where: { eventId: c.id, status: 'held', OR: [{ personId }, { party: { byId: personId } }] },
    orderBy: { id: 'asc' },
  });

const names = (people: readonly { readonly name: string }[]) =>
  same(people.map((one) => one.name).join('、'));

export const accept = event.command({
  title: { zh: '接受名额', en: 'Take the place' },
  words: { zh: ['接受', '接受名额'], en: ['accept', 'take'] },
  from: ['open', 'shut'],
  to: ['open', 'shut'],
  by: everybody,
  style: 'primary',
  lock: 'shared',
  aside: true,
  namedTo: 'insiders',
  run: async (about) => {
    const { db, actor, case: c, subject: e, now, calendar } = about;
    await holdPlaces(db, c.id);
    const kept = await keptFor(about, actor.id);
    if (kept.length === 0) return { refuse: said.nothingKept(c, e) };
    await db.attendee.updateMany({
      where: { id: { in: kept.map((one) => one.id) } },
      data: { status: 'going', changedAt: now, heldUntil: null },
    });
    const reply = said.taken(
      c,
      e,
      kept.map((one) => one.name),
      calendar,
    );
    const isOwn = kept.some((one) => one.personId === actor.id);
    return {
      to: c.state,
      ...(isOwn ? await thenAsk(about, actor.id, reply) : { reply }),
      choices: ['leave'],
      because: names(kept),
      wake: c.state === 'open' ? [relist(about)] : [],
    };
  },
});

export const decline = event.command({
  title: { zh: '放弃名额', en: 'Let it go' },
  words: { zh: ['放弃', '谢绝'], en: ['pass', 'decline'] },
  from: ['open', 'shut'],
  to: ['open', 'shut'],
  by: everybody,
  lock: 'shared',
  aside: true,
  namedTo: 'insiders',
  run: async (about) => {
    const { db, actor, case: c, subject: e } = about;
    await holdPlaces(db, c.id);
    const kept = await keptFor(about, actor.id);
    if (kept.length === 0) return { refuse: said.nothingKept(c, e) };
    await leaveList(about, kept, { zh: '放弃了候补名额', en: 'let the place go' });
    const moved = c.state === 'open' ? await moveUp(about, said.declined) : { tell: [], wake: [] };
    return {
      to: c.state,
      reply: said.letGo(c, e),
      because: names(kept),
      tell: moved.tell,
      wake: [...moved.wake, ...(c.state === 'open' ? [relist(about)] : [])],
    };
  },
});

export const holdEnds = event.alarm({
  title: { zh: '候补名额逾期', en: 'a kept place lapsed' },
  kind: 'deadline',
  quiet: true,
  when: ['open', 'shut'],
  to: ['open', 'shut'],
  run: async (about) => {
    const { db, case: c, subject: e, now, key: partyId } = about;
    await holdPlaces(db, c.id);
    const lapsed = await db.attendee.findMany({
      where: { partyId, status: 'held', heldUntil: { lte: now } },
      orderBy: { id: 'asc' },
      include: { party: { select: { byId: true } } },
    });
    const [first] = lapsed;
    if (!first) return { to: c.state };
    await leaveList(about, lapsed, { zh: '逾期未答复', en: 'did not answer in time' });
    const moved = c.state === 'open' ? await moveUp(about, said.lapsed) : { tell: [], wake: [] };
    return {
      to: c.state,
      because: joinTexts([names(lapsed), { zh: '未答复', en: 'did not answer' }], ' '),
      tell: [
        {
          to: person(first.party.byId),
          say: said.hasLapsed(
            c,
            e,
            lapsed.map((one) => one.name),
          ),
          ...(c.state === 'open' && { choices: ['signUp' as const] }),
        },
        ...moved.tell,
      ],
      wake: [...moved.wake, ...(c.state === 'open' ? [relist(about)] : [])],
    };
  },
});

const movesUpBecause = (title: { zh: string; en: string }, why: { zh: string; en: string }) =>
  event.alarm({
    title,
    kind: 'deadline',
    quiet: true,
    when: ['open'],
    to: ['open'],
    run: async (about) => {
      await holdPlaces(about.db, about.case.id);
      const moved = await moveUp(about, why);
      return {
        to: 'open',
        tell: moved.tell,
        wake: [...moved.wake, ...(moved.tell.length > 0 ? [relist(about)] : [])],
      };
    },
  });

/** Somebody left the list otherwise than by saying so to the event. */
export const placeFreed = movesUpBecause(
  { zh: '有人退出后递补', en: 'places given on after somebody left' },
  said.somebodyLeft,
);
/** What was freed at night is given on in the morning. */
export const movesUp = movesUpBecause(
  { zh: '晨间递补', en: 'places given on in the morning' },
  said.inTheMorning,
);
export const poolOpens = movesUpBecause(
  { zh: '园区余额归入公共名额', en: 'unused places of parks returned to the pool' },
  said.poolOpened,
);
