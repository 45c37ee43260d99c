/** The most characters of one message; personal chats publish no limit, and 600 Chinese characters pass. */
export const partLength = 600;

/** Room for "(12/34) " in front of a part. */
const numberLength = 12;

const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' });

/** Cut between what a reader sees as characters; a single one that is longer than a part is cut all the same. */
const cutAnywhere = (text: string, limit: number): string[] => {
  const pieces: string[] = [];
  let piece = '';
  for (const { segment } of graphemes.segment(text)) {
    for (const atom of segment.length > limit ? segment : [segment]) {
      if (piece.length + atom.length > limit) {
        pieces.push(piece);
        piece = '';
      }
      piece += atom;
    }
  }
  return [...pieces, piece];
};

/** Puts pieces together again as long as they fit; a piece that does not fit is cut by the next way. */
const pack = (
  pieces: readonly string[],
  limit: number,
  cutSmaller: (piece: string) => readonly string[],
): string[] => {
  const parts: string[] = [];
  let part = '';
  for (const piece of pieces.flatMap((one) => (one.length > limit ? cutSmaller(one) : [one]))) {
    if (part.length + piece.length > limit) {
      parts.push(part);
      part = '';
    }
    part += piece;
  }
  return [...parts, part];
};

/**
 * Splits a text into parts of at most `limit` characters, numbered "(1/2) " when there are several: at line
 * ends, where that is not enough at sentence ends, and only then anywhere. Only blanks at a cut are lost.
 */
export const split = (text: string, limit = partLength): readonly string[] => {
  const whole = text.trim();
  if (whole.length <= limit) return [whole];
  const room = limit - numberLength;
  const parts = pack(whole.split(/(?<=\n)/u), room, (line) =>
    pack(line.split(/(?<=[。！？；…])|(?<=[.!?;]\s)/u), room, (sentence) => cutAnywhere(sentence, room)),
  )
    .map((part) => part.trim())
    .filter((part) => part !== '');
  return parts.map((part, index) => `(${index + 1}/${parts.length}) ${part}`);
};
