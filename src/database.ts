/** The database as workflows see it: the handle of the current transaction and the rows of the tables. */
import type { Prisma } from './generated/prisma/client.js';

export type Db = Prisma.TransactionClient;
export type {
  Application,
  Away,
  Ballot,
  Case,
  LinkCode,
  Meeting,
  Minutes,
  MinutesReply,
  Motion,
  Objection,
  Park,
  Person,
  Presence,
  Proxy,
  Rebind,
  Seat,
  Task,
  Vote,
} from './generated/prisma/client.js';
