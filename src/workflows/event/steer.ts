/** An organizer steers an announced event: who comes, how many, when and where, and whether at all. */
import { normalise } from '../../core/normalise.js';
import { choice, inline, number, optional, span, spanInstants, text } from '../../core/questions.js';
import { joinTexts, same, type Text } from '../../core/text.js';
import { person, room, type Tell } from '../../core/workflow.js';
import { betterSpans, clashesOf } from './clash.js';
import { type About, before, type Command, event, everybody, organizer } from './header.js';
import { nudge, stillInvited } from './invitation.js';
import { ticketKinds } from './kinds.js';
import { leaveList, ownPlaces } from './leave.js';
import { holdPlaces, limitsOf, moveUp, readTaken } from './line.js';
import * as line from './messages/line.js';
import * as said from './messages/steer.js';
import { placeQuestion, readBusy } from './plan.js';
import { nameQuestion } from './questions.js';
import { reminderWakes } from './reminders.js';
import { relist } from './roster.js';

/** Everybody who is to hear of a change: those on the list, and those who signed them up, each once. */
export const audienceOf = async ({ db, case: c }: About): Promise<readonly string[]> => {
  const people = await db.attendee.findMany({
    where: { eventId: c.id, status: { not: 'out' } },
    orderBy: { id: 'asc' },
    select: { personId: true, party: { select: { byId: true } } },
  });
  return [...new Set(people.map((one) => one.personId ?? one.party.byId))];
};

const namesOf = (people: readonly { readonly name: string }[]): Text =>
  same(people.map((one) => one.name).join('、'));

/** Applicants by name, or all of them. */
const applicants = async (about: About, who: string | null) => {
  const names = who === null ? undefined : who.split('、').map(normalise);
  const people = await about.db.attendee.findMany({
    where: { eventId: about.case.id, status: 'applied', ...(names && { nameKey: { in: names } }) },
    orderBy: { id: 'asc' },
    include: { party: { select: { byId: true } } },
  });
  return people;
};

export const admit = event.command({
  title: { zh: '同意报名', en: 'Admit' },
  words: { zh: ['同意报名', '通过报名'], en: ['admit'] },
  from: ['open'],
  to: ['open'],
  by: organizer,
  style: 'primary',
  ask: { who: inline(nameQuestion) },
  run: async (about) => {
    const { db, args, case: c, subject: e, now } = about;
    await holdPlaces(db, c.id);
    const people = await applicants(about, args.who);
    if (people.length === 0) return { refuse: said.nobodyApplied(c, e) };
    await db.attendee.updateMany({
      where: { id: { in: people.map((one) => one.id) } },
      data: { status: 'waiting', because: said.admitted, changedAt: now },
    });
    const tell: Tell<Command>[] = [];
    const wake = [];
    for (const partyId of new Set(people.map((one) => one.partyId))) {
      // Whoever was waiting for this answer has the place at once, as they would have had it on signing up.
      const moved = await moveUp(about, said.admitted, partyId);
      tell.push(...moved.tell);
      wake.push(...moved.wake);
    }
    const after = await db.attendee.findMany({
      where: { id: { in: people.map((one) => one.id) } },
      include: { party: true },
    });
    for (const byId of new Set(after.map((one) => one.party.byId))) {
      const own = after.filter((one) => one.party.byId === byId);
      tell.push({ to: person(byId), say: said.isAdmitted(c, e, own), choices: ['leave'] });
    }
    return {
      to: 'open',
      reply: said.admittedAll(c, e, after),
      because: namesOf(people),
      tell,
      wake: [...wake, relist(about)],
    };
  },
});

export const turnDown = event.command({
  title: { zh: '婉拒报名', en: 'Turn down' },
  words: { zh: ['婉拒', '婉拒报名'], en: ['turn-away', 'turn away'] },
  from: ['open'],
  to: ['open'],
  by: organizer,
  style: 'danger',
  ask: {
    who: nameQuestion,
    why: text({
      label: { zh: '原因', en: 'Reason' },
      ask: { zh: '请说明原因，会转告报名者：', en: 'Why? They will be told.' },
      min: 2,
      max: 300,
    }),
  },
  run: async (about) => {
    const { args, case: c, subject: e } = about;
    await holdPlaces(about.db, c.id);
    const people = await applicants(about, args.who);
    if (people.length === 0) return { refuse: said.nobodyApplied(c, e) };
    await leaveList(about, people, same(args.why));
    return {
      to: 'open',
      reply: said.turnedDown(
        c,
        people.map((one) => one.name),
      ),
      because: joinTexts([namesOf(people), same(args.why)], { zh: '：', en: ': ' }),
      tell: [...new Set(people.map((one) => one.party.byId))].map((id) => ({
        to: person(id),
        say: said.isTurnedDown(
          c,
          e,
          people.filter((one) => one.party.byId === id).map((one) => one.name),
          args.why,
        ),
      })),
    };
  },
});

