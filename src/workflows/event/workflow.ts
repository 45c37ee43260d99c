/**
 * An event that people sign up for: a workshop, a conference, a training day, an investment event.
 *
 *   plan → draft → announce → open → (cut-off) → shut → (begins) → running → (ends) → over → (followed up) → done
 *                               │                 │
 *                               └──── callOff ────┴→ cancelled
 *
 * While it is open people sign up, step back and move up from the waitlist: places are given in line.ts alone, by the
 * rules of seating.ts. Places that nobody came for are given at the door; those who came are asked what they thought.
 */

import { absence, absences, followsUp, results, review, sumsUp } from './after.js';
import { chain, chainWaits, dropChain, takeChain } from './chain.js';
import { begins, code, ends, frees, settles } from './day.js';
import { digest } from './digest.js';
import { checkIn } from './door.js';
import { event } from './header.js';
import { accept, decline, holdEnds, movesUp, poolOpens } from './offer.js';
import { answer, answers, fillIn } from './own-questions.js';
import { announce, configure, cutOff, draftWaits, events, listing, plan, preview } from './plan.js';
import { day, hours, remindMe, week } from './reminders.js';
import { leave, queue, roster, signUp } from './sign-up.js';
import { admit, callOff, move, promote, resize, stillComing, turnDown } from './steer.js';

export default event.rules({
  commands: {
    plan,
    configure,
    preview,
    announce,
    signUp,
    leave,
    queue,
    roster,
    accept,
    decline,
    remindMe,
    stillComing,
    events,
    admit,
    turnDown,
    promote,
    resize,
    move,
    callOff,
    chain,
    takeChain,
    dropChain,
    answer,
    fillIn,
    answers,
    checkIn,
    code,
    absence,
    absences,
    review,
    results,
  },
  alarms: {
    draftWaits,
    listing,
    movesUp,
    holdEnds,
    poolOpens,
    chainWaits,
    cutOff,
    week,
    day,
    hours,
    digest,
    begins,
    frees,
    ends,
    followsUp,
    sumsUp,
    settles,
  },
});
