import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { demoAllianceFile, loadAllianceFile, readAllianceFile } from '../../src/alliance/file.js';
import { rulebookOf, ruleShape } from '../../src/alliance/rulebook.js';
import { atLeast } from '../../src/core/fraction.js';
import { bases, matterOf, type Rule, type Rulebook } from '../../src/core/rulebook.js';
import { type Form, usualRule, usualRulebook } from '../../src/core/rulebook-presets.js';
import { rulebookFrom, rulebookSchema, ruleSchema } from '../../src/core/rulebook-schema.js';
import { readSettings } from '../../src/core/settings.js';

/** Three seats. What follows the last line is line 12 of the file. */
const council = `alliance: { name: { zh: 联盟, en: Alliance }, timezone: Asia/Shanghai }
parks: []
people:
  - { id: wang, name: 王芳, language: zh, roles: [officer] }
  - { id: zhao, name: 赵国强, language: zh }
  - { id: lin, name: 林淑文, language: zh }
council:
  seats:
    - { id: s1, class: expert, holder: wang }
    - { id: s2, class: expert, holder: zhao }
    - { id: s3, class: expert, holder: lin }
`;
const rulebook = `rulebook:
  version: "2026-1"
  form: association
  defaults: { proxies: 2 }
  matters:
    - { id: ordinary, title: { zh: 一般事项, en: Ordinary business } }
    - { id: admission, title: { zh: 入会, en: Admission }, openDays: 7 }
    - { id: dues, title: { zh: 会费, en: Dues }, secret: true }
`;
const lineOf = { version: 13, defaults: 15, matters: 16, ordinary: 17, admission: 18, dues: 19 };

const withChanges = (...changes: readonly (readonly [string, string])[]): string =>
  changes.reduce((source, [from, to]) => {
    expect(source).toContain(from);
    return source.replace(from, to);
  }, council + rulebook);
const rulebookIn = (source: string): Rulebook => {
  const read = readAllianceFile(source, 'alliance.yaml');
  if ('ok' in read) return rulebookOf(read.ok);
  throw new Error(JSON.stringify(read.mistakes));
};
const mistakesIn = (source: string) => {
  const read = readAllianceFile(source, 'alliance.yaml');
  return 'mistakes' in read ? read.mistakes : [];
};
const ruleIn = (book: Rulebook, id: string): Rule => {
  const matter = matterOf(book, id);
  if (!matter) throw new Error(`no matter ${id}`);
  return matter.rule;
};
/** The rule of dues, with these keys written for it. */
const duesWith = (keys: string): Rule => ruleIn(rulebookIn(withChanges(['secret: true', keys])), 'dues');

describe('the form of the alliance', () => {
  const twoThirds = { over: 2, under: 3 };
  const half = { over: 1, under: 2 };
  const twoThirdsSayYes = { kind: 'share', share: twoThirds, more: false };

  it.each<[Form, boolean, Pick<Rule, 'quorum' | 'base'> & { majority: object }]>([
    [
      'association',
      false,
      { quorum: { share: twoThirds, by: 'present' }, majority: twoThirdsSayYes, base: 'entitledPresent' },
    ],
    [
      'association',
      true,
      { quorum: { share: twoThirds, by: 'present' }, majority: twoThirdsSayYes, base: 'entitledPresent' },
    ],
    [
      'foundation',
      false,
      { quorum: { share: twoThirds, by: 'present' }, majority: { kind: 'simple' }, base: 'entitledPresent' },
    ],
    [
      'foundation',
      true,
      { quorum: { share: twoThirds, by: 'present' }, majority: twoThirdsSayYes, base: 'entitledPresent' },
    ],
    [
      'privateNonEnterprise',
      false,
      { quorum: { share: half, by: 'present' }, majority: { kind: 'absolute' }, base: 'entitled' },
    ],
    [
      'privateNonEnterprise',
      true,
      { quorum: { share: half, by: 'present' }, majority: twoThirdsSayYes, base: 'entitled' },
    ],
  ])('%s, important: %s, has its quorum and majority', (form, important, threshold) => {
    const book = rulebookIn(
      withChanges(['form: association', `form: ${form}`], ['secret: true', `important: ${important}`]),
    );
    expect(ruleIn(book, 'dues')).toMatchObject(threshold);
  });

  it.each([
    ['association', 9],
    ['foundation', 9],
    ['privateNonEnterprise', 7],
  ] as const)('%s: of 13 seats %i have to be present', (form, needed) => {
    expect(atLeast(usualRule(form, false).quorum.share, 13)).toBe(needed);
  });

  it('is an association where nothing is said', () => {
    expect(rulebookIn(withChanges(['  form: association\n', ''])).hash).toBe(rulebookIn(withChanges()).hash);
  });
});

