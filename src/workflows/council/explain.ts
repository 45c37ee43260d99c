/** How a result came about, in sentences with the arithmetic in them. */
import { joinTexts, type Text } from '../../core/text.js';
import { abstentionsCount, baseName, holdsAbstentions } from './bases.js';
import { couldVote } from './figures.js';
import { seatsInWords, sentences } from './requirement.js';
import type { Ballot, Tally } from './tally.js';

export { baseName } from './bases.js';
export { requirement, turnout } from './requirement.js';

type Means = Ballot['means'];

/** The first sentence is the arithmetic; those after it are what one might ask next. */
export const explain = (tally: Tally, { means }: { readonly means: Means }): Text => {
  const took = joinTexts([...seatsOf(tally), quorumOf(tally), ...turnoutOf(tally, means)], comma);
  const figures = joinTexts([took, ...arithmeticOf(tally, means)], { zh: '；', en: '; ' });
  const notes = [
    recusalNote(tally),
    silenceNote(tally, means),
    abstentionNote(tally, means),
    invalidNote(tally, means),
  ];
  return sentences([
    joinTexts([figures, endingOf(tally)], { zh: '：', en: ': ' }),
    ...notes.filter((note) => note !== undefined),
  ]);
};

const comma: Text = { zh: '，', en: ', ' };

const seatsOf = ({ seats, recused, suspended }: Tally): readonly Text[] => [
  { zh: `共${seats}席`, en: seatsInWords(seats) },
  ...(recused > 0 ? [{ zh: `${recused}席回避`, en: `${recused} recused` }] : []),
  ...(suspended > 0 ? [{ zh: `${suspended}席暂停表决权`, en: `${suspended} suspended` }] : []),
];

const quorumOf = ({ quorum, entitled }: Tally): Text =>
  quorum.needed === 0 ? { zh: '不设法定人数', en: 'no quorum needed' } : quorumIs(quorum.needed, entitled);

const quorumIs = (needed: number, entitled: number): Text => ({
  zh: `法定人数${needed}席（可表决${entitled}席）`,
  en: `quorum ${needed} of ${entitled}`,
});

const turnoutOf = (tally: Tally, means: Means): readonly Text[] => {
  const { present, quorum } = tally;
  const tookPart = tally.yes + tally.no + tally.abstain;
  return [
    ...(means === 'meeting' ? [{ zh: `${present}席出席`, en: `${present} present` }] : []),
    { zh: `${tookPart}席参与表决`, en: `${tookPart} took part` },
    ...(quorum.by === 'takingPart' && quorum.needed > 0 && quorum.reached < tookPart
      ? [{ zh: `其中${quorum.reached}席计入法定人数`, en: `${quorum.reached} of them for the quorum` }]
      : []),
  ];
};

/** A number of objections that is written down is taken of nothing. */
const hasBase = ({ majority, base }: Tally): boolean =>
  base.kind !== 'disabled' && (majority.kind !== 'objections' || typeof majority.atMost !== 'number');

const arithmeticOf = (tally: Tally, means: Means): readonly Text[] => {
  const { outcome, majority, needed, got } = tally;
  if (outcome === 'noQuorum') return [];
  if (outcome === 'noted') {
    const { yes, no, abstain } = tally;
    return [
      {
        zh: `赞成${yes}票，反对${no}票，弃权${abstain}票`,
        en: `${yes} yes, ${no} no, ${abstentions(abstain)}`,
      },
    ];
  }
  const name = baseName(tally.base.kind, means);
  return [
    ...(hasBase(tally) ? [{ zh: `计票基数为${name.zh}`, en: `base = ${name.en}` }] : []),
    majority.kind === 'objections'
      ? { zh: `反对票最多${needed}票，实有${got}票`, en: `at most ${needed} no allowed, ${got} cast` }
      : { zh: `须${needed}票赞成，得${got}票`, en: `needed ${needed}, got ${got}` },
  ];
};

