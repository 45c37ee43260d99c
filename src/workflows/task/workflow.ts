/**
 * What somebody promised to do by a day: the work that a resolution leads to, or anything else.
 *
 *   task → open → done
 *           │  postpone: another day
 *           └─ drop → dropped
 *
 * The owner is asked on the day itself, and as long as it is late; the giver hears of it, too.
 */
import { done, drop, postpone } from './answer.js';
import { task } from './header.js';
import { promises } from './ledger.js';
import { newTask } from './promise.js';
import { dayBefore, onTheDay, overdue, overdueForGiver } from './reminders.js';

export default task.rules({
  commands: { task: newTask, done, postpone, drop, promises },
  alarms: { dayBefore, onTheDay, overdue, overdueForGiver },
});
