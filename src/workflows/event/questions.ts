/** Questions that only events ask. Their answers are stored as plain texts that can be read again. */
import type { Question } from '../../core/question.js';
import { text } from '../../core/questions.js';
import { clean } from '../../core/text.js';
import { readAsked, sayAsked } from './asked.js';
import { sayTickets, type TicketKind, ticketNames } from './kinds.js';

/** Whom a sign-up is for: see asked.ts. */
export const whoQuestion: Question<string> = {
  ...text({
    label: { zh: '为谁报名', en: 'For whom' },
    ask: { zh: '为谁报名？', en: 'Whom do you sign up?' },
    max: 1000,
  }),
  hear: (words) => {
    const asked = readAsked(words, ticketNames);
    return 'problem' in asked
      ? { kind: 'unclear', problem: asked.problem }
      : { kind: 'understood', value: sayAsked(asked) };
  },
};

const longestName = 60;

/** One or several names, separated by 、. */
export const nameQuestion: Question<string> = {
  ...text({
    label: { zh: '姓名', en: 'Name' },
    ask: { zh: '哪位？', en: 'Who?' },
    max: 1000,
  }),
  // As it stands on the list: “沈悦+1” is somebody of their own there.
  hear: (words) => {
    const names = clean(words)
      .split(/[、,，;；\n]| (?:and|和) /u)
      .map((name) => name.trim())
      .filter((name) => name !== '');
    if (names.length > 0 && names.every((name) => name.length <= longestName)) {
      return { kind: 'understood', value: names.join('、') };
    }
    return {
      kind: 'unclear',
      problem: {
        zh: '请写明姓名，如“张三”；几个人用顿号隔开。',
        en: 'Please give a name, such as “Zhang San”; with several, put commas in between.',
      },
    };
  },
};

export type Quota = { readonly kind: TicketKind; readonly quota: number | null };

const item = /^(.+?)\s*[:：]?\s*(\d{1,5}|不限|无限|no limit|without limit|unlimited)?\s*(?:个|人|张|名)?$/iu;

const readQuota = (part: string): Quota | undefined => {
  const found = item.exec(part.trim());
  const name = found?.[1]?.trim().toLowerCase();
  const kind = ticketNames.find((one) => one.names.some((known) => known.toLowerCase() === name))?.key;
  if (!kind) return undefined;
  const count = found?.[2];
  return { kind, quota: count !== undefined && /^\d+$/.test(count) ? Number(count) : null };
};

/** The stored form of quotas: “delegate:60,online:”. */
export const readQuotas = (stored: string): readonly Quota[] =>
  stored.split(',').flatMap((part) => {
    const [name, count = ''] = part.split(':');
    const kind = ticketNames.find((one) => one.key === name)?.key;
    return kind ? [{ kind, quota: count === '' ? null : Number(count) }] : [];
  });

/** Kinds of places with how many there are of each: 代表60，线上不限. */
export const ticketsQuestion: Question<string> = {
  ...text({
    label: { zh: '名额种类', en: 'Kinds of places' },
    ask: {
      zh: '分哪几种名额，各多少？（如“代表 60，嘉宾 5，线上不限”；不分种类请回复“跳过”）',
      en: 'Which kinds of places are there, and how many of each? (such as “delegate 60, speaker 5, online unlimited”)',
    },
    max: 1000,
  }),
  hear: (words) => {
    const parts = words.split(/[,，、;；\n]/).filter((part) => part.trim() !== '');
    const quotas = parts.map(readQuota);
    const known = quotas.filter((one) => one !== undefined);
    const kinds = new Set(known.map((one) => one.kind));
    if (known.length === 0 || known.length < parts.length || kinds.size < known.length) {
      return {
        kind: 'unclear',
        problem: {
          zh: '没有看明白。名额种类有：代表、嘉宾、列席、投资人、媒体、线上，每种写一次，如“代表 60，嘉宾 5，线上不限”。',
          en: 'I could not read that. The kinds are delegate, speaker, observer, investor, press and online, each once, as in “delegate 60, speaker 5, online unlimited”.',
        },
      };
    }
    return { kind: 'understood', value: known.map((one) => `${one.kind}:${one.quota ?? ''}`).join(',') };
  },
  show: (value) => sayTickets(readQuotas(value)),
};
