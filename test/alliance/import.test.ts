import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { demoAllianceFile, loadAllianceFile, readAllianceFile } from '../../src/alliance/file.js';
import { importAlliance } from '../../src/alliance/import.js';
import { rulebookOf } from '../../src/alliance/rulebook.js';
import type { AllianceFile } from '../../src/alliance/schema.js';
import { usualRulebook } from '../../src/core/rulebook-presets.js';
import { readSettings } from '../../src/core/settings.js';
import { type Database, openDatabase } from '../../src/store/database.js';
import { freshDatabase } from '../database.js';

let server: Awaited<ReturnType<typeof freshDatabase>>;
let db: Database;
beforeAll(async () => {
  server = await freshDatabase();
  db = openDatabase(server.url);
});
afterAll(async () => {
  await db.$disconnect();
  await server.drop();
});
beforeEach(async () => {
  await db.$executeRaw`TRUNCATE "Alliance", "Park", "Person", "Identity", "Grant", "Seat", "Alternate", "Room", "Case", "Dialogue", "Offer" CASCADE`;
});

const now = new Date('2026-11-24T02:00:00Z');
const later = new Date('2026-11-25T02:00:00Z');

const small = `alliance: { name: { zh: 联盟, en: Alliance }, timezone: Asia/Shanghai }
parks:
  - { id: qingyao, name: { zh: 青窑, en: Qingyao }, province: 江西, specialties: [ceramics] }
  - { id: yunfang, name: { zh: 云坊, en: Yunfang }, province: 浙江 }
people:
  - { id: wang, name: 王芳, language: zh, roles: [officer, admin], identities: [{ channel: slack, team: T01, id: U01 }] }
  - { id: lina, name: 李娜, park: qingyao, language: zh, roles: [contact], identities: [{ channel: wechat, id: wx-lina }] }
  - { id: shen, name: 沈悦, park: yunfang, language: zh, identities: [{ channel: wechat, id: wx-shen }] }
council:
  seats:
    - { id: s1, class: park, holder: lina, alternates: [wang, shen] }
    - { id: s2, class: park, holder: shen }
membership: { answerDays: 4 }
rooms:
  - { channel: wechat, id: 10001@chatroom, purpose: council }
  - { channel: slack, id: C01, purpose: secretariat, language: zh }
`;

const fileOf = (source: string): AllianceFile => {
  const read = readAllianceFile(source, 'alliance.yaml');
  if ('ok' in read) return read.ok;
  throw new Error(JSON.stringify(read.mistakes));
};
const withChanges = (...changes: readonly (readonly [string, string])[]): AllianceFile =>
  fileOf(
    changes.reduce((source, [from, to]) => {
      expect(source).toContain(from);
      return source.replace(from, to);
    }, small),
  );
const withTerm = (term: string, ...changes: readonly (readonly [string, string])[]): AllianceFile =>
  withChanges(['holder: shen }', `holder: shen, ${term} }`], ...changes);
const personOf = (key: string) =>
  db.person.findUniqueOrThrow({
    where: { key },
    include: {
      identities: true,
      roles: true,
      park: true,
      held: true,
      alternates: { include: { seat: true } },
    },
  });
/** Someone the desk met by a message. */
const meet = (name: string, externalId: string) =>
  db.person.create({
    data: {
      id: randomUUID(),
      name,
      language: 'en',
      guest: true,
      createdAt: now,
      identities: { create: { channel: 'wechat', externalId, lastSpokeAt: now } },
    },
  });
const openCase = (ref: string, openedBy: string) =>
  db.case.create({
    data: {
      id: randomUUID(),
      workflow: 'membership',
      ref,
      state: 'submitted',
      openedBy,
      openedAt: now,
      changedAt: now,
    },
  });
const everything = async () => ({
  parks: await db.park.findMany({ orderBy: { key: 'asc' } }),
  people: await db.person.findMany({ orderBy: { id: 'asc' }, include: { identities: true, roles: true } }),
  seats: await db.seat.findMany({ orderBy: { key: 'asc' }, include: { alternates: true } }),
  rooms: await db.room.findMany({ orderBy: { id: 'asc' } }),
});
const storedSettings = async () =>
  readSettings((await db.alliance.findUniqueOrThrow({ where: { id: 1 } })).settings);
