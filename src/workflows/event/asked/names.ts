/** The names in a sign-up, Chinese and Latin ones. */
import { fold, type Piece, type Reader, type Run, scan } from './words.js';

export const longestName = 40;

/** The same pieces with the runs read as names; what is no name is unclear. */
export const named = (pieces: readonly (Piece | Run)[], known: readonly Reader[]): readonly Piece[] =>
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
  const joinedBefore = before?.kind !== 'me' || startsWithAnd.test(tokens[0] ?? '');
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
    if (!startsWithAnd.test(own)) return chineseNames(own);
    if (rest === '') return [{ kind: first && before === undefined ? 'with' : 'pause' }];
    if (first && afterPeople) return chineseNames(rest);
    if ([...rest].length === 1 || (first && listed)) return chineseNames(own);
    if (first && before === undefined && (together || own.startsWith('跟'))) {
      return [{ kind: 'with' }, ...chineseNames(rest)];
    }
    return [{ kind: 'unclear', words: own }];
  });
};

/** A 和 that may be a surname as well as “and”. */
export const startsWithAnd = /^[和跟与及]/u;

// A name may have 和 in it, too: 李和平 is one person, 张三和李和平 are two.
const chineseNames = (token: string): readonly Piece[] => {
  const letters = [...token];
  const split = letters.findIndex(
    (one, i) =>
      i >= 2 &&
      startsWithAnd.test(one) &&
      !startsWithAnd.test(letters[i + 1] ?? '') &&
      letters.length - i > 2,
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
