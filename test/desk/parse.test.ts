/** What words mean: a table, on a workflow in which “disagree” has “agree” within. */
import { describe, expect, test } from 'vitest';
import { type Meaning, parse, reservedWords } from '../../src/core/parse.js';
import { openRegistry } from '../../src/core/registry.js';
import errand from './errand.js';

const registry = openRegistry([errand], reservedWords);

/** A meaning on one line. */
const shown = (meaning: Meaning): string => {
  switch (meaning.kind) {
    case 'command':
      return [meaning.commands.map((one) => one.name).join('|'), meaning.ref, meaning.rest]
        .filter(Boolean)
        .join(' ~ ');
    case 'desk':
      return [`:${meaning.word}`, meaning.ref, meaning.rest].filter(Boolean).join(' ~ ');
    case 'number':
      return `#${meaning.number}`;
    case 'ref':
      return meaning.ref;
    case 'other':
      return `? ${meaning.near.map((one) => one.name).join(' ')}`.trim();
    default:
      return meaning satisfies never;
  }
};
const read = (text: string) => shown(parse(text, registry));

describe.each<[string, Readonly<Record<string, string>>]>([
  [
    'a bare word',
    {
      同意: 'agree',
      不同意: 'refuse',
      agree: 'agree',
      DISAGREE: 'refuse',
      ' Agree! ': 'agree',
      '同意。': 'agree',
      帮助: ':help',
      幫助: ':help',
      ｈｅｌｐ: ':help',
    },
  ],
  [
    'a word and a number, in any order and width',
    {
      '同意 T-1': 'agree ~ T-1',
      '同意T-1': 'agree ~ T-1',
      'T-1 同意': 'agree ~ T-1',
      'T-1，同意': 'agree ~ T-1',
      T1同意: 'agree ~ T-1',
      '同意 t 12': 'agree ~ T-12',
      '同意 Ｔ－１２': 'agree ~ T-12',
      '同意 T—007': 'agree ~ T-7',
      'disagree T-1': 'refuse ~ T-1',
      '不同意T-1': 'refuse ~ T-1',
      '状态 T-1': ':status ~ T-1',
      'T-1 为什么': ':why ~ T-1',
      'T-1': 'T-1',
    },
  ],
  [
    'words after it, in the person’s own spelling',
    {
      '不同意 T-1：太远，太贵': 'refuse ~ T-1 ~ 太远，太贵',
      '不同意：Ｔｏｏ far': 'refuse ~ Ｔｏｏ far',
      'T-1 不同意 理由 A': 'refuse ~ T-1 ~ 理由 A',
      '办事 60': 'start ~ 60',
      '同意 T-1 吗？': 'agree ~ T-1 ~ 吗？',
      '语言 English': ':language ~ English',
    },
  ],
  [
    'a number alone',
    { 1: '#1', '２': '#2', ' 12 ': '#12', '3。': '#3', '3？': '?', 123: '?', '1.5': '?', 一: '?' },
  ],
  [
    'what only looks like a command',
    {
      不太同意: '?',
      我不同意: '?',
      没同意: '?',
      "I don't agree": '?',
      agreement: '? agree',
      disagreeable: '? refuse agree',
      同意书怎么写: '? agree',
      我同意: '? agree',
      大家都同意了: '? agree',
      帮助我: '?',
      'AT-1': '?',
      'T-1234567': '?',
      'M-1': '?',
      'M-1 同意': '? agree',
      '同意 M-1': 'agree ~ M-1',
      '': '?',
    },
  ],
])('%s', (_, table) => {
  test.each(Object.entries(table))('%s → %s', (text, meaning) => {
    expect(read(text)).toBe(meaning);
  });
});

test('a number far into a long message is part of what is told, however the message is padded', () => {
  for (const text of [`x${' '.repeat(40_000)}y T-1`, `${'同意'.repeat(20_000)} T-1`]) {
    expect(parse(text, registry).kind).toBe('other');
  }
});
