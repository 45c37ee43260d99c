/** What became of a meeting, as the two tell it after 1, 30 and 90 days. */
import { concerned } from '../../core/people.js';
import { choice, optional, text } from '../../core/questions.js';
import { person } from '../../core/workflow.js';
import type { FollowUp } from '../../database.js';
import { dayOf, followUpDays } from './follow-up-plan.js';
import { type About, appointment, both, otherOf, type Subject } from './header.js';
import * as said from './messages/follow-up.js';
import { latestOf, nothingCame } from './outcomes.js';

const answerOf = (a: Subject, personId: string, day: number): FollowUp | undefined =>
  a.followUps.find((one) => one.personId === personId && one.afterDays === day);

const dayOfKey = (key: string) => followUpDays.find((day) => String(day) === key) ?? 1;
const reminderDays = 3;

export const asks = appointment.alarm({
  title: { zh: '已询问成果', en: 'both were asked what came of it' },
  kind: 'reminder',
  quiet: true,
  when: ['met'],
  to: ['met'],
  run: async ({ case: c, subject: a, key, now, calendar }) => {
    const day = dayOfKey(key);
    if (nothingCame(a)) return { to: 'met' };
    return {
      to: 'met',
      tell: both(a).map(({ id }) => ({
        to: person(id),
        say: said.whatCame(c, a, day, otherOf(a, id), latestOf(a.followUps, id, day)),
        choices: ['outcome'] as const,
      })),
      wake: [{ alarm: 'asksAgain', key, at: calendar.workdaysAfter(now, reminderDays) }],
    };
  },
});

/** Once; whoever does not answer then is left alone. */
export const asksAgain = appointment.alarm({
  title: { zh: '已再次询问成果', en: 'a reminder to tell what came of it' },
  kind: 'reminder',
  quiet: true,
  when: ['met'],
  to: ['met'],
  run: async ({ case: c, subject: a, key }) => {
    const day = dayOfKey(key);
    if (nothingCame(a)) return { to: 'met' };
    return {
      to: 'met',
      tell: both(a)
        .filter(({ id }) => !answerOf(a, id, day))
        .map(({ id }) => ({
          to: person(id),
          say: said.pleaseTell(c, a, otherOf(a, id)),
          choices: ['outcome'] as const,
        })),
    };
  },
});

export const closes = appointment.alarm({
  title: { zh: '回访结束', en: 'the follow-up ended' },
  kind: 'deadline',
  when: ['met'],
  to: ['done'],
  run: async () => ({ to: 'done' }),
});

const present = ({ subject: a, now, calendar }: About<'met'>) => dayOf(a.event.endsAt, now, calendar);
const keyOf = (c: About['case'], personId: string, afterDays: number) => ({
  appointmentId_personId_afterDays: { appointmentId: c.id, personId, afterDays },
});

export const outcome = appointment.command({
  title: { zh: '填写成果', en: 'Tell the outcome' },
  words: { zh: ['成果'], en: ['outcome'] },
  from: ['met'],
  to: ['met'],
  by: concerned,
  style: 'primary',
  aside: true,
  namedTo: 'nobody',
  ask: {
    stage: choice({
      label: { zh: '进展', en: 'Stage' },
      ask: { zh: '进展到哪一步了？', en: 'How far has it come?' },
      options: said.stages,
    }),
  },
  run: async (about) => {
    const { db, args, actor, case: c, subject: a, now } = about;
    const day = present(about);
    const { stage } = args;
    const isDeal = stage === 'intent' || stage === 'signed';
    const earlier = latestOf(a.followUps, actor.id, day);
    await db.followUp.upsert({
      where: keyOf(c, actor.id, day),
      create: { appointmentId: c.id, personId: actor.id, afterDays: day, stage, at: now },
      update: {
        stage,
        at: now,
        ...(!isDeal && { amount: null }),
        ...(stage === 'nothing' && { next: null }),
      },
    });
    return {
      to: 'met',
      reply: said.noted(c, stage, earlier?.afterDays === day),
      ...(stage !== 'nothing' && { next: isDeal ? ('amount' as const) : ('nextStep' as const) }),
    };
  },
});

export const amount = appointment.command({
  title: { zh: '金额', en: 'Amount' },
  words: { zh: ['金额'], en: ['amount'] },
  from: ['met'],
  to: ['met'],
  by: concerned,
  aside: true,
  namedTo: 'nobody',
  ask: {
    amount: choice({
      label: { zh: '金额', en: 'Amount' },
      ask: {
        zh: '大约多少金额？（理事会只看汇总）',
        en: 'Roughly how much? (the council sees sums only)',
      },
      options: said.amounts,
    }),
  },
  run: async (about) => {
    const { db, args, actor, case: c, subject: a, now } = about;
    const day = present(about);
    const answer = answerOf(a, actor.id, day);
    if (answer?.stage !== 'intent' && answer?.stage !== 'signed') return { refuse: said.noDealYet(c) };
    await db.followUp.update({
      where: keyOf(c, actor.id, day),
      data: { amount: args.amount, at: now },
    });
    return { to: 'met', reply: said.amountNoted(c, args.amount), next: 'nextStep' };
  },
});

export const nextStep = appointment.command({
  title: { zh: '下一步', en: 'Next step' },
  words: { zh: ['下一步'], en: ['next-step', 'next step'] },
  from: ['met'],
  to: ['met'],
  by: concerned,
  aside: true,
  namedTo: 'nobody',
  ask: {
    next: optional(
      text({
        label: { zh: '下一步', en: 'Next step' },
        ask: { zh: '下一步打算做什么？', en: 'What comes next?' },
        max: 200,
      }),
    ),
  },
  run: async (about) => {
    const { db, args, actor, case: c, subject: a, now } = about;
    const day = present(about);
    if (!answerOf(a, actor.id, day)) return { refuse: said.tellTheStage(c) };
    await db.followUp.update({ where: keyOf(c, actor.id, day), data: { next: args.next, at: now } });
    return { to: 'met', reply: said.thanks(c) };
  },
});