const unchanged = (count: number) => ({ added: 0, changed: 0, unchanged: count, removed: 0 });

describe('the first import', () => {
  it('brings everything in', async () => {
    expect(await importAlliance(db, fileOf(small), now)).toEqual({
      parks: { added: 2, changed: 0, unchanged: 0, removed: 0 },
      people: { added: 3, changed: 0, unchanged: 0, removed: 0 },
      seats: { added: 2, changed: 0, unchanged: 0, removed: 0 },
      rooms: { added: 2, changed: 0, unchanged: 0, removed: 0 },
      erased: [],
    });
    const lina = await personOf('lina');
    expect(lina).toMatchObject({ name: '李娜', guest: false, park: { key: 'qingyao', joinedAt: now } });
    expect(lina.roles.map((one) => one.role)).toEqual(['contact']);
    expect(lina.identities).toMatchObject([{ channel: 'wechat', account: '', externalId: 'wx-lina' }]);
    expect(lina.held).toMatchObject([{ key: 's1', class: 'park', parkId: lina.parkId }]);
    expect((await personOf('shen')).alternates.map((one) => one.seat.key)).toEqual(['s1']);
    // The file knows one Slack team, so the channel is in that team.
    expect(await db.room.findFirst({ where: { channel: 'slack' } })).toMatchObject({
      account: 'T01',
      externalId: 'C01',
      purpose: 'secretariat',
      language: 'zh',
    });
    const alliance = await db.alliance.findUniqueOrThrow({ where: { id: 1 } });
    expect(alliance).toMatchObject({
      nameZh: '联盟',
      nameEn: 'Alliance',
      timezone: 'Asia/Shanghai',
      importedAt: now,
    });
    expect(readSettings(alliance.settings)).toEqual({
      publicityDays: 5,
      officerDays: 3,
      deputyDays: 2,
      answerDays: 4,
      retention: { inputs: 30, posts: 180, applications: 180, guests: 365 },
      rulebook: usualRulebook,
    });
  });

  it('takes the demo alliance', async () => {
    const demo = await loadAllianceFile(demoAllianceFile);
    const first = await importAlliance(db, demo, now);
    expect(first.seats.added).toBe(13);
    expect(await importAlliance(db, demo, now)).toEqual({
      parks: unchanged(demo.parks.length),
      people: unchanged(demo.people.length),
      seats: unchanged(13),
      rooms: unchanged(demo.rooms.length),
      erased: [],
    });
  });

  it('keeps the rulebook as it is in force', async () => {
    const demo = await loadAllianceFile(demoAllianceFile);
    await importAlliance(db, demo, now);
    expect((await storedSettings()).rulebook).toEqual(rulebookOf(demo));
  });
});

describe('the same file again', () => {
  it('changes nothing', async () => {
    await importAlliance(db, fileOf(small), now);
    const before = await everything();
    expect(await importAlliance(db, fileOf(small), later)).toEqual({
      parks: unchanged(2),
      people: unchanged(3),
      seats: unchanged(2),
      rooms: unchanged(2),
      erased: [],
    });
    expect(await everything()).toEqual(before);
  });

  it('twice at the same time brings everything in once', async () => {
    const both = await Promise.all([
      importAlliance(db, fileOf(small), now),
      importAlliance(db, fileOf(small), now),
    ]);
    expect(both.map((one) => one.people.added).sort()).toEqual([0, 3]);
    expect(await db.person.count()).toBe(3);
  });

  it('leaves alone what people and the desk decided since', async () => {
    await importAlliance(db, fileOf(small), now);
    const lina = await personOf('lina');
    await db.person.update({ where: { key: 'lina' }, data: { language: 'en', parkId: null } });
    await db.park.update({ where: { key: 'yunfang' }, data: { leftAt: now } });
    await db.seat.update({ where: { key: 's2' }, data: { suspendedAt: now } });
    await db.identity.create({
      data: { channel: 'slack', account: 'T01', externalId: 'U77', personId: lina.id },
    });
    await db.grant.create({ data: { personId: lina.id, role: 'finance' } });
    await db.alternate.create({
      data: { seatId: (await db.seat.findUniqueOrThrow({ where: { key: 's2' } })).id, personId: lina.id },
    });
    await db.room.create({
      data: { channel: 'wechat', externalId: '9@chatroom', purpose: 'members' },
    });
    await db.park.create({
      data: { id: randomUUID(), key: 'm-12', nameZh: '新园', nameEn: 'New', province: '广东' },
    });
    await meet('Stranger', 'wx-stranger');
    const before = await everything();
    await importAlliance(db, fileOf(small), later);
    expect(await everything()).toEqual(before);
  });
});

