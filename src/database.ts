/** The database as workflows see it: the handle of the current transaction and the rows of the tables. */
import type { Prisma } from './generated/prisma/client.js';

export type Db = Prisma.TransactionClient;
export type { Application, Case, Objection, Park, Person, Seat } from './generated/prisma/client.js';