const endingOf = ({ outcome, quorum, majority, needed, got }: Tally): Text => {
  switch (outcome) {
    case 'carried':
      return { zh: '通过', en: 'passed' };
    case 'lost':
      return majority.kind === 'objections' && got <= needed
        ? { zh: '无人赞成，未通过', en: 'nobody said yes, so it did not pass' }
        : { zh: '未通过', en: 'not passed' };
    case 'tied':
      return {
        zh: `赞成与反对各${got}票，由理事长决定`,
        en: `a tie at ${got} each, for the chair to decide`,
      };
    case 'noQuorum': {
      const missing = quorum.needed - quorum.reached;
      return {
        zh: `距法定人数差${missing}席，未形成决议`,
        en: `the quorum was missed by ${missing}, so nothing is decided`,
      };
    }
    case 'noted':
      return { zh: '仅作记录，不形成决议', en: 'noted, nothing is decided by it' };
    default:
      return outcome satisfies never;
  }
};

const recusalNote = ({ withoutRecusal, outcome, majority }: Tally): Text | undefined => {
  if (!withoutRecusal) return undefined;
  const { quorum, of, needed } = withoutRecusal;
  const parts: readonly Text[] = [
    ...(quorum > 0 ? [quorumIs(quorum, of)] : []),
    ...(outcome === 'noted'
      ? []
      : majority.kind === 'objections'
        ? [{ zh: `反对票最多${needed}票`, en: `at most ${needed} no allowed` }]
        : [{ zh: `须${needed}票赞成`, en: `needed ${needed}` }]),
  ];
  if (parts.length === 0) return undefined;
  return joinTexts([{ zh: '如无回避', en: 'Without the recusal' }, joinTexts(parts, comma)], {
    zh: '：',
    en: ': ',
  });
};

const silenceNote = (tally: Tally, means: Means): Text | undefined => {
  const { silence, outcome, quorum } = tally;
  const silent = couldVote(tally, means);
  if (silence === 'nothing' || silent === 0 || outcome === 'noted') return undefined;
  const who: Text =
    means === 'meeting'
      ? { zh: `${silent}席出席而未表态`, en: `${seatsInWords(silent)} present kept silent and` }
      : { zh: `${silent}席未表态`, en: `${seatsInWords(silent)} kept silent and` };
  const forQuorum = quorum.by === 'present' || quorum.needed === 0;
  if (outcome === 'noQuorum') {
    return forQuorum
      ? undefined
      : { zh: `${who.zh}，不计入法定人数`, en: `${who.en} did not count for the quorum` };
  }
  const asWhat: Text =
    silence === 'consent'
      ? { zh: '视为赞成', en: 'counted as yes' }
      : { zh: '视为弃权', en: `counted as ${silent === 1 ? 'an abstention' : 'abstentions'}` };
  return {
    zh: `${who.zh}，${asWhat.zh}${forQuorum ? '' : '，但不计入法定人数'}`,
    en: `${who.en} ${asWhat.en}${forQuorum ? '' : ', but not for the quorum'}`,
  };
};

const abstentionNote = (tally: Tally, means: Means): Text | undefined => {
  const { abstain, abstention, quorum, base, outcome, silence } = tally;
  const decided = outcome !== 'noQuorum' && outcome !== 'noted';
  const all = abstain + (decided && silence === 'abstain' ? couldVote(tally, means) : 0);
  if (all === 0) return undefined;
  const inBase = decided && hasBase(tally) ? holdsAbstentions(base.kind, abstention, means) : undefined;
  const inQuorum = abstain === 0 || quorum.by === 'present' || quorum.needed === 0 || abstention.inQuorum;
  const how = abstentionsCount(inBase, inQuorum, 'then');
  return how && { zh: `弃权${all}票，${how.zh}`, en: `${abstentions(all)} ${how.en}` };
};

const abstentions = (number: number): string => (number === 1 ? '1 abstention' : `${number} abstentions`);

const invalidNote = ({ invalid, base, outcome }: Tally, means: Means): Text | undefined => {
  if (invalid === 0) return undefined;
  const inBase = base.kind === 'cast' || (base.kind === 'entitledPresent' && means === 'circulation');
  const onlyThere = inBase && outcome !== 'noQuorum';
  return {
    zh: `${invalid}票无效：投于文本最后一次修改之前，其后未经确认${onlyThere ? '；仅计入基数' : ''}`,
    en: `${invalid === 1 ? '1 vote was' : `${invalid} votes were`} not valid: cast before the last amendment and not confirmed since${onlyThere ? '; counted in the base only' : ''}`,
  };
};
