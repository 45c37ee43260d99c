/** `/my-data/<pass>.json`: all that the desk has on a person, for as long as the link they asked for holds. */
import { dataOf } from '../people/data-of.js';
import type { Handler } from '../web.js';
import { nothingHere } from '../web.js';
import { restOf, sendPage, type Tools } from './answer.js';

export const ownDataPath = '/my-data/';

export const ownDataPage =
  ({ database, clock, passes }: Tools): Handler =>
  async (request, response) => {
    const [, token = ''] = /^(.*)\.json$/.exec(restOf(request, ownDataPath)) ?? [];
    const pass = passes.read(token);
    if (pass?.kind !== 'ownData') return nothingHere(response);
    const person = await database.person.findUnique({
      where: { id: pass.personId },
      select: { erasedAt: true },
    });
    if (!person || person.erasedAt !== null) return nothingHere(response);
    if (clock.now() >= pass.until) {
      return sendPage(request, response, {
        status: 410,
        type: 'text/plain; charset=utf-8',
        body: expired,
        secret: true,
      });
    }
    sendPage(request, response, {
      type: 'application/json; charset=utf-8',
      body: `${JSON.stringify(await dataOf(database, pass.personId), null, 2)}\n`,
      secret: true,
      fileName: 'my-data.json',
    });
  };

const expired =
  '链接已过期，只在 24 小时内有效。请再向小秘发送“我的数据”，即可得到新的链接。\n' +
  'This link has expired: it works for 24 hours. Send “my data” to the desk for a new one.\n';