describe('the term of a seat', () => {
  const threeYears = () => withTerm('from: 2026-01-01, until: 2028-12-31');

  it('is from the first instant of one day to the last of another, where the alliance is', async () => {
    await importAlliance(db, threeYears(), now);
    expect(await db.seat.findUnique({ where: { key: 's2' } })).toMatchObject({
      termFrom: new Date('2026-01-01T00:00:00+08:00'),
      termUntil: new Date('2029-01-01T00:00:00+08:00'),
    });
    expect(await db.seat.findUnique({ where: { key: 's1' } })).toMatchObject({
      termFrom: null,
      termUntil: null,
    });
  });

  it('may have one end only, and a whole day is a whole day when the clocks change', async () => {
    await importAlliance(db, withTerm('until: 2026-10-25', ['Asia/Shanghai', 'Europe/Berlin']), now);
    expect(await db.seat.findUnique({ where: { key: 's2' } })).toMatchObject({
      termFrom: null,
      termUntil: new Date('2026-10-26T00:00:00+01:00'),
    });
  });

  it('is unchanged when nothing has changed, and goes when the file leaves it out', async () => {
    await importAlliance(db, threeYears(), now);
    expect((await importAlliance(db, threeYears(), later)).seats).toEqual(unchanged(2));
    expect((await importAlliance(db, fileOf(small), later)).seats).toMatchObject({ changed: 1 });
    expect(await db.seat.findUnique({ where: { key: 's2' } })).toMatchObject({ termUntil: null });
  });
});

