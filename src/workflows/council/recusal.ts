/** Who takes part: a seat recuses itself, is asked to, or is suspended. The base follows, by the rule. */
import { role } from '../../core/people.js';
import { text, yesNo } from '../../core/questions.js';

import { everyone, person, room } from '../../core/workflow.js';
import type { Db } from '../../database.js';
import { entitled, type OpenedBallot, readBallot } from './ballot.js';
import { type About, council, office, reason, seat } from './header.js';
import * as said from './messages.js';
import {
  inSeatOrder,
  namesSeat,
  ownSeat,
  restoreSeat,
  seatTitle,
  seatWithNames,
  suspendSeats,
} from './seats.js';

type Row = OpenedBallot['roll'][number];

/** Takes a seat out of the ballot; a vote it has cast goes with it. */
const leave = async (about: About, opened: OpenedBallot, row: Row, why: string): Promise<OpenedBallot> => {
  const { db, subject: m, now } = about;
  const key = { ballotId_seatId: { ballotId: opened.ballot.id, seatId: row.seatId } };
  await db.ballotSeat.update({ where: key, data: { recusedAt: now, recusedWhy: why } });
  await db.vote.updateMany({
    where: { ballotId: opened.ballot.id, seatId: row.seatId, supersededAt: null },
    data: { supersededAt: now, sealed: null },
  });
  return readBallot(db, m);
};

export const recuse = council.command({
  title: { zh: '回避', en: 'Recuse' },
  words: { zh: ['回避'], en: ['recuse'] },
  from: ['open'],
  to: ['open'],
  by: seat,
  ask: { reason },
  run: async (world) => {
    const { db, args, actor, case: c, subject: m } = world;
    const opened = await readBallot(db, m);
    const seatId = await ownSeat(db, actor);
    const row = entitled(opened).find((one) => one.seatId === seatId);
    if (!row) return { refuse: said.takesNoPart(c, true) };
    const after = await leave(world, opened, row, args.reason);
    const news = said.recused(c, row.title, args.reason, opened, after);
    return {
      to: 'open',
      reply: news,
      because: row.title,
      tell: [{ to: room('council'), say: news }],
      wake: [{ alarm: 'turnout', at: world.now, unlessSet: true }],
    };
  },
});

const whichSeat = text({
  label: { zh: '席位', en: 'Seat' },
  ask: { zh: '哪个席位？（编号、园区或代表姓名）', en: 'Which seat? (its number, park or holder)' },
  max: 60,
});

/** Another seat asks; the seat itself may agree, else the chair rules, or the supervisor where it is the chair's own. */
export const askRecusal = council.command({
  title: { zh: '请求回避', en: 'Ask a seat to recuse itself' },
  words: { zh: ['请求回避'], en: ['ask-recuse', 'ask to recuse'] },
  from: ['open'],
  to: ['open'],
  by: seat,
  aside: true,
  namedTo: 'insiders',
  ask: { seat: whichSeat, reason },
  run: async ({ db, args, actor, case: c, subject: m }) => {
    const opened = await readBallot(db, m);
    const row = entitled(opened).find((one) => namesSeat(args.seat, one.seat));
    if (!row)
      return {
        refuse: said.noSuchSeat(
          c,
          args.seat,
          entitled(opened).map((one) => one.title),
        ),
      };
    if (row.holderId === actor.id) return { refuse: said.recuseYourself(c) };
    const chairs = await db.grant.count({ where: { personId: row.holderId, role: 'chair' } });
    return {
      to: 'open',
      reply: said.recusalAsked(c, row.title),
      because: { zh: `${row.title.zh}：${args.reason}`, en: `${row.title.en}: ${args.reason}` },
      tell: [
        { to: person(row.holderId), say: said.pleaseRecuse(c, args.reason), choices: ['recuse'] },
        {
          to: everyone(chairs > 0 ? 'supervisor' : 'chair'),
          say: said.ruleOnRecusal(c, row.title, args.reason),
          choices: ['ruleRecusal'],
        },
      ],
    };
  },
});

