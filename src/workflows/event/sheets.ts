/** The lists of an event, for its organizer: who comes, who was invited, what came of the meetings of two. */
import type { Language, Text } from '../../core/text.js';
import type { Db, Event } from '../../database.js';
import type { Column, Sheet } from '../../files/table.js';
import { followUpDays } from '../appointment/follow-up-plan.js';
import { amounts, stages } from '../appointment/messages/follow-up.js';
import { latestOf, outcomeOf } from '../appointment/outcomes.js';
import appointment from '../appointment/workflow.js';
import { ticketKinds } from './kinds.js';
import { type ListName, listsOf, meetingsOnRecord } from './lists.js';
import { afterDays, answers, notAnswered, sheetNames, titles } from './messages/sheets.js';
import { standings } from './messages/sign-up.js';

type Cell = ReturnType<Column<unknown>['of']>;
/** A sheet whose rows are its cells. */
export type List = Sheet<readonly Cell[]>;
/** The roster, and what else there is of this event. */
export type Lists = Readonly<Partial<Record<ListName, List>>> & { readonly roster: List };

export const readLists = async (db: Db, e: Event, language: Language): Promise<Lists> => {
  const names = await listsOf(db, e);
  const park = await parkNames(db, language);
  return {
    roster: await readRoster(db, e, park, language),
    ...(names.includes('invitations') && {
      invitations: await readInvitations(db, e.caseId, park, language),
    }),
    ...(names.includes('outcomes') && { outcomes: await readOutcomes(db, e.caseId, language) }),
  };
};

const listOf = <Row>(
  name: Text,
  language: Language,
  rows: readonly Row[],
  columns: readonly { readonly title: Text | string; readonly of: (row: Row) => Cell }[],
): List => ({
  name: name[language],
  columns: columns.map(({ title }, at) => ({
    title: typeof title === 'string' ? title : title[language],
    of: (cells) => cells[at] ?? null,
  })),
  rows: rows.map((row) => columns.map((column) => column.of(row))),
});

type Park = (id: string | null) => string | null;

const parkNames = async (db: Db, language: Language): Promise<Park> => {
  const parks = await db.park.findMany({ select: { id: true, nameZh: true, nameEn: true } });
  const names = new Map(parks.map((one) => [one.id, language === 'zh' ? one.nameZh : one.nameEn]));
  return (id) => (id === null ? null : (names.get(id) ?? null));
};

/** People by their ids; joined people keep their old rows, so that every id is found. */
const readPeople = async (db: Db, ids: readonly string[]) => {
  const people = await db.person.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, name: true, parkId: true },
  });
  return new Map(people.map((one) => [one.id, one]));
};

/** Everybody on the list; those who left it are nobody’s business any more. */
const readRoster = async (db: Db, e: Event, park: Park, language: Language): Promise<List> => {
  const eventId = e.caseId;
  const rows = await db.attendee.findMany({
    where: { eventId, status: { not: 'out' } },
    orderBy: [{ party: { number: 'asc' } }, { id: 'asc' }],
    include: { party: { select: { byId: true, joinedAt: true } } },
  });
  const people = await readPeople(
    db,
    rows.map((one) => one.party.byId),
  );
  const replies = await db.eventReply.findMany({ where: { eventId } });
  const replyOf = (personId: string | null, question: number): string | null =>
    replies.find((one) => one.personId === personId && one.question === question)?.answer ?? null;
  return listOf(sheetNames.roster, language, rows, [
    { title: titles.name, of: (one) => one.name },
    { title: titles.park, of: (one) => park(one.parkId) },
    { title: titles.ticket, of: (one) => ticketKinds[one.ticket][language] },
    { title: titles.status, of: (one) => standings[one.status][language] },
    { title: titles.signedUpBy, of: (one) => people.get(one.party.byId)?.name ?? null },
    { title: titles.signedUpAt, of: (one) => one.party.joinedAt },
    { title: titles.cameAt, of: (one) => one.cameAt },
    ...e.questions.map((title, question) => ({
      title,
      of: (one: (typeof rows)[number]) => replyOf(one.personId, question),
    })),
  ]);
};

const readInvitations = async (db: Db, eventId: string, park: Park, language: Language): Promise<List> => {
  const rows = await db.invitation.findMany({
    where: { eventId },
    orderBy: [{ at: 'asc' }, { personId: 'asc' }],
  });
  const people = await readPeople(
    db,
    rows.flatMap((one) => [one.personId, one.byId]),
  );
  return listOf(sheetNames.invitations, language, rows, [
    { title: titles.name, of: (one) => people.get(one.personId)?.name ?? null },
    { title: titles.park, of: (one) => park(people.get(one.personId)?.parkId ?? null) },
    { title: titles.ticket, of: (one) => ticketKinds[one.ticket][language] },
    {
      title: titles.answer,
      of: (one) => (one.answer === null ? notAnswered : answers[one.answer])[language],
    },
    { title: titles.answeredAt, of: (one) => one.answeredAt },
    { title: titles.companions, of: (one) => one.companions },
    { title: titles.invitedBy, of: (one) => people.get(one.byId)?.name ?? null },
    { title: titles.invitedAt, of: (one) => one.at },
  ]);
};

const readOutcomes = async (db: Db, eventId: string, language: Language): Promise<List> => {
  const rows = await db.appointment.findMany({
    where: { eventId, case: meetingsOnRecord },
    orderBy: [{ startsAt: 'asc' }, { table: 'asc' }],
    include: { case: { select: { ref: true, state: true } }, followUps: true },
  });
  type Row = (typeof rows)[number];
  const people = await readPeople(
    db,
    rows.flatMap((one) => [one.askerId, one.askedId]),
  );
  const nameOf = (id: string): string => people.get(id)?.name ?? '';
  const outcomeAfter = (one: Row, days: number) =>
    outcomeOf(one.followUps.filter((answer) => answer.afterDays === days));
  const amountOf = (one: Row) =>
    followUpDays.map((days) => outcomeAfter(one, days)?.amount ?? null).findLast((amount) => amount !== null);
  const nextOf = (one: Row): string =>
    [one.askerId, one.askedId]
      .flatMap((id) => {
        const told = latestOf(
          one.followUps.filter((answer) => answer.next !== null),
          id,
        );
        return told?.next ? [`${nameOf(id)}${language === 'zh' ? '：' : ': '}${told.next}`] : [];
      })
      .join('\n');
  return listOf(sheetNames.outcomes, language, rows, [
    { title: titles.ref, of: (one) => one.case.ref },
    { title: titles.state, of: (one) => appointment.states[one.case.state]?.title[language] ?? null },
    { title: titles.time, of: (one) => one.startsAt },
    { title: titles.table, of: (one) => one.table },
    { title: titles.asker, of: (one) => nameOf(one.askerId) },
    { title: titles.asked, of: (one) => nameOf(one.askedId) },
    ...followUpDays.map((days) => ({
      title: afterDays(days),
      of: (one: Row) => {
        const outcome = outcomeAfter(one, days);
        return outcome ? stages[outcome.stage][language] : null;
      },
    })),
    {
      title: titles.amount,
      of: (one) => {
        const amount = amountOf(one);
        return amount ? amounts[amount][language] : null;
      },
    },
    { title: titles.next, of: nextOf },
  ]);
};
