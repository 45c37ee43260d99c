/** Whether two can still meet at their event. The caller holds the tables. */
import type { Message } from '../../core/message.js';
import type { World } from '../../core/workflow.js';
import type { Db } from '../../database.js';
import { answersFor } from '../account/covers.js';
import { both, type Named, type Subject } from './header.js';
import * as said from './messages/agreed.js';
import { comers } from './people.js';

/** Why the two can't meet any more: the event is over or off, or one of them does not come. */
export const whatStandsAgainst = async (db: Db, c: Named, a: Subject): Promise<Message | undefined> => {
  // Read anew: it may have changed until the tables were held.
  const event = await db.case.findUniqueOrThrow({ where: { id: a.eventId }, select: { state: true } });
  if (!['open', 'shut', 'running'].includes(event.state)) return said.eventIsOver(c, a);
  const coming = await comers(db, a.eventId, [a.askerId, a.askedId]);
  const missing = both(a).find((one) => !coming.has(one.id));
  return missing && said.doesNotCome(c, a, missing);
};

/** Whether somebody is one of the two, or stands in now for the one who was asked. */
export const isOneOfTwo = async (
  world: Pick<World, 'db' | 'now'>,
  a: Subject,
  personId: string,
): Promise<boolean> => personId === a.askerId || answersFor(world, a.askedId, personId);
