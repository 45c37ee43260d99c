/** The council's votes ring here: the proxy has voted, or the seat has voted without them. */
import { person } from '../../core/workflow.js';
import { type OnProxy, proxy } from './header.js';
import * as said from './messages.js';

/** The seat's last vote: by whom, and on which motion. */
const lastVote = async ({ db, subject: p }: OnProxy, standing: 'proxy' | 'own') => {
  const vote = await db.vote.findFirstOrThrow({
    where: {
      seatId: p.seatId,
      standing: standing === 'proxy' ? 'proxy' : { not: 'proxy' },
      ...(p.scope === 'motion' && p.aboutId !== null && { ballot: { motionId: p.aboutId } }),
    },
    orderBy: [{ castAt: 'desc' }, { id: 'desc' }],
    select: {
      personId: true,
      ballot: { select: { motion: { select: { case: { select: { ref: true } } } } } },
    },
  });
  return { personId: vote.personId, motion: vote.ballot.motion.case.ref };
};

export const used = proxy.alarm({
  title: { zh: '受托人已代为表决', en: 'the proxy voted' },
  kind: 'deadline',
  when: ['accepted'],
  to: ['accepted', 'used'],
  run: async (world) => {
    const { case: c, subject: p } = world;
    const ends = p.scope === 'motion';
    const { motion } = await lastVote(world, 'proxy');
    const news = said.used(c, p, motion, ends);
    return {
      to: ends ? 'used' : 'accepted',
      tell: [
        { to: person(p.giverId), say: news },
        { to: person(p.proxyId), say: news },
      ],
      because: { zh: motion, en: motion },
    };
  },
});

export const overtaken = proxy.alarm({
  title: { zh: '席位已自行表决', en: 'the seat voted itself' },
  kind: 'deadline',
  when: ['accepted'],
  to: ['accepted', 'revoked'],
  run: async (world) => {
    const { db, case: c, subject: p } = world;
    const ended = p.scope === 'motion';
    const { motion, personId } = await lastVote(world, 'own');
    const alternate =
      personId === p.giverId
        ? null
        : await db.person.findUniqueOrThrow({ where: { id: personId }, select: { name: true } });
    const how = { by: alternate?.name ?? null, ended };
    return {
      to: ended ? 'revoked' : 'accepted',
      tell: [
        { to: person(p.giverId), say: said.overtaken(c, p, motion, { ...how, toProxy: false }) },
        { to: person(p.proxyId), say: said.overtaken(c, p, motion, { ...how, toProxy: true }) },
      ],
      because: { zh: motion, en: motion },
    };
  },
});
