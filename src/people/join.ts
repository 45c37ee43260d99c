import type { Db } from '../database.js';

/**
 * Makes someone the desk met one with a person it knows: what may still go on is handed over. The audit keeps
 * naming who acted under the name of the time, so that row stays.
 */
export const joinTo = async (db: Db, met: string, person: string): Promise<void> => {
  const mine = { where: { personId: met }, data: { personId: person } };
  await db.identity.updateMany(mine);
  await db.consent.updateMany(mine);
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
  await joinEvents(db, met, person);
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

const joinEvents = async (db: Db, met: string, person: string): Promise<void> => {
  const mine = { where: { personId: met }, data: { personId: person } };
  await db.event.updateMany({ where: { hostId: met }, data: { hostId: person } });
  await db.party.updateMany({ where: { byId: met }, data: { byId: person } });
  await leaveTwice(db, met, person);
  await db.attendee.updateMany(mine);
  await db.chain.updateMany(mine);
  await db.materialView.updateMany(mine);
  await db.invitation.updateMany({ where: { byId: met }, data: { byId: person } });
  await db.appointment.updateMany({ where: { askerId: met }, data: { askerId: person } });
  await db.appointment.updateMany({ where: { askedId: met }, data: { askedId: person } });
  // Of what a person says once of an event, their own words stay.
  const said = { where: { personId: person }, select: { eventId: true } } as const;
  const others = (rows: readonly { readonly eventId: string }[]) => ({
    where: { personId: met, eventId: { notIn: rows.map((one) => one.eventId) } },
    data: { personId: person },
  });
  await db.eventReply.updateMany(others(await db.eventReply.findMany(said)));
  await db.review.updateMany(others(await db.review.findMany(said)));
  await db.invitation.updateMany(others(await db.invitation.findMany(said)));
  await db.acknowledgement.updateMany(others(await db.acknowledgement.findMany(said)));
  await db.profile.updateMany(others(await db.profile.findMany(said)));
  const kept = await db.appointmentSeat.findMany({
    where: { personId: person },
    select: { appointmentId: true, eventId: true, startsAt: true },
  });
  await db.appointmentSeat.updateMany({
    where: {
      personId: met,
      NOT: kept.flatMap(({ appointmentId, eventId, startsAt }) => [{ appointmentId }, { eventId, startsAt }]),
    },
    data: { personId: person },
  });
  const told = await db.followUp.findMany({
    where: { personId: person },
    select: { appointmentId: true, afterDays: true },
  });
  await db.followUp.updateMany({ where: { personId: met, NOT: told }, data: { personId: person } });
};

/** Who stands on a list under both names keeps the person’s own place; the other one goes to the next in the line. */
const leaveTwice = async (db: Db, met: string, person: string): Promise<void> => {
  const there = { status: { not: 'out' } } as const;
  const own = await db.attendee.findMany({
    where: { personId: person, ...there },
    select: { eventId: true, changedAt: true },
  });
  for (const { eventId, changedAt } of own) {
    const { count } = await db.attendee.updateMany({
      where: { personId: met, eventId, ...there },
      data: {
        status: 'out',
        because: { zh: '与本人的另一条报名合并', en: 'the same person was on the list twice' },
      },
    });
    if (count === 0) continue;
    // It is due at once, whatever the time is.
    await db.timer.createMany({
      data: [{ caseId: eventId, alarm: 'event.placeFreed', dueAt: changedAt }],
      skipDuplicates: true,
    });
  }
};
