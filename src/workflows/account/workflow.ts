/**
 * People's own matters: several accounts of one person, a lost account, days away.
 *
 *   link     a code on one channel, said on another: no case
 *   rebind   asked → confirm (a second person) → coded → (the new account says the code) → done
 *              └─ refuse → refused     (their time) → expired
 *   away     somebody stands in until back: no case
 */
import { arrange, away, back } from './away.js';
import { account } from './header.js';
import { link, unlink, unlinkHere } from './link.js';
import { askedTooLong, codeEnds, confirm, linked, rebind, refuse, secondIsLate } from './rebind.js';

export default account.rules({
  commands: { link, unlink, unlinkHere, rebind, confirm, refuse, away, arrange, back },
  alarms: { secondIsLate, askedTooLong, codeEnds, linked },
});
