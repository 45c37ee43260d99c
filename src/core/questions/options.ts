import { Fault } from '../fault.js';
import { normalise } from '../normalise.js';
import { joinTexts, same, type Text } from '../text.js';

export type Option<Id extends string> = { readonly id: Id; readonly label: Text };

/** Options in the order in which they are numbered, and how words find one: whole, never by resemblance. */
export type Options<Id extends string> = {
  readonly list: readonly Option<Id>[];
  readonly isId: (words: unknown) => words is Id;
  readonly find: (words: string) => Id | undefined;
  readonly label: (id: Id) => Text;
  /** All options with their numbers, in one line. */
  readonly listed: Text;
};

const numberAndLabel = /^第?(?<number>\d{1,2})(?:个|项|号)?(?:[.,:)\s]+(?<label>.*))?$/u;

/** A clash between options is a mistake in the declaration, found when it is loaded. */
export const readOptions = <Id extends string>(labels: Readonly<Record<Id, Text>>): Options<Id> => {
  const isId = (words: unknown): words is Id => typeof words === 'string' && Object.hasOwn(labels, words);
  const list = Object.keys(labels)
    .filter(isId)
    .map((id) => ({ id, label: labels[id] }));
  const byWords = new Map<string, Id>();
  for (const { id, label } of list) {
    for (const words of [id, label.zh, label.en]) {
      const plain = normalise(words);
      const other = byWords.get(plain);
      if ((other !== undefined && other !== id) || plain === '' || numberAndLabel.test(plain)) {
        throw new Fault(
          'unclear-option',
          `The option “${id}” can’t be told from ${other === undefined ? 'a number' : `“${other}”`}: “${words}”.`,
          'Give every option words of its own that are neither empty nor begin with a number.',
        );
      }
      byWords.set(plain, id);
    }
  }

  const find = (words: string): Id | undefined => {
    const plain = normalise(words);
    const exact = byWords.get(plain);
    if (exact !== undefined) return exact;
    const copied = numberAndLabel.exec(plain)?.groups;
    const numbered = list[Number(copied?.number ?? 0) - 1]?.id;
    // A line copied from the list counts when its number and its words agree.
    const agrees = !copied?.label || byWords.get(copied.label) === numbered;
    return agrees ? numbered : undefined;
  };

  return {
    list,
    isId,
    find,
    label: (id) => labels[id],
    listed: joinTexts(
      list.map(({ label }, at) => joinTexts([same(`${at + 1}`), label], ' ')),
      { zh: '，', en: ', ' },
    ),
  };
};
