/**
 * What an alliance file states, as one line per fact. The facts of the last import are kept in the database:
 * what was a fact then and is none now came from the file and has left it.
 */
import { z } from 'zod';
import { accountOf } from './references.js';
import type { AllianceFile } from './schema.js';

/** The lines. Nothing that they are made of contains a space. */
export const fact = {
  park: (park: string) => `park ${park}`,
  person: (person: string) => `person ${person}`,
  language: (person: string, language: string) => `language ${person} ${language}`,
  home: (person: string, park: string | undefined) => `home ${person} ${park ?? '-'}`,
  grant: (person: string, role: string) => `grant ${person} ${role}`,
  identity: (person: string, channel: string, account: string, id: string) =>
    `identity ${person} ${channel} ${account} ${id}`,
  seat: (seat: string) => `seat ${seat}`,
  alternate: (seat: string, person: string) => `alternate ${seat} ${person}`,
  room: (channel: string, account: string, id: string) => `room ${channel} ${account} ${id}`,
};

/** Whether a fact tells of a person. */
export const isAbout = (line: string, person: string): boolean => {
  const [kind, first, second] = line.split(' ');
  return kind === 'alternate'
    ? second === person
    : kind !== 'park' && kind !== 'seat' && kind !== 'room' && first === person;
};

/** Every fact of a file. */
export const factsOf = (file: AllianceFile): ReadonlySet<string> =>
  new Set([
    ...file.parks.map((park) => fact.park(park.id)),
    ...file.people.flatMap((person) => [
      fact.person(person.id),
      fact.language(person.id, person.language),
      fact.home(person.id, person.park),
      ...person.roles.map((role) => fact.grant(person.id, role)),
      ...person.identities.map((one) => fact.identity(person.id, one.channel, accountOf(one, file), one.id)),
    ]),
    ...file.council.seats.flatMap((seat) => [
      fact.seat(seat.id),
      ...seat.alternates.map((person) => fact.alternate(seat.id, person)),
    ]),
    ...file.rooms.map((room) => fact.room(room.channel, accountOf(room, file), room.id)),
  ]);

const kept = z.object({ fromFile: z.array(z.string()).default([]) });

/** The facts of the last import, from the stored settings. Without a record nothing counts as the file's. */
export const factsBefore = (settings: unknown): ReadonlySet<string> => {
  const read = kept.safeParse(settings ?? {});
  return new Set(read.success ? read.data.fromFile : []);
};

/** How the file has changed since the last import. */
export type Change = {
  /** Stated now, but not then. */
  readonly isNew: (line: string) => boolean;
  /** Stated then, but not now. */
  readonly hasLeft: (line: string) => boolean;
};

export const changeBetween = (before: ReadonlySet<string>, after: ReadonlySet<string>): Change => ({
  isNew: (line) => !before.has(line),
  hasLeft: (line) => before.has(line) && !after.has(line),
});
