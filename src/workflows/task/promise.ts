/** A task is given out: by a command, or by another workflow. */
import { normalise } from '../../core/normalise.js';
import type { Actor } from '../../core/people.js';
import { moment, text } from '../../core/questions.js';
import { joinTexts, same } from '../../core/text.js';
import { person, type Refusal, type World } from '../../core/workflow.js';
import type { Db } from '../../database.js';
import { findPerson } from '../../people/find.js';
import { council, type Follows, task } from './header.js';
import * as said from './messages.js';
import { remindersOf } from './rules.js';

export type Wish = {
  readonly motionId: string | null;
  readonly what: string;
  readonly ownerId: string;
  readonly giverId: string;
  /** The first instant of the day by whose end it is to be done. */
  readonly dueAt: Date;
};

type Opening = World & { readonly case: { readonly id: string; readonly ref: string } };

/** Files the task and sets its reminders. The owner is told, unless `silently`. */
export const give = async (
  { db, case: c, now, calendar }: Opening,
  wish: Wish,
  silently = false,
): Promise<Follows> => {
  await db.task.create({ data: { caseId: c.id, ...wish } });
  const t = await task.load(db, c.id);
  return {
    to: 'open',
    tell: silently
      ? []
      : [{ to: person(t.ownerId), say: said.given(c, t, calendar), choices: ['done', 'postpone'] }],
    wake: remindersOf(wish.dueAt, now, calendar),
    because: joinTexts([same(wish.what), same(t.owner)], ' – '),
  };
};

const themselves = new Set(['我', '自己', '本人', '我自己', 'me', 'myself', 'i'].map(normalise));

/** The person who is to do it, by name or by “me”; or the refusal that says why it is nobody. */
export const ownerOf = async (
  db: Db,
  actor: Actor,
  words: string,
): Promise<{ readonly id: string; readonly name: string } | Refusal> => {
  if (themselves.has(normalise(words))) return actor;
  const found = await findPerson(db, words);
  switch (found.kind) {
    case 'one':
      return found.person;
    case 'none':
      return { refuse: said.nobodyCalled(words) };
    case 'several':
      return {
        refuse: said.severalCalled(
          words,
          found.people.map((one) => one.name),
        ),
      };
    default:
      return found satisfies never;
  }
};

/** What is asked of whoever gives a task out. */
export const promise = {
  what: text({
    label: { zh: '任务', en: 'Task' },
    ask: { zh: '要办什么？', en: 'What is to be done?' },
    max: 200,
  }),
  who: text({
    label: { zh: '负责人', en: 'Owner' },
    ask: { zh: '由谁负责？请写姓名，自己办请写“本人”。', en: 'Who takes care of it? A name, or “me”.' },
    max: 60,
  }),
  due: moment({
    label: { zh: '完成日期', en: 'Due' },
    ask: { zh: '哪天办好？', en: 'By which day?' },
    need: 'day',
  }),
} as const;

export const newTask = task.opening({
  title: { zh: '登记任务', en: 'Give out a task' },
  words: { zh: ['任务', '登记任务'], en: ['task'] },
  by: council,
  to: ['open'],
  ask: promise,
  run: async (world) => {
    const { db, args, actor, case: c, calendar } = world;
    const owner = await ownerOf(db, actor, args.who);
    if ('refuse' in owner) return owner;
    const mine = owner.id === actor.id;
    const wish = {
      motionId: null,
      what: args.what,
      ownerId: owner.id,
      giverId: actor.id,
      dueAt: new Date(args.due),
    };
    const follows = await give(world, wish, mine);
    const t = await task.load(db, c.id);
    return mine
      ? { ...follows, reply: said.given(c, t, calendar), choices: ['done', 'postpone'] }
      : { ...follows, reply: said.handedOn(c, t, calendar) };
  },
});
