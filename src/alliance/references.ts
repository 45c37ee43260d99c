/** What the entries of an alliance file say of each other: every name is known, nothing is there twice. */
import { didYouMean } from './closest.js';
import { findingsInRulebook } from './rulebook.js';
import type { AllianceFile, FileIdentity, FileRoom, Path } from './schema.js';

export type Finding = { readonly path: Path; readonly message: string; readonly remedy: string };

/** The account that an identity or a room is known under: the Slack team; empty on WeChat. */
export const accountOf = (entry: FileIdentity | FileRoom, file: AllianceFile): string => {
  switch (entry.channel) {
    case 'wechat':
      return '';
    case 'slack':
      return entry.team ?? teamsOf(file)[0] ?? '';
    default:
      return entry satisfies never;
  }
};

/** The park that a seat speaks for: its own, or else its holder's when it is a park's seat. */
export const parkOfSeat = (seat: AllianceFile['council']['seats'][number], file: AllianceFile) =>
  seat.park ?? (seat.class === 'park' ? file.people.find((one) => one.id === seat.holder)?.park : undefined);

export const findingsIn = (file: AllianceFile): readonly Finding[] => [
  ...twice(file.parks, ['parks'], 'park'),
  ...twice(file.people, ['people'], 'person'),
  ...twice(file.council.seats, ['council', 'seats'], 'seat'),
  ...twice(file.rulebook?.matters ?? [], ['rulebook', 'matters'], 'matter'),
  ...inPeople(file),
  ...inIdentities(file),
  ...inCouncil(file),
  ...findingsInRulebook(file),
  ...inRooms(file),
];

const teamsOf = (file: AllianceFile): readonly string[] => [
  ...new Set(
    [...file.people.flatMap((person) => person.identities), ...file.rooms].flatMap((entry) =>
      entry.channel === 'slack' && entry.team !== undefined ? [entry.team] : [],
    ),
  ),
];

const idsOf = (entries: readonly { readonly id: string }[]): readonly string[] =>
  entries.map((one) => one.id);

const twice = (entries: readonly { readonly id: string }[], path: Path, noun: string): readonly Finding[] =>
  entries.flatMap(({ id }, at) =>
    entries.findIndex((one) => one.id === id) < at
      ? [
          {
            path: [...path, at, 'id'],
            message: `There is another ${noun} “${id}”.`,
            remedy: 'Give each its own id.',
          },
        ]
      : [],
  );

const unknown = (id: string, known: readonly string[], noun: string, path: Path): readonly Finding[] =>
  known.includes(id)
    ? []
    : [
        {
          path,
          message: `There is no ${noun} “${id}”.`,
          remedy: `${didYouMean(id, known)}Use the id of a ${noun} in this file, or add the ${noun}.`,
        },
      ];

const inPeople = (file: AllianceFile): readonly Finding[] => {
  const parks = idsOf(file.parks);
  const findings = file.people.flatMap((person, at): readonly Finding[] => [
    ...(person.park === undefined ? [] : unknown(person.park, parks, 'park', ['people', at, 'park'])),
    ...(person.roles.includes('contact') && person.park === undefined
      ? [
          {
            path: ['people', at],
            message: `${person.name} is a contact, but of no park.`,
            remedy: 'Add “park:” with the park’s id, or leave the role out.',
          },
        ]
      : []),
  ]);
  if (file.people.some((person) => person.roles.includes('officer'))) return findings;
  return [
    ...findings,
    {
      path: ['people'],
      message: 'Nobody is an officer, so nobody would take care of applications.',
      remedy: 'Give at least one person the role officer.',
    },
  ];
};

const inIdentities = (file: AllianceFile): readonly Finding[] => {
  const owners = new Map<string, string>();
  return file.people.flatMap((person, at) =>
    person.identities.flatMap((identity, place): readonly Finding[] => {
      const address = `${identity.channel} ${accountOf(identity, file)} ${identity.id}`;
      const owner = owners.get(address);
      owners.set(address, owner ?? person.name);
      return owner === undefined
        ? []
        : [
            {
              path: ['people', at, 'identities', place],
              message: `The ${identity.channel} account ${identity.id} is already ${owner}’s.`,
              remedy: 'Leave it with the one person who uses it: the desk knows people by their accounts.',
            },
          ];
    }),
  );
};

const inCouncil = (file: AllianceFile): readonly Finding[] => {
  const { seats } = file.council;
  const people = idsOf(file.people);
  const parks = idsOf(file.parks);
  return seats.flatMap((seat, at): readonly Finding[] => {
    const path = ['council', 'seats', at];
    const elsewhere = seats.slice(0, at).find((one) => one.holder === seat.holder);
    return [
      ...unknown(seat.holder, people, 'person', [...path, 'holder']),
      ...(seat.park === undefined ? [] : unknown(seat.park, parks, 'park', [...path, 'park'])),
      ...(elsewhere === undefined
        ? []
        : [
            {
              path: [...path, 'holder'],
              message: `“${seat.holder}” already holds the seat ${elsewhere.id}.`,
              remedy:
                'Name another holder: a person holds one seat, and may stand in for others as an alternate.',
            },
          ]),
      ...(seat.class === 'park' && people.includes(seat.holder) && parkOfSeat(seat, file) === undefined
        ? [
            {
              path,
              message: `The seat ${seat.id} is a park’s, but its holder belongs to no park.`,
              remedy: 'Add “park:” to the seat or to its holder.',
            },
          ]
        : []),
      // Days in ISO form sort as they follow each other.
      ...(seat.from !== undefined && seat.until !== undefined && seat.from > seat.until
        ? [
            {
              path: [...path, 'until'],
              message: `The term of the seat ${seat.id} ends on ${seat.until}, before it begins on ${seat.from}.`,
              remedy: 'Correct one of the two days.',
            },
          ]
        : []),
      ...seat.alternates.flatMap((alternate, place): readonly Finding[] => [
        ...unknown(alternate, people, 'person', [...path, 'alternates', place]),
        ...(alternate === seat.holder || seat.alternates.indexOf(alternate) < place
          ? [
              {
                path: [...path, 'alternates', place],
                message: `“${alternate}” is named twice for the seat ${seat.id}.`,
                remedy: 'Name each person once, as holder or as alternate.',
              },
            ]
          : []),
      ]),
    ];
  });
};

const inRooms = (file: AllianceFile): readonly Finding[] => {
  const teams = teamsOf(file);
  const known = new Set<string>();
  return file.rooms.flatMap((room, at): readonly Finding[] => {
    if (room.channel === 'slack' && room.team === undefined && teams.length !== 1) {
      return [
        {
          path: ['rooms', at],
          message: `It is not clear which Slack workspace has the channel ${room.id}.`,
          remedy: 'Add “team: T…” to the room; it may be left out only when the file names exactly one team.',
        },
      ];
    }
    const address = `${room.channel} ${accountOf(room, file)} ${room.id}`;
    if (!known.has(address)) {
      known.add(address);
      return [];
    }
    return [
      {
        path: ['rooms', at, 'id'],
        message: `The room ${room.id} is there twice.`,
        remedy: 'Give each room one purpose; leave the other entry out.',
      },
    ];
  });
};
