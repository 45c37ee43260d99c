/** What is said after an event: to those who came, to those who did not, and to its organizer. */
import { type Message, say } from '../../../core/message.js';
import { joinTexts, same, type Text } from '../../../core/text.js';
import type { Named, Subject } from '../header.js';
import { namesOf, people, titled } from './common.js';

type Missed = { readonly own: boolean; readonly names: readonly string[] };

const lines = (...all: readonly Text[]): Text => joinTexts(all, '\n');

/** What one person is asked: what they thought of it, why they or those they signed up did not come, or both. */
export const pleaseTell = (
  c: Named,
  e: Subject,
  { review, missed }: { readonly review: boolean; readonly missed: Missed | undefined },
): Message => ({
  text: lines(
    ...(review
      ? [
          {
            zh: `感谢参加${titled(c, e).zh}！请花一分钟评价：回复“评价 ${c.ref}”，结果不记名。`,
            en: `Thank you for coming to ${titled(c, e).en}! Please take a minute to tell how it was: reply “review ${c.ref}”. The results carry no names.`,
          },
        ]
      : []),
    ...(missed ? [weMissed(c, e, missed)] : []),
  ),
});

const weMissed = (c: Named, e: Subject, { own, names }: Missed): Text => {
  const others = namesOf(names);
  const who: Text = !own
    ? others
    : names.length === 0
      ? { zh: '您', en: 'you' }
      : { zh: `您和${others.zh}`, en: `you and ${others.en}` };
  const wasThere: Text = own
    ? { zh: `其实到场了？请回复“到了 ${c.ref}”。`, en: ` You were there after all? Reply “here ${c.ref}”.` }
    : { zh: '', en: '' };
  return {
    zh: `${titled(c, e).zh}没有见到${who.zh}，希望一切都好。方便的话，请回复“原因 ${c.ref} ……”说一声，便于下次安排名额；只按园区计数，不记到个人。${wasThere.zh}`,
    en: `We missed ${who.en} at ${titled(c, e).en} and hope that all is well. If you like, tell us why with “absent ${c.ref} …”: it helps to plan places, and is counted by park, not by person.${wasThere.en}`,
  };
};

export const wasNotMissed = (c: Named, e: Subject): Message =>
  say(
    `${titled(c, e).zh}没有需要您说明的缺席。`,
    `There is nothing to explain: you are not counted as absent from ${titled(c, e).en}.`,
  );

export const reasonNoted = (c: Named, e: Subject): Message =>
  say(
    `已记下，谢谢告知。这次${titled(c, e).zh}没能见面，期待下次。`,
    `Noted, thank you for telling us. A pity that it did not work out with ${titled(c, e).en}; we hope to see you next time.`,
  );

type ParkRow = { readonly park: Text | undefined; readonly absent: number; readonly places: number };
const noPark: Text = { zh: '未注明园区', en: 'Of no park' };

export const byPark = (rows: readonly ParkRow[], events: number, months: number): Message =>
  events === 0
    ? say(
        `近 ${months} 个月没有使用签到的活动，无从统计缺席。`,
        `Nobody checked in at any event of the last ${months} months, so absences can’t be counted.`,
      )
    : {
        title: { zh: '缺席统计（按园区）', en: 'Absences by park' },
        text: lines(
          {
            zh: `近 ${months} 个月使用签到的活动共 ${events} 场：`,
            en: `Events of the last ${months} months with check-in: ${events}`,
          },
          ...rows.map(({ park = noPark, absent, places }) => ({
            zh: `${park.zh}：${places} 个名额，${absent} 人次未到`,
            en: `${park.en}: ${absent} of ${places} did not come`,
          })),
        ),
      };

export const noSurvey = (c: Named, e: Subject): Message =>
  say(`${titled(c, e).zh}没有安排会后评价。`, `There is no survey for ${titled(c, e).en}.`);

