/**
 * People's own matters: several accounts of one person, a lost account, days away, what the desk has on them.
 *
 *   link     a code on one channel, said on another: no case
 *   rebind   asked → confirm (a second person) → coded → (the new account says the code) → done
 *              └─ refuse → refused     (their time) → expired
 *   away     somebody stands in until back: no case
 *   my data  shown, agreed to and taken back, deleted: no case
 */
import { arrange, away, back } from './away.js';
import { erase, eraseNow } from './erase.js';
import { account } from './header.js';
import { link, unlink, unlinkHere } from './link.js';
import { consents, enlist, hideAbroad, myData, showAbroad, unlist } from './my-data.js';
import { askedTooLong, codeEnds, confirm, linked, rebind, refuse, secondIsLate } from './rebind.js';

export default account.rules({
  commands: {
    link,
    unlink,
    unlinkHere,
    rebind,
    confirm,
    refuse,
    away,
    arrange,
    back,
    myData,
    consents,
    showAbroad,
    hideAbroad,
    enlist,
    unlist,
    erase,
    eraseNow,
  },
  alarms: { secondIsLate, askedTooLong, codeEnds, linked },
});
