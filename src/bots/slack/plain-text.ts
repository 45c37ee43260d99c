/**
 * Slack's way of writing text, in both directions. On the way in a person's words carry references
 * (`<@U01|name>`, `<https://a|b>`) and three escaped characters; on the way out the same three are escaped, and
 * nothing that somebody typed can become a reference.
 */
const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const unescapes: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };

export const escapeText = (text: string): string => text.replace(/[&<>]/g, (one) => escapes[one] ?? one);

/** What the person typed. References to the bot itself are left out. */
export const plainText = (slackText: string, botUserId: string | undefined): string =>
  slackText
    .replace(/<([^<>]*)>/g, (_, reference: string) => readReference(reference, botUserId))
    .replace(/&(?:amp|lt|gt);/g, (one) => unescapes[one] ?? one)
    .trim();

const readReference = (reference: string, botUserId: string | undefined): string => {
  const bar = reference.indexOf('|');
  const target = bar === -1 ? reference : reference.slice(0, bar);
  const label = bar === -1 ? '' : reference.slice(bar + 1);
  const name = label || target.slice(1);
  switch (target.charAt(0)) {
    case '@':
      return target.slice(1) === botUserId ? '' : `@${name}`;
    case '#':
      return `#${name}`;
    case '!':
      // <!here>, <!subteam^S1|@group>, <!date^…|fallback>
      return target.startsWith('!date^') || label.startsWith('@') ? label : `@${name}`;
    default:
      // Slack makes a link of “a.cn” and of a phone number; a label of one's own keeps its address.
      return label === '' || target.includes(label) ? label || target : `${label} (${target})`;
  }
};
