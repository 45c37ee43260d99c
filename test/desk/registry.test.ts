/** Every kind of mistake in a set of workflows is found by name. */
import { expect, test } from 'vitest';
import { Fault } from '../../src/core/fault.js';
import { reservedWords } from '../../src/core/parse.js';
import { anyone } from '../../src/core/people.js';
import { mistakesIn, openRegistry } from '../../src/core/registry.js';
import { same } from '../../src/core/text.js';
import { type Workflow, workflow } from '../../src/core/workflow.js';
import { workflows } from '../../src/workflows/index.js';
import errand from './errand.js';

type Sketch = {
  readonly id?: string;
  readonly prefix?: string;
  readonly openWord?: string;
  readonly closeWord?: string;
  readonly noOpening?: boolean;
  readonly noAlarm?: boolean;
  readonly noEnd?: boolean;
  readonly island?: boolean;
};

/** A small sound workflow, with one thing wrong. */
const sketch = (wrong: Sketch): Workflow => {
  const one = workflow({
    id: wrong.id ?? 'sketch',
    prefix: wrong.prefix ?? 'S',
    title: same('sketch'),
    states: {
      open: { title: same('open') },
      done: { title: same('done'), ...(!wrong.noEnd && { end: true as const }) },
      island: { title: same('island'), end: true },
    },
    commands: ['begin', 'close'],
    alarms: ['late'],
    load: async () => ({}),
  });
  const run = async () => ({ to: 'open' as const, reply: { text: same('ok') } });
  const begin = {
    title: same('begin'),
    by: anyone,
    words: { zh: [wrong.openWord ?? '开始'], en: ['begin'] },
  } as const;
  return one.rules({
    commands: {
      begin: wrong.noOpening
        ? one.command({ ...begin, from: ['open'], to: ['open'], run })
        : one.opening({ ...begin, to: ['open'], run }),
      close: one.command({
        title: same('close'),
        by: anyone,
        words: { zh: [wrong.closeWord ?? '关闭'], en: ['close'] },
        from: ['open'],
        to: wrong.island ? ['done', 'open'] : ['done', 'island'],
        run,
      }),
    },
    alarms: {
      late: one.alarm({
        title: same('late'),
        when: wrong.noAlarm ? ['done'] : wrong.noEnd ? ['open', 'done'] : ['open'],
        to: ['open'],
        kind: 'reminder',
        run: async () => ({ to: 'open' }),
      }),
    },
  });
};

const found = (...set: readonly Workflow[]) => mistakesIn(set, reservedWords);

test('sound workflows have no mistakes, neither ours nor those of the alliance', () => {
  expect(found(sketch({}), errand)).toEqual([]);
  expect(found(...workflows)).toEqual([]);
});

test.each<[string, readonly Workflow[], readonly string[]]>([
  [
    'two of one name',
    [sketch({}), sketch({ prefix: 'Q', openWord: '起', closeWord: '止' })],
    [
      'Two workflows are called sketch.',
      '“begin” could mean sketch.begin and sketch.begin.',
      '“close” could mean sketch.close and sketch.close.',
    ],
  ],
  [
    'two of one prefix',
    [sketch({}), errand].map((one) => ({ ...one, prefix: 'S' })),
    ['Two workflows number their cases S-1.'],
  ],
  [
    'a word of the desk itself',
    [sketch({ closeWord: '幫助' })],
    ['“帮助” of sketch.close is a word of the desk itself.'],
  ],
  [
    'one word for two commands',
    [sketch({ openWord: '关闭' })],
    ['“关闭” could mean sketch.begin and sketch.close.'],
  ],
  [
    'one word, also in another width and script',
    [sketch({ openWord: 'ＣＬＯＳＥ' })],
    ['“close” could mean sketch.begin and sketch.close.'],
  ],
  ['no way to open a case', [sketch({ noOpening: true })], ['No command opens a case of sketch.']],
  ['a state that nothing leads to', [sketch({ island: true })], ['No way leads to the state sketch.island.']],
  [
    'a silent state',
    [sketch({ noAlarm: true })],
    ['Nobody is ever reminded of a case in sketch.open: give it an alarm.'],
  ],
])('%s', (_, set, mistakes) => {
  expect(found(...set)).toEqual(mistakes);
});

test('a case that can never end', () => {
  const endless = sketch({});
  const states = {
    open: { title: same('open') },
    done: { title: same('done') },
    island: { title: same('island') },
  };
  expect(found({ ...endless, states })).toContain('A case in sketch.open can never end.');
});

test('commands of two workflows may share a word when both are about a case: its number tells them apart', () => {
  const other = sketch({ id: 'other', prefix: 'Q', openWord: '起' });
  const renamed = { ...other, commands: other.commands.filter((one) => one.name === 'close') };
  const shared = found(sketch({}), renamed).filter((mistake) => mistake.includes('could mean'));
  expect(shared).toEqual([]);
});

test('the registry does not open on a mistake, and names all of them at once', () => {
  const open = () => openRegistry([sketch({ noAlarm: true, island: true })], reservedWords);
  expect(open).toThrow(Fault);
  expect(open).toThrow(/sketch\.island.*\n.*Nobody is ever reminded of a case in sketch\.open/s);
});
