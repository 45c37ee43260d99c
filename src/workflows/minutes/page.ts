/** Minutes as a page in one language. Whatever shows it – a chat, Markdown, a Word file – says the same. */
import { DateTime } from 'luxon';
import { sayMoment } from '../../core/moments.js';
import type { Language, Text } from '../../core/text.js';
import type { Standing } from '../council/seats.js';
import type { Choice, Outcome } from '../council/tally.js';
import type { Absent, Decision, Item, Minutes, There } from './minutes.js';

export type Block =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'line'; readonly text: string }
  /** What somebody wrote, line by line as they wrote it. */
  | { readonly kind: 'quote'; readonly text: string }
  | {
      readonly kind: 'rows';
      readonly head: readonly string[];
      readonly rows: readonly (readonly string[])[];
    };

export type Page = { readonly title: string; readonly blocks: readonly Block[] };

const standings: Readonly<Record<Standing, Text>> = {
  holder: { zh: '代表', en: 'holder' },
  alternate: { zh: '候补代表', en: 'alternate' },
  proxy: { zh: '受托代为表决', en: 'proxy' },
};
const choiceWords: Readonly<Record<Choice, Text>> = {
  yes: { zh: '赞成', en: 'Yes' },
  no: { zh: '反对', en: 'No' },
  abstain: { zh: '弃权', en: 'Abstain' },
};
const verdicts: Readonly<Record<Outcome, Text>> = {
  carried: { zh: '通过', en: 'carried' },
  lost: { zh: '未通过', en: 'lost' },
  tied: { zh: '赞成与反对票数相等，由理事长裁决', en: 'tied, for the chair to decide' },
  noQuorum: { zh: '未达法定人数', en: 'no quorum' },
  noted: { zh: '已记录', en: 'noted' },
};

const line = (text: string): Block => ({ kind: 'line', text });
const heading = (text: string): Block => ({ kind: 'heading', text });

/** Says a text in the language of the page, and lists, days and times as they are written in it. */
type Says = {
  readonly one: (text: Text) => string;
  readonly labelled: (label: Text, value: string) => Block;
  readonly list: (items: readonly string[]) => string;
  /** Something with more on it in brackets. */
  readonly with: (text: string, more: string) => string;
  readonly day: (at: Date) => string;
  readonly time: (at: Date) => string;
  readonly clock: (at: Date) => string;
  /** From one time to another, with the day only once where it is the same. */
  readonly span: (from: Date, until: Date | null) => string;
};

const speaker = (language: Language, timezone: string): Says => {
  const zh = language === 'zh';
  const local = (at: Date) => DateTime.fromJSDate(at, { zone: timezone });
  const clock = (at: Date) => local(at).toFormat('HH:mm');
  const time = (at: Date) => sayMoment(at, timezone, { time: true })[language];
  return {
    one: (text) => text[language],
    labelled: (label, value) => line(zh ? `${label.zh}：${value}` : `${label.en}: ${value}`),
    list: (items) => items.join(zh ? '、' : ', '),
    with: (text, more) => (zh ? `${text}（${more}）` : `${text} (${more})`),
    day: (at) => sayMoment(at, timezone, { time: false })[language],
    time,
    clock,
    span: (from, until) => {
      if (!until) return time(from);
      const sameDay = local(from).hasSame(local(until), 'day');
      return zh
        ? `${time(from)}至${sameDay ? clock(until) : time(until)}`
        : `${time(from)} to ${sameDay ? clock(until) : time(until)}`;
    },
  };
};

/** The minutes as they are written in a language. */
export const pageOf = (minutes: Minutes, language: Language): Page => {
  const says = speaker(language, minutes.timezone);
  const { alliance, ref, title } = minutes;
  const atMeeting = minutes.place !== null;
  return {
    title: says.one({
      zh: `${alliance.zh}理事会${atMeeting ? '会议' : '通信表决'}纪要`,
      en: `${alliance.en}: minutes of the council${atMeeting ? '’s meeting' : '’s vote by circulation'}`,
    }),
    blocks: [
      line(says.one({ zh: `${ref}《${title}》`, en: `${ref} “${title}”` })),
      ...frame(minutes, says),
      ...attendance(minutes, says),
      ...minutes.items.flatMap((item, at) => itemBlocks(item, atMeeting ? at + 1 : null, says)),
      ...approval(minutes, says),
    ],
  };
};

