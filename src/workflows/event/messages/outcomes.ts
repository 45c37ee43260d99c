/** The outcomes of an event's meetings, in figures. */
import { type Message, say } from '../../../core/message.js';
import { joinTexts, type Text } from '../../../core/text.js';
import { amounts, stages } from '../../appointment/messages/follow-up.js';
import type { Counted, Figures, Period } from '../../appointment/outcomes.js';
import type { Named } from '../header.js';
import { type Titled, titled } from './common.js';

export const noneAsked = (c: Named, e: Titled): Message =>
  say(
    `${titled(c, e).zh}没有人约见过，没有成果可汇总。`,
    `Nobody has asked for a meeting at ${titled(c, e).en}, so there is nothing to sum up.`,
  );

const list = <Key extends string>(
  counts: Counted<Key>,
  names: Readonly<Record<Key, Text>>,
): readonly Text[] =>
  counts
    .filter((one) => one.count > 0)
    .map(({ key, count }) => ({ zh: `${names[key].zh} ${count}`, en: `${names[key].en} ${count}` }));

const comma: Text = { zh: '，', en: ', ' };

const periodLines = (period: Period): readonly Text[] => {
  const known = list(period.stages, stages);
  const unknown: readonly Text[] =
    period.unanswered > 0
      ? [{ zh: `未答复 ${period.unanswered}`, en: `no answer ${period.unanswered}` }]
      : [];
  const found = joinTexts([...known, ...unknown], comma);
  const deals = joinTexts(list(period.amounts, amounts), comma);
  return [
    {
      zh: `${period.day} 天后：${found.zh}`,
      en: `After ${period.day} ${period.day === 1 ? 'day' : 'days'}: ${found.en}`,
    },
    ...(deals.zh === '' ? [] : [{ zh: `　其中金额：${deals.zh}`, en: `  of these by amount: ${deals.en}` }]),
  ];
};

export const summary = (c: Named, e: Titled, f: Figures): Message => {
  const more = (zh: string, en: string, count: number): readonly Text[] =>
    count > 0 ? [{ zh: `${zh} ${count}`, en: `${en} ${count}` }] : [];
  const counts = joinTexts(
    [
      { zh: `约见 ${f.asked} 次`, en: `requests ${f.asked}` },
      { zh: `接受 ${f.accepted}`, en: `accepted ${f.accepted}` },
      { zh: `谢绝 ${f.declined}`, en: `declined ${f.declined}` },
      { zh: `失效 ${f.expired}`, en: `expired ${f.expired}` },
      ...more('撤回', 'withdrawn', f.withdrawn),
      ...more('待答复', 'waiting', f.waiting),
      ...more('约好后取消', 'cancelled later', f.cancelled),
      { zh: `实际面谈 ${f.held} 场`, en: `held ${f.held}` },
    ],
    comma,
  );
  return {
    title: { zh: `${titled(c, e).zh}面谈成果`, en: `Outcomes of the meetings at ${titled(c, e).en}` },
    text: joinTexts(
      [
        counts,
        ...f.periods.flatMap(periodLines),
        {
          zh: '按场计：双方说法不一时，进展取其远，金额取其低。',
          en: 'Counted by meeting; where the two differ, the further stage and the lower amount.',
        },
      ],
      '\n',
    ),
  };
};
