/**
 * How the council decides.
 *
 *   motion → proposed → second → notice → (its time) → open → (its time) → carried → (challenge window) → inForce → review
 *                                  │                    │        │            │                              reviewed
 *                                  │                    │        ├─ lost ─────┤ challenge → challenged → uphold
 *                                  │                    │        ├─ tied → decide             └─ annul → notice
 *                                  │                    │        ├─ noQuorum → again · circulate · schedule · drop
 *                                  │                    │        └─ noted
 *            until it is decided, the mover may withdraw
 *
 * The charter decides how: its rulebook is in the alliance file, and a ballot keeps the rule it was opened under.
 * A seat votes by a word, a number or a button, on either channel; of its votes the last before closing counts.
 */
import {
  annul,
  assign,
  challenge,
  challengeEnds,
  challengeWaits,
  review,
  reviewIsDue,
  uphold,
} from './afterwards.js';
import { abstain, no, yes } from './cast.js';
import { close, closes, extend, turnout } from './closing.js';
import { council } from './header.js';
import {
  amend,
  meetingIsLate,
  motion,
  noticeEnds,
  originIsGone,
  schedule,
  second,
  secondsAreLate,
  withdraw,
} from './motion.js';
import { open } from './opening.js';
import { minutes, result, rulebook, verify, whatIf } from './reading.js';
import { askRecusal, recuse, restore, ruleRecusal, seats, suspend } from './recusal.js';
import { eighty, half, lastDay } from './reminders.js';
import { because, keep, vote } from './votes.js';
import { again, circulate, decide, drop, meet, quorumWaits, tieWaits } from './without-quorum.js';

export default council.rules({
  commands: {
    // A motion
    motion,
    second,
    amend,
    withdraw,
    schedule,
    open,
    close,
    // Votes
    yes,
    no,
    abstain,
    vote,
    keep,
    because,
    // Who may vote
    recuse,
    askRecusal,
    ruleRecusal,
    suspend,
    restore,
    // What follows
    decide,
    extend,
    meet,
    again,
    circulate,
    drop,
    challenge,
    uphold,
    annul,
    assign,
    review,
    // To read
    result,
    verify,
    whatIf,
    minutes,
    rulebook,
    seats,
  },
  alarms: {
    secondsAreLate,
    noticeEnds,
    meetingIsLate,
    turnout,
    half,
    eighty,
    lastDay,
    closes,
    tieWaits,
    quorumWaits,
    challengeEnds,
    challengeWaits,
    reviewIsDue,
    originIsGone,
  },
});
