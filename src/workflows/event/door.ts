/** Who comes on the day: people say that they are there. */
import { normalise } from '../../core/normalise.js';
import type { Question } from '../../core/question.js';
import { inline, text } from '../../core/questions.js';
import { same } from '../../core/text.js';
import type { Tell } from '../../core/workflow.js';
import type { Event } from '../../database.js';
import { readAsked } from './asked.js';
import { type About, type Command, event, everybody } from './header.js';
import { ownPlaces } from './leave.js';
import { holdPlaces, moveUp } from './line.js';
import * as said from './messages/door.js';
import { relist } from './roster.js';
import { checkInWasUsed, freesAt, giveAtDoor, missing } from './standby.js';
import { isOrganizer } from './who.js';

const minuteMs = 60_000;

/** From then on people check in. */
export const doorsOpenAt = ({ startsAt }: Pick<Event, 'startsAt'>): Date =>
  new Date(startsAt.getTime() - 60 * minuteMs);
/** The door code, names, or both: “4821”, “张三、李四”, “4821 张三”. Stored as “4821 张三、李四”. */
const doorQuestion: Question<string> = {
  ...text({
    label: { zh: '签到码或姓名', en: 'Code or name' },
    ask: { zh: '签到码，或哪位？', en: 'The code, or who?' },
    max: 300,
  }),
  hear: (words) => {
    const plain = words.normalize('NFKC');
    const code = /(?<!\d)\d{4}(?!\d)/u.exec(plain)?.[0];
    const rest = code === undefined ? plain : plain.replace(code, ' ');
    if (code !== undefined && !/[\p{L}\p{N}]/u.test(rest)) return { kind: 'understood', value: code };
    const asked = readAsked(rest, []);
    if ('problem' in asked || asked.names.length === 0) return { kind: 'unclear', problem: said.codeOrNames };
    return { kind: 'understood', value: `${code ?? ''} ${asked.names.join('、')}`.trim() };
  },
};

const readDoor = (stored: string | null) => {
  const [, code, names = ''] = /^(\d{4})?\s*(.*)$/su.exec(stored ?? '') ?? [];
  return { code, names: names === '' ? [] : names.split('、') };
};

/** Once an organizer has taken out the code, see `code` in day.ts. */
const codeIsShown = async ({ db, case: c }: About): Promise<boolean> =>
  (await db.entry.findFirst({ where: { caseId: c.id, act: 'event.code' }, select: { id: true } })) !== null;

type Place = Awaited<ReturnType<typeof ownPlaces>>[number];

/** Those without a name came with whoever brought them. */
const withCompanions = (places: readonly Place[], personId: string): readonly Place[] => {
  const own = places.filter((one) => one.personId === personId);
  const isCompanion = (one: Place): boolean =>
    one.personId === null &&
    own.some((me) => me.partyId === one.partyId && one.name.startsWith(`${me.name}+`));
  return [...own, ...places.filter(isCompanion)];
};

/**
 * Somebody is there: the speaker, those whom they signed up, or for an organizer anybody on the list. As long as nobody
 * has taken out the door code, people are believed. From then on whoever checks in must say it, since it can be read
 * at the door alone; an organizer need not. A wrong code is always told. Somebody who waits is noted as being at the
 * door. Until the event is settled, somebody who was there and did not check in may still say so.
 */
