/** A request is answered or taken back; what was agreed is called off. Each side hears of what the other did. */
import { concerned, opener } from '../../core/people.js';
import { same } from '../../core/text.js';
import { person } from '../../core/workflow.js';
import { answersFor } from '../account/covers.js';
import { book, holdTables, placesFor, release } from './booking.js';
import { wakesOf } from './day.js';
import { appointment, otherOf } from './header.js';
import * as said from './messages/agreed.js';
import * as asked from './messages/request.js';
import { reason } from './request.js';
import { isOneOfTwo, whatStandsAgainst } from './standing.js';

export const accept = appointment.command({
  title: { zh: '接受约见', en: 'Accept' },
  words: { zh: ['接受', '接受约见'], en: ['accept'] },
  from: ['requested'],
  to: ['requested', 'agreed'],
  by: concerned,
  style: 'primary',
  aside: true,
  run: async ({ db, actor, case: c, subject: a, now, calendar }) => {
    if (!(await answersFor({ db, now }, a.askedId, actor.id))) return { refuse: asked.notYours(c, a) };
    await holdTables(db, a.eventId);
    const refuse = await whatStandsAgainst(db, c, a);
    if (refuse) return { refuse };
    const [place] = await placesFor(db, a, now, calendar);
    if (!place) {
      return {
        to: 'requested',
        reply: said.noneFree(c, a, calendar),
        choices: ['accept', 'decline'],
        tell: [{ to: person(a.askerId), say: said.noneFreeForAsker(c, a, calendar), choices: ['withdraw'] }],
        because: said.noSlot,
      };
    }
    await book(db, a, place);
    const b = await appointment.load(db, c.id);
    return {
      to: 'agreed',
      reply: said.isAgreed(c, b, place, b.asker, calendar),
      choices: ['change', 'cancel'],
      tell: [
        {
          to: person(b.askerId),
          say: said.wasAccepted(c, b, place, calendar),
          choices: ['change', 'cancel'],
        },
      ],
      wake: wakesOf(b.event, place, now, calendar),
      because: said.placeOf(b, place, calendar),
    };
  },
});

export const decline = appointment.command({
  title: { zh: '谢绝约见', en: 'Decline' },
  words: { zh: ['谢绝', '谢绝约见'], en: ['decline'] },
  from: ['requested'],
  to: ['declined'],
  by: concerned,
  aside: true,
  ask: { why: reason },
  run: async ({ db, args, actor, case: c, subject: a, now }) => {
    if (!(await answersFor({ db, now }, a.askedId, actor.id))) return { refuse: asked.notYours(c, a) };
    return {
      to: 'declined',
      reply: asked.declined(c, a),
      tell: [{ to: person(a.askerId), say: asked.wasDeclined(c, a, args.why) }],
      ...(args.why !== null && { because: same(args.why) }),
    };
  },
});

export const withdraw = appointment.command({
  title: { zh: '撤回约见', en: 'Withdraw the request' },
  words: { zh: ['撤回', '撤回约见'], en: ['withdraw'] },
  from: ['requested'],
  to: ['withdrawn'],
  by: opener,
  aside: true,
  run: async ({ case: c, subject: a }) => ({
    to: 'withdrawn',
    reply: asked.withdrawn(c, a),
    tell: [{ to: person(a.askedId), say: asked.wasWithdrawn(c, a) }],
  }),
});

export const cancel = appointment.command({
  title: { zh: '取消约见', en: 'Cancel the meeting' },
  words: { zh: ['取消约见'], en: ['cancel-appointment', 'cancel appointment'] },
  from: ['agreed'],
  to: ['cancelled'],
  by: concerned,
  style: 'danger',
  aside: true,
  ask: { why: reason },
  run: async ({ db, args, actor, case: c, subject: a, now, calendar }) => {
    if (!(await isOneOfTwo({ db, now }, a, actor.id))) return { refuse: asked.notYours(c, a) };
    await holdTables(db, a.eventId);
    await release(db, c.id);
    const other = otherOf(a, actor.id);
    return {
      to: 'cancelled',
      reply: said.cancelled(c, other),
      tell: [{ to: person(other.id), say: said.wasCancelled(c, a, actor.name, args.why, calendar) }],
      ...(args.why !== null && { because: same(args.why) }),
    };
  },
});
