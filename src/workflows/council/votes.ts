/** Around a vote: the card once more, confirming it after an amendment, saying why. */
import { lastBallot, readBallot } from './ballot.js';
import { council, reason, seat } from './header.js';
import * as said from './messages.js';
import { turnoutPost, ways } from './opening.js';

/** Shows the ballot with its three choices. What is chosen is never asked in a form, where it would be kept. */
export const vote = council.reading({
  title: { zh: '表决', en: 'Vote' },
  words: { zh: ['表决'], en: ['vote'] },
  from: ['open'],
  by: seat,
  aside: true,
  run: async (world) => {
    const opened = await readBallot(world.db, world.subject);
    return { reply: turnoutPost(world, opened).say, choices: ways };
  },
});

const ownVotes = (ballotId: string, personId: string) =>
  ({ where: { ballotId, personId, supersededAt: null }, orderBy: { seat: { key: 'asc' } } }) as const;

export const keep = council.command({
  title: { zh: '维持原表决', en: 'Keep my vote' },
  words: { zh: ['维持'], en: ['keep'] },
  from: ['open'],
  to: ['open'],
  by: seat,
  lock: 'shared',
  aside: true,
  run: async ({ db, actor, case: c, subject: m, now }) => {
    const ballot = lastBallot(m);
    if (now >= ballot.closesAt) return { refuse: said.isClosed(c) };
    const votes = await db.vote.findMany(ownVotes(ballot.id, actor.id));
    if (votes.length === 0) return { refuse: said.nothingToKeep(c) };
    await db.vote.updateMany({
      where: { id: { in: votes.map((one) => one.id) } },
      data: { version: m.version },
    });
    return {
      to: 'open',
      reply: said.kept(
        c,
        m.version,
        votes.map((one) => one.receipt),
      ),
    };
  },
});

export const because = council.command({
  title: { zh: '说明理由', en: 'Give a reason' },
  words: { zh: ['理由'], en: ['because', 'reason'] },
  from: ['open'],
  to: ['open'],
  by: seat,
  lock: 'shared',
  aside: true,
  namedTo: 'insiders',
  ask: { reason },
  run: async ({ db, args, actor, case: c, subject: m }) => {
    const ballot = lastBallot(m);
    if (ballot.secret) return { refuse: said.noReasonsInSecret(c) };
    const votes = await db.vote.findMany(ownVotes(ballot.id, actor.id));
    if (votes.length === 0) return { refuse: said.voteFirst(c) };
    await db.vote.updateMany({
      where: { id: { in: votes.map((one) => one.id) } },
      data: { reason: args.reason },
    });
    return { to: 'open', reply: said.reasonKept(c) };
  },
});
