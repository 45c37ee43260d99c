/**
 * A person being asked for the arguments of a command: pure steps over stored progress. Answers are kept by
 * name and checked again on each reading, so that a form which changed in the meantime heals by itself.
 */
import type { Message } from './message.js';
import { normalise, readYesNo } from './normalise.js';
import type { Answer, AnyQuestion, Asking, Questions } from './question.js';
import { joinTexts, same, type Text } from './text.js';

export type Progress = {
  readonly answers: Readonly<Record<string, Answer>>;
  /** The question that is open, or the summary. */
  readonly at: string;
  /** An answer that was said back and waits for a yes. */
  readonly echoed?: Answer;
  /** One answer is being corrected: the summary comes next. */
  readonly correcting?: boolean;
};

export const summary = '$summary';

export type Step =
  | { readonly kind: 'asking'; readonly progress: Progress; readonly problem?: Text }
  | { readonly kind: 'complete'; readonly answers: Readonly<Record<string, Answer>> };

/** What was said along with a command that asks nothing did not belong to it. */
export type Unclear = { readonly kind: 'unclear'; readonly problem: Text };

/** A choice under a question: its words, said, answer it. */
export type Suggestion = { readonly label: Text; readonly words: string };
export type Prompt = { readonly message: Message; readonly suggestions: readonly Suggestion[] };

const names = (ask: Questions): readonly string[] => Object.keys(ask);
const has = (answers: Progress['answers'], name: string): boolean => Object.hasOwn(answers, name);

/** Short commands run as soon as they have what they need; forms are shown once more before they go off. */
export const wantsSummary = (ask: Questions): boolean => names(ask).length >= 3;

const settle = (ask: Questions, answers: Progress['answers'], correcting = false): Step => {
  const open = names(ask).find((name) => !has(answers, name));
  if (open !== undefined)
    return { kind: 'asking', progress: { answers, at: open, ...(correcting && { correcting }) } };
  if (wantsSummary(ask)) return { kind: 'asking', progress: { answers, at: summary } };
  return { kind: 'complete', answers };
};

/** Starts with what was said along with the command: one answer, or several. */
export const begin = (ask: Questions, said: string, asking: Asking): Step => {
  const first = settle(ask, {});
  if (said === '' || first.kind === 'complete') return first;
  return answer(ask, first.progress, said, asking);
};

/** Whether a command's questions are answered by what is said along with it, or not at all. */
export const isInline = (ask: Questions): boolean => Object.values(ask).some((question) => question.inline);

/** The answers to such questions: to the first that understands what was said. */
export const answerInline = (ask: Questions, said: string, asking: Asking): Step | Unclear => {
  const answers: Record<string, Answer> = Object.fromEntries(names(ask).map((name) => [name, null]));
  let problem: Text | undefined;
  for (const [name, question] of Object.entries(ask)) {
    if (said === '') break;
    const heard = question.hear(said, asking);
    if (heard.kind === 'understood')
      return { kind: 'complete', answers: { ...answers, [name]: heard.value } };
    problem ??= heard.problem;
  }
  return problem ? { kind: 'unclear', problem } : { kind: 'complete', answers };
};

/**
 * Whether words that are also a command answer the open question: “yes” to a yes-or-no question is no vote.
 * Free text takes anything, so there a command is a command.
 */
export const answersQuestion = (
  ask: Questions,
  progress: Progress,
  said: string,
  asking: Asking,
): boolean => {
  if (progress.at === summary) return readYesNo(said) !== undefined;
  if (progress.echoed !== undefined) return readYesNo(said) !== undefined;
  const question = ask[progress.at];
  return (
    question !== undefined && question.kind !== 'text' && question.hear(said, asking).kind === 'understood'
  );
};

/** Takes over stored progress: answers to questions that are gone or no longer fit are dropped. */
export const heal = (ask: Questions, stored: Progress): Progress => {
  const answers = Object.fromEntries(
    Object.entries(stored.answers).filter(([name, value]) => ask[name]?.schema.safeParse(value).success),
  );
  const unchanged = Object.keys(answers).length === Object.keys(stored.answers).length;
  const stillThere =
    stored.at === summary ? names(ask).every((name) => has(answers, name)) : stored.at in ask;
  if (unchanged && stillThere) return stored;
  const step = settle(ask, answers);
  return step.kind === 'asking' ? step.progress : { answers, at: summary };
};

