import type { types } from '@slack/bolt';
import { z } from 'zod';
import type { Conversation } from '../../core/input.js';
import type { AnyQuestion } from '../../core/question.js';
import { type Language, languages } from '../../core/text.js';
import type { Form } from '../bot.js';
import { plain } from './render.js';

/** What a form remembers between its opening and its sending. Slack keeps it; people can't change it. */
export const formMemory = z.object({
  dialogue: z.string(),
  command: z.string(),
  language: z.enum(languages),
  conversation: z.object({ id: z.string(), kind: z.enum(['direct', 'room']) }),
});

const limits = {
  title: 24,
  label: 2000,
  option: 75,
  optionValue: 150,
  options: 100,
  boxes: 10,
  radios: 4,
  input: 3000,
};
const words = {
  submit: { zh: '提交', en: 'Submit' },
  close: { zh: '取消', en: 'Cancel' },
  yes: { zh: '是', en: 'Yes' },
  no: { zh: '否', en: 'No' },
};

/** The form as a modal: one input per question, named by the question. */
export const formView = (form: Form, conversation: Conversation): types.ModalView => ({
  type: 'modal',
  callback_id: 'form',
  private_metadata: JSON.stringify({
    dialogue: form.dialogue,
    command: form.command,
    language: form.language,
    conversation,
  } satisfies z.infer<typeof formMemory>),
  title: plain(form.title[form.language], limits.title),
  submit: plain(words.submit[form.language], limits.title),
  close: plain(words.close[form.language], limits.title),
  blocks: form.questions.map((one) => inputOf(one, form.language)),
});

const inputOf = (
  { name, question, initial }: Form['questions'][number],
  language: Language,
): types.InputBlock => {
  const element = elementOf(question, language, initial ?? '');
  return {
    type: 'input',
    block_id: name,
    // A yes or no says nothing without the sentence that it answers.
    label: plain((question.kind === 'yesNo' ? question.ask : question.label)[language], limits.label),
    optional: question.optional,
    // Hints tell how to write an answer; where there is a list to pick from they would mislead.
    ...(question.hint &&
      element.type === 'plain_text_input' && { hint: plain(question.hint[language], limits.label) }),
    element,
  };
};

/** Shown at once, because the right to open a modal lasts three seconds. */
export const waitingView: types.ModalView = {
  type: 'modal',
  callback_id: 'waiting',
  title: plain('…', limits.title),
  blocks: [{ type: 'section', text: plain('正在打开… Opening…', limits.label) }],
};

/** Takes the place of a form that will not come. */
export const noFormView: types.ModalView = {
  type: 'modal',
  callback_id: 'no-form',
  title: plain('联盟 Alliance', limits.title),
  blocks: [
    { type: 'section', text: plain('已在对话消息中答复，请查看。', limits.label) },
    { type: 'section', text: plain('You will find the answer in the conversation.', limits.label) },
  ],
};

const elementOf = (question: AnyQuestion, language: Language, initial: string): types.InputBlockElement => {
  const action_id = 'answer';
  const options = optionsOf(question, language);
  const chosen = initialOptions(question, options, initial);
  const [first] = chosen;
  switch (question.kind) {
    case 'yesNo':
      return { type: 'radio_buttons', action_id, options, ...(first && { initial_option: first }) };
    case 'choice':
      if (options.length === 0 || options.length > limits.options) break;
      return {
        type: options.length <= limits.radios ? 'radio_buttons' : 'static_select',
        action_id,
        options,
        ...(first && { initial_option: first }),
      };
    case 'choices':
      if (options.length === 0 || options.length > limits.options) break;
      return {
        type: options.length <= limits.boxes ? 'checkboxes' : 'multi_static_select',
        action_id,
        options,
        ...(first && { initial_options: chosen }),
      };
    case 'text':
    case 'number':
    case 'moment':
    case 'period':
    case 'span':
    case 'phone':
    case 'creditCode':
      break;
    default:
      return question.kind satisfies never;
  }
  return {
    type: 'plain_text_input',
    action_id,
    multiline: question.long ?? false,
    max_length: limits.input,
    ...(initial !== '' && { initial_value: initial.slice(0, limits.input) }),
  };
};

const optionsOf = (question: AnyQuestion, language: Language): types.PlainTextOption[] => {
  const given =
    question.kind === 'yesNo'
      ? [
          { id: 'yes', label: words.yes },
          { id: 'no', label: words.no },
        ]
      : (question.options ?? []);
  return given.map((option) => ({
    text: plain(option.label[language], limits.option),
    value: option.id.slice(0, limits.optionValue),
  }));
};

/** The initial answer names options by id or by label, in either language. */
const initialOptions = (question: AnyQuestion, options: types.PlainTextOption[], initial: string) => {
  const wanted = (question.kind === 'choices' ? initial.split(/[,，、;；]/) : [initial]).map((one) =>
    one.trim(),
  );
  const labels =
    question.kind === 'yesNo'
      ? [words.yes, words.no]
      : (question.options ?? []).map((option) => option.label);
  return options.filter((option, at) =>
    wanted.some((one) => one === option.value || one === labels[at]?.zh || one === labels[at]?.en),
  );
};

const option = z.object({ value: z.string() });
const answered = z.object({
  value: z.string().nullish(),
  selected_option: option.nullish(),
  selected_options: z.array(option).nullish(),
});
export const formState = z.object({ values: z.record(z.string(), z.record(z.string(), answered)) });

/** The answers by question. Options answer by their id, several of them joined with “,”; nothing is ''. */
export const answersOf = (state: z.infer<typeof formState>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(state.values).map(([name, elements]) => {
      const [element] = Object.values(elements);
      const several = element?.selected_options?.map((one) => one.value).join(',');
      return [name, element?.value ?? element?.selected_option?.value ?? several ?? ''];
    }),
  );
