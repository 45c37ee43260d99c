/**
 * The count once more, the way people would do it by hand: every seat is a card on the table, every vote a slip
 * of paper, and each number is found by counting cards or slips. Shares nothing with the code that it checks.
 */
import type { Fraction } from '../../src/core/fraction.js';
import type { Ballot, Choice, CountedVote, Tally } from '../../src/workflows/council/tally.js';

type Slip = Choice | 'not valid';

/** The first of 0 (or 1), 1, 2, 3 … that will do. */
const first = (from: number, willDo: (candidate: number) => boolean): number => {
  for (let candidate = from; candidate < 100_000; candidate += 1) if (willDo(candidate)) return candidate;
  throw new Error('no number will do');
};

/** Below 0: `part` is less than the share of `whole`. 0: just the share. Above: more. */
const against = (part: number, { over, under }: Fraction, whole: number): bigint =>
  BigInt(part) * BigInt(under) - BigInt(over) * BigInt(whole);

export const slowCount = (ballot: Ballot): Tally => {
  const { rule, means, roll, votes } = ballot;

  let recused = 0;
  let suspended = 0;
  const voters: string[] = [];
  const there: string[] = [];
  const seatsOfTheQuorum: string[] = [];
  for (const seat of roll) {
    if (seat.suspended) {
      suspended += 1;
      continue;
    }
    if (seat.recused) {
      recused += 1;
      if (rule.recused === 'stay') seatsOfTheQuorum.push(seat.id);
      continue;
    }
    seatsOfTheQuorum.push(seat.id);
    voters.push(seat.id);
    if (seat.present) there.push(seat.id);
  }

  const slips: Slip[] = [];
  for (const vote of votes) slips.push(vote.valid ? vote.choice : 'not valid');
  const numberOf = (pile: readonly Slip[], wanted: Slip) => pile.filter((slip) => slip === wanted).length;

  const quorumSlips: Slip[] = [];
  for (const slip of slips) {
    if (slip === 'yes' || slip === 'no') quorumSlips.push(slip);
    if (slip === 'abstain' && rule.abstention.inQuorum) quorumSlips.push(slip);
  }
  const heads = means === 'meeting' && rule.quorum.by === 'present';
  const reached = heads ? there.length : quorumSlips.length;
  const quorum = first(0, (some) => against(some, rule.quorum.share, seatsOfTheQuorum.length) >= 0n);

  // Every seat that keeps silent hands in the slip that the rule writes for it.
  const silentVoters = [...voters];
  for (const _ of slips) silentVoters.pop();
  const whoCouldHaveSpoken = means === 'meeting' ? [...there] : [...voters];
  for (const _ of slips) whoCouldHaveSpoken.pop();
  const counted: Slip[] = [...slips];
  for (const _ of whoCouldHaveSpoken) {
    if (rule.abstention.silence === 'consent') counted.push('yes');
    if (rule.abstention.silence === 'abstain') counted.push('abstain');
  }
  const yes = numberOf(counted, 'yes');
  const no = numberOf(counted, 'no');

  const kind = rule.majority.kind === 'absolute' ? 'entitled' : rule.base;
  const castAtAll = counted.filter((slip) => slip !== 'abstain' || rule.abstention.inBase);
  const pile: Record<typeof kind, readonly string[]> = {
    Y: counted.filter((slip) => slip === 'yes'),
    YN: counted.filter((slip) => slip === 'yes' || slip === 'no'),
    YNA: counted.filter((slip) => slip !== 'not valid'),
    N: counted.filter((slip) => slip === 'no'),
    valid: castAtAll.filter((slip) => slip !== 'not valid'),
    cast: castAtAll,
    entitled: voters,
    entitledPresent: means === 'meeting' ? there : castAtAll,
    disabled: [],
  };
  const size = pile[kind].length;

  const half = { over: 1, under: 2 };
  const enough = (some: number): boolean => {
    const { majority } = rule;
    if (majority.kind === 'share' && !majority.more) return against(some, majority.share, size) >= 0n;
    if (majority.kind === 'share') return against(some, majority.share, size) > 0n;
    if (majority.kind === 'unanimous') return some >= size;
    return against(some, half, size) > 0n;
  };
  const tooMany = (some: number): boolean => {
    if (rule.majority.kind !== 'objections') throw new Error('asked of objections only');
    const { atMost } = rule.majority;
    return typeof atMost === 'number' ? some > atMost : against(some, atMost, size) > 0n;
  };
  const objections = rule.majority.kind === 'objections';
  const needed = objections ? first(0, tooMany) - 1 : first(1, enough);
  const got = objections ? no : yes;

  let outcome: Tally['outcome'] = 'lost';
  const chairDecides = rule.ties === 'chair' && !objections && rule.majority.kind !== 'unanimous';
  if (chairDecides && yes === no && yes > 0 && yes + 1 >= needed) outcome = 'tied';
  if (objections ? yes > 0 && no <= needed : yes >= needed) outcome = 'carried';
  if (rule.base === 'disabled') outcome = 'noted';
  if (reached < quorum) outcome = 'noQuorum';

  const tally: Tally = {
    outcome,
    seats: roll.length,
    recused,
    suspended,
    entitled: voters.length,
    present: there.length,
    cast: slips.length,
    invalid: numberOf(slips, 'not valid'),
    yes: numberOf(slips, 'yes'),
    no: numberOf(slips, 'no'),
    abstain: numberOf(slips, 'abstain'),
    silent: silentVoters.length,
    silence: rule.abstention.silence,
    abstention: { inQuorum: rule.abstention.inQuorum, inBase: rule.abstention.inBase },
    quorum: {
      by: heads ? 'present' : 'takingPart',
      needed: quorum,
      of: seatsOfTheQuorum.length,
      reached,
      met: reached >= quorum,
    },
    majority: rule.majority,
    base: { kind, size },
    needed,
    got,
  };
  if (recused === 0) return tally;
  const asIf = slowCount({
    ...ballot,
    roll: roll.map((seat) => (seat.recused ? { ...seat, recused: false } : seat)),
  });
  return {
    ...tally,
    withoutRecusal: { quorum: asIf.quorum.needed, of: asIf.quorum.of, needed: asIf.needed },
  };
};

/** Every way in which the silent could still vote, one seat after the other: only for a handful of them. */
export const slowIsSettled = (ballot: Ballot): boolean => {
  const able = ballot.roll.filter(
    (seat) => !seat.recused && !seat.suspended && (seat.present || ballot.means === 'circulation'),
  );
  const silent = able.slice(ballot.votes.length);
  let ends: readonly (readonly CountedVote[])[] = [ballot.votes];
  for (const _ of silent) {
    ends = ends.flatMap((votes) => [
      votes,
      ...(['yes', 'no', 'abstain'] as const).map((choice) => [...votes, { choice, valid: true }]),
    ]);
  }
  return new Set(ends.map((votes) => slowCount({ ...ballot, votes }).outcome)).size === 1;
};
