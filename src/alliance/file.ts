/** Reads the alliance file and tells every mistake with its line. */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Document, isAlias, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { Fault } from '../core/fault.js';
import { didYouMean } from './closest.js';
import { type Finding, findingsIn } from './references.js';
import { rulebookOf } from './rulebook.js';
import {
  type AllianceFile,
  fileSchema,
  keysAt,
  nowInRulebook,
  type Path,
  patternOf,
  wantedAt,
} from './schema.js';

export type { AllianceFile } from './schema.js';

/** The alliance that the desk shows when it is given none of its own. */
export const demoAllianceFile = fileURLToPath(new URL('../../alliance/demo.yaml', import.meta.url));

export type Mistake = {
  readonly line: number;
  /** The place in words, entries named by their ids: `people/contact-1/park`. */
  readonly path: string;
  readonly message: string;
  readonly remedy: string;
};

/** `ok`, or all mistakes in the order of their lines. */
export type ReadAllianceFile = { readonly ok: AllianceFile } | { readonly mistakes: readonly Mistake[] };

/** Reads the text of an alliance file. `fileName` is only for the messages. */
export const readAllianceFile = (source: string, fileName: string): ReadAllianceFile => {
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines, prettyErrors: false, logLevel: 'error' });
  const lineAt = (offset: number) => Math.max(1, lines.linePos(offset).line);
  const notYaml = (message: string, offset: number): Mistake => ({
    line: lineAt(offset),
    path: '',
    message: `This is not YAML: ${message.replace(/[.\s]+$/, '')}.`,
    remedy: `Correct the line; the indentation, brackets and quotes in ${fileName} have to match.`,
  });
  if (document.errors.length > 0) {
    return { mistakes: document.errors.map((error) => notYaml(error.message, error.pos[0])) };
  }
  let data: unknown;
  try {
    data = document.toJS();
  } catch (error) {
    // An alias without its anchor, or aliases that grow without end.
    if (error instanceof ReferenceError) return { mistakes: [notYaml(error.message, 0)] };
    throw error;
  }
  const parsed = fileSchema.safeParse(data);
  const findings = parsed.success
    ? findingsIn(parsed.data)
    : parsed.error.issues.flatMap((issue) => findingsOf(issue, data));
  if (parsed.success && findings.length === 0) return { ok: parsed.data };
  const mistakes = findings.map(({ path, message, remedy }) => ({
    line: lineAt(offsetOf(document, path)),
    path: inWords(path, data),
    message,
    remedy,
  }));
  return { mistakes: mistakes.sort((one, other) => one.line - other.line) };
};

/** Reads an alliance file from disk. A Fault names the file and all of its mistakes. */
export const loadAllianceFile = async (path: string): Promise<AllianceFile> => {
  const read = readAllianceFile(await sourceOf(path), basename(path));
  if ('ok' in read) return read.ok;
  throw new Fault(
    'alliance-file',
    read.mistakes.map((mistake) => describe(path, mistake)).join('\n'),
    `Correct ${path} and check it with: desk check`,
  );
};

/** Prints what is wrong with an alliance file, or what is in it. Resolves to whether it can be imported. */
export const checkAllianceFile = async (
  path: string,
  print: (line: string) => void = console.log,
): Promise<boolean> => {
  const read = readAllianceFile(await sourceOf(path), basename(path));
  if ('ok' in read) {
    const { parks, people, council, rooms } = read.ok;
    const { version, hash, matters } = rulebookOf(read.ok);
    print(
      `${path} is in order: ${parks.length} parks, ${people.length} people, ${council.seats.length} council seats, ${rooms.length} rooms, rulebook ${version} (${hash}) with ${counted(matters.length, 'matter')}.`,
    );
    return true;
  }
  for (const mistake of read.mistakes) print(describe(path, mistake));
  print(`${path}: ${counted(read.mistakes.length, 'mistake')}.`);
  return false;
};

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

const describe = (path: string, { line, path: place, message, remedy }: Mistake): string =>
  `${path}:${line}${place === '' ? '' : ` ${place}`}: ${message} ${remedy}`;

const sourceOf = async (path: string): Promise<string> => {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new Fault(
      'alliance-file',
      `The alliance file ${path} can't be read.`,
      'Set ALLIANCE_FILE to a file that exists and can be read, or leave it out for the demo alliance.',
      { cause: error },
    );
  }
};

const valueAt = (data: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (value, step) => (typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined),
    data,
  );

const shown = (value: unknown): string =>
  typeof value === 'object' && value !== null
    ? Array.isArray(value)
      ? 'a list'
      : 'a group of keys'
    : `“${value}”`;

const findingsOf = (issue: z.core.$ZodIssue, data: unknown): readonly Finding[] => {
  const path: Path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
  const pattern = patternOf(path);
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt[pattern] ?? [];
    return issue.keys.map((key): Finding => {
      const place = [...path, key];
      return nowInRulebook.includes(patternOf(place))
        ? {
            path: place,
            message: `“${key}” no longer stands here.`,
            remedy: 'The rulebook decides that now: see docs/rulebook.md.',
          }
        : {
            path: place,
            message: `“${key}” is not known here.`,
            remedy: `${didYouMean(key, known)}Known here: ${known.join(', ')}.`,
          };
    });
  }
  const value = valueAt(data, path);
  const last = path.at(-1);
  const wanted =
    wantedAt[pattern] ?? (keysAt[pattern] ? `the keys ${keysAt[pattern].join(', ')}` : usual(issue));
  if (value === undefined || value === null) {
    return [
      {
        path,
        message: `${last === undefined ? 'Everything' : `“${last}”`} is missing.`,
        remedy: `Write ${wanted}.`,
      },
    ];
  }
  // Ids of digits only are numbers to YAML, and long ones would lose digits.
  const quotes = issue.code === 'invalid_type' && issue.expected === 'string' && typeof value !== 'object';
  return [
    {
      path,
      message: `${shown(value)} can't stand here.`,
      remedy: quotes
        ? `Put it in quotes: "${value}".`
        : `${issue.code === 'invalid_value' ? didYouMean(String(value), issue.values.map(String)) : ''}Write ${wanted}.`,
    },
  ];
};

const usual = (issue: z.core.$ZodIssue): string => {
  if (issue.code === 'too_small') return `at least ${issue.minimum}`;
  if (issue.code === 'too_big') return `at most ${issue.maximum}`;
  if (issue.code === 'invalid_type' && issue.expected === 'int') return 'a whole number';
  if (issue.code === 'invalid_type' && issue.expected === 'array') return 'a list';
  return 'what alliance/demo.yaml has in this place';
};

/** Where a place starts in the text; for what is missing, where it should have been. */
const offsetOf = (document: Document, path: Path): number => {
  let node: unknown = document.contents;
  let offset = isNode(node) ? (node.range?.[0] ?? 0) : 0;
  for (const step of path) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) {
      const pair = node.items.find((one) => isScalar(one.key) && String(one.key.value) === String(step));
      if (!pair) return offset;
      if (isScalar(pair.key)) offset = pair.key.range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node) && typeof step === 'number') {
      node = node.items[step];
      if (isNode(node)) offset = node.range?.[0] ?? offset;
    } else return offset;
  }
  return offset;
};

/** Entries of lists by their ids, since nobody counts lines of a list; others from 1. */
const inWords = (path: Path, data: unknown): string =>
  path
    .map((step, at) => {
      if (typeof step === 'string') return step;
      const id = path[at - 1] === 'identities' ? undefined : valueAt(data, [...path.slice(0, at + 1), 'id']);
      return typeof id === 'string' && id !== '' ? id : step + 1;
    })
    .join('/');
