import { DateTime } from 'luxon';

/**
 * An instant as the clocks of a zone show it. Its digits never follow the locale of the process. Throws a
 * RangeError for a date or a zone that does not exist.
 */
export const wallClock = (at: Date, timezone: string): DateTime => {
  const there = DateTime.fromJSDate(at, { zone: timezone }).setLocale('en');
  if (!there.isValid) throw new RangeError(`No wall clock: ${there.invalidExplanation ?? timezone}`);
  return there;
};
