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