describe('what is said where', () => {
  it('a matter goes before the defaults, they before the form, the form before what is usual', () => {
    const book = rulebookIn(
      withChanges(
        ['form: association', 'form: privateNonEnterprise'],
        ['proxies: 2', 'proxies: 2, noticeDays: 8, quorum: { present: 3/4 }, majority: simple'],
        ['secret: true', 'secret: true, important: true, noticeDays: 10, majority: { atLeast: 3/4 }'],
      ),
    );
    expect(ruleIn(book, 'dues')).toMatchObject({
      noticeDays: 10,
      majority: { kind: 'share', share: { over: 3, under: 4 } },
      quorum: { share: { over: 3, under: 4 }, by: 'present' },
      base: 'entitled',
      proxies: 2,
      changes: true,
    });
    expect(ruleIn(book, 'ordinary')).toMatchObject({ noticeDays: 8, majority: { kind: 'simple' } });
  });

  it('of abstentions, each part by itself', () => {
    const book = rulebookIn(
      withChanges(
        ['proxies: 2', 'abstention: { inQuorum: false, silence: abstain }'],
        ['secret: true', 'abstention: { silence: consent }'],
      ),
    );
    expect(ruleIn(book, 'dues').abstention).toEqual({ inQuorum: false, inBase: true, silence: 'consent' });
  });

  it('a base that answers for abstentions is taken at its word', () => {
    expect(duesWith('base: YN').abstention.inBase).toBe(false);
    expect(duesWith('base: YNA').abstention.inBase).toBe(true);
    expect(duesWith('base: disabled').majority).toEqual({ kind: 'simple' });
  });

  it('nothing at all is the usual rulebook, which decides ordinary business and admissions', () => {
    expect(rulebookIn(council)).toEqual(usualRulebook);
    expect(usualRulebook.matters.map((one) => one.id)).toEqual(['ordinary', 'admission']);
    expect(ruleIn(usualRulebook, 'ordinary')).toEqual(usualRule('association', false));
    expect(ruleIn(usualRulebook, 'admission')).toMatchObject({
      circulation: true,
      noticeDays: 0,
      seconds: 0,
    });
  });
});

describe('how a rule is written', () => {
  it.each([
    ['simple', { kind: 'simple' }],
    ['absolute', { kind: 'absolute' }],
    ['unanimous', { kind: 'unanimous' }],
    ['{ atLeast: 2/3 }', { kind: 'share', share: { over: 2, under: 3 }, more: false }],
    ['{ atLeast: "1" }', { kind: 'share', share: { over: 1, under: 1 }, more: false }],
    ['{ moreThan: 1/2 }', { kind: 'share', share: { over: 1, under: 2 }, more: true }],
    ['{ objections: 1 }', { kind: 'objections', atMost: 1 }],
    ['{ objections: 0 }', { kind: 'objections', atMost: 0 }],
    ['{ objections: 1/10 }', { kind: 'objections', atMost: { over: 1, under: 10 } }],
  ])('majority: %s', (written, majority) => {
    expect(duesWith(`majority: ${written}`).majority).toEqual(majority);
  });

  it.each([
    ['{ present: 2/3 }', { share: { over: 2, under: 3 }, by: 'present' }],
    ['{ takingPart: 1/2 }', { share: { over: 1, under: 2 }, by: 'takingPart' }],
    ['{ present: 0 }', { share: { over: 0, under: 1 }, by: 'present' }],
    ['{ present: 1 }', { share: { over: 1, under: 1 }, by: 'present' }],
  ])('quorum: %s', (written, quorum) => {
    expect(duesWith(`quorum: ${written}`).quorum).toEqual(quorum);
  });

  it('withoutQuorum: the steps in their order', () => {
    const steps = '[{ again: { noticeDays: 3, quorum: 1/2 } }, meet, circulate, drop]';
    expect(duesWith(`withoutQuorum: ${steps}`).withoutQuorum).toEqual([
      { step: 'again', noticeDays: 3, quorum: { over: 1, under: 2 } },
      { step: 'meet' },
      { step: 'circulate' },
      { step: 'drop' },
    ]);
    expect(duesWith('withoutQuorum: [{ again: { noticeDays: 0 } }]').withoutQuorum).toEqual([
      { step: 'again', noticeDays: 0, quorum: null },
    ]);
    expect(duesWith('withoutQuorum: []').withoutQuorum).toEqual([]);
  });
});

