/** The words of a sign-up: counts, kinds of places, whether they come only together. */
import { normalise } from '../../../core/normalise.js';
import { readNumeral } from '../../../core/numerals.js';
import { clean } from '../../../core/text.js';
import type { Take, TicketNames } from '../asked.js';

/** What a stretch of the words means. */
export type Piece =
  | { readonly kind: 'me' | 'us' | 'with' | 'plus' | 'pause' | 'list' }
  | { readonly kind: 'more' | 'total' | 'among'; readonly count: number }
  | { readonly kind: 'take'; readonly take: Take }
  | { readonly kind: 'ticket'; readonly key: string }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'unclear'; readonly words: string };

/** What no reader knows: names, or nothing we understand. */
export type Run = { readonly kind: 'run'; readonly words: string };

type Groups = Readonly<Record<string, string | undefined>>;
export type Reader = {
  readonly pattern: RegExp;
  readonly read: (groups: Groups) => readonly Piece[] | undefined;
};

const english =
  'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty'.split(
    ' ',
  );
const numeral = `(?<count>\\d{1,3}(?!\\d|\\.\\d)|[二三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九]|(?:${english.join('|')})(?![a-z]))`;
const counted = ({ count = '' }: Groups): number | undefined => {
  const number = english.includes(count)
    ? english.indexOf(count) + 1
    : readNumeral(count === '仨' ? '三' : count);
  return number === 0 ? undefined : number;
};

const word = (body: string): string =>
  `(?<![\\p{Script=Latin}\\d])(?:${body})(?![\\p{Script=Latin}\\d]|['’.][\\p{Script=Latin}])`;
const reader = (source: string, read: Reader['read']): Reader => ({
  pattern: new RegExp(source, 'uy'),
  read,
});
const saying = (piece: Piece, ...sources: readonly string[]): Reader =>
  reader(sources.join('|'), () => [piece]);
const counting = (kind: 'more' | 'total', ...sources: readonly string[]): readonly Reader[] =>
  sources.map((source) =>
    reader(source, (groups) => {
      const count = counted(groups);
      if (count === undefined) return undefined;
      return [
        ...(groups.us === undefined ? [] : [{ kind: 'us' } as const]),
        { kind: groups.among === undefined ? kind : 'among', count },
      ];
    }),
  );

const heads = '(?:个人|名额|[人个位名])';
const others = '(?:位|个|名)?(?:同事|朋友|同伴|家属|随行人员|随行)';
const more = '(?:more|others?|other|guests?|colleagues?|people|persons?|companions?|friends?)';
// 一 is also the beginning of 一起, 一下 and of many a name.
const orNone = '(?<=[\\da-z]\\s*)|(?!\\p{Script=Han})';
const notAfterFigure = '(?<![\\d.\\-/])';

// “I, delegate” or “I, for somebody”?
const onBehalf = saying({ kind: 'unclear', words: '我代表' }, '我代表');

