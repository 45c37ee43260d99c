import { afterEach, beforeEach, expect, test } from 'vitest';
import { demoAllianceFile, loadAllianceFile } from '../../src/alliance/file.js';
import { importAlliance } from '../../src/alliance/import.js';
import { joinTo } from '../../src/people/join.js';
import { type Database, openDatabase } from '../../src/store/database.js';
import { freshDatabase } from '../database.js';

const now = new Date('2026-11-23T02:00:00Z');
let database: Database;
let drop: () => Promise<void>;
let met: string;
let person: string;

beforeEach(async () => {
  const fresh = await freshDatabase();
  drop = fresh.drop;
  database = openDatabase(fresh.url, 2);
  await importAlliance(database, await loadAllianceFile(demoAllianceFile), now);
  person = (await database.person.findUniqueOrThrow({ where: { key: 'xu-wenbin' } })).id;
  met = (
    await database.person.create({ data: { name: '小徐', language: 'zh', guest: true, createdAt: now } })
  ).id;
});
afterEach(async () => {
  await database.$disconnect();
  await drop();
});

let cases = 0;
const newCase = async (): Promise<string> => {
  cases += 1;
  const { id } = await database.case.create({
    data: {
      workflow: 'test',
      ref: `T-${cases}`,
      state: 'open',
      openedBy: met,
      openedAt: now,
      changedAt: now,
    },
  });
  return id;
};

const newEvent = async (hostId: string): Promise<string> => {
  const caseId = await newCase();
  await database.event.create({
    data: {
      caseId,
      title: 't',
      kind: 'investment',
      place: 'p',
      startsAt: now,
      endsAt: now,
      cutOffAt: now,
      hostId,
      code: '1234',
      changedAt: now,
    },
  });
  return caseId;
};

