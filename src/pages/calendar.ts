/** `/calendar/<pass>.ics`: an event as a file, or somebody’s own calendar to be subscribed to. */

import { eventFile, feedFile } from '../files/calendar.js';
import type { Pass } from '../links.js';
import type { Database } from '../store/database.js';
import type { Handler } from '../web.js';
import { nothingHere } from '../web.js';
import { readEntry, readPlans } from '../workflows/event/entries.js';
import { restOf, sendPage, type Tools } from './answer.js';

export const calendarPath = '/calendar/';

const refreshMinutes = 60;

export const calendarPage =
  ({ database, passes }: Tools): Handler =>
  async (request, response) => {
    const [, token] = /^(.+)\.ics$/.exec(restOf(request, calendarPath)) ?? [];
    const pass = token === undefined ? undefined : passes.read(token);
    const body = pass && (await fileFor(database, pass));
    if (body === undefined) return nothingHere(response);
    sendPage(request, response, { type: 'text/calendar; charset=utf-8', body });
  };

const fileFor = (database: Database, pass: Pass): Promise<string | undefined> => {
  switch (pass.kind) {
    case 'event':
      return readEventFile(database, pass.eventId);
    case 'feed':
      return readFeed(database, pass.personId, pass.epoch);
    case 'roster':
    case 'ownData':
    case 'door':
      return Promise.resolve(undefined);
    default:
      return pass satisfies never;
  }
};

/** An event as an iCalendar file; undefined where there is none. */
export const readEventFile = async (database: Database, eventId: string): Promise<string | undefined> => {
  const entry = await readEntry(database, eventId);
  if (!entry) return undefined;
  const { nameZh, timezone } = await database.alliance.findUniqueOrThrow({ where: { id: 1 } });
  return eventFile(entry, { organizer: { name: nameZh }, timezone });
};

/** Undefined where the person has taken another address since. */
const readFeed = async (database: Database, personId: string, epoch: number): Promise<string | undefined> => {
  const person = await database.person.findUnique({ where: { id: personId } });
  if (!person || person.feedEpoch !== epoch) return undefined;
  const { nameZh, nameEn, timezone } = await database.alliance.findUniqueOrThrow({ where: { id: 1 } });
  const name = person.language === 'zh' ? `${nameZh}：${person.name}` : `${nameEn}: ${person.name}`;
  return feedFile(await readPlans(database, personId, person.language), { name, timezone, refreshMinutes });
};
