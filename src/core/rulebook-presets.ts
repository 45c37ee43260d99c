/** What an alliance's legal form brings with it, and the rulebook of one that has written none down. */
import type { Fraction } from './fraction.js';
import type { Majority, Rule, Rulebook } from './rulebook.js';
import { rulebookFrom } from './rulebook-schema.js';

/** The legal forms of an alliance: 社会团体, 基金会, 民办非企业单位. */
export const forms = ['association', 'foundation', 'privateNonEnterprise'] as const;
export type Form = (typeof forms)[number];

const half: Fraction = { over: 1, under: 2 };
const twoThirds: Fraction = { over: 2, under: 3 };

type Threshold = Pick<Rule, 'quorum' | 'majority' | 'base'>;
const atLeastTwoThirds: Majority = { kind: 'share', share: twoThirds, more: false };
const present = (quorum: Fraction, majority: Majority): Threshold => ({
  quorum: { share: quorum, by: 'present' },
  majority,
  base: 'entitledPresent',
});

/** What each form asks for, see docs/rulebook.md for the sources. An association makes no difference. */
const thresholds: Readonly<Record<Form, Readonly<Record<'usual' | 'important', Threshold>>>> = {
  association: {
    usual: present(twoThirds, atLeastTwoThirds),
    important: present(twoThirds, atLeastTwoThirds),
  },
  foundation: {
    usual: present(twoThirds, { kind: 'simple' }),
    important: present(twoThirds, atLeastTwoThirds),
  },
  privateNonEnterprise: {
    usual: { ...present(half, { kind: 'absolute' }), base: 'entitled' },
    important: { ...present(half, atLeastTwoThirds), base: 'entitled' },
  },
};

/** The rule of a matter on which the alliance has written nothing down but its form. */
export const usualRule = (form: Form, important: boolean): Rule => ({
  moves: ['seat', 'chair', 'officer'],
  seconds: 0,
  noticeDays: 3,
  openDays: 5,
  challengeDays: 3,
  ...thresholds[form][important ? 'important' : 'usual'],
  abstention: { inQuorum: true, inBase: true, silence: 'nothing' },
  ties: 'fail',
  recused: 'leave',
  suspended: 'leave',
  secret: false,
  circulation: true,
  meetingOnDemand: 1,
  changes: true,
  earlyClose: false,
  openChoices: false,
  proxies: 1,
  withoutQuorum: [{ step: 'again', noticeDays: 3, quorum: null }, { step: 'meet' }, { step: 'drop' }],
});

/** The rulebook of an alliance that has written none down. */
export const usualRulebook: Rulebook = rulebookFrom('usual', [
  {
    id: 'ordinary',
    title: { zh: '一般事项', en: 'Ordinary business' },
    rule: usualRule('association', false),
  },
  {
    id: 'admission',
    title: { zh: '入会', en: 'Admission' },
    rule: {
      ...usualRule('association', false),
      moves: ['officer'],
      noticeDays: 0,
      openDays: 7,
      challengeDays: 0,
      meetingOnDemand: 0,
      earlyClose: true,
    },
  },
]);
