/** The shape of the alliance file. What one entry says of another is checked in references.ts. */
import { IANAZone } from 'luxon';
import { z } from 'zod';
import { roles } from '../core/people.js';
import { provinceNames } from '../core/provinces.js';
import { bases } from '../core/rulebook.js';
import { forms } from '../core/rulebook-presets.js';
import { movers, silences } from '../core/rulebook-schema.js';
import { membershipPeriods, retentionSchema } from '../core/settings.js';
import { clean, languages } from '../core/text.js';
import { abstentionShape, ruleShape } from './rulebook.js';

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
  /** The first and the last day of its term, in the alliance's zone. */
  from: z.iso.date().optional(),
  until: z.iso.date().optional(),
});

const council = z.strictObject({ seats: z.array(seat).min(1) });

const matter = z.strictObject({
  id: key,
  title: text,
  /** Takes the stricter rule, where the form has one. */
  important: z.boolean().default(false),
  ...ruleShape,
});

const rulebook = z.strictObject({
  version: z.string().transform(clean).pipe(z.string().min(1).max(40)),
  form: z.enum(forms).default('association'),
  defaults: z.strictObject(ruleShape).prefault({}),
  matters: z.array(matter).min(1),
});

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
  /** Without it the usual one is in force. */
  rulebook: rulebook.optional(),
  rooms: z.array(z.discriminatedUnion('channel', [wechatRoom, slackRoom])).default([]),
  membership: membership.prefault({}),
  retention: retentionSchema.prefault({}),
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

/** The places of a file that hold a rule. */
const rulePlaces = ['rulebook/defaults', 'rulebook/matters/*'];
const inRules = <T>(entries: Readonly<Record<string, T>>): Readonly<Record<string, T>> =>
  Object.fromEntries(
    rulePlaces.flatMap((place) => Object.entries(entries).map(([key, value]) => [`${place}/${key}`, value])),
  );

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
  rulebook: Object.keys(rulebook.shape),
  'rulebook/defaults': Object.keys(ruleShape),
  'rulebook/matters/*': Object.keys(matter.shape),
  'rulebook/matters/*/title': Object.keys(text.shape),
  ...inRules({ abstention: Object.keys(abstentionShape) }),
  'rooms/*': Object.keys(slackRoom.shape),
  membership: Object.keys(membership.shape),
  retention: Object.keys(retentionSchema.shape),
};

/** Places of older files, of which the rulebook says more than they could. */
export const nowInRulebook: readonly string[] = ['council/approvals', 'membership/councilDays'];

const wantedDays = (fewest: number) => `a number of working days from ${fewest} to 90`;
const trueOrFalse = 'true or false';

const wantedInRule: Readonly<Record<string, string>> = {
  moves: `a list of who may put the matter to the council: ${movers.join(', ')}`,
  'moves/*': `one of ${movers.join(', ')}`,
  seconds: 'how many other seats have to second, a whole number from 0',
  noticeDays: wantedDays(0),
  openDays: wantedDays(1),
  challengeDays: wantedDays(0),
  quorum: '{ present: 2/3 } or { takingPart: 2/3 }, with a share from 0 to 1',
  majority:
    'simple, absolute, unanimous, { atLeast: 2/3 }, { moreThan: 1/2 }, { objections: 1 } or { objections: 1/10 }',
  base: `one of ${bases.join(', ')}`,
  abstention: 'a group such as { inQuorum: true, inBase: false, silence: nothing }',
  'abstention/inQuorum': trueOrFalse,
  'abstention/inBase': trueOrFalse,
  'abstention/silence': `one of ${silences.join(', ')}`,
  ties: 'fail or chair',
  recused: 'leave or stay',
  suspended: 'leave or stay',
  secret: trueOrFalse,
  circulation: trueOrFalse,
  meetingOnDemand: 'how many seats may demand a meeting; 0 when none can',
  changes: trueOrFalse,
  earlyClose: trueOrFalse,
  openChoices: trueOrFalse,
  proxies: 'how many seats one person may vote for as their proxy; 0 when none',
  withoutQuorum: 'a list of different steps such as [{ again: { noticeDays: 3, quorum: 1/2 } }, meet, drop]',
  'withoutQuorum/*': 'meet, circulate, drop or { again: { noticeDays: 3, quorum: 1/2 } }',
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
  'council/seats/*/from': 'the first day of the term, such as 2026-01-01',
  'council/seats/*/until': 'the last day of the term, such as 2028-12-31',
  'rulebook/version': 'the version of the rules, such as "2026-1"',
  'rulebook/form': `one of ${forms.join(', ')}`,
  'rulebook/defaults': 'the keys of a rule that all matters share',
  'rulebook/matters': 'the list of matters, among them admission',
  'rulebook/matters/*/id': 'a short id of letters, digits, dots and hyphens, such as dues',
  'rulebook/matters/*/title': 'the title in both languages: { zh: …, en: … }',
  'rulebook/matters/*/important': 'true or false',
  ...inRules(wantedInRule),
  'rooms/*/channel': 'wechat or slack',
  'rooms/*/team': 'the id of the Slack workspace, which starts with T',
  'rooms/*/id': 'the id of the room on WeChat, or of the channel on Slack, which starts with C or G',
  'rooms/*/purpose': `one of ${roomPurposes.join(', ')}`,
  'rooms/*/language': `${languages.join(' or ')}, or leave it out for both`,
};
