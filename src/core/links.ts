import type { Language } from './text.js';

/** The list of an event as a file: as a whole workbook, or sheet by sheet. */
export const rosterFiles = ['xlsx', 'csv', 'invitations.csv', 'outcomes.csv'] as const;
export type RosterFile = (typeof rosterFiles)[number];

/** What an address to the list of an event is good for: until then, with its titles in that language. */
export type RosterPass = { readonly eventId: string; readonly until: Date; readonly language: Language };

/** Addresses of the desk’s pages. Each is a key as well: whoever has it needs nothing else to open the page. */
export type Links = {
  /** An event as a calendar file. */
  readonly event: (eventId: string) => string;
  /** A person’s own calendar. A higher epoch gives another address, and the earlier ones open nothing. */
  readonly feed: (personId: string, epoch: number) => string;
  readonly roster: (pass: RosterPass, file: RosterFile) => string;
  /** All that the desk has on a person, as one file. */
  readonly ownData: (personId: string, until: Date) => string;
  /** The page for the entrance of an event, with the code for its door. */
  readonly door: (eventId: string) => string;
};