describe('a file that has changed', () => {
  it('changes names, roles, seats and rooms in place', async () => {
    await importAlliance(db, fileOf(small), now);
    const before = await everything();
    const changed = withChanges(
      ['en: Qingyao', 'en: Qingyao Park'],
      ['roles: [officer, admin]', 'roles: [officer, chair]'],
      ['alternates: [wang, shen]', 'alternates: [shen]'],
      ['purpose: council }', 'purpose: members }'],
      ['answerDays: 4', 'answerDays: 6'],
    );
    expect(await importAlliance(db, changed, later)).toEqual({
      parks: { added: 0, changed: 1, unchanged: 1, removed: 0 },
      people: { added: 0, changed: 1, unchanged: 2, removed: 0 },
      seats: { added: 0, changed: 1, unchanged: 1, removed: 0 },
      rooms: { added: 0, changed: 1, unchanged: 1, removed: 0 },
      erased: [],
    });
    expect((await personOf('wang')).roles.map((one) => one.role).sort()).toEqual(['chair', 'officer']);
    expect((await personOf('wang')).alternates).toEqual([]);
    const after = await everything();
    expect(after.people.map((one) => one.id)).toEqual(before.people.map((one) => one.id));
    expect((await storedSettings()).answerDays).toBe(6);
  });

  it('takes back a role or an account alone', async () => {
    await importAlliance(db, fileOf(small), now);
    const less = withChanges(
      ['roles: [officer, admin]', 'roles: [officer]'],
      ['identities: [{ channel: wechat, id: wx-shen }]', 'identities: []'],
    );
    expect((await importAlliance(db, less, later)).people).toEqual({
      added: 0,
      changed: 2,
      unchanged: 1,
      removed: 0,
    });
    expect((await personOf('wang')).roles).toHaveLength(1);
    expect((await personOf('shen')).identities).toEqual([]);
  });

  it('decides the language and the park where it says something new', async () => {
    await importAlliance(db, fileOf(small), now);
    await db.person.update({ where: { key: 'lina' }, data: { language: 'en' } });
    await importAlliance(db, withChanges(['park: qingyao, language', 'park: yunfang, language']), later);
    expect(await personOf('lina')).toMatchObject({ language: 'en', park: { key: 'yunfang' } });
  });

  it('takes everything back that came from it, and from nowhere else', async () => {
    await importAlliance(db, fileOf(small), now);
    const shen = await personOf('shen');
    await db.grant.create({ data: { personId: shen.id, role: 'finance' } });
    await db.identity.create({
      data: { channel: 'slack', account: 'T01', externalId: 'U77', personId: shen.id },
    });
    const smaller = withChanges(
      ['  - { id: yunfang, name: { zh: 云坊, en: Yunfang }, province: 浙江 }\n', ''],
      [
        '  - { id: shen, name: 沈悦, park: yunfang, language: zh, identities: [{ channel: wechat, id: wx-shen }] }\n',
        '',
      ],
      ['    - { id: s2, class: park, holder: shen }\n', ''],
      ['alternates: [wang, shen]', 'alternates: [wang]'],
      ['membership: { answerDays: 4 }\n', ''],
      ['  - { channel: slack, id: C01, purpose: secretariat, language: zh }\n', ''],
    );
    expect(await importAlliance(db, smaller, later)).toEqual({
      parks: { added: 0, changed: 0, unchanged: 1, removed: 1 },
      people: { added: 0, changed: 0, unchanged: 2, removed: 1 },
      seats: { added: 0, changed: 1, unchanged: 0, removed: 1 },
      rooms: { added: 0, changed: 0, unchanged: 1, removed: 1 },
      erased: [],
    });
    expect((await storedSettings()).answerDays).toBe(5);
    const left = await personOf('shen');
    expect(left).toMatchObject({ id: shen.id, guest: true, parkId: null, alternates: [] });
    expect(left.held).toMatchObject([{ key: 's2', termUntil: later }]);
    expect(left.identities.map((one) => one.externalId)).toEqual(['U77']);
    expect(left.roles.map((one) => one.role)).toEqual(['finance']);
    expect(await db.park.findUnique({ where: { key: 'yunfang' } })).toMatchObject({ leftAt: later });

    // And back again: the same person, the same park.
    await importAlliance(db, fileOf(small), later);
    expect(await personOf('shen')).toMatchObject({
      id: shen.id,
      guest: false,
      park: { key: 'yunfang', leftAt: null },
    });
  });

  it('moves an account from one person to another, without what the first one did', async () => {
    await importAlliance(db, fileOf(small), now);
    const [lina, shen] = [await personOf('lina'), await personOf('shen')];
    const mine = await openCase('M-1', lina.id);
    await db.identity.updateMany({ where: { personId: lina.id }, data: { lastSpokeAt: now } });
    await importAlliance(
      db,
      withChanges(
        ['{ channel: wechat, id: wx-lina }', ''],
        ['id: wx-shen }', 'id: wx-shen }, { channel: wechat, id: wx-lina }'],
      ),
      later,
    );
    const moved = await db.identity.findFirstOrThrow({ where: { externalId: 'wx-lina' } });
    expect(moved).toMatchObject({ personId: shen.id, lastSpokeAt: now });
    expect((await db.case.findUniqueOrThrow({ where: { id: mine.id } })).openedBy).toBe(lina.id);
  });
});

