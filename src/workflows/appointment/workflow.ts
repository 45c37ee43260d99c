/**
 * Two people meet at an investment event.
 *
 *   (event: meet) → requested ── accept → agreed ── (held) → met ── (asked after 1, 30 and 90 days) → done
 *                      │                     │ └ change: another slot
 *                      ├── decline           ├── cancel → cancelled
 *                      ├── withdraw          └── (the event is off, one of them does not come) → cancelled
 *                      └── (no answer in time, the event is off) → expired
 *
 * Slots and tables are given in booking.ts, by the rules of slots.ts. What becomes of the event is followed by
 * event-changes.ts.
 */
import { agenda } from './agenda.js';
import { accept, cancel, decline, withdraw } from './answer.js';
import { change, pickTime } from './change.js';
import { morning, soon, takesPlace } from './day.js';
import { eventChanged } from './event-changes.js';
import { amount, asks, asksAgain, closes, nextStep, outcome } from './follow-up.js';
import { appointment } from './header.js';
import { expires, pleaseAnswer } from './request.js';

export default appointment.rules({
  commands: { accept, decline, withdraw, change, pickTime, cancel, agenda, outcome, amount, nextStep },
  alarms: {
    pleaseAnswer,
    expires,
    eventChanged,
    morning,
    soon,
    takesPlace,
    asks,
    asksAgain,
    closes,
  },
});