/** What the person says to the open question or to the summary. */
export const answer = (ask: Questions, progress: Progress, said: string, asking: Asking): Step => {
  if (progress.at === summary) return atSummary(ask, progress, said);
  const question = ask[progress.at];
  if (!question) return settle(ask, progress.answers);
  if (progress.echoed !== undefined) {
    const yes = normalise(said) === '1' || readYesNo(said) === true;
    if (yes) return accept(ask, progress, progress.echoed);
    const { echoed: _, ...again } = progress;
    if (normalise(said) === '2' || readYesNo(said) === false) return { kind: 'asking', progress: again };
    return answer(ask, again, said, asking);
  }
  const several = readSeveral(ask, progress, said, asking);
  if (several) return settle(ask, several);

  const heard = question.hear(said, asking);
  if (heard.kind === 'unclear') return { kind: 'asking', progress, problem: heard.problem };
  return heard.echo
    ? { kind: 'asking', progress: { ...progress, echoed: heard.value } }
    : accept(ask, progress, heard.value);
};

const accept = (ask: Questions, progress: Progress, value: Answer): Step =>
  settle(ask, { ...progress.answers, [progress.at]: value });

const atSummary = (ask: Questions, progress: Progress, said: string): Step => {
  const plain = normalise(said);
  if (submits(plain)) return { kind: 'complete', answers: progress.answers };
  const name = names(ask)[Number(plain) - 1];
  if (/^\d{1,2}$/.test(plain) && name !== undefined) {
    const { [name]: _, ...answers } = progress.answers;
    return { kind: 'asking', progress: { answers, at: name, correcting: true } };
  }
  return {
    kind: 'asking',
    progress,
    problem: {
      zh: `没有看明白。请回复“提交”，或回复 1 到 ${names(ask).length} 之间的序号修改对应的一项。`,
      en: `Sorry, I did not follow. Please reply “submit”, or a number from 1 to ${names(ask).length} to correct that item.`,
    },
  };
};

const submits = (plain: string): boolean =>
  ['提交', '确认', 'submit', 'confirm'].includes(plain) || readYesNo(plain) === true;

/** One question back; at the first question it stays. */
export const back = (ask: Questions, progress: Progress): Progress => {
  if (progress.echoed !== undefined) return { answers: progress.answers, at: progress.at };
  const order = names(ask);
  const now = progress.at === summary ? order.length : order.indexOf(progress.at);
  const previous = order[Math.max(0, now - 1)];
  if (previous === undefined) return progress;
  const { [previous]: _, ...answers } = progress.answers;
  return { answers, at: previous };
};

/** Leaves the open question out, where it may be. */
export const skip = (ask: Questions, progress: Progress): Step => {
  const question = ask[progress.at];
  if (question?.optional) return accept(ask, progress, null);
  return {
    kind: 'asking',
    progress,
    problem: { zh: '这一项不能跳过。', en: 'This one can’t be skipped.' },
  };
};

const separators = /[,，;；\n、]+/;
const labelled = /^\s*([^:：]{1,20})[:：]\s*(.+)$/s;

/**
 * Several answers in one message: “陶溪川，江西” or “名称：陶溪川；省份：江西”. Unlabelled parts go to the open
 * questions in order, and only if each fits and at least one fits a question that is more than free text;
 * otherwise the message is one answer with commas in it.
 */
