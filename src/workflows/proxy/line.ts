/** Reads to whom a vote is given and for what, in one line and in either order: 李娜 P-7, P-7 给李娜, 李娜 12月1日至8日. */
import { z } from 'zod';
import { normalise } from '../../core/normalise.js';
import type { Asking, Heard, Question } from '../../core/question.js';
import { period, periodInstants, sayPeriod } from '../../core/questions.js';
import { clean, joinTexts, same, type Text } from '../../core/text.js';

/** A name as it was typed, and P-7, K-1 or an interval of days. */
export type Line = readonly [who: string, what: string];

const days = period({
  label: { zh: '期间', en: 'Days' },
  ask: { zh: '哪天到哪天？', en: 'From which day to which day?' },
});

const numbered = /(?<![\p{Script=Latin}\d])([PKpk])\s?[-–—_ ]?\s?(\d{1,6})(?![\p{Script=Latin}\d])/u;
const longest = 120;

export const isNumber = (what: string): boolean => /^[PK]-\d+$/.test(what);

export const line: Question<readonly string[]> = {
  kind: 'text',
  label: { zh: '受托人和委托事项', en: 'Proxy and what for' },
  ask: {
    zh: '委托哪位、代为表决什么？请写在一行里：\n“李娜 P-7” 一项议案\n“李娜 K-1” 一次会议\n“李娜 12月1日至8日” 一段日子',
    en: 'Who is to vote for you, and on what? Please write it in one line:\n“Li Na P-7” for one motion\n“Li Na K-1” for one meeting\n“Li Na 1 Dec to 8 Dec” for some days',
  },
  optional: false,
  schema: z.array(z.string().min(1)).length(2).readonly(),
  hear: (words, asking) => {
    // Full-width letters and digits, and whatever cannot be seen.
    const plain = clean(words.normalize('NFKC')).replace(/\s+/g, ' ').slice(0, longest);
    return readNumbered(plain) ?? readDays(plain, asking) ?? onlyWho(plain);
  },
  show: ([who = '', what = '']) =>
    joinTexts([same(who), isNumber(what) ? same(what) : sayPeriod(what)], { zh: '，', en: ', ' }),
};

const unclear = (zh: string, en: string): Heard<never> => ({ kind: 'unclear', problem: { zh, en } });
const understood = (who: string, what: string, echo: boolean): Heard<Line> => ({
  kind: 'understood',
  value: [who, what],
  ...(echo && { echo }),
});

const readNumbered = (words: string): Heard<Line> | undefined => {
  const found = numbered.exec(words);
  if (!found?.[1] || !found[2]) return undefined;
  const what = `${found[1].toUpperCase()}-${Number(found[2])}`;
  const after = words.slice(found.index + found[0].length);
  if (numbered.test(after)) {
    return unclear(
      '一次请只委托一项议案或一次会议，例如“李娜 P-7”。',
      'Please give one motion or one meeting at a time, as in “Li Na P-7”.',
    );
  }
  const who = nameIn(`${words.slice(0, found.index)} ${after}`);
  return who === '' ? whoFor(what) : understood(who, what, false);
};

// Where a name may end and days begin, or the other way round: at a blank or a comma, before figures, before 给.
const places = /[ ,]|(?<=[\p{L}])(?<![年月])(?=\d)|(?<=[日号天])(?=[给由请])/gu;

/** Takes the first place at which what follows, or else what goes before, is days. */
const readDays = (words: string, asking: Asking): Heard<Line> | undefined => {
  const heard = (part: string) =>
    days.hear(part.replace(/^[ ,]+/u, '').replace(/^(?:在|于|on|for|during) ?/iu, ''), asking);
  const whole = heard(words);
  if (whole.kind === 'understood') return whoFor(days.show(whole.value));
  const found = [...words.matchAll(places)].map(({ index }) => index);
  const ways = [
    ...found.map((at) => ({ when: words.slice(at), who: words.slice(0, at) })),
    ...found.toReversed().map((at) => ({ when: words.slice(0, at), who: words.slice(at) })),
  ];
  for (const way of ways) {
    const who = nameIn(way.who);
    const when = who === '' ? undefined : heard(way.when);
    if (when?.kind === 'understood') return understood(who, when.value, isFar(when.value, asking));
  }
  // Days that passed, or that have two readings: the question of days says it best.
  const from = words.search(/\d|今天|明天|后天|下周|next |today|tomorrow/iu);
  return from > 0 ? refusedDays(heard(words.slice(from))) : undefined;
};

// The reply says the days back, and one word takes a proxy back. Days that far off may be of a year that nobody
// meant: they are asked about before anybody is told.
const farMs = 60 * 24 * 60 * 60 * 1000;
const isFar = (value: string, { now, timezone }: Asking): boolean =>
  periodInstants(value, timezone).from.getTime() - now.getTime() > farMs;

const refusedDays = (heard: Heard<string>): Heard<Line> | undefined =>
  heard.kind === 'unclear' ? heard : undefined;

const whoFor = (what: string | Text): Heard<never> => {
  const { zh, en } = typeof what === 'string' ? same(what) : what;
  return unclear(
    `${zh} 委托哪位？请连同姓名写在一行里，例如“李娜 ${typeof what === 'string' ? zh : '12月1日至8日'}”。`,
    `Who is to vote for you: ${en}? Please write it with the name, as in “Li Na ${typeof what === 'string' ? en : '1 Dec to 8 Dec'}”.`,
  );
};

const onlyWho = (words: string): Heard<never> => {
  const who = nameIn(words).slice(0, 40);
  return unclear(
    `委托${who}代为表决什么？请连同姓名再写一次，例如“${who} P-7”。`,
    `What is ${who} to vote on for you? Please write it again with the name, as in “${who} P-7”.`,
  );
};

// What stands between a name and what it is for.
const between =
  /^[\s,，、:：;；]+|(?:[\s,，、:：;；.。]|就|关于|(?<= )(?:在|从|自|于|for|on|about|from|during))+$/giu;
const errand = /代?(?:为|我)?(?:表决|投票|参会|出席|参加)$|^(?:for|on|about)(?= )/giu;

const nameIn = (words: string): string => {
  const bare = words
    .replace(between, '')
    .replace(errand, '')
    .replace(between, '')
    .replace(/^(?:给|请|@|to (?=.)) ?/iu, '')
    .trim();
  return normalise(bare) === '' || isNoName(bare) ? '' : bare;
};

// A part of a date is nobody's name; the key of a seat, like s3, may stand for who holds it.
const isNoName = (words: string): boolean => /\d/.test(words) && !/^[a-z]+-?\d+$/i.test(words);
