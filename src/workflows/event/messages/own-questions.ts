/** What is said around an event's own questions, and what was answered. */
import { type Message, say } from '../../../core/message.js';
import { joinTexts, same, type Text } from '../../../core/text.js';
import type { Named, Subject } from '../header.js';
import { people, titled } from './common.js';

export { notComing } from './steer.js';

/** The words of a question under what is said before it. */
export const followedBy = (before: Message, question: string, number: number, count: number): Message => {
  const of: Text =
    count === 1 ? { zh: '', en: '' } : { zh: ` ${number}/${count}`, en: ` ${number} of ${count}` };
  return {
    ...before,
    text: joinTexts(
      [before.text, { zh: `提问${of.zh}：${question}`, en: `Question${of.en}: ${question}` }],
      '\n',
    ),
  };
};

export const introduction = (c: Named, e: Subject): Message =>
  say(`${titled(c, e).zh}的组织者想请教您：`, `The organizer of ${titled(c, e).en} would like to know:`);

export const noted: Message = say('已记下，谢谢。', 'Noted, thank you.');

export const thanks = (c: Named, e: Subject): Message =>
  say(
    `已记下，${titled(c, e).zh}的问题都答完了。谢谢！`,
    `Noted. These were all the questions of ${titled(c, e).en}; thank you!`,
  );

export const noQuestions = (c: Named, e: Subject): Message =>
  say(`${titled(c, e).zh}没有设报名问题。`, `${titled(c, e).en} asks no questions.`);

const skipped: Text = { zh: '（跳过）', en: '(skipped)' };
const notYet: Text = { zh: '（未答）', en: '(not answered)' };
const sayAnswer = (answer: string | undefined): Text =>
  answer === undefined ? notYet : answer === '' ? skipped : same(answer);

type Answered = { readonly question: string; readonly answer: string | undefined };

export const allAnswered = (c: Named, e: Subject, all: readonly Answered[]): Message => ({
  text: joinTexts(
    [
      {
        zh: `${titled(c, e).zh}的问题您都答过了。如需更改，请联系组织者。`,
        en: `You have answered all the questions of ${titled(c, e).en}. To change something, please write to the organizer.`,
      },
      ...all.map(({ question, answer }) => joinTexts([same(question), sayAnswer(answer)], ' ')),
    ],
    '\n',
  ),
});

type Row = {
  readonly personId: string | null;
  readonly name: string;
  readonly answers: readonly (string | undefined)[];
};
const longest = 60;

export const allAnswers = (c: Named, e: Subject, rows: readonly Row[]): Message => {
  const replied = rows.filter((row) => row.answers.some((one) => one !== undefined));
  const shown = replied.slice(0, longest);
  const left = replied.length - shown.length;
  return {
    title: { zh: `${titled(c, e).zh}的回答`, en: `Answers for ${titled(c, e).en}` },
    text: joinTexts(
      [
        ...e.questions.map((question, at) => same(`${at + 1}) ${question}`)),
        {
          zh: `${rows.length} 人中 ${replied.length} 人已答${left > 0 ? `，以下为前 ${longest} 人` : ''}`,
          en: `${replied.length} of ${people(rows.length)} answered${left > 0 ? `; the first ${longest} are shown` : ''}`,
        },
      ],
      '\n',
    ),
    people: shown.map((row, at) => ({
      number: at + 1,
      personId: row.personId,
      name: row.name,
      note: noteOf(row),
    })),
  };
};

const noteOf = ({ answers }: Row): Text => {
  const [only, ...others] = answers;
  const all =
    others.length === 0
      ? [sayAnswer(only)]
      : answers.map((one, at) => joinTexts([same(`${at + 1})`), sayAnswer(one)], ' '));
  return joinTexts([{ zh: '：', en: ': ' }, joinTexts(all, { zh: '　', en: '  ' })], '');
};