describe('someone the desk has met already', () => {
  it('becomes the person of the file, with everything they have begun', async () => {
    const guest = await meet('娜娜', 'wx-lina');
    await openCase('M-1', guest.id);
    expect((await importAlliance(db, fileOf(small), now)).people).toMatchObject({ added: 2, changed: 1 });
    const lina = await personOf('lina');
    expect(lina).toMatchObject({
      id: guest.id,
      name: '李娜',
      language: 'zh',
      guest: false,
      park: { key: 'qingyao' },
    });
    expect(lina.identities).toMatchObject([{ externalId: 'wx-lina', lastSpokeAt: now }]);
    expect(await db.person.count()).toBe(3);
  });

  it('is joined to a person of the file who is there already', async () => {
    await importAlliance(db, fileOf(small), now);
    const lina = await personOf('lina');
    const guest = await meet('Nana', 'wx-nana');
    await db.identity.create({
      data: { channel: 'slack', account: 'T01', externalId: 'U55', personId: guest.id },
    });
    const opened = await openCase('M-1', guest.id);
    const objection = { reason: 'why', madeAt: now };
    for (const [ref, people] of [
      ['M-2', [guest.id]],
      ['M-3', [guest.id, lina.id]],
    ] as const) {
      const { id: caseId } = await openCase(ref, guest.id);
      await db.application.create({
        data: {
          caseId,
          applicantId: guest.id,
          park: '新园',
          creditCode: '91310000MA1K00000X',
          province: '广东',
          kind: 'park',
          specialties: '',
          representative: '',
          contact: '',
          phone: '',
          consentAbroad: false,
        },
      });
      for (const personId of people) {
        await db.objection.create({ data: { id: randomUUID(), caseId, personId, ...objection } });
      }
    }
    // Both are being asked something in the same room.
    for (const personId of [guest.id, lina.id]) {
      await db.dialogue.create({
        data: {
          id: randomUUID(),
          personId,
          channel: 'wechat',
          conversation: '10001@chatroom',
          command: 'membership.apply',
          progress: {},
          status: 'open',
          createdAt: now,
          touchedAt: now,
        },
      });
    }
    await db.entry.create({
      data: { caseId: opened.id, personId: guest.id, act: 'membership.apply', said: {}, at: now, mark: '' },
    });

    const withNana = withChanges([
      '{ channel: wechat, id: wx-lina }',
      '{ channel: wechat, id: wx-lina }, { channel: wechat, id: wx-nana }',
    ]);
    expect((await importAlliance(db, withNana, later)).people).toMatchObject({ added: 0, changed: 1 });
    expect((await personOf('lina')).identities.map((one) => one.externalId).sort()).toEqual([
      'U55',
      'wx-lina',
      'wx-nana',
    ]);
    expect(await db.case.count({ where: { openedBy: lina.id } })).toBe(3);
    expect(await db.application.count({ where: { applicantId: lina.id } })).toBe(2);
    expect(await db.objection.count({ where: { personId: lina.id } })).toBe(2);
    const dialogues = await db.dialogue.findMany({
      where: { personId: lina.id },
      orderBy: { status: 'asc' },
    });
    expect(dialogues.map((one) => one.status)).toEqual(['open', 'parked']);
    // What is written in the audit stays as it was written.
    expect(await db.entry.count({ where: { personId: guest.id } })).toBe(1);
    expect(await db.person.findUnique({ where: { id: guest.id } })).toMatchObject({ name: 'Nana' });
  });

  it('on two networks as two guests becomes one person', async () => {
    const [onWechat, other] = [await meet('娜娜', 'wx-lina'), await meet('N', 'wx-nana')];
    await openCase('M-1', onWechat.id);
    await openCase('M-2', other.id);
    await importAlliance(
      db,
      withChanges([
        '{ channel: wechat, id: wx-lina }',
        '{ channel: wechat, id: wx-lina }, { channel: wechat, id: wx-nana }',
      ]),
      now,
    );
    const lina = await personOf('lina');
    expect(lina.identities).toHaveLength(2);
    expect(await db.case.count({ where: { openedBy: lina.id } })).toBe(2);
  });
});

it('an import that fails leaves nothing behind', async () => {
  const file = fileOf(small);
  const broken = {
    ...file,
    council: {
      ...file.council,
      seats: [{ id: 's1', class: 'expert' as const, holder: 'nobody', alternates: [] }],
    },
  };
  await expect(importAlliance(db, broken, now)).rejects.toThrow('nobody');
  expect(await db.person.count()).toBe(0);
  expect(await db.park.count()).toBe(0);
});

describe('stored settings', () => {
  it('have their usual values where nothing is stored', () => {
    expect(readSettings({})).toMatchObject({
      publicityDays: 5,
      officerDays: 3,
      rulebook: usualRulebook,
    });
  });

  it('that are none any more are left out, whatever they say', () => {
    expect(readSettings({ approvals: 0, councilDays: 'seven', answerDays: 4 })).toEqual({
      ...readSettings({}),
      answerDays: 4,
    });
  });

  it('that make no sense are a Fault that says to import again', () => {
    expect(() => readSettings({ publicityDays: 0 })).toThrow(/publicityDays/);
    expect(() => readSettings(null)).toThrow(/stored settings/);
    const [ordinary] = usualRulebook.matters;
    const rulebook = { ...usualRulebook, matters: [{ ...ordinary, rule: { ...ordinary?.rule, base: 'X' } }] };
    expect(() => readSettings({ rulebook })).toThrow(/rulebook\.matters\[0\]\.rule\.base/);
  });
});