const frame = ({ place, calledBy, from, until }: Minutes, says: Says): readonly Block[] => [
  says.labelled(
    place === null ? { zh: '表决时间', en: 'Open for votes' } : { zh: '时间', en: 'Time' },
    says.span(from, until),
  ),
  ...(place === null ? [] : [says.labelled({ zh: '地点', en: 'Place' }, place)]),
  ...(calledBy === null ? [] : [says.labelled({ zh: '召集人', en: 'Called by' }, calledBy)]),
];

const attendance = ({ place, there, absent }: Minutes, says: Says): readonly Block[] => {
  const met = place !== null;
  const count = (label: Text, number: number) =>
    heading(
      says.one({
        zh: `${label.zh}（${number} 席）`,
        en: `${label.en} (${number === 1 ? '1 seat' : `${number} seats`})`,
      }),
    );
  return [
    count(met ? { zh: '出席', en: 'Present' } : { zh: '参加表决', en: 'Took part' }, there.length),
    ...(there.length > 0 ? [thereRows(there, met, says)] : []),
    ...(absent.length > 0
      ? [
          count(
            met ? { zh: '缺席', en: 'Absent' } : { zh: '未参加', en: 'Did not take part' },
            absent.length,
          ),
          line(says.list(absent.map((one) => absence(one, says)))),
        ]
      : []),
  ];
};

const thereRows = (there: readonly There[], met: boolean, says: Says): Block => ({
  kind: 'rows',
  head: [
    says.one({ zh: '席位', en: 'Seat' }),
    says.one({ zh: '姓名', en: 'Name' }),
    says.one({ zh: '身份', en: 'As' }),
    ...(met ? [says.one({ zh: '时间', en: 'Time' })] : []),
  ],
  rows: there.map((one) => [
    says.one(one.seat),
    one.person ?? '—',
    one.standing ? says.one(standings[one.standing]) : '—',
    ...(met ? [one.from && one.until ? `${says.clock(one.from)}–${says.clock(one.until)}` : '—'] : []),
  ]),
});

const absence = ({ seat, holder, excused }: Absent, says: Says): string => {
  const named = says.one(seat);
  // A seat of no park is known by its holder.
  const who = named.endsWith(holder) ? named : says.with(named, holder);
  return excused ? `${who} ${says.one({ zh: '请假', en: 'excused' })}` : who;
};

const itemBlocks = (item: Item, number: number | null, says: Says): readonly Block[] => {
  const named = says.one({ zh: `${item.ref}《${item.title}》`, en: `${item.ref} “${item.title}”` });
  const numbered = says.one({ zh: `议题${number}：${named}`, en: `Item ${number}: ${named}` });
  const seconders = item.seconders.map((one) => says.with(one.person, says.one(one.seat)));
  return [
    heading(number === null ? named : numbered),
    says.labelled({ zh: '提案人', en: 'Moved by' }, item.mover),
    ...(seconders.length > 0 ? [says.labelled({ zh: '附议', en: 'Seconded by' }, says.list(seconders))] : []),
    { kind: 'quote', text: item.text },
    ...(item.decision
      ? decisionBlocks(item.decision, says)
      : [says.labelled({ zh: '结果', en: 'Result' }, says.one({ zh: '本次没有表决', en: 'not voted on' }))]),
    ...item.tasks.map((task) =>
      says.labelled(
        { zh: `任务 ${task.ref}`, en: `Task ${task.ref}` },
        says.with(
          task.what,
          says.one({
            zh: `${task.owner}，最晚${says.day(task.dueAt)}；${task.dropped ? '已撤销' : task.doneAt ? `${says.day(task.doneAt)}完成` : '进行中'}`,
            en: `${task.owner}, by ${says.day(task.dueAt)}; ${task.dropped ? 'dropped' : task.doneAt ? `done on ${says.day(task.doneAt)}` : 'under way'}`,
          }),
        ),
      ),
    ),
  ];
};

