/**
 * Who holds a seat lets somebody of another seat vote for it: on one motion, at one meeting, or for some days.
 *
 *   give → asked ── accept → accepted ── (the proxy votes on the one motion) → used
 *            │                   │ └──── (the seat votes itself on it) ────┐
 *            ├──── turnDown ─────┴→ declined                              │
 *            ├──── revoke ───────┴─────────────────────────────→ revoked ─┘
 *            └──── (nothing left to vote on) → lapsed
 *
 * rules.ts says what may not be: a vote is never passed on, a seat never has two proxies for one vote.
 */
import { accept, letter, revoke, turnDown } from './answer.js';
import { give } from './give.js';
import { proxy } from './header.js';
import { check, noAnswer } from './running-out.js';
import { overtaken, used } from './votes-fall.js';

export default proxy.rules({
  commands: { give, accept, turnDown, revoke, letter },
  alarms: { noAnswer, check, used, overtaken },
});
