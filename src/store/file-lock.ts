/**
 * A lock between processes of one machine: a file that names its holder. The operating system knows whether
 * the holder still lives, so a lock that a killed process left behind is taken over.
 */
import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { z } from 'zod';
import { lives, processFacts } from './process-facts.js';

const holderSchema = z.object({
  token: z.string(),
  pid: z.number(),
  born: z.string().optional(),
  host: z.string(),
  since: z.string(),
  port: z.number().optional(),
});

export type Holder = z.infer<typeof holderSchema>;

export type FileLock = {
  /** Changes what the file tells of the holder. */
  readonly note: (note: { readonly port?: number }) => void;
  /** Shows other machines on the same disk that the holder lives: they can't look up its process. */
  readonly touch: () => void;
  readonly release: () => void;
};

const untouchedMs = 30_000;

/** Takes the lock, or tells who holds it. Throws when the folder can't be written to. */
export const takeLock = (path: string, note: { readonly port?: number } = {}): FileLock | Holder => {
  const born = processFacts(process.pid)?.born;
  const mine: Holder = {
    token: randomUUID(),
    pid: process.pid,
    ...(born === undefined ? {} : { born }),
    host: hostname(),
    since: new Date().toISOString(),
    ...note,
  };
  if (place(path, mine)) return held(path, mine);
  const holder = holderOf(path);
  if (holder !== undefined && stands(path, holder)) return holder;
  return takeOver(path, mine);
};

export const isHolder = (result: FileLock | Holder): result is Holder => 'pid' in result;

const held = (path: string, mine: Holder): FileLock => {
  const isMine = (): boolean => holderOf(path)?.token === mine.token;
  return {
    note: (note) => {
      if (isMine()) replace(path, { ...mine, ...note });
    },
    touch: () => {
      if (isMine()) utimesSync(path, new Date(), new Date());
    },
    release: () => {
      if (isMine()) rmSync(path, { force: true });
    },
  };
};

const stands = (path: string, holder: Holder): boolean =>
  holder.host === hostname()
    ? lives(holder.pid, holder.born)
    : Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) < untouchedMs;

// Two processes may find the same stale lock. Only the one that places the guard may replace it, and it looks
// again first, so that nobody removes a lock that has just been taken.
const takeOver = (path: string, mine: Holder): FileLock | Holder => {
  const guard = `${path}.takeover`;
  for (;;) {
    if (place(guard, mine)) break;
    const rival = holderOf(guard);
    if (rival !== undefined && stands(guard, rival)) return rival;
    rmSync(guard, { force: true });
  }
  try {
    const holder = holderOf(path);
    if (holder !== undefined && stands(path, holder)) return holder;
    replace(path, mine);
    return held(path, mine);
  } finally {
    rmSync(guard, { force: true });
  }
};

const holderOf = (path: string): Holder | undefined => {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
  try {
    return holderSchema.parse(JSON.parse(text));
  } catch {
    // Not of our making, or cut short by a full disk: it names nobody who could be asked.
    return undefined;
  }
};

// A link appears at once with its whole content, and fails where the name is taken.
const place = (path: string, holder: Holder): boolean => {
  const draft = `${path}.${holder.token}`;
  writeFileSync(draft, JSON.stringify(holder), { mode: 0o644 });
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
};

const replace = (path: string, holder: Holder): void => {
  const draft = `${path}.${holder.token}`;
  writeFileSync(draft, JSON.stringify(holder), { mode: 0o644 });
  renameSync(draft, path);
};

const isCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;
