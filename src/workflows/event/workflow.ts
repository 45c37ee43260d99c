/**
 * An event that people sign up for: a workshop, a conference, a training day, an investment event.
 *
 *   plan → draft → announce → open → (cut-off) → shut → (begins) → running → (ends) → over → (followed up) → done
 *                               │                 │
 *                               └──── callOff ────┴→ cancelled
 *
 * While it is open people sign up, step back and move up from the waitlist: places are given in line.ts alone, by the
 * rules of seating.ts. Places that nobody came for are given at the door; those who came are asked what they thought.
 * Meetings of two are cases of their own (../appointment): `withAppointments` has them follow what happens here.
 */

import { alarmWithAppointments, withAppointments } from '../appointment/event-changes.js';
import { absence, absences, followsUp, results, review, sumsUp } from './after.js';
import { announce, cutOff, events, preview } from './announce.js';
import { chain, chainWaits, dropChain, takeChain } from './chain.js';
import { configure } from './configure.js';
import { begins, code, ends, frees, settles } from './day.js';
import { digest } from './digest.js';
import { checkIn } from './door.js';
import { calendar, exportLists, myCalendar, newCalendar } from './feed.js';
import { event } from './header.js';
import { coming, invitations, invite, maybe, notComing, rsvp } from './invitation.js';
import { leave } from './leave.js';
import { accept, decline, holdEnds, movesUp, placeFreed, poolOpens } from './offer.js';
import { outcomes, rollsUp } from './outcomes.js';
import { answer, answers, fillIn } from './own-questions.js';
import { draftWaits, plan } from './plan.js';
import { directory, profile } from './profile.js';
import { day, hours, remindMe, week } from './reminders.js';
import { listing, queue, roster } from './roster.js';
import { access, acknowledge, brief, material } from './secrecy.js';
import { signUp } from './sign-up.js';
import { admit, callOff, move, promote, resize, stillComing, turnDown } from './steer.js';
import { meet, tablePlan, tables } from './tables.js';

export default event.rules({
  commands: {
    plan,
    configure,
    preview,
    announce,
    signUp,
    leave: withAppointments(leave),
    queue,
    roster,
    accept,
    decline,
    remindMe,
    stillComing,
    events,
    admit,
    turnDown: withAppointments(turnDown),
    promote,
    resize,
    move: withAppointments(move),
    callOff: withAppointments(callOff),
    chain,
    takeChain,
    dropChain,
    answer,
    fillIn,
    answers,
    checkIn: withAppointments(checkIn),
    code,
    absence,
    absences,
    review,
    results,
    calendar,
    myCalendar,
    newCalendar,
    exportLists,
    invite,
    coming,
    notComing: withAppointments(notComing),
    maybe,
    invitations,
    brief,
    material,
    acknowledge,
    access,
    profile,
    directory,
    tables: withAppointments(tables),
    meet,
    tablePlan,
    outcomes,
  },
  alarms: {
    draftWaits,
    listing,
    movesUp,
    placeFreed,
    holdEnds,
    poolOpens,
    chainWaits,
    cutOff,
    week,
    day,
    hours,
    digest,
    begins,
    frees: alarmWithAppointments(frees),
    ends,
    followsUp,
    sumsUp,
    settles,
    rollsUp,
    rsvp,
  },
});
