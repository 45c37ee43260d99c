export const languages = ['zh', 'en'] as const;
export type Language = (typeof languages)[number];

/** A sentence in every language of the desk. Leaving one out does not compile. */
export type Text = Readonly<Record<Language, string>>;

/** The same words in every language: a name, a number, what a person typed. */
export const same = (words: string): Text => ({ zh: words, en: words });

/** Applies one change to every language. */
export const eachLanguage = (write: (language: Language) => string): Text => ({
  zh: write('zh'),
  en: write('en'),
});

export const joinTexts = (texts: readonly Text[], separator: Text | string): Text =>
  eachLanguage((language) =>
    texts.map((text) => text[language]).join(typeof separator === 'string' ? separator : separator[language]),
  );

/** Which language a stranger writes in: Chinese as soon as one Han character is there. */
export const languageOf = (words: string): Language => (/\p{Script=Han}/u.test(words) ? 'zh' : 'en');

// Control, zero-width and bidirectional characters carry no meaning in a name or an answer, but can make a
// line read as something else. Line breaks and tabs stay: an answer may have several lines.
const invisible = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\u2028\u2029]/gu;
const kept = new Set(['\n', '\t', '\u200d']);

/**
 * What a person typed, fit to be stored and shown: composed, without invisible characters, without blank
 * ends. A zero-width joiner is kept only between the parts of an emoji. Lone surrogates become U+FFFD.
 */
export const clean = (typed: string): string =>
  typed
    .replace(/\r\n?/g, '\n')
    .toWellFormed()
    .replace(invisible, (found) => (kept.has(found) ? found : ''))
    .replace(
      /(?<!\p{Extended_Pictographic}\ufe0f?|\p{Emoji_Modifier})\u200d|\u200d(?!\p{Extended_Pictographic})/gu,
      '',
    )
    .normalize('NFC')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
