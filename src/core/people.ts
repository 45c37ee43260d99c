import type { Language, Text } from './text.js';

export const roles = ['contact', 'officer', 'deputy', 'finance', 'chair', 'supervisor', 'admin'] as const;
export type Role = (typeof roles)[number];

export type Seat = { readonly id: string; readonly key: string; readonly parkId: string | null };

/** Who acts, as the database knows them. Nothing in a message can add to it. */
export type Actor = {
  readonly id: string;
  readonly name: string;
  readonly language: Language;
  readonly guest: boolean;
  readonly parkId: string | null;
  readonly roles: readonly Role[];
  /** Seats that the person holds or stands in for, suspended ones left out. */
  readonly seats: readonly Seat[];
};

/** What a rule may look at of the case. */
export type Subject = {
  readonly openedBy: string;
  readonly parkId?: string | null;
  /** The people whom the case asks for something. */
  readonly concerns?: readonly string[];
};

/** Who may do something: plain data, so that a table of rights can be printed and tested. */
export type Rule =
  | { readonly kind: 'anyone' }
  | { readonly kind: 'role'; readonly roles: readonly [Role, ...Role[]] }
  | { readonly kind: 'seat' }
  | { readonly kind: 'opener' }
  | { readonly kind: 'concerned' }
  | { readonly kind: 'member' }
  | { readonly kind: 'parkContact' }
  | { readonly kind: 'oneOf'; readonly rules: readonly Rule[] };

export const anyone: Rule = { kind: 'anyone' };
/** Anybody who has one of the roles. */
export const role = (...allowed: [Role, ...Role[]]): Rule => ({ kind: 'role', roles: allowed });
/** Whoever holds a seat of the council or stands in for its holder. */
export const seatHolder: Rule = { kind: 'seat' };
/** The person who opened the case. */
export const opener: Rule = { kind: 'opener' };
/** The people whom the case asks for something: who is to accept, or to carry out. */
export const concerned: Rule = { kind: 'concerned' };
/** Anybody of a member park or on the council. */
export const member: Rule = { kind: 'member' };
/** A contact of the park that the case is about. */
export const parkContact: Rule = { kind: 'parkContact' };
export const oneOf = (...rules: Rule[]): Rule => ({ kind: 'oneOf', rules });

export const may = (rule: Rule, actor: Actor, subject: Subject | undefined): boolean => {
  switch (rule.kind) {
    case 'anyone':
      return true;
    case 'role':
      return rule.roles.some((wanted) => actor.roles.includes(wanted));
    case 'seat':
      return actor.seats.length > 0;
    case 'opener':
      return subject?.openedBy === actor.id;
    case 'concerned':
      return subject?.concerns?.includes(actor.id) ?? false;
    case 'member':
      return actor.seats.length > 0 || (!actor.guest && actor.parkId !== null);
    case 'parkContact':
      return subject?.parkId != null && subject.parkId === actor.parkId && actor.roles.includes('contact');
    case 'oneOf':
      return rule.rules.some((one) => may(one, actor, subject));
    default:
      return rule satisfies never;
  }
};

export const roleNames: Readonly<Record<Role, Text>> = {
  contact: { zh: '园区联系人', en: 'park contact' },
  officer: { zh: '秘书处经办人', en: 'secretariat officer' },
  deputy: { zh: '秘书处副手', en: 'deputy officer' },
  finance: { zh: '财务', en: 'finance' },
  chair: { zh: '理事长', en: 'chair' },
  supervisor: { zh: '监事', en: 'supervisor' },
  admin: { zh: '管理员', en: 'administrator' },
};

/** Who a rule allows, in words that finish "only … may do this". */
export const whoMay = (rule: Rule): Text => {
  switch (rule.kind) {
    case 'anyone':
      return { zh: '任何人', en: 'anyone' };
    case 'role':
      return {
        zh: rule.roles.map((one) => roleNames[one].zh).join('或'),
        en: rule.roles.map((one) => `the ${roleNames[one].en}`).join(' or '),
      };
    case 'seat':
      return { zh: '理事会席位的代表或候补代表', en: 'a council seat’s holder or alternate' };
    case 'opener':
      return { zh: '发起人本人', en: 'the person who opened it' };
    case 'concerned':
      return { zh: '当事人', en: 'the person it concerns' };
    case 'member':
      return { zh: '会员园区的代表', en: 'people of member parks' };
    case 'parkContact':
      return { zh: '该园区的联系人', en: 'a contact of that park' };
    case 'oneOf': {
      const parts = rule.rules.map(whoMay);
      return { zh: parts.map((one) => one.zh).join('或'), en: parts.map((one) => one.en).join(' or ') };
    }
    default:
      return rule satisfies never;
  }
};