export const wasNotThere = (c: Named, e: Subject, used: boolean): Message =>
  used
    ? say(
        `评价只请到场的人填写，${titled(c, e).zh}没有您的签到记录。其实到场了？请先回复“到了 ${c.ref}”。`,
        `Only those who were there are asked, and you did not check in at ${titled(c, e).en}. If you were there, please reply “here ${c.ref}” first.`,
      )
    : say(
        `评价只请参加的人填写，${titled(c, e).zh}的名单上没有您。`,
        `Only those who took part are asked, and you are not on the list of ${titled(c, e).en}.`,
      );

export const thanks = (c: Named, e: Subject, again: boolean): Message =>
  again
    ? say(
        `已更新您对${titled(c, e).zh}的评价，谢谢！`,
        `Your review of ${titled(c, e).en} is changed. Thank you!`,
      )
    : say(
        `谢谢您评价${titled(c, e).zh}！一周内想改，再回复一次“评价 ${c.ref}”即可。`,
        `Thank you for your review of ${titled(c, e).en}! Within the week you can change it: just reply “review ${c.ref}” again.`,
      );

/** From one point to five. */
export const ratings = {
  poor: { zh: '很不满意', en: 'poor' },
  fair: { zh: '不太满意', en: 'fair' },
  okay: { zh: '一般', en: 'okay' },
  good: { zh: '满意', en: 'good' },
  excellent: { zh: '非常满意', en: 'excellent' },
} as const;

/** With fewer, an organizer would know who said what. */
const fewest = 3;

export type Results = {
  readonly ratings: readonly number[];
  readonly useful: readonly string[];
  readonly better: readonly string[];
  readonly asked: number;
  /** Left out where nobody checked in. */
  readonly absent: { readonly count: number; readonly reasons: readonly string[] } | undefined;
};

export const results = (c: Named, e: Subject, all: Results): Message => ({
  title: { zh: `${titled(c, e).zh}的评价结果`, en: `What people thought of ${titled(c, e).en}` },
  text: lines(
    {
      zh: `请 ${all.asked} 人评价，收到 ${all.ratings.length} 份。`,
      en: `${people(all.asked)} asked, ${all.ratings.length} answered.`,
    },
    ...figures(all),
    ...absent(all),
  ),
});

const figures = ({ ratings, useful, better }: Results): readonly Text[] => {
  if (ratings.length === 0) return [];
  if (ratings.length < fewest) {
    return [
      {
        zh: `不足 ${fewest} 份，分数和意见暂不显示：份数太少，看得出是谁写的。`,
        en: `With fewer than ${fewest} answers, no figures or words are shown: one could tell who gave them.`,
      },
    ];
  }
  const average = (ratings.reduce((sum, one) => sum + one, 0) / ratings.length).toFixed(1);
  const given = [5, 4, 3, 2, 1].map((points) => ({
    points,
    count: ratings.filter((one) => one === points).length,
  }));
  return [
    {
      zh: `平均 ${average} 分（${given.map(({ points, count }) => `${points} 分 ${count} 人`).join('，')}）`,
      en: `Average ${average} (${given.map(({ points, count }) => `${points}: ${count}`).join(', ')})`,
    },
    ...listed({ zh: '有用的：', en: 'Useful:' }, useful),
    ...listed({ zh: '可以更好的：', en: 'Could be better:' }, better),
  ];
};

const absent = ({ absent: missed }: Results): readonly Text[] =>
  missed === undefined
    ? []
    : [
        {
          zh: `未到场 ${missed.count} 人，${missed.reasons.length} 人说明了原因。`,
          en: `${missed.count} did not come; ${missed.reasons.length} told why.`,
        },
        ...(missed.reasons.length < fewest ? [] : listed({ zh: '原因：', en: 'Reasons:' }, missed.reasons)),
      ];

const listed = (title: Text, words: readonly string[]): readonly Text[] =>
  words.length === 0 ? [] : [title, ...words.map((one) => same(`· ${one}`))];
