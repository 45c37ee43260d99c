/** An event on a real desk, whose addresses lead to a real server of its pages. */
import { openLinks, openPasses, type Passes } from '../../src/links.js';
import { openLog } from '../../src/log.js';
import { pageRoutes } from '../../src/pages/routes.js';
import { openWeb } from '../../src/web.js';
import type { Someone } from '../desk/workshop.js';
import { type EventAsked, type Guest, type Hall, openHall } from '../event/hall.js';
import { testVault } from '../vault.js';

export type Scene = Omit<Hall, 'end'> & {
  readonly passes: Passes;
  readonly base: string;
  readonly guest: (number: number) => Guest;
  /** The addresses in what the desk answers. */
  readonly linksIn: (who: Someone, text: string) => Promise<readonly string[]>;
  readonly linkIn: (who: Someone, text: string) => Promise<string>;
  readonly end: () => Promise<void>;
};

export const openScene = async (people: number, asked: EventAsked): Promise<Scene> => {
  const passes = openPasses(testVault());
  let base = '';
  const hall = await openHall(
    people,
    asked,
    openLinks(passes, () => base),
  );
  const routes = new Map(pageRoutes({ database: hall.database, clock: hall, passes }));
  const web = await openWeb('127.0.0.1', { number: 0, named: true }, routes, openLog('silent'));
  base = `http://127.0.0.1:${web.port}`;
  const linksIn = async (who: Someone, text: string) =>
    [...(await hall.talk(who, text)).join('\n').matchAll(/^https?:\/\/\S+$/gm)].map(([link]) => link);
  return {
    ...hall,
    passes,
    base,
    guest: (number) => {
      const one = hall.guests[number];
      if (!one) throw new Error(`no guest ${number}`);
      return one;
    },
    linksIn,
    linkIn: async (who, text) => {
      const [link] = await linksIn(who, text);
      if (link === undefined) throw new Error(`no address in the answer to “${text}”`);
      return link;
    },
    end: async () => {
      await web.close();
      await hall.end();
    },
  };
};
