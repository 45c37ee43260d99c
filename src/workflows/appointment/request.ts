/** A request to meet: it waits two working days for its answer, but not longer than until the event begins. */
import type { Calendar } from '../../core/calendar.js';
import type { Actor } from '../../core/people.js';
import { inline, text } from '../../core/questions.js';
import { person, type Refusal, type Start, type Wake } from '../../core/workflow.js';
import type { Db, Event } from '../../database.js';
import type { About as EventAbout } from '../event/header.js';
import { holdTables, tablesOf } from './booking.js';
import { type Alarm, ahead, appointment } from './header.js';
import * as said from './messages/request.js';
import { comers, findComer, mostWaiting } from './people.js';
import { slotsOf } from './slots.js';

const daysToAnswer = 2;

/** Until when the asked may answer. At an event that has begun, until it ends. */
export const answerBy = (
  { startsAt, endsAt }: Pick<Event, 'startsAt' | 'endsAt'>,
  askedAt: Date,
  calendar: Calendar,
): Date => {
  const latest = askedAt < startsAt ? startsAt : endsAt;
  const usual = calendar.workdaysAfter(askedAt, daysToAnswer);
  return usual < latest ? usual : latest;
};

type Wish = {
  readonly eventId: string;
  readonly askerId: string;
  readonly askedId: string;
  readonly about: string;
};

/** Opens the case of a request, which tells both. */
const opens = (wish: Wish): Start =>
  appointment.start('requested', async ({ db, case: c, now, calendar }) => {
    const event = await db.event.findUniqueOrThrow({ where: { caseId: wish.eventId } });
    const until = answerBy(event, now, calendar);
    await db.appointment.create({ data: { caseId: c.id, ...wish, answerBy: until } });
    const a = await appointment.load(db, c.id);
    const profile = await db.profile.findUnique({
      where: { eventId_personId: { eventId: wish.eventId, personId: wish.askerId } },
    });
    const reminder = calendar.workdaysAfter(now, 1);
    const wake: Wake<Alarm>[] = [{ alarm: 'expires', at: until }];
    if (reminder < until) wake.push({ alarm: 'pleaseAnswer', at: reminder });
    return {
      to: 'requested',
      tell: [
        { to: person(wish.askerId), say: said.isAsked(c, a, calendar), choices: ['withdraw'] },
        {
          to: person(wish.askedId),
          say: said.wantsToMeet(c, a, profile, calendar),
          choices: ['accept', 'decline'],
        },
      ],
      wake,
    };
  });

/** What two of an event have before them already, whoever asked. */
const openBetween = (db: Db, eventId: string, one: string, other: string) =>
  db.appointment.findFirst({
    where: {
      eventId,
      case: { state: { in: ahead } },
      OR: [
        { askerId: one, askedId: other },
        { askerId: other, askedId: one },
      ],
    },
    include: { case: { select: { ref: true, state: true } } },
  });

/** Somebody who comes asks somebody else who comes: the case that is to be opened, or why not. */
export const request = async (
  about: EventAbout,
  actor: Actor,
  { whom, words }: { readonly whom: string; readonly words: string },
): Promise<{ readonly start: Start; readonly name: string } | Refusal> => {
  const { db, case: c, subject: e, now, calendar } = about;
  const tables = tablesOf(e);
  if (!tables) return { refuse: said.noTables(c, e) };
  // What is checked here stays so until the commit: nobody steps back, and the other one does not ask meanwhile.
  await holdTables(db, c.id);
  const own = (await comers(db, c.id, [actor.id])).get(actor.id);
  if (own === undefined) return { refuse: said.notComing(c, e, c.state === 'open') };
  if (own === 'online') return { refuse: said.onlyOnline(c, e) };
  const found = await findComer(db, c.id, whom);
  if (found.kind === 'several') return { refuse: said.severalCalled(whom) };
  if (found.kind === 'none') return { refuse: said.otherNotComing(c, e, whom) };
  if (found.id === actor.id) return { refuse: said.notYourself };
  if (found.ticket === 'online') return { refuse: said.otherOnline(whom) };
  const open = await openBetween(db, c.id, actor.id, found.id);
  if (open) return { refuse: said.thereIsOne(open.case, open, open.askerId === actor.id, whom, calendar) };
  if (!slotsOf(tables, calendar).some((at) => at > now)) return { refuse: said.noSlotLeft(c, e) };
  const waiting = await db.appointment.count({
    where: { eventId: c.id, askerId: actor.id, case: { state: 'requested' } },
  });
  if (waiting >= mostWaiting[own]) return { refuse: said.tooManyWait(c, e, own, waiting) };
  const { name } = await db.person.findUniqueOrThrow({ where: { id: found.id }, select: { name: true } });
  return {
    name,
    start: opens({ eventId: c.id, askerId: actor.id, askedId: found.id, about: words }),
  };
};

/** A reason, where somebody gives one along. */
export const reason = inline(
  text({ label: { zh: '原因', en: 'Reason' }, ask: { zh: '原因？', en: 'Why?' }, max: 200 }),
);

export const pleaseAnswer = appointment.alarm({
  title: { zh: '已提醒答复', en: 'a reminder to answer' },
  kind: 'reminder',
  when: ['requested'],
  to: ['requested'],
  run: async ({ case: c, subject: a, calendar }) => ({
    to: 'requested',
    tell: [{ to: person(a.askedId), say: said.stillWaits(c, a, calendar), choices: ['accept', 'decline'] }],
  }),
});

export const expires = appointment.alarm({
  title: { zh: '逾期未答复', en: 'there was no answer in time' },
  kind: 'deadline',
  when: ['requested'],
  to: ['requested', 'expired'],
  run: async ({ case: c, subject: a, now }) =>
    a.answerBy > now
      ? { to: 'requested', wake: [{ alarm: 'expires', at: a.answerBy }] }
      : {
          to: 'expired',
          tell: [
            { to: person(a.askerId), say: said.hasExpired(c, a) },
            { to: person(a.askedId), say: said.hasExpiredForAsked(c, a) },
          ],
        },
});
