/**
 * How a park becomes a member of the alliance.
 *
 *   apply → submitted → take → checking → forward → publicity → (its time) → council → approved → paid → active
 *              │          ┌──── more ──┘ │              │                       │                      │
 *              │      moreInfo ─ supply ─┘              │ object                 │ decline         leave → leaving
 *              └───────── reject ────────┴──────────────┴──── declined ──────────┘                      │
 *        until approved, the applicant may withdraw                                          left ── release
 *
 * Each file below tells one part: who may do it, what is asked, what happens, when it rings.
 */
import { applicantIsLate, apply, checkIn, leave, supply, withdraw } from './applicant.js';
import { councilHasDecided } from './council.js';
import { duesAreLate, paid } from './dues.js';
import { membership } from './header.js';
import { forward, object, objectionsWait, publicityEnds } from './publicity.js';
import { deputyIsNeeded, more, officerIsLate, reject, release, take } from './secretariat.js';

export default membership.rules({
  commands: {
    // The applicant
    apply,
    supply,
    withdraw,
    leave,
    // The secretariat
    take,
    more,
    forward,
    reject,
    release,
    // The members
    object,
    // Finance
    paid,
  },
  alarms: {
    officerIsLate,
    deputyIsNeeded,
    applicantIsLate,
    publicityEnds,
    objectionsWait,
    councilHasDecided,
    duesAreLate,
    checkIn,
  },
});
