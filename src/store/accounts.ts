/** Accounts on the networks, and the people behind them. */
import { z } from 'zod';
import type { ChannelName } from '../core/input.js';
import type { Db } from '../database.js';

const roles = z.enum(['contact', 'officer', 'deputy', 'finance', 'chair', 'supervisor', 'admin']);
const people = z.array(
  z.object({
    id: z.string(),
    name: z.string(),
    language: z.enum(['zh', 'en']),
    guest: z.boolean(),
    parkId: z.string().nullable(),
    roles: z.array(roles),
    seats: z.array(z.object({ id: z.string(), key: z.string(), parkId: z.string().nullable() })),
  }),
);
export type Speaker = z.output<typeof people>[number];

/**
 * Notes that an account has spoken, and finds its person with the roles, and the seats that they hold or stand in for
 * now: one statement, since every turn begins with it. Undefined for an account that is not known.
 */
export const speakerOf = async (
  db: Db,
  account: { readonly channel: ChannelName; readonly account: string; readonly externalId: string },
  now: Date,
): Promise<Speaker | undefined> => {
  const [person] = people.parse(
    await db.$queryRaw`
      WITH account AS (
        UPDATE "Identity" SET "lastSpokeAt" = ${now}
        WHERE channel = ${account.channel}::"Channel" AND account = ${account.account}
          AND "externalId" = ${account.externalId}
        RETURNING "personId"
      )
      SELECT person.id::text, person.name, person.language::text, person.guest, person."parkId"::text,
        ARRAY(SELECT role::text FROM "Grant" WHERE "personId" = person.id) AS roles,
        (
          SELECT coalesce(
            jsonb_agg(
              jsonb_build_object('id', seat.id, 'key', seat.key, 'parkId', seat."parkId")
              ORDER BY seat."holderId" = person.id DESC, seat.key
            ),
            '[]'
          )
          FROM "Seat" seat
          WHERE seat.id IN (
              SELECT id FROM "Seat" WHERE "holderId" = person.id
              UNION ALL SELECT "seatId" FROM "Alternate" WHERE "personId" = person.id
            )
            AND seat."suspendedAt" IS NULL
            AND (seat."termFrom" IS NULL OR seat."termFrom" <= ${now})
            AND (seat."termUntil" IS NULL OR seat."termUntil" > ${now})
        ) AS seats
      FROM account JOIN "Person" person ON person.id = account."personId"`,
  );
  return person;
};
