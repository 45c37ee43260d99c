const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });
const ellipsis = '…';

/** How long a text is for somebody: in UTF-16 units, in bytes after escaping, … */
export type Measure = (text: string) => number;
export const units: Measure = (text) => text.length;

/** The longest beginning that fits, ending in “…”, never inside a character as a reader sees it. */
export const truncate = (text: string, limit: number, measure: Measure = units): string => {
  // No measure is smaller than units, so the rest can't fit and need not be looked at.
  const head = text.slice(0, limit + 1);
  if (head.length === text.length && measure(text) <= limit) return text;
  const room = limit - measure(ellipsis);
  let [fits, tooLong] = [0, head.length + 1];
  while (tooLong - fits > 1) {
    const middle = Math.floor((fits + tooLong) / 2);
    if (measure(head.slice(0, middle)) <= room) fits = middle;
    else tooLong = middle;
  }
  return text.slice(0, boundaryBefore(text, fits)).trimEnd() + ellipsis;
};

/** Cuts a text into pieces of at most `limit` units: after a line where there is one, else between characters. */
export const pieces = (text: string, limit: number): readonly string[] => {
  if (text.length <= limit) return [text];
  const line = text.lastIndexOf('\n', limit);
  const end = line > limit / 2 ? line : boundaryBefore(text, limit) || limit;
  const [head, rest] = [text.slice(0, end).trimEnd(), text.slice(end).trimStart()];
  return [...(head === '' ? [] : [head]), ...(rest === '' ? [] : pieces(rest, limit))];
};

const window = 256;

/**
 * The last place at or before `at` between two characters. Only a window is looked at: the segmenter takes
 * seconds for long texts. A single character that fills the window is cut.
 */
const boundaryBefore = (text: string, at: number): number => {
  if (at >= text.length) return text.length;
  const from = Math.max(0, at - window);
  let found = from;
  for (const { index } of graphemes.segment(text.slice(from, at + window))) {
    if (from + index > at) break;
    found = from + index;
  }
  return found > from || from === 0 ? found : at;
};
