/** Chinese numerals, as people mix them with digits: 十二, 一百二, 二〇二六, 3千, 1.2万. */

const digits: ReadonlyMap<string, number> = new Map(
  [...'零一二三四五六七八九']
    .map((digit, value): [string, number] => [digit, value])
    .concat([
      ['〇', 0],
      ['两', 2],
      ['俩', 2],
    ]),
);
const tens: ReadonlyMap<string, number> = new Map([
  ['十', 10],
  ['百', 100],
  ['千', 1000],
]);
const myriads: ReadonlyMap<string, number> = new Map([
  ['万', 10_000],
  ['亿', 100_000_000],
]);

type Token = {
  readonly kind: 'digit' | 'ten' | 'myriad' | 'zero';
  readonly value: number;
  readonly arabic: boolean;
};

const tokens = (words: string): readonly Token[] | undefined => {
  const found: Token[] = [];
  for (const [piece] of words.matchAll(/\d+(?:\.\d+)?|./gsu)) {
    const digit = digits.get(piece);
    const ten = tens.get(piece);
    const myriad = myriads.get(piece);
    if (/^\d/.test(piece)) found.push({ kind: 'digit', value: Number(piece), arabic: true });
    else if (digit === 0) found.push({ kind: 'zero', value: 0, arabic: false });
    else if (digit !== undefined) found.push({ kind: 'digit', value: digit, arabic: false });
    else if (ten !== undefined) found.push({ kind: 'ten', value: ten, arabic: false });
    else if (myriad !== undefined) found.push({ kind: 'myriad', value: myriad, arabic: false });
    else return undefined;
  }
  return found;
};

// 一百二 is 120 and 一万二 is 12000, but 一百零二 is 102: a last digit right after a unit counts in tenths of it.
// In digits, 1万2 may mean 12000 or 10002, so only 1万2000 is read.
const read = (words: string): number | undefined => {
  const all = tokens(words);
  if (!all || all.length === 0) return undefined;
  let total = 0;
  let section = 0;
  let pending: Token | undefined;
  let lastUnit = Number.POSITIVE_INFINITY;
  let lastMyriad = Number.POSITIVE_INFINITY;
  let zeroBefore = false;
  for (const [at, token] of all.entries()) {
    switch (token.kind) {
      case 'zero':
        if (pending || at === all.length - 1) return undefined;
        zeroBefore = true;
        break;
      case 'digit':
        if (pending) return undefined;
        pending = token;
        break;
      case 'ten':
        if (token.value >= lastUnit || (!pending && token.value !== 10)) return undefined;
        section += (pending?.value ?? 1) * token.value;
        pending = undefined;
        lastUnit = token.value;
        zeroBefore = false;
        break;
      case 'myriad':
        if (token.value >= lastMyriad || (!pending && section === 0)) return undefined;
        total += (section + (pending?.value ?? 0)) * token.value;
        section = 0;
        pending = undefined;
        lastMyriad = token.value;
        lastUnit = token.value;
        zeroBefore = false;
        break;
      default:
        return token.kind satisfies never;
    }
  }
  if (!pending) return total + section;
  const { value, arabic } = pending;
  const follows = !zeroBefore && Number.isFinite(lastUnit) && lastUnit > 10;
  if (!follows) return total + section + value;
  if (arabic) return value < lastUnit && value >= lastUnit / 10 ? total + section + value : undefined;
  return total + section + (value * lastUnit) / 10;
};

const year = /^[〇零一二三四五六七八九]{2,}$/;

/** The number that Chinese or mixed numerals write; undefined when they write none. Plain digits are fine too. */
export const readNumeral = (words: string): number | undefined => {
  if (/^\d+(?:\.\d+)?$/.test(words)) return Number(words);
  if (words === '零' || words === '〇') return 0;
  if (year.test(words)) return Number([...words].map((digit) => digits.get(digit)).join(''));
  const number = read(words.replaceAll('廿', '二十').replaceAll('卅', '三十'));
  // 1.1万 is 11000, not 11000.000000000002.
  return number === undefined ? undefined : Number(number.toFixed(6));
};
