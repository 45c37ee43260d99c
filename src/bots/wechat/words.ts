/** What a person said in a message: their own words, without the quoted message and without the mention. */

const entities: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
  '&amp;': '&',
};

const plain = (xml: string): string =>
  xml
    .replace(/^\s*<!\[CDATA\[([\s\S]*?)\]\]>\s*$/u, '$1')
    .replace(/&#(x?)([0-9a-f]+);/giu, (found, hexadecimal: string, digits: string) => {
      const code = Number.parseInt(digits, hexadecimal ? 16 : 10);
      return code <= 0x10ffff ? String.fromCodePoint(code) : found;
    })
    .replace(/&(?:lt|gt|quot|apos|amp);/gu, (found) => entities[found] ?? found);

/**
 * The reply of a "quote" (an app message of type 57, whose title is what was typed), or undefined when the
 * XML is anything else.
 */
export const replyInXml = (text: string): string | undefined => {
  const own = text.replace(/<refermsg>[\s\S]*<\/refermsg>/u, '');
  if (!/<appmsg[\s>]/u.test(own) || !/<type>\s*57\s*<\/type>/u.test(own)) return undefined;
  const title = /<title>([\s\S]*?)<\/title>/u.exec(own)?.[1];
  return title === undefined ? undefined : plain(title).trim();
};

/** The web and Windows clients send a quote as 「name：text」, a dashed line and the reply. */
const quoted = /^\s*「[\s\S]*?」\s*\n(?:- ?){3,}-?\s*\n/u;

export const withoutQuote = (text: string): string => replyInXml(text) ?? text.replace(quoted, '');

const escaped = (name: string): string => name.replace(/[\\^$.*+?()[\]{}|]/gu, '\\$&');

/** A client puts U+2005 after the name; people who type it by hand put a blank, a comma, or nothing. */
const end = '(?:[\\u2005\\s]+|[，,：:]\\s*|$)';

export type Mention = { readonly mentioned: boolean; readonly text: string };

/**
 * Whether one of the names is mentioned ("@name" and U+2005, a blank, a comma or the end), and the text
 * without it. `listed` says that the network itself named the bot: its name in the text may then be one we
 * don't know.
 */
export const readMention = (text: string, names: readonly string[], listed: boolean): Mention => {
  const known = names.filter((name) => name.trim() !== '').toSorted((a, b) => b.length - a.length);
  if (known.length > 0) {
    const mention = new RegExp(`[@＠](?:${known.map(escaped).join('|')})${end}`, 'gu');
    const without = text.replace(mention, '');
    if (without !== text) return { mentioned: true, text: without.trim() };
  }
  if (!listed) return { mentioned: false, text: text.trim() };
  return {
    mentioned: true,
    text: text.replace(/^\s*[@＠](?:[^\u2005\n]{1,40}\u2005|\S+(?:\s+|$))/u, '').trim(),
  };
};