describe('the hash', () => {
  const { hash } = rulebookIn(withChanges());

  it('is twelve hexadecimal digits, the same every time', () => {
    expect(hash).toMatch(/^[0-9a-f]{12}$/);
    expect(rulebookIn(withChanges()).hash).toBe(hash);
  });

  it('does not change with the order of keys, nor with titles, matters or movers in another order', () => {
    const reordered = withChanges(
      ['  version: "2026-1"\n', ''],
      ['  form: association\n', ''],
      [
        'id: dues, title: { zh: 会费, en: Dues }, secret: true',
        'secret: true, title: { en: Fees, zh: 会费 }, id: dues',
      ],
      ['    - { id: ordinary, title: { zh: 一般事项, en: Ordinary business } }\n', ''],
    );
    const source = `${reordered}    - { title: { zh: 一般, en: Ordinary }, moves: [officer, chair, seat], id: ordinary }
  form: association
  version: "2026-2"
`;
    expect(rulebookIn(source)).toMatchObject({ version: '2026-2', hash });
    const [first] = usualRulebook.matters;
    if (!first) throw new Error('no matter');
    const rule = ruleSchema.parse(Object.fromEntries(Object.entries(first.rule).reverse()));
    expect(rulebookFrom('', [{ ...first, rule }]).hash).toBe(rulebookFrom('', [first]).hash);
  });

  it('changes with a matter more, a matter less and another id', () => {
    const { matters } = usualRulebook;
    const others = [matters.slice(1), [], matters.map((one) => ({ ...one, id: `${one.id}2` }))];
    const hashes = [matters, ...others].map((some) => rulebookFrom('', some).hash);
    expect(new Set(hashes).size).toBe(4);
  });

  const another: { readonly [K in keyof Rule]: string } = {
    moves: '[chair]',
    seconds: '2',
    noticeDays: '9',
    openDays: '9',
    challengeDays: '9',
    quorum: '{ takingPart: 2/3 }',
    majority: '{ moreThan: 2/3 }',
    base: 'entitled',
    abstention: '{ silence: consent }',
    ties: 'chair',
    recused: 'stay',
    suspended: 'stay',
    secret: 'false',
    circulation: 'false',
    meetingOnDemand: '2',
    changes: 'false',
    earlyClose: 'true',
    openChoices: 'true',
    proxies: '9',
    withoutQuorum: '[{ again: { noticeDays: 3, quorum: 1/2 } }, meet, drop]',
  };
  it.each(Object.entries(another))('changes with %s', (key, value) => {
    const rest = key === 'secret' || key === 'openChoices' ? '' : 'secret: true, ';
    const source = withChanges(['secret: true', `${rest}${key}: ${value}`]);
    const book = rulebookIn(source);
    expect(book.hash).not.toBe(hash);
    expect(ruleIn(book, 'admission')).toEqual(ruleIn(rulebookIn(withChanges()), 'admission'));
  });
});

