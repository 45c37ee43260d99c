import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import {
  checkAllianceFile,
  demoAllianceFile,
  loadAllianceFile,
  readAllianceFile,
} from '../../src/alliance/file.js';
import { rulebookOf } from '../../src/alliance/rulebook.js';
import { Fault } from '../../src/core/fault.js';
import { provinceNames } from '../../src/core/provinces.js';

const small = `alliance: { name: { zh: 联盟, en: Alliance }, timezone: Asia/Shanghai }
parks:
  - { id: qingyao, name: { zh: 青窑, en: Qingyao }, province: 江西, specialties: [ceramics] }
people:
  - { id: wang, name: 王芳, language: zh, roles: [officer], identities: [{ channel: slack, team: T01, id: U01 }] }
  - { id: lina, name: 李娜, park: qingyao, language: zh, roles: [contact], identities: [{ channel: wechat, id: wx-lina }] }
council:
  seats:
    - { id: s1, class: park, holder: lina, alternates: [wang] }
    - { id: s2, class: expert, holder: wang }
rulebook: { version: "1", matters: [{ id: admission, title: { zh: 入会, en: Admission }, seconds: 1, openDays: 6 }] }
rooms:
  - { channel: wechat, id: 10001@chatroom, purpose: council }
  - { channel: slack, id: C01, purpose: secretariat }
`;

const mistakesIn = (source: string) => {
  const read = readAllianceFile(source, 'alliance.yaml');
  return 'mistakes' in read ? read.mistakes : [];
};
/** The small file with one thing changed. */
const withChange = (from: string, to: string): string => {
  expect(small).toContain(from);
  return small.replace(from, to);
};

describe('a file in order', () => {
  it('is read, with usual values for what it leaves out', () => {
    const read = readAllianceFile(small, 'alliance.yaml');
    expect(read).toMatchObject({
      ok: {
        alliance: { timezone: 'Asia/Shanghai' },
        people: [{ id: 'wang' }, { id: 'lina', park: 'qingyao' }],
        rulebook: { form: 'association', matters: [{ id: 'admission', seconds: 1, openDays: 6 }] },
        membership: { publicityDays: 5, officerDays: 3, deputyDays: 2, answerDays: 5 },
      },
    });
  });

  it('may leave the numbers of a matter out, and then never asks for more than there are seats', () => {
    const oneSeat = withChange(', seconds: 1, openDays: 6', '').replace(/^.*id: s2.*\n/m, '');
    const read = readAllianceFile(oneSeat, '');
    expect(read).toMatchObject({ ok: { council: { seats: [{ id: 's1' }] } } });
    expect('ok' in read && rulebookOf(read.ok).matters).toMatchObject([
      { rule: { seconds: 0, openDays: 5 } },
    ]);
  });

  it('may have a seat for one day', () => {
    const oneDay = withChange('holder: wang }', 'holder: wang, from: 2026-05-01, until: 2026-05-01 }');
    expect(mistakesIn(oneDay)).toEqual([]);
  });

  it('may name only some of the periods', () => {
    expect(readAllianceFile(`${small}membership: { publicityDays: 10 }\n`, '')).toMatchObject({
      ok: { membership: { publicityDays: 10, officerDays: 3 } },
    });
  });

  it('knows all provincial-level divisions', () => {
    expect(new Set(provinceNames).size).toBe(34);
  });
});