const readSeveral = (
  ask: Questions,
  progress: Progress,
  said: string,
  asking: Asking,
): Progress['answers'] | undefined => {
  const question = ask[progress.at];
  if (question?.kind === 'choices' || progress.correcting) return undefined;
  const parts = said
    .split(question?.long ? /\n+/ : separators)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (parts.length < 2) return undefined;

  const byLabel = readLabelled(ask, parts, asking);
  if (byLabel) return { ...progress.answers, ...byLabel };

  const open = names(ask).filter((name) => name === progress.at || !has(progress.answers, name));
  if (parts.length > open.length) return undefined;
  const read: Record<string, Answer> = {};
  let telling = false;
  for (const [at, part] of parts.entries()) {
    const name = open[at];
    const next = name === undefined ? undefined : ask[name];
    if (name === undefined || !next) return undefined;
    const heard = next.hear(part, asking);
    if (heard.kind === 'unclear' || heard.echo) return undefined;
    read[name] = heard.value;
    telling ||= next.kind !== 'text';
  }
  return telling ? { ...progress.answers, ...read } : undefined;
};

const readLabelled = (
  ask: Questions,
  parts: readonly string[],
  asking: Asking,
): Progress['answers'] | undefined => {
  const read: Record<string, Answer> = {};
  for (const part of parts) {
    const match = labelled.exec(part);
    const label = normalise(match?.[1] ?? '');
    const found = Object.entries(ask).find(([, question]) =>
      [question.label.zh, question.label.en].some((one) => normalise(one) === label),
    );
    if (!match?.[2] || !found) return undefined;
    const [name, question] = found;
    const heard = question.hear(match[2], asking);
    if (heard.kind === 'unclear') return undefined;
    if (!heard.echo) read[name] = heard.value;
  }
  return read;
};

const shownInline = 8;

/** What to show for the open question, its echo or the summary. */
export const prompt = (ask: Questions, title: Text, progress: Progress, problem?: Text): Prompt => {
  if (progress.at === summary) return summaryPrompt(ask, title, progress, problem);
  const question = ask[progress.at];
  if (!question) return { message: { text: problem ?? title }, suggestions: [] };
  if (progress.echoed !== undefined) {
    const value = question.show(progress.echoed);
    return {
      message: { text: { zh: `${value.zh}，对吗？`, en: `${value.en} – is that right?` } },
      suggestions: yesNoSuggestions,
    };
  }
  const options = question.kind === 'yesNo' ? yesNoSuggestions : optionSuggestions(question);
  const inline = options.length <= shownInline && question.kind !== 'choices';
  const lines = [
    ...(problem ? [problem] : []),
    question.ask,
    ...(question.hint && !problem && !(inline && options.length > 0) ? [question.hint] : []),
    ...(inline
      ? []
      : [
          joinTexts(
            options.map((one) => joinTexts([same(one.words), one.label], ' ')),
            '  ',
          ),
        ]),
    ...(question.optional ? [{ zh: '（可回复“跳过”）', en: '(reply “skip” to leave it out)' }] : []),
  ];
  return { message: { text: joinTexts(lines, '\n') }, suggestions: inline ? options : [] };
};

const yesNoSuggestions: readonly Suggestion[] = [
  { label: { zh: '是', en: 'Yes' }, words: '1' },
  { label: { zh: '否', en: 'No' }, words: '2' },
];

const optionSuggestions = (question: AnyQuestion): readonly Suggestion[] =>
  (question.options ?? []).map((option, at) => ({ label: option.label, words: String(at + 1) }));

const summaryPrompt = (ask: Questions, title: Text, progress: Progress, problem?: Text): Prompt => {
  const lines = Object.entries(ask).map(([name, question], at) => {
    const value = progress.answers[name];
    const shown =
      value === null || value === undefined ? { zh: '（未填）', en: '(left out)' } : question.show(value);
    return joinTexts([same(`${at + 1}`), joinTexts([question.label, shown], { zh: '：', en: ': ' })], ' ');
  });
  return {
    message: {
      title,
      text: joinTexts(
        [
          ...(problem ? [problem] : []),
          { zh: '请核对：', en: 'Please check:' },
          ...lines,
          {
            zh: '无误请回复“提交”；要改哪一项，请回复它的序号；不办了请回复“取消”。',
            en: 'Reply “submit” if all is right, the number of an item to correct it, or “cancel” to drop it.',
          },
        ],
        '\n',
      ),
    },
    suggestions: [
      { label: { zh: '提交', en: 'Submit' }, words: '提交' },
      { label: { zh: '取消', en: 'Cancel' }, words: '取消' },
    ],
  };
};
