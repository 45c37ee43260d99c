/**
 * A seat votes. Votes run side by side: each holds only its seat's line of the roll, and the ballot is closed by
 * a turn that none of them runs beside. Of a seat's votes the last one before closing counts.
 */
import { type Actor, concerned, oneOf } from '../../core/people.js';
import { inline, text } from '../../core/questions.js';
import type { Heard, Refusal } from '../../core/workflow.js';
import type { Db } from '../../database.js';
import { proxiesGiven } from '../proxy/held.js';
import { entitled, lastBallot, type OpenedBallot, readBallot, silent } from './ballot.js';
import { type About, council, type Follows, seat } from './header.js';
import * as said from './messages.js';
import { namesSeat, type Voice, voicesOf } from './seats.js';
import type { Choice } from './tally.js';

type Casting = About & {
  readonly actor: Actor;
  readonly heard: Heard;
  readonly args: { readonly for: string | null };
};

const spokenFor = inline({
  ...text({
    label: { zh: '代表席位', en: 'For the seat' },
    ask: { zh: '代表哪个席位？', en: 'For which seat?' },
    max: 60,
  }),
  hear: (words) => {
    const name = /^(?:代表?|for)\s*(\S.{0,60})$/iu.exec(words.trim())?.[1]?.trim();
    return name === undefined
      ? { kind: 'unclear', problem: said.oneWordPlease }
      : { kind: 'understood', value: name };
  },
});

/** Turnout is told when a few votes have come together, not after each. */
const turnoutAfterMs = 15_000;

const cast = async (world: Casting, choice: Choice): Promise<Refusal | (Follows<'open'> & Replying)> => {
  const { db, actor, heard, case: c, subject: m, now } = world;
  const ballot = lastBallot(m);
  if (now >= ballot.closesAt) return { refuse: said.isClosed(c) };
  if (ballot.secret && heard.room && heard.said) return { refuse: said.saidInTheRoom(c) };
  const voices = await voicesOf(db, actor, m, now);
  // A vote looks at its own seats alone: with hundreds on the roll, the whole of it would cost more than the vote.
  const opened = await readBallot(
    db,
    m,
    voices.map((voice) => voice.seatId),
  );
  const picked = pick(world, opened, voices);
  if ('refuse' in picked) return picked;
  const { voice, row } = picked;
  if (voice.proxy && !(await isStillHeld(db, voice.proxy.caseId))) return { refuse: said.proxyIsOver(c) };
  if (ballot.means === 'meeting' && voice.standing !== 'proxy' && !row.present) {
    return { refuse: said.notPresent(c) };
  }
  await holdSeat(db, ballot.id, voice.seatId);
  const earlier = await db.vote.findFirst({
    where: { ballotId: ballot.id, seatId: voice.seatId, supersededAt: null },
  });
  // Of two votes at the same moment, the one that waited for the seat is the later, though its turn may have begun first.
  const at = earlier && earlier.castAt > now ? earlier.castAt : now;
  if (earlier) {
    if (voice.standing !== 'proxy' && earlier.standing === 'proxy') return { refuse: said.proxyHasVoted(c) };
    const outdated = earlier.version !== m.version;
    if (!opened.rule.changes && !outdated) return { refuse: said.noChanges(c, earlier.receipt) };
    if (!ballot.secret && earlier.choice === choice && !outdated) {
      return { refuse: said.saidAlready(c, choice, earlier.receipt) };
    }
    await db.vote.update({ where: { id: earlier.id }, data: { supersededAt: at, sealed: null } });
  }
  const receipt = world.vault.newCode();
  await db.vote.create({
    data: {
      ballotId: ballot.id,
      seatId: voice.seatId,
      personId: actor.id,
      standing: voice.standing,
      channel: heard.channel,
      ...(ballot.sealedUnder === null
        ? { choice }
        : { sealed: world.vault.seal(choice, ballot.sealedUnder) }),
      version: m.version,
      reason: earlier && !ballot.secret ? earlier.reason : null,
      receipt,
      castAt: at,
    },
  });
  await db.ballotSeat.update({
    where: { ballotId_seatId: { ballotId: ballot.id, seatId: voice.seatId } },
    data: { votedAt: at },
  });
  return {
    to: 'open',
    reply: said.voted(c, {
      choice: ballot.secret ? null : choice,
      seat: row.title,
      standing: voice.standing,
      changed: earlier !== null,
      receipt,
      closesAt: ballot.closesAt,
      calendar: world.calendar,
      mayChange: opened.rule.changes,
      alsoFor: yetToVote(opened, voices, voice.seatId),
    }),
    because: row.title,
    wake: [{ alarm: 'turnout', at: new Date(now.getTime() + turnoutAfterMs), unlessSet: true }],
    ring: await proxiesTouched(world, voice),
  };
};

