/**
 * Brings the alliance file into the tables.
 *
 * The rule: what the file states is made so. What it stated at the last import and states no longer is taken
 * back. All else is left alone: people the desk met, accounts and roles they got later, parks that joined
 * through the desk. A person's language and park and a park's leaving may be changed by the desk as well;
 * there the file decides only when it has itself changed.
 *
 * Parks, people and seats are never deleted, since cases and the audit name them: a park that left the file has left
 * the alliance, a person who left it becomes a guest without a park, a seat has ended its term.
 */
import { randomUUID } from 'node:crypto';
import { DateTime } from 'luxon';
import type { Db } from '../database.js';
import type { Database } from '../store/database.js';
import { type Change, changeBetween, fact, factsBefore, factsOf, isAbout } from './facts.js';
import { importPeople } from './people.js';
import { accountOf, parkOfSeat } from './references.js';
import { differs, idOf, newTally, type Tally } from './rows.js';
import { rulebookOf } from './rulebook.js';
import type { AllianceFile } from './schema.js';

export type Imported = {
  readonly parks: Tally;
  readonly people: Tally;
  readonly seats: Tally;
  readonly rooms: Tally;
  /** People of the file who asked to be deleted: nothing of them was brought in. */
  readonly erased: readonly string[];
};

// Any number that no other lock of this database uses.
const importLock = 7_270_736_901;

/** Imports a checked file in one transaction. Repeatable; of two at the same time one waits for the other. */
export const importAlliance = (db: Database, file: AllianceFile, now: Date): Promise<Imported> =>
  db.$transaction(
    async (tx) => {
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(${importLock}::bigint)`;
      const last = await tx.alliance.findUnique({ where: { id: 1 } });
      const facts = factsOf(file);
      const change = changeBetween(factsBefore(last?.settings), facts);

      const parks = await importParks(tx, file, change, now);
      const parkIds = new Map((await tx.park.findMany()).map((park) => [park.key, park.id]));
      const { tally: people, personIds, erased } = await importPeople(tx, file, change, parkIds, now);
      const seats = await importSeats(tx, file, change, parkIds, personIds, now);
      const rooms = await importRooms(tx, file, change);

      const alliance = {
        nameZh: file.alliance.name.zh,
        nameEn: file.alliance.name.en,
        timezone: file.alliance.timezone,
        settings: {
          ...file.membership,
          retention: file.retention,
          rulebook: rulebookOf(file),
          fromFile: [...facts].filter((line) => !erased.some((key) => isAbout(line, key))),
        },
        importedAt: now,
      };
      await tx.alliance.upsert({ where: { id: 1 }, create: { id: 1, ...alliance }, update: alliance });
      return { parks, people, seats, rooms, erased };
    },
    { maxWait: 30_000, timeout: 120_000 },
  );

const importParks = async (db: Db, file: AllianceFile, change: Change, now: Date): Promise<Tally> => {
  const tally = newTally();
  const rows = new Map((await db.park.findMany()).map((row) => [row.key, row]));
  for (const park of file.parks) {
    const row = rows.get(park.id);
    const wanted = {
      nameZh: park.name.zh,
      nameEn: park.name.en,
      province: park.province,
      specialties: park.specialties,
      ...(change.isNew(fact.park(park.id)) && { leftAt: null }),
    };
    if (!row) {
      await db.park.create({ data: { id: randomUUID(), key: park.id, joinedAt: now, ...wanted } });
      tally.added += 1;
    } else if (differs(row, wanted)) {
      await db.park.update({ where: { id: row.id }, data: wanted });
      tally.changed += 1;
    } else tally.unchanged += 1;
  }
  for (const row of rows.values()) {
    if (!change.hasLeft(fact.park(row.key)) || row.leftAt) continue;
    await db.park.update({ where: { id: row.id }, data: { leftAt: now } });
    tally.removed += 1;
  }
  return tally;
};

/** The first instant of a seat's term and the first one after it; the file names the first and the last day. */
const termOf = ({ from, until }: AllianceFile['council']['seats'][number], zone: string) => {
  const day = (date: string) => DateTime.fromISO(date, { zone }).startOf('day');
  return {
    termFrom: from === undefined ? null : day(from).toJSDate(),
    termUntil: until === undefined ? null : day(until).plus({ days: 1 }).startOf('day').toJSDate(),
  };
};

const importSeats = async (
  db: Db,
  file: AllianceFile,
  change: Change,
  parkIds: ReadonlyMap<string, string>,
  personIds: ReadonlyMap<string, string>,
  now: Date,
): Promise<Tally> => {
  const tally = newTally();
  const rows = new Map(
    (await db.seat.findMany({ include: { alternates: { include: { person: true } } } })).map((row) => [
      row.key,
      row,
    ]),
  );
  for (const seat of file.council.seats) {
    const park = parkOfSeat(seat, file);
    const wanted = {
      class: seat.class,
      parkId: park === undefined ? null : idOf(parkIds, park),
      holderId: idOf(personIds, seat.holder),
      ...termOf(seat, file.alliance.timezone),
    };
    const row = rows.get(seat.id);
    const id = row?.id ?? randomUUID();
    const present = row?.alternates ?? [];
    const gone = present
      .filter(({ person }) => person.key !== null && change.hasLeft(fact.alternate(seat.id, person.key)))
      .map((one) => one.personId);
    const come = seat.alternates
      .map((one) => idOf(personIds, one))
      .filter((one) => present.every(({ personId }) => personId !== one));

    if (!row) {
      await db.seat.create({ data: { id, key: seat.id, ...wanted } });
      tally.added += 1;
    } else if (differs(row, wanted)) {
      await db.seat.update({ where: { id }, data: wanted });
      tally.changed += 1;
    } else if (gone.length + come.length > 0) tally.changed += 1;
    else tally.unchanged += 1;
    if (gone.length > 0) await db.alternate.deleteMany({ where: { seatId: id, personId: { in: gone } } });
    if (come.length > 0)
      await db.alternate.createMany({ data: come.map((personId) => ({ seatId: id, personId })) });
  }
  for (const row of rows.values()) {
    if (!change.hasLeft(fact.seat(row.key))) continue;
    await db.alternate.deleteMany({ where: { seatId: row.id } });
    // Rolls and votes name it: a seat that has left the file has ended its term.
    await db.seat.update({ where: { id: row.id }, data: { termUntil: now } });
    tally.removed += 1;
  }
  return tally;
};

const importRooms = async (db: Db, file: AllianceFile, change: Change): Promise<Tally> => {
  const tally = newTally();
  const nameOf = (room: { channel: string; account: string; externalId: string }) =>
    fact.room(room.channel, room.account, room.externalId);
  const rows = new Map((await db.room.findMany()).map((row) => [nameOf(row), row]));
  for (const room of file.rooms) {
    const address = { channel: room.channel, account: accountOf(room, file), externalId: room.id };
    const wanted = { purpose: room.purpose, language: room.language ?? null };
    const row = rows.get(nameOf(address));
    if (!row) {
      await db.room.create({ data: { id: randomUUID(), ...address, ...wanted } });
      tally.added += 1;
    } else if (differs(row, wanted)) {
      await db.room.update({ where: { id: row.id }, data: wanted });
      tally.changed += 1;
    } else tally.unchanged += 1;
  }
  for (const [name, row] of rows) {
    if (!change.hasLeft(name)) continue;
    await db.room.delete({ where: { id: row.id } });
    tally.removed += 1;
  }
  return tally;
};
