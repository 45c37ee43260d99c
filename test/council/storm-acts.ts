/** What people do in the storm: who votes how, by which way, and how often. */
import type { Choice } from '../../src/workflows/council/tally.js';
import type { Voter } from './storm-alliance.js';
import type { Chance } from './storm-chance.js';

const slackWays = ['press', 'slash', 'slashInRoom', 'say', 'mention'] as const;
const wechatWays = ['say', 'bareWord', 'wordInRoom', 'numberInRoom', 'mention'] as const;

export type Act = {
  readonly voter: Voter;
  readonly choice: Choice;
  readonly way: (typeof slackWays)[number] | (typeof wechatWays)[number];
  /** The network brings it again under the same name; buttons and slash commands of Slack it never does. */
  readonly twice: boolean;
};

/** Said among people, and not to the desk: it is taken only while the room is being asked. */
export const isOverheard = ({ way }: Act): boolean => way === 'wordInRoom' || way === 'numberInRoom';

const actOf = (voter: Voter, choice: Choice, chance: Chance): Act => ({
  voter,
  choice,
  way: chance.oneOf<Act['way']>(voter.channel === 'slack' ? slackWays : wechatWays),
  twice: chance.next() < 0.2,
});

const changed: Readonly<Record<Choice, readonly [Choice, ...Choice[]]>> = {
  yes: ['no', 'abstain'],
  no: ['yes', 'yes', 'abstain'],
  abstain: ['yes', 'yes', 'no'],
};
const anyChoice = ['yes', 'yes', 'yes', 'no', 'abstain'] as const;

/** One person's: a vote, and with some a change of mind or two. */
const actsOf = (voter: Voter, chance: Chance): readonly Act[] => {
  const first = chance.oneOf<Choice>(anyChoice);
  const second = chance.oneOf(changed[first]);
  const choices = [first, second, chance.oneOf(changed[second])];
  const dice = chance.next();
  return choices.slice(0, dice < 0.6 ? 1 : dice < 0.85 ? 2 : 3).map((choice) => actOf(voter, choice, chance));
};

/** Most holders and some alternates, seat after seat, so that those of one seat act at the same moment. */
export const stormOf = (voters: readonly Voter[], chance: Chance): readonly Act[] =>
  chance
    .shuffled([...new Set(voters.map((one) => one.seat))])
    .flatMap((seat) => chance.shuffled(voters.filter((one) => one.seat === seat)))
    .filter(({ standing }) => chance.next() < (standing === 'holder' ? 0.85 : 0.45))
    .flatMap((voter) => actsOf(voter, chance));

/** Each of these people votes once. */
export const onceEach = (voters: readonly Voter[], chance: Chance): readonly Act[] =>
  chance.shuffled(voters).map((voter) => actOf(voter, chance.oneOf<Choice>(anyChoice), chance));

/** The acts of each person, in their order. */
export const byVoter = (acts: readonly Act[]): ReadonlyMap<string, readonly Act[]> => {
  const found = new Map<string, Act[]>();
  for (const act of acts) {
    const own = found.get(act.voter.id);
    if (own) own.push(act);
    else found.set(act.voter.id, [act]);
  }
  return found;
};
