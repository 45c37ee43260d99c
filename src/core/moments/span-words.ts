import { dates, reader } from './part.js';

const to = String.raw`\s*(?:[-~–—―]|to|until|till)\s*`;
const day = String.raw`\d{1,2}(?:st|nd|rd|th)?`;
const month = String.raw`(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?`;
const year = String.raw`(?:,? \d{4}(?!\d|:))?`;
const noTime = String.raw`(?![\d:.点时月]|\s*[ap]\.?m|[a-z])`;

const rewritings: readonly (readonly [RegExp, string])[] = [
  [/^(?:从|自|由|from )\s*/u, ''],
  [/\bbetween (.+?) and /u, '$1 to '],
  [/[\s,]*(?:结束|为止|止)$/u, ''],
  [/(?:开始|起)$/u, ''],
  [/(?:开始|起)[\s,]*(?:至|到)?/u, '至'],
  // 14:00/16:00, and the interval as it is kept.
  [/(?<=\d:\d{2}[^\s,(]*)\/(?=\d)/u, '~'],
  // “Dec 1-2”, “1-2 Dec”, 11.28-30, 1-2号: each day with its month.
  [
    new RegExp(`(?<m>${month}) (?<a>${day})${to}(?<b>${day})${noTime}(?<y>${year})`, 'u'),
    '$<m> $<a>$<y>~$<m> $<b>$<y>',
  ],
  [
    new RegExp(`(?<![\\d:])(?<a>${day})${to}(?<b>${day}) (?:of )?(?<m>${month})(?<y>${year})`, 'u'),
    '$<a> $<m>$<y>~$<b> $<m>$<y>',
  ],
  [
    new RegExp(
      String.raw`(?<!\d)(?<m>\d{1,2})(?<mark>[./])(?<a>\d{1,2})[-~–—](?<b>\d{1,2})(?!/|-\d)${noTime}`,
      'u',
    ),
    '$<m>$<mark>$<a>~$<m>$<mark>$<b>',
  ],
  [/(?<![\d./月-])(\d{1,2})[-~–—](\d{1,2})([日号])/u, '$1$3~$2$3'],
];

const wholeDay = /[\s,(]*(?:一整天|整天|全天|全日|(?:for )?(?:the )?(?:all|whole|full)[ -]day)(?:\s*\))?/u;

/** Normalised words as the readers of moments know them, without what says that it lasts the whole day. */
export const plainSpan = (words: string): { readonly plain: string; readonly allDay: boolean } => {
  const rest = words.replace(wholeDay, ' ').trim();
  const plain = rewritings.reduce((said, [pattern, by]) => said.replace(pattern, by), rest);
  return { plain, allDay: wholeDay.test(words) };
};

/** The day after the one on which it begins, said of the end only. */
export const nextDay = reader(
  String.raw`(?<=(?:至|到|[-~–—]|to|until|till)\s*)(?:次日|翌日|第二天|(?:the )?(?:next|following) day)`,
  () => [dates((from) => [from.plus({ days: 1 })])],
);
