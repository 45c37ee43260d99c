/** The bases of a majority in plain words. */
import type { Abstention, Base } from '../../core/rulebook.js';
import type { Text } from '../../core/text.js';
import type { Ballot } from './tally.js';

type Means = Ballot['means'];

type Words = {
  /** As in “base = taking part”. */
  readonly name: Text;
  /** As in “2/3 of those taking part”. */
  readonly whole: Text;
};

const named = (zh: string, en: string, wholeZh: string, wholeEn: string): Words => ({
  name: { zh, en },
  whole: { zh: wholeZh, en: wholeEn },
});

const words: Readonly<Record<Base, Words>> = {
  Y: named('赞成票数', 'yes votes', '赞成票', 'the yes votes'),
  YN: named('赞成票与反对票之和', 'yes and no votes', '赞成与反对票', 'the yes and no votes'),
  YNA: named('参与表决数', 'taking part', '参与表决席位', 'those taking part'),
  N: named('反对票数', 'no votes', '反对票', 'the no votes'),
  valid: named('有效票数', 'valid votes', '有效票', 'the valid votes'),
  cast: named('投票总数', 'votes cast', '全部投票', 'the votes cast'),
  entitled: named('可表决席位数', 'seats that may vote', '全体可表决席位', 'all seats that may vote'),
  entitledPresent: named('出席席位数', 'seats present', '出席席位', 'the seats present'),
  disabled: named('不设', 'none', '不设', 'none'),
};

/** By circulation nobody is present: there, the votes cast stand in for the seats present. */
const wordsOf = (base: Base, means: Means): Words =>
  words[base === 'entitledPresent' && means === 'circulation' ? 'cast' : base];

/** What a majority was taken of, as in “base = taking part”, “计票基数为参与表决数”. */
export const baseName = (base: Base, means: Means): Text => wordsOf(base, means).name;

/** The same behind a share, as in “2/3 of those taking part”, “参与表决席位的2/3”. */
export const wholeOf = (base: Base, means: Means): Text => wordsOf(base, means).whole;

/** Whether abstentions are in a base; undefined where there is none. */
export const holdsAbstentions = (
  base: Base,
  { inBase }: Pick<Abstention, 'inBase'>,
  means: Means,
): boolean | undefined => {
  switch (base) {
    case 'YNA':
    case 'entitled':
      return true;
    case 'Y':
    case 'YN':
    case 'N':
      return false;
    case 'valid':
    case 'cast':
      return inBase;
    case 'entitledPresent':
      return means === 'meeting' || inBase;
    case 'disabled':
      return undefined;
    default:
      return base satisfies never;
  }
};

/** What abstentions do, behind “弃权” and behind “Abstentions” or a number of them; undefined: nothing to say. */
export const abstentionsCount = (
  inBase: boolean | undefined,
  inQuorum: boolean,
  tense: 'now' | 'then',
): Text | undefined => {
  const [count, doNot] = tense === 'now' ? ['count', 'do not count'] : ['counted', 'did not count'];
  if (inBase === undefined) {
    return inQuorum ? undefined : { zh: '不计入法定人数', en: `${doNot} for the quorum` };
  }
  if (inQuorum) {
    return inBase
      ? { zh: '计入基数', en: `${count} in the base` }
      : { zh: '不计入基数', en: `${doNot} in the base` };
  }
  return inBase
    ? { zh: '计入基数，但不计入法定人数', en: `${count} in the base, but not for the quorum` }
    : { zh: '既不计入基数，也不计入法定人数', en: `${count} neither in the base nor for the quorum` };
};
