/** What becomes of a task: done, put off or dropped. Each side hears of what the other did. */
import { concerned, oneOf, opener, role } from '../../core/people.js';
import { inline, moment, text } from '../../core/questions.js';
import { joinTexts, same } from '../../core/text.js';
import { person } from '../../core/workflow.js';
import { answersFor } from '../account/covers.js';
import { task } from './header.js';
import * as said from './messages.js';
import { keepingOf, remindersOf } from './rules.js';

const why = text({
  label: { zh: '原因', en: 'Reason' },
  ask: { zh: '请简单说明原因：', en: 'Briefly, why?' },
  min: 2,
  max: 300,
});

export const done = task.command({
  title: { zh: '完成', en: 'Done' },
  words: { zh: ['完成'], en: ['done'] },
  from: ['open'],
  to: ['done'],
  by: concerned,
  style: 'primary',
  ask: {
    note: inline(text({ label: { zh: '备注', en: 'Note' }, ask: { zh: '备注？', en: 'A note?' }, max: 300 })),
  },
  run: async (world) => {
    const { db, args, actor, case: c, subject: t, now, calendar } = world;
    if (!(await answersFor(world, t.ownerId, actor.id))) return { refuse: said.notYours(c, t, false) };
    await db.task.update({ where: { caseId: c.id }, data: { note: args.note } });
    const isLate = keepingOf({ dueAt: t.dueAt, doneAt: now }, now) === 'late';
    const late = isLate ? Math.max(1, calendar.workdaysBetween(t.dueAt, now)) : 0;
    const told = t.giverId !== actor.id;
    return {
      to: 'done',
      reply: said.thanks(c, t, told),
      tell: told ? [{ to: person(t.giverId), say: said.isDone(c, t, args.note, late) }] : [],
      ...(args.note !== null && { because: same(args.note) }),
    };
  },
});

export const postpone = task.command({
  title: { zh: '延后', en: 'Put off' },
  words: { zh: ['延后'], en: ['postpone'] },
  from: ['open'],
  to: ['open'],
  by: oneOf(opener, concerned),
  ask: {
    due: moment({
      label: { zh: '新的日期', en: 'New day' },
      ask: { zh: '改到哪天？', en: 'Until which day?' },
      need: 'day',
    }),
    why,
  },
  run: async (world) => {
    const { db, args, actor, case: c, subject: t, now, calendar } = world;
    const mayAnswer = t.giverId === actor.id || (await answersFor(world, t.ownerId, actor.id));
    if (!mayAnswer) return { refuse: said.notYours(c, t, true) };
    const dueAt = new Date(args.due);
    if (dueAt <= t.dueAt) return { refuse: said.notLater(c, t, calendar) };
    await db.task.update({ where: { caseId: c.id }, data: { dueAt, putOff: { increment: 1 } } });
    const later = await task.load(db, c.id);
    const others = [...new Set([t.ownerId, t.giverId])].filter((id) => id !== actor.id);
    const news = said.wasPutOff(c, later, actor.name, args.why, calendar);
    return {
      to: 'open',
      reply: said.putOff(c, later, calendar),
      tell: others.map((id) => ({ to: person(id), say: news })),
      unwake: ['dayBefore'],
      wake: remindersOf(dueAt, now, calendar),
      because: joinTexts([said.day(dueAt, calendar), same(args.why)], { zh: '，', en: ', ' }),
    };
  },
});

export const drop = task.command({
  title: { zh: '撤销任务', en: 'Drop the task' },
  words: { zh: ['撤销任务'], en: ['drop-task', 'drop task'] },
  from: ['open'],
  to: ['dropped'],
  by: oneOf(opener, role('chair', 'officer')),
  style: 'danger',
  ask: { why },
  run: async ({ args, actor, case: c, subject: t }) => {
    const others = [...new Set([t.ownerId, t.giverId])].filter((id) => id !== actor.id);
    const news = said.wasDropped(c, t, actor.name, args.why);
    return {
      to: 'dropped',
      reply: said.dropped(c, t),
      tell: others.map((id) => ({ to: person(id), say: news })),
      because: same(args.why),
    };
  },
});
