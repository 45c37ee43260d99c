/** The pages of the desk, each behind an address that the desk itself gave out: see src/links.ts. */
import type { Handler } from '../web.js';
import type { Tools } from './answer.js';
import { calendarPage, calendarPath } from './calendar.js';
import { doorPage, doorPath } from './door.js';
import { ownDataPage, ownDataPath } from './own-data.js';
import { rosterPage, rosterPath } from './roster.js';

/** Read only: whatever people do, they do in their chats. */
export const pageRoutes = (tools: Tools): readonly (readonly [string, Handler])[] =>
  [
    [calendarPath, calendarPage(tools)] as const,
    [rosterPath, rosterPage(tools)] as const,
    [doorPath, doorPage(tools)] as const,
    [ownDataPath, ownDataPage(tools)] as const,
  ].flatMap(([path, page]) => [[`GET ${path}`, page] as const, [`HEAD ${path}`, page] as const]);
