/** Takes a paste out of its wrappings: quotes, forwarded messages, several chains at once. */
import { cut, oneWidth, type Spelling, spell } from './spelling.js';

export type Line = { readonly line: number; readonly words: Spelling };

export type Block = {
  /** The line of “#接龙”; null for a list without one. */
  readonly header: number | null;
  readonly lines: readonly Line[];
};

export type Paste = {
  readonly blocks: readonly Block[];
  /** What was said before the first chain. */
  readonly before: readonly Line[];
};

const hash = '(?:接龙|群接龙|接力|group ?note|grouplist)';
const hashed = new RegExp(`^(?:[^#]{0,40}[:「『“"】\\]> ])?[「『“"'>\\s]*# ?${hash}[\\s:,.、!】\\]]*`);
const bare = new RegExp(
  `^[「『“"'>【\\[\\s]*${hash}(?=$|[\\s:,.、!】\\]-]|报名|名单|\\()(?:报名(?=:))?[\\s:,.、!】\\]-]*`,
);

const rules = /^[-—–_=*·~\s]{3,}$/;
const clock = /(?:^|[\s日])\d{1,2}:\d{2}(?::\d{2})?(?:\s?[ap]m)?$/;
const fullClock = /(?:^|\s)20\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s\d{1,2}:\d{2}:\d{2}$/;
const sender = /^[^\s:#]{1,20}(?: [^\s:#]{1,20})?:$/;

/** Whether the line opens a chain; `certain` with its number sign. */
const opens = ({ plain }: Spelling): { readonly length: number; readonly certain: boolean } | undefined => {
  const start = plain.slice(0, 120);
  const certain = hashed.exec(start);
  if (certain) return { length: certain[0].length, certain: true };
  const rather = bare.exec(start);
  return rather ? { length: rather[0].length, certain: false } : undefined;
};

const unquoted = (words: Spelling): Spelling => {
  const lead = /^(?:(?:>|&gt;)\s?)+|^[「『]\s?/.exec(words.plain)?.[0].length ?? 0;
  const open = words.plain.includes('「') || words.plain.includes('『');
  const tail = !open || lead > 0 ? (/[」』]\s?$/.exec(words.plain)?.[0].length ?? 0) : 0;
  const end = words.plain.length - tail;
  return cut(words, lead, Math.max(lead, end));
};

/** The lines of a paste, in the blocks that each begin with “#接龙” or the like. */
export const unwrap = (text: string): Paste => {
  const lines = text
    .split(/\r\n?|[\n\u2028\u2029\u0085]|<br ?\/?>/)
    .map((line, index): Line => ({ line: index + 1, words: spell(oneWidth(line)) }));
  const blocks: { header: number | null; lines: Line[] }[] = [];
  const before: Line[] = [];
  let kept = before;
  let filled: Line[] = [];
  // Without the number sign a line opens a chain only as the first of the paste: later it is rather the title.
  let begun = false;
  const keep = (one: Line) => {
    kept.push(one);
    if (one.words.plain !== '') filled.push(one);
  };
  for (const { line, words } of lines) {
    const opened = opens(words);
    if (opened && (opened.certain || !begun)) {
      // Who sent it stands on the line above, alone or with the time.
      const above = filled.at(-1);
      if (above && isSender(above.words.plain)) {
        kept.splice(kept.lastIndexOf(above));
        filled.pop();
      }
      if (blocks.length === 0 || filled.length > 0) {
        kept = [];
        filled = [];
        blocks.push({ header: line, lines: kept });
      }
      begun = true;
      const rest = unquoted(cut(words, opened.length));
      if (rest.plain !== '') keep({ line, words: rest });
      continue;
    }
    const said = unquoted(words);
    if (rules.test(said.plain) || fullClock.test(said.plain)) continue;
    begun = begun || (said.plain !== '' && !isSender(said.plain));
    keep({ line, words: said });
  }
  if (blocks.length === 0) return { blocks: [{ header: null, lines: before }], before: [] };
  return { blocks, before };
};

const isSender = (plain: string): boolean => sender.test(plain) || (plain.length <= 40 && clock.test(plain));

/** Whether the paste begins a chain with its number sign, or with the bare word. */
export const headed = (text: string): 'certain' | 'perhaps' | undefined => {
  let found: 'perhaps' | undefined;
  for (const line of text.slice(0, 20_000).split(/\r\n?|\n/)) {
    const opened = opens(spell(oneWidth(line)));
    if (opened?.certain) return 'certain';
    if (opened) found = 'perhaps';
  }
  return found;
};