/** In this order: what is longer or more definite comes first. */
const readers: readonly Reader[] = [
  ...[
    `(?:至少|最少|不少于|起码)(?:要?有|要)?\\s*${numeral}\\s*(?:${heads}|${orNone})`,
    word(`at least\\s+${numeral}(?:\\s+of (?:us|them)|\\s+(?:people|persons?|places?|seats?))?`),
  ].map((source) =>
    reader(source, (groups) => {
      const take = counted(groups);
      return take === undefined ? undefined : [{ kind: 'take', take }];
    }),
  ),
  saying(
    { kind: 'take', take: 'any' },
    '能去[几多][个少]?[个位人]?(?:就|算)?[去算][几多][个少]?[个位人]?|有几个[算去]几个|任意',
    word('as many as (?:possible|you can)|any(?: of (?:us|them))?'),
  ),
  saying(
    { kind: 'take', take: 'all' },
    '要么(?:一起|都)去[,\\s]*要么都不去|要么(?:一起|都)去|要去(?:就|都)+去|都要有|缺一不可|全部|一起(?:去|来|参加)?|一同(?:去|来|参加)?',
    word('all or (?:none|nothing)|(?:all )?together(?: or not at all)?|all of us|all'),
  ),
  ...counting(
    'more',
    `(?:\\+|另加|外加|再加|再带|另带|带上?)\\s*(?:另外)?\\s*${numeral}\\s*(?:${others}|${heads}|${word(`${more}(?:\\s+${more})?`)}|${orNone})`,
    `(?:[和跟与及加另]|加上|以及|另外|还有)\\s*(?:另外?|其他)?\\s*${numeral}\\s*(?:${others}|${heads})`,
    word(`(?:plus|with|and|bring|bringing)\\s+(?:another\\s+)?${numeral}(?:\\s+${more})*`),
  ),
  ...counting(
    'total',
    `(?<us>我们?|咱们?)(?<count>俩|仨)(?:人|个)?`,
    `(?<us>我们|咱们)\\s*(?:一?共)?\\s*${numeral}\\s*(?:${heads}|${orNone})`,
    `(?<among>等)\\s*(?:一?共)?\\s*${numeral}\\s*${heads}`,
    `${notAfterFigure}(?:一共|总共|合计|共)?\\s*${numeral}\\s*(?:${heads}|个(?:名额|位置|席位))`,
    `(?<count>俩|仨)(?:人|个)?`,
    `${notAfterFigure}${word(`(?:the\\s+)?${numeral}\\s+of (?<us>us)`)}`,
    word(`(?<us>us|we)\\s+${numeral}`),
    `${notAfterFigure}${word(`${numeral}\\s+(?:people|persons?|seats?|places?|in total)`)}`,
    word(`(?:a\\s+)?(?:party|group) of\\s+${numeral}`),
  ),
  saying({ kind: 'pause' }, '我(?:们)?的?(?:同事|朋友)', word('(?:my |our )?(?:colleagues?|friends?)')),
  saying({ kind: 'us' }, '我们|咱们', word('us|we')),
  saying(
    { kind: 'me' },
    '(?:就|只有|只|仅限|仅)?(?:我自己|我本人|我|本人|自己)',
    word('(?:just |only )?(?:me|myself|i(?!\\.))'),
  ),
  saying({ kind: 'with' }, '带上?|连同', word('(?:together |along )?with|bring|bringing')),
  saying({ kind: 'plus' }, '\\+', word('plus')),
  saying(
    { kind: 'pause' },
    '谢谢(?:您|你|啦|了)?|麻烦(?:您|你)?了?|请|拜托|帮忙|帮|替|给|(?:要|想|会)*(?:报名|参加|参会|出席)',
    '(?<=\\p{L}\\s?)[也都](?:要|想|会)*(?:去|报名|参加|参会|出席)',
    '(?<=我|本人|自己|我们)(?:也|都|要|想|会)*[去来]',
    word('please|pls|thanks|thank you|for|sign up|register'),
    word('and'),
    '以及|还有|&',
    '(?<=^|[\\s,、:])为(?=\\p{Script=Han}{2})',
    // Not the dot of an initial.
    '(?<=\\p{Script=Han}\\s?)[.!~]+',
    '[!~,;/()\\[\\]{}:<>"“”‘’「」《》\\n]',
  ),
  saying({ kind: 'list' }, '、'),
];

const ofTickets = (tickets: readonly TicketNames[]): readonly Reader[] =>
  tickets
    .flatMap(({ key, names }) =>
      [key, ...names].map((name) => ({ key, name: fold(clean(name.normalize('NFKC'))) })),
    )
    .filter(({ name }) => name !== '')
    .toSorted((a, b) => b.name.length - a.name.length)
    .map(({ key, name }) => {
      const plain = name.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&').replaceAll(' ', '\\s+');
      return saying(
        { kind: 'ticket', key },
        /\p{Script=Han}/u.test(name)
          ? `(?:(?:票种|票类|身份|类别)\\s*[:是为]?\\s*|作为|以)?${plain}(?:票|身份|席位|席|名额)?`
          : `${word(`(?:ticket(?: kind| type)?\\s*:?\\s*|as (?:an? )?)?${plain}(?:\\s+(?:ticket|pass|seat|place)s?)?`)}|(?:票种|票类|身份|类别)\\s*[:是为]?\\s*${word(plain)}票?`,
      );
    });

/** All that can be read, in the order in which it is tried. */
export const readersFor = (tickets: readonly TicketNames[]): readonly Reader[] => [
  onBehalf,
  ...ofTickets(tickets),
  ...readers,
];

/** Simplified, in lower case, one width; every character stays at its place. */
export const fold = (text: string): string =>
  [...text]
    .map((one) => {
      const plain = one === '、' ? one : normalise(one);
      return plain.length === one.length ? plain : one;
    })
    .join('');

const latinWord = /[\p{Script=Latin}\p{M}]+(?:['’.-][\p{Script=Latin}\p{M}]+)*\.?|./suy;

/** Cuts the words into pieces, and runs of words that no reader knows. `plain` is the text folded. */
export const scan = (text: string, plain: string, known: readonly Reader[]): readonly (Piece | Run)[] => {
  const pieces: (Piece | Run)[] = [];
  let run = '';
  const endRun = (): void => {
    if (run !== '') pieces.push({ kind: 'run', words: run });
    run = '';
  };
  let at = 0;
  while (at < plain.length) {
    const found = readAt(plain, at, known);
    if (found) {
      endRun();
      pieces.push(...found.pieces);
      at = found.end;
    } else {
      latinWord.lastIndex = at;
      const next = latinWord.exec(text)?.[0] ?? '';
      run += next;
      at += Math.max(1, next.length);
    }
  }
  endRun();
  return pieces;
};

const readAt = (plain: string, at: number, known: readonly Reader[]) => {
  for (const { pattern, read } of known) {
    pattern.lastIndex = at;
    const found = pattern.exec(plain);
    const pieces = found && read(found.groups ?? {});
    if (found && pieces) return { pieces, end: at + found[0].length };
  }
  return undefined;
};
