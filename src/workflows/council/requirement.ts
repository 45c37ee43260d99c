/** What a ballot asks for before the vote, and how far it is during it. */
import { atLeast, type Fraction, sayFraction } from '../../core/fraction.js';
import type { Rule } from '../../core/rulebook.js';
import { eachLanguage, type Text } from '../../core/text.js';
import { abstentionsCount, holdsAbstentions, wholeOf } from './bases.js';
import { baseOf } from './figures.js';
import type { Ballot } from './tally.js';

type Means = Ballot['means'];

/** What a ballot asks for, for its card. `seats`: those that the quorum is taken of as it opens. */
export const requirement = (rule: Rule, seats: number, means: Means): Text => {
  const by = means === 'meeting' ? rule.quorum.by : 'takingPart';
  const quorum = atLeast(rule.quorum.share, seats);
  const votesMakeQuorum = quorum > 0 && by === 'takingPart';
  const abstentions = abstentionsCount(
    takenOfNothing(rule) ? undefined : holdsAbstentions(baseOf(rule), rule.abstention, means),
    !votesMakeQuorum || rule.abstention.inQuorum,
    'now',
  );
  return sentences([
    quorumOf(quorum, seats, by),
    majorityOf(rule, means),
    ...(abstentions ? [{ zh: `弃权票${abstentions.zh}`, en: `Abstentions ${abstentions.en}` }] : []),
    ...silenceOf(rule, means, votesMakeQuorum),
    ...(rule.ties === 'chair' && mayTie(rule)
      ? [{ zh: '赞成与反对票数相同时，由理事长决定', en: 'A tie goes to the chair' }]
      : []),
    ...(rule.earlyClose ? [{ zh: '结果已定时提前截止', en: 'Closes early when decided' }] : []),
  ]);
};

/**
 * How far the vote is, without a full stop. Where abstentions do not count towards the quorum, saying what it
 * still lacks would tell how many there are; `quorumNeeded` 0 leaves it out.
 */
export const turnout = (entitled: number, voted: number, quorumNeeded: number): Text => {
  const missing = quorumNeeded - voted;
  const far = votedOf(entitled, voted);
  if (quorumNeeded === 0) return far;
  return missing > 0
    ? { zh: `${far.zh}，距法定人数还差${missing}席`, en: `${far.en}; ${missing} more for the quorum` }
    : { zh: `${far.zh}，已达法定人数`, en: `${far.en}; the quorum is reached` };
};

/** Texts without full stops, each made a sentence. */
export const sentences = (texts: readonly Text[]): Text =>
  eachLanguage((language) =>
    language === 'zh'
      ? texts.map((one) => `${one.zh}。`).join('')
      : texts.map((one) => `${one.en}.`).join(' '),
  );

/** “1 seat”, “13 seats”. */
export const seatsInWords = (number: number): string => (number === 1 ? '1 seat' : `${number} seats`);

const quorumOf = (needed: number, seats: number, by: Rule['quorum']['by']): Text => {
  if (needed === 0) return { zh: '不设法定人数', en: 'No quorum is needed' };
  const there: Text =
    by === 'present' ? { zh: '出席', en: 'present' } : { zh: '参与表决', en: 'taking part' };
  return {
    zh: `法定人数：${seats}席中须有${needed}席${there.zh}`,
    en: `Quorum: ${needed} of ${seatsInWords(seats)} ${there.en}`,
  };
};

const half: Fraction = { over: 1, under: 2 };

const majorityOf = ({ majority, ...rule }: Rule, means: Means): Text => {
  if (rule.base === 'disabled') {
    return { zh: '表决结果仅作记录，不形成决议', en: 'The votes are noted and decide nothing' };
  }
  const whole = wholeOf(baseOf({ ...rule, majority }), means);
  switch (majority.kind) {
    case 'simple':
    case 'absolute':
      return byShare(half, true, whole);
    case 'share':
      return byShare(majority.share, majority.more, whole);
    case 'unanimous':
      return { zh: `须${whole.zh}全数赞成方可通过`, en: `Passes only if unanimous among ${whole.en}` };
    case 'objections': {
      const { atMost } = majority;
      if (atMost === 0) {
        return {
          zh: '有赞成票且无反对票即通过',
          en: 'Passes with at least one yes and nobody against',
        };
      }
      return typeof atMost === 'number'
        ? {
            zh: `有赞成票且反对票不超过${atMost}票即通过`,
            en: `Passes with at least one yes and at most ${atMost} no`,
          }
        : {
            zh: `有赞成票且反对票不超过${whole.zh}的${sayFraction(atMost)}即通过`,
            en: `Passes with at least one yes and at most ${sayFraction(atMost)} of ${whole.en} against`,
          };
    }
    default:
      return majority satisfies never;
  }
};

const byShare = (share: Fraction, more: boolean, whole: Text): Text => {
  const isHalf = share.over * 2 === share.under;
  const part: Text = { zh: isHalf ? '半数' : sayFraction(share), en: isHalf ? 'half' : sayFraction(share) };
  return {
    zh: `赞成票${more ? '超过' : '达到'}${whole.zh}的${part.zh}即通过`,
    en: `Passes with ${more ? 'more than' : 'at least'} ${part.en} of ${whole.en}`,
  };
};

/** Whether the base makes no difference: nothing is decided, or objections are limited to a plain number. */
const takenOfNothing = ({ base, majority }: Rule): boolean =>
  base === 'disabled' || (majority.kind === 'objections' && typeof majority.atMost === 'number');

const mayTie = ({ base, majority }: Rule): boolean =>
  base !== 'disabled' && majority.kind !== 'unanimous' && majority.kind !== 'objections';

const silenceOf = (rule: Rule, means: Means, votesMakeQuorum: boolean): readonly Text[] => {
  const { silence } = rule.abstention;
  if (silence === 'nothing' || rule.base === 'disabled') return [];
  const who: Text =
    means === 'meeting'
      ? { zh: '出席而未表态的席位', en: 'Seats present that say nothing' }
      : { zh: '截止时未表态的席位', en: 'Seats that say nothing' };
  const asWhat: Text =
    silence === 'consent'
      ? { zh: '视为赞成', en: 'count as yes' }
      : { zh: '视为弃权', en: 'count as abstentions' };
  return [
    {
      zh: `${who.zh}${asWhat.zh}${votesMakeQuorum ? '，但不计入法定人数' : ''}`,
      en: `${who.en} ${asWhat.en}${votesMakeQuorum ? ', but not for the quorum' : ''}`,
    },
  ];
};

const votedOf = (entitled: number, voted: number): Text => {
  if (entitled > 0 && voted >= entitled) {
    return {
      zh: `${entitled}席均已表决`,
      en: entitled === 1 ? 'The only seat has voted' : `All ${entitled} seats have voted`,
    };
  }
  return {
    zh: `${entitled}席中${voted}席已表决`,
    en: `${voted} of ${seatsInWords(entitled)} ${voted === 1 ? 'has' : 'have'} voted`,
  };
};