test('every row that names somebody the desk met names the person afterwards', async () => {
  const seatId = (await database.seat.findUniqueOrThrow({ where: { key: 's1' } })).id;
  const at = now;
  const motionId = await newCase();
  await database.motion.create({
    data: { caseId: motionId, title: 't', text: 't', matter: 'm', means: 'meeting', moverId: met },
  });
  await database.motionText.create({ data: { motionId, version: 1, text: 't', personId: met, at } });
  await database.second.create({ data: { motionId, seatId, personId: met, at } });
  await database.demand.create({ data: { motionId, seatId, personId: met, at } });
  const ballot = await database.ballot.create({
    data: {
      motionId,
      call: 1,
      means: 'meeting',
      rule: {},
      rulebookVersion: '1',
      rulebookHash: '1',
      secret: false,
      openedAt: at,
      closesAt: at,
    },
  });
  await database.ballotSeat.create({ data: { ballotId: ballot.id, seatId, holderId: met } });
  await database.vote.create({
    data: {
      ballotId: ballot.id,
      seatId,
      personId: met,
      standing: 'holder',
      channel: 'slack',
      version: 1,
      receipt: 'r',
      castAt: at,
    },
  });
  await database.proxy.create({
    data: { caseId: await newCase(), seatId, giverId: met, proxyId: met, scope: 'period' },
  });
  const meetingId = await newCase();
  await database.meeting.create({
    data: { caseId: meetingId, title: 't', place: 'p', startsAt: at, callerId: met },
  });
  await database.presence.create({ data: { meetingId, seatId, personId: met, standing: 'holder', at } });
  const minutesId = await newCase();
  await database.minutes.create({ data: { caseId: minutesId, draftedAt: at } });
  await database.minutesReply.create({ data: { caseId: minutesId, personId: met, at } });
  await database.task.create({
    data: { caseId: await newCase(), what: 'w', ownerId: met, giverId: met, dueAt: at },
  });
  await database.linkCode.create({ data: { hash: 'h', personId: met, expiresAt: at } });
  await database.rebind.create({
    data: {
      caseId: await newCase(),
      personId: met,
      channel: 'slack',
      reason: 'r',
      askedBy: met,
      approvedBy: met,
    },
  });
  await database.away.create({ data: { personId: met, coverId: met, from: at, until: at } });
  await database.reminder.create({
    data: { personId: met, caseId: minutesId, message: {}, commands: [], state: 's', createdAt: at },
  });
  await database.timer.create({ data: { alarm: 'desk.day', personId: met, dueAt: at } });
  await database.identity.create({ data: { channel: 'slack', externalId: 'U9', personId: met } });
  const eventId = await newEvent(met);
  const attendee = { name: '小徐', nameKey: '小徐', ticket: 'delegate', because: {}, changedAt: at } as const;
  await database.party.create({
    data: {
      eventId,
      number: 1,
      byId: met,
      ticket: 'delegate',
      joinedAt: at,
      attendees: { create: { eventId, personId: met, status: 'going', ...attendee } },
    },
  });
  await database.eventReply.create({ data: { eventId, personId: met, question: 0, answer: 'a', at } });
  await database.review.create({ data: { eventId, personId: met, rating: 5, at } });
  await database.chain.create({ data: { eventId, personId: met, text: 't', at } });
  await database.invitation.create({
    data: { eventId, personId: met, byId: met, ticket: 'investor', at },
  });
  await database.acknowledgement.create({ data: { eventId, personId: met, text: 't', at } });
  await database.materialView.create({ data: { eventId, personId: met, at } });
  await database.profile.create({ data: { eventId, personId: met, offers: 'o', needs: 'n', at } });
  const appointmentId = await newCase();
  await database.appointment.create({
    data: {
      caseId: appointmentId,
      eventId,
      askerId: met,
      askedId: met,
      about: 'a',
      answerBy: at,
      attendances: { create: { eventId, personId: met, startsAt: at } },
      followUps: { create: { personId: met, afterDays: 1, stage: 'contact', at } },
    },
  });

  await joinTo(database, met, person);

  // What happened is told under the name of the time; everything else is looked for in the whole database.
  const columns = await database.$queryRaw<{ table: string; column: string }[]>`
    SELECT table_name AS "table", column_name AS "column" FROM information_schema.columns
    WHERE table_schema = 'public' AND data_type = 'uuid' AND table_name <> 'Entry'`;
  expect(columns.length).toBeGreaterThan(100);
  const left: string[] = [];
  for (const { table, column } of columns) {
    const rows = await database.$queryRawUnsafe<unknown[]>(
      `SELECT 1 FROM "${table}" WHERE "${column}" = '${met}'::uuid`,
    );
    if (rows.length > 0) left.push(`${table}.${column}`);
  }
  expect(left).toEqual(['Person.id']);
});

test('where a person has one of a kind, the person’s own stays', async () => {
  const caseId = await newCase();
  await database.minutes.create({ data: { caseId, draftedAt: now } });
  for (const personId of [met, person]) {
    await database.minutesReply.create({ data: { caseId, personId, correction: personId, at: now } });
    await database.timer.create({ data: { alarm: 'desk.day', personId, dueAt: now } });
    await database.grant.create({ data: { personId, role: 'contact' } });
  }
  await joinTo(database, met, person);
  expect(
    await database.minutesReply.findUnique({ where: { caseId_personId: { caseId, personId: person } } }),
  ).toMatchObject({ correction: person });
  expect(await database.timer.count({ where: { personId: person } })).toBe(1);
  expect(await database.grant.count({ where: { personId: met } })).toBe(0);
});

test('who stands on a list under both names is on it once, and the other place goes on', async () => {
  const eventId = await newEvent(person);
  for (const [at, personId] of [met, person].entries()) {
    await database.party.create({
      data: {
        eventId,
        number: at + 1,
        byId: personId,
        ticket: 'delegate',
        joinedAt: now,
        attendees: {
          create: {
            eventId,
            personId,
            name: '小徐',
            nameKey: '小徐',
            ticket: 'delegate',
            status: 'going',
            because: {},
            changedAt: now,
          },
        },
      },
    });
  }
  await joinTo(database, met, person);
  const rows = await database.attendee.findMany({ where: { eventId }, orderBy: { id: 'asc' } });
  expect(rows.map((one) => [one.personId === person, one.status])).toEqual([
    [true, 'out'],
    [true, 'going'],
  ]);
  expect(await database.timer.count({ where: { caseId: eventId, alarm: 'event.placeFreed' } })).toBe(1);
});
