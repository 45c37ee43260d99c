/** Finds the person that somebody names. */
import { normalise } from '../core/normalise.js';
import type { Db, Person } from '../database.js';

export type FoundPerson = Pick<Person, 'id' | 'name' | 'language' | 'parkId'>;

export type Found =
  | { readonly kind: 'one'; readonly person: FoundPerson }
  | { readonly kind: 'none' }
  | { readonly kind: 'several'; readonly people: readonly FoundPerson[] };

// What stands around a name when it is told along with something else.
const lead = /^(?:[→⇒@]|[-=]>|给|由|请|席位|to (?=.)|by (?=.)|seat (?=.))\s*/u;
const tail = /\s*(?:代为?(?:理|办|行|投票)?|顶替)$/u;

/**
 * The person of that name, or who holds the seat of that key (“s3”) or of that park. Guests are never found:
 * they choose their names themselves. With `among`, only people with these ids are.
 */
export const findPerson = async (
  db: Db,
  words: string,
  { among }: { readonly among?: readonly string[] } = {},
): Promise<Found> => {
  const people = await db.person.findMany({
    where: { guest: false, ...(among && { id: { in: [...among] } }) },
    orderBy: [{ key: 'asc' }, { id: 'asc' }],
    include: { held: { select: { key: true, park: { select: { nameZh: true, nameEn: true } } } } },
  });
  const read = (name: string): Found => {
    const isIt = (one: string | undefined) => one !== undefined && normalise(one) === name;
    const [first, ...others] =
      [
        people.filter((one) => isIt(one.name)),
        people.filter((one) => one.held.some((seat) => isIt(seat.key))),
        people.filter((one) => one.held.some(({ park }) => isIt(park?.nameZh) || isIt(park?.nameEn))),
      ].find((some) => some.length > 0) ?? [];
    if (!first) return { kind: 'none' };
    return others.length === 0
      ? { kind: 'one', person: face(first) }
      : { kind: 'several', people: [first, ...others].map(face) };
  };
  // As it was typed first: somebody’s name may well begin with one of those words.
  const plain = normalise(words);
  const found = plain === '' ? none : read(plain);
  const bare = bareName(plain);
  return found.kind === 'none' && bare !== '' && bare !== plain ? read(bare) : found;
};

const none: Found = { kind: 'none' };
const face = ({ id, name, language, parkId }: Person): FoundPerson => ({ id, name, language, parkId });

const bareName = (plain: string): string => {
  let name = plain.replace(tail, '');
  while (lead.test(name)) name = name.replace(lead, '');
  return name.trim();
};
