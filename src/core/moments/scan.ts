import { chineseReaders } from './chinese.js';
import { englishReaders, readWithChrono } from './english.js';
import { numericReaders } from './numeric.js';
import type { Part, Reader, Scene } from './part.js';

const readers: readonly Reader[] = [...chineseReaders, ...numericReaders, ...englishReaders];

const readAt = (words: string, at: number, scene: Scene, all: readonly Reader[]) => {
  for (const { pattern, read } of all) {
    pattern.lastIndex = at;
    const found = pattern.exec(words);
    const parts = found && read(found.groups ?? {}, scene);
    if (parts) return { parts, end: at + found[0].length };
  }
  return undefined;
};

/**
 * The parts of normalised words in the order in which they are said; `more` readers come first. Undefined when a
 * word among them is not understood.
 */
export const scan = (
  words: string,
  scene: Scene,
  more: readonly Reader[] = [],
): readonly Part[] | undefined => {
  const all = [...more, ...readers];
  const parts: Part[] = [];
  let rest = '';
  let restAt = 0;
  // What the readers leave of one end is a day of that end: “Dec 1 9am - Dec 2 5pm”.
  const flush = (): boolean => {
    if (rest === '') return true;
    const day = readWithChrono(rest.trim(), scene);
    if (!day) return false;
    parts.splice(restAt, 0, day);
    rest = '';
    return true;
  };
  let at = 0;
  while (at < words.length) {
    const piece = readAt(words, at, scene, all);
    if (piece) {
      if (piece.parts.some((part) => part.kind === 'to') && !flush()) return undefined;
      parts.push(...piece.parts);
      at = piece.end;
      continue;
    }
    if (scene.chinese) return undefined;
    const word = /[a-z]+|\d+[a-z]*|./suy;
    word.lastIndex = at;
    if (rest === '') restAt = parts.length;
    rest += ` ${word.exec(words)?.[0] ?? ''}`;
    at = word.lastIndex;
  }
  return flush() ? parts : undefined;
};
