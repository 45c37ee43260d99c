/**
 * A meeting of the council, and its minutes.
 *
 *   convene → called → begin → sitting → adjourn → ended → (drafted) → minutes → confirmed
 *               └─ cancel → cancelled                                    │  by all who were there, or by silence
 *                                                                        └─ correct: they are asked again
 *
 * From one hour before, the seats check in. What is decided there is the council's business: see the motions.
 */
import { cancel, convene, dayBefore, meetings } from './call.js';
import { meeting } from './header.js';
import { confirm, correct, draft, minutes, pleaseConfirm, settles } from './minutes.js';
import { depart, doorsOpen, present } from './roll-call.js';
import { adjourn, begin, notBegun, stillSitting } from './sitting.js';

export default meeting.rules({
  commands: { convene, cancel, present, depart, begin, adjourn, confirm, correct, minutes, meetings },
  alarms: { dayBefore, doorsOpen, notBegun, stillSitting, draft, pleaseConfirm, settles },
});
