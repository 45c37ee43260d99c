import { PrismaPg } from '@prisma/adapter-pg';
import { Prisma, PrismaClient } from '../generated/prisma/client.js';

export type Database = PrismaClient;

// Turns wait for a free connection rather than fail when many come at once.
const transactions = { maxWait: 20_000, timeout: 20_000 };

/**
 * How many statements PostgreSQL remembers for each connection, so that it reads and plans them once. On tables that grow a
 * statement must leave it one sensible plan: see docs/performance.md.
 */
const mostRemembered = 500;

/** Names for the statements that come first; those with lists of ever other lengths would never end. */
const statementNames = () => {
  const names = new Map<string, string>();
  return ({ sql }: { readonly sql: string }): string => {
    const known = names.get(sql);
    if (known !== undefined) return known;
    if (names.size >= mostRemembered) return '';
    const name = `desk_${names.size + 1}`;
    names.set(sql, name);
    return name;
  };
};

export const openDatabase = (url: string, connections = 10): Database =>
  new PrismaClient({
    adapter: new PrismaPg(
      { connectionString: url, max: connections },
      { statementNameGenerator: statementNames() },
    ),
    transactionOptions: transactions,
    // Longer formats print the arguments of a failed query, and with them what people wrote, into the log.
    errorFormat: 'minimal',
  });

/** Whether a statement failed because what it wrote is there already. */
export const isRepeat = (error: unknown): boolean =>
  error instanceof Prisma.PrismaClientKnownRequestError &&
  (error.code === 'P2002' || JSON.stringify(error.meta ?? {}).includes('23505'));
