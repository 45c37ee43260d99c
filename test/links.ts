import type { Links } from '../src/core/links.js';

/** Addresses by number, in the order in which they are first given out, so that transcripts stay the same. */
export const testLinks = (): Links => {
  const given = new Map<string, number>();
  const numberOf = (what: string): number => {
    const number = given.get(what) ?? given.size + 1;
    given.set(what, number);
    return number;
  };
  const base = 'https://desk.example';
  return {
    event: (eventId) => `${base}/calendar/pass-${numberOf(`event ${eventId}`)}.ics`,
    feed: (personId, epoch) => `${base}/calendar/pass-${numberOf(`feed ${personId} ${epoch}`)}.ics`,
    roster: ({ eventId, until, language }, file) =>
      `${base}/roster/pass-${numberOf(`roster ${eventId} ${until.getTime()} ${language}`)}.${file}`,
    ownData: (personId, until) =>
      `${base}/my-data/pass-${numberOf(`own ${personId} ${until.getTime()}`)}.json`,
    door: (eventId) => `${base}/door/pass-${numberOf(`door ${eventId}`)}`,
  };
};
