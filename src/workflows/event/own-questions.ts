/** What an event asks of those who sign up, one question after the other, and what they answered. */
import type { Message } from '../../core/message.js';
import type { Question } from '../../core/question.js';
import { inline, optional, text } from '../../core/questions.js';
import { type About, announced, before, event, everybody, organizer } from './header.js';
import * as said from './messages/own-questions.js';

const answerQuestion = text({
  label: { zh: '回答', en: 'Answer' },
  ask: { zh: '您的回答是：', en: 'Your answer:' },
  max: 300,
});

/** May be skipped, but “没有” and “none” are answers: what is asked is not known here. */
const skippable: Question<string | null> = { ...optional(answerQuestion), hear: answerQuestion.hear };

type Asked = { readonly reply: Message; readonly next?: 'fillIn' };

/** The questions of the event with the person's answers; one that was skipped has an empty answer. */
const answersOf = async ({ db, case: c, subject: e }: About, personId: string) => {
  const replies = await db.eventReply.findMany({ where: { eventId: c.id, personId } });
  return e.questions.map((question, at) => ({
    question,
    answer: replies.find((one) => one.question === at)?.answer,
  }));
};

/**
 * Ends what is told to somebody who comes with the first question that they have not answered yet. Its words are in
 * the message itself, since what a command asks is the same for all events.
 */
export const thenAsk = async (about: About, personId: string, reply: Message): Promise<Asked> => {
  const all = await answersOf(about, personId);
  const at = all.findIndex((one) => one.answer === undefined);
  const question = all[at]?.question;
  if (question === undefined) return { reply };
  return { reply: said.followedBy(reply, question, at + 1, all.length), next: 'fillIn' };
};

type Answering = About<'open' | 'shut'> & { readonly actor: { readonly id: string } };

/** Takes an answer to the first open question, or none to have it asked. */
const carryOn = async (about: Answering, given: { readonly answer: string | null } | undefined) => {
  const { db, actor, case: c, subject: e, now } = about;
  if (e.questions.length === 0) return { refuse: said.noQuestions(c, e) };
  const there = { eventId: c.id, personId: actor.id, status: { not: 'out' as const } };
  if ((await db.attendee.count({ where: there })) === 0) return { refuse: said.notComing(c, e) };
  const all = await answersOf(about, actor.id);
  const question = all.findIndex((one) => one.answer === undefined);
  if (question < 0) return { refuse: said.allAnswered(c, e, all) };
  if (given) {
    const answer = given.answer ?? '';
    await db.eventReply.create({
      data: { eventId: c.id, personId: actor.id, question, answer, at: now },
    });
  }
  const isLast = given !== undefined && question === all.length - 1;
  const reply = isLast ? said.thanks(c, e) : given ? said.noted : said.introduction(c, e);
  return { to: c.state, ...(await thenAsk(about, actor.id, reply)) };
};

/** Shows the question that is open; words said along answer it. */
export const answer = event.command({
  title: { zh: '回答报名问题', en: 'Answer the questions' },
  words: { zh: ['回答', '回答问题'], en: ['answer'] },
  from: before,
  to: before,
  by: everybody,
  lock: 'shared',
  aside: true,
  namedTo: 'insiders',
  ask: { words: inline(answerQuestion) },
  run: (about) => carryOn(about, about.args.words === null ? undefined : { answer: about.args.words }),
});

/** Asked right after a question was shown. */
export const fillIn = event.command({
  title: { zh: '填写回答', en: 'Fill in an answer' },
  words: { zh: ['填写回答'], en: ['fill-in', 'fill in'] },
  from: before,
  to: before,
  by: everybody,
  lock: 'shared',
  aside: true,
  namedTo: 'insiders',
  ask: { answer: skippable },
  run: (about) => carryOn(about, { answer: about.args.answer }),
});

/** What everybody on the list answered; of those who left it, nothing is shown. */
export const answers = event.reading({
  title: { zh: '查看回答', en: 'Answers' },
  words: { zh: ['查看回答'], en: ['answers'] },
  from: announced,
  by: organizer,
  aside: true,
  run: async ({ db, case: c, subject: e }) => {
    if (e.questions.length === 0) return { refuse: said.noQuestions(c, e) };
    const people = await db.attendee.findMany({
      where: { eventId: c.id, status: { not: 'out' }, personId: { not: null } },
      orderBy: { id: 'asc' },
      select: { name: true, personId: true },
    });
    const replies = await db.eventReply.findMany({ where: { eventId: c.id } });
    const rows = people.map(({ name, personId }) => ({
      personId,
      name,
      answers: e.questions.map(
        (_, at) => replies.find((one) => one.personId === personId && one.question === at)?.answer,
      ),
    }));
    return { reply: said.allAnswers(c, e, rows) };
  },
});
