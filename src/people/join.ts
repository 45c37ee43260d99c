import type { Db } from '../database.js';

/**
 * Makes someone the desk met one with a person it knows: what may still go on is handed over. The audit keeps
 * naming who acted under the name of the time, so that row stays.
 */
export const joinTo = async (db: Db, met: string, person: string): Promise<void> => {
  const mine = { where: { personId: met }, data: { personId: person } };
  await db.identity.updateMany(mine);
  // A person is asked one thing at a time in a conversation; what gives way can be resumed.
  for (const { channel, account, conversation } of await db.dialogue.findMany({
    where: { personId: person, status: 'open' },
  })) {
    await db.dialogue.updateMany({
      where: { personId: met, status: 'open', channel, account, conversation },
      data: { status: 'parked' },
    });
  }
  await db.dialogue.updateMany(mine);
  await db.offer.updateMany(mine);
  await db.outbox.updateMany(mine);
  await db.case.updateMany({ where: { openedBy: met }, data: { openedBy: person } });
  await joinMembership(db, met, person);
  await joinCouncil(db, met, person);
  await joinAccount(db, met, person);
  const roles = await db.grant.findMany({ where: { personId: met } });
  await db.grant.createMany({
    data: roles.map(({ role }) => ({ personId: person, role })),
    skipDuplicates: true,
  });
  await db.grant.deleteMany({ where: { personId: met } });
};

const joinMembership = async (db: Db, met: string, person: string): Promise<void> => {
  await db.application.updateMany({ where: { applicantId: met }, data: { applicantId: person } });
  // A person objects to an application once.
  const objected = await db.objection.findMany({ where: { personId: person }, select: { caseId: true } });
  await db.objection.updateMany({
    where: { personId: met, caseId: { notIn: objected.map((one) => one.caseId) } },
    data: { personId: person },
  });
};

const joinCouncil = async (db: Db, met: string, person: string): Promise<void> => {
  const mine = { where: { personId: met }, data: { personId: person } };
  await db.motion.updateMany({ where: { moverId: met }, data: { moverId: person } });
  await db.motionText.updateMany(mine);
  await db.second.updateMany(mine);
  await db.demand.updateMany(mine);
  await db.ballotSeat.updateMany({ where: { holderId: met }, data: { holderId: person } });
  await db.vote.updateMany(mine);
  await db.proxy.updateMany({ where: { giverId: met }, data: { giverId: person } });
  await db.proxy.updateMany({ where: { proxyId: met }, data: { proxyId: person } });
  await db.meeting.updateMany({ where: { callerId: met }, data: { callerId: person } });
  await db.presence.updateMany(mine);
  // A person says one thing of the minutes.
  const replied = await db.minutesReply.findMany({ where: { personId: person }, select: { caseId: true } });
  await db.minutesReply.updateMany({
    where: { personId: met, caseId: { notIn: replied.map((one) => one.caseId) } },
    data: { personId: person },
  });
  await db.task.updateMany({ where: { ownerId: met }, data: { ownerId: person } });
  await db.task.updateMany({ where: { giverId: met }, data: { giverId: person } });
};

const joinAccount = async (db: Db, met: string, person: string): Promise<void> => {
  const mine = { where: { personId: met }, data: { personId: person } };
  await db.linkCode.updateMany(mine);
  await db.rebind.updateMany(mine);
  await db.rebind.updateMany({ where: { askedBy: met }, data: { askedBy: person } });
  await db.rebind.updateMany({ where: { approvedBy: met }, data: { approvedBy: person } });
  await db.away.updateMany(mine);
  await db.away.updateMany({ where: { coverId: met }, data: { coverId: person } });
  await db.reminder.updateMany(mine);
  // One live timer of a kind each: where both have one, the other rings and finds nothing to say.
  const live = { firedAt: null, cancelledAt: null };
  const set = await db.timer.findMany({
    where: { personId: person, ...live },
    select: { alarm: true, key: true },
  });
  await db.timer.updateMany({
    where: { personId: met, ...live, NOT: set },
    data: { personId: person },
  });
};
