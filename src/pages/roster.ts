/** `/roster/<pass>.xlsx` and the like: the lists of an event, for as long as the organizer’s link holds. */
import { type RosterFile, rosterFiles } from '../core/links.js';
import { toCsv, toXlsx } from '../files/table.js';
import type { Handler } from '../web.js';
import { nothingHere } from '../web.js';
import { type List, type Lists, readLists } from '../workflows/event/sheets.js';
import { restOf, sendPage, type Tools } from './answer.js';

export const rosterPath = '/roster/';

export const rosterPage =
  ({ database, clock, passes }: Tools): Handler =>
  async (request, response) => {
    const { token, file } = readName(restOf(request, rosterPath));
    const pass = passes.read(token);
    if (file === undefined || pass?.kind !== 'roster') return nothingHere(response);
    if (clock.now() >= pass.until) {
      return sendPage(request, response, {
        status: 410,
        type: 'text/plain; charset=utf-8',
        body: expired,
        secret: true,
      });
    }
    const found = await database.event.findUnique({
      where: { caseId: pass.eventId },
      include: { case: { select: { ref: true } } },
    });
    if (!found) return nothingHere(response);
    const { timezone } = await database.alliance.findUniqueOrThrow({ where: { id: 1 } });
    const body = await bytesOf(await readLists(database, found, pass.language), file, timezone);
    if (body === undefined) return nothingHere(response);
    const fileName = `${found.case.ref}.${file}`;
    sendPage(request, response, { type: typeOf(file), body, secret: true, fileName });
  };

const expired =
  '链接已过期，名单链接只在 24 小时内有效。请组织者再向小秘发送“导出”，即可得到新的链接。\n' +
  'This link has expired: links to a list work for 24 hours. The organizer gets a new one by sending “export” to the desk.\n';

/** The longest ending first: every pass is followed by one, and has dots itself. */
const readName = (name: string): { readonly token: string; readonly file: RosterFile | undefined } => {
  const file = rosterFiles
    .filter((one) => name.endsWith(`.${one}`))
    .toSorted((a, b) => b.length - a.length)[0];
  return { token: file === undefined ? name : name.slice(0, -file.length - 1), file };
};

/** Undefined where the event has no such list. */
const bytesOf = async (
  lists: Lists,
  file: RosterFile,
  timezone: string,
): Promise<Buffer | string | undefined> => {
  const csv = (list: List | undefined) => list && listCsv(list, timezone);
  switch (file) {
    case 'xlsx':
      return listsWorkbook(lists, timezone);
    case 'csv':
      return csv(lists.roster);
    case 'invitations.csv':
      return csv(lists.invitations);
    case 'outcomes.csv':
      return csv(lists.outcomes);
    default:
      return file satisfies never;
  }
};

/** All lists of an event, a sheet each. */
export const listsWorkbook = ({ roster, invitations, outcomes }: Lists, timezone: string): Promise<Buffer> =>
  toXlsx(
    [roster, invitations, outcomes].filter((list) => list !== undefined),
    { timezone },
  );

export const listCsv = ({ columns, rows }: List, timezone: string): string =>
  toCsv(columns, rows, { timezone });

const typeOf = (file: RosterFile): string =>
  file === 'xlsx'
    ? 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
    : 'text/csv; charset=utf-8';
