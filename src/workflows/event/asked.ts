/**
 * What somebody says along with a sign-up: whom it is for, which kind of place, and whether they come only together.
 * Nothing is guessed: words of which a part is not understood are not understood at all.
 */
import { normalise } from '../../core/normalise.js';
import { readNumeral } from '../../core/numerals.js';
import { clean, type Text } from '../../core/text.js';

/** How many of them have to get a place for any of them to come. */
export type Take = 'all' | 'any' | number;

/** At least one person, at most 20. One alone has the take 1. Companions are people without a name. */
export type Asked = {
  readonly self: boolean;
  readonly names: readonly string[];
  readonly companions: number;
  readonly ticket: string | null;
  readonly take: Take;
};

export type TicketNames = { readonly key: string; readonly names: readonly string[] };
type Problem = { readonly problem: Text };

/** Reads who is signed up; no words mean the speaker. A problem says what can be written. */
export const readAsked = (words: string, tickets: readonly TicketNames[]): Asked | Problem => {
  // Twice, because widening a character may bring up another one that is not kept.
  const text = clean(clean(words).normalize('NFKC'));
  if (text.length > longest) return problem('内容太长了。', 'That is too long.', tickets);
  const plain = fold(text);
  if (question.test(plain))
    return problem('这里只填写为谁报名，不能提问。', 'A question can’t be read here.', tickets);
  const figure = /^\d{1,3}$/.exec(plain)?.[0];
  if (figure !== undefined) return bareFigure(figure, tickets);
  const known = [onBehalf, ...ticketReaders(tickets), ...readers];
  return conclude(named(scan(text, plain, known), known), tickets);
};

/** The same in a form that `readAsked` reads back. Its kind of place is said by its key. */
export const sayAsked = ({ self, names, companions, ticket, take }: Asked): string => {
  const size = (self ? 1 : 0) + names.length + companions;
  return [
    ...(self ? ['我'] : []),
    // After a 、 the surname 和 is no “and”.
    ...names.map((name, i) => (i === 0 && !self && /^[和跟与及]/u.test(name) ? `、${name}` : name)),
    ...(companions > 0 ? [`+${companions}`] : []),
    ...(ticket === null ? [] : [ticket]),
    ...(size === 1 || take === 'any' ? [] : [take === 'all' ? '一起' : `至少${take}个`]),
  ].join('、');
};

// 多少 may stand in 能去多少去多少.
const question =
  /\?|吗|呢|什么|怎么|为何|哪|谁|是否|能不能|可不可以|可否|有没有|如何|几点|几号|^(?:can|could|do|may|should) (?:i|we|you)\b|^how (?:many|much|do|can|is|to|long|about)\b|^(?:is|are|does|what|when|where|who|why|which)\b/u;
const longest = 1000;
const mostPeople = 20;
const longestName = 40;

type Piece =
  | { readonly kind: 'me' | 'us' | 'with' | 'plus' | 'pause' | 'list' }
  | { readonly kind: 'more' | 'total' | 'among'; readonly count: number }
  | { readonly kind: 'take'; readonly take: Take }
  | { readonly kind: 'ticket'; readonly key: string }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'unclear'; readonly words: string };
/** What no reader knows: names, or nothing we understand. */
type Run = { readonly kind: 'run'; readonly words: string };
type Groups = Readonly<Record<string, string | undefined>>;
type Reader = { readonly pattern: RegExp; readonly read: (groups: Groups) => readonly Piece[] | undefined };

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

const ticketReaders = (tickets: readonly TicketNames[]): readonly Reader[] =>
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

/** Simplified, in lower case, one width; every character stays at its place. */
const fold = (text: string): string =>
  [...text]
    .map((one) => {
      const plain = one === '、' ? one : normalise(one);
      return plain.length === one.length ? plain : one;
    })
    .join('');

