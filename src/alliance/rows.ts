/** Small things that both halves of the import do with rows. */
import { isDeepStrictEqual } from 'node:util';

/** What an import did to the entries of one kind. */
export type Tally = { added: number; changed: number; unchanged: number; removed: number };

export const newTally = (): Tally => ({ added: 0, changed: 0, unchanged: 0, removed: 0 });

/** Whether a row has other values than those wanted. */
export const differs = <Row extends object>(row: Row, wanted: Partial<Row>): boolean =>
  Object.entries(wanted).some(([name, value]) => !isDeepStrictEqual(Reflect.get(row, name), value));

/** The database's id of an entry that the file names; a checked file names only what it has. */
export const idOf = (ids: ReadonlyMap<string, string>, key: string): string => {
  const id = ids.get(key);
  if (id === undefined) throw new Error(`“${key}” was not imported`);
  return id;
};
