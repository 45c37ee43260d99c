/** By which rules people sign up: set before the event is announced, and printed on its card. */
import { choice, moment, number, optional, text, yesNo } from '../../core/questions.js';
import { event, organizer } from './header.js';
import { admissions, policies } from './kinds.js';
import * as said from './messages/plan.js';

const mostQuestions = 3;

export const configure = event.command({
  title: { zh: '报名规则', en: 'Rules of sign-up' },
  words: { zh: ['报名规则', '设置活动'], en: ['configure', 'rules of sign-up'] },
  from: ['draft'],
  to: ['draft'],
  by: organizer,
  ask: {
    policy: choice({
      label: { zh: '候补规则', en: 'Waitlist' },
      ask: {
        zh: '名额满后，候补怎样递补？（发布后不再更改）',
        en: 'Who moves up when the places are gone? (fixed once announced)',
      },
      options: policies,
    }),
    admission: choice({
      label: { zh: '审核', en: 'Approval' },
      ask: { zh: '报名要审核吗？', en: 'Does sign-up need approval?' },
      options: admissions,
    }),
    perPark: optional(
      number({
        label: { zh: '每园区名额', en: 'Places per park' },
        ask: { zh: '每个园区最多几人？', en: 'How many of one park at most?' },
        min: 1,
        max: 1000,
      }),
    ),
    poolAt: optional(
      moment({
        label: { zh: '余额开放日', en: 'Pool day' },
        ask: {
          zh: '各园区用不完的名额，哪天起向所有人开放？',
          en: 'From which day are unused places of parks open to everybody?',
        },
        need: 'day',
      }),
    ),
    cutOff: optional(
      moment({
        label: { zh: '报名截止', en: 'Sign-up ends' },
        ask: {
          zh: '报名到什么时候截止？（跳过即到活动开始）',
          en: 'When does sign-up end? (skip for the start of the event)',
        },
        need: 'time',
      }),
    ),
    holdHours: optional(
      number({
        label: { zh: '候补保留时长', en: 'Hold' },
        ask: {
          zh: '候补名额最多保留几个工作小时？（通常 8 小时，临近活动自动缩短）',
          en: 'For how many working hours is a place kept? (usually 8, fewer as the event nears)',
        },
        min: 1,
        max: 80,
      }),
    ),
    freeAfter: optional(
      number({
        label: { zh: '迟到放位', en: 'Late places' },
        ask: {
          zh: '开始后多少分钟未签到即让给现场候补？（不让请跳过）',
          en: 'After how many minutes are places of those who have not come given to who waits at the door? (skip for never)',
        },
        min: 5,
        max: 120,
      }),
    ),
    questions: optional(
      text({
        label: { zh: '报名问题', en: 'Questions' },
        ask: {
          zh: `要问报名者什么？每行一个问题，最多 ${mostQuestions} 个。`,
          en: `What do you want to ask those who sign up? One question per line, ${mostQuestions} at most.`,
        },
        max: 600,
        long: true,
      }),
    ),
    survey: yesNo({
      label: { zh: '会后评价', en: 'Survey' },
      ask: { zh: '会后请参加者评价吗？', en: 'Ask those who came what they thought of it?' },
    }),
  },
  run: async ({ db, args, case: c, subject: e, now, calendar }) => {
    const cutOffAt = args.cutOff === null ? e.startsAt : new Date(args.cutOff);
    if (cutOffAt > e.startsAt || cutOffAt <= now) return { refuse: said.cutOffOutside(e, calendar) };
    const { policy, admission, perPark, freeAfter, survey } = args;
    await db.event.update({
      where: { caseId: c.id },
      data: {
        policy,
        admission,
        perPark,
        poolAt: perPark === null || args.poolAt === null ? null : new Date(args.poolAt),
        cutOffAt,
        holdHours: args.holdHours ?? 8,
        freeAfter,
        questions: (args.questions ?? '')
          .split('\n')
          .map((line) => line.trim())
          .filter((line) => line !== '')
          .slice(0, mostQuestions),
        survey,
      },
    });
    return {
      to: 'draft',
      reply: said.configured(c, await event.load(db, c.id), calendar),
      choices: ['preview', 'announce'],
    };
  },
});
