import { Converter } from 'opencc-js/t2cn';

// Reading the dictionary takes some 20 ms and 6 MB, so it waits for the first words with Han characters.
let opened: ((words: string) => string) | undefined;
const toSimplified = (words: string): string => {
  if (!/\p{Script=Han}/u.test(words)) return words;
  const convert: (words: string) => string = opened ?? Converter({ from: 't', to: 'cn' });
  opened = convert;
  return convert(words);
};

// Format characters, variation selectors, the keycap of 2️⃣ and the skin tone of 👍🏻 change no meaning.
const unseen = /\p{Cf}|\u20e3|[\ufe00-\ufe0f]|[\u{1f3fb}-\u{1f3ff}]/gu;

/**
 * Words as they are compared: one width, simplified Chinese, lower case, ASCII sentence marks, single blanks,
 * nothing invisible and no mark at the end. Only for matching; what is kept of an answer goes through `clean`.
 */
export const normalise = (typed: string): string =>
  toSimplified(
    typed.toWellFormed().replace(unseen, '').normalize('NFKC').replaceAll('。', '.').replaceAll('、', ','),
  )
    .toLowerCase()
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .replace(/(?<=[^\s.,!?;:~])[\s.,!?;:~]+$/u, '');

const noWords = `
  否 不 不是 不对 不行 不可以 不可 不好 不要 不同意 不赞成 不支持 不确认 不需要 不用 不用了 不要了 不愿意 不接受 不了 不能
  没有 没 无 非 错 错了 有误 不正确 不准确 反对 拒绝 fou bushi
  no n nope nah not disagree wrong incorrect false 👎 ❌ ✖ ✗ 🙅 🙅‍♂️ 🙅‍♀️ [弱] [no] /:weak /:no [thumbsdown]`;
const yesWords = `
  是 对 好 行 可以 可 能 成 中 要 有 需要 愿意 接受 确认 确定 同意 赞成 支持 没错 没问题 没意见 没有意见 无异议 没有异议
  正确 准确 属实 无误 当然 嗯 恩 好吧 行吧 okay ok okey y yes yeah yep yup sure correct right confirm confirmed agree
  agreed true fine affirmative shi dui hao keyi queren tongyi
  👍 👌 ✅ ✔ ☑ 🆗 🙆 🙆‍♂️ 🙆‍♀️ [强] [ok] [好的] [thumbsup] /:strong /:mmstrong /:ok`;
const phrases = {
  yes: ['of course', "that's right", 'no objection', 'no problem'],
  no: ['not right', 'not ok', 'not okay'],
};

const table = (words: string, more: readonly string[]): ReadonlySet<string> =>
  new Set([...words.trim().split(/\s+/), ...more].map(normalise));
const no = table(noWords, phrases.no);
const yes = table(yesWords, phrases.yes);

const courtesy = /[\s,!.]*(?:谢谢(?:您|你|啦|了)?|麻烦(?:您|你)?了?|thanks|thank you|please|pls)$/;
const particles = /(?<=.)[的啊呀哦噢哈啦滴呢]+$/u;

/** 好好好 and “no, no” say no more than 好 and “no”. */
const once = (words: string): string => /^(.+?)\1+$/u.exec(words.replace(/[\s,]+/g, ''))?.[1] ?? words;

const longestYesNo = 40;

/**
 * A yes or a no in Chinese, English or an emoji; undefined for anything else. Words match whole or not at all.
 * Numbers are left to the caller, who knows what it offered.
 */
export const readYesNo = (words: string): boolean | undefined => {
  const heard = normalise(words);
  if (heard.length > longestYesNo) return undefined;
  const polite = heard.replace(courtesy, '');
  const plain = polite.replace(particles, '');
  const forms = [heard, polite, plain, once(plain)];
  if (forms.some((form) => no.has(form))) return false;
  return forms.some((form) => yes.has(form)) ? true : undefined;
};
