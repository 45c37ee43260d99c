/** The shape of the alliance file. What one entry says of another is checked in references.ts. */
import { IANAZone } from 'luxon';
import { z } from 'zod';
import { roles } from '../core/people.js';
import { provinceNames } from '../core/provinces.js';
import { membershipPeriods } from '../core/settings.js';
import { clean, languages } from '../core/text.js';

export const seatClasses = ['park', 'government', 'expert'] as const;
export const roomPurposes = ['council', 'secretariat', 'members'] as const;

/** A name that the file gives to an entry. Never changed afterwards: it is how a later import finds the entry. */
const key = z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]{0,63}$/u);
const name = z.string().transform(clean).pipe(z.string().min(1).max(100));
const text = z.strictObject({ zh: name, en: name });
const language = z.enum(languages);

const wechatId = z.string().regex(/^\S{1,128}$/);
const slackId = (kinds: string) => z.string().regex(new RegExp(`^[${kinds}][A-Z0-9]{1,31}$`));
const team = slackId('TE');

const alliance = z.strictObject({ name: text, timezone: z.string().refine(IANAZone.isValidZone) });

const park = z.strictObject({
  id: key,
  name: text,
  province: z.enum(provinceNames),
  specialties: z.array(name).default([]),
});

const wechatIdentity = z.strictObject({ channel: z.literal('wechat'), id: wechatId });
const slackIdentity = z.strictObject({ channel: z.literal('slack'), team, id: slackId('UW') });

const person = z.strictObject({
  id: key,
  name,
  language,
  park: key.optional(),
  roles: z.array(z.enum(roles)).default([]),
  identities: z.array(z.discriminatedUnion('channel', [wechatIdentity, slackIdentity])).default([]),
});

const seat = z.strictObject({
  id: key,
  class: z.enum(seatClasses),
  holder: key,
  alternates: z.array(key).default([]),
  /** The park that the seat speaks for, where it is not the holder's. */
  park: key.optional(),
});

const council = z.strictObject({ seats: z.array(seat).min(1), approvals: z.int().min(1) });

/** Without a language, posts carry both. */
const roomOf = { purpose: z.enum(roomPurposes), language: language.optional() };
const wechatRoom = z.strictObject({ channel: z.literal('wechat'), id: wechatId, ...roomOf });
const slackRoom = z.strictObject({
  channel: z.literal('slack'),
  /** May be left out when the whole file knows one team. */
  team: team.optional(),
  id: slackId('CG'),
  ...roomOf,
});

const membership = z.strictObject(membershipPeriods);

export const fileSchema = z.strictObject({
  alliance,
  parks: z.array(park),
  people: z.array(person),
  council,
  rooms: z.array(z.discriminatedUnion('channel', [wechatRoom, slackRoom])).default([]),
  membership: membership.prefault({}),
});

export type AllianceFile = z.output<typeof fileSchema>;
export type FilePerson = AllianceFile['people'][number];
export type FileIdentity = FilePerson['identities'][number];
export type FileRoom = AllianceFile['rooms'][number];

/** A place in the file; positions in lists as numbers. */
export type Path = readonly (string | number)[];

/** A place without its positions, such as `people/…/roles`. */
export const patternOf = (path: Path): string =>
  path.map((step) => (typeof step === 'number' ? '*' : step)).join('/');

/** The keys that may be written in a place, by its pattern. */
export const keysAt: Readonly<Record<string, readonly string[]>> = {
  '': Object.keys(fileSchema.shape),
  alliance: Object.keys(alliance.shape),
  'alliance/name': Object.keys(text.shape),
  'parks/*': Object.keys(park.shape),
  'parks/*/name': Object.keys(text.shape),
  'people/*': Object.keys(person.shape),
  'people/*/identities/*': Object.keys(slackIdentity.shape),
  council: Object.keys(council.shape),
  'council/seats/*': Object.keys(seat.shape),
  'rooms/*': Object.keys(slackRoom.shape),
  membership: Object.keys(membership.shape),
};

/** What belongs in a place, to finish the sentence "Write …". */
export const wantedAt: Readonly<Record<string, string>> = {
  'alliance/timezone': 'a time zone such as Asia/Shanghai',
  'alliance/name': 'the name in both languages: { zh: …, en: … }',
  'parks/*/id': 'a short id of letters, digits, dots and hyphens, such as taoxichuan',
  'parks/*/name': 'the name in both languages: { zh: …, en: … }',
  'parks/*/province': `one of ${provinceNames.join(' ')}`,
  'parks/*/specialties': 'a list such as [ceramics, design]',
  'people/*/id': 'a short id of letters, digits, dots and hyphens, such as contact-1',
  'people/*/name': 'the person’s name, at most 100 characters',
  'people/*/language': `the language that the desk uses with the person: ${languages.join(' or ')}`,
  'people/*/roles': `a list of roles: ${roles.join(', ')}`,
  'people/*/roles/*': `one of ${roles.join(', ')}`,
  'people/*/identities': 'a list such as [{ channel: wechat, id: … }, { channel: slack, team: T…, id: U… }]',
  'people/*/identities/*': '{ channel: wechat, id: … } or { channel: slack, team: T…, id: U… }',
  'people/*/identities/*/channel': 'wechat or slack',
  'people/*/identities/*/team':
    'the id of the Slack workspace, which starts with T; Slack user ids are unique only within it',
  'people/*/identities/*/id': 'the contact id on WeChat, or the member id on Slack, which starts with U or W',
  'council/seats': 'the list of seats, at least one',
  'council/seats/*/id': 'a short id of letters, digits, dots and hyphens, such as s1',
  'council/seats/*/class': `one of ${seatClasses.join(', ')}`,
  'council/seats/*/holder': 'the id of the person who holds the seat',
  'council/seats/*/alternates': 'a list of ids of people',
  'council/approvals': 'how many seats have to approve, a whole number from 1',
  'rooms/*/channel': 'wechat or slack',
  'rooms/*/team': 'the id of the Slack workspace, which starts with T',
  'rooms/*/id': 'the id of the room on WeChat, or of the channel on Slack, which starts with C or G',
  'rooms/*/purpose': `one of ${roomPurposes.join(', ')}`,
  'rooms/*/language': `${languages.join(' or ')}, or leave it out for both`,
};
