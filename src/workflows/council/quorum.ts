/** How many seats a ballot still asks for. */

import { counted, type OpenedBallot } from './ballot.js';
import { type Ballot, count } from './tally.js';

/** The seats that have to take part, or be present, by the ballot's rule. */
export const quorumNeeded = (opened: OpenedBallot): number => {
  const ballot: Ballot = { ...counted(opened, () => 'abstain'), votes: [] };
  return count(ballot).quorum.needed;
};

/**
 * The same, where the number of votes tells how far it is: not by presence at a meeting, nor where abstentions do not
 * count, which would give them away. 0 otherwise.
 */
export const quorumByTurnout = (opened: OpenedBallot): number => {
  const { rule, ballot } = opened;
  const byPresence = rule.quorum.by === 'present' && ballot.means === 'meeting';
  return byPresence || !rule.abstention.inQuorum ? 0 : quorumNeeded(opened);
};
