/** How many letters have to be added, taken away or changed to make one word the other. */
const distance = (one: string, other: string): number => {
  let row = [...Array(other.length + 1).keys()];
  for (const [at, letter] of [...one].entries()) {
    const next = [at + 1];
    for (const [column, wanted] of [...other].entries()) {
      const changed = (row[column] ?? 0) + (letter === wanted ? 0 : 1);
      next.push(Math.min(changed, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? one.length;
};

/** The candidate that somebody probably meant; undefined when none is near. */
export const closest = (word: string, candidates: readonly string[]): string | undefined => {
  const longer = candidates.find((one) => one.length > 1 && (word.startsWith(one) || one.startsWith(word)));
  const [nearest] = candidates
    .map((one) => ({ one, far: distance(word.toLowerCase(), one.toLowerCase()) }))
    .filter(({ one, far }) => far <= Math.max(1, Math.floor(Math.min(one.length, word.length) / 3)))
    .sort((a, b) => a.far - b.far);
  return word === '' ? undefined : (nearest?.one ?? longer);
};

/** "Did you mean …? " with the space after it, or nothing. */
export const didYouMean = (word: string, candidates: readonly string[]): string => {
  const found = closest(word, candidates);
  return found === undefined ? '' : `Did you mean “${found}”? `;
};