describe('each mistake has its line, its place and a remedy', () => {
  it.each([
    [
      'an unknown key',
      'province: 江西,',
      'provinz: x, province: 江西,',
      3,
      'parks/qingyao/provinz',
      'not known here',
      'Did you mean “province”?',
    ],
    [
      'an unknown key at the top',
      'rooms:',
      'room: 3\nrooms:',
      12,
      'room',
      'not known here',
      'Did you mean “rooms”?',
    ],
    [
      'a misspelt province',
      'province: 江西',
      'province: 江西省',
      3,
      'parks/qingyao/province',
      '“江西省”',
      'Did you mean “江西”?',
    ],
    [
      'no province at all',
      'province: 江西, ',
      '',
      3,
      'parks/qingyao/province',
      'missing',
      'Write one of 北京',
    ],
    [
      'an unknown role',
      'roles: [officer]',
      'roles: [offcer, admin]',
      5,
      'people/wang/roles/1',
      '“offcer”',
      'Did you mean “officer”?',
    ],
    [
      'an unknown language',
      'name: 李娜, park: qingyao, language: zh',
      'name: 李娜, park: qingyao, language: cn',
      6,
      'people/lina/language',
      '“cn”',
      'zh or en',
    ],
    [
      'an unknown park',
      'park: qingyao',
      'park: qingyoa',
      6,
      'people/lina/park',
      'no park “qingyoa”',
      'Did you mean “qingyao”?',
    ],
    [
      'a Slack identity without its team',
      'team: T01, ',
      '',
      5,
      'people/wang/identities/1/team',
      'missing',
      'the id of the Slack workspace',
    ],
    [
      'a Slack name for an id',
      'id: U01',
      'id: "@wang"',
      5,
      'people/wang/identities/1/id',
      '“@wang”',
      'starts with U or W',
    ],
    [
      'an unknown channel',
      '{ channel: wechat, id: wx-lina }',
      '{ channel: qq, id: wx-lina }',
      6,
      'people/lina/identities/1/channel',
      '“qq”',
      'wechat or slack',
    ],
    [
      'a number for an id',
      'id: wx-lina',
      'id: 10086',
      6,
      'people/lina/identities/1/id',
      '“10086”',
      'in quotes: "10086"',
    ],
    [
      'a name in one language',
      'name: { zh: 青窑, en: Qingyao }',
      'name: { zh: 青窑 }',
      3,
      'parks/qingyao/name/en',
      'missing',
      'Write',
    ],
    [
      'an unknown time zone',
      'Asia/Shanghai',
      'Asia/Beijing',
      1,
      'alliance/timezone',
      '“Asia/Beijing”',
      'Asia/Shanghai',
    ],
    [
      'an unknown holder',
      'holder: lina',
      'holder: lian',
      9,
      'council/seats/s1/holder',
      'no person “lian”',
      'Use the id of a person',
    ],
    [
      'an unknown alternate',
      '[wang]',
      '[wan]',
      9,
      'council/seats/s1/alternates/1',
      'no person “wan”',
      'Did you mean “wang”?',
    ],
    [
      'a holder as own alternate',
      '[wang]',
      '[lina]',
      9,
      'council/seats/s1/alternates/1',
      'named twice',
      'once',
    ],
    [
      'a park seat without a park',
      'class: expert',
      'class: park',
      10,
      'council/seats/s2',
      'belongs to no park',
      'Add “park:”',
    ],
    [
      'two seats for one person',
      'holder: lina, alternates: [wang]',
      'holder: wang, park: qingyao',
      10,
      'council/seats/s2/holder',
      'already holds the seat s1',
      'another holder',
    ],
    [
      'an unknown class',
      'class: expert',
      'class: experts',
      10,
      'council/seats/s2/class',
      '“experts”',
      'Did you mean “expert”?',
    ],
    [
      'more to second than there are seats',
      'seconds: 1',
      'seconds: 2',
      11,
      'rulebook/matters/admission/seconds',
      'than there are',
      'a smaller number',
    ],
    [
      'no day to vote on',
      'openDays: 6',
      'openDays: 0',
      11,
      'rulebook/matters/admission/openDays',
      '“0”',
      'from 1',
    ],
    [
      'a term that ends before it begins',
      'holder: wang }',
      'holder: wang, from: 2028-01-01, until: 2027-12-31 }',
      10,
      'council/seats/s2/until',
      'before it begins on 2028-01-01',
      'Correct one of the two days.',
    ],
    [
      'a term that begins on no day',
      'holder: wang }',
      'holder: wang, from: 2026-02-29 }',
      10,
      'council/seats/s2/from',
      '“2026-02-29”',
      'such as 2026-01-01',
    ],
    [
      'half a seat to second',
      'seconds: 1',
      'seconds: 1.5',
      11,
      'rulebook/matters/admission/seconds',
      '“1.5”',
      'whole number',
    ],
    [
      'half a day in a period',
      'rooms:',
      'membership: { officerDays: 1.5 }\nrooms:',
      12,
      'membership/officerDays',
      '“1.5”',
      'whole number',
    ],
    [
      'the approvals of an older file',
      'rulebook:',
      '  approvals: 2\nrulebook:',
      11,
      'council/approvals',
      'no longer',
      'The rulebook decides that now: see docs/rulebook.md.',
    ],
    [
      'the council’s days of an older file',
      'rooms:',
      'membership: { councilDays: 7 }\nrooms:',
      12,
      'membership/councilDays',
      'no longer',
      'The rulebook decides that now: see docs/rulebook.md.',
    ],
    ['a contact of no park', 'park: qingyao, ', '', 6, 'people/lina', 'of no park', 'Add “park:”'],
    [
      'no officer at all',
      'roles: [officer]',
      'roles: [deputy]',
      4,
      'people',
      'Nobody is an officer',
      'role officer',
    ],
    [
      'an id used twice',
      'id: lina,',
      'id: wang,',
      6,
      'people/wang/id',
      'another person “wang”',
      'its own id',
    ],
    [
      'an account of two people',
      '{ channel: wechat, id: wx-lina }',
      '{ channel: slack, team: T01, id: U01 }',
      6,
      'people/lina/identities/1',
      'already 王芳’s',
      'one person',
    ],
    [
      'a room that is there twice',
      'slack, id: C01',
      'wechat, id: 10001@chatroom',
      14,
      'rooms/10001@chatroom/id',
      'there twice',
      'one purpose',
    ],
    [
      'an unknown purpose',
      'purpose: council',
      'purpose: counsil',
      13,
      'rooms/10001@chatroom/purpose',
      '“counsil”',
      'Did you mean “council”?',
    ],
    [
      'nothing where a list belongs',
      'rooms:\n',
      'membership: [1]\nrooms:\n',
      12,
      'membership',
      "a list can't stand here",
      'publicityDays',
    ],
  ])('%s', (_, from, to, line, path, message, remedy) => {
    const mistakes = mistakesIn(withChange(from, to));
    const found = mistakes.find((one) => one.path === path);
    expect(found, JSON.stringify(mistakes, null, 1)).toBeDefined();
    expect(found).toMatchObject({
      line,
      message: expect.stringContaining(message),
      remedy: expect.stringContaining(remedy),
    });
  });

  it('a Slack room without a team, when the file knows two', () => {
    const source = withChange('id: wx-lina }', 'id: wx-lina }, { channel: slack, team: T02, id: U09 }');
    expect(mistakesIn(source)).toMatchObject([
      { line: 14, path: 'rooms/C01', remedy: expect.stringContaining('team: T…') },
    ]);
    expect(mistakesIn(source.replace('slack, id: C01', 'slack, team: T02, id: C01'))).toEqual([]);
  });

  it('all at once, in the order of their lines', () => {
    const source = withChange('openDays: 6', 'openDays: many')
      .replace('江西', '江南')
      .replace('[officer]', '[boss]');
    expect(mistakesIn(source).map((one) => one.line)).toEqual([3, 5, 11]);
  });

  it('what is no YAML', () => {
    expect(mistakesIn(withChange('specialties: [ceramics]', 'specialties: [ceramics'))[0]).toMatchObject({
      message: expect.stringContaining('not YAML'),
    });
    expect(mistakesIn(withChange('seconds: 1', 'seconds: 1,\n  seconds: 2'))).toMatchObject([{ line: 12 }]);
    expect(mistakesIn(withChange('alternates: [wang]', 'alternates: *nobody'))).toHaveLength(1);
    expect(mistakesIn('')).toMatchObject([{ line: 1, message: 'Everything is missing.' }]);
  });

  it('whatever is removed or replaced, in words and within the file', () => {
    const places = [...small.matchAll(/[\p{L}\p{N}@-]+/gu)];
    const junk = fc.constantFrom('', '0', '-1', 'null', '[]', '{}', '~', '"', '*a', '江', 'true');
    fc.assert(
      fc.property(fc.constantFrom(...places), junk, (place, other) => {
        const source = small.slice(0, place.index) + other + small.slice(place.index + place[0].length);
        for (const mistake of mistakesIn(source)) {
          expect(mistake.line).toBeGreaterThan(0);
          expect(mistake.line).toBeLessThanOrEqual(small.split('\n').length);
          expect(mistake.message).toMatch(/\.$/);
          expect(mistake.remedy).toMatch(/[.?]$/);
          expect(`${mistake.message}${mistake.remedy}`).not.toMatch(/undefined|\[object|NaN/);
        }
      }),
      { numRuns: 400 },
    );
  });
});

describe('on disk', () => {
  it('a file that is missing is a Fault with its path', async () => {
    await expect(loadAllianceFile('/nowhere/alliance.yaml')).rejects.toMatchObject({
      message: expect.stringContaining('/nowhere/alliance.yaml'),
      remedy: expect.stringContaining('ALLIANCE_FILE'),
    });
  });

  it('a file with mistakes prints each with file and line, and is not loaded', async () => {
    const path = join(await mkdtemp(join(tmpdir(), 'alliance-')), 'ours.yaml');
    await writeFile(path, withChange('seconds: 1', 'seconds: 9'));
    const printed: string[] = [];
    expect(await checkAllianceFile(path, (line) => printed.push(line))).toBe(false);
    expect(printed).toEqual([
      `${path}:11 rulebook/matters/admission/seconds: With the mover’s, more seats have to second than there are. Write a smaller number; 0 when nobody has to second.`,
      `${path}: 1 mistake.`,
    ]);
    await expect(loadAllianceFile(path)).rejects.toThrow(Fault);
  });

  it('a file in order prints what is in it', async () => {
    const printed: string[] = [];
    expect(await checkAllianceFile(demoAllianceFile, (line) => printed.push(line))).toBe(true);
    expect(printed).toHaveLength(1);
    expect(printed[0]).toContain('8 parks');
    expect(printed[0]).toContain('13 council seats');
    const { version, hash, matters } = rulebookOf(await loadAllianceFile(demoAllianceFile));
    expect(printed[0]).toContain(`rulebook ${version} (${hash}) with ${matters.length} matters`);
  });
});

describe('the demo alliance', () => {
  it('has both languages, both networks and every role', async () => {
    const { parks, people, council } = await loadAllianceFile(demoAllianceFile);
    expect(new Set(parks.map((park) => park.province)).size).toBe(6);
    expect(new Set(people.map((person) => person.language))).toEqual(new Set(['zh', 'en']));
    expect(new Set(people.flatMap((person) => person.roles)).size).toBe(7);
    const onBoth = people.filter((person) => new Set(person.identities.map((one) => one.channel)).size === 2);
    expect(onBoth.length).toBeGreaterThanOrEqual(2);
    expect(new Set(council.seats.map((seat) => seat.class))).toEqual(
      new Set(['park', 'government', 'expert']),
    );
  });

  it('means the same when another tool writes it', async () => {
    const source = await readFile(demoAllianceFile, 'utf8');
    expect(readAllianceFile(stringify(parse(source)), '')).toEqual(readAllianceFile(source, ''));
  });
});
