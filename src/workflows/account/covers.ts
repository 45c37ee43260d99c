/** Who may stand in for whom. */
import type { Db, Person } from '../../database.js';

/**
 * The people who may stand in for a person who is away: the alternates of the seats they hold, or, where there
 * are none, those who have one of their roles; a park’s contact is covered by another one of that park.
 */
export const coversFor = async (db: Db, personId: string): Promise<readonly Person[]> => {
  const { parkId, roles, held } = await db.person.findUniqueOrThrow({
    where: { id: personId },
    include: { roles: true, held: { include: { alternates: { include: { person: true } } } } },
  });
  const alternates = held.flatMap((seat) => seat.alternates.map((one) => one.person));
  if (alternates.length > 0) return alternates.filter((one, at) => firstWith(alternates, one.id) === at);
  return db.person.findMany({
    where: {
      id: { not: personId },
      guest: false,
      OR: roles.map(({ role }) => ({
        roles: { some: { role } },
        ...(role === 'contact' && { parkId }),
      })),
    },
    orderBy: { key: 'asc' },
  });
};

const firstWith = (people: readonly Person[], id: string): number => people.findIndex((one) => one.id === id);

/** Whoever was named to stand in for a person, on whichever days. */
export const coversOf = async (db: Db, personId: string): Promise<readonly string[]> => {
  const away = await db.away.findMany({ where: { personId, cancelledAt: null }, select: { coverId: true } });
  return away.map((one) => one.coverId);
};

/** The people for whom somebody was named to stand in, on whichever days. */
export const coveredBy = async (db: Db, coverId: string): Promise<readonly string[]> => {
  const away = await db.away.findMany({ where: { coverId, cancelledAt: null }, select: { personId: true } });
  return away.map((one) => one.personId);
};

/** Whether somebody is the person, or is told now in their place, since they are away. */
export const answersFor = async (
  { db, now }: { readonly db: Db; readonly now: Date },
  personId: string,
  actorId: string,
): Promise<boolean> => {
  if (personId === actorId) return true;
  const days = { from: { lte: now }, until: { gt: now } };
  return (await db.away.count({ where: { personId, coverId: actorId, cancelledAt: null, ...days } })) > 0;
};
