/** The database as workflows see it: the handle of the current transaction and the rows of the tables. */
import type { Prisma } from './generated/prisma/client.js';

export type Db = Prisma.TransactionClient;
/** A condition on cases and on what workflows keep of them. */
export type CaseFilter = Prisma.CaseWhereInput;
export type {
  Application,
  Appointment,
  Attendee,
  Away,
  Ballot,
  Case,
  Chain,
  Consent,
  Event,
  FollowUp,
  Invitation,
  LinkCode,
  Meeting,
  Minutes,
  MinutesReply,
  Motion,
  Objection,
  Park,
  Party,
  Person,
  Presence,
  Proxy,
  Rebind,
  Seat,
  Task,
  Ticket,
  Vote,
} from './generated/prisma/client.js';