/** Seats whose proxy the person is, and for which they have not voted yet. */
const yetToVote = (opened: OpenedBallot, voices: readonly Voice[], voted: string) => {
  const silentSeats = silent(opened).filter((row) => row.seatId !== voted);
  return silentSeats
    .filter((row) => voices.some((one) => one.standing === 'proxy' && one.seatId === row.seatId))
    .map((row) => row.title);
};

/** Holds a proxy as it is until the vote is in, against its giver who may be revoking it just now. */
const isStillHeld = async (db: Db, caseId: string): Promise<boolean> => {
  const [row] = await db.$queryRaw<{ state: string }[]>`
    SELECT state FROM "Case" WHERE id = ${caseId}::uuid FOR SHARE`;
  return row?.state === 'accepted';
};

type Replying = { readonly reply: ReturnType<typeof said.isClosed> };

/** Two votes of one seat come one after the other, whoever casts them. */
const holdSeat = async (db: Db, ballotId: string, seatId: string): Promise<void> => {
  await db.$queryRaw`SELECT 1 FROM "BallotSeat" WHERE "ballotId" = ${ballotId}::uuid AND "seatId" = ${seatId}::uuid FOR UPDATE`;
};

/**
 * The seat a vote is for: the one that was named, else the person's own, else the only one left that they stand
 * in for or are the proxy of. Where several could be meant it is asked, never guessed.
 */
const pick = (
  { args, case: c }: Casting,
  opened: OpenedBallot,
  voices: readonly Voice[],
): Refusal | { readonly voice: Voice; readonly row: OpenedBallot['roll'][number] } => {
  const known = opened.roll.flatMap((row) =>
    voices.filter((voice) => voice.seatId === row.seatId).map((voice) => ({ voice, row })),
  );
  const wanted = args.for;
  const meant = wanted === null ? known : known.filter(({ row }) => namesSeat(wanted, row.seat));
  if (meant.length === 0) {
    const titles = known.map(({ row }) => row.title);
    const { secret } = opened.ballot;
    if (wanted === null || (secret && titles.length === 0)) return { refuse: said.notOnTheRoll(c) };
    // What stands where a name should may tell the choice once more: in secret it is not said back.
    return { refuse: secret ? said.whichSeat(c, titles) : said.notYourSeat(c, wanted, titles) };
  }
  const may = entitled(opened);
  const open = meant.filter(({ row }) => may.includes(row));
  const [first] = open;
  if (!first)
    return {
      refuse: said.takesNoPart(
        c,
        meant.some(({ row }) => row.recusedAt !== null),
      ),
    };
  const own = open.find(({ voice }) => voice.standing === 'holder');
  if (own) return own;
  const voted = new Set(opened.votes.map((vote) => vote.seatId));
  const left = open.length === 1 ? open : open.filter(({ row }) => !voted.has(row.seatId));
  const [only] = left;
  if (only && left.length === 1) return only;
  return {
    refuse: said.whichSeat(
      c,
      (left.length > 0 ? left : open).map(({ row }) => row.title),
    ),
  };
};

/** A proxy that is used, or one that its giver has made needless by voting. */
const proxiesTouched = async (world: Casting, voice: Voice) => {
  const { db, subject: m, now } = world;
  if (voice.proxy) {
    await db.proxy.update({ where: { caseId: voice.proxy.caseId }, data: { usedAt: now } });
    return [{ caseId: voice.proxy.caseId, alarm: 'proxy.used' }];
  }
  const given = await proxiesGiven(db, {
    seatIds: [voice.seatId],
    motionId: m.caseId,
    meetingId: m.meetingId,
    now,
  });
  return given.map((one) => ({ caseId: one.caseId, alarm: 'proxy.overtaken' }));
};

const ballotWord = {
  from: ['open'],
  to: ['open'],
  by: oneOf(seat, concerned),
  lock: 'shared',
  aside: true,
  filedAs: 'vote',
  namedTo: 'insiders',
  ask: { for: spokenFor },
} as const;

export const yes = council.command({
  ...ballotWord,
  title: { zh: '赞成', en: 'Yes' },
  words: { zh: ['赞成', '同意'], en: ['yes', 'aye'] },
  style: 'primary',
  run: (world) => cast(world, 'yes'),
});

export const no = council.command({
  ...ballotWord,
  title: { zh: '反对', en: 'No' },
  words: { zh: ['反对', '不同意', '不赞成'], en: ['no', 'nay'] },
  style: 'danger',
  run: (world) => cast(world, 'no'),
});

export const abstain = council.command({
  ...ballotWord,
  title: { zh: '弃权', en: 'Abstain' },
  words: { zh: ['弃权'], en: ['abstain'] },
  run: (world) => cast(world, 'abstain'),
});
