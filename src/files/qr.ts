/** QR codes: as a picture for a page or a print, and as lines for a terminal. */
import { encode, renderUnicodeCompact } from 'uqr';

// Four light modules around it: without them many readers do not find the code. Level M, and better where that
// costs no room, bears the dirt and creases of a printed badge.
const options = { border: 4, ecc: 'M', boostEcc: true } as const;

/**
 * An SVG without anything from outside, with the text itself as its title, for those who can’t see it. One unit is
 * one module. Throws a RangeError for a text that no code can hold, from about 2,300 bytes on.
 */
export const qrSvg = (text: string): string => {
  const { data, size } = encode(text.toWellFormed(), options);
  const dark = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" role="img" shape-rendering="crispEdges">`,
    `<title>${xmlText(text)}</title>`,
    `<path fill="#fff" d="M0 0h${size}v${size}h-${size}z"/>`,
    `<path d="${dark.join('')}"/>`,
    '</svg>',
  ].join('');
};

/**
 * Lines for a terminal with light letters on a dark ground: its blocks are the light modules, two rows to a line.
 * Throws a RangeError for a text that no code can hold.
 */
export const qrLines = (text: string): readonly string[] =>
  renderUnicodeCompact(text.toWellFormed(), options).split('\n');

// XML can’t hold these characters at all, not even escaped.
const xmlText = (text: string): string =>
  text
    .toWellFormed()
    .replace(/(?![\t\n])\p{Cc}|[\ufffe\uffff]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