const latinWord = /[\p{Script=Latin}\p{M}]+(?:['’.-][\p{Script=Latin}\p{M}]+)*\.?|./suy;

const scan = (text: string, plain: string, known: readonly Reader[]): readonly (Piece | Run)[] => {
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

const named = (pieces: readonly (Piece | Run)[], known: readonly Reader[]): readonly Piece[] =>
  pieces.flatMap((piece, at) =>
    piece.kind === 'run' ? namesIn(piece.words, at, pieces).map((one) => checked(one, known)) : [piece],
  );

// What is a name only because of what stands before it is none: 三个人 in +1三个人.
const checked = (piece: Piece, known: readonly Reader[]): Piece => {
  if (piece.kind !== 'name') return piece;
  const alone = `、${piece.name}`;
  const [, run, ...rest] = scan(alone, fold(alone), known);
  const same = run?.kind === 'run' && run.words === piece.name && rest.length === 0;
  return same ? piece : { kind: 'unclear', words: piece.name };
};

const namesIn = (words: string, at: number, pieces: readonly (Piece | Run)[]): readonly Piece[] => {
  const before = pieces[at - 1];
  const after = pieces[at + 1];
  const tokens = words
    .split(/\s+/)
    .map((one) => one.replace(/^[@.]+/, ''))
    .filter((one) => one !== '');
  if (tokens.length === 0) return [{ kind: 'pause' }];
  const unclear: Piece = { kind: 'unclear', words: tokens.join(' ') };
  const han = tokens.filter((one) => /\p{Script=Han}/u.test(one)).length;
  // 我张三 may be “I, Zhang San” as well as two people.
  const joinedBefore = before?.kind !== 'me' || and.test(tokens[0] ?? '');
  const joinedAfter = after?.kind !== 'me' || /[和跟与及]$/u.test(tokens.at(-1) ?? '');
  if ((han > 0 && han < tokens.length) || !joinedBefore || !joinedAfter) return [unclear];
  if (han === 0) return [latinName(tokens)];
  const afterPeople = before !== undefined && ['me', 'us', 'more', 'total', 'among'].includes(before.kind);
  const listed = before?.kind === 'list' || (after?.kind === 'list' && at + 2 === pieces.length);
  const together = after?.kind === 'take' && after.take === 'all';
  return tokens.flatMap((token, i): readonly Piece[] => {
    const first = i === 0;
    const endsInAnd = i === tokens.length - 1 && after?.kind === 'me' && [...token].length > 2;
    const own = endsInAnd ? token.slice(0, -1) : token;
    const rest = own.slice(1);
    if (!and.test(own)) return chineseNames(own);
    if (rest === '') return [{ kind: first && before === undefined ? 'with' : 'pause' }];
    if (first && afterPeople) return chineseNames(rest);
    if ([...rest].length === 1 || (first && listed)) return chineseNames(own);
    if (first && before === undefined && (together || own.startsWith('跟'))) {
      return [{ kind: 'with' }, ...chineseNames(rest)];
    }
    return [{ kind: 'unclear', words: own }];
  });
};

const and = /^[和跟与及]/u;

// A name may have 和 in it, too: 李和平 is one person, 张三和李和平 are two.
const chineseNames = (token: string): readonly Piece[] => {
  const letters = [...token];
  const split = letters.findIndex(
    (one, i) => i >= 2 && and.test(one) && !and.test(letters[i + 1] ?? '') && letters.length - i > 2,
  );
  return split === -1
    ? [chineseName(token)]
    : [chineseName(letters.slice(0, split).join('')), ...chineseNames(letters.slice(split + 1).join(''))];
};

const notInNames =
  /[的了么没不你您他她它们很几啊吧呀嗯哦]|去$|同事|朋友|领导|老板|家属|大家|所有|各位|有人|活动|会议|名额|位置|门票|票|园区|公司|单位|部门|今天|明天|后天|昨天|上午|下午|晚上|中午|周[一二三四五六日末]|星期|可以|可能|能够|已经|取消|退出|报名|参加|收到|确认|谢谢|问题|时间|地点|多少|安排|需要|想要|希望|因为|所以|如果|但是|名单|姓名|一下|一个|一位|等人?$/u;
const longestChinese = 6;

const chineseName = (token: string): Piece => {
  if (!/\p{Script=Han}/u.test(token)) return latinName([token]);
  const parts = token.split(/[·•・.]/u);
  const isName =
    /^\p{L}[\p{L}\p{M}·•・.'’-]*$/u.test(token) &&
    [...token].length >= 2 &&
    parts.every(
      (part) =>
        part !== '' && [...part].length <= (/^\p{Script=Han}+$/u.test(part) ? longestChinese : longestName),
    ) &&
    !notInNames.test(fold(token));
  return isName && [...token].length <= longestName
    ? { kind: 'name', name: token }
    : { kind: 'unclear', words: token };
};

const particles = new Set('de la van von der den da di dos bin ibn al el le du ter ten'.split(' '));
// No word here is a common name in pinyin or elsewhere, as He, You, An, Can, May and Park are.
const notNames = new Set(
  `the and for all any my our your his her their this that these those it they we us i me mine is are was were be been am does did not no yes
  yep ok okay never none nobody everybody everyone somebody someone others other another more less most some many much could
  would should shall might must want wants need needs like come comes coming going join joins attend attending sign signed signup
  register registered book booking cancel to of in on at by from up if but or because then than there here let's ahead today
  tomorrow tonight monday tuesday wednesday thursday friday saturday sunday morning afternoon evening week event events meeting
  workshop ticket tickets seat seats place places people person persons guest guests colleague colleagues friend friends boss team
  companion companions company plus minus with without only also too both together least hello hi hey sorry maybe perhaps sure
  thanks thank please pls what when where who why how which cost free time interested see know type one two three four five six
  seven eight nine ten`.split(/\s+/),
);
const title = /^(?:\p{L}|dr|mr|mrs|ms|prof|st|jr|sr)\.$/iu;

// Zhang San stays together. A single word counts when it is written like a name.
const latinName = (tokens: readonly string[]): Piece => {
  const last = tokens.length - 1;
  const words = tokens.map((one, i) => (i === last && !title.test(one) ? one.replace(/[.!~]+$/, '') : one));
  const name = words.join(' ');
  const counted = words.filter((one) => !particles.has(one.toLowerCase()));
  const [first = ''] = words;
  const isName =
    [...name].length <= longestName &&
    words.every(
      (one) =>
        /^\p{L}[\p{L}\p{M}'’-]*$/u.test(one) || title.test(one) || /^(?:\p{L}\.)+(?:\p{L}\.?)?$/u.test(one),
    ) &&
    words.every((one) => !notNames.has(one.toLowerCase())) &&
    counted.length <= 3 &&
    (words.length > 1 || /^[\p{Lu}\p{Lo}].*\p{L}/u.test(first));
  return isName ? { kind: 'name', name } : { kind: 'unclear', words: name };
};

const conclude = (pieces: readonly Piece[], tickets: readonly TicketNames[]): Asked | Problem => {
  const unclear = unclearOf(pieces);
  if (unclear !== undefined) return notUnderstood(unclear, tickets);
  const has = (...kinds: readonly Piece['kind'][]): boolean => pieces.some((one) => kinds.includes(one.kind));
  const wanted = [...new Set(pieces.flatMap((one) => (one.kind === 'ticket' ? [one.key] : [])))];
  const takes = [...new Set(pieces.flatMap((one) => (one.kind === 'take' ? [one.take] : [])))];
  const [brought, ...broughtToo] = pieces.flatMap((one) => (one.kind === 'more' ? [one.count] : []));
  const [total, ...totals] = pieces.flatMap((one) =>
    one.kind === 'total' || one.kind === 'among' ? [one] : [],
  );
  const names = pieces.flatMap((one) => (one.kind === 'name' ? [one.name] : []));
  if (wanted.length > 1) {
    return problem(
      '一次只能选一种票，不同的票请分开报名。',
      'Please sign up for one kind of place at a time.',
      tickets,
    );
  }
  if (takes.length > 1) {
    return problem(
      '“一起”“至少几个”“能去几个去几个”只能选一种。',
      'Please choose one of “all together”, “at least 2” and “any”.',
      tickets,
    );
  }
  if (has('us') && !total) {
    return problem(
      '“我们”是几位？请写明人数，如“我们3人”。',
      'How many are you? Please give the number, such as “3 of us”.',
      tickets,
    );
  }
  const peopleAt = (kind: Piece['kind']): number => pieces.findIndex((one) => one.kind === kind);
  // +1 张三 brings Zhang San; 张三 +1 is Zhang San, who brings somebody.
  const bringsThem = brought !== undefined && names.length > 0 && peopleAt('more') < peopleAt('name');
  const namesAfter = pieces.slice(peopleAt('more') + 1).filter((one) => one.kind === 'name').length;
  const self =
    has('me', 'us') ||
    names.length === 0 ||
    bringsThem ||
    (has('with') && peopleAt('with') < peopleAt('name'));
  const unnamed = bringsThem ? 0 : (brought ?? 0);
  const said = (self ? 1 : 0) + names.length + unnamed;
  const sized = names.length > 0 || brought !== undefined;
  const size = total && (total.kind === 'among' || !sized) ? total.count : said;
  const fits =
    broughtToo.length === 0 &&
    totals.length === 0 &&
    (bringsThem ? namesAfter === brought : brought === undefined || namesAfter === 0) &&
    (!total ||
      (total.kind === 'among'
        ? sized && brought === undefined && total.count >= said
        : total.count === size));
  if (!fits || size < said) {
    return problem('写明的人与人数对不上。', 'The people and the numbers you give don’t match.', tickets);
  }
  const twice = names.find((name, i) => names.some((other, j) => j < i && fold(other) === fold(name)));
  if (twice !== undefined) return problem(`“${twice}”写了两次。`, `“${twice}” is there twice.`, tickets);
  if (size > mostPeople) {
    return problem(
      `一次最多报 ${mostPeople} 人，请分几次报名。`,
      `At most ${mostPeople} people can be signed up at once.`,
      tickets,
    );
  }
  const [take = 'any'] = takes;
  if (size === 1 && take !== 1 && takes.length > 0) {
    return problem(
      '这里只有一个人，请写明还有谁。',
      'That is one person only. Please say who else is coming.',
      tickets,
    );
  }
  if (typeof take === 'number' && take > size) {
    return problem(
      `一共只有 ${size} 人，不能要求至少 ${take} 人。`,
      `You are only ${size}; that can’t be at least ${take}.`,
      tickets,
    );
  }
  return {
    self,
    names,
    companions: size - (self ? 1 : 0) - names.length,
    ticket: wanted[0] ?? null,
    take: size === 1 ? 1 : take,
  };
};

/** The first words that mean nothing here; a 带 or a + that leads to nobody is none either. */
const unclearOf = (pieces: readonly Piece[]): string | undefined => {
  const person: readonly Piece['kind'][] = ['me', 'us', 'name', 'more', 'total', 'among'];
  for (const [at, piece] of pieces.entries()) {
    if (piece.kind === 'unclear') return piece.words;
    const next = pieces[at + 1];
    if (piece.kind === 'with' && next?.kind !== 'name') return '带';
    if (piece.kind !== 'plus') continue;
    const added = next?.kind === 'name' || next?.kind === 'me';
    if (!added || !pieces.slice(0, at).some((one) => person.includes(one.kind))) return '+';
  }
  return undefined;
};

const notUnderstood = (words: string, tickets: readonly TicketNames[]): Problem => {
  const length = [...words].length;
  if (length > longestName) {
    return problem(
      `姓名不超过 ${longestName} 字。`,
      `A name has ${longestName} characters at most.`,
      tickets,
    );
  }
  if (and.test(words) && length > 2) {
    return problem(
      `“${words}”有两种读法：若您也参加，请写“我${words}”；若这就是姓名，请在后面加顿号，写作“${words}、”。`,
      `“${words}” can be read in two ways. If you are coming too, write “我${words}”; if that is the name, write “${words}、”.`,
      tickets,
    );
  }
  return problem(`没有看懂“${words}”。`, `“${words}” is not clear.`, tickets);
};

const bareFigure = (figure: string, tickets: readonly TicketNames[]): Problem =>
  problem(
    `“${figure}”是指一共几人，还是另带几位？请写“${figure}人”或“+${figure}”。`,
    `Does “${figure}” count you? Please write “${figure} people” in all, or “+${figure}” besides you.`,
    tickets,
  );

const problem = (zh: string, en: string, tickets: readonly TicketNames[]): Problem => {
  const names = tickets[0]?.names ?? [];
  const ticket = {
    zh: names.find((name) => /\p{Script=Han}/u.test(name)) ?? names[0],
    en: names.find((name) => !/\p{Script=Han}/u.test(name)) ?? names[0],
  };
  return {
    problem: {
      zh:
        `${zh}可以这样写：“张三、李四”（只为他们报名）、“我和张三”、“+2”（您另带两位）、“3人”（连您共三位）；` +
        `人多时可加“一起”（要么都去）、“至少2个”或“能去几个去几个”${ticket.zh === undefined ? '' : `；也可注明票种，如“${ticket.zh}”`}。`,
      en:
        `${en} You can write “Zhang San, Li Si” (for them only), “me and Zhang San”, “+2” (you and two more) or “3 people” (with you); ` +
        `for several, also “all together”, “at least 2” or “any”${ticket.en === undefined ? '' : `; and the kind of place, such as “${ticket.en}”`}.`,
    },
  };
};