describe('each mistake has its line, its place and a remedy', () => {
  it.each<[string, string, string, number, string, string, string]>([
    [
      'an unknown key of a matter',
      'secret: true',
      'secrt: true',
      lineOf.dues,
      'rulebook/matters/dues/secrt',
      'not known here',
      'Did you mean “secret”?',
    ],
    [
      'an unknown key of the defaults',
      'proxies: 2',
      'proxy: 2',
      lineOf.defaults,
      'rulebook/defaults/proxy',
      'not known here',
      'Known here: moves, seconds',
    ],
    [
      'importance for all',
      'proxies: 2',
      'important: true',
      lineOf.defaults,
      'rulebook/defaults/important',
      'not known here',
      'Known here',
    ],
    [
      'an unknown key of the rulebook',
      'version:',
      'versoin: 3\n  version:',
      lineOf.version,
      'rulebook/versoin',
      'not known here',
      'Did you mean “version”?',
    ],
    [
      'an unknown form',
      'form: association',
      'form: society',
      lineOf.version + 1,
      'rulebook/form',
      '“society”',
      'Write one of association, foundation, privateNonEnterprise.',
    ],
    [
      'a version that is a number',
      '"2026-1"',
      '2026',
      lineOf.version,
      'rulebook/version',
      '“2026”',
      'Put it in quotes: "2026".',
    ],
    [
      'a title in one language',
      'zh: 会费, en: Dues',
      'zh: 会费',
      lineOf.dues,
      'rulebook/matters/dues/title/en',
      'missing',
      'Write',
    ],
    [
      'a matter that is there twice',
      'id: dues',
      'id: ordinary',
      lineOf.dues,
      'rulebook/matters/ordinary/id',
      'There is another matter “ordinary”.',
      'its own id',
    ],
    [
      'a title that is there twice',
      'en: Dues',
      'en: ordinary Business',
      lineOf.dues,
      'rulebook/matters/dues',
      'shares a name with “ordinary”',
      'its own title',
    ],
    [
      'no matter admission',
      'id: admission',
      'id: admissions',
      lineOf.matters,
      'rulebook/matters',
      'There is no matter “admission”',
      'Add { id: admission',
    ],
    [
      'no matter at all',
      rulebook.slice(rulebook.indexOf('  matters:')),
      '  matters: []\n',
      lineOf.matters,
      'rulebook/matters',
      "a list can't stand here",
      'among them admission',
    ],
    [
      'an admission without circulation',
      'openDays: 7',
      'circulation: false',
      lineOf.admission,
      'rulebook/matters/admission/circulation',
      'put to the seats by circulation',
      'circulation: true for the matter admission',
    ],
    [
      'no circulation at all, and so none of admissions',
      'proxies: 2',
      'circulation: false',
      lineOf.defaults,
      'rulebook/defaults/circulation',
      'put to the seats by circulation',
      'circulation: true for the matter admission',
    ],
    [
      'a secret ballot with open choices',
      'secret: true',
      'secret: true, openChoices: true',
      lineOf.dues,
      'rulebook/matters/dues/openChoices',
      'secret ballot',
      'openChoices: false',
    ],
    [
      'a secret ballot where all choices are open',
      'proxies: 2',
      'openChoices: true',
      lineOf.dues,
      'rulebook/matters/dues/secret',
      'secret ballot',
      'secret: false',
    ],
    [
      'YN with abstentions',
      'secret: true',
      'base: YN, abstention: { inBase: true }',
      lineOf.dues,
      'rulebook/matters/dues/base',
      'YN leaves abstentions out',
      'YNA',
    ],
    [
      'YNA without abstentions',
      'secret: true',
      'base: YNA, abstention: { inBase: false }',
      lineOf.dues,
      'rulebook/matters/dues/base',
      'YNA counts abstentions in',
      'YN',
    ],
    [
      'YN for all, with abstentions in one matter',
      'proxies: 2',
      'base: YN, abstention: { inBase: true }',
      lineOf.defaults,
      'rulebook/defaults/base',
      'YN leaves abstentions out',
      'YNA',
    ],
    [
      'circulation as a way out where it is not allowed',
      'secret: true',
      'circulation: false, withoutQuorum: [circulate, drop]',
      lineOf.dues,
      'rulebook/matters/dues/withoutQuorum',
      'circulation is not allowed',
      'Leave circulate out',
    ],
    [
      'a unanimous decision on nothing',
      'secret: true',
      'majority: unanimous, base: disabled',
      lineOf.dues,
      'rulebook/matters/dues/majority',
      'the base disabled',
      'another base',
    ],
    [
      'a share of nothing',
      'secret: true',
      'majority: { atLeast: 2/3 }, base: disabled',
      lineOf.dues,
      'rulebook/matters/dues/majority',
      'the base disabled',
      'leave the majority out',
    ],
    [
      'more objections than seats',
      'secret: true',
      'majority: { objections: 4 }',
      lineOf.dues,
      'rulebook/matters/dues/majority',
      'than there are seats',
      '1/10',
    ],
    [
      'more seconds than seats',
      'secret: true',
      'seconds: 3',
      lineOf.dues,
      'rulebook/matters/dues/seconds',
      'more seats have to second',
      'smaller number',
    ],
    [
      'more seats for a meeting than there are',
      'secret: true',
      'meetingOnDemand: 4',
      lineOf.dues,
      'rulebook/matters/dues/meetingOnDemand',
      'More seats have to demand',
      'smaller number',
    ],
    [
      'an unknown majority',
      'secret: true',
      'majority: most',
      lineOf.dues,
      'rulebook/matters/dues/majority',
      '“most”',
      'Write simple, absolute, unanimous, { atLeast: 2/3 }',
    ],
    [
      'a majority that says two things',
      'secret: true',
      'majority: { atLeast: 2/3, moreThan: 1/2 }',
      lineOf.dues,
      'rulebook/matters/dues/majority',
      "a group of keys can't stand here",
      '{ moreThan: 1/2 }',
    ],
    [
      'a majority of more than all',
      'secret: true',
      'majority: { moreThan: 1 }',
      lineOf.dues,
      'rulebook/matters/dues/majority',
      "can't stand here",
      '{ moreThan: 1/2 }',
    ],
    [
      'a majority of none',
      'secret: true',
      'majority: { atLeast: 0 }',
      lineOf.dues,
      'rulebook/matters/dues/majority',
      "can't stand here",
      '{ atLeast: 2/3 }',
    ],
    [
      'a quorum of more than all',
      'proxies: 2',
      'quorum: { present: 3/2 }',
      lineOf.defaults,
      'rulebook/defaults/quorum',
      "can't stand here",
      '{ takingPart: 2/3 }',
    ],
    [
      'a quorum with a decimal point',
      'proxies: 2',
      'quorum: { present: 0.5 }',
      lineOf.defaults,
      'rulebook/defaults/quorum',
      "can't stand here",
      '{ present: 2/3 }',
    ],
    [
      'an unknown base',
      'secret: true',
      'base: present',
      lineOf.dues,
      'rulebook/matters/dues/base',
      '“present”',
      'Write one of Y, YN, YNA',
    ],
    [
      'an unknown way to count silence',
      'secret: true',
      'abstention: { silence: consnt }',
      lineOf.dues,
      'rulebook/matters/dues/abstention/silence',
      '“consnt”',
      'Did you mean “consent”?',
    ],
    [
      'an unknown key of abstentions',
      'secret: true',
      'abstention: { inbase: true }',
      lineOf.dues,
      'rulebook/matters/dues/abstention/inbase',
      'not known here',
      'Did you mean “inBase”?',
    ],
    [
      'an unknown step',
      'secret: true',
      'withoutQuorum: [drop, wait]',
      lineOf.dues,
      'rulebook/matters/dues/withoutQuorum/2',
      '“wait”',
      'meet, circulate, drop or { again:',
    ],
    [
      'a step that is there twice',
      'secret: true',
      'withoutQuorum: [drop, drop]',
      lineOf.dues,
      'rulebook/matters/dues/withoutQuorum',
      "a list can't stand here",
      'different steps',
    ],
    [
      'nobody who may move it',
      'secret: true',
      'moves: []',
      lineOf.dues,
      'rulebook/matters/dues/moves',
      "a list can't stand here",
      'seat, chair, officer, supervisor',
    ],
    [
      'an unknown mover',
      'secret: true',
      'moves: [seats]',
      lineOf.dues,
      'rulebook/matters/dues/moves/1',
      '“seats”',
      'Did you mean “seat”?',
    ],
    [
      'a yes that is no boolean',
      'secret: true',
      'secret: yes',
      lineOf.dues,
      'rulebook/matters/dues/secret',
      '“yes”',
      'Write true or false.',
    ],
    [
      'no day to vote on',
      'secret: true',
      'openDays: 0',
      lineOf.dues,
      'rulebook/matters/dues/openDays',
      '“0”',
      'from 1 to 90',
    ],
  ])('%s', (_, from, to, line, path, message, remedy) => {
    const mistakes = mistakesIn(withChanges([from, to]));
    const found = mistakes.find((one) => one.path === path);
    expect(found, JSON.stringify(mistakes, null, 1)).toBeDefined();
    expect(found).toMatchObject({
      line,
      message: expect.stringContaining(message),
      remedy: expect.stringContaining(remedy),
    });
    expect(mistakes).toHaveLength(1);
  });

  it('said once for all matters, it is told once', () => {
    expect(mistakesIn(withChanges(['proxies: 2', 'seconds: 3']))).toMatchObject([
      { path: 'rulebook/defaults/seconds', line: lineOf.defaults },
    ]);
  });

  it('of two places that clash, the matter is named rather than the defaults', () => {
    const source = withChanges(['proxies: 2', 'abstention: { inBase: true }'], ['secret: true', 'base: YN']);
    expect(mistakesIn(source)).toMatchObject([{ path: 'rulebook/matters/dues/base', line: lineOf.dues }]);
  });

  it('what is just possible is none', () => {
    const most = 'seconds: 2, meetingOnDemand: 3, majority: { objections: 3 }';
    expect(mistakesIn(withChanges(['secret: true', most]))).toEqual([]);
  });

  it('whatever is removed or replaced, in words and within the file', () => {
    const source = withChanges([
      'secret: true',
      'majority: { atLeast: 2/3 }, quorum: { present: 1/2 }, withoutQuorum: [{ again: { noticeDays: 3 } }, drop]',
    ]);
    const places = [...source.matchAll(/[\p{L}\p{N}/-]+/gu)].filter((one) => one.index > council.length);
    const junk = fc.constantFrom('', '0', '-1', '3/2', 'null', '[]', '{}', '~', '"', '*a', '江', 'true');
    fc.assert(
      fc.property(fc.constantFrom(...places), junk, (place, other) => {
        const changed = source.slice(0, place.index) + other + source.slice(place.index + place[0].length);
        for (const mistake of mistakesIn(changed)) {
          expect(mistake.line).toBeGreaterThan(0);
          expect(mistake.line).toBeLessThanOrEqual(source.split('\n').length);
          expect(mistake.message).toMatch(/\.$/);
          expect(mistake.remedy).toMatch(/[.?]$/);
          expect(`${mistake.message}${mistake.remedy}`).not.toMatch(/undefined|\[object|NaN/);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('what is stored', () => {
  const share = fc
    .tuple(fc.integer({ min: 0, max: 9999 }), fc.integer({ min: 1, max: 9999 }))
    .filter(([over, under]) => over <= under)
    .map(([over, under]) => ({ over, under }));
  const whole = fc.nat({ max: 99 });
  const anyRule: fc.Arbitrary<Rule> = fc.record<Rule>({
    moves: fc.subarray<Rule['moves'][number]>(['seat', 'chair', 'officer', 'supervisor']),
    seconds: whole,
    noticeDays: whole,
    openDays: whole,
    challengeDays: whole,
    quorum: fc.record({ share, by: fc.constantFrom('present', 'takingPart') }),
    majority: fc.oneof(
      fc.record({ kind: fc.constantFrom('simple', 'absolute', 'unanimous') }),
      fc.record({ kind: fc.constant('share'), share, more: fc.boolean() }),
      fc.record({ kind: fc.constant('objections'), atMost: fc.oneof(whole, share) }),
    ),
    base: fc.constantFrom(...bases),
    abstention: fc.record({
      inQuorum: fc.boolean(),
      inBase: fc.boolean(),
      silence: fc.constantFrom('nothing', 'abstain', 'consent'),
    }),
    ties: fc.constantFrom('fail', 'chair'),
    recused: fc.constantFrom('leave', 'stay'),
    suspended: fc.constantFrom('leave', 'stay'),
    secret: fc.boolean(),
    circulation: fc.boolean(),
    meetingOnDemand: whole,
    changes: fc.boolean(),
    earlyClose: fc.boolean(),
    openChoices: fc.boolean(),
    proxies: whole,
    withoutQuorum: fc.array(
      fc.oneof(
        fc.record({
          step: fc.constant('again' as const),
          noticeDays: whole,
          quorum: fc.option(share),
        }),
        fc.record({ step: fc.constantFrom('meet', 'circulate', 'drop') }),
      ),
    ),
  });

  it('any rule is read back as it was, and has the same hash', () => {
    fc.assert(
      fc.property(anyRule, (rule) => {
        expect(ruleSchema.parse(JSON.parse(JSON.stringify(rule)))).toEqual(rule);
        const book = rulebookFrom('1', [{ id: 'x', title: { zh: '某', en: 'X' }, rule }]);
        const stored = rulebookSchema.parse(JSON.parse(JSON.stringify(book)));
        expect(stored).toEqual(book);
        expect(rulebookFrom(stored.version, stored.matters)).toEqual(book);
      }),
    );
  });

  it('every rulebook comes back through the settings', async () => {
    const demo = rulebookOf(await loadAllianceFile(demoAllianceFile));
    for (const book of [usualRulebook, demo, rulebookIn(withChanges())]) {
      expect(readSettings(JSON.parse(JSON.stringify({ rulebook: book }))).rulebook).toEqual(book);
    }
  });

  it.each([
    ['a share of more than the whole', { quorum: { share: { over: 3, under: 2 }, by: 'present' } }],
    ['an unknown majority', { majority: { kind: 'most' } }],
    ['half a seat', { seconds: 0.5 }],
    ['a missing answer', { secret: undefined }],
  ])('%s is not taken for a rule', (_, change) => {
    expect(ruleSchema.safeParse({ ...usualRule('association', false), ...change }).success).toBe(false);
  });
});

describe('docs/rulebook.md', () => {
  const page = new URL('../../docs/rulebook.md', import.meta.url);

  it('explains every key of a rule', async () => {
    const explained = [...(await readFile(page, 'utf8')).matchAll(/^\| `(\w+)` \|/gm)].map(([, key]) => key);
    expect(explained).toEqual(expect.arrayContaining(Object.keys(ruleShape)));
  });

  it('has an example that is in order', async () => {
    const [, example = ''] = /```yaml\n(.*?)```/s.exec(await readFile(page, 'utf8')) ?? [];
    expect(rulebookIn(council + example).matters.map((one) => one.id)).toContain('charter');
  });
});

describe('the demo alliance', () => {
  it('has a rulebook for its thirteen seats', async () => {
    const file = await loadAllianceFile(demoAllianceFile);
    const book = rulebookOf(file);
    expect(book.matters.map((one) => one.id)).toEqual([
      'ordinary',
      'admission',
      'dues',
      'election',
      'charter',
      'budget',
      'programme',
      'honours',
      'urgent',
    ]);
    expect(ruleIn(book, 'admission')).toMatchObject({
      circulation: true,
      openDays: 7,
      seconds: 0,
      noticeDays: 0,
      challengeDays: 0,
      earlyClose: true,
      proxies: 1,
      recused: 'leave',
    });
    for (const id of ['dues', 'election']) {
      expect(ruleIn(book, id)).toMatchObject({ secret: true, circulation: false });
    }
    expect(atLeast(ruleIn(book, 'ordinary').quorum.share, file.council.seats.length)).toBe(9);
  });
});