/** An organizer gives a place out of turn; the reason stands on the list of promotions. */
export const promote = event.command({
  title: { zh: '递补', en: 'Move somebody up' },
  words: { zh: ['递补'], en: ['move-up', 'move up'] },
  from: ['open'],
  to: ['open'],
  by: organizer,
  ask: {
    who: nameQuestion,
    why: text({
      label: { zh: '原因', en: 'Reason' },
      ask: { zh: '为什么提前递补？（会记录在案）', en: 'Why out of turn? (it is kept on record)' },
      min: 2,
      max: 200,
    }),
  },
  run: async (about) => {
    const { db, args, actor, case: c, subject: e, now, calendar } = about;
    await holdPlaces(db, c.id);
    const names = args.who.split('、').map(normalise);
    const people = (await ownPlaces(about, actor)).filter(
      (one) => one.status === 'waiting' && names.includes(one.nameKey),
    );
    if (people.length === 0) return { refuse: said.nobodyWaits(c, e, args.who) };
    const limits = limitsOf(about);
    const taken = (await readTaken(db, c.id)).reduce((sum, one) => sum + one.count, 0);
    if (limits.capacity !== null && taken + people.length > limits.capacity) {
      return { refuse: said.noneFree(c, e, limits.capacity - taken) };
    }
    await db.attendee.updateMany({
      where: { id: { in: people.map((one) => one.id) } },
      data: { status: 'going', because: line.byOrganizer(args.why), changedAt: now },
    });
    return {
      to: 'open',
      reply: said.promoted(
        c,
        people.map((one) => one.name),
      ),
      because: joinTexts([namesOf(people), same(args.why)], { zh: '：', en: ': ' }),
      tell: [...new Set(people.map((one) => one.party.byId))].map((id) => ({
        to: person(id),
        say: line.taken(
          c,
          e,
          people.filter((one) => one.party.byId === id).map((one) => one.name),
          calendar,
        ),
        choices: ['leave'],
      })),
      wake: [relist(about)],
    };
  },
});

export const resize = event.command({
  title: { zh: '调整名额', en: 'Change the number of places' },
  words: { zh: ['名额', '调整名额'], en: ['resize', 'places'] },
  from: ['draft', 'open'],
  to: ['draft', 'open'],
  by: organizer,
  ask: {
    count: number({
      label: { zh: '名额', en: 'Places' },
      ask: { zh: '改为多少名额？', en: 'How many places are there now?' },
      min: 1,
      max: 100_000,
    }),
    of: optional(
      choice({
        label: { zh: '种类', en: 'Kind' },
        ask: { zh: '哪一种名额？（总名额请跳过）', en: 'Of which kind? (skip for all places)' },
        options: ticketKinds,
      }),
    ),
  },
  run: async (about) => {
    const { db, args, case: c, subject: e } = about;
    await holdPlaces(db, c.id);
    const { count, of } = args;
    if (of !== null && !e.tickets.some((one) => one.kind === of)) return { refuse: said.noSuchKind(c, e) };
    const earlier = of === null ? e.capacity : (e.tickets.find((one) => one.kind === of)?.quota ?? null);
    if (of === null) await db.event.update({ where: { caseId: c.id }, data: { capacity: count } });
    else {
      await db.ticket.update({
        where: { eventId_kind: { eventId: c.id, kind: of } },
        data: { quota: count },
      });
    }
    const subject = await event.load(db, c.id);
    const moved =
      c.state === 'open' ? await moveUp({ ...about, subject }, line.resized) : { tell: [], wake: [] };
    const taken = (await readTaken(db, c.id))
      .filter((one) => of === null || one.ticket === of)
      .reduce((sum, one) => sum + one.count, 0);
    return {
      to: c.state,
      reply: said.resized(c, e, { of, earlier, count, taken }),
      because: said.fromTo(of, earlier, count),
      tell: moved.tell,
      wake: [...moved.wake, ...(c.state === 'open' ? [relist(about)] : [])],
    };
  },
});

