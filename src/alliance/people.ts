/** The part of the import that is about people: who they are, where they write from, what they may do. */
import { randomUUID } from 'node:crypto';
import type { Db } from '../database.js';
import { erasedKey } from '../people/erase.js';
import { joinTo } from '../people/join.js';
import { type Change, fact } from './facts.js';
import { accountOf } from './references.js';
import { differs, idOf, newTally, type Tally } from './rows.js';
import type { AllianceFile, FilePerson } from './schema.js';

/**
 * Imports the people with their accounts and roles; `personIds` has the ids of all people of the file. Those who asked
 * to be deleted stay so: `erased` has their keys, which are to be taken out of the file.
 */
export const importPeople = async (
  db: Db,
  file: AllianceFile,
  change: Change,
  parkIds: ReadonlyMap<string, string>,
  now: Date,
): Promise<{
  readonly tally: Tally;
  readonly personIds: ReadonlyMap<string, string>;
  readonly erased: readonly string[];
}> => {
  const personIds = new Map<string, string>();
  const outcomes = new Map<string, Outcome>();
  const erased: string[] = [];
  for (const person of file.people) {
    const gone = await db.person.findUnique({ where: { key: erasedKey(person.id) }, select: { id: true } });
    if (gone) {
      personIds.set(person.id, gone.id);
      erased.push(person.id);
      continue;
    }
    const parkId = person.park === undefined ? null : idOf(parkIds, person.park);
    const { id, outcome } = await importPerson(
      db,
      person,
      parkId,
      addressesOf(person, file, change),
      change,
      now,
    );
    personIds.set(person.id, id);
    outcomes.set(person.id, outcome);
  }
  // After all people, so that an account which goes from one to another is moved and not made anew.
  for (const [key, outcome] of await takeBack(db, change)) {
    if (outcomes.get(key) !== 'added') outcomes.set(key, outcome);
  }
  const tally = newTally();
  for (const outcome of outcomes.values()) tally[outcome] += 1;
  return { tally, personIds, erased };
};

type Outcome = keyof Tally;

type Address = {
  readonly channel: 'slack' | 'wechat';
  readonly account: string;
  readonly externalId: string;
};

/** The accounts that the file newly states: one that was replaced at the desk since does not come back. */
const addressesOf = (person: FilePerson, file: AllianceFile, change: Change): readonly Address[] =>
  person.identities
    .map((one) => ({ channel: one.channel, account: accountOf(one, file), externalId: one.id }))
    .filter((one) => change.isNew(fact.identity(person.id, one.channel, one.account, one.externalId)));

const importPerson = async (
  db: Db,
  person: FilePerson,
  parkId: string | null,
  addresses: readonly Address[],
  change: Change,
  now: Date,
): Promise<{ readonly id: string; readonly outcome: Outcome }> => {
  const identities = await db.identity.findMany({ where: { OR: [...addresses] }, include: { person: true } });
  const met = identities.map((one) => one.person).filter((one) => one.key === null);
  const row = await db.person.findUnique({ where: { key: person.id } });
  const wanted = { key: person.id, name: person.name, language: person.language, guest: false, parkId };

  // Someone the desk has met under one of these accounts is this person, and stays the same row: so their
  // cases, dialogues and offers stay theirs.
  const known = row ?? met[0];
  const id = known?.id ?? randomUUID();
  const { language, parkId: park, ...always } = wanted;
  const written =
    row === null
      ? wanted
      : {
          ...always,
          ...(change.isNew(fact.language(person.id, language)) && { language }),
          ...(change.isNew(fact.home(person.id, person.park)) && { parkId: park }),
        };
  const rowChanges = known !== undefined && differs(known, written);
  if (!known) await db.person.create({ data: { id, createdAt: now, ...wanted } });
  else if (rowChanges) await db.person.update({ where: { id }, data: written });

  const others = new Set(met.map((one) => one.id).filter((one) => one !== id));
  for (const other of others) await joinTo(db, other, id);

  const strays = identities.filter((one) => one.personId !== id && !others.has(one.personId));
  await db.identity.updateMany({
    where: { id: { in: strays.map((one) => one.id) } },
    data: { personId: id },
  });
  const missing = addresses.filter(
    (address) =>
      !identities.some(
        (one) =>
          one.channel === address.channel &&
          one.account === address.account &&
          one.externalId === address.externalId,
      ),
  );
  await db.identity.createMany({ data: missing.map((one) => ({ personId: id, ...one })) });
  const granted = await db.grant.createMany({
    data: person.roles.map((role) => ({ personId: id, role })),
    skipDuplicates: true,
  });

  const changed = rowChanges || others.size + strays.length + missing.length + granted.count > 0;
  return { id, outcome: !known ? 'added' : changed ? 'changed' : 'unchanged' };
};

/** Takes back accounts and roles that have left the file, and makes guests of the people who have. */
const takeBack = async (db: Db, change: Change): Promise<ReadonlyMap<string, Outcome>> => {
  const people = await db.person.findMany({
    where: { key: { not: null } },
    include: { identities: true, roles: true },
  });
  const touched = new Map<string, Outcome>();
  for (const { id, key, guest, identities, roles } of people) {
    if (key === null) continue;
    const accounts = identities.filter((one) =>
      change.hasLeft(fact.identity(key, one.channel, one.account, one.externalId)),
    );
    const grants = roles.filter((one) => change.hasLeft(fact.grant(key, one.role)));
    if (accounts.length > 0) {
      await db.identity.deleteMany({ where: { id: { in: accounts.map((one) => one.id) } } });
    }
    if (grants.length > 0) {
      await db.grant.deleteMany({ where: { personId: id, role: { in: grants.map((one) => one.role) } } });
    }
    if (change.hasLeft(fact.person(key)) && !guest) {
      await db.person.update({ where: { id }, data: { guest: true, parkId: null } });
      touched.set(key, 'removed');
    } else if (accounts.length + grants.length > 0) touched.set(key, 'changed');
  }
  return touched;
};