export const checkIn = event.command({
  title: { zh: '签到', en: 'Check in' },
  words: { zh: ['到了', '签到'], en: ['here', 'check-in', 'check in'] },
  from: ['open', 'shut', 'running', 'over'],
  to: ['open', 'shut', 'running', 'over'],
  by: everybody,
  style: 'primary',
  lock: 'shared',
  aside: true,
  // Offered on the card as long as there is the event, longer than the sign-up.
  heardWith: 'roster',
  namedTo: 'insiders',
  ask: { what: inline(doorQuestion) },
  run: async (about) => {
    const { db, args, actor, case: c, subject: e, now, calendar } = about;
    if (now < doorsOpenAt(e)) return { refuse: said.tooEarly(c, e, doorsOpenAt(e), calendar) };
    const { code, names } = readDoor(args.what);
    if (code !== undefined && code !== e.code) return { refuse: said.wrongCode(c, e) };
    await holdPlaces(db, c.id);
    const places = await ownPlaces(about, actor);
    const keys = names.map(normalise);
    const meant =
      keys.length > 0 ? places.filter((one) => keys.includes(one.nameKey)) : withCompanions(places, actor.id);
    const unknown = names.filter((_, at) => !meant.some((one) => one.nameKey === keys[at]));
    if (unknown.length > 0) return { refuse: said.nobodyOfThatName(c, e, unknown, isOrganizer(actor, c)) };
    if (meant.length === 0) {
      const others = places.filter((one) => one.party.byId === actor.id).map((one) => one.name);
      return { refuse: others.length > 0 ? said.onlyOthers(c, e, others) : said.notSignedUp(c, e, c.state) };
    }
    const first = meant.filter((one) => one.cameAt === null);
    const own = meant.every((one) => one.personId === actor.id);
    if (first.length > 0 && first.every((one) => one.status === 'applied')) {
      return { refuse: said.stillApplied(c, e) };
    }
    if (c.state === 'over') return arrivedUnseen(about, first, own);
    if (first.length > 0 && code === undefined && !isOrganizer(actor, c) && (await codeIsShown(about))) {
      return { refuse: said.codePlease(c, e) };
    }

    const ids = meant.filter((one) => one.status !== 'applied').map((one) => one.id);
    const waited = meant.filter((one) => one.status === 'waiting');
    if (first.length === 0 && waited.length === 0) return { refuse: said.hereAlready(c, e, own) };
    await db.attendee.updateMany({
      where: { id: { in: ids }, status: { in: ['going', 'held'] }, cameAt: null },
      data: { status: 'going', cameAt: now, heldUntil: null },
    });
    await db.attendee.updateMany({
      where: { id: { in: waited.map((one) => one.id) }, cameAt: null },
      data: { cameAt: now },
    });
    const given = waited.length === 0 ? nothing : await seatWhoCame(about, waited);
    const after = await db.attendee.findMany({ where: { id: { in: ids } }, orderBy: { id: 'asc' } });
    const seated = after.some((one) => one.status === 'going' && waited.some(({ id }) => id === one.id));
    return {
      to: c.state,
      reply: said.isHere(c, e, after, { own, late: now < (freesAt(e) ?? now) }),
      because: same(after.map((one) => one.name).join('、')),
      tell: given.tell.filter(({ to }) => to.kind !== 'person' || to.id !== actor.id),
      wake: [...given.wake, ...(c.state === 'open' && seated ? [relist(about)] : [])],
    };
  },
});

const nothing = { tell: [], wake: [] };

/** While people sign up they move up by the rules of the line, and whoever came is the one who asks. */
const seatWhoCame = async (about: About, waited: readonly Place[]) => {
  if (about.case.state !== 'open') return { tell: await giveAtDoor(about), wake: [] };
  const tell: Tell<Command>[] = [];
  const wake = [];
  for (const partyId of new Set(waited.map((one) => one.partyId))) {
    const moved = await moveUp(about, said.atTheDoor, partyId);
    tell.push(...moved.tell);
    wake.push(...moved.wake);
  }
  return { tell, wake };
};

/** Said after the event. It counts only where others were checked in: else nobody is missed. */
const arrivedUnseen = async (about: About, people: readonly Place[], own: boolean) => {
  const { db, case: c, subject: e } = about;
  if (!(await checkInWasUsed(db, c.id))) return { refuse: said.nobodyIsMissed(c, e) };
  if (people.length === 0) return { refuse: said.hereAlready(c, e, own) };
  const { count } = await db.attendee.updateMany({
    where: { id: { in: people.map((one) => one.id) }, ...missing },
    data: { cameAt: e.endsAt },
  });
  if (count === 0) return { refuse: said.hadNoPlace(c, e) };
  return {
    to: 'over' as const,
    reply: said.notedLater(c, e, own ? [] : people.map((one) => one.name)),
    because: same(people.map((one) => one.name).join('、')),
  };
};