export const move = event.command({
  title: { zh: '改期或换地点', en: 'Change time or place' },
  words: { zh: ['改期', '换地点', '改时间地点'], en: ['reschedule', 'move'] },
  from: ['draft', 'open', 'shut'],
  to: ['draft', 'open', 'shut'],
  by: organizer,
  ask: {
    when: optional(
      span({
        label: { zh: '新的时间', en: 'New time' },
        ask: {
          zh: '改到从几时到几时？（不改请跳过）',
          en: 'From when until when now? (skip to keep the time)',
        },
      }),
    ),
    place: optional({
      ...placeQuestion,
      ask: { zh: '改到哪里？（不改请跳过）', en: 'Where now? (skip to keep the place)' },
    }),
  },
  run: async (about) => {
    const { db, args, case: c, subject: e, now, calendar } = about;
    const times =
      args.when === null ? { from: e.startsAt, until: e.endsAt } : spanInstants(args.when, calendar.timezone);
    const place = args.place ?? e.place;
    if (
      times.from.getTime() === e.startsAt.getTime() &&
      times.until.getTime() === e.endsAt.getTime() &&
      place === e.place
    ) {
      return { refuse: said.nothingChanged(c) };
    }
    if (times.from <= now) return { refuse: said.hasPassed(times.from, calendar) };
    // Sign-up ends as long before the start as it was to.
    const shift = times.from.getTime() - e.startsAt.getTime();
    const cutOffAt = new Date(
      Math.max(e.cutOffAt.getTime() + shift, Math.min(now.getTime(), times.from.getTime())),
    );
    await db.event.update({
      where: { caseId: c.id },
      data: {
        startsAt: times.from,
        endsAt: times.until,
        place,
        cutOffAt,
        sequence: { increment: 1 },
        changedAt: now,
      },
    });
    // Whoever has said that they are there was there for the old time.
    await db.attendee.updateMany({ where: { eventId: c.id, cameAt: { not: null } }, data: { cameAt: null } });
    const later = await event.load(db, c.id);
    const busy = await readBusy(db, now, c.id);
    const clashes = args.when === null ? [] : clashesOf(times, busy, calendar);
    const better = clashes.length > 0 ? betterSpans(times, busy, calendar, now) : [];
    const change = said.change(e, later, calendar);
    if (c.state === 'draft') {
      return { to: 'draft', reply: said.moved(c, change, 0, clashes, better, calendar), because: change };
    }
    const told = await audienceOf(about);
    const invited = (await stillInvited(about)).filter((id) => !told.includes(id));
    return {
      to: c.state,
      reply: said.moved(c, change, told.length, clashes, better, calendar),
      because: change,
      tell: [
        { to: room('members'), say: said.hasMoved(c, e, change) },
        ...told.map((id) => ({
          to: person(id),
          say: said.stillComing(c, e, change),
          choices: ['stillComing', 'leave'] as const,
        })),
        ...invited.map((id) => ({
          to: person(id),
          say: said.hasMoved(c, e, change),
          choices: c.state === 'open' ? (['coming', 'notComing', 'maybe'] as const) : [],
        })),
      ],
      unwake: ['cutOff', 'week', 'day', 'hours', 'rsvp'],
      wake: [
        ...(c.state === 'open' && invited.length > 0 ? nudge(now, cutOffAt, calendar) : []),
        ...(cutOffAt < times.from && c.state === 'open' ? [{ alarm: 'cutOff' as const, at: cutOffAt }] : []),
        ...reminderWakes(later, now, calendar),
        { alarm: 'begins', at: times.from },
      ],
    };
  },
});

export const stillComing = event.command({
  title: { zh: '照常参加', en: 'Still coming' },
  words: { zh: ['照常参加', '照常'], en: ['still-coming', 'still coming'] },
  from: before,
  to: before,
  by: everybody,
  style: 'primary',
  lock: 'shared',
  aside: true,
  namedTo: 'insiders',
  run: async (about) => {
    const { db, actor, case: c, subject: e, calendar } = about;
    const { count } = await db.attendee.updateMany({
      where: {
        eventId: c.id,
        status: { not: 'out' },
        OR: [{ personId: actor.id }, { party: { byId: actor.id } }],
      },
      data: { knowsOf: e.sequence },
    });
    return count === 0
      ? { refuse: said.notComing(c, e) }
      : { to: c.state, reply: said.seeYou(c, e, calendar) };
  },
});

export const callOff = event.command({
  title: { zh: '取消活动', en: 'Call the event off' },
  words: { zh: ['取消活动'], en: ['call-off', 'call off'] },
  from: ['draft', 'open', 'shut'],
  to: ['cancelled'],
  by: organizer,
  style: 'danger',
  ask: {
    why: text({
      label: { zh: '原因', en: 'Reason' },
      ask: {
        zh: '请说明取消的原因，会转告报名者：',
        en: 'Why is it called off? Those who signed up will be told.',
      },
      min: 2,
      max: 300,
    }),
  },
  run: async (about) => {
    const { db, args, case: c, subject: e, now, calendar } = about;
    await db.event.update({ where: { caseId: c.id }, data: { sequence: { increment: 1 }, changedAt: now } });
    if (c.state === 'draft') return { to: 'cancelled', reply: said.draftDropped(c), because: same(args.why) };
    const told = [...new Set([...(await audienceOf(about)), ...(await stillInvited(about))])];
    const news = said.isCalledOff(c, e, args.why, calendar);
    return {
      to: 'cancelled',
      reply: said.calledOff(c, e, told.length),
      because: same(args.why),
      tell: [{ to: room('members'), say: news }, ...told.map((id) => ({ to: person(id), say: news }))],
    };
  },
});