export const ruleRecusal = council.command({
  title: { zh: '裁定回避', en: 'Rule on a recusal' },
  words: { zh: ['裁定', '裁定回避'], en: ['rule'] },
  from: ['open'],
  to: ['open'],
  by: role('chair', 'supervisor'),
  ask: {
    seat: whichSeat,
    leaves: yesNo({
      label: { zh: '应当回避', en: 'Has to leave' },
      ask: { zh: '该席位应当回避吗？', en: 'Does the seat have to leave this ballot?' },
    }),
  },
  run: async (world) => {
    const { db, args, actor, case: c, subject: m } = world;
    const opened = await readBallot(db, m);
    const row = entitled(opened).find((one) => namesSeat(args.seat, one.seat));
    if (!row)
      return {
        refuse: said.noSuchSeat(
          c,
          args.seat,
          entitled(opened).map((one) => one.title),
        ),
      };
    if (row.holderId === actor.id) return { refuse: said.notInOwnMatter(c) };
    if (!args.leaves) {
      const stays = said.recusalDenied(c, row.title);
      return {
        to: 'open',
        reply: stays,
        because: row.title,
        tell: [{ to: person(row.holderId), say: stays }],
      };
    }
    const why = `${actor.name}`;
    const after = await leave(world, opened, row, why);
    const news = said.recusedByRuling(c, row.title, opened, after);
    return {
      to: 'open',
      reply: news,
      because: row.title,
      tell: [
        { to: room('council'), say: news },
        { to: person(row.holderId), say: news },
      ],
      wake: [{ alarm: 'turnout', at: world.now, unlessSet: true }],
    };
  },
});

const seatNamed = async (db: Db, words: string) => {
  const seats = (await db.seat.findMany({ include: seatWithNames })).sort(inSeatOrder);
  return { seats, found: seats.find((one) => namesSeat(words, one)) };
};

export const suspend = council.free({
  title: { zh: '暂停席位', en: 'Suspend a seat' },
  words: { zh: ['停席', '暂停席位'], en: ['suspend'] },
  by: office,
  ask: { seat: whichSeat, reason },
  run: async ({ db, args, now }) => {
    const { seats, found } = await seatNamed(db, args.seat);
    if (!found) return { refuse: said.noSuchSeatAtAll(args.seat, seats.map(seatTitle)) };
    if (found.suspendedAt) return { refuse: said.suspendedAlready(seatTitle(found)) };
    await suspendSeats(db, { id: found.id }, args.reason, now);
    const news = said.seatSuspended(seatTitle(found), args.reason);
    return {
      reply: news,
      because: { zh: `${seatTitle(found).zh}：${args.reason}`, en: `${seatTitle(found).en}: ${args.reason}` },
      tell: [
        { to: room('council'), say: news },
        { to: person(found.holderId), say: news },
      ],
    };
  },
});

export const restore = council.free({
  title: { zh: '恢复席位', en: 'Restore a seat' },
  words: { zh: ['复席', '恢复席位'], en: ['restore'] },
  by: office,
  ask: { seat: whichSeat },
  run: async ({ db, args }) => {
    const { seats, found } = await seatNamed(db, args.seat);
    if (!found) return { refuse: said.noSuchSeatAtAll(args.seat, seats.map(seatTitle)) };
    if (!found.suspendedAt) return { refuse: said.notSuspended(seatTitle(found)) };
    await restoreSeat(db, found.id);
    const news = said.seatRestored(seatTitle(found));
    return {
      reply: news,
      because: seatTitle(found),
      tell: [
        { to: room('council'), say: news },
        { to: person(found.holderId), say: news },
      ],
    };
  },
});

export const seats = council.free({
  title: { zh: '席位名册', en: 'Seats' },
  words: { zh: ['席位'], en: ['seats'] },
  by: seat,
  reads: true,
  run: async ({ db, now }) => {
    const all = await db.seat.findMany({
      include: { ...seatWithNames, alternates: { include: { person: { select: { name: true } } } } },
    });
    return { reply: said.roll(all.sort(inSeatOrder), now) };
  },
});