const decisionBlocks = (decision: Decision, says: Says): readonly Block[] => {
  const seats = (texts: readonly Text[]) => says.list(texts.map(says.one));
  const { outcome, byChair, annulled, explained } = decision;
  const verdict = says.one(verdicts[outcome]);
  const ruled = byChair
    ? says.one({ zh: `票数相等，经理事长裁决${verdict}`, en: `a tie, ${verdict} by the chair’s word` })
    : verdict;
  return [
    ...decision.recused.map((one) =>
      says.labelled(
        { zh: '回避', en: 'Recused' },
        one.why ? says.with(says.one(one.seat), one.why) : says.one(one.seat),
      ),
    ),
    ...(decision.suspended.length > 0
      ? [says.labelled({ zh: '席位暂停', en: 'Suspended' }, seats(decision.suspended))]
      : []),
    says.labelled(
      { zh: '结果', en: 'Result' },
      says.one({ zh: `${ruled}。${explained.zh}`, en: `${ruled}. ${explained.en}` }),
    ),
    ...(annulled
      ? [
          line(
            says.one({ zh: '该结果其后经异议作废。', en: 'This result was challenged later and annulled.' }),
          ),
        ]
      : []),
    ...(decision.secret
      ? [
          line(
            says.one({
              zh: '无记名投票，不列各席表决。',
              en: 'A secret ballot: votes are not listed by seat.',
            }),
          ),
        ]
      : []),
    ...decision.votes.map((one) =>
      says.labelled(
        {
          zh: `${choiceWords[one.choice].zh} ${one.seats.length} 席`,
          en: `${choiceWords[one.choice].en}, ${one.seats.length}`,
        },
        says.list(one.seats.map((vote) => voter(vote, says))),
      ),
    ),
    ...(decision.invalid.length > 0
      ? [
          says.labelled(
            { zh: '修正后未再确认，不计', en: 'Not confirmed after the amendment, not counted' },
            seats(decision.invalid),
          ),
        ]
      : []),
    ...(decision.silent.length > 0
      ? [says.labelled({ zh: '未表决', en: 'Did not vote' }, seats(decision.silent))]
      : []),
    ...decision.reasons.map((one) =>
      says.labelled({ zh: `表决理由，${one.seat.zh}`, en: `Reason given by ${one.seat.en}` }, one.reason),
    ),
  ];
};

const voter = (
  { seat, person, standing }: { readonly seat: Text; readonly person: string; readonly standing: Standing },
  says: Says,
): string => {
  const named = says.one(seat);
  if (standing === 'holder' && named.endsWith(person)) return named;
  const as =
    standing === 'holder'
      ? ''
      : says.one({ zh: `，${standings[standing].zh}`, en: `, ${standings[standing].en}` });
  return says.with(named, `${person}${as}`);
};

const approval = ({ draft, place, there }: Minutes, says: Says): readonly Block[] => {
  if (place === null) return [];
  const replies = draft?.replies ?? [];
  // What was answered before a correction was about another text.
  const answered = replies.filter((one) => draft && one.at >= draft.draftedAt).map((one) => one.person);
  const inPerson = there.flatMap(({ person, standing }) => (standing === 'proxy' ? [] : (person ?? [])));
  const silent = [...new Set(inPerson)].filter((one) => !answered.includes(one));
  const status = !draft
    ? { zh: '尚未起草完毕。', en: 'Not drafted yet.' }
    : draft.confirmedAt
      ? { zh: `${says.time(draft.confirmedAt)}确认。`, en: `Confirmed on ${says.time(draft.confirmedAt)}.` }
      : { zh: '初稿，待出席者确认。', en: 'A draft, to be confirmed by those who were there.' };
  return [
    heading(says.one({ zh: '更正与确认', en: 'Corrections and confirmation' })),
    ...replies.flatMap(({ person, correction }): Block[] =>
      correction === null
        ? []
        : [
            line(says.one({ zh: `${person}更正：`, en: `Corrected by ${person}:` })),
            { kind: 'quote', text: correction },
          ],
    ),
    line(says.one(status)),
    ...(answered.length > 0
      ? [says.labelled({ zh: '已确认', en: 'Confirmed by' }, says.list(answered))]
      : []),
    ...(draft?.confirmedAt && silent.length > 0
      ? [
          says.labelled(
            { zh: '期限内未提出更正，视为确认', en: 'No correction in time, counted as confirmed' },
            says.list(silent),
          ),
        ]
      : []),
  ];
};
