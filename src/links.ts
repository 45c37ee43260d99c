/** The addresses of the desk’s pages. What an address opens is written in it, and signed with the desk’s key. */
import { timingSafeEqual } from 'node:crypto';
import type { Links, RosterPass } from './core/links.js';
import { languages } from './core/text.js';
import type { Vault } from './core/vault.js';

/** What an address opens. */
export type Pass =
  | { readonly kind: 'event'; readonly eventId: string }
  | { readonly kind: 'feed'; readonly personId: string; readonly epoch: number }
  | ({ readonly kind: 'roster' } & RosterPass)
  | { readonly kind: 'ownData'; readonly personId: string; readonly until: Date }
  | { readonly kind: 'door'; readonly eventId: string };

export type Passes = {
  readonly sign: (pass: Pass) => string;
  /** Undefined for what the desk did not sign. Whether it is out of date is the reader’s to see. */
  readonly read: (token: string) => Pass | undefined;
};

// 192 bits of the signature: more than can be guessed, and short enough for an address in a chat.
const signatureLength = 32;

export const openPasses = (vault: Pick<Vault, 'digest'>): Passes => {
  const signatureOf = (claims: string): Buffer =>
    Buffer.from(vault.digest(`pass ${claims}`).slice(0, signatureLength));
  return {
    sign: (pass) => {
      const claims = claimsOf(pass);
      return `${claims}.${signatureOf(claims)}`;
    },
    read: (token) => {
      const [, claims, signature] = /^([\w.-]{1,100})\.([\w-]{32})$/.exec(token) ?? [];
      if (claims === undefined || signature === undefined) return undefined;
      return timingSafeEqual(Buffer.from(signature), signatureOf(claims)) ? passOf(claims) : undefined;
    },
  };
};

const claimsOf = (pass: Pass): string => {
  switch (pass.kind) {
    case 'event':
      return `e.${short(pass.eventId)}`;
    case 'feed':
      return `f.${short(pass.personId)}.${pass.epoch}`;
    case 'roster':
      return `r.${short(pass.eventId)}.${pass.until.getTime()}.${pass.language}`;
    case 'ownData':
      return `p.${short(pass.personId)}.${pass.until.getTime()}`;
    case 'door':
      return `d.${short(pass.eventId)}`;
    default:
      return pass satisfies never;
  }
};

const passOf = (claims: string): Pass | undefined => {
  const [kind, id = '', number, word] = claims.split('.');
  switch (kind) {
    case 'e':
      return { kind: 'event', eventId: long(id) };
    case 'f':
      return { kind: 'feed', personId: long(id), epoch: Number(number) };
    case 'r': {
      const language = languages.find((one) => one === word);
      return language && { kind: 'roster', eventId: long(id), until: new Date(Number(number)), language };
    }
    case 'p':
      return { kind: 'ownData', personId: long(id), until: new Date(Number(number)) };
    case 'd':
      return { kind: 'door', eventId: long(id) };
    default:
      return undefined;
  }
};

/** A UUID in 22 characters instead of 36. */
const short = (uuid: string): string => Buffer.from(uuid.replaceAll('-', ''), 'hex').toString('base64url');
const long = (id: string): string =>
  Buffer.from(id, 'base64url')
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

/** `base` gives the address of the desk without a slash at its end, once that is known. */
export const openLinks = (passes: Passes, base: () => string): Links => ({
  event: (eventId) => `${base()}/calendar/${passes.sign({ kind: 'event', eventId })}.ics`,
  feed: (personId, epoch) => `${base()}/calendar/${passes.sign({ kind: 'feed', personId, epoch })}.ics`,
  roster: (pass, file) => `${base()}/roster/${passes.sign({ kind: 'roster', ...pass })}.${file}`,
  ownData: (personId, until) => `${base()}/my-data/${passes.sign({ kind: 'ownData', personId, until })}.json`,
  door: (eventId) => `${base()}/door/${passes.sign({ kind: 'door', eventId })}`,
});
